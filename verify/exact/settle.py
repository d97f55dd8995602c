"""The tiers behind the float tier: signs in doubt settled in ball arithmetic at the vertex, and
what balls cannot settle in exact rationals.

A vertex is found again from its birth: between two places where its unit is affine, the unit's
values there give the zero.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from operator import add
from typing import Any

import numpy as np
from flint import arb, arb_mat, ctx, fmpq, fmpz, fmpz_mat

from .flint_numbers import fmpq_of
from .floats import Array, Birth, InDoubt, Trace
from .layers import Layer
from .piecewise_linear import Interval

TINIEST = 1e-30
ZERO = fmpz(0)


class Settler:
    """The signs of a chain's pre-activations at the vertices of a trace.

    `balls`, `rationals`: how many vertices each tier settled. Raises `InDoubt` when there are
    more than `most` to settle.
    """

    def __init__(self, chain: Sequence[Layer], interval: Interval, most: int = 64) -> None:
        self.chain, self.most = chain, most
        self.low, self.width = interval.low, interval.high - interval.low
        self.balls = self.rationals = 0

    def __call__(self, trace: Trace, rows: Array, units: Array) -> tuple[Array, Array]:
        """The next layer's values of `units` at the vertices `rows`: each with a certain sign and a
        bound below it, or an exact zero."""
        value, error = np.empty(len(rows)), np.empty(len(rows), np.float32)
        vertices = np.unique(rows)
        if self.balls + self.rationals + len(vertices) > self.most:
            raise InDoubt
        for vertex in vertices:
            chosen = np.flatnonzero(rows == vertex)
            birth, layer = trace.birth(int(vertex)), len(trace.steps)
            numbers = self._at(birth, layer, units[chosen].tolist())
            for entry, number in zip(chosen, numbers, strict=True):
                value[entry], error[entry] = _bounded(number)
        return value, error

    def _at(self, birth: Birth, layer: int, units: list[int]) -> list[Any]:
        """The layer's pre-activations of these units at the vertex, each with a certain sign: balls
        if they tell, else rationals."""
        with precision(128 + 16 * len(self.chain)):
            values = self._evaluated(birth, layer, ball_rows)
            balls = [values[unit] for unit in units]
            if all(ball > 0 or ball < 0 or ball.is_zero() for ball in balls):
                self.balls += 1
                return balls
        self.rationals += 1
        values = self._evaluated(birth, layer, rational_rows)
        return [values[unit] for unit in units]

    def _evaluated(self, birth: Birth, layer: int, rows: Any) -> list[Any]:
        """The layer's pre-activations at the vertex, in the numbers of `rows`."""
        (row,) = rows(self.chain[: layer + 1], [self._vertex(birth, rows)])
        return list(row)

    def _vertex(self, birth: Birth, rows: Any) -> Any:
        """Where the vertex is, in the numbers of `rows`."""
        low = self._point(birth.low)
        if birth.layer < 0:
            return low
        if birth.low >= birth.high:
            raise InDoubt
        high = self._point(birth.high)
        at_low, at_high = rows(self.chain[: birth.layer + 1], [low, high])
        before, after = at_low[birth.unit], at_high[birth.unit]
        if not (before - after > 0 or before - after < 0):
            raise InDoubt
        return low + (high - low) * (before / (before - after))

    def _point(self, place: float) -> fmpq:
        return fmpq_of(self.low + self.width * (Fraction(place) - 1))


def ball_rows(chain: Sequence[Layer], points: Sequence[fmpq | arb]) -> list[list[arb]]:
    """The last layer's values at points, as balls that contain them."""
    table = [[arb(point)] for point in points]
    for number, layer in enumerate(chain):
        weight, bias, denominator = layer.integers
        if number > 0:
            table = [list(map(_positive_part, row)) for row in table]
        sums = [map(add, row, bias) for row in (arb_mat(table) * arb_mat(weight)).table()]
        table = [[ball / denominator for ball in row] for row in sums]
    return table


def rational_rows(chain: Sequence[Layer], points: Sequence[fmpq]) -> list[list[fmpq]]:
    """The last layer's values at rational points, exactly: one integer row over one denominator a
    point."""
    result = []
    for point in points:
        row: list[fmpz] = [point.p]
        under = point.q
        for number, layer in enumerate(chain):
            weight, bias, denominator = layer.integers
            if number > 0:
                row = [max(entry, ZERO) for entry in row]
            (product,) = (fmpz_mat([row]) * weight).table()
            row = [entry + more * under for entry, more in zip(product, bias, strict=True)]
            under *= denominator
        result.append([fmpq(entry, under) for entry in row])
    return result


def _positive_part(ball: arb) -> arb:
    if ball > 0:
        return ball
    return arb(0) if ball < 0 else ball.max(arb(0))


def _bounded(number: arb | fmpq) -> tuple[float, float]:
    """A float of the number's sign and a bound on its error, as the float tier wants them."""
    if isinstance(number, fmpq):
        value, radius = int(number.p) / int(number.q), 0.0
    else:
        value, radius = float(number.mid()), float(number.rad())
    if value == 0 and number == 0:
        return 0.0, 0.0
    bound = 1.001 * radius + abs(value) * 2.0**-50 + 1e-36
    if not TINIEST < abs(value) < 1 / TINIEST or bound >= abs(value):
        raise InDoubt
    return value, bound


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Ball arithmetic at this many bits, the caller's precision given back."""
    before, ctx.prec = ctx.prec, bits
    try:
        yield
    finally:
        ctx.prec = before
