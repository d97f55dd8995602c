"""A network for a polynomial: as close as was asked, at places of our own, and certified."""

import json
import random
from fractions import Fraction
from pathlib import Path

import pytest

from verify import Interval, Proved, evaluate, load, prove
from verify.answers.approximate import approximate, polynomial
from verify.cli import main
from verify.kernel.errors import BadInput, OverBudget
from verify.network.builders import interpolating
from verify.search import limits


@pytest.mark.parametrize("seed", range(12))
def test_random_polynomials(seed: int) -> None:
    source = random.Random(seed)
    coefficients = [Fraction(source.randint(-9, 9), source.randint(1, 4)) for _ in range(source.randint(1, 6))]
    text = " + ".join(f"({c})*x^{i + 1}" for i, c in enumerate(coefficients))
    on, error = Interval(source.randint(-2, 0), source.randint(1, 2)), Fraction(1, source.choice([3, 10, 40]))
    found = approximate(text, on, error)
    for i in range(101):
        x = on.low + (on.high - on.low) * Fraction(i, 100)
        value = sum(c * x ** (k + 1) for k, c in enumerate(coefficients))
        assert value == sum(c * x**k for k, c in enumerate(polynomial(text)))
        assert abs(evaluate(found.network, [x])[0] - value) <= error
    assert isinstance(prove(found.claim, 30, None, limits.here), Proved)


def test_the_square_is_the_lecture_s() -> None:
    """x^2 within 4^(-m-1) takes 2^m pieces, as the sum of m sawtooths has."""
    for m in range(1, 5):
        assert approximate("x^2", Interval(0, 1), Fraction(1, 4 ** (m + 1))).network.units == 2**m


def test_the_square_needs_so_many_cells() -> None:
    """With one cell less, the middle of a cell is too far away."""
    error = Fraction(1, 256)
    found = approximate("x^2", Interval(0, 1), error)
    assert (found.network.units, found.bend, found.slope, found.promised) == (8, 2, 2, 256)
    fewer = interpolating([Fraction(i, 7) for i in range(8)], [Fraction(i, 7) ** 2 for i in range(8)])
    assert evaluate(fewer, [Fraction(1, 14)])[0] - Fraction(1, 14) ** 2 > error


def test_decimals() -> None:
    assert polynomial("1e-3*x + 0.5") == [Fraction(1, 2), Fraction(1, 1000)]


@pytest.mark.parametrize("text", ["f + 1", "y", "value1", "floor(x)", "abs(x)"])
def test_only_polynomials(text: str) -> None:
    with pytest.raises(BadInput, match="a polynomial in x"):
        approximate(text, Interval(0, 1), Fraction(1, 10))


def test_limits() -> None:
    with pytest.raises(OverBudget, match="units"):
        approximate("x^2", Interval(0, 1), Fraction(1, 10**12))
    with pytest.raises(BadInput, match="above 0"):
        approximate("x^2", Interval(0, 1), Fraction(0))


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    net, folder = tmp_path / "net.json", tmp_path / "cert"
    assert main(["approximate", "0.5*x^2 - x", "--on", "-1,1", "--error", "0.01", "--out", str(net), "--certificate", str(folder)]) == 0
    said = capsys.readouterr().out
    assert 'HOLDS "approximation"' in said and "x^2" in said
    assert abs(evaluate(load(net), [Fraction(1, 3)])[0] - (Fraction(1, 18) - Fraction(1, 3))) <= Fraction(1, 100)
    assert main(["check", str(folder)]) == 0
    capsys.readouterr()
    assert main(["approximate", "x^3", "--error", "1/10", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "PROVED"
    assert main(["approximate", "x^3", "--error", "0"]) == 2
