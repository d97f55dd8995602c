"""Two arithmetics for the float tier: float64, and pairs of float64 (a value is high + low) for
networks whose error bounds grow too far.

A number array is a list of planes, one or two, of which the first has the number's sign. Products
of pairs by float64 weights are summed from slices of few bits, whose float64 matrix products are
exact. Sources: Dekker 1971, Knuth (two_sum); Ozaki, Ogita, Oishi and Rump 2012 (slices).
"""

from math import log2
from typing import Protocol

import numpy as np

from .layers import Layer

Array = np.ndarray
Planes = list[Array]
SLICES = 5
SPLITTER = 2.0**27 + 1


class Arithmetic(Protocol):
    """`unit`: a bound on the relative error of interpolating and of dividing."""

    unit: float

    def product(self, layer: Layer, value: Planes) -> tuple[Planes, Array | float]:
        """weight · value + bias; and bounds on its rounding beyond `layer.floats`' growth times the
        product of absolute values."""
        ...

    def growth(self, layer: Layer) -> float:
        """The relative error of a product, times the product of absolute values."""
        ...

    def part(self, a: Planes, b: Planes) -> Planes:
        """a / (a − b), of numbers of opposite signs."""
        ...

    def between(self, first: Planes, last: Planes, part: Planes) -> tuple[Planes, Array]:
        """first + part · (last − first), rows by rows; and the absolute value of last − first."""
        ...


class Single:
    """float64."""

    unit = 2.0**-53

    def growth(self, layer: Layer) -> float:
        return layer.floats[4]

    def product(self, layer: Layer, value: Planes) -> tuple[Planes, Array | float]:
        weight, _, bias, _, _ = layer.floats
        image = value[0] @ weight
        image += bias
        return [image], 0.0

    def part(self, a: Planes, b: Planes) -> Planes:
        return [a[0] / (a[0] - b[0])]

    def between(self, first: Planes, last: Planes, part: Planes) -> tuple[Planes, Array]:
        step = last[0] - first[0]
        size = abs(step)
        step *= part[0][:, None]
        step += first[0]
        return [step], size


class Double:
    """Pairs of float64. The layers' weights have to be float64 exactly."""

    unit = 2.0**-98

    def growth(self, layer: Layer) -> float:
        return 0.0

    def product(self, layer: Layer, value: Planes) -> tuple[Planes, Array | float]:
        weight, _, bias, _, _ = layer.floats
        count = len(weight)
        bits = int((53 - log2(count + 1)) / 2) - 1
        rows, columns = (
            abs(value[0]).max(axis=1, keepdims=True),
            abs(weight).max(axis=0, keepdims=True),
        )
        left, right = (
            _slices(value, rows, bits),
            _slices([weight, np.zeros_like(weight)], columns, bits),
        )
        high = np.broadcast_to(bias, (len(rows), len(bias))).copy()
        low = np.zeros_like(high)
        for i in range(SLICES):
            for j in range(SLICES - i):
                high, error = two_sum(high, left[j] @ right[i])
                low += error
        spread = (count * 2.0**-94) * (rows @ columns + abs(bias))
        return list(two_sum(high, low)), spread.astype(np.float32)

    def part(self, a: Planes, b: Planes) -> Planes:
        whole = add(a, [-plane for plane in b])
        quotient = a[0] / whole[0]
        rest = add(a, multiply([-quotient, np.zeros_like(quotient)], whole))
        return list(two_sum(quotient, rest[0] / whole[0]))

    def between(self, first: Planes, last: Planes, part: Planes) -> tuple[Planes, Array]:
        step = add(last, [-plane for plane in first])
        return add(first, multiply(step, [plane[:, None] for plane in part])), abs(step[0])


def two_sum(a: Array, b: Array) -> tuple[Array, Array]:
    """The float sum and its error, exactly."""
    total = a + b
    back = total - a
    return total, (a - (total - back)) + (b - back)


def add(a: Planes, b: Planes) -> Planes:
    high, low = two_sum(a[0], b[0])
    tail, error = two_sum(a[1], b[1])
    high, low = two_sum(high, low + tail)
    return list(two_sum(high, low + error))


def multiply(a: Planes, b: Planes) -> Planes:
    high = a[0] * b[0]
    (a1, a2), (b1, b2) = _halves(a[0]), _halves(b[0])
    error = ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2
    return list(two_sum(high, error + (a[0] * b[1] + a[1] * b[0])))


def _halves(a: Array) -> tuple[Array, Array]:
    scaled = SPLITTER * a
    high = scaled - (scaled - a)
    return high, a - high


def _slices(value: Planes, size: Array, bits: int) -> list[Array]:
    """Parts that sum to the value but for size · 2^(−SLICES · bits), each a multiple of 2^−bits of
    its own bound; size: of each row or column."""
    bound = np.exp2(np.ceil(np.log2(np.where(size > 0, size, 1.0))))
    high, low = value
    parts = []
    for _ in range(SLICES):
        anchor = bound * (1.5 * 2.0 ** (52 - bits))
        part = (high + anchor) - anchor
        parts.append(part)
        high, low = two_sum(high - part, low)
        bound = bound * 2.0**-bits
    return parts
