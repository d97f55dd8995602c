"""Conditions as a person writes them, `x1 <= x2 and 0 <= x2 + 1/2*x3 <= 1`, for a polyhedron."""

import re
from fractions import Fraction
from itertools import pairwise

from ...kernel.errors import BadInput, displayed
from .domains import Point

Condition = tuple[Point, Fraction]  # weight · x + bias >= 0
_TERM = re.compile(
    r"\s*([+-])?"  # sign
    r"\s*(?:([0-9]{1,400}(?:/[0-9]{1,400}|\.[0-9]{1,400})?)\s*(\*\s*)?)?"  # number, times
    r"(?:x([0-9]{1,6}))?",  # index
    re.ASCII,
)
_RELATION = re.compile(r"(<=|>=)")


def conditions(text: str, size: int) -> tuple[Condition, ...]:
    """Linear inequalities, in chains, joined by `and`, over x1 … xn (or x, if there is one). Raises
    `BadInput`."""
    found: list[Condition] = []
    for part in re.split(r"\band\b", text):
        pieces = _RELATION.split(part)
        if len(pieces) < 3:
            raise _refused(part)
        sides = [_linear(side, size) for side in pieces[::2]]
        for (one, other), relation in zip(pairwise(sides), pieces[1::2], strict=True):
            low, high = (one, other) if relation == "<=" else (other, one)
            *weight, bias = (b - a for a, b in zip(low, high, strict=True))
            found.append((tuple(weight), bias))
    return tuple(found)


def _linear(text: str, size: int) -> list[Fraction]:
    """The coefficients of x1 … xn, and the constant last."""
    result, at = [Fraction(0)] * (size + 1), 0
    plain = text.rstrip()
    if size == 1:
        plain = re.sub(r"\bx\b", "x1", plain)
    while at < len(plain):
        match = _TERM.match(plain, at)
        sign, number, times, index = match.groups() if match else (None,) * 4
        whole = (number is not None or index is not None) and bool(times) == bool(number and index)
        if not whole or (at > 0 and sign is None):
            raise _refused(text)
        if index is not None and not 1 <= int(index) <= size:
            raise BadInput("", f"expected inputs from x1 to x{size}, found x{index}")
        try:
            value = Fraction(number or 1)
        except ZeroDivisionError:
            raise _refused(text) from None
        column = size if index is None else int(index) - 1
        result[column] += -value if sign == "-" else value
        at = match.end() if match else len(plain)
    if at == 0:
        raise _refused(text)
    return result


def _refused(text: str) -> BadInput:
    wanted = "conditions such as x1 <= x2 and 0 <= x2 + 1/2*x3 <= 1"
    return BadInput("", f"expected {wanted}, found {displayed(text.strip())}")
