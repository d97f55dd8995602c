"""A network with scalar bottlenecks as a composition of maps, counted and integrated by its kinds of laps."""

from fractions import Fraction

from ..network.network import Network
from .bottlenecks import stages
from .laps import Composition, Map
from .pieces import activation_intervals, pieces
from .piecewise_linear import Interval, PiecewiseLinear


def composition(network: Network, interval: Interval) -> Composition | None:
    """A univariate network as a composition through its scalar bottlenecks; None if it is not one of at least two maps with a
    kink there."""
    parts = stages(network.univariate())
    if len(parts) < 2:
        return None
    known: dict[int, Map] = {}
    maps: list[Map] = []
    reach = (interval.low, interval.high)
    fixed = None  # the last stage, if it maps its range onto itself
    for part in parts:
        if part is not fixed:
            before = known.get(id(part))
            one = before if before and _covers(before.function, reach) else _map(part, reach, before)
            known[id(part)] = one
            image = _image(one.function, reach)
            fixed, reach = (part if image == reach else None), image
        maps.append(one)
    return Composition(maps, interval) if sum(1 for one in maps if one.cuts) > 1 else None


def _covers(function: PiecewiseLinear, reach: tuple[Fraction, Fraction]) -> bool:
    return function.breakpoints[0] <= reach[0] and reach[1] <= function.breakpoints[-1]


def _map(part: Network, reach: tuple[Fraction, Fraction], before: Map | None) -> Map:
    """The stage on an interval that covers what it was known on before and the reach now."""
    ends = (before.function.breakpoints[0], before.function.breakpoints[-1]) if before else reach
    low, high = min(reach[0], ends[0]), max(reach[1], ends[1])
    interval = Interval(low, high if low < high else low + 1)
    return Map(pieces(part, interval), activation_intervals(part, interval).endpoints[1:-1])


def _image(function: PiecewiseLinear, reach: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    low, high = reach
    inside = (v for x, v in zip(function.breakpoints, function.values, strict=True) if low < x < high)
    values = [function(low), function(high), *inside]
    return min(values), max(values)
