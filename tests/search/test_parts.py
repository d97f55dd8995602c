"""Claims in parts, where the kernel allows less work than it does: the parts cover the box, and each is shown; what is false is refuted."""

import itertools
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from verify.claim import Claim
from verify.cli import claims, main
from verify.exact import evaluate
from verify.kernel import check
from verify.kernel.limits import MOST_WORK, Budget
from verify.network.builders import random_network
from verify.search.limits import here
from verify.search.parts import decided, parts
from verify.search.proving import Proved, Refuted, Undecided, certified, prove

NET = random_network([52, 52], 5, inputs=4)
BOX = [["0", "1"]] * 4


def claim(most: str) -> Claim:
    return Claim.from_short("it", {"forall": {"box": BOX, "holds": f"f <= {most}"}}, {"f": NET})


def allow(monkeypatch: pytest.MonkeyPatch, work: int) -> None:
    """The kernel may do so much work, and no more."""
    monkeypatch.setattr(Budget.__init__, "__defaults__", (work,))


def cost(it: Claim, certificate: bytes, monkeypatch: pytest.MonkeyPatch) -> int:
    """The work that the kernel counts for a certificate."""
    made = list[Budget]()

    class Counted(Budget):
        def __init__(self, work: int = MOST_WORK) -> None:
            super().__init__(work)
            made.append(self)

    with monkeypatch.context() as patch:
        patch.setattr(check, "Budget", Counted)
        assert it.check(certificate)
    return max(MOST_WORK - one.left for one in made)


def in_part(one: Claim, point: list[Fraction]) -> bool:
    """Whether the part speaks of the point: whether its own premise, which stands in front, holds there."""
    premise = one.goals[0]["holds"].split(" implies ")[0]
    values = {f"x{place}": x for place, x in enumerate(point, 1)}
    for side in premise.split(" and "):
        name, relation, number = side.split(" ")
        x = values[name]
        if not (x <= Fraction(number) if relation == "<=" else x >= Fraction(number)):
            return False
    return True


def test_parts_cover_the_box_and_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = claim("-1")
    found = certified(whole, 30)
    allow(monkeypatch, cost(whole, found.certificate, monkeypatch) * 6 // 10)
    alone = prove(whole, 30, run=here)
    assert isinstance(alone, Undecided) and alone.costly is not None and "operations" in alone.reason
    answers = list(decided(whole, 100, 30, run=here))
    assert len(answers) > 2 and all(isinstance(it, Proved) for _, it in answers)
    assert len({one.name for one, _ in answers}) == len(answers)
    for point in itertools.product([Fraction(n, 4) for n in range(5)], repeat=4):
        assert any(in_part(one, list(point)) for one, _ in answers)
        assert evaluate(NET, point)[0] <= -1


def test_parts_are_no_more_than_was_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = claim("-1")
    found = certified(whole, 30)
    allow(monkeypatch, cost(whole, found.certificate, monkeypatch) * 6 // 10)
    ((one, it),) = decided(whole, 2, 30, run=here)
    assert one == whole and isinstance(it, Undecided)


def test_what_is_not_too_costly_stays_whole() -> None:
    ((one, it),) = decided(claim("-1"), 100, 30, run=here)
    assert one == claim("-1") and isinstance(it, Proved)


def test_what_is_false_is_refuted_in_a_part_of_it() -> None:
    whole = claim("-1")
    found = certified(whole, 30)
    lower = claim("-6")
    answers = [prove(one, 30, run=here) for one in parts(lower, found)]
    refuted = [it for it in answers if isinstance(it, Refuted)]
    assert refuted and all(it.outputs["f"] > -6 and 0 <= min(it.point.values()) for it in refuted)
    assert isinstance(next(iter(decided(lower, 100, 30, run=here)))[1], Refuted)


def test_a_certificate_without_a_tree_is_not_divided() -> None:
    it = Claim.from_short("it", {"forall": {"box": [["0", "1"]], "holds": "f <= 100"}}, {"f": random_network([4], 1)})
    assert parts(it, certified(it, 10)) == []


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "net.json").write_bytes(NET.canonical)
    statement: dict[str, Any] = {"forall": {"box": BOX, "holds": "f <= -1"}}
    file = tmp_path / "it.json"
    file.write_text(json.dumps({"format": "claim/1", "networks": {"f": "net.json"}, "statement": statement}))
    out = tmp_path / "out"
    assert main(["claim", str(file), "--parts", "30", "--certificate", str(out)]) == 0
    assert 'HOLDS "it"' in capsys.readouterr().out
    assert main(["claim", str(file), "--parts", "30", "--solver", "z3"]) == 2
    assert "expected it without --parts" in capsys.readouterr().err


def test_what_the_command_says_of_parts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = claim("-1")
    allow(monkeypatch, cost(whole, certified(whole, 30).certificate, monkeypatch) * 6 // 10)
    claims._print("it", prove(whole, 30))
    assert "--parts N may decide it in parts of the box" in capsys.readouterr().out
    assert claims._in_parts(whole, 30, 30, None, tmp_path, False) == 0
    said = capsys.readouterr().out
    assert 'HOLDS "it.1"' in said and "parts, which cover the box" in said and "PROVED it:" in said
    assert main(["check", str(tmp_path)]) == 0
    capsys.readouterr()
    assert claims._in_parts(whole, 30, 30, None, None, True) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] == "PROVED" and len(found["parts"]) > 2
    assert claims._in_parts(whole, 2, 30, None, None, False) == 3
    assert claims._in_parts(claim("-6"), 30, 30, None, None, False) == 10
