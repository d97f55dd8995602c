"""Points of an interval between which everything is affine: where units, and given expressions, change sign. Nothing here is trusted."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from ..kernel.given import Setting
from ..kernel.terms import Polynomial


def points(setting: Setting, low: Fraction, high: Fraction, expressions: Sequence[Polynomial] = ()) -> list[Fraction]:
    """low, high, and between them every point where a unit of the networks or one of the expressions changes sign. Exact.

    Where no unit of earlier nodes changes sign between two points, a pre-activation is affine there, and its zero is a quotient.
    """
    done = [(low, setting.graph.values([low]))]
    waiting = [(high, setting.graph.values([high]))]
    while waiting:
        cuts = _first_cuts(setting, *done[-1], *waiting[-1])
        waiting.extend((x, setting.graph.values([x])) for x in sorted(cuts, reverse=True))
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
    """Where, between x and y, the first layer with any sign change vanishes. The first value is the integers' common denominator."""
    for layer in setting.graph.layers:
        ends = [(left[z] * right[0], right[z] * left[0]) for z in layer.sources] if not layer.rows else []
        parts = {Fraction(a, a - b) for a, b in ends if (a < 0 < b) or (b < 0 < a)}
        if parts:
            return {x + (y - x) * part for part in parts}
    return set()
