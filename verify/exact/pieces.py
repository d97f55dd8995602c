"""The two counts of a one-input network on an interval, never mixed up: affine pieces of the
function, and activation intervals of its units.

Three exact tiers, chosen by themselves: floats with error bounds and balls for what they leave
open; modular integers for the full function; integers on every segment for handmade weights, skip
connections, true zeros. The answer does not depend on the tier.
"""

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ..kernel.errors import OverBudget
from ..network.network import Network
from ..typed import want_type
from .layers import Layer, handmade, layers
from .piecewise_linear import Interval, PiecewiseLinear

if TYPE_CHECKING:
    from .arithmetic import Arithmetic
    from .floats import Sketch
    from .integer import Segments

MOST_SEGMENTS = 150_000  # that are enumerated with exact breakpoints: about half a gigabyte
MOST_COUNTED = 1_000_000  # that are only counted
SMALL = 300  # weights, and segments
MOST_SETTLED = 64  # vertices in doubt: beyond it the integer tier is cheaper


@dataclass(frozen=True)
class ActivationIntervals:
    """Maximal intervals whose interior keeps one activation pattern, a unit being active where its
    pre-activation is > 0.

    `endpoints`: count + 1 Fractions, the interval's ends included. `patterns`: one tuple of bools
    for each, a bool for each unit of the lowered network (those that no path leads from to the
    output left out), in the order of its nodes.
    """

    endpoints: tuple[Fraction, ...]
    patterns: tuple[tuple[bool, ...], ...]

    @property
    def count(self) -> int:
        return len(self.patterns)


@dataclass(frozen=True)
class Counts:
    """`pieces`: maximal intervals on which the function is affine; `activation_intervals`: on which
    no unit switches."""

    pieces: int
    activation_intervals: int


def pieces(network: Network, interval: Interval, limit: int = MOST_SEGMENTS) -> PiecewiseLinear:
    """The maximal affine pieces of a one-input, one-output network on a closed interval: P + 1
    breakpoints for P pieces, collinear neighbours merged.

    Exact. Raises `BadInput` if the network has more inputs or outputs, `OverBudget` if more than
    `limit` activation intervals would have to be enumerated. Source: Sotoudeh and Thakur 2019
    (ExactLine), made exact.

    >>> from verify import sawtooth
    >>> pieces(sawtooth(5), Interval(0, 1)).pieces
    32
    """
    segments = _segments(network, interval, limit)
    kept = [0, *segments.kinks, len(segments.points) - 1]
    return PiecewiseLinear(tuple(map(segments.point, kept)), tuple(map(segments.value, kept)))


def activation_intervals(
    network: Network, interval: Interval, limit: int = MOST_SEGMENTS
) -> ActivationIntervals:
    """The maximal intervals of constant activation pattern: at least as many as pieces, often more.

    Exact; raises as `pieces`. An isolated zero of a pre-activation that changes no unit's side
    splits nothing. Source: as `pieces`.

    >>> from verify import tent
    >>> activation_intervals(tent(), Interval(0, 1)).patterns
    ((True, False), (True, True))
    """
    segments = _segments(network, interval, limit)
    starts = [0, *segments.switches]
    endpoints = map(segments.point, [*starts, len(segments.points) - 1])
    return ActivationIntervals(tuple(endpoints), tuple(segments.patterns[k] for k in starts))


def counts(network: Network, interval: Interval, limit: int = MOST_COUNTED) -> Counts:
    """Both counts, certified, without the breakpoints. Raises as `pieces`.

    Compositions through scalar bottlenecks are counted by their kinds of laps, whatever their
    number; others by floats with error bounds where these suffice, else as `pieces`.

    >>> from verify import sawtooth
    >>> counts(sawtooth(100), Interval(0, 1)).pieces == 2**100
    True
    """
    _want_types(network, interval)
    return _composed(network, interval) or chain_counts(layers(network), network, interval, limit)


def _want_types(network: Network, interval: Interval) -> None:
    want_type(network, Network, "a Network, such as load(name)")
    want_type(interval, Interval, "an Interval, such as Interval(0, 1)")


def _composed(network: Network, interval: Interval) -> Counts | None:
    """The counts of a composition; None if the network is none, or one with too little
    structure."""
    from .composition import composition

    with suppress(OverBudget):
        found = composition(network.univariate(), interval)
        return found.counts if found else None
    return None


def chain_counts(
    chain: tuple[Layer, ...] | None, network: Network, interval: Interval, limit: int = MOST_COUNTED
) -> Counts:
    """`counts` for a network whose layers are at hand."""
    if chain and not handmade(chain):
        from .kinks import kinks

        sketch = sketched(chain, interval, limit)
        if sketch:
            return Counts(1 + int(kinks(chain, sketch).sum()), sketch.segments)
    segments = _segments(network, interval, min(limit, MOST_SEGMENTS))
    return Counts(1 + len(segments.kinks), 1 + len(segments.switches))


def sketched(
    chain: tuple[Layer, ...], interval: Interval, limit: int = MOST_COUNTED
) -> "Sketch | None":
    """The certified segments of a chain by the float and ball tiers; None where those do not
    decide."""
    from .arithmetic import Double, Single
    from .floats import InDoubt, sketch
    from .settle import Settler

    if not all(layer.tame for layer in chain):
        return None
    attempts: list[tuple[Arithmetic, int]] = [(Single(), MOST_SETTLED)]
    if all(layer.dyadic for layer in chain):
        # pairs of floats cost less than more than a few balls
        attempts = [(Single(), 4), (Double(), MOST_SETTLED)]
    for arithmetic, most in attempts:
        with suppress(InDoubt):
            return sketch(chain, interval, Settler(chain, interval, most), limit, arithmetic)
    return None


def _segments(network: Network, interval: Interval, limit: int) -> "Segments":
    """The exact segments, by the tier that suits the network. A small one is tried in integers
    first: that is quick unless there are many segments."""
    from .integer import beyond, segments

    _want_types(network, interval)
    composed = _composed(network, interval)
    if composed and composed.activation_intervals > limit:
        raise beyond(interval, limit)
    chain = layers(network)
    if chain is None or handmade(chain):
        return segments(network, interval, limit)
    if sum(len(layer.weight) * len(layer.weight[0]) for layer in chain) <= SMALL:
        with suppress(OverBudget):
            return segments(network, interval, min(limit, SMALL))
    found = sketched(chain, interval, limit)
    if found:
        from .floats import InDoubt
        from .modular import exact_segments

        with suppress(InDoubt):
            return exact_segments(chain, found, interval)
    return segments(network, interval, limit)
