"""What is refused, and how it is said: one line with the place, what was expected, what was found.

A check of the kernel is a line with `want` (the form of what is read), `need` (what is shown) or
`raise`.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class DepthproofError(Exception):
    """Anything this project refuses, with the exit code that the command line gives it."""

    exit_code = 4

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where, self.reason = where, reason

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}" if self.where else self.reason


class BadInput(DepthproofError):
    """The input is not of the stated form."""

    exit_code = 2


class Rejected(DepthproofError):
    """A certificate does not show what its claim says."""

    exit_code = 10  # as SAT solvers say it; 1 is any program's accident


class OverBudget(DepthproofError):
    """The input is well formed, but costs more than is allowed here. Nothing was decided."""

    exit_code = 3


@contextmanager
def placed(place: str) -> Iterator[None]:
    """Errors raised inside are said of this place (a file, a network in a file); an empty place
    adds nothing."""
    try:
        yield
    except MemoryError:
        raise OverBudget(place, "out of memory") from None
    except DepthproofError as error:
        raise type(error)(": ".join(filter(None, (place, error.where))), error.reason) from None


def expected(where: str, what: str, found: object) -> BadInput:
    """The usual complaint, on one printable line of bounded length."""
    return BadInput(where, f"expected {what}, found {displayed(found)}")


def displayed(value: object) -> str:
    """A foreign value, safe to print on one line: escaped to ASCII, cut at 80 characters."""
    if type(value) is dict:
        return f"an object with {len(value)} keys"
    if type(value) is list:
        return f"a list of {len(value)}"
    text = json.dumps(value, default=str)
    return text if len(text) <= 80 else text[:77] + "..."


def want(condition: Any, what: str, found: object) -> Any:
    """What is read, which must have this form; `BadInput` otherwise."""
    if not condition:
        raise expected("", what, found)
    return condition


def written(pattern: re.Pattern[str], what: str, text: Any) -> Any:
    """The match of what is read, which must be a text of this pattern."""
    return want(type(text) is str and pattern.fullmatch(text), what, text)


def need(condition: Any, reason: str, error: type[DepthproofError] = Rejected) -> Any:
    """What is shown, which must be so; `Rejected`, or the error named, otherwise."""
    if not condition:
        raise error("", reason)
    return condition
