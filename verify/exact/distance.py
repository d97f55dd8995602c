"""The distance of two functions on an interval, of two networks on a box, simplex, polyhedron or
R^n: ∫|f − g| or max |f − g|.

Exact. For one variable two ways around enumeration: a composition through scalar bottlenecks is
treated by its kinds of laps and by whole periods; and an exact integral that would have millions of
digits is enclosed instead, unless it is asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from ..kernel.errors import BadInput, OverBudget
from ..network.network import Network
from .laps import Composition
from .pieces import MOST_SEGMENTS, pieces
from .piecewise_linear import Extremum, Interval, PiecewiseLinear, total

if TYPE_CHECKING:
    from .cells import Domain

Function = Network | PiecewiseLinear
NORMS = ("l1", "sup")
WIDTH = Fraction(1, 2**60)
MOST_BITS = 2_000_000  # of an exact integral that is computed without being asked for
MOST_LISTED = 2_000  # laps of a composition that are still enumerated
MOST_WORK = 3_000_000  # operations of a composition, times pieces beside it: about ten seconds
UNIT = Interval(Fraction(0), Fraction(1))


@dataclass(frozen=True)
class Distance:
    """A distance: exactly `value`, or, if that is None, a number in [low, high].

    `at`: for "sup", a point where `low` is attained; with more than one input a tuple.
    """

    value: Fraction | None
    low: Fraction
    high: Fraction
    at: "Fraction | tuple[Fraction, ...] | None" = None

    def _repr_html_(self) -> str:
        from .display import distance

        return distance(self)


def distance(
    f: Function,
    g: Function,
    interval: "Interval | Domain",
    norm: str = "l1",
    exact: bool = False,
    width: Fraction = WIDTH,
    limit: int = MOST_SEGMENTS,
) -> Distance:
    """The distance of f and g: ∫|f − g| ("l1") or max |f − g| ("sup").

    Over an interval f and g are piecewise-linear functions, or networks with one input and one
    output; over a `Box`, `Simplex`, `Polyhedron` or `Space` they are networks.

    The value is exact. But an integral of more than about MOST_BITS bits is enclosed by `low` and
    `high`, at most `width` apart, unless `exact` asks for all of it. Raises `OverBudget` where more
    than `limit` activation intervals would have to be enumerated.

    >>> from verify import sawtooth, tent
    >>> distance(tent(), sawtooth(2), Interval(0, 1)).value
    Fraction(1, 3)
    """
    if norm not in NORMS:
        raise BadInput("", f"expected a norm, {' or '.join(NORMS)}, found {norm}")
    if width <= 0:
        raise BadInput("", f"expected a width above 0, found {width}")
    if not isinstance(interval, Interval):
        from .cells import Box

        if not isinstance(interval, Box) or interval.size > 1:
            return _in_cells(f, g, interval, norm)
        (interval,) = interval.sides
    for one, other in ((f, g), (g, f)):
        if isinstance(one, Network) and _many_laps(one, interval):
            function = function_on(other, interval, limit)
            _affordable(one, function)
            return _from_composition(one, function, norm, limit)
    difference = function_on(f, interval, limit) - function_on(g, interval, limit)
    if norm == "sup":
        return _attained(difference.sup())
    return _integral(difference, exact, width)


def _in_cells(f: Function, g: Function, domain: "Domain", norm: str) -> Distance:
    from .cells.extremes import apart, area_between

    if not isinstance(f, Network) or not isinstance(g, Network):
        found = "found a function on an interval"
        raise BadInput("", f"expected two networks for a distance on {domain}, {found}")
    if norm == "l1":
        return _value(area_between(f, g, domain))
    most = apart(f, g, domain)
    if most.value is None:
        along = ", ".join(map(str, most.at))
        raise BadInput("", f"the difference is unbounded on {domain}: it grows along ({along})")
    return Distance(most.value, most.value, most.value, most.at)


def function_on(f: Function, interval: Interval, limit: int = MOST_SEGMENTS) -> PiecewiseLinear:
    """The function on the interval, its pieces enumerated."""
    return f.on(interval) if isinstance(f, PiecewiseLinear) else pieces(f, interval, limit)


def _integral(difference: PiecewiseLinear, exact: bool, width: Fraction) -> Distance:
    from .enclosure import enclosed_l1, exact_bits

    if exact or exact_bits(difference) <= MOST_BITS:
        return _value(difference.l1())
    return Distance(None, *enclosed_l1(difference, width))


def _value(area: Fraction) -> Distance:
    return Distance(area, area, area)


def _attained(largest: Extremum) -> Distance:
    return Distance(largest.value, largest.value, largest.value, largest.at)


def _many_laps(network: Network, interval: Interval) -> bool:
    from .composition import composition

    try:
        found = composition(network, interval)
        return found is not None and found.counts.activation_intervals > MOST_LISTED
    except OverBudget:
        return False


def _affordable(network: Network, g: PiecewiseLinear) -> None:
    """Every piece of g is taken through all operations. Raises `OverBudget`."""
    work = len(network.nodes) * g.pieces
    if work > MOST_WORK:
        found = f"{len(network.nodes)} operations, times {g.pieces} pieces"
        raise OverBudget("", f"{found}; at most {MOST_WORK} are done")


def _from_composition(network: Network, g: PiecewiseLinear, norm: str, limit: int) -> Distance:
    """The distance part by part, the interval cut at 0 and 1: outside [0, 1] a sawtooth has few
    laps, inside it is a wave."""
    parts = list(_parts(g))
    if norm == "l1":
        return _value(total(_part_l1(network, part, limit) for part in parts))
    largest = [_part_sup(network, part, limit) for part in parts]
    return _attained(max(largest, key=lambda extremum: extremum.value))


def _parts(g: PiecewiseLinear) -> Iterator[PiecewiseLinear]:
    low, high = g.breakpoints[0], g.breakpoints[-1]
    ends = [low, *(x for x in (UNIT.low, UNIT.high) if low < x < high), high]
    for a, b in pairwise(ends):
        yield g.on(Interval(a, b))


def _composed(network: Network, g: PiecewiseLinear) -> Composition | None:
    from .composition import composition

    is_inside = UNIT.low <= g.breakpoints[0] and g.breakpoints[-1] <= UNIT.high
    interval = UNIT if is_inside else g.interval
    return composition(network, interval)


def _part_l1(network: Network, g: PiecewiseLinear, limit: int) -> Fraction:
    from .periodic import wave

    composed = _composed(network, g)
    found = wave(composed, limit) if composed else None
    if found:
        return found.l1(g)
    if composed and not any(g.slopes):
        return composed.on(g.interval).l1(g.values[0])
    return (pieces(network, g.interval, limit) - g).l1()


def _part_sup(network: Network, g: PiecewiseLinear, limit: int) -> Extremum:
    from .periodic import wave

    composed = _composed(network, g)
    found = wave(composed, limit) if composed else None
    return found.sup(g) if found else (pieces(network, g.interval, limit) - g).sup()
