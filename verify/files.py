"""Files: names made of foreign text, and reading and writing whole files.

Reading looks at the size first. Writing leaves the old result or the new one, never a part of either.

What is written waits in a folder of its own near its place, under a name from the system, is
synced, and then takes its place: one file by a rename, several by links that all turn at once. A
writer locks the folder that it writes into; whoever has the lock knows that what waits there was
left by a process that was killed, and removes it.
"""

import ctypes
import errno
import fcntl
import hashlib
import os
import re
import shutil
import stat
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from .kernel.check import CLAIM
from .kernel.errors import BadInput, OverBudget, displayed

LONGEST_NAME = 120
LONGEST_WAIT = 60.0  # seconds for another writer in the same folder
MOST_BYTES = 64_000_000
WAITING = ".depthproof-"
WAITING_ABOVE = f"{WAITING}above-"  # for files of the folder above
NETWORKS = "networks"
_PLAIN = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_-])?", re.ASCII)
_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.ASCII)


def file_name(text: str) -> str:
    """A name for a file that every system takes, in its folder whatever the text is.

    A plain text is its own name. Of any other the letters and digits are kept, and a hash of the
    text keeps it apart from others.

    >>> file_name("a.b"), file_name("../a")
    ('a.b', 'a-61b4c98bfb92')
    """
    is_short = len(text) <= LONGEST_NAME and ".." not in text
    is_plain = is_short and _PLAIN.fullmatch(text) and not _RESERVED.match(text)
    return text if is_plain else _told_apart(text)


def file_names(texts: Iterable[str]) -> dict[str, str]:
    """A name for each of the texts, no two of which are one where case does not count.

    >>> file_names(["a", "b", "B"])
    {'a': 'a', 'b': 'b-3e23e8160039', 'B': 'b-df7e70e50215'}
    """
    names = {text: file_name(text) for text in texts}
    many = Counter(name.casefold() for name in names.values())
    for text, name in names.items():
        if many[name.casefold()] > 1:
            names[text] = _told_apart(text)
    return names


def _told_apart(text: str) -> str:
    """Its letters, digits and inner dots, and a hash of all of it."""
    kept = re.sub(r"[^A-Za-z0-9]+", "-", text[:LONGEST_NAME]).strip("-")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kept[:80].lower() or 'unnamed'}-{digest[:12]}"


def below(folder: Path, name: str) -> Path:
    """The file of that name, which must lie below the folder, links followed.

    Raises `BadInput` for a name that leads out of it."""
    try:
        found = (folder / name).resolve()
        is_below = found.is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        is_below = False
    if not is_below:
        hint = "; depthproof claim --allow-outside reads others"
        raise BadInput("", f"expected a file below the claim's folder, found {displayed(name)}{hint}")
    return folder / name


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """What is in a file. Neither a device nor a pipe is waited for.

    Raises `BadInput` where there is no file to read, `OverBudget` beyond `most` bytes; neither
    names the path."""
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "something else"
            raise BadInput("", f"expected a file, found {what}")
        data, size = b"", found.st_size
        if size <= most:
            with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
                data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise BadInput("", f"cannot be read: {_reason(error)}") from None
    size = max(size, len(data))  # it may have grown
    if size > most:
        raise OverBudget("", f"a file of {size} bytes; at most {most} are read")
    return data


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all. Raises `BadInput` where it cannot be written."""
    write_files(path.parent, {path.name: data})


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Puts files into the folder, by their names in it (which may have a folder before them).

    All of it or nothing: after a failure, or wherever the process is killed, each file reads as it
    did before, or each is the new one. Raises `BadInput` where something cannot be written.
    """
    where = folder / next(iter(files)) if len(files) == 1 else folder
    try:
        with ExitStack() as unmake:
            _make(folder, unmake)
            with _alone(folder), _room(folder, files) as room:
                new = {name: data for name, data in files.items() if _is_new(folder / name, data)}
                if new:
                    _put(folder, room, new, unmake)
            unmake.pop_all()
    except (OSError, ValueError) as error:
        raise BadInput(displayed(str(where))[1:-1], f"cannot be written: {_reason(error)}") from None


@contextmanager
def _room(folder: Path, files: Iterable[str]) -> Iterator[Path]:
    """The folder in which files wait. Beside a claim it is that of the networks, where checkers look
    for no claims, so that what a killed writer leaves there changes nothing that they say."""
    networks = folder / NETWORKS
    is_there = networks.is_dir() and not networks.is_symlink()
    can_be_there = is_there or not os.path.lexists(networks)
    has_claim = any(name.endswith(CLAIM) for name in files)
    with ExitStack() as around:
        if has_claim and can_be_there:
            _make(networks, around)
            around.enter_context(_alone(networks))
            yield networks
        else:
            yield folder


def _put(folder: Path, room: Path, files: Mapping[str, bytes], unmake: ExitStack) -> None:
    """Writes everything beside, syncs it, and lets it take its place."""
    for name in files:
        _make((folder / name).parent, unmake)
    prefix = WAITING if room == folder else WAITING_ABOVE
    with _waiting(room, prefix) as waiting:
        _fill(waiting / "new", files)
        is_done = len(files) > 1 and _at_once(folder, files, waiting)
        if not is_done:
            for name in files:
                os.replace(waiting / "new" / name, folder / name)
            _sync_parents(folder, files)


def _at_once(folder: Path, files: Iterable[str], waiting: Path) -> bool:
    """Changes several files in one step; whether the system of files lets us.

    Each place becomes a link that leads through `waiting/now`, first to what was there; then `now`
    turns to the new files, and all have changed. `_settle` puts files in the place of the links.
    """
    now, link = waiting.resolve() / "now", waiting / "link"
    for name in files:
        (waiting / "old" / name).parent.mkdir(parents=True, exist_ok=True)
        if (folder / name).exists():
            _again(folder / name, waiting / "old" / name)
    try:
        os.symlink("old", now)
        os.symlink("new", waiting / "next")
    except OSError as error:
        if error.errno in (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP):
            return False
        raise
    _sync_below(waiting)
    for name in files:
        os.symlink(os.path.relpath(now / name, (folder / name).parent.resolve()), link)
        os.replace(link, folder / name)
    _sync_parents(folder, files)
    os.replace(waiting / "next", now)
    _sync(waiting)
    return True


def _settle(waiting: Path) -> None:
    """Puts what is read through links into a waiting folder in their place."""
    room, new, file = waiting.parent.resolve(), waiting / "new", waiting / "file"
    folder = room.parent if waiting.name.startswith(WAITING_ABOVE) else room
    names = [str(path.relative_to(new)) for path in new.rglob("*") if not path.is_dir()]
    links = [name for name in names if _leads_through(folder / name, waiting)]
    for name in links:
        file.unlink(missing_ok=True)
        if not (folder / name).exists():
            (folder / name).unlink()
        elif (folder / name).resolve().is_relative_to(waiting.resolve()):  # or it is a stranger's
            _again(folder / name, file)
            os.replace(file, folder / name)
    _sync_parents(folder, links)


def _leads_through(place: Path, waiting: Path) -> bool:
    return place.is_symlink() and waiting.name in Path(os.readlink(place)).parts


def _again(file: Path, other: Path) -> None:
    """The same file under another name; a copy, where the system of files has no such links."""
    try:
        os.link(os.path.realpath(file), other)
    except OSError:
        shutil.copy2(file, other)


def _make(folder: Path, unmake: ExitStack) -> None:
    """Makes the folder and those above it that are missing; `unmake` takes them away again."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True)
        unmake.callback(_tried, place.rmdir)


def _is_new(place: Path, data: bytes) -> bool:
    """Whether the place holds something else, or nothing. Raises `BadInput` where no file can be."""
    try:
        found = os.stat(place)
    except FileNotFoundError:
        return True
    if not stat.S_ISREG(found.st_mode):
        raise BadInput(displayed(str(place))[1:-1], "cannot be written: something else is there")
    return found.st_size != len(data) or place.read_bytes() != data


def _write(place: Path, data: bytes) -> None:
    with open(place, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _tried(action: Callable[[], object]) -> None:
    with suppress(OSError):
        action()


def _sync_parents(folder: Path, names: Iterable[str]) -> None:
    for parent in {(folder / name).parent for name in names}:
        _sync(parent)


def _sync_below(folder: Path) -> None:
    """The folder and those below it; links are not followed."""
    for place, _, _ in os.walk(folder):
        _sync(Path(place))


def _sync(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Locks the folder against other writers; what killed ones left there is settled and removed.

    Where the system of files knows no locks, nothing is locked and nothing removed."""
    number = os.open(folder, os.O_RDONLY)
    try:
        if _locked(number):
            _clear(folder)
        yield
    finally:
        os.close(number)


def _clear(room: Path) -> None:
    """Removes the waiting folders that are left in this one; neither a link nor a file is one."""
    for name in os.listdir(room):
        if name.startswith(WAITING) and (room / name).is_dir() and not (room / name).is_symlink():
            _end(room / name)


def _end(waiting: Path) -> None:
    """Settles and removes it. Where it cannot be settled it stays: its files are read through it."""
    for _ in range(2):
        with suppress(OSError):
            _settle(waiting)
            shutil.rmtree(waiting, ignore_errors=True)
            return


def _locked(number: int) -> bool:
    """Waits for the lock; whether the system knows locks. Raises `TimeoutError`."""
    end = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() > end:
                raise TimeoutError("another process is writing there") from None
            time.sleep(0.01)
        except OSError:
            return False


@contextmanager
def _waiting(room: Path, prefix: str = WAITING) -> Iterator[Path]:
    """A new folder in this one, and nothing of it afterwards."""
    place = Path(tempfile.mkdtemp(prefix=prefix, dir=room))
    try:
        yield place
    finally:
        _end(place)


def _reason(error: Exception) -> str:
    """Why, in a few words, as the system says it."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def exchange(folder: Path, files: Mapping[str, bytes], gone: Collection[str] = (),
             made: Callable[[Path], Mapping[str, bytes]] | None = None) -> None:  # fmt: skip
    """The same in one step: whoever looks, and whatever is killed, finds the folder as it was or as
    it is to be. What is not named stays the same file.

    The folder is built anew beside the old one, of links to what stays, and the two change places.
    `made` gives more files, from the folder as it is to be.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder.parent), _waiting(folder.parent) as waiting:
            beside = waiting / folder.name
            _restore(folder)
            _copy(folder, beside)
            for name in gone:
                (beside / name).unlink(missing_ok=True)
            _fill(beside, files)
            if made is not None:
                _fill(beside, made(beside))
            _sync_below(beside)
            _swap(beside, folder)
            _sync(folder.parent)
    except (OSError, ValueError) as error:
        raise BadInput(displayed(str(folder))[1:-1], f"cannot be written: {_reason(error)}") from None


def _copy(folder: Path, beside: Path) -> None:
    """The folder again, of links to its files; of copies where there are no links."""

    def link(source: str, target: str) -> None:
        try:
            os.link(source, target, follow_symlinks=False)
        except OSError:
            shutil.copy2(source, target, follow_symlinks=False)

    if folder.is_dir():
        shutil.copytree(folder, beside, symlinks=True, copy_function=link)
    else:
        beside.mkdir()


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes files into a folder that nobody reads yet. A link to what stays is not written through."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).unlink(missing_ok=True)
        _write(folder / name, data)


def _swap(beside: Path, folder: Path) -> None:
    """The new folder goes to the place of the old one."""
    if not folder.is_dir():
        os.rename(beside, folder)
    elif not _in_one_step(beside, folder):
        os.rename(folder, _old(folder))  # after a kill between these two, `_restore` puts it back
        os.rename(beside, folder)
        shutil.rmtree(_old(folder), ignore_errors=True)


def _in_one_step(one: Path, other: Path) -> bool:
    """Whether the system let two folders change places, as Linux can."""
    here, each_to_the_other_s_place = -100, 2
    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    paths = here, os.fsencode(one), here, os.fsencode(other)
    return int(rename(*paths, each_to_the_other_s_place)) == 0


def _old(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def _restore(folder: Path) -> None:
    """Puts the folder back that a killed process had taken from its place."""
    if _old(folder).is_dir() and not folder.exists():
        os.rename(_old(folder), folder)
