"""A user's repository: claims about a network, certified in its test suite."""

from fractions import Fraction
from pathlib import Path

import pytest

from verify import Network, load

FOLDER = Path(__file__).parent


@pytest.fixture
def model() -> Network:
    return load(FOLDER / "model.json")


def test_stays_in_range(depthproof, model):
    depthproof.holds("0 <= f <= 1", f=model)


def test_has_few_pieces(depthproof, model):
    depthproof.pieces(model, at_most=4)


@pytest.mark.depthproof(seconds=30)
def test_is_close_to_the_sawtooth(depthproof, model):
    depthproof.prove({"integral_abs": {"of": "f - g", "on": ["0", "1"], "is": "<=", "bound": "0"}}, f=model, g="sawtooth:2")


def test_is_not_monotone(depthproof, model):
    point = depthproof.refute({"forall": {"box": [["0", "1"]], "holds": "2*x <= f"}}, f=model)
    assert Fraction(0) <= point["x"] <= 1
