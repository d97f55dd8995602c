"""The float tier: ExactLine in float64 with a bound on every error, so that signs and orders are certain or known to be in doubt.

A vertex is an exact point: an end of the interval, or the zero of one unit between two earlier vertices. With each go float
values of the units there and bounds of their distance from the exact ones: a product of width n errs by at most (n + 9) u times
the product of absolute values. The bounds themselves are float32 numbers rounded up. A last column holds the vertex's place, from
1 at the lower to 2 at the upper end. Where a bound does not decide a sign, `settle` is asked; where nothing decides, `Undecided`
sends the caller to the integer tier. Sources: ExactLine (Sotoudeh and Thakur 2019); running error bounds (Higham, Accuracy and
Stability of Numerical Algorithms, 3.3).
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from .layers import Layer
from .piecewise_linear import Interval

UNIT = 2.0**-53
SLACK = np.float32(1.001)  # covers the rounding of the bounds themselves, float32 sums of up to 8,000 terms
FLOOR = np.float32(1e-37)  # every bound is at least this, so that products which underflow (float32 bounds, float64 values) are covered
LEAST, MOST = Fraction(1, 10**30), Fraction(10**30)  # ends of intervals beyond these are left to the integer tier
Array = np.ndarray
Settle = Callable[["Trace", Array, Array], tuple[Array, Array]]


class Undecided(Exception):
    """The bounds decide neither way: true zeros, coincident kinks, or too little precision."""


@dataclass(frozen=True)
class Step:
    """What one layer did to n vertices: new ones, zeros of `unit`, in the segments `at` (increasing), at the places `new` of the
    longer list, the others at `old`. `place`, `doubt`: of the vertices before it, in 1 … 2. `active`: the layer's pattern on the
    segments after it. `origin`: where those lay before."""

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
    """Vertex = the zero of the unit between the places low and high, where all earlier layers and the unit's own are affine;
    layer -1 for the two ends."""

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
            found = int(np.searchsorted(step.new, vertex))
            if found < len(step.new) and step.new[found] == vertex:
                at = int(step.at[found])
                low, high = step.place[at] + 2.0 * step.doubt[at], step.place[at + 1] - 2.0 * step.doubt[at + 1]
                return Birth(layer, int(step.unit[found]), float(low), float(high))
            vertex -= found
        return Birth(-1, 0, 1.0 + vertex, 1.0 + vertex)

    @cached_property
    def births(self) -> tuple[Array, Array]:
        """Layer and unit of every vertex (-1 for the ends)."""
        layer, unit = np.array([-1, -1]), np.array([-1, -1])
        for number, step in enumerate(self.steps):
            merged = np.empty((2, len(layer) + len(step.new)), int)
            merged[:, step.old], merged[0, step.new], merged[1, step.new] = (layer, unit), number, step.unit
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
    """What the float tier certifies: who the vertices are, and the output there: `value` within `error`, at `place` within
    `doubt`."""

    trace: Trace
    value: Array
    error: Array
    place: Array
    doubt: Array

    @property
    def segments(self) -> int:
        return len(self.value) - 1

    @cached_property
    def kinks(self) -> Array:
        """Whether the slope certainly changes, for each interior vertex: three values are not collinear whatever the errors."""
        run, rise = self.place[1:] - self.place[:-1], self.value[1:] - self.value[:-1]
        width, height = self.doubt[1:] + self.doubt[:-1], self.error[1:] + self.error[:-1]
        width, height = width + UNIT * abs(run), height + UNIT * abs(rise)
        wide, high = abs(run) + width, abs(rise) + height
        doubt = height[1:] * wide[:-1] + width[:-1] * high[1:] + height[:-1] * wide[1:] + width[1:] * high[:-1]
        doubt += 4 * UNIT * (high[1:] * wide[:-1] + high[:-1] * wide[1:])
        return np.asarray(abs(rise[1:] * run[:-1] - rise[:-1] * run[1:]) > SLACK * doubt)


def sketch(chain: tuple[Layer, ...], interval: Interval, settle: Settle, limit: int) -> Sketch:
    """The segments of a chain with tame weights. Raises `Undecided` where bounds and `settle` leave a sign or an order open, or
    beyond `limit`."""
    if not all(end == 0 or LEAST < abs(end) < MOST for end in (interval.low, interval.high)):
        raise Undecided
    ends = [float(interval.low), float(interval.high)]
    inexact = [float(ends[i] != (interval.low, interval.high)[i]) * 4 * UNIT * abs(ends[i]) for i in (0, 1)]
    value = np.array([[ends[0], 1.0], [ends[1], 2.0]])
    error = np.array([[inexact[0], 0.0], [inexact[1], 0.0]], np.float32) * SLACK
    steps: tuple[Step, ...] = ()
    with np.errstate(all="ignore"):
        for layer in chain[:-1]:
            image, spread = _affine(layer, value, error)
            positive, zero = _signs(Trace(steps), layer, value, image, spread, settle)
            value, error, step = _split(image, spread, positive, zero)
            if len(step.active) > limit:
                raise Undecided
            steps += (step,)
        value, error = _affine(chain[-1], value, error)
    if not (np.isfinite(value).all() and np.isfinite(error).all()):
        raise Undecided
    bounds = error.astype(float)
    return Sketch(Trace(steps), value[:, 0], bounds[:, 0], value[:, 1], bounds[:, 1])


def _affine(layer: Layer, value: Array, error: Array) -> tuple[Array, Array]:
    """The layer's values and their bounds; the last column, the place, passes through."""
    weight, magnitude, bias, least, growth = layer.floats
    image = value @ weight
    image += bias
    spread = value * growth
    if not least[1]:
        np.abs(spread, out=spread)
    spread += error
    spread += FLOOR  # so that float32 holds it to full precision
    bounds = spread.astype(np.float32) @ magnitude
    bounds += least[0]
    return image, bounds


def _signs(trace: Trace, layer: Layer, inputs: Array, value: Array, error: Array, settle: Settle) -> tuple[Array, Array | None]:
    """Where the values are positive and, if anywhere, where 0, after making every sign certain: above its bound, or value and
    bound 0."""
    sure = abs(value) > error
    zero = None
    if not sure.all():
        weight, _, bias, _, _ = layer.floats
        reached = (inputs != 0).astype(float) @ (weight != 0) + (bias != 0)
        dead = reached == 0
        value[dead], error[dead] = 0.0, 0.0
        rows, units = np.nonzero(~(sure | dead))
        if len(rows):
            if not np.isfinite(value).all():
                raise Undecided
            value[rows, units], error[rows, units] = settle(trace, rows, units)
        zero = value == 0
    return value > 0, zero


def _split(value: Array, error: Array, positive: Array, zero: Array | None) -> tuple[Array, Array, Step]:
    """Vertices added at the zeros inside segments, all rows interpolated there, then Relu."""
    count, width = value.shape
    cross = positive[1:] != positive[:-1]
    if zero is not None:
        cross &= ~(zero[1:] | zero[:-1])
    flat = np.flatnonzero(cross)
    at, a, b = flat // width, abs(value.take(flat)), abs(value.take(flat + width))
    part = a / (a + b)
    order = np.lexsort((part, at))
    flat, at, part = flat[order], at[order], part[order]
    unit, rows = flat - at * width, np.arange(len(flat))
    new = at + rows + 1
    before = np.ones(count + len(flat), bool)
    before[new] = False
    old = np.flatnonzero(before)
    images = np.empty((count + len(flat), width))
    bounds = np.empty((count + len(flat), width), np.float32)
    sides = np.empty((count + len(flat), width), bool)
    images[old], bounds[old], sides[old] = value, error, positive
    if len(flat):
        doubt = _doubt(value, error, at, flat)
        if (part[1:] - doubt[1:] <= part[:-1] + doubt[:-1])[at[1:] == at[:-1]].any():
            raise Undecided
        images[new], bounds[new] = _between(value, error, at, part, doubt)
        images[new, unit] = bounds[new, unit] = 0
        sides[new] = _sides(positive, zero, at, unit)
    active = sides[1:] | sides[:-1]
    origin = before[:-1].cumsum() - 1
    step = Step(at, unit, old, new, value[:, -1], error[:, -1], active[:, :-1], origin)
    images *= sides
    bounds *= sides
    return images, bounds, step


def _doubt(value: Array, error: Array, at: Array, flat: Array) -> Array:
    """A bound on the error of a / (a + b), how far along the segment the zero lies: (δa b + δb a) / ((a + b)(a + b − δa −
    δb))."""
    following = flat + value.shape[1]
    a, b, da, db = abs(value.take(flat)), abs(value.take(following)), error.take(flat), error.take(following)
    whole = a + b
    return np.asarray(SLACK * (da * b + db * a) / (whole * (whole - da - db)) + 4 * UNIT)


def _between(value: Array, error: Array, at: Array, part: Array, doubt: Array) -> tuple[Array, Array]:
    """The rows interpolated, and bounds: those of the ends, the doubt about the place times the difference, and the rounding."""
    first, step = value.take(at, 0), value.take(at + 1, 0)
    step -= first
    spread = np.maximum(error.take(at, 0), error.take(at + 1, 0))
    spread += abs(step) * (doubt * 1.001 + 8 * UNIT)[:, None]
    spread += abs(first) * (8 * UNIT)
    spread += FLOOR
    spread *= SLACK
    step *= part[:, None]
    step += first
    return step, spread


def _sides(positive: Array, zero: Array | None, at: Array, unit: Array) -> Array:
    """Where units are positive at the new vertices: as at the segment's left end, but for the units with a zero earlier in the
    segment."""
    rows = np.arange(len(at))
    flips = np.zeros((len(at) + 1, positive.shape[1]), bool)
    flips[rows + 1, unit] = True
    flips = np.logical_xor.accumulate(flips, axis=0)
    sides = positive.take(at, 0)
    if zero is not None:
        sides |= zero.take(at, 0) & positive.take(at + 1, 0)
    if (at[1:] == at[:-1]).any():
        sides ^= flips[:-1]
        sides ^= flips[at.searchsorted(at)]
    sides[rows, unit] = False
    return sides
