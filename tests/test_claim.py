"""A claim: its bytes, its refutations, and one verdict however it was made."""

import json
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from verify import claim as module
from verify.author.theory import Theory
from verify.claim import Claim
from verify.kernel.errors import BadInput
from verify.network.builders import sawtooth, tent
from verify.search import Proved, Refuted, Undecided, prove

UNIT = ["0", "1"]
BELOW = {"forall": {"box": [UNIT], "holds": "f < 1"}}
BYTES = (
    '{"format":"claim/1","name":"below","networks":{"f":"%s"},"statement":{"declare":[],'
    '"goals":[{"goal":"claim","for":[],"holds":"0 <= x <= 1 implies f < 1"}]}}\n'
)


def below() -> Claim:
    return Claim.from_short("below", BELOW, {"f": tent()})


def test_its_bytes_and_their_hash() -> None:
    claim = below()
    assert claim.canonical == (BYTES % tent().sha256).encode()
    assert claim.sha256 == sha256(claim.canonical).hexdigest()
    assert claim.canonical is claim.canonical
    goal = {"goal": "claim", "for": [], "holds": "0 <= x <= 1 implies f < 1"}
    assert claim == Claim("below", {"f": tent()}, [], [goal])
    names = ["it.certificate.json", "it.claim.json", f"networks/{tent().sha256}.json"]
    assert sorted(claim.files(b"", "it")) == names


def test_a_file_is_parsed_once_and_a_short_one_means_the_long_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = list[bytes]()
    tree = module.tree

    def counted(data: bytes, budget: Any) -> Any:
        parsed.append(data)
        return tree(data, budget)

    monkeypatch.setattr(module, "tree", counted)
    short, long = tmp_path / "below.json", tmp_path / "below.claim.json"
    short.write_text(json.dumps({"format": "claim/1", "networks": {"f": "tent"}, "statement": BELOW}))
    for name, data in below().files(b"-").items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert [Claim.from_file(path).canonical for path in (short, long)] == [below().canonical] * 2
    assert parsed == [short.read_bytes(), long.read_bytes()]


def test_a_refutation_says_where_and_denies() -> None:
    where = {"x": Fraction(1, 2)}
    (said,) = below().refutation("claim", where).goals
    assert said == {"goal": "claim.refuted", "for": [], "holds": "x = 1/2 implies not (0 <= x <= 1 implies f < 1)"}
    counted = Claim.from_short("few", {"pieces": {"of": "f", "on": UNIT, "is": "<=", "count": 3}}, {"f": sawtooth(2)})
    assert counted.measures == {"pieces"}
    (said,) = counted.refutation("claim", {"pieces": Fraction(4)}).goals
    assert said["holds"] == "pieces = 4 and not (pieces <= 3)"
    goal = {"goal": "g", "for": [["n", "Z from 0"], ["x", "R"]], "holds": "n*x <= max(n, x)"}
    denied = Claim("sums", {}, [], [goal | {"goal": "h"}, goal]).refutation("g", {"n": Fraction(2), "x": Fraction(-1, 3)})
    assert denied.name == "not sums"
    assert [item["holds"] for item in denied.goals] == ["not (2*(-1/3) <= max(2, (-1/3)))"]


def test_a_refutation_at_the_wrong_point_is_not_proved() -> None:
    at = [Fraction(1, 4), Fraction(1, 2)]
    found = [prove(below().refutation("claim", {"x": x}), 20) for x in at]
    assert not isinstance(found[0], Proved) and isinstance(found[1], Proved)


SPOILT: list[dict[str, Any]] = [
    {"declarations": [{"measure": "n"}]},
    {"goals": []},
    {"goals": [{"goal": "g", "for": [], "holds": "g <="}]},
]


@pytest.mark.parametrize("spoilt", SPOILT)
@pytest.mark.parametrize("networks", [{}, {"f": tent()}], ids=["numbers", "networks"])
def test_what_is_malformed_is_no_verdict(spoilt: dict[str, Any], networks: dict[str, Any]) -> None:
    goal = {"goal": "g", "for": [], "holds": "0 <= 1"}
    with pytest.raises(BadInput, match="/statement/"):
        prove(replace(Claim("it", networks, [], [goal]), **spoilt), 20)


def theory(text: str, **hints: Any) -> Theory:
    it = Theory("my.power")
    it.library("pow2")
    it.theorem(text, n="Z from 0", induction="n", **hints)
    return it


HINTS = {"use": ["IH", "pow2(n)"], "base": ["pow2(0)"]}


def test_a_theory_is_proved_by_the_same_function() -> None:
    good = theory("pow2(n) >= n + 1", **HINTS)
    found = prove(good.claim(), 30, good.plan())
    assert isinstance(found, Proved) and found == good.prove()
    assert found.lines[-1] == "  proved my.power: for all n in Z from 0: pow2(n) >= n + 1"


def test_a_theory_that_is_false_is_refuted_and_one_with_poor_hints_is_undecided() -> None:
    false = theory("pow2(n) <= n + 1", **HINTS)
    found = prove(false.claim(), 30, false.plan())
    assert isinstance(found, Refuted) and found.point == {"n": 2}
    poor = Theory("my.power")
    poor.library("pow2")
    poor.theorem("pow2(n) >= n + 1", n="Z from 0")
    found = prove(poor.claim(), 30, poor.plan())
    assert isinstance(found, Undecided) and found.reason.startswith("my.power: goal my.power: pow2(n) >= n + 1: ")
    slip = theory("pow2(n) >= n + 1", use=["IH", "pow(n)"])
    with pytest.raises(BadInput, match=r"did you mean pow2\?"):
        prove(slip.claim(), 30, slip.plan())


def test_an_assumption_without_a_witness_is_not_proved() -> None:
    it = Theory("free")
    it.free("m", sort="R")
    it.assume("least", "m >= 1")
    it.theorem("m >= 0", use=["least"])
    found = prove(it.claim(), 30, it.plan())
    assert isinstance(found, Undecided) and "witness" in found.reason
