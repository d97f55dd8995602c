"""Claims about boxes with several inputs by trees of cuts: what is proved holds at points, what is false is refuted, what the kernel
would refuse is cut further."""

import json
import random
from fractions import Fraction
from typing import Any

import pytest
from network.naive import value

from verify.claim import Claim
from verify.kernel.theory import beginning
from verify.kernel.tree import Box, close
from verify.network.builders import dense, random_network
from verify.network.network import Network
from verify.search.networks import cover, tree, ways
from verify.search.networks.boxes import Search, Unsettled, is_bound
from verify.search.networks.doubt import Doubt
from verify.search.networks.setting import Setting
from verify.search.proving import certified, judged

UNIT = ["0", "1"]


@pytest.fixture(autouse=True)
def trees_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "FEW_UNITS", 0)
    monkeypatch.setattr(cover, "steps", no_cover)


def no_cover(*_: Any) -> Any:
    raise Unsettled("not here")


def forall(holds: str, inputs: int, **networks: Network) -> Claim:
    return Claim.from_short("box", {"forall": {"box": [UNIT] * inputs, "holds": holds}}, networks)


def proof(claim: Claim, seconds: float = 60) -> Any:
    """The rules of a proof that the kernel accepts; or the goal that was refuted."""
    found = certified(claim, seconds)
    judged(claim, found)
    return found.goal or [step[0] for step in json.loads(found.certificate)["evidence"]["items"][0]["proof"]]


def points(source: random.Random, inputs: int, count: int = 300) -> list[list[Fraction]]:
    return [[Fraction(source.choice((0, 16, source.randint(0, 16))), 16) for _ in range(inputs)] for _ in range(count)]


@pytest.mark.parametrize("seed", range(6))
def test_bounds_of_random_networks(seed: int) -> None:
    source = random.Random(seed)
    inputs = source.randint(2, 5)
    f = random_network([source.randint(3, 8) for _ in range(2)], seed, source.random() < 0.5, inputs)
    best = max(value(f, point)[0] for point in points(source, inputs))
    assert proof(forall(f"f <= {best} - 1/1000", inputs, f=f)) == "claim"
    said = proof(forall(f"f <= {best} + 1/2", inputs, f=f))
    assert said == "claim" or said[-1] == "tree" or "leaf" in said
    if said == "claim":  # the points had missed it
        found = certified(forall(f"f <= {best} + 1/2", inputs, f=f), 60)
        assert value(f, list(found.values.values()))[0] > best + Fraction(1, 2)


def test_several_networks_disjunctions_and_strict_inequalities() -> None:
    f, g = random_network([4, 4], 1, inputs=3), random_network([5], 2, inputs=3)
    gap = max(abs(value(f, point)[0] - value(g, point)[0]) for point in points(random.Random(1), 3))
    c = gap * Fraction(5, 4)
    assert proof(forall(f"-({c}) < f - g and f - g < {c}", 3, f=f, g=g)) == ["tree"]
    assert proof(forall(f"f - g < {gap} - 1/1000 and g - f < {gap} - 1/1000", 3, f=f, g=g)) == "claim"
    low = min(value(f, point)[0] for point in points(random.Random(2), 3))
    assert proof(forall(f"x1 > 1/2 or f >= {low} - 1 or f > {low}", 3, f=f)) == ["tree"]


def test_an_equation_and_its_denial() -> None:
    f = dense([([[1, 1, 1]], [1]), ([[1]], [0])])
    assert proof(forall("f != 0", 3, f=f)) == ["tree"]
    assert proof(forall("f != 2", 3, f=f)) == "claim"


class Case:
    """A small claim, with the search for its tree."""

    def __init__(self) -> None:
        f = random_network([6, 6], 5, inputs=3)
        best = max(value(f, point)[0] for point in points(random.Random(5), 3))
        claim = forall(f"f <= {best + Fraction(1, 10)}", 3, f=f)
        setting = Setting(claim.vocabulary())
        context, self.start = beginning(setting.vocabulary, setting.vocabulary.statement([], claim.goals[0]["holds"]))
        search = Search(setting, context, self.start, 60)
        self.facts = [fact for fact in self.start if not is_bound(setting, fact)]
        self.graph, self.box = setting.graph, Box(setting.graph, self.start, self.facts)
        self.forest = ways._forest(search, self.facts, {})


def test_what_the_kernel_refuses_is_cut_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "DOUBT", 1e9)
    case = Case()
    assert case.forest is not None
    cuts = case.forest.cuts()
    closed = [place for place, node in enumerate(cuts.nodes) if node < 0]
    assert cuts.doubtful == closed
    assert Doubt(case.box, case.facts).convinced(cuts) == cuts.nodes
    early = tree.Cuts([-1], [0])  # as if floats had closed the whole box
    doubt = Doubt(case.box, case.facts)
    nodes = doubt.convinced(early)
    assert doubt.repaired == 1 and len(nodes) > 1
    close(case.graph, case.start, case.facts, nodes)


def test_what_cannot_be_closed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.search.networks.doubt.MOST", 3)
    case = Case()
    with pytest.raises(Unsettled, match="what floats close is not closed exactly, in 1 parts of the box"):
        Doubt(case.box, case.facts).convinced(tree.Cuts([1, -1, -1], [1]))
