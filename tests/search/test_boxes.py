"""Claims about boxes by regions that are closed by leaves: which unit is cut, and what is left open when time is over."""

import time
from fractions import Fraction
from typing import Any

import pytest

from search.box_claims import case
from verify.claim import Claim
from verify.kernel.theory import beginning
from verify.network.builders import dense
from verify.search.networks import ways
from verify.search.networks.boxes import Search, Unsettled
from verify.search.networks.setting import Setting


def search(claim: Claim, seconds: float = 60) -> Search:
    setting = Setting(claim.vocabulary())
    return Search(setting, *beginning(setting.vocabulary, setting.vocabulary.statement([], claim.goals[0]["holds"])), seconds)


def accepted(claim: Claim, steps: list[Any]) -> bool:
    claim.check(claim.certificate({"items": [{"goal": "claim", "proof": steps}]}))
    return True


@pytest.mark.parametrize(("number", "most"), [(3, 60), (47, 200), (59, 60)])
def test_cuts_of_the_units_that_lose_most(number: int, most: int) -> None:
    """With cuts of the units whose upper bounds lie highest there were 914 steps for number 47, more than 2,700 for 59."""
    it = case(number)
    steps = search(it.claim).regions(search(it.claim).whole())
    assert len(steps) < most and accepted(it.claim, steps)


def test_the_unit_is_cut_whose_triangle_is_used_off_its_corners() -> None:
    """relu(x1) - relu(4 x1 - 2) / 4 <= 5/8 on [-1, 1]^2. It is at most 1/2; with the line above relu(x1) it is 3/4 at x1 = 1/2, where the
    second unit is exact, though its line lies higher."""
    f = dense([([[1, 0], [4, 0]], [0, -2]), ([[1, Fraction(-1, 4)]], [0])])
    claim = Claim.from_short("claim", {"forall": {"box": [["-1", "1"]] * 2, "holds": "f <= 5/8"}}, {"f": f})
    it = search(claim)
    steps = it.regions(it.whole())
    assert steps[0] == ["cut", "value3 <= 0"] and accepted(claim, steps)


def test_what_was_left_open_is_closed_later() -> None:
    """By the same steps as without an interruption."""
    claim = case(47).claim
    whole, parted = search(claim), search(claim)
    expected = whole.regions(whole.whole())
    parted.begin(parted.whole())
    tried = 0
    while True:
        parted.end, tried = time.monotonic() + 0.02, tried + 1
        try:
            steps = parted.resumed()
            break
        except Unsettled as error:
            assert "time is over" in error.reason
    assert tried > 1 and steps == expected


def test_leaves_go_on_when_the_tree_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = case(47).claim
    monkeypatch.setattr(ways, "SHARE", 0.0)
    monkeypatch.setattr(ways, "TREE", 0.0)
    assert accepted(claim, ways.steps(search(claim)))
