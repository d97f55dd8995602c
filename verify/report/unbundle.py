"""A bundle opened again: unpacked within limits, and compared with its manifest."""

import hashlib
import os
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from ..files import read_bytes
from ..kernel.errors import BadInput, OverBudget, displayed, placed
from ..kernel.limits import MOST_BYTES, Budget
from ..kernel.strict_json import contents

MANIFEST, STATEMENT = "manifest.json", "statement.json"
UNLISTED = (MANIFEST, STATEMENT)
MOST_FILES, MOST_UNPACKED = 20_000, 400_000_000


def is_zip(path: Path) -> bool:
    """Whether a file begins as zip files do.

    >>> is_zip(Path("no-such-file.zip"))
    False
    """
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def unpack(path: Path, folder: Path) -> None:
    """Unpacks a bundle into a new folder. Raises `BadInput` for a file that is none, `OverBudget` for
    one that is too large."""
    size = 0
    try:
        with zipfile.ZipFile(path) as archive:
            items = [it for it in archive.infolist() if not it.is_dir()]
            if len(items) > MOST_FILES:
                raise OverBudget("", f"more than {MOST_FILES} files")
            for item in items:
                with archive.open(item) as file:
                    data = file.read(MOST_UNPACKED - size + 1)
                size += len(data)
                if size > MOST_UNPACKED:
                    raise OverBudget("", f"more than {MOST_UNPACKED} bytes when unpacked")
                _write(folder, item.filename, data)
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise BadInput("", f"cannot be unpacked: {displayed(str(error))[1:-1]}") from None
    if not (folder / MANIFEST).is_file():
        raise BadInput("", f"expected a bundle with its {MANIFEST}, found another zip file")


def _write(folder: Path, name: str, data: bytes) -> None:
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or any(letter in name for letter in "\\:\0"):
        raise BadInput("", f"expected names of files in the bundle, found {displayed(name)}")
    place = folder.joinpath(*parts)
    if place.exists():
        raise BadInput("", f"expected each file once, found {displayed(name)} again")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


def altered(folder: Path) -> list[str]:
    """What is not as the manifest says, a line each. Raises `BadInput` where there is no manifest."""
    with placed(MANIFEST):
        form, listed = contents(read_bytes(folder / MANIFEST, MOST_BYTES), "bundle/1", Budget(), "algorithm", "files")
        if form != "sha256" or type(listed) is not dict:
            raise BadInput("", "expected SHA-256 of files by name")
    found = set[str]()
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        found |= {(Path(place) / name).relative_to(folder).as_posix() for name in names}
    lines = [f"{displayed(name)[1:-1]} is not in the manifest" for name in sorted(found - listed.keys() - {*UNLISTED})]
    for name, digest in sorted(listed.items()):
        if name not in found:
            lines.append(f"{displayed(name)[1:-1]} is missing")
        elif hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            lines.append(f"{displayed(name)[1:-1]} is not the file of the manifest")
    return lines
