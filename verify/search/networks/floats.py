"""The kernel's bounds of networks on boxes (kernel/tree.py) in floats, for many parts at once.

They guide a search, and decide nothing. Layers, lines and their order are the kernel's, so that
what is closed here is closed there, but for rounding.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

import numpy as np

from ...kernel.terms import Polynomial
from ...kernel.tree import ONE, SLOPE, UP, Box, unpacked

Array = Any


class Parts(NamedTuple):
    """Parts of a box: for each layer the ranges of every t, or z, as (part, value, end)."""

    ranges: list[Array]

    @property
    def sides(self) -> Array:
        """The ends of the inputs' ranges."""
        return self.ranges[0]

    @property
    def widths(self) -> Array:
        """The widths of the inputs' ranges."""
        return np.diff(self.sides)[..., 0]

    def taken(self, index: Array) -> "Parts":
        """The parts with these numbers."""
        return Parts([each[index] for each in self.ranges])

    def side(self, place: Array, end: int, at: Array) -> "Parts":
        """The parts with another end of one input's range, each of its own."""
        sides = self.sides.copy()
        sides[np.arange(len(sides)), place, end] = at
        return Parts([sides, *self.ranges[1:]])


def joined(several: Sequence[Parts]) -> Parts:
    """All the parts."""
    layers = zip(*(parts.ranges for parts in several), strict=True)
    return Parts([np.concatenate(ranges) for ranges in layers])


class Lines(NamedTuple):
    """What stands for the ReLUs of a layer in each part: factors of z, where the coefficient is
    positive and where it is negative, and t."""

    above: Array
    below: Array
    t: Array


def lines(ranges: Array) -> Lines:
    """The lines of a layer, with the kernel's slopes."""
    low, high = ranges[..., 0], ranges[..., 1]
    both = (low < 0) & (high > 0)
    rounded = np.floor(high / np.where(both, high - low, 1.0) * 2**SLOPE) / 2**SLOPE
    slope = np.where(both, rounded, high > 0)
    above = np.where((high > 0) & (high > -4 * low), 1.0, 0.0)
    return Lines(above, slope, np.where(both, np.maximum(-slope * low, (1 - slope) * high), 0.0))


class Bounds(NamedTuple):
    """Lower bounds of sums, and their coefficients in the first layer."""

    least: Array
    coefficients: Array


class Floats:
    """A box of the kernel in floats."""

    def __init__(self, box: Box) -> None:
        self.box, before, self.made = box, 0, list[Array]()
        for layer in box.layers:
            self.made.append(np.array([_numbers(low << UP, before) for low, *_ in layer]))
            before = len(layer)
        ranges = [[[made[2] for made in layer]] for layer in box.layers]
        self.whole = Parts([np.array(each, dtype=float) / ONE for each in ranges])

    def row(self, p: Polynomial) -> Array:
        """A positive multiple of an affine expression, as a sum over the last layer."""
        numbers = self.box.graph.affine(p)
        under = lcm(*(c.denominator for _, c in numbers))
        low, *_ = self.box.row((v, int(c * under)) for v, c in numbers)
        return np.array(_numbers(low << UP, len(self.made[-1])))

    def least(self, parts: Parts, lined: Sequence[Lines], rows: Array, of: Array) -> Bounds:
        """What sums over the last layer that has lines are at least, each in the part of this
        number."""
        bound = np.zeros(len(rows))
        for k in range(len(lined) - 1, 0, -1):
            own = lined[k]
            below = np.minimum(rows, 0.0)
            bound += np.einsum("rm,rm->r", below, own.t[of])
            below *= own.below[of]
            above = np.maximum(rows, 0.0)
            above *= own.above[of]
            above += below
            rows = above @ self.made[k]
        low, high = parts.sides[of, :, 0], parts.sides[of, :, 1]
        middle, half = (low + high) / 2, (high - low) / 2
        bound += np.einsum("rm,rm->r", rows, middle) - np.einsum("rm,rm->r", np.abs(rows), half)
        return Bounds(bound, rows)

    def fresh(self, parts: Parts) -> Parts:
        """The same parts, with ranges computed anew where a unit has both signs."""
        new, lined = Parts([]), list[Lines]()
        for k, known in enumerate(parts.ranges):
            ranges = known
            of, unit = np.nonzero((known[..., 0] < 0) & (known[..., 1] > 0))
            if len(of):
                ranges, rows = known.copy(), self.made[k][unit]
                signed, twice = np.concatenate([rows, -rows]), np.concatenate([of, of])
                both = self.least(new, lined, signed, twice).least
                ranges[of, unit, 0] = np.maximum(both[: len(of)], known[of, unit, 0])
                ranges[of, unit, 1] = np.minimum(-both[len(of) :], known[of, unit, 1])
            new.ranges.append(ranges)
            lined.append(lines(ranges))
        return new

    def sums(self, parts: Parts, rows: Array) -> tuple[Array, Array]:
        """What each sum over the last layer is at least in each part, (part, row); and its
        coefficients, (part, row, input)."""
        count, size = len(parts.sides), len(rows)
        of = np.repeat(np.arange(count), size)
        lined = [lines(ranges) for ranges in parts.ranges]
        found = self.least(parts, lined, np.tile(rows, (count, 1)), of)
        return found.least.reshape(count, size), found.coefficients.reshape(count, size, -1)

    def point(self, at: Array) -> list[Fraction]:
        """The point whose inputs have these t."""
        under = self.box.lows[0]
        exact = []
        for v in range(1, 1 + self.box.graph.inputs):
            low, width = self.box.lows[v], self.box.highs[v] - self.box.lows[v]
            _, place = self.box.places.get(v, (0, None))
            t = Fraction(0) if place is None else Fraction(float(at[place]))
            exact.append((low + width * t) / under)
        return exact


def _numbers(total: int, size: int) -> list[float]:
    return [word / ONE for word in unpacked(total, size)]
