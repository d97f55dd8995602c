"""The JSON Schemas of docs/schemas: every committed file fits its own, and what the readers refuse by form does not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verify import sawtooth
from verify.claim import Claim
from verify.kernel.errors import BadInput
from verify.kernel.rules import RULES
from verify.network.operations import OPERATIONS
from verify.record import parsed
from verify.search.proving import certified

jsonschema = pytest.importorskip("jsonschema")
ROOT = Path(__file__).parent.parent
KINDS = ("relu-network", "claim", "certificate", "record")
SCHEMAS = {kind: json.loads((ROOT / "docs" / "schemas" / f"{kind}-1.schema.json").read_text()) for kind in KINDS}
THEOREMS = [*sorted(ROOT.glob("proofs/*/*.*.json")), *sorted(ROOT.glob("proofs/*/networks/*.json"))]
COMMITTED = [*THEOREMS, ROOT / "tests" / "plugin" / "example" / "model.json"]


def fits(value: Any) -> bool:
    schema = SCHEMAS[value["format"].removesuffix("/1")] if isinstance(value, dict) and "format" in value else SCHEMAS["claim"]
    return bool(jsonschema.Draft202012Validator(schema).is_valid(value))


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: f"{path.parent.name}/{path.name[:60]}")
def test_committed_files(path: Path) -> None:
    assert fits(json.loads(path.read_bytes()))


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schemas_are_schemas(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[kind])


def test_all_operations_are_listed() -> None:
    listed = {item["properties"]["op"]["const"] for item in SCHEMAS["relu-network"]["properties"]["nodes"]["items"]["oneOf"]}
    assert listed == set(OPERATIONS)


def test_all_rules_are_listed() -> None:
    (listed,) = (item["enum"] for item in SCHEMAS["certificate"]["$defs"]["step"]["prefixItems"])
    assert listed == list(RULES)


STATEMENTS: list[dict[str, Any]] = [
    {"pieces": {"of": "f", "on": ["0", "1"], "is": "=", "count": 4}},
    {"distance_to_span": {"of": "f", "span": ["1"], "on": ["0", "1"], "is": ">=", "bound": "1/4"}},
    {"integral_abs": {"of": "f - 1/2", "on": ["0", "1"], "is": ">=", "bound": "1/4"}},
    {"value": {"of": "f", "at": ["1/3"], "is": "<=", "value": "1"}},
    {"forall": {"box": [["0", "1"]], "holds": "f <= 1"}},
    {"forall": {"box": [["0", "1"]], "holds": "f <= 1/2"}},
    {"forall": {"box": [["0", "1"]], "where": "x <= 1/8", "holds": "f <= 1/2"}},
]


@pytest.mark.parametrize("statement", STATEMENTS, ids=str)
def test_statements_and_what_is_found_for_them(statement: dict[str, Any]) -> None:
    claim = Claim.from_short("it", statement, {"f": sawtooth(2)})
    found = certified(claim)
    files = [claim.canonical, *found.claim(claim).files(found.certificate).values()]
    assert all(fits(json.loads(data)) for data in files)


SHORT = json.loads((ROOT / "docs" / "schemas" / "short-claim-1.schema.json").read_text())
WRITTEN = [*sorted(ROOT.glob("tests/claims/*.json")), *sorted(ROOT.glob("verify/skeletons/*_*.json"))]


def as_written(statement: Any, **more: Any) -> bool:
    """Whether a person's claim fits the schema that editors read."""
    claim = {"format": "claim/1", "networks": {"f": "tent"}, "statement": statement}
    return bool(jsonschema.Draft202012Validator(SHORT).is_valid(claim | more))


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_claims_as_people_write_them(path: Path) -> None:
    jsonschema.validate(json.loads(path.read_text()), SHORT)


def test_what_editors_accept_and_mark() -> None:
    jsonschema.Draft202012Validator.check_schema(SHORT)
    assert all(map(as_written, STATEMENTS))
    assert as_written(STATEMENTS[0], **{"$schema": "short-claim-1.schema.json"}, name="mine")
    assert not as_written(STATEMENTS[0], more=1)
    assert as_written({"forall": {"box": [["-0.5", "1e-1"], [".5", "1/2"]], "holds": "abs(f) <= 0.5"}})
    assert as_written({"forall": {"box": "R", "where": "x <= 1", "holds": "f <= 1"}})
    assert not as_written({"forall": {"box": [["0.5.", "1"]], "holds": "f <= 1"}})
    assert not as_written({"forall": {"box": "R^2", "holds": "f <= 1"}})
    assert as_written({"forall": {"for": ["x", "y"], "box": [["0", "1"]] * 2, "holds": "f(x) <= f(y)"}})
    assert as_written({"pieces": STATEMENTS[0]["pieces"] | {"for": ["t"], "of": "f(2*t)"}})
    assert not as_written({"forall": {"for": "x", "box": [["0", "1"]], "holds": "f(x) <= 1"}})
    for bad in ({}, {"piece": STATEMENTS[0]["pieces"]}, STATEMENTS[0] | STATEMENTS[3]):
        assert not as_written(bad)
    for key, value in (("is", "=<"), ("count", "4"), ("on", ["0"]), ("more", 1)):
        assert not as_written({"pieces": STATEMENTS[0]["pieces"] | {key: value}})


def test_schema_is_ignored_in_a_claim(tmp_path: Path) -> None:
    path = tmp_path / "few.json"
    claim = {"format": "claim/1", "networks": {"f": "tent"}, "statement": STATEMENTS[4]}
    path.write_text(json.dumps(claim))
    plain = Claim.from_file(path).canonical
    path.write_text(json.dumps({"$schema": "../short-claim-1.schema.json"} | claim))
    assert Claim.from_file(path).canonical == plain


def network() -> dict[str, Any]:
    return json.loads(sawtooth(1).canonical)  # type: ignore[no-any-return]


def claim() -> dict[str, Any]:
    declared = [{"measure": "n", "is": "pieces", "of": "f", "on": ["0", "1"]}]
    statement = {"declare": declared, "goals": [{"goal": "g", "for": [], "holds": "n = 2"}]}
    return {"format": "claim/1", "name": "it", "networks": {"f": "0" * 64}, "statement": statement}


def certificate() -> dict[str, Any]:
    return {"format": "certificate/1", "claim": "0" * 64, "evidence": {"items": [{"goal": "g", "proof": [["leaf", []]]}]}}


def record() -> dict[str, Any]:
    seen = {"grade": "INSTANCES", "verdict": "HOLDS", "detail": "8 cases", "counterexample": {}}
    digests = dict.fromkeys(("script", "claim", "certificate", "depthcheck"), "0" * 64)
    return {"format": "record/1", "name": "a.b", "statement": "1 = 1", **digests, "evidence": [seen]}


BAD: list[tuple[Callable[[], dict[str, Any]], Callable[[dict[str, Any]], Any]]] = [
    (network, lambda it: it.pop("output")),
    (network, lambda it: it.update(more=1)),
    (network, lambda it: it["nodes"][0].update(op="Sigmoid")),
    (network, lambda it: it["nodes"][0]["weight"][0].__setitem__(0, 2)),
    (network, lambda it: it["nodes"][0]["weight"][0].__setitem__(0, "1e3")),
    (network, lambda it: it["nodes"][0]["weight"][0].__setitem__(0, "01")),
    (network, lambda it: it["nodes"][0]["weight"][0].__setitem__(0, "1/0")),
    (network, lambda it: it["inputs"][0].update(size=0)),
    (claim, lambda it: it["networks"].update(f="abc")),
    (claim, lambda it: it["networks"].update({"1f": "0" * 64})),
    (claim, lambda it: it["statement"].update(forall={})),
    (claim, lambda it: it["statement"]["declare"][0].update(count="4")),
    (claim, lambda it: it["statement"]["declare"][0].update({"is": "kinks"})),
    (claim, lambda it: it["statement"]["declare"][0].update({"is": "distance"})),
    (claim, lambda it: it["statement"]["declare"][0].update(span=["1"])),
    (claim, lambda it: it["statement"]["declare"][0].update(on=["0"])),
    (claim, lambda it: it["statement"].update(goals=[])),
    (claim, lambda it: it["statement"]["declare"].append({"axiom": "0 = 1"})),
    (certificate, lambda it: it.update(claim="0" * 63)),
    (certificate, lambda it: it.update(statement="0 = 0")),
    (certificate, lambda it: it["evidence"].update(trust="me")),
    (certificate, lambda it: it["evidence"].update(witness={"free": {}, "items": []})),
    (certificate, lambda it: it.update(evidence={"items": [{"goal": "g", "proof": [["sorry", 1]]}]})),
    (certificate, lambda it: it.update(evidence={"items": [{"assume": "a", "for": [], "holds": "0 = 1"}]})),
    (record, lambda it: it.pop("depthcheck")),
    (record, lambda it: it.update(seconds=1)),
    (record, lambda it: it.update(name="../a")),
    (record, lambda it: it.update(name="coq.a")),
    (record, lambda it: it.update(statement="")),
    (record, lambda it: it.update(script="")),
    (record, lambda it: it.update(claim="0" * 63)),
    (record, lambda it: it.update(certificate="")),
    (record, lambda it: it.update(claim="", certificate="")),
    (record, lambda it: it["evidence"][0].update(verdict="PROVED")),
    (record, lambda it: it["evidence"][0].update(grade="COQ")),
    (record, lambda it: it["evidence"][0].update(grade="KERNEL")),
    (record, lambda it: it["evidence"][0].update(counterexample={"x": 1})),
    (record, lambda it: it["evidence"][0].update(more="")),
]


@pytest.mark.parametrize("number", range(len(BAD)))
def test_bad_files(number: int) -> None:
    whole, spoil = BAD[number]
    value = whole()
    assert fits(value)
    spoil(value)
    assert not fits(value)


@pytest.mark.parametrize("number", [number for number, (whole, _) in enumerate(BAD) if whole is record])
def test_the_reader_refuses_records_as_the_schema_does(number: int) -> None:
    value = record()
    assert parsed(json.dumps(value).encode()).name == "a.b"
    BAD[number][1](value)
    with pytest.raises(BadInput):
        parsed(json.dumps(value).encode())
