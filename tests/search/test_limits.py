"""Whatever happens to a task's process is a value."""

import os
import time
from pathlib import Path

import pytest

from verify.search.limits import Task, run


def test_a_value_comes_back() -> None:
    outcome = run(Task(pow, (2, 1000)), 20)
    assert outcome.decided and outcome.value == 2**1000


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        (Task(int, ("\x1b[2J\n",)), "ValueError: "),
        (Task(os.abort), "SIGABRT"),
        (Task(os._exit, (3,)), "ended with code 3"),
        (Task(os._exit, (0,)), "ended with code 0"),
        (Task(bytes, (10**11,)), "out of memory"),
        (Task(eval, ("lambda: 0",)), "pickle"),
        (Task(eval, ("exit(7)",)), "ended with code 7"),
    ],
)
def test_failures_are_reasons(task: Task, reason: str) -> None:
    outcome = run(task, 20)
    assert not outcome.decided and outcome.value is None
    assert reason in outcome.reason and outcome.reason.isascii() and outcome.reason.isprintable()


def test_time_is_limited() -> None:
    start = time.monotonic()
    outcome = run(Task(time.sleep, (60,)), 1)
    assert outcome.reason == "time is over: 1 s"
    assert time.monotonic() - start < 30


def _nested(path: str) -> None:
    run(Task(_marked, (path,)), 20)


def _marked(path: str) -> None:
    Path(path).write_text(str(os.getpid()))
    time.sleep(60)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells a process that its parent died")
def test_a_task_ends_with_the_task_that_runs_it(tmp_path: Path) -> None:
    marker = tmp_path / "pid"
    for seconds in (4, 20, 60):  # on a loaded machine it takes long to start
        assert not run(Task(_nested, (str(marker),)), seconds).decided
        if marker.exists():
            break
    inner = Path("/proc") / marker.read_text()
    for _ in range(400):
        if not inner.exists():
            return
        time.sleep(0.05)
    assert not inner.exists()


def test_memory_is_limited() -> None:
    assert run(Task(bytes, (2**20,)), 20, memory=2**29).decided
    assert "out of memory" in run(Task(bytes, (2**29,)), 20, memory=2**29).reason


def test_what_a_task_prints_is_not_its_value() -> None:
    assert run(Task(os.write, (1, b"noise")), 20).value == 5
