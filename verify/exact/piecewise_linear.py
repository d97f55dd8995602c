"""Continuous piecewise-linear functions of one variable on a closed interval, given by their
breakpoints and the values there."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from ..kernel.errors import BadInput
from ..network.builders import Exact, exact, vector
from ..rational import sign

ZERO = Fraction(0)
# first and last point of a closed interval; the same point twice for a point
Place = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Interval:
    """The closed interval [low, high], low < high. Ints, Fractions and floats are taken exactly;
    kept as Fractions."""

    low: Fraction
    high: Fraction

    def __init__(self, low: Exact, high: Exact) -> None:
        object.__setattr__(self, "low", exact(low))
        object.__setattr__(self, "high", exact(high))
        if self.low >= self.high:
            wanted = "an interval from a lower to a higher end"
            raise BadInput("", f"expected {wanted}, found {self}")

    def __str__(self) -> str:
        return f"[{self.low}, {self.high}]"


class Extremum(NamedTuple):
    """An extreme value and a point where it is attained."""

    value: Fraction
    at: Fraction


@dataclass(frozen=True)
class Crossings:
    """Where a graph meets a level.

    `crossed`: places where it passes from one side strictly to the other. `touched`: places where
    it reaches the level and does not pass, or where the interval ends. A place is a maximal
    interval (first, last); first = last for a single point.
    """

    crossed: tuple[Place, ...]
    touched: tuple[Place, ...]

    @property
    def count(self) -> int:
        return len(self.crossed)


@dataclass(frozen=True, eq=False)
class PiecewiseLinear:
    """The continuous function through (breakpoints[i], values[i]), affine in between. Breakpoints
    increase strictly; P + 1 of them, at least 2.

    Exact. Equality is equality of functions on the same interval: superfluous breakpoints do not
    count.
    """

    breakpoints: tuple[Fraction, ...]
    values: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "breakpoints", vector(self.breakpoints))
        object.__setattr__(self, "values", vector(self.values))
        points, values = len(self.breakpoints), len(self.values)
        if points < 2 or points != values:
            found = f"found {points} and {values}"
            raise BadInput("", f"expected at least 2 breakpoints and as many values, {found}")
        for left, right in pairwise(self.breakpoints):
            if left >= right:
                raise BadInput(
                    "", f"expected breakpoints in increasing order, found {left} before {right}"
                )

    @property
    def interval(self) -> Interval:
        return Interval(self.breakpoints[0], self.breakpoints[-1])

    @cached_property
    def slopes(self) -> tuple[Fraction, ...]:
        """The slope between every two consecutive breakpoints."""
        points = pairwise(zip(self.breakpoints, self.values, strict=True))
        return tuple((v - u) / (b - a) for (a, u), (b, v) in points)

    def merged(self) -> "PiecewiseLinear":
        """The same function with a breakpoint only where the slope changes (and at the ends)."""
        last = len(self.values) - 1
        bends = (i for i in range(1, last) if self.slopes[i - 1] != self.slopes[i])
        kept = [0, *bends, last]
        if len(kept) == len(self.values):
            return self
        points, values = [self.breakpoints[i] for i in kept], [self.values[i] for i in kept]
        return PiecewiseLinear(tuple(points), tuple(values))

    @cached_property
    def pieces(self) -> int:
        """The number of maximal intervals on which the function is affine."""
        bends = [i for i, (a, b) in enumerate(pairwise(self.slopes)) if a != b]
        return 1 + len(bends)

    @property
    def interior(self) -> tuple[Fraction, ...]:
        """The breakpoints but for the two ends."""
        return self.breakpoints[1:-1]

    def __call__(self, x: Fraction) -> Fraction:
        x = exact(x)
        if not self.breakpoints[0] <= x <= self.breakpoints[-1]:
            raise BadInput("", f"expected a point of {self.interval}, found {x}")
        i = min(bisect_right(self.breakpoints, x), len(self.values) - 1) - 1
        return self._inside(i, x)

    def _inside(self, i: int, x: Fraction) -> Fraction:
        """The value at a point between the breakpoints i and i + 1."""
        a, b = self.breakpoints[i], self.breakpoints[i + 1]
        u, v = self.values[i], self.values[i + 1]
        return u + (x - a) * (v - u) / (b - a)

    def on(self, interval: Interval) -> "PiecewiseLinear":
        """The restriction to an interval within this one."""
        inside = tuple(p for p in self.breakpoints if interval.low < p < interval.high)
        return self.at((interval.low, *inside, interval.high))

    def at(self, points: Iterable[Fraction]) -> "PiecewiseLinear":
        """The interpolation of this function at increasing points of its interval: itself, if they
        include its breakpoints. One sweep."""
        values, i, last = [], 0, len(self.values) - 2
        chosen = tuple(points)
        for x in chosen:
            while i < last and self.breakpoints[i + 1] <= x:
                i += 1
            a, b = self.breakpoints[i], self.breakpoints[i + 1]
            if x == a:
                values.append(self.values[i])
            elif x == b:
                values.append(self.values[i + 1])
            elif a < x < b:
                values.append(self._inside(i, x))
            else:
                wanted = f"points of {self.interval} in increasing order"
                raise BadInput("", f"expected {wanted}, found {x}")
        return PiecewiseLinear(chosen, tuple(values))

    def __add__(self, other: "PiecewiseLinear") -> "PiecewiseLinear":
        return self._pointwise(other, lambda u, v: u + v)

    def __sub__(self, other: "PiecewiseLinear") -> "PiecewiseLinear":
        return self._pointwise(other, lambda u, v: u - v)

    def _pointwise(
        self, other: "PiecewiseLinear", operation: Callable[[Fraction, Fraction], Fraction]
    ) -> "PiecewiseLinear":
        if not isinstance(other, PiecewiseLinear):
            return NotImplemented
        if self.interval != other.interval:
            found = f"{self.interval} and {other.interval}"
            raise BadInput("", f"expected functions on one interval, found {found}")
        points = tuple(sorted({*self.breakpoints, *other.breakpoints}))
        values = map(operation, self.at(points).values, other.at(points).values)
        return PiecewiseLinear(points, tuple(values)).merged()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PiecewiseLinear):
            return NotImplemented
        one, two = self.merged(), other.merged()
        return one.breakpoints == two.breakpoints and one.values == two.values

    def __hash__(self) -> int:
        merged = self.merged()
        return hash((merged.breakpoints, merged.values))

    def integral(self) -> Fraction:
        """∫ f over the interval: trapezoids, exact."""
        points = zip(self.breakpoints, self.values, strict=True)
        return total((b - a) * (u + v) / 2 for (a, u), (b, v) in pairwise(points))

    def l1(self) -> Fraction:
        """∫ |f| over the interval: trapezoids, and two triangles where the sign changes; exact."""
        points = zip(self.breakpoints, self.values, strict=True)
        return total((b - a) * mean_size(u, v) for (a, u), (b, v) in pairwise(points))

    def sup(self) -> Extremum:
        """max |f|, and the first breakpoint where it is attained."""
        return max(
            map(Extremum, map(abs, self.values), self.breakpoints),
            key=lambda extremum: extremum.value,
        )

    @property
    def minimum(self) -> Extremum:
        return min(
            map(Extremum, self.values, self.breakpoints), key=lambda extremum: extremum.value
        )

    @property
    def maximum(self) -> Extremum:
        return max(
            map(Extremum, self.values, self.breakpoints), key=lambda extremum: extremum.value
        )

    def crossings(self, level: Fraction = ZERO) -> Crossings:
        """Where the graph meets the level, crossing told apart from touching. Exact."""
        above = [value - exact(level) for value in self.values]
        # the side before, the side after (0 at an end of the interval), and the place
        meetings: list[tuple[int, int, Place]] = []
        before, start = 0, None
        for i, (x, height) in enumerate(zip(self.breakpoints, above, strict=True)):
            side = sign(height)
            if side == 0:
                start = x if start is None else start
                continue
            if start is not None:
                meetings.append((before, side, (start, self.breakpoints[i - 1])))
            elif before * side < 0:
                left = self.breakpoints[i - 1]
                root = left + (x - left) * above[i - 1] / (above[i - 1] - height)
                meetings.append((before, side, (root, root)))
            before, start = side, None
        if start is not None:
            meetings.append((before, 0, (start, self.breakpoints[-1])))
        crossed = tuple(place for one, two, place in meetings if one * two < 0)
        return Crossings(crossed, tuple(place for one, two, place in meetings if one * two >= 0))

    def __repr__(self) -> str:
        return f"<PiecewiseLinear on {self.interval}, {self.pieces} pieces>"

    def _repr_latex_(self) -> str:
        from .display import latex

        return latex(self)

    def _repr_html_(self) -> str:
        from .display import html

        return html(self)


def mean_size(u: Any, v: Any) -> Any:
    """The mean of |w| for w between u and v: of the absolute value of an affine function with these
    ends. Numbers of any one kind, in which it is exact.

    >>> mean_size(Fraction(-1), Fraction(1))
    Fraction(1, 2)
    """
    if u * v < 0:
        return (u * u + v * v) / (2 * (abs(u) + abs(v)))
    return abs(u + v) / 2


def total(terms: Iterable[Fraction]) -> Fraction:
    """The sum, added in pairs (`summed`).

    >>> total([Fraction(1, 2), Fraction(1, 3)])
    Fraction(5, 6)
    """
    from .flint_numbers import fmpq_of, fraction_of, summed

    return fraction_of(summed([fmpq_of(term) for term in terms]))
