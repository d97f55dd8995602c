"""Networks whose weights have magnitudes from 2^-60 to 2^60, on intervals up to ±10^20: the counts and
the function are those of an oracle in plain Fractions that shares no code with the engine.

`python -m tests.exact.test_wide 20000` compares that many."""

import random
import sys
from fractions import Fraction as F
from itertools import pairwise
from math import isfinite

import pytest

from verify.exact import Interval, evaluate, evaluate_float32, pieces
from verify.exact.pieces import counts
from verify.network import builders
from verify.network.builders import Layer, dense
from verify.network.network import Network

ENDS = [F(1), F(10**20), F(1, 10**12), F(3, 7), F(2) ** 40]


def layers(seed: int) -> tuple[list[Layer], Interval]:
    """Float64 weights of any exponent, some zero, some equal to others."""
    source = random.Random(f"wide {seed}")
    most = source.choice([4, 20, 60])

    def number() -> F:
        exponent = source.randint(-most, most)
        return F(source.choice([0, 1, 1, 1, 1]) * source.uniform(-1, 1)) * F(2) ** exponent

    sizes = [1, *(source.randint(1, 5) for _ in range(source.randint(1, 3))), 1]
    found = [([[number() for _ in range(a)] for _ in range(b)], [number() for _ in range(b)]) for a, b in pairwise(sizes)]
    end = source.choice(ENDS)
    return found, Interval(source.choice([-end, F(0)]), end)


Row = list[F]


def oracle(network: list[Layer], interval: Interval) -> tuple[Row, Row]:
    """The places where a unit changes sign, ends included, and the output there."""
    xs = [interval.low, interval.high]
    rows: list[Row] = [[x] for x in xs]
    for number, (weight, bias) in enumerate(network):
        rows = [[sum((w * v for w, v in zip(ws, row, strict=True)), b) for ws, b in zip(weight, bias, strict=True)] for row in rows]
        if number == len(network) - 1:
            break
        new_xs, new_rows = [xs[0]], [rows[0]]
        for (x, row), (y, other) in pairwise(zip(xs, rows, strict=True)):
            zeros = {x + (y - x) * a / (a - b) for a, b in zip(row, other, strict=True) if a * b < 0}
            for zero in sorted(zeros):
                part = (zero - x) / (y - x)
                new_xs.append(zero)
                new_rows.append([a + part * (b - a) for a, b in zip(row, other, strict=True)])
            new_xs.append(y)
            new_rows.append(other)
        xs, rows = new_xs, [[max(v, F(0)) for v in row] for row in new_rows]
    return xs, [row[0] for row in rows]


def bends(xs: Row, ys: Row) -> tuple[Row, Row]:
    """The points where the slope changes, and the ends."""
    slopes = [(d - b) / (c - a) for (a, b), (c, d) in pairwise(zip(xs, ys, strict=True))]
    kept = [0, *(i for i in range(1, len(xs) - 1) if slopes[i - 1] != slopes[i]), len(xs) - 1]
    return [xs[i] for i in kept], [ys[i] for i in kept]


def compared(seed: int) -> None:
    found, interval = layers(seed)
    network: Network = dense(found)
    xs, ys = bends(*oracle(found, interval))
    function = pieces(network, interval)
    assert (list(function.breakpoints), list(function.values)) == (xs, ys), seed
    assert counts(network, interval).pieces == len(xs) - 1, seed


@pytest.mark.parametrize("block", range(10))
def test_the_oracle_agrees(block: int) -> None:
    for seed in range(60 * block, 60 * block + 60):
        compared(seed)


def test_where_the_place_itself_is_in_doubt() -> None:
    """A network of three layers that ended in an IndexError: the error of the place had grown beyond 1."""
    many = [seed for seed in range(4000) if max(abs(layers(seed)[1].low), layers(seed)[1].high) == 10**20]
    for seed in many[:100]:
        compared(seed)


def test_numbers_beyond_float() -> None:
    large = F(10) ** 400
    assert evaluate(builders.tent(), [large]) == (2 - 2 * large,)
    steep = dense([([[large]], [-large]), ([[F(1)]], [F(0)])])
    (rounded,) = evaluate_float32(steep, [F(3)])
    assert not isfinite(rounded)
    assert pieces(steep, Interval(F(0), F(2))).breakpoints == (0, 1, 2)


if __name__ == "__main__":
    for seed in range(int(sys.argv[1])):
        compared(seed)
    print(f"{sys.argv[1]} networks of wide magnitudes: no difference")
