"""Complaints about what is not known in a proof, with the nearest right spelling."""

import re
from collections.abc import Iterable

from ..spelling import nearest

_UNKNOWN = re.compile(
    r"expected (?:a declared name|what is known by now), found ([A-Za-z][A-Za-z0-9_.]*)"
)


def hinted(reason: str, known: Iterable[str]) -> str:
    """A complaint about an unknown name, with the nearest known one; another complaint as it is.

    >>> hinted("expected a declared name, found flor", ["floor"])
    'expected a declared name, found flor; did you mean floor?'
    """
    match = _UNKNOWN.search(reason)
    if match is None:
        return reason
    if match[1] == "IH":
        return f'{reason}; IH, the hypothesis, is known where induction="n" is said'
    return reason + nearest(match[1], known)
