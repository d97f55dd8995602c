"""One input: points between which everything is affine. Nothing here is trusted."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from ...kernel.terms import Polynomial
from .setting import Setting


def points(setting: Setting, low: Fraction, high: Fraction, expressions: Sequence[Polynomial] = ()) -> list[Fraction]:
    """low, high, and between them every point where a unit of the networks or one of the expressions changes sign. Exact.

    Where no unit of earlier nodes changes sign between two points, a pre-activation is affine there, and its zero is a quotient.
    """
    done = [(low, setting.at([low]))]
    waiting = [(high, setting.at([high]))]
    while waiting:
        cuts = _first_cuts(setting, *done[-1], *waiting[-1])
        waiting.extend((x, setting.at([x])) for x in sorted(cuts, reverse=True))
        if not cuts:
            done.append(waiting.pop())
    found = {x for x, _ in done}
    for expression in expressions:
        values = [setting.value(expression, at) for _, at in done]
        for ((x, _), (y, _)), (v, w) in zip(pairwise(done), pairwise(values), strict=True):
            if v * w < 0:
                found.add(x + (y - x) * v / (v - w))
    return sorted(found)


def _first_cuts(setting: Setting, x: Fraction, left: list[int], y: Fraction, right: list[int]) -> set[Fraction]:
    """Where, between x and y, the units of the least depth with any sign change vanish. The first value is the common denominator."""
    for level in setting.levels:
        ends = [(left[z] * right[0], right[z] * left[0]) for z in level]
        parts = {Fraction(a, a - b) for a, b in ends if (a < 0 < b) or (b < 0 < a)}
        if parts:
            return {x + (y - x) * part for part in parts}
    return set()
