"""One input: points between which everything is affine. Nothing here is trusted."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from ...kernel.terms import Polynomial
from .setting import Setting, Values


def points(
    setting: Setting, low: Fraction, high: Fraction, expressions: Sequence[Polynomial] = ()
) -> list[Fraction]:
    """low, high, and between them every point where a unit of the networks or one of the
    expressions changes sign. Exact.

        points(setting, 0, 1)      [0, 1/4, 1/2, 3/4, 1] for the tent applied twice
    """
    done = evaluated(setting, low, high)
    found = set(done)
    for expression in expressions:
        values = [setting.value(expression, at) for at in done.values()]
        for (x, y), (v, w) in zip(pairwise(done), pairwise(values), strict=True):
            if v * w < 0:
                found.add(x + (y - x) * v / (v - w))
    return sorted(found)


def evaluated(setting: Setting, low: Fraction, high: Fraction) -> dict[Fraction, Values]:
    """What the networks compute at low, high, and between them at every point where one of their
    units changes sign; in the points' order. Exact.

    Where no unit of earlier nodes changes sign between two points, a pre-activation is affine
    there, and its zero is a quotient.
    """
    done = [(low, setting.at([low]))]
    waiting = [(high, setting.at([high]))]
    while waiting:
        cuts = _first_cuts(setting, *done[-1], *waiting[-1])
        waiting.extend((x, setting.at([x])) for x in sorted(cuts, reverse=True))
        if not cuts:
            done.append(waiting.pop())
    return dict(done)


def _first_cuts(
    setting: Setting, x: Fraction, left: list[int], y: Fraction, right: list[int]
) -> set[Fraction]:
    """The zeros between x and y of units that change sign there: of those of the least depth.

    `left` and `right` are the values at x and y; the first one is the common denominator.
    """
    for level in setting.levels:
        zeros = set[Fraction]()
        for z in level:
            a, b = left[z] * right[0], right[z] * left[0]
            if a < 0 < b or b < 0 < a:
                zeros.add(x + (y - x) * Fraction(a, a - b))
        if zeros:
            return zeros
    return set()
