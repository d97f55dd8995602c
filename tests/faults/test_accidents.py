"""An accident is no verdict: exit codes where streams are closed or full, where memory, descriptors or
processes are short, without a home, in odd folders, where nothing can be written; and after signals."""

import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import click
import pytest

from verify.cli import main

ROOT = Path(__file__).parents[2]
KERNEL = ROOT / "verify" / "kernel" / "__main__.py"
CLI = [sys.executable, "-m", "verify"]
VERDICTS = (0, 10)
STATEMENT = {"forall": {"box": [["0", "1"]], "holds": "f <= 1"}}
HOLDS = {"format": "claim/1", "name": "c", "networks": {"f": "sawtooth:3"}, "statement": STATEMENT}
END_OF_ALL = ">&- 2>&- <&-"


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a claim that holds, its certificate, and c.json, the claim as a user writes it."""
    folder = tmp_path_factory.mktemp("accidents")
    (folder / "c.json").write_text(json.dumps(HOLDS))
    (folder / "false.json").write_text(json.dumps(HOLDS).replace("<=", "<"))
    assert ran(["claim", "c.json", "--certificate", "out"], folder).returncode == 0
    return folder


def ran(arguments: Sequence[str], folder: Path, before: Callable[[], object] | None = None, command: Sequence[str] = CLI,
        **environment: str) -> "subprocess.CompletedProcess[str]":  # fmt: skip
    more = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    return subprocess.run([*command, *arguments], cwd=folder, env=more, capture_output=True, text=True, timeout=300, preexec_fn=before)


Call = Callable[[Sequence[str], Path], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The command in this process, in a folder: for words and files. Its search has a process of its own."""

    def called(arguments: Sequence[str], folder: Path) -> "subprocess.CompletedProcess[str]":
        monkeypatch.chdir(folder)
        code = main(list(arguments))
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return called


def complaints(said: str) -> list[str]:
    """The lines on standard error, but for those that say how long it took."""
    return [line for line in said.splitlines() if not re.search(r": [0-9]+\.[0-9] s$", line)]


COMMANDS = {
    "check": [*CLI, "check", "out"],
    "kernel": [sys.executable, "-I", "-S", str(KERNEL), "out"],
    "pieces": [*CLI, "pieces", "tent"],
    "claim": [*CLI, "claim", "c.json"],
    "refuted": [*CLI, "claim", "false.json"],
    "help": [*CLI, "--help"],
}
SPOILT = [(command, how) for command in COMMANDS for how in (">&-", "> /dev/full", END_OF_ALL)]


@pytest.mark.parametrize(("command", "how"), SPOILT)
def test_without_standard_output_nothing_is_decided(certified: Path, command: str, how: str) -> None:
    done = ran(["-c", f'"$@" {how}', "sh", *COMMANDS[command]], certified, command=["sh"])
    assert done.returncode == 3 and "Traceback" not in done.stderr and len(complaints(done.stderr)) <= 1, done.stderr


@pytest.mark.parametrize(("command", "code"), [("check", 0), ("kernel", 0), ("claim", 0), ("refuted", 10)])
@pytest.mark.parametrize("how", ["<&-", "2>&-", "2> /dev/full", "2>&- <&-"])
def test_without_the_others_the_verdict_stands(certified: Path, command: str, code: int, how: str) -> None:
    done = ran(["-c", f'"$@" {how}', "sh", *COMMANDS[command]], certified, command=["sh"])
    assert done.returncode == code and done.stdout.startswith("REFUTED" if code else "HOLDS"), done


def test_what_a_limited_command_says_costs_no_verdict(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It says in its own process how long it took, and standard error is full."""
    from verify.cli import limited
    from verify.search import limits

    monkeypatch.setattr(limits, "run", lambda *_, **__: limits.Ending((0, None, "HOLDS\n", "depthproof: c: 2.0 s\n")))
    with open("/dev/full", "w", buffering=1) as full:
        monkeypatch.setattr(sys, "stderr", full)
        assert limited._within(1, lambda: None, {}) == 0 and capsys.readouterr().out == "HOLDS\n"
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())  # so that it can be closed


LIMITS = {
    "memory": (resource.RLIMIT_AS, [2**27, 2**28, 3 * 2**28]),
    "descriptors": (resource.RLIMIT_NOFILE, [3, 5, 8]),
    "size of files": (resource.RLIMIT_FSIZE, [0, 100]),
}


@pytest.mark.parametrize(("which", "amount"), [(which, amount) for which, (_, amounts) in LIMITS.items() for amount in amounts])
@pytest.mark.parametrize("command", ["check", "kernel", "pieces", "refuted"])
def test_what_is_short_is_no_verdict(certified: Path, which: str, amount: int, command: str) -> None:
    """The right verdict, or none: also where Python itself cannot start."""
    kind = LIMITS[which][0]
    done = ran([], certified, lambda: resource.setrlimit(kind, (amount, amount)), COMMANDS[command])
    right = 10 if command == "refuted" else 0
    assert done.returncode == right or done.returncode not in VERDICTS, done
    if done.returncode == right:
        assert done.stdout.startswith(("HOLDS", "REFUTED", "pieces"))


def test_where_no_process_can_be_started_a_claim_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    """As root no limit of processes holds, so the call itself fails."""
    from verify import Theory
    from verify.search import limits

    def none(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", none)
    found = limits.run(limits.Task(Theory, ("a",)), 1)
    assert found.reason == "no process could be started: resource temporarily unavailable"


WITH_FILES = "+dac_read_search,+dac_override"
ANOTHER = ["setpriv", "--reuid", "65534", "--clear-groups", "--inh-caps", WITH_FILES, "--ambient-caps", WITH_FILES]


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("setpriv") is None, reason="only root can become a user without processes")
@pytest.mark.parametrize(("command", "most", "code"), [("claim", 1, 3), ("claim", 2, 3), ("refuted", 1, 3), ("check", 1, 0)])
def test_under_a_limit_on_processes(certified: Path, command: str, most: int, code: int) -> None:
    """As a user for whom it holds, who may read what root may. Checking needs no other process."""
    with tempfile.TemporaryDirectory() as place:
        folder = shutil.copytree(certified, Path(place) / "all")
        for path in (Path(place), folder):
            path.chmod(0o755)
        done = ran(COMMANDS[command], folder, command=["prlimit", f"--nproc={most}", *ANOTHER])
    assert done.returncode == code and "Traceback" not in done.stderr, done
    assert done.stdout.startswith("HOLDS") == (code == 0)


def test_without_a_home_at_all(certified: Path) -> None:
    for command, code in (("claim", 0), ("refuted", 10)):
        assert ran(["-u", "HOME", "-u", "PATH", *COMMANDS[command]], certified, command=["env"]).returncode == code


def can_mount() -> bool:
    with suppress(OSError):
        return subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode == 0
    return False


@pytest.mark.skipif(not can_mount(), reason="a file system can be mounted by root only")
@pytest.mark.parametrize("command", [["claim", "c.json", "--certificate", "fixed/out"], ["pieces", "tent", "--coq", "fixed/a.v"]])
def test_on_a_read_only_file_system(certified: Path, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "fixed").mkdir()
    shutil.copy(certified / "c.json", tmp_path)
    mounted = 'mount -t tmpfs -o ro none fixed && exec "$@"'
    done = ran(["-m", "sh", "-c", mounted, "sh", *CLI, *command], tmp_path, command=["unshare"])
    (line,) = complaints(done.stderr)
    assert done.returncode == 2 and line.endswith("cannot be written: read-only file system"), done
    assert done.stdout.startswith("HOLDS") == (command[0] == "claim")


def test_two_writers_leave_one_whole_result(tmp_path: Path) -> None:
    for name, most in (("one", 1), ("two", 2)):
        (tmp_path / f"{name}.json").write_text(json.dumps(HOLDS).replace("<= 1", f"<= {most}"))
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    commands = [[*CLI, "claim", f"{name}.json", "--certificate", "out"] for name in ("one", "two")]
    writers = [subprocess.Popen(it, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for it in commands]
    assert [writer.wait(300) for writer in writers] == [0, 0]
    done = ran(["out"], tmp_path, command=COMMANDS["kernel"][:-1])
    assert done.returncode == 0 and done.stdout.count("HOLDS") == 1, done


ODD = [{"HOME": "/nowhere"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, {"TERM": "dumb"}, {"TMPDIR": "/nowhere"}]


@pytest.mark.parametrize("environment", ODD)
def test_odd_environments_change_nothing(certified: Path, environment: dict[str, str]) -> None:
    done = ran(["check", "out"], certified, **environment)
    assert done.returncode == 0 and done.stdout.startswith('HOLDS "c"'), done


@pytest.mark.parametrize("name", ["a b", "-rf", "ü", "$(x)", "a\x1b[31mb", "'", "x" * 250])
def test_odd_folders(call: Call, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "c.json").write_text(json.dumps(HOLDS))
    done = call(["claim", "c.json", "--certificate", "."], folder)
    assert done.returncode == 0 and ran([str(folder)], tmp_path, command=COMMANDS["kernel"][:-1]).returncode == 0
    missing = call(["pieces", str(folder / "none\x1b[31m.onnx")], tmp_path)
    assert missing.returncode == 2 and "\x1b" not in missing.stderr
    checked = call(["check", str(folder)], tmp_path)
    assert checked.returncode == 0 and "\x1b" not in checked.stdout + checked.stderr, checked


def test_in_a_folder_that_is_gone(certified: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    done = ran(["-c", f'rmdir "{gone}"; exec "$@"', "sh", *CLI, "check", str(certified / "out")], gone, command=["sh"])
    assert done.returncode not in VERDICTS or done.stdout.startswith("HOLDS")


@pytest.mark.parametrize("place", ["/proc/none", "/dev/null", "/dev/full/x", "/sys/none"])
def test_what_cannot_be_written_loses_no_verdict(call: Call, certified: Path, place: str) -> None:
    """The kernel's own file systems take no files, not even root's."""
    done = call(["claim", "c.json", "--certificate", place], certified)
    assert done.returncode == 2 and done.stdout.startswith("HOLDS"), done
    (line,) = complaints(done.stderr)
    assert "cannot be written" in line


@pytest.mark.parametrize("source", ["pipe", "/dev/zero", "large.onnx", "large.json", "."])
def test_what_is_no_file_to_read_is_one_line_at_once(tmp_path: Path, source: str) -> None:
    os.mkfifo(tmp_path / "pipe.onnx")
    for name in ("large.onnx", "large.json"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(3 * 2**30)
    name = {"pipe": "pipe.onnx", "/dev/zero": "zero.json"}.get(source, source)
    (tmp_path / "zero.json").symlink_to("/dev/zero")
    for arguments in (["pieces", name], ["claim", name], ["check", name]):
        done = ran(arguments, tmp_path, lambda: resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31)))
        assert done.returncode in (2, 3) and "Traceback" not in done.stderr, done


def test_a_path_that_is_empty_or_has_no_name_holds_nothing(call: Call, tmp_path: Path) -> None:
    """As "$DIR" is where it was never set: nothing was checked, and nothing is said to hold."""
    for path in ("", ".", "./"):
        done = call(["check", path], tmp_path)
        assert done.returncode == 2 and "MALFORMED" in done.stdout and "holds:" not in done.stdout, done


@pytest.mark.parametrize("seconds", ["nan", "inf", "-1", "0", "1e9", "x"])
def test_seconds_are_a_time(call: Call, certified: Path, seconds: str) -> None:
    done = call(["claim", "c.json", "--seconds", seconds], certified)
    assert done.returncode == 2 and "expected seconds" in done.stderr


@pytest.mark.parametrize("name", ["../../../escaped/evil", "/absolute-place/evil", "a/b", "..", "a\\b", "CON"])
def test_a_claim_writes_in_its_folder_only(call: Call, tmp_path: Path, name: str) -> None:
    (tmp_path / "c.json").write_text(json.dumps(HOLDS | {"name": name}))
    out = tmp_path / "a" / "b" / "out"
    assert call(["claim", "c.json", "--certificate", str(out)], tmp_path).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c.json"]
    assert len(list(out.iterdir())) == 3 and call(["check", str(out)], tmp_path).returncode == 0


def test_a_claim_reads_below_its_folder_only(call: Call, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    network = json.loads(call(["show", "tent", "--json"], tmp_path).stdout)["network"]
    (tmp_path / "tent.json").write_text(json.dumps(network))
    (tmp_path / "in" / "link.json").symlink_to(tmp_path / "tent.json")
    for source in ("../tent.json", str(tmp_path / "tent.json"), "link.json"):
        (tmp_path / "in" / "c.json").write_text(json.dumps(HOLDS | {"networks": {"f": source}}))
        done = call(["claim", "in/c.json"], tmp_path)
        assert done.returncode == 2 and "expected a file below" in done.stderr and "--allow-outside" in done.stderr
        assert call(["claim", "in/c.json", "--allow-outside"], tmp_path).returncode == 0


def left_behind(mark: str) -> list[str]:
    """Processes whose environment has this mark."""
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in place.read_bytes():
                found.append(place.parent.name)
        except OSError:
            continue
    return found


def interrupted(number: signal.Signals, delay: float, folder: Path) -> None:
    """A search, ended by a signal after so many seconds."""
    mark = f"DEPTHPROOF_TEST_{os.getpid()}_{time.monotonic_ns()}"
    environment = os.environ | {"PYTHONPATH": str(ROOT), mark: "1"}
    arguments = ["claim", str(folder / "long.json"), "--certificate", str(folder / "out")]
    child = subprocess.Popen([*CLI, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with suppress(subprocess.TimeoutExpired):  # one that has ended cannot be interrupted, and is not waited for
        child.wait(delay)
    child.send_signal(number)
    out, err = child.communicate(timeout=60)
    is_whole = child.returncode == 0 and out.startswith("HOLDS")
    is_python = "KeyboardInterrupt" in err and "/verify/cli" not in err  # before our first line is run
    assert "Traceback" not in err or is_python, (delay, err)
    right = child.returncode in (3, -number) or is_whole or (is_python and child.returncode == 1)
    assert right, (delay, child.returncode, out, err)
    assert len(complaints(err)) <= 1 or is_python, err
    for _ in range(400):  # a second, and more where the machine is loaded
        left = left_behind(mark)
        if not left:
            break
        time.sleep(0.05)
    assert not left, (delay, left)
    names = {path.name for path in (folder / "out").rglob("*") if path.is_file()} if (folder / "out").exists() else set()
    assert not names or {"long.claim.json", "long.certificate.json"} <= names


def signals(count: int, folder: Path) -> None:
    chosen = random.Random(count)
    claim = HOLDS | {"name": "long", "networks": {"f": "sawtooth:8"}}
    (folder / "long.json").write_text(json.dumps(claim))
    for _ in range(count):
        interrupted(chosen.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL]), chosen.uniform(0, 3), folder)


def test_signals_at_random_times(tmp_path: Path) -> None:
    signals(12, tmp_path)


@pytest.mark.parametrize("where", ["make_context", "invoke"])
def test_an_interruption_is_one_line_wherever_it_comes(
    where: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(click.Group, where, interrupted)
    assert main(["show", "tent"]) == 3
    assert capfd.readouterr().err == "depthproof: interrupted; nothing was decided\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        signals(int(sys.argv[1]), Path(place))
    print(f"{sys.argv[1]} signals: no verdict by accident, no process left, no half result")
