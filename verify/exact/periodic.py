"""Distances from a composition that begins with zigzags, such as a sawtooth: the laps repeat, so an
affine piece of g meets whole periods in arithmetic progression, and their areas sum in closed form.

A zigzag runs n times over the same values at equal widths; one after the other they make one zigzag
with the product of the counts. What follows it is one function r of its value. In lap coordinates t
= 0 … N the composition is a wave of period 2, and over period j it differs from an affine α t + β
by e(u) − 2αj: the area under the absolute value is affine in j where both ends of a piece of the
wave are on one side, and quadratic in between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from flint import fmpq, fmpz

from ..kernel.errors import OverBudget
from .flint_numbers import fmpq_of, fraction_of
from .laps import Composition, Map
from .piecewise_linear import Extremum, Interval, PiecewiseLinear, mean_size

State = tuple[Fraction, Fraction, Fraction]  # least, greatest and first value so far
Side = tuple[fmpq, fmpq, fmpq, fmpq]  # a piece of the wave: from u, to u, value there, value there


@dataclass(frozen=True)
class Wave:
    """A function on [low, low + laps · width]: its value at low + t · width is that of `period`, a
    function on [0, 2], at t modulo 2."""

    low: Fraction
    width: Fraction
    laps: int
    period: PiecewiseLinear

    def l1(self, g: PiecewiseLinear) -> Fraction:
        """∫ |f − g| over g's interval, which lies within this function's."""
        area = fmpq(0)
        for line in self._lines(g):
            for start, end, piece in line.partial():
                area += _area(*line.ends(piece), end - start)
            area += sum((line.periods(piece) for piece in self._sides), fmpq(0))
        return fraction_of(area * fmpq_of(self.width))

    def sup(self, g: PiecewiseLinear) -> Extremum:
        """max |f − g| over g's interval, and where. On each piece of g the difference is extreme in
        the first or the last of its periods."""
        best, at = fmpq(-1), fmpq(0)
        for line in self._lines(g):
            for place, size in line.extremes():
                if size > best:
                    best, at = size, place
        return Extremum(fraction_of(best), self.low + self.width * fraction_of(at))

    @property
    def _sides(self) -> list[Side]:
        points = zip(self.period.breakpoints, self.period.values, strict=True)
        numbers = [(fmpq_of(x), fmpq_of(y)) for x, y in points]
        return [(a, b, u, v) for (a, u), (b, v) in pairwise(numbers)]

    def _lines(self, g: PiecewiseLinear) -> Iterator["Line"]:
        laps = [fmpq_of((x - self.low) / self.width) for x in g.breakpoints]
        values = [fmpq_of(y) for y in g.values]
        sides = self._sides
        for (start, u), (end, v) in pairwise(zip(laps, values, strict=True)):
            slope = (v - u) / (end - start)
            yield Line(sides, slope, u - slope * start, start, end)


@dataclass(frozen=True)
class Line:
    """An affine piece slope · t + constant of g for t from start to end, against a wave of these
    sides."""

    sides: Sequence[Side]
    slope: fmpq
    constant: fmpq
    start: fmpq
    end: fmpq

    @property
    def whole(self) -> tuple[fmpz, fmpz]:
        """The periods from … to before … that lie within."""
        return (self.start / 2).ceil(), (self.end / 2).floor()

    def partial(self) -> Iterator[tuple[fmpq, fmpq, Side]]:
        """Where the line and a piece of the wave go together outside whole periods: from t, to t,
        and the piece shifted to its period."""
        first, last = self.whole
        spans = [(self.start, self.end)]
        if first <= last:
            spans = [(self.start, 2 * fmpq(first)), (2 * fmpq(last), self.end)]
        for start, end in spans:
            shift = 2 * fmpq((start / 2).floor())
            for a, b, u, v in self.sides:
                left, right = max(start, a + shift), min(end, b + shift)
                if left < right:
                    slope = (v - u) / (b - a)
                    origin = u - (a + shift) * slope
                    yield left, right, (left, right, origin + left * slope, origin + right * slope)

    def ends(self, piece: Side) -> tuple[fmpq, fmpq]:
        """Wave minus line at the two ends of a piece."""
        a, b, u, v = piece
        return u - self.slope * a - self.constant, v - self.slope * b - self.constant

    def periods(self, piece: Side) -> fmpq:
        """∫ |wave − line| over this piece of every whole period. Over period j the difference at an
        end is e − 2 · slope · j."""
        first, last = self.whole
        if first >= last:
            return fmpq(0)
        d, e = self.ends(piece)
        step, width = 2 * self.slope, piece[1] - piece[0]
        if step < 0:
            d, e, step = -d, -e, -step
        if step == 0:
            return _area(d, e, width) * (last - first)
        low, high = min(d, e), max(d, e)
        above = min(max((low / step).floor() + 1, first), last)  # j < above: both ends at least 0
        below = min(max((high / step).ceil(), above), last)  # j ≥ below: both at most 0
        area = (d + e) / 2 * (above - first + below - last)
        area -= step * (_sum(first, above) - _sum(below, last))
        if above < below:
            ones, linear, square = below - above, _sum(above, below), _squares(above, below)
            squares = (d * d + e * e) * ones - 2 * step * (d + e) * linear
            squares += 2 * step * step * square
            area += squares / (2 * (high - low))
        return area * width

    def extremes(self) -> Iterator[tuple[fmpq, fmpq]]:
        """Places t and |wave − line| there, among them where it is greatest."""
        first, last = self.whole
        pieces = [piece for _, _, piece in self.partial()]
        if first < last:
            for shift in (2 * fmpq(first), 2 * fmpq(last - 1)):
                pieces += [(a + shift, b + shift, u, v) for a, b, u, v in self.sides]
        for piece in pieces:
            for place, size in zip(piece, self.ends(piece), strict=False):
                yield place, abs(size)


def _area(d: fmpq, e: fmpq, width: fmpq) -> fmpq:
    """∫ |affine| from value d to value e."""
    area: fmpq = mean_size(d, e) * width
    return area


def _sum(first: fmpz, last: fmpz) -> fmpz:
    """Σ j for first ≤ j < last."""
    return (last - first) * (first + last - 1) // 2


def _squares(first: fmpz, last: fmpz) -> fmpz:
    def below(n: fmpz) -> fmpz:
        return (n - 1) * n * (2 * n - 1) // 6

    return below(last) - below(first)


def wave(composed: Composition, limit: int) -> Wave | None:
    """The composition as a wave, if it begins with zigzags; None if it does not. Raises
    `OverBudget` if what follows them has more than `limit` pieces."""
    low, high = composed.interval.low, composed.interval.high
    laps, number, state = 1, 0, (low, high, low)
    known: dict[tuple[int, State], tuple[int, State]] = {}
    for one in composed.maps:
        key = id(one), state
        if key not in known:
            known[key] = _zigzag(one.function, state)
        count, state = known[key]
        if not count:
            break
        laps, number = laps * count, number + 1
    if laps < 2:
        return None
    low_value, high_value, start = state
    rest = enumerated(composed.maps[number:], Interval(low_value, high_value), limit)
    places = [(x - low_value) / (high_value - low_value) for x in rest.breakpoints]
    points = list(zip(places, rest.values, strict=True))
    if start != low_value:
        points = [(1 - x, y) for x, y in reversed(points)]
    points += [(2 - x, y) for x, y in reversed(points[:-1])]
    return Wave(low, (high - low) / laps, laps, PiecewiseLinear(*zip(*points, strict=True)))


def _zigzag(function: PiecewiseLinear, state: State) -> tuple[int, State]:
    """How many laps it makes over the values from low to high, 0 if it is no zigzag there; and its
    own lowest, highest and first value."""
    low, high, start = state
    within = function.on(Interval(low, high))
    count = zigzags(within)
    if not count:
        return 0, state
    return count, (within.minimum.value, within.maximum.value, function(start))


def zigzags(function: PiecewiseLinear) -> int:
    """How often it runs over all its values at equal widths, up and down in turn; 0 if it is not
    such a zigzag."""
    f = function.merged()
    is_even = len({b - a for a, b in pairwise(f.breakpoints)}) == 1
    alternates = len(set(f.values)) == 2 and all(a != b for a, b in pairwise(f.values))
    return f.pieces if is_even and alternates else 0


def enumerated(maps: Sequence[Map], interval: Interval, limit: int) -> PiecewiseLinear:
    """The composition of maps on an interval, piece by piece."""
    points = [interval.low, interval.high]
    values = list(points)
    for one in maps:
        f, refined = one.function, [(points[0], values[0])]
        for (p, u), (q, v) in pairwise(zip(points, values, strict=True)):
            cuts = [cut for cut in f.interior if min(u, v) < cut < max(u, v)]
            if u > v:
                cuts.reverse()
            refined += [(p + (cut - u) * (q - p) / (v - u), cut) for cut in cuts]
            refined.append((q, v))
        if len(refined) > limit:
            raise OverBudget("", f"more than {limit} pieces on [{interval.low}, {interval.high}]")
        points, values = [x for x, _ in refined], [f(y) for _, y in refined]
    return PiecewiseLinear(tuple(points), tuple(values)).merged()
