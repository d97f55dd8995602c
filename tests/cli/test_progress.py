"""Progress is said on standard error only: a bar on a terminal, lines elsewhere, nothing where all is soon done."""

import os
import pty
import re
import subprocess
import sys

import pytest

from verify.cli import progress

CODE = """
from verify.cli.progress import steps
with steps("proving", 3) as done:
    for name in ("one", "two", "three"):
        done(name)
print("result")
"""


def test_lines_now_and_then(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter(range(0, 1000, 6))
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with progress.steps("proving", 5) as done:
        for name in "abcde":
            done(name)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "depthproof: proving: 2/5, about 18 s left\ndepthproof: proving: 4/5, about 6 s left\n"


def test_nothing_of_what_is_soon_done(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.steps("proving", 2) as done:
        done("one")
        done("two")
    assert capsys.readouterr() == ("", "")


def test_a_bar_on_a_terminal() -> None:
    above, below = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    done = subprocess.run([sys.executable, "-c", CODE], stdout=subprocess.PIPE, stderr=below, env=environment, text=True, timeout=60)
    os.close(below)
    shown = os.read(above, 100_000).decode()
    os.close(above)
    assert done.stdout == "result\n"
    assert "proving" in shown and "3/3" in shown


def test_what_takes_long_is_said_while_it_lasts() -> None:
    code = "import time; from verify.cli.progress import progress\nwith progress('search', 60): time.sleep(1.6)"
    above, below = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    subprocess.run([sys.executable, "-c", code], stderr=below, env=environment, timeout=60, check=True)
    os.close(below)
    shown = os.read(above, 100_000).decode()
    os.close(above)
    took = re.search(r"depthproof: search: ([0-9]+\.[0-9]) s", shown)
    assert "search (at most 60 s)" in shown and took and float(took[1]) >= 1.6, shown
