"""The chain from a network's exact piece count to separation.sharp's bound: the count is checked, the theorem is named."""

from fractions import Fraction
from pathlib import Path

import pytest

from verify.kernel import check as kernel
from verify.kernel.errors import BadInput, DepthproofError, Rejected
from verify.network.builders import constant, sawtooth
from verify.network.load import load
from verify.prove.given import certified, claim_files


def verdict(statement: dict, network=None) -> kernel.Verdict:
    claim, files = claim_files("chain", {"separation": statement}, {"f": network or sawtooth(1)})
    return kernel.check(claim, certified(claim, files), files.__getitem__)


@pytest.mark.parametrize(("k", "bound"), [(5, "15/64"), (5, "1/8"), (1, "0"), (1, "-1"), (0, "-1/4"), (40, "6/25")])
def test_what_follows_is_accepted(k: int, bound: str) -> None:
    """The tent has 2 pieces: (1 − 2/2^5)/4 = 15/64."""
    found = verdict({"of": "f", "k": k, "bound": bound})
    assert found.holds and "provided separation.sharp" in found.lines[1] and "2 affine pieces" in found.lines[2]


@pytest.mark.parametrize(("k", "bound"), [(5, "1/4"), (1, "1/1000"), (0, "0"), (5, str(Fraction(15, 64) + Fraction(1, 10**30)))])
def test_what_does_not_follow_is_rejected(k: int, bound: str) -> None:
    with pytest.raises(Rejected):
        verdict({"of": "f", "k": k, "bound": bound})


@pytest.mark.parametrize("k", [-1, True, "5", 10_001, None])
def test_depths_of_another_kind_are_refused(k: object) -> None:
    with pytest.raises(BadInput):
        verdict({"of": "f", "k": k, "bound": "0"})


def test_a_forged_count_is_rejected() -> None:
    claim, files = claim_files("chain", {"separation": {"of": "f", "k": 5, "bound": "15/64"}}, {"f": sawtooth(2)})
    forged = certified(*claim_files("other", {"pieces": {"of": "f", "on": ["0", "1"], "is": "=", "count": 1}}, {"f": constant(1)}))
    with pytest.raises(DepthproofError):
        kernel.check(claim, forged, files.__getitem__)
    with pytest.raises(Rejected):
        kernel.check(claim, certified(claim, files), files.__getitem__)


def test_a_trained_network() -> None:
    network = load(Path(__file__).parent.parent / "networks" / "three32_saw5.onnx")
    assert verdict({"of": "f", "k": 5, "bound": "3/128"}, network).lines[2].startswith("  f has 29 affine pieces")
