"""Points of an interval between which everything is affine: where units, and given expressions, change sign. Nothing here is trusted."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from ..kernel.network import Range
from ..kernel.setting import Setting
from ..kernel.terms import Polynomial


def points(setting: Setting, low: Fraction, high: Fraction, expressions: Sequence[Polynomial] = ()) -> list[Fraction]:
    """low, high, and between them every point where a unit of the networks or one of the expressions changes sign. Exact.

    Where no unit of earlier nodes changes sign between two points, a pre-activation is affine there, and its zero is a quotient.
    """
    done = [(low, setting.ranges_at([low]))]
    waiting = [(high, setting.ranges_at([high]))]
    while waiting:
        cuts = _first_cuts(setting, *done[-1], *waiting[-1])
        waiting.extend((x, setting.ranges_at([x])) for x in sorted(cuts, reverse=True))
        if not cuts:
            done.append(waiting.pop())
    found = {x for x, _ in done}
    for expression in expressions:
        values = [setting.value(expression, setting.valuation(ranges)) for _, ranges in done]
        for ((x, _), (y, _)), (v, w) in zip(pairwise(done), pairwise(values), strict=True):
            if v * w < 0:
                found.add(x + (y - x) * v / (v - w))
    return sorted(found)


def _first_cuts(setting: Setting, x: Fraction, left: list[Range], y: Fraction, right: list[Range]) -> set[Fraction]:
    """Where, between x and y, the entries of the first node with any sign change vanish."""
    for node in setting.graph.nodes:
        if node.rows:
            continue
        one, other = left[node.sources[0]], right[node.sources[0]]
        parts = {
            Fraction(a * other.under, a * other.under - b * one.under)
            for a, b in zip(one.centre, other.centre, strict=True)
            if (a < 0 < b) or (b < 0 < a)
        }
        if parts:
            return {x + (y - x) * part for part in parts}
    return set()
