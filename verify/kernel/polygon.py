"""Networks with one input on an interval: between suitable points they are affine, so that what
they are at the points determines pieces, integrals and extrema."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise, repeat
from typing import Any

from .errors import BadInput, need
from .network import Graph
from .numerals import rational
from .strict_json import listed
from .terms import Polynomial, number


class Polygon:
    """The values of the networks at points between which they are affine in their only input.
    Raises `Rejected` if some unit is not.

    Let p < q be neighbours such that no unit's pre-activation has strictly opposite signs at p and
    q. Then by induction along the nodes every value is affine on [p, q]: the input is; a Gemm of
    affine functions is; and a pre-activation that is affine on [p, q], with no opposite signs at
    the ends, is >= 0 on all of [p, q] or <= 0 on all of it, so its Relu is that function or 0. So
    the values at the points determine every function of the networks from the first point to the
    last.
    """

    def __init__(self, graph: Graph, points: Any) -> None:
        self.graph = graph
        self.xs = [rational(text, graph.budget) for text in listed(points)]
        need(graph.inputs == 1, "expected networks with one input", BadInput)
        self.widths = [y - x for x, y in pairwise(self.xs)]
        need(min(self.widths, default=0) > 0, "expected two or more increasing points")
        self.values = [graph.at({1: x}) for x in self.xs]
        for place, (before, after) in enumerate(pairwise(self.values), 1):
            signs = [(before[z], after[z]) for z, *_ in graph.units]
            bent = any(min(pair) < 0 < max(pair) for pair in signs)
            need(not bent, f"a unit changes sign between point {place} and the one before it")

    def along(self, p: Polynomial) -> list[Fraction]:
        """The values at the points of an affine expression in values of networks, which are the
        first atoms."""
        numbers = self.graph.affine(p)
        return [self.sum(c * at[v] for v, c in numbers) / at[0] for at in self.values]

    def sum(self, summands: Iterable[Fraction]) -> Fraction:
        """Their sum, charged to the budget."""
        return Fraction(number(self.graph.terms.collect(((), each) for each in summands)))

    def segments(self, p: Polynomial) -> Iterator[tuple[Fraction, Fraction, Fraction]]:
        """The width of each segment, and the values of the expression at its ends."""
        values = self.along(p)
        return zip(self.widths, values, values[1:])

    def pieces(self, p: Polynomial) -> Fraction:
        """The number of maximal intervals on which the expression is affine."""
        slopes = [(w - v) / width for width, v, w in self.segments(p)]
        kinks = [s for s, t in pairwise(slopes) if s != t]
        return Fraction(1 + len(kinks))

    def integral(self, p: Polynomial) -> Fraction:
        """The integral of the expression."""
        return self.against(p, repeat(Fraction(1)))

    def against(self, p: Polynomial, signs: Iterable[Fraction]) -> Fraction:
        """The integral of the expression times a function that is constant on the segments."""
        signed = zip(signs, self.segments(p))
        return self.sum(sign * width * (v + w) / 2 for sign, (width, v, w) in signed)

    def integral_abs(self, p: Polynomial) -> Fraction:
        """The integral of the expression's absolute value."""
        return self.sum(width / 2 * _twice_mean_abs(v, w) for width, v, w in self.segments(p))

    def sup_abs(self, p: Polynomial) -> Fraction:
        """The maximum of the expression's absolute value."""
        return max(map(abs, self.along(p)))


def _twice_mean_abs(v: Fraction, w: Fraction) -> Fraction:
    """Twice the mean of |affine| on a segment, from v at one end to w at the other: where the sign
    changes there are two triangles."""
    if v * w >= 0:
        return abs(v + w)
    return (v * v + w * w) / (abs(v) + abs(w))


MEASURES = {
    "pieces": ("the number of maximal intervals with affine {}", Polygon.pieces),
    "integral": ("the integral of {}", Polygon.integral),
    "integral_abs": ("the integral of |{}|", Polygon.integral_abs),
    "sup_abs": ("the maximum of |{}|", Polygon.sup_abs),
    "distance": ("the distance in L1 from the span of {span} to {}", Polygon.integral_abs),
}
