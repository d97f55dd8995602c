"""Claims with products about one input: decided rightly, also where the two sides touch; judged by numpy's roots and by evaluation."""

import random
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from verify import Claim, Interval, Network, Proved, Refuted, Undecided, evaluate, load, pieces, prove
from verify.exact.bernstein import bernstein, rational_roots
from verify.network.builders import random_network
from verify.search import limits


def decided(holds: str, network: Network, box: tuple[str, str] = ("0", "1")) -> Proved | Refuted | Undecided:
    claim = Claim.from_short("c", {"forall": {"box": [list(box)], "holds": holds}}, {"f": network})
    return prove(claim, 20, None, limits.here)


TRUE = [
    ("square:1", "f - x^2 <= 1/16"),  # touches at the middle of each piece
    ("square:3", "f >= x^2 and f - x^2 <= 1/256"),
    ("square:4", "abs(f - x*x) <= 1/1024"),
    ("tent", "f*f <= 4*x*(1 - x)"),  # touches at 0, 1/2, 1
    ("tent", "f <= 4*x*(1 - x)"),
    ("constant:0", "(x - 1/3)^2 >= f"),  # touches where no halving comes
    ("tent", "f = 2*x or x*x >= 1/4"),
    ("tent", "x <= 1/2 and f*f = 4*x*x or x >= 1/2 and f*f = 4*(1 - x)^2"),
    ("sawtooth:3", "f*(1 - f) <= 1/4"),
    ("sawtooth:2", "x*x <= 2 and f^3 <= f"),
]
FALSE = [
    ("square:3", "f - x^2 < 1/256"),
    ("square:2", "f > x^2"),
    ("tent", "f*f >= 4*x*(1 - x)"),
    ("constant:0", "(x - 1/3)^2 > f"),
    ("tent", "f*f != 1/9"),
]


@pytest.mark.parametrize(("net", "holds"), TRUE)
def test_true_claims_are_proved(net: str, holds: str) -> None:
    assert isinstance(decided(holds, load(net)), Proved)


@pytest.mark.parametrize(("net", "holds"), FALSE)
def test_false_claims_are_refuted(net: str, holds: str) -> None:
    found = decided(holds, load(net))
    assert isinstance(found, Refuted) and 0 <= found.point["x"] <= 1


def test_other_ends_and_their_factors() -> None:
    claim = {"forall": {"box": [["-2", "3"]], "where": "3*x >= -4 and 7*x <= 5", "holds": "f*x < 1/2"}}
    assert isinstance(prove(Claim.from_short("c", claim, {"f": load("tent")}), 20, None, limits.here), Refuted)
    claim["forall"]["holds"] = "f*x <= 1/2"
    assert isinstance(prove(Claim.from_short("c", claim, {"f": load("tent")}), 20, None, limits.here), Proved)


def test_an_irrational_touching_point_is_undecided() -> None:
    found = decided("(2*x^2 - 1)^2 >= f", load("constant:0"))
    assert isinstance(found, Undecided) and "nearly an equation near x = 0.707" in found.reason


def greatest(network: Network, p: np.polynomial.Polynomial, low: float, high: float) -> float:
    """The greatest f - p, by the derivative's roots on each piece, in floats."""
    function = pieces(network, Interval(Fraction(low), Fraction(high)))
    best = -np.inf
    points = list(zip(map(float, function.breakpoints), map(float, function.values), strict=True))
    for (a, v), (b, w) in pairwise(points):
        difference = np.polynomial.Polynomial([v - (w - v) / (b - a) * a, (w - v) / (b - a)]) - p
        inside = [r.real for r in difference.deriv().roots() if abs(r.imag) < 1e-9 and a < r.real < b]
        best = max(best, *(difference(x) for x in (a, b, *inside)))
    return float(best)


@pytest.mark.parametrize("seed", range(30))
def test_random_polynomials(seed: int) -> None:
    source = random.Random(seed)
    network = random_network([source.randint(1, 4), source.randint(1, 3)], seed)
    coefficients = [Fraction(source.randint(-8, 8), 4) for _ in range(source.randint(2, 5))]
    low, high = sorted(source.sample(range(-2, 4), 2))
    most = greatest(network, np.polynomial.Polynomial(list(map(float, coefficients))), low, high)
    text = " + ".join(f"{c}*x^{i}" if i else str(c) for i, c in enumerate(coefficients)).replace("^1 ", " ").replace("+ -", "- ")
    for margin in (Fraction(1, 1000), Fraction(-1, 1000)):
        bound = Fraction(round(most * 2**20), 2**20) + margin
        found: Any = decided(f"f - ({text}) <= {bound}", network, (str(low), str(high)))
        assert isinstance(found, Proved if margin > 0 else Refuted), (seed, margin, found)
        if margin < 0:
            x = found.point["x"]
            value = evaluate(network, [x])[0] - sum(c * x**i for i, c in enumerate(coefficients))
            assert low <= x <= high and value > bound


def test_bernstein_is_the_polynomial() -> None:
    low, high = Fraction(-1, 3), Fraction(5, 2)
    found = bernstein([Fraction(c) for c in (1, -3, 0, 2)], low, high)
    for i in range(7):
        t = Fraction(i, 6)
        x = low + (high - low) * t
        choose = [1, 3, 3, 1]
        by_basis = sum(b * choose[k] * t**k * (1 - t) ** (3 - k) for k, b in enumerate(found))
        assert by_basis == 1 - 3 * x + 2 * x**3


def test_rational_roots() -> None:
    assert rational_roots([Fraction(c) for c in (0, -1, 0, 4)]) == [Fraction(-1, 2), 0, Fraction(1, 2)]
    assert rational_roots([Fraction(c) for c in (-2, 0, 1)]) == []
