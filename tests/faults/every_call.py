"""Every call to the system fails once: for each command, the n-th open, write, fsync, rename, link,
unlink, mkdir or rmdir below the folder of the result fails, or the process is killed there; for all n.

What must be true afterwards: the old result is there whole, or the new one; an error is one line;
the exit code is documented, and 0 or 10 only where the result is there; nothing is left over, and
running again, undisturbed, gives the new result. The kernel and `depthproof check` say of the
folder what they say of the old result, or of the new one.

The calls are those that Python code makes through `open` and `os`; what a library in C opens itself
is not among them. Each point is a process forked from a warm one. What a search finds, and what the
kernel says in a process of its own, is found once and then kept.

`python -m tests.faults.every_call` tries all points; with a number, about one of so many.
"""

import builtins
import contextlib
import errno
import io
import json
import os
import re
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from verify import checkers
from verify.cli import check, main, theorems
from verify.files import WAITING
from verify.keep import TIMINGS, Finding
from verify.kernel.check import report
from verify.layout import Place
from verify.network.load import load
from verify.search import limits, proving

MODES = ("ENOSPC", "EIO", "EACCES", "EINTR", "EROFS", "EMFILE", "kill", "half")  # half: of what is written, then a kill
CODES = {0, 2, 3, 10}
ROOT, NAME = Path(__file__).parents[2], "sawtooth.map"
TOOK = re.compile(r": [0-9]+\.[0-9] s$")  # how long it took, where that was long
Files = dict[str, bytes]


@dataclass(frozen=True)
class Scenario:
    """A command, run where there is an old result or none; `accepted`: 0 or 10, what it ends with."""

    name: str
    run: Callable[[Path], int]
    before: Callable[[Path], object] | None = None
    accepted: int = 0
    must_hold: bool = False  # whatever fails, the answer is the same
    writes: bool = True  # and says on standard error why it cannot


@dataclass
class Tally:
    points: int = 0
    all_points: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Failing:
    """Counts the calls below a folder; the one with this number fails. Number 0 fails none."""

    def __init__(self, root: Path, number: int, mode: str) -> None:
        self.root, self.number, self.mode, self.calls = str(root), number, mode, list[str]()

    def patch(self) -> None:
        for name in ("open", "mkdir", "rmdir", "unlink", "remove", "replace", "rename", "link", "symlink", "fsync", "listdir"):
            setattr(os, name, self._failing(name, getattr(os, name)))
        opened = self._failing("open", io.open)

        def open_(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
            stream = opened(file, mode, *rest, **more)
            return _Stream(stream, self) if self._is_below(file) and set(mode) & set("wxa+") else stream

        builtins.open = io.open = open_  # type: ignore[assignment]

    def reached(self, what: str, write_half: Callable[[], object] = lambda: None) -> None:
        self.calls.append(what)
        if len(self.calls) != self.number:
            return
        if self.mode == "half":
            write_half()
        if self.mode in ("kill", "half"):
            os.kill(os.getpid(), signal.SIGKILL)
        code = getattr(errno, self.mode)
        raise OSError(code, os.strerror(code))

    def _failing(self, what: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def failing(*arguments: Any, **more: Any) -> Any:
            place = arguments[1:2] if what == "symlink" else arguments[:1]
            if place and self._is_below(place[0]):
                self.reached(what)
            return call(*arguments, **more)

        return failing

    def _is_below(self, place: Any) -> bool:
        with contextlib.suppress(OSError, TypeError, ValueError):
            path = os.readlink(f"/proc/self/fd/{place}") if isinstance(place, int) else os.path.abspath(os.fspath(place))
            return str(path).startswith(self.root)
        return False


class _Stream:
    """A file open for writing."""

    def __init__(self, stream: Any, failing: Failing) -> None:
        self._stream, self._failing = stream, failing

    def write(self, data: Any) -> int:
        self._failing.reached("write", lambda: (self._stream.write(data[: len(data) // 2]), self._stream.flush()))
        return int(self._stream.write(data))

    def __enter__(self) -> "_Stream":
        return self

    def __exit__(self, *_: Any) -> None:
        self._stream.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def held(root: Path) -> Files:
    """All files below the folder, by name."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def checked(root: Path) -> list[Any]:
    """What holds in the folder, and the exit codes, as the kernel sees it alone, and as `depthproof check` does."""
    lines: list[str] = []
    codes = [report(paths, lines.append) for paths in ([str(root)], check._below(str(root)))]
    return [codes, [line for line in lines if line.startswith(("HOLDS", " "))]]


def forked(run: Callable[[], int], errors: Path, failing: Failing | None) -> tuple[int, list[str]]:
    """Runs it in a forked process. Its exit code, -9 where it was killed; and the calls, if it lived."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
            if failing is not None:
                failing.patch()
            code = run()
            sys.stdout.flush()
            sys.stderr.flush()
            os.write(tell, "\n".join(failing.calls if failing else []).encode())
        except BaseException as error:
            os.write(2, f"Traceback: {error!r}\n".encode())
        finally:
            os._exit(code)
    os.close(tell)
    with open(told) as stream:
        calls = stream.read().splitlines()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), calls


class Trial:
    """A scenario with its old and new results."""

    def __init__(self, scenario: Scenario, folder: Path) -> None:
        self.scenario, self.root, self.errors = scenario, folder / "result", folder / "errors"
        self.root.mkdir(parents=True)
        if scenario.before is not None:
            scenario.before(self.root)
        self.old, self.old_checked = held(self.root), checked(self.root)
        code, self.calls = forked(lambda: scenario.run(self.root), self.errors, Failing(self.root, 0, ""))
        self.new = held(self.root)
        self.checked = [self.old_checked, checked(self.root)]
        self.usual = set(self.errors.read_text().splitlines())
        assert code == scenario.accepted, (scenario.name, code, self.errors.read_text())

    def _is_whole(self, state: Files) -> bool:
        """Whether it is the old result or the new one; timings may be older than what they are of."""
        is_timed = state.get(TIMINGS) in (self.old.get(TIMINGS), self.new.get(TIMINGS))
        return is_timed and any(_untimed(state) == _untimed(whole) for whole in (self.old, self.new))

    def _begin(self) -> None:
        shutil.rmtree(self.root)
        self.root.mkdir()
        for name, data in self.old.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_bytes(data)

    def point(self, number: int, mode: str, tally: Tally) -> None:
        self._begin()
        code, _ = forked(lambda: self.scenario.run(self.root), self.errors, Failing(self.root, number, mode))
        what = f"{self.scenario.name}: {mode} at call {number} ({self.calls[number - 1]})"
        tally.points += 1
        tally.calls[self.calls[number - 1]] += 1
        tally.ends[f"{mode}: {code}"] += 1
        for problem in self._problems(code, mode, self.calls[number - 1]):
            tally.wrong.append(f"{what}: {problem}")
            print(tally.wrong[-1], file=sys.stderr, flush=True)

    def _problems(self, code: int, mode: str, call: str) -> list[str]:
        found, state = [], held(self.root)
        said = [line for line in self.errors.read_text().splitlines() if line not in self.usual and not TOOK.search(line)]
        rest = {name: data for name, data in state.items() if f"/{WAITING}" not in f"/{name}"}
        is_killed = mode in ("kill", "half")
        if is_killed != (code == -9) or (not is_killed and code not in CODES):
            found.append(f"ended with {code}: {said}")
        if not all(line.startswith("depthproof: ") for line in said):
            found.append(f"said {said}")
        if code == 2 and len(said) != 1 and self.scenario.writes:
            found.append(f"not one line: {said}")
        if not self._is_whole(rest):
            found.append(f"neither old nor new: {sorted(rest)}")
        if checked(self.root) not in self.checked:
            found.append(f"checked: {checked(self.root)}")
        if code == self.scenario.accepted and rest != self.new and not self.scenario.must_hold:
            found.append("ended well without the new result")
        if self.scenario.must_hold and not is_killed and code != self.scenario.accepted:
            found.append(f"a true claim failed with {code}: {said}")
        if not is_killed and len(rest) != len(state) and call not in ("rmdir", "unlink", "listdir", "open"):
            found.append(f"left over: {sorted(set(state) - set(rest))}")
        again, _ = forked(lambda: self.scenario.run(self.root), self.errors, None)
        left = [] if self.scenario.must_hold else list(self.root.rglob(f"{WAITING}*"))  # what is found is not written again
        left += [path for path in self.root.rglob("*") if path.is_symlink()]
        if again != self.scenario.accepted or held(self.root) != self.new or left:
            found.append(f"run again: {again}, {sorted(held(self.root))}, {left}, {self.errors.read_text()}")
        return found


def _untimed(files: Files) -> Files:
    return {name: data for name, data in files.items() if name != TIMINGS}


def remembered() -> None:
    """What processes of their own answer is found once."""
    answers: dict[Any, Any] = {}
    run, printed = limits.run, checkers._printed

    def known(key: Any, ask: Callable[[], Any]) -> Any:
        if key not in answers:
            answers[key] = ask()
        return answers[key]

    def asked(task: limits.Task, seconds: float, *rest: Any, **more: Any) -> Any:
        if task.function.__module__ == "verify.cli.limited":  # a command in a process of its own: here in this one
            return limits.here(task, seconds)
        lasting = [argument for argument in task.arguments if type(argument) is not float]  # not how long it may take
        said = [getattr(argument, "sha256", None) or repr(argument) for argument in lasting]
        return known((task.function.__name__, *said), lambda: run(task, seconds, *rest, **more))

    limits.run = asked  # type: ignore[assignment]
    proving.prove.__defaults__ = tuple(asked if it is run else it for it in proving.prove.__defaults__ or ())
    checkers._printed = lambda command, paths: known((tuple(command), tuple(paths)), lambda: printed(command, paths))
    checkers.proved = lambda: None
    proved = theorems.proved
    theorems.proved = lambda folder, found, again=False: known(  # type: ignore[assignment]
        ("proved", again, *(it.name for it in found)), lambda: proved(folder, found, again)
    )
    Finding.checking = 0.001  # type: ignore[assignment,method-assign]


def scenarios(inputs: Path) -> list[Scenario]:
    """The commands that write, and `check`, which reads."""
    for name, holds in (("one", "f <= 1"), ("two", "f <= 2"), ("false", "f < 1")):
        statement = {"forall": {"box": [["0", "1"]], "holds": holds}}
        whole = {"format": "claim/1", "name": "c", "networks": {"f": "sawtooth:3"}, "statement": statement}
        (inputs / f"{name}.json").write_text(json.dumps(whole))

    def call(*arguments: str) -> Callable[[Path], int]:
        return lambda root: main([argument.replace("ROOT", str(root)) for argument in arguments])

    def quietly(*arguments: str) -> Callable[[Path], int]:
        return lambda root: forked(lambda: call(*arguments)(root), inputs / "errors", None)[0]

    def claim(name: str) -> tuple[str, ...]:
        return ("claim", str(inputs / f"{name}.json"), "--certificate", "ROOT")

    certificate = ("--certificate", "ROOT/p")
    maps = ("--notion", "affine", *certificate)
    (inputs / "proofs").mkdir()
    with_proofs(inputs / "proofs")
    prove = ("prove", "--proofs", str(inputs / "proofs"), "--out", "ROOT")
    return [
        Scenario("claim, new", call(*claim("one"))),
        Scenario("claim, over another", call(*claim("one")), quietly(*claim("two"))),
        Scenario("claim, refuted over proved", call(*claim("false")), quietly(*claim("one")), accepted=10),
        Scenario("claim, the same again", call(*claim("one")), quietly(*claim("one"))),
        Scenario("pieces --certificate", call("pieces", "sawtooth:2", *certificate), quietly("pieces", "tent", *certificate)),
        Scenario("pieces --coq", call("pieces", "sawtooth:2", "--coq", "ROOT/p.v"), quietly("pieces", "tent", "--coq", "ROOT/p.v")),
        Scenario("separate --certificate", call("separate", "sawtooth:2", "--k", "4", *certificate)),
        Scenario("plot", call("plot", "sawtooth:2", "--out", "ROOT/p.svg"), quietly("plot", "tent", "--out", "ROOT/p.svg")),
        Scenario("plot, two inputs", call("plot", "max:2", "--out", "ROOT/deep/p.svg")),
        Scenario("bundle", call("bundle", "ROOT/b.zip"), lambda root: (root / "b.zip").write_bytes(b"old")),
        Scenario("appendix", call("appendix", "--only", "html", "--out", "ROOT"),
                 lambda root: (root / "appendix.html").write_bytes(b"old")),
        Scenario("check", call("check", "ROOT"), quietly(*claim("one")), writes=False),
        Scenario("regions --certificate", call("regions", "max:3", *certificate), quietly("regions", "max:2", *certificate)),
        Scenario("regions --notion affine --certificate", call("regions", "max:3", *maps), quietly("regions", "max:2", *maps)),
        Scenario("maximise --certificate", call("maximise", "max:3", *certificate), quietly("maximise", "max:2", *certificate)),
        Scenario("distance --certificate", call("distance", "tent", "sawtooth:2", "--norm", "sup", *certificate)),
        Scenario("approximate", call("approximate", "x^2", "--error", "1/4", "--out", "ROOT/f.json", "--certificate", "ROOT/c"),
                 quietly("approximate", "x", "--error", "1/4", "--out", "ROOT/f.json", "--certificate", "ROOT/c")),
        Scenario("approximate --certificate, by theorem", call("approximate", "abs(x)", "--error", "1/4", "--certificate", "ROOT/c"),
                 quietly("approximate", "x", "--error", "1/4", "--certificate", "ROOT/c")),
        Scenario("approximate --out, by theorem", call("approximate", "abs(x)", "--error", "1/4", "--out", "ROOT/f.json"),
                 quietly("approximate", "x", "--error", "1/4", "--out", "ROOT/f.json")),
        Scenario("regions", call("regions", "ROOT/f.json"), with_network, writes=False),
        Scenario("prove --out", call(*prove)),
        Scenario("prove --out, over another", call(*prove), quietly_spoilt(quietly(*prove))),
        Scenario("prove --regenerate", call("prove", NAME, "--proofs", "ROOT", "--regenerate"), with_proofs),
        Scenario("the plugin's cache", _cached, must_hold=True),
    ]  # fmt: skip


def with_proofs(root: Path) -> None:
    """A script with a damaged claim and certificate, and a user's own file beside them."""
    here, there = Place(ROOT / "proofs", NAME), Place(root, NAME)
    there.section.mkdir()
    shutil.copy(here.script, there.script)
    spoilt(there.section)


def spoilt(section: Path) -> None:
    for path in (Place(section.parent, NAME).claim, Place(section.parent, NAME).certificate, section / "own.txt"):
        path.write_bytes(b"old")


def quietly_spoilt(run: Callable[[Path], int]) -> Callable[[Path], None]:
    def before(root: Path) -> None:
        run(root)
        spoilt(Place(root / "theorems", NAME).section)

    return before


def with_network(root: Path) -> None:
    (root / "f.json").write_bytes(load("max:2").canonical)


class _Cache:
    """Pytest's cache in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def mkdir(self, name: str) -> Path:
        os.makedirs(self.root / name, exist_ok=True)
        return self.root / name


def _cached(root: Path) -> int:
    """A claim of a test, proved and kept."""
    from verify.pytest_plugin import Depthproof

    config: Any = type("Config", (), {"cache": _Cache(root)})()
    found = Depthproof("test", config, 60).pieces("sawtooth:2", exactly=4)
    return 0 if found.lines else 70


def warm() -> None:
    """What was re-checked is kept, without complaints, so that the exit code is that of the writing."""
    from verify.report import recheck

    read, records = recheck.read, dict[str, Any]()

    def once(where: Any, names: Any = ()) -> Any:
        key = f"{where.proofs} {names}"
        if key not in records:
            records[key] = replace(read(where, names), complaints=())
        return records[key]

    recheck.read = once


def tried(every: int, folder: Path, only: str = "") -> Tally:
    """About one of `every` points of all scenarios, or of those with this in their name."""
    tally = Tally()
    remembered()
    warm()
    inputs = folder / "inputs"
    inputs.mkdir()
    for scenario in scenarios(inputs):
        if only not in scenario.name:
            continue
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            prepared = folder / "prepared"
            shutil.rmtree(prepared, ignore_errors=True)
            prepared.mkdir()
            if scenario.before is not None:
                scenario.before(prepared)
            scenario.run(prepared)  # in this process, so that it is warm
        shutil.rmtree(folder / "trial", ignore_errors=True)
        trial = Trial(scenario, folder / "trial")
        assert trial.calls, f"{scenario.name}: no call was seen"
        for number, call in enumerate(trial.calls, 1):
            for mode in MODES:
                if mode == "half" and call != "write":
                    continue
                tally.all_points += 1
                if tally.all_points % every == 0:
                    trial.point(number, mode, tally)
        so_far = f"{tally.points} points, {len(tally.wrong)} wrong so far"
        print(f"{scenario.name}: {len(trial.calls)} calls, {so_far}", file=sys.stderr, flush=True)
    return tally


def told(tally: Tally) -> str:
    calls = ", ".join(f"{count} {name}" for name, count in tally.calls.most_common())
    ends = ", ".join(f"{name} {count}" for name, count in sorted(tally.ends.items()))
    points = f"{tally.points} points of {tally.all_points} ({calls})"
    return f"{points}; {len(tally.wrong)} wrong\n{ends}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        result = tried(int(sys.argv[1]) if sys.argv[1:] else 1, Path(place), *sys.argv[2:])
    print("\n".join([*result.wrong, told(result)]))
    sys.exit(bool(result.wrong))
