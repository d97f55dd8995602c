"""The two counts of a one-input network on an interval, never mixed up: affine pieces of the function, and activation intervals
of its units."""

from dataclasses import dataclass
from fractions import Fraction

from ..network.network import Network
from .piecewise_linear import Interval, PiecewiseLinear


@dataclass(frozen=True)
class ActivationIntervals:
    """Maximal intervals whose interior keeps one activation pattern, a unit being active where its pre-activation is > 0.

    `endpoints`: count + 1 Fractions, the interval's ends included. `patterns`: one tuple of bools for each, a bool for each unit
    of the lowered network (those that no path leads from to the output left out), in the order of its nodes.
    """

    endpoints: tuple[Fraction, ...]
    patterns: tuple[tuple[bool, ...], ...]

    @property
    def count(self) -> int:
        return len(self.patterns)


def pieces(network: Network, interval: Interval) -> PiecewiseLinear:
    """The maximal affine pieces of a one-input, one-output network on a closed interval: P + 1 breakpoints for P pieces,
    collinear neighbours merged.

    Exact. Raises `BadInput` if the network has more inputs or outputs. Source: Sotoudeh and Thakur 2019 (ExactLine), made exact.
    """
    from .refine import refinement

    found = refinement(network, interval)
    return PiecewiseLinear(found.points, found.values).merged()


def activation_intervals(network: Network, interval: Interval) -> ActivationIntervals:
    """The maximal intervals of constant activation pattern: at least as many as pieces, often strictly more. Exact; raises as
    `pieces`.

    An isolated zero of a pre-activation that changes no unit's side splits nothing. Source: as `pieces`.
    """
    from .refine import refinement

    found = refinement(network, interval)
    starts = [k for k, pattern in enumerate(found.patterns) if k == 0 or pattern != found.patterns[k - 1]]
    return ActivationIntervals((*(found.points[k] for k in starts), found.points[-1]), tuple(found.patterns[k] for k in starts))
