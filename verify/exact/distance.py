"""The distance of two functions of one variable on an interval: ∫|f − g| or max |f − g|."""

from dataclasses import dataclass
from fractions import Fraction

from ..kernel.errors import BadInput
from ..network.network import Network
from .pieces import pieces
from .piecewise_linear import Interval, PiecewiseLinear

Function = Network | PiecewiseLinear
NORMS = ("l1", "sup")


@dataclass(frozen=True)
class Distance:
    """A distance: exactly `value`, or if that is None somewhere in [low, high]. `at`: for "sup", a point where `low` is
    attained."""

    value: Fraction | None
    low: Fraction
    high: Fraction
    at: Fraction | None = None


def distance(f: Function, g: Function, interval: Interval, norm: str = "l1") -> Distance:
    """∫|f − g| ("l1") or max |f − g| ("sup") over the interval, for networks with one input and one output or piecewise-linear
    functions. Exact."""
    if norm not in NORMS:
        raise BadInput("", f"expected a norm, {' or '.join(NORMS)}, found {norm}")
    difference = function_on(f, interval) - function_on(g, interval)
    if norm == "l1":
        area = difference.l1()
        return Distance(area, area, area)
    largest = difference.sup()
    return Distance(largest.value, largest.value, largest.value, largest.at)


def function_on(f: Function, interval: Interval) -> PiecewiseLinear:
    return f.on(interval) if isinstance(f, PiecewiseLinear) else pieces(f, interval)
