"""The nearest right spelling of a name that is not known, and what else to write where a formula
cannot be read."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from string import ascii_letters, digits

from .kernel.errors import BadInput, DepthproofError
from .kernel.limits import MOST_DEGREE

_COLUMN = re.compile(r"column ([0-9]+)")
_APPLIED = re.compile(r"\b([A-Za-z][A-Za-z0-9_]*) ?(\()")
_UNKNOWN = re.compile(r"expected a declared name, found ([A-Za-z][A-Za-z0-9_]*)")
OF_NAMES = f"{ascii_letters}{digits}_"
AT_POINTS = 'for networks at points, a statement says "for": ["x", "y"] beside "box"'


def nearest(name: str, known: Iterable[str]) -> str:
    """"; did you mean tent?", or "" where nothing known is like it."""
    found = get_close_matches(name, list(known), 1, 0.6)
    return f"; did you mean {found[0]}?" if found else ""


@contextmanager
def advised(text: object, names: Iterable[str]) -> Iterator[None]:
    """Adds to a complaint about a formula what to write instead. `names`: of inputs and outputs."""
    try:
        yield
    except DepthproofError as error:
        if type(text) is not str:
            raise
        open_at = unbalanced(text)
        if open_at is not None and isinstance(error, BadInput):
            raise BadInput(*open_at) from None
        found = _applied(error, text, list(names)) or error
        raise type(error)(found.where, found.reason + _advice(found, text, list(names))) from None


def _applied(error: DepthproofError, text: str, names: list[str]) -> DepthproofError | None:
    """The complaint about the bracket after an input or output, where the operator before that was
    complained about because its right side ended there; None if it was not."""
    found = _COLUMN.search(error.where + " " + error.reason)
    if found is None or "a formula beside this" not in error.reason:
        return None
    call = _APPLIED.search(text, int(found[1]))
    if call is None or call[1] not in names:
        return None
    return BadInput(f"column {call.start(2) + 1}", 'expected an operator, found "("')


def unbalanced(text: str) -> tuple[str, str] | None:
    """Where a bracket is not closed, or closes nothing, and what was expected; None if all are
    closed.

    >>> unbalanced("2*(f + 1 <= 4")
    ('column 3', 'expected ) for the bracket that opens here, found the end')
    """
    opened = list[int]()
    for column, letter in enumerate(text, 1):
        if letter == "(":
            opened.append(column)
        elif letter == ")" and opened:
            opened.pop()
        elif letter == ")":
            return f"column {column}", "expected an open bracket before this ), found none"
    if not opened:
        return None
    return f"column {opened[-1]}", "expected ) for the bracket that opens here, found the end"


def _advice(error: DepthproofError, text: str, names: list[str]) -> str:
    """What to write instead; "" where nothing is known."""
    unknown = _UNKNOWN.search(error.reason)
    if unknown is not None:
        return nearest(unknown[1], names) or f"; known here are {', '.join(names[:8])}"
    is_power = "after this, found \"^\"" in error.reason or "polynomial of degree" in error.reason
    if is_power:
        return f"; powers and degrees up to {MOST_DEGREE} are read: bound a larger one by a smaller"
    found = _COLUMN.search(error.where + " " + error.reason)
    if found is not None and 'expected an operator, found "("' in error.reason:
        before = _last_name(text[: int(found[1]) - 1])
        if before in names:
            return f"; {before} alone is its value at the input; {AT_POINTS}"
        return "; a product is written with *"
    return ""


def _last_name(text: str) -> str:
    """The name with which the text ends, perhaps with a blank after it; "" if there is none."""
    ended = text.removesuffix(" ")
    word = ended[len(ended.rstrip(OF_NAMES)) :]
    return word.lstrip(f"{digits}_")
