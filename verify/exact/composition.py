"""A network with scalar bottlenecks as a composition of maps, counted and integrated by its kinds
of laps."""

from fractions import Fraction

from ..network.network import Network
from .bottlenecks import stages
from .laps import Composition, Map
from .pieces import activation_intervals, pieces
from .piecewise_linear import Interval, PiecewiseLinear


def composition(network: Network, interval: Interval) -> Composition | None:
    """A univariate network as a composition through its scalar bottlenecks; None if it is not one
    of at least two maps with a kink there."""
    in_order = stages(network.univariate())
    if len(in_order) < 2:
        return None
    known: dict[int, Map] = {}
    maps: list[Map] = []
    reach = (interval.low, interval.high)
    fixed = None  # the last stage, if it maps its range onto itself
    for stage in in_order:
        if stage is not fixed:
            before = known.get(id(stage))
            if before and _covers(before.function, reach):
                one = before
            else:
                one = known[id(stage)] = _map(stage, reach, before)
            image = _image(one.function, reach)
            fixed = stage if image == reach else None
            reach = image
        maps.append(one)
    bent = sum(1 for one in maps if one.cuts)
    return Composition(maps, interval) if bent > 1 else None


def _covers(function: PiecewiseLinear, reach: tuple[Fraction, Fraction]) -> bool:
    return function.breakpoints[0] <= reach[0] and reach[1] <= function.breakpoints[-1]


def _map(stage: Network, reach: tuple[Fraction, Fraction], before: Map | None) -> Map:
    """The stage on an interval that covers what it was known on before and the reach now."""
    low, high = reach
    if before is not None:
        low = min(low, before.function.breakpoints[0])
        high = max(high, before.function.breakpoints[-1])
    if low == high:
        high = low + 1
    interval = Interval(low, high)
    return Map(pieces(stage, interval), activation_intervals(stage, interval).endpoints[1:-1])


def _image(
    function: PiecewiseLinear, reach: tuple[Fraction, Fraction]
) -> tuple[Fraction, Fraction]:
    low, high = reach
    inside = (
        v for x, v in zip(function.breakpoints, function.values, strict=True) if low < x < high
    )
    values = [function(low), function(high), *inside]
    return min(values), max(values)
