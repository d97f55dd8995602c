"""--seconds: a command in a process of its own, ended when its time is over, whatever it does."""

import contextlib
import functools
import inspect
import io
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from ..kernel.errors import DepthproofError, OverBudget, displayed
from .arguments import SECONDS
from .progress import lasting

Command = Callable[..., Any]
SHARES = {"z3": 2, "cvc5": 2, "both": 3}  # a solver that is asked beside may take as long again


def limited(default: float | None = None) -> Callable[[Command], Command]:
    """A command with --seconds. Within the limit it does what it did; later it is killed, and
    nothing is decided. Without a limit it runs as it is.

    A command that has a parameter `seconds` is told the limit."""

    def decorated(command: Command) -> Command:
        wants_limit = "seconds" in inspect.signature(command).parameters

        @functools.wraps(command)
        def run(seconds: float | None, **given: Any) -> Any:
            if wants_limit:
                given["seconds"] = seconds
            return command(**given) if seconds is None else _within(seconds, command, given)

        option = click.option(
            "--seconds",
            type=SECONDS,
            default=default,
            show_default=default is not None,
            help="How long it may take.",
        )
        return option(run)

    return decorated


def _within(seconds: float, command: Command, given: dict[str, Any]) -> Any:
    """What the command does in a process of its own: it prints, raises and returns the same."""
    from ..search.limits import Task, run

    task = Task(_alone, (command.__module__, command.__name__, given, time.time()))
    limit = seconds * SHARES.get(str(given.get("solver")), 1)
    with lasting(command.__name__, limit):
        outcome = run(task, limit, memory=None)
    if not outcome.decided:
        raise OverBudget("", f"{outcome.reason}; nothing was decided")
    value, error, out, complaints = outcome.value
    with contextlib.suppress(OSError, ValueError):  # where nobody can hear it, the verdict stands
        print(complaints, end="", file=sys.stderr, flush=True)
    print(out, end="")
    if error is not None:
        raise error
    return value


def _alone(
    module: str, name: str, given: dict[str, Any], started: float
) -> tuple[Any, Exception | None, str, str]:
    """The child: what the command returns or raises, and what it prints."""
    if "seconds" in given:  # what is left of them
        given["seconds"] = max(0.1, given["seconds"] - (time.time() - started))
    command = getattr(import_module(module), name).callback.__wrapped__
    out, complaints, value = io.StringIO(), io.StringIO(), None
    error: Exception | None = None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(complaints):
        try:
            value = command(**given)
        except (DepthproofError, OSError) as raised:
            error = raised
        except click.ClickException as raised:
            error = click.ClickException(raised.format_message())
        except Exception as fault:
            said = f"{type(fault).__name__}: {displayed(str(fault))}"
            error = DepthproofError("", f"our own fault, please report: {said}")
    return value, error, out.getvalue(), complaints.getvalue()
