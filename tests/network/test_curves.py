"""Curves against the operations, done number by number: at random points, at bends and between."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest

pytest.importorskip("numpy")

from verify.network.onnx.curves import Curve, bent

ZERO = Fraction(0)
OPERATIONS = {"relu": lambda v: max(v, ZERO), "abs": abs, "max": max, "min": min}


def drawn(source):
    number = lambda: Fraction(source.randint(-6, 6), source.randint(1, 3))  # noqa: E731
    bends = {number(): number() or Fraction(1) for _ in range(source.randint(0, 4))}
    return Curve(number(), number(), bends)


def points(*curves):
    ends = sorted({b for curve in curves for b in curve.bends} | {ZERO})
    between = [(a + b) / 2 for a, b in pairwise(ends)]
    return [*ends, *between, ends[0] - 7, ends[-1] + 7]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_of_curves(name, seed):
    source, operation = random.Random(seed), OPERATIONS[name]
    curves = [drawn(source) for _ in range(2 if name in ("max", "min") else 1)]
    crossing = curves[0].plus(curves[1], Fraction(-1)) if len(curves) == 2 else curves[0]
    found = bent(operation, curves, [crossing])
    for s in points(found, *curves):
        assert found.at(s) == operation(*(curve.at(s) for curve in curves))


@pytest.mark.parametrize("seed", range(20))
def test_what_is_beyond_zero(seed):
    curve = drawn(random.Random(seed))
    assert (curve.beyond_zero() is None) == (curve.at(ZERO) != 0)
    through = curve.plus(Curve(curve.at(ZERO)), Fraction(-1))
    ramps = through.beyond_zero()
    for s in points(curve):
        assert sum((c * max(s - b, ZERO) for b, c in ramps.items()), ZERO) == (through.at(s) if s > 0 else 0)
