"""Functions that a person writes: their values, polynomials and networks against Python's own arithmetic, their Lipschitz constants
against differences at random points."""

import random
from fractions import Fraction as F

import pytest

from verify.answers.target import Target
from verify.exact import Interval, evaluate
from verify.kernel.errors import BadInput

PLAIN = [
    ("max(x1, x2)/2 - relu(x2 - 1/2)", lambda x, y: max(x, y) / 2 - max(y - F(1, 2), 0)),
    ("min(x1, 2*x2, 0.25) + abs(x1 - x2)*3", lambda x, y: min(x, 2 * y, F(1, 4)) + abs(x - y) * 3),
    ("-abs(x2) + x1", lambda x, y: x - abs(y)),
    ("abs(max(x1, -x2) - 1)/3", lambda x, y: abs(max(x, -y) - 1) / 3),
]
POLYNOMIALS = [
    ("x1^2*x2 - x2/2 + 1", lambda x, y: x**2 * y - y / 2 + 1),
    ("(x1 - x2)^3*(2 - x1)", lambda x, y: (x - y) ** 3 * (2 - x)),
    ("3 + 0*x2", lambda x, y: F(3)),
]
OTHERS = [
    ("x1*abs(x2)", lambda x, y: x * abs(y)),
    ("1/(3 + x1 + x2)", lambda x, y: 1 / (3 + x + y)),
    ("max(x1^2, x2)^2 - min(x1, x2)*x1/(2 + x2^2)", lambda x, y: max(x**2, y) ** 2 - min(x, y) * x / (2 + y**2)),
]


def points(count, seed=0):
    chosen = random.Random(seed)
    return [[F(chosen.randint(-16, 16), 16), F(chosen.randint(-16, 16), 16)] for _ in range(count)]


@pytest.mark.parametrize("text, means", PLAIN + POLYNOMIALS + OTHERS, ids=lambda case: str(case)[:20])
def test_values(text, means):
    target = Target.of(text)
    for point in points(30):
        exact = means(*point)
        assert target.value(point) == exact
        if target.network is not None:
            assert evaluate(target.network, point)[0] == exact
        if target.terms is not None:
            assert sum((c * point[0] ** e * point[1] ** f for (e, f), c in target.terms.items()), F(0)) == exact


def test_what_is_what():
    assert all(Target.of(text).network is not None and Target.of(text).terms is None for text, _ in PLAIN)
    assert all(Target.of(text).terms is not None for text, _ in POLYNOMIALS)
    assert all(Target.of(text).network is None and Target.of(text).terms is None for text, _ in OTHERS)
    assert Target.of("x1*x2").network is None and Target.of("2*x1 - x2").network is not None


@pytest.mark.parametrize("text, means", PLAIN + POLYNOMIALS + OTHERS, ids=lambda case: str(case)[:20])
def test_lipschitz_constants(text, means):
    sides = [Interval(F(-1), F(1))] * 2
    slope = Target.of(text).slope(sides) / 2  # of F itself: the box is taken as the unit cube
    for u, v in zip(points(60, 1), points(60, 2), strict=True):
        w = [u[0], v[1]]
        for a, b in ((u, v), (u, w)):
            assert abs(means(*a) - means(*b)) <= slope * (abs(a[0] - b[0]) + abs(a[1] - b[1]))


def test_lipschitz_constants_that_are_least():
    unit = [Interval(F(0), F(1))] * 2
    assert Target.of("x1*x2").slope(unit) == 1
    assert Target.of("max(x1, x2)/2").slope(unit) == F(1, 2)
    assert Target.of("x1^2 - 3*x2").slope([Interval(F(0), F(2)), Interval(F(0), F(1, 3))]) == 8  # 4 on a side of length 2
    assert Target.of("relu(x1 - 2)", 2).slope(unit) == 0


def test_names():
    assert Target.of("x").names == ("x",) and Target.of("x1").names == ("x1",) and Target.of("x2").names == ("x1", "x2")
    assert Target.of("x1", 3).names == ("x1", "x2", "x3") and Target.of("1/2").names == ("x",)
    assert Target.of("relu(x1 - 1)").text == "max(x - 1, 0)" and Target.of("relu(x1)", 2).text == "max(x1, 0)"


REFUSED = ["y", "x0", "x01", "x1 + x", "sin(x)", "abs(x, x)", "max(x)", "x^x", "x^-1", "x^101", "x < 1", "f", "x21", "1 +"]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused(text):
    with pytest.raises(BadInput):
        Target.of(text)


def test_divisors():
    with pytest.raises(BadInput, match="divisor"):
        Target.of("1/x").value([F(0)])
    with pytest.raises(BadInput, match="--lipschitz"):
        Target.of("1/x").slope([Interval(F(-1), F(1))])
    with pytest.raises(BadInput, match="divisor"):
        Target.of("x/(1 - 1)").value([F(1)])
