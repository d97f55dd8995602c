"""Whole theories: the certificates of the repository go through; every forged one is refused, and for its own reason."""

import importlib
import json
import random
import shutil
import sys
from copy import deepcopy
from pathlib import Path

import pytest

from verify.kernel.errors import BadInput, DepthproofError, OverBudget, Rejected

from .mutants import MUTANTS
from .short import checked

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FORGED = {attack["name"]: attack for attack in json.loads((ROOT / "tests/forged/schematic.json").read_text("utf-8"))}
CLAIMS = sorted(path for path in (ROOT / "proofs").glob("*/*.claim.json") if '"networks":{}' in path.read_text("ascii"))


def pair(path):
    """The statement and the evidence of a claim's file."""
    certificate = path.with_name(path.name.replace(".claim.", ".certificate."))
    return json.loads(path.read_text("ascii"))["statement"], json.loads(certificate.read_text("ascii"))["evidence"]


@pytest.mark.parametrize("path", CLAIMS, ids=lambda path: path.name.removesuffix(".claim.json"))
def test_certificate(path):
    statement, evidence = pair(path)
    lines = checked(statement, evidence)
    for goal in statement["goals"]:
        assert any(f"proved {goal['goal']}: " in line and line.endswith(goal["holds"]) for line in lines)
    assert len(lines) >= len(statement["declare"]) + len(statement["goals"])


@pytest.mark.parametrize("name", FORGED)
def test_forged(name):
    attack = FORGED[name]
    with pytest.raises(DepthproofError) as caught:
        checked(attack["statement"], attack["evidence"])
    assert type(caught.value).__name__ == attack["error"]
    assert caught.value.reason == attack["reason"]


def test_errors_say_where():
    with pytest.raises(Rejected) as caught:
        checked(FORGED["negative weight"]["statement"], FORGED["negative weight"]["evidence"])
    assert caught.value.where == 'item 0 ("g"): proof 0 ("leaf")'


@pytest.mark.parametrize("number", range(len(MUTANTS)), ids=lambda number: MUTANTS[number][3])
def test_each_check_is_needed(number, tmp_path, monkeypatch):
    """Without this one check, this one forged proof is accepted; also, the kernel works as a copy under another name."""
    file, check, instead, attack = MUTANTS[number]
    package = f"mutant{number}"
    shutil.copytree(ROOT / "verify/kernel", tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    source = (tmp_path / package / file).read_text("utf-8")
    assert source.count(check) == 1
    (tmp_path / package / file).write_text(source.replace(check, instead), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    mutant, limits, network, declare = (importlib.import_module(f"{package}.{name}") for name in ("theory", "limits", "network", "declare"))
    vocabulary = declare.Vocabulary(network.Graph(limits.Budget()), {})
    assert type(mutant.check(FORGED[attack]["statement"], FORGED[attack]["evidence"], vocabulary)) is list
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]


LEAF = ["leaf", [["1", [0]]]]
GOAL = {"goal": "g", "for": [], "holds": "0 <= 0"}


def test_the_smallest_theory():
    lines = checked({"declare": [], "goals": [GOAL]}, {"items": [{"goal": "g", "proof": [LEAF]}]})
    assert lines == ["proved g: 0 <= 0"]


@pytest.mark.parametrize("statement", [None, [], {}, {"declare": []}, {"goals": [GOAL]}, {"declare": {}, "goals": [GOAL]},
                                       {"declare": [], "goals": [GOAL], "items": []}, {"declare": [], "goals": [{**GOAL, "proof": []}]},
                                       {"declare": [None], "goals": [GOAL]}, {"declare": [], "goals": [None]},
                                       {"declare": [], "goals": "g"}])
def test_no_statement(statement):
    with pytest.raises(BadInput):
        checked(statement, {"items": [{"goal": "g", "proof": [LEAF]}]})


@pytest.mark.parametrize("evidence", [None, [], {}, {"items": None}, {"items": {}}, {"items": [None]}, {"items": [{}]}, {"items": [[]]},
                                      {"items": [{"goal": "g"}]}, {"items": [{"goal": ["g"], "proof": [LEAF]}]},
                                      {"items": [{"goal": "g", "proof": [LEAF], "holds": "0 <= 0"}]},
                                      {"items": [{"goal": "g", "lemma": "g", "proof": [LEAF]}]},
                                      {"items": [{"goal": "g", "proof": [LEAF]}], "declare": []}])
def test_no_evidence(evidence):
    with pytest.raises((BadInput, Rejected)):
        checked({"declare": [], "goals": [GOAL]}, evidence)


def test_work_is_bounded_not_time():
    names = [[f"x{i}", "R"] for i in range(10)]
    total = " + ".join(["1", *(name for name, _ in names)])
    wide = {"goal": "g", "for": names, "holds": f"({total})^30 < 0"}
    with pytest.raises(OverBudget):
        checked({"declare": [], "goals": [wide]}, {"items": []}, 1_000_000)
    many = {"goal": "g", "for": [["x", "R"]], "holds": " and ".join(f"x < {i}" for i in range(500))}
    with pytest.raises(OverBudget):
        checked({"declare": [], "goals": [many]}, {"items": [{"goal": "g", "proof": [["cases", 0]] * 500}]}, 1_000_000)
    cuts = [["cut", "0 <= 0"]] * 5_000
    with pytest.raises(OverBudget):
        checked({"declare": [], "goals": [GOAL]}, {"items": [{"goal": "g", "proof": cuts}]}, 1_000_000)


JUNK = [None, True, -1, 0, 1, 10**9, "",
        "x", "1", "-1", "0", "1/3", "IH", "floor", "R", "Z", "Z from 0", [], {}, "0 < 0", "x <= 0", "floor(1/2)",
        ["leaf", [["1", [0]]]], ["cases", 0], ["use", "IH", []], "\u0661", "1/0", "and", "k + 1"]


def places(value, path=()):
    if path:
        yield path
    parts = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list | tuple):
        parts = enumerate(value)
    for key, part in parts:
        yield from places(part, (*path, key))


def test_damaged_claims_and_certificates():
    """Random damage: only our own errors; and a damaged claim is hardly ever accepted (a goal may become weaker, a variable unused)."""
    generator = random.Random(20)
    small = [pair(path) for path in CLAIMS if path.with_name(path.name.replace(".claim.", ".certificate.")).stat().st_size < 3_000]
    damage = [(whole, path) for whole in small for path in places(whole) if len(path) > 1]
    accepted_claims = 0
    for original, path in generator.sample(damage, 400):
        whole = deepcopy(original)
        target = whole
        for key in path[:-1]:
            target = target[key]
        if generator.random() < 0.8:
            target[path[-1]] = generator.choice(JUNK)
        else:
            del target[path[-1]]
        try:
            checked(*whole)
            accepted_claims += path[0] == 0
        except DepthproofError:
            continue
    assert accepted_claims < 20
