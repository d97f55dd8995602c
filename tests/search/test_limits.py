"""Whatever happens to a task's process is a value."""

import os
import time

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
    assert outcome.reason == "time is over: 1.5 s"
    assert time.monotonic() - start < 30


def test_memory_is_limited() -> None:
    assert run(Task(bytes, (2**20,)), 20, memory=2**29).decided
    assert "out of memory" in run(Task(bytes, (2**29,)), 20, memory=2**29).reason


def test_what_a_task_prints_is_not_its_value() -> None:
    assert run(Task(os.write, (1, b"noise")), 20).value == 5
