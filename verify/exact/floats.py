"""The float tier: ExactLine in float64 with a bound on every error, so that signs and orders are
certain or known to be in doubt.

A vertex is an exact point: an end of the interval, or the zero of one unit between two earlier
vertices. With each go float values of the units there and bounds of their distance from the exact
ones: a product of width n errs by at most (n + 9) u times the product of absolute values. The
bounds themselves are float32 numbers rounded up. A last column holds the vertex's place, from 1 at
the lower to 2 at the upper end. Where a bound does not decide a sign, `settle` is asked; where
nothing decides, `InDoubt` sends the caller to the integer tier. Sources: ExactLine (Sotoudeh and
Thakur 2019); running error bounds (Higham, Accuracy and Stability of Numerical Algorithms, 3.3).
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from .arithmetic import Arithmetic, Double, Planes, Single
from .layers import Layer
from .piecewise_linear import Interval

UNIT = 2.0**-53
# covers the rounding of the bounds themselves, float32 sums of up to 8,000 terms
SLACK = np.float32(1.001)
# every bound is at least this, so that products which underflow (float32 bounds, float64 values)
# are covered
FLOOR = np.float32(1e-37)
# ends of intervals beyond these are left to the integer tier
LEAST, MOST = Fraction(1, 10**30), Fraction(10**30)
MOST_ENTRIES = 20_000_000  # segments times width: about a gigabyte
Array = np.ndarray
Settle = Callable[["Trace", Array, Array], tuple[Array, Array]]


class InDoubt(Exception):
    """The bounds decide neither way: true zeros, coincident kinks, or too little precision."""


@dataclass(frozen=True)
class Step:
    """What one layer did to n vertices: it added the zeros of its units.

    `at`, `unit`: of each zero, its segment (increasing) and its unit. `new`, `old`: the indices in
    the longer list of the zeros and of the vertices before. `place`, `doubt`: of the vertices
    before, in 1 … 2. `active`: the layer's pattern on the segments after it. `origin`: the segment
    before in which each of those lies.
    """

    at: Array
    unit: Array
    old: Array
    new: Array
    place: Array
    doubt: Array
    active: Array
    origin: Array


@dataclass(frozen=True)
class Birth:
    """A vertex is the zero of a unit between the places low and high, where all earlier layers and
    the unit's own are affine. Layer -1: one of the two ends."""

    layer: int
    unit: int
    low: float
    high: float


@dataclass(frozen=True)
class Trace:
    """The steps of the layers done so far: who each vertex is."""

    steps: tuple[Step, ...]

    def birth(self, vertex: int) -> Birth:
        for layer in reversed(range(len(self.steps))):
            step = self.steps[layer]
            zero = int(np.searchsorted(step.new, vertex))
            if zero < len(step.new) and step.new[zero] == vertex:
                at = int(step.at[zero])
                low = step.place[at] + 2.0 * step.doubt[at]
                high = step.place[at + 1] - 2.0 * step.doubt[at + 1]
                return Birth(layer, int(step.unit[zero]), float(low), float(high))
            vertex -= zero
        return Birth(-1, 0, 1.0 + vertex, 1.0 + vertex)

    @cached_property
    def births(self) -> tuple[Array, Array]:
        """Layer and unit of every vertex (-1 for the ends)."""
        layer, unit = np.array([-1, -1]), np.array([-1, -1])
        for number, step in enumerate(self.steps):
            merged = np.empty((2, len(layer) + len(step.new)), int)
            merged[:, step.old] = layer, unit
            merged[0, step.new], merged[1, step.new] = number, step.unit
            layer, unit = merged
        return layer, unit

    @cached_property
    def patterns(self) -> list[Array]:
        """For each layer its pattern on every segment, (segments, width) bool."""
        result, rows = [], None
        for step in reversed(self.steps):
            rows = np.arange(len(step.active)) if rows is None else rows
            result.append(step.active[rows])
            rows = step.origin[rows]
        return result[::-1]


@dataclass(frozen=True)
class Sketch:
    """What the float tier certifies: who the vertices are, and the output there: `value` within
    `error`, at `place` within `doubt`."""

    trace: Trace
    value: Planes
    error: Array
    place: Planes
    doubt: Array

    @property
    def segments(self) -> int:
        return len(self.error) - 1

    @cached_property
    def kinks(self) -> Array:
        """Whether the slope certainly changes, for each interior vertex: three values are not
        collinear whatever the errors."""
        place, value = self.place[0], self.value[0]
        run, rise = place[1:] - place[:-1], value[1:] - value[:-1]
        doubt = self.doubt + sum(map(abs, self.place[1:]))
        error = self.error + sum(map(abs, self.value[1:]))
        width = doubt[1:] + doubt[:-1] + UNIT * abs(run)
        height = error[1:] + error[:-1] + UNIT * abs(rise)
        wide, high = abs(run) + width, abs(rise) + height
        slack = height[1:] * wide[:-1] + width[:-1] * high[1:]
        slack += height[:-1] * wide[1:] + width[1:] * high[:-1]
        slack += 4 * UNIT * (high[1:] * wide[:-1] + high[:-1] * wide[1:])
        sure = np.asarray(abs(rise[1:] * run[:-1] - rise[:-1] * run[1:]) > SLACK * slack)
        if len(self.value) > 1:
            for vertex in np.flatnonzero(~sure):
                sure[vertex] = self._bent(int(vertex) + 1)
        return sure

    def _bent(self, vertex: int) -> bool:
        """The same for one vertex, with both planes of every number, in rationals."""
        near = range(vertex - 1, vertex + 2)
        x, y = [_exact(self.place, i) for i in near], [_exact(self.value, i) for i in near]
        dx, dy = [_exact([self.doubt], i) for i in near], [_exact([self.error], i) for i in near]
        bend = (y[2] - y[1]) * (x[1] - x[0]) - (y[1] - y[0]) * (x[2] - x[1])
        runs, rises = [abs(x[i + 1] - x[i]) for i in (0, 1)], [abs(y[i + 1] - y[i]) for i in (0, 1)]
        widths, heights = [dx[i + 1] + dx[i] for i in (0, 1)], [dy[i + 1] + dy[i] for i in (0, 1)]
        slack = [
            heights[i] * (runs[1 - i] + widths[1 - i]) + widths[i] * rises[1 - i] for i in (0, 1)
        ]
        return abs(bend) > slack[0] + slack[1]


def _exact(planes: Planes, index: int) -> Fraction:
    """The number that the planes hold at an index."""
    return sum((Fraction(float(plane[index])) for plane in planes), Fraction(0))


def sketch(
    chain: tuple[Layer, ...], interval: Interval, settle: Settle, limit: int, arithmetic: Arithmetic
) -> Sketch:
    """The segments of a chain with tame weights. Raises `InDoubt` where bounds and `settle` leave
    a sign or an order open, or beyond `limit`."""
    if not all(end == 0 or LEAST < abs(end) < MOST for end in (interval.low, interval.high)):
        raise InDoubt
    value, error = _ends(interval, arithmetic)
    steps: tuple[Step, ...] = ()
    with np.errstate(all="ignore"):
        for layer in chain[:-1]:
            image, spread = _affine(layer, value, error, arithmetic)
            positive, zero = _signs(Trace(steps), layer, value, image, spread, settle)
            value, error, step = _split(image, spread, positive, zero, arithmetic)
            if len(step.active) > limit or step.active.size > MOST_ENTRIES:
                raise InDoubt
            steps += (step,)
        value, error = _affine(chain[-1], value, error, arithmetic)
    if not (np.isfinite(value).all() and np.isfinite(error).all()):
        raise InDoubt
    error, doubt = error.astype(float).T
    values, places = [plane[:, 0] for plane in value], [plane[:, 1] for plane in value]
    return Sketch(Trace(steps), values, error, places, doubt)


def _ends(interval: Interval, arithmetic: Arithmetic) -> tuple[Planes, Array]:
    """The two ends: the input, and the place, which is 1 at the lower and 2 at the upper."""
    high, low, error = np.zeros((2, 2)), np.zeros((2, 2)), np.zeros((2, 2), np.float32)
    for i, end in enumerate((interval.low, interval.high)):
        high[i] = float(end), 1.0 + i
        rest = end - Fraction(float(end))
        if isinstance(arithmetic, Double):
            low[i, 0] = float(rest)
            rest -= Fraction(float(rest))
        if rest:
            error[i, 0] = 4 * arithmetic.unit * abs(float(end))
    planes = [high, low] if isinstance(arithmetic, Double) else [high]
    return planes, error * SLACK


def _affine(
    layer: Layer, value: Planes, error: Array, arithmetic: Arithmetic
) -> tuple[Planes, Array]:
    """The layer's values and their bounds; the last column, the place, passes through."""
    _, magnitude, _, least, _ = layer.floats
    image, more = arithmetic.product(layer, value)
    spread = value[0] * arithmetic.growth(layer)
    if not least[1]:
        np.abs(spread, out=spread)
    spread += error
    small = spread.astype(np.float32)
    small += FLOOR  # more than float32 loses of a number too small for it
    bounds = small @ magnitude
    if isinstance(arithmetic, Single):
        bounds += least[0]
    else:
        bounds += FLOOR + more * SLACK
    return image, bounds


def _signs(
    trace: Trace, layer: Layer, inputs: Planes, value: Planes, error: Array, settle: Settle
) -> tuple[Array, Array | None]:
    """Where the values are positive and, if anywhere, where 0, after making every sign certain:
    above its bound, or value and bound 0."""
    sure = abs(value[0]) > error
    zero = None
    # the place, which is no unit: nobody knows any more which vertex this is
    if not sure[:, -1].all():
        raise InDoubt
    if not sure.all():
        weight, _, bias, _, _ = layer.floats
        reached = (inputs[0] != 0).astype(float) @ (weight != 0)
        dead = (reached == 0) & (bias == 0)
        error[dead] = 0.0
        for plane in value:
            plane[dead] = 0.0
        rows, units = np.nonzero(~(sure | dead))
        if len(rows):
            if not np.isfinite(value).all():
                raise InDoubt
            for plane in value[1:]:
                plane[rows, units] = 0.0
            value[0][rows, units], error[rows, units] = settle(trace, rows, units)
        zero = value[0] == 0
    return value[0] > 0, zero


def _split(
    value: Planes, error: Array, positive: Array, zero: Array | None, arithmetic: Arithmetic
) -> tuple[Planes, Array, Step]:
    """Vertices added at the zeros inside segments, all rows interpolated there, then Relu."""
    count, width = error.shape
    cross = positive[1:] != positive[:-1]
    if zero is not None:
        cross &= ~(zero[1:] | zero[:-1])
    flat = np.flatnonzero(cross)
    flat, part, doubt = _zeros(value, error, flat, arithmetic)
    at = flat // width
    unit, rows = flat - at * width, np.arange(len(flat))
    new = at + rows + 1
    before = np.ones(count + len(flat), bool)
    before[new] = False
    old = np.flatnonzero(before)
    between, spread = _between(value, error, at, part, doubt, arithmetic)
    sides = np.empty((count + len(flat), width), bool)
    sides[old], sides[new] = positive, _sides(positive, zero, at, unit)
    merged = []
    for plane, rows_between in zip((*value, error), (*between, spread), strict=True):
        table = np.empty((count + len(flat), width), plane.dtype)
        table[old], table[new] = plane, rows_between
        table[new, unit] = 0
        table *= sides
        merged.append(table)
    active = sides[1:] | sides[:-1]
    place = value[0][:, -1]
    doubts = error[:, -1] + sum(abs(plane[:, -1]) for plane in value[1:])
    step = Step(at, unit, old, new, place, doubts, active[:, :-1], before[:-1].cumsum() - 1)
    return merged[:-1], merged[-1], step


def _zeros(
    value: Planes, error: Array, flat: Array, arithmetic: Arithmetic
) -> tuple[Array, Planes, Array]:
    """The zeros in order: their entries, how far along its segment each lies, and bounds of that.

    An entry has a zero in the segment that follows it. How far along is a / (a + b), of the sizes
    of the values on both sides; its error is at most (δa b + δb a) / ((a + b)(a + b − δa − δb)).
    """
    width = error.shape[1]
    at, following = flat // width, flat + width
    part = arithmetic.part(
        [plane.take(flat) for plane in value], [plane.take(following) for plane in value]
    )
    order = np.lexsort((*reversed(part), at))
    flat, at, part = flat[order], at[order], [plane[order] for plane in part]
    following = flat + width
    one, two = abs(value[0].take(flat)), abs(value[0].take(following))
    da, db = error.take(flat), error.take(following)
    whole = one + two
    doubt = SLACK * (da * two + db * one) / (whole * (whole - da - db)) + 4 * arithmetic.unit
    apart = sum(plane[1:] - plane[:-1] for plane in part)
    is_close = apart <= 1.001 * (doubt[1:] + doubt[:-1])
    if (is_close & (at[1:] == at[:-1])).any():
        raise InDoubt
    return flat, part, doubt


def _between(
    value: Planes, error: Array, at: Array, part: Planes, doubt: Array, arithmetic: Arithmetic
) -> tuple[Planes, Array]:
    """The rows interpolated, and their bounds: those of the ends, the doubt about the place times
    the difference, and the rounding."""
    first = [plane.take(at, 0) for plane in value]
    image, step = arithmetic.between(first, [plane.take(at + 1, 0) for plane in value], part)
    spread = np.maximum(error.take(at, 0), error.take(at + 1, 0))
    step *= (doubt * 1.001 + 8 * arithmetic.unit)[:, None]
    spread += step
    spread += abs(first[0]) * (8 * arithmetic.unit)
    spread += FLOOR
    spread *= SLACK
    return image, spread


def _sides(positive: Array, zero: Array | None, at: Array, unit: Array) -> Array:
    """Where units are positive at the new vertices: as at the segment's left end, but for the units
    with a zero earlier in the segment."""
    rows = np.arange(len(at))
    sides = positive.take(at, 0)
    if zero is not None:
        sides |= zero.take(at, 0) & positive.take(at + 1, 0)
    if (at[1:] == at[:-1]).any():
        flips = np.zeros((len(at) + 1, positive.shape[1]), bool)
        flips[rows + 1, unit] = True
        flips = np.logical_xor.accumulate(flips, axis=0)
        sides ^= flips[:-1]
        sides ^= flips[at.searchsorted(at)]
    sides[rows, unit] = False
    return sides
