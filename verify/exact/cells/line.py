"""One input: the same nouns, answered by the one-input engine, which needs no complex to count and
knows compositions."""

from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from ...network.network import Network
from ..pieces import Counts, counts, pieces
from ..piecewise_linear import Extremum, Interval, PiecewiseLinear
from .complex import Complex, Extreme
from .domains import Box, Domain, domain_of


class Line(Complex):
    """The complex of a network with one input and one output on an interval."""

    @property
    def interval(self) -> Interval:
        return self.domain.sides[0]  # type: ignore[union-attr]

    @cached_property
    def function(self) -> PiecewiseLinear:
        return pieces(self.network, self.interval)

    @cached_property
    def _counts(self) -> Counts:
        return counts(self.network, self.interval)

    @cached_property
    def regions(self) -> int:
        return self._counts.activation_intervals

    @cached_property
    def open_connected(self) -> int:
        return self._counts.pieces

    @cached_property
    def closed_connected(self) -> int:
        return self._counts.pieces

    @cached_property
    def affine(self) -> int:
        found = self.function
        ends = pairwise(zip(found.breakpoints, found.values, strict=True))
        return len(
            {(slope, u - slope * a) for ((a, u), _), slope in zip(ends, found.slopes, strict=True)}
        )

    @cached_property
    def volume(self) -> Fraction:
        return self.interval.high - self.interval.low

    def integral(self, component: int | None = None) -> Fraction:
        self._component(component)
        return self.function.integral()

    def l1(self) -> Fraction:
        return self.function.l1()

    @property
    def maximum(self) -> Extreme:
        return _extreme(self.function.maximum)

    @property
    def minimum(self) -> Extreme:
        return _extreme(self.function.minimum)


def _extreme(found: Extremum) -> Extreme:
    return Extreme(found.value, (found.at,))


def regions(network: Network, where: Domain | Interval) -> Complex:
    """The cell complex of a network on a domain: counts by every notion of a linear region,
    integrals, extrema, level sets.

    `where`: a `Box`, `Simplex`, `Polyhedron` or `Space`, or an `Interval`. Exact. Errors come when
    something is asked of it: `BadInput` where the dimensions differ, `OverBudget` beyond the limits
    to faces and numbers.
    """
    domain = domain_of(where)
    one = network.input_size == domain.size == network.output_size == 1
    return Line(network, domain) if one and isinstance(domain, Box) else Complex(network, domain)
