"""Boxes: each cost against exact distances of lines with their ends in the boxes, the paths against enumeration and against functions."""

from fractions import Fraction
from itertools import pairwise
from random import Random

import numpy
import pytest

from verify.answers import table
from verify.answers.boxes import SCALE, Levels, cost, least, levels
from verify.answers.duals import zigzag
from verify.answers.frontier import Row
from verify.answers.tails import graph
from verify.exact import PiecewiseLinear

STEPS = 8


def saw(low: Fraction, high: Fraction) -> PiecewiseLinear:
    points = sorted({low, high, *(Fraction(n) for n in range(int(low), int(high) + 2) if low < n < high)})
    return PiecewiseLinear(tuple(points), tuple(zigzag(x) for x in points))


def height(level: int, ours: Levels, random: Random) -> Fraction:
    """A value in the level; beyond the finite end of an unbounded one."""
    low, high = int(ours.low[level]), int(ours.high[level])
    if low < high:
        return (low + (high - low) * Fraction(random.randint(0, 6), 6)) / STEPS
    return Fraction(low, STEPS) + (1 if level else -1) * Fraction(random.randint(0, 5), 7)


@pytest.mark.parametrize("seed", range(40))
def test_a_cost_bounds_every_line_between_its_boxes(seed: int) -> None:
    random, ours = Random(seed), levels(STEPS)
    start, length = random.randint(0, 2 * STEPS - 1), random.choice([1, 2, 5, 8, 13, 20])
    costs = cost(start, length, STEPS, ours)
    for _ in range(25):
        u, v = random.randrange(len(ours.low)), random.randrange(len(ours.low))
        left = Fraction(start, STEPS) - Fraction(random.randint(0, 4), 4 * STEPS)
        right = Fraction(start + length, STEPS) + Fraction(random.randint(0, 4), 4 * STEPS)
        y, z = height(u, ours, random), height(v, ours, random)
        low, high = Fraction(start, STEPS), Fraction(start + length, STEPS)
        line = PiecewiseLinear((low, high), tuple(y + (z - y) * (x - left) / (right - left) for x in (low, high)))
        assert Fraction(int(costs[u, v]), SCALE) <= (saw(low, high) - line).l1()


def test_costs_are_close_where_boxes_are_small() -> None:
    """The constant 1/2 over two units costs 1/2; the boxes lose a few percent."""
    ours = levels(32)
    middle = next(i for i in range(len(ours.low)) if ours.low[i] == 16)
    found = Fraction(int(cost(0, 64, 32, ours)[middle, middle]), SCALE)
    assert Fraction(47, 100) < found <= Fraction(1, 2)


def brute(size: int, steps: int, count: int) -> int:
    """Over all choices of cells and levels."""
    ours, total = levels(steps), size * steps
    heights = range(len(ours.low))
    tables: dict[tuple[int, int], numpy.ndarray] = {}

    def between(i: int, u: int, j: int, v: int) -> int:
        if j <= i + 1:
            return 0
        start, length = i % (2 * steps), j - 1 - i
        mirrored = (-start - length) % (2 * steps)
        key = (min(start, mirrored), length)
        if key not in tables:
            tables[key] = cost(*key, steps, ours)
        return int(tables[key][(u, v) if start <= mirrored else (v, u)])

    states = {(0, u): 0 for u in heights}
    for number in range(count):
        cells = range(total + 2) if number < count - 1 else [total + 1]
        states = {
            (j, v): min(value + between(i, u, j, v) for (i, u), value in states.items() if i <= j) for j in cells for v in heights
        }
    return min(states.values())


def test_paths_are_the_least_over_all_choices() -> None:
    assert [int(low * SCALE) for low in least(2, 4, 2)] == [brute(2, 4, 1), brute(2, 4, 2)]


@pytest.mark.parametrize("row", [row for row in table().rows if row.boxes is not None], ids=lambda row: f"{row.k}-{row.pieces}")
def test_continuous_functions_are_no_closer(row: Row) -> None:
    """The best graph known, moved a little: all of them continuous, with as many pieces."""
    random, k, count = Random(1), row.k, row.pieces
    points, values = graph(k, count)
    whole = PiecewiseLinear(tuple(Fraction(i, 2**k) for i in range(2**k + 1)), tuple(zigzag(Fraction(i)) for i in range(2**k + 1)))
    for scale in (1000, 100, 20):
        for _ in range(4):
            gap = min(b - a for a, b in pairwise(points))
            moved = [x + gap * Fraction(random.randint(-9, 9), scale) if 0 < x < 1 else x for x in points]
            lifted = [v + Fraction(random.randint(-9, 9), scale) for v in values]
            if all(a < b for a, b in pairwise(moved)):
                assert (whole - PiecewiseLinear(tuple(moved), tuple(lifted))).l1() >= row.boxes
    assert row.lower < row.boxes <= row.upper
