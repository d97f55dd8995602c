"""The nearest right spelling of a name that is not known, and of what an author left out."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

_UNKNOWN = re.compile(
    r"expected (?:a declared name|what is known by now), found ([A-Za-z][A-Za-z0-9_.]*)"
)


def nearest(name: str, known: Iterable[str]) -> str:
    """"; did you mean tent?", or "" where nothing known is like it."""
    found = get_close_matches(name, list(known), 1, 0.6)
    return f"; did you mean {found[0]}?" if found else ""


def hinted(reason: str, known: Iterable[str]) -> str:
    """A complaint about an unknown name, with the nearest known one."""
    match = _UNKNOWN.search(reason)
    if match is None:
        return reason
    if match[1] == "IH":
        return f'{reason}; IH, the hypothesis, is known where induction="n" is said'
    return reason + nearest(match[1], known)
