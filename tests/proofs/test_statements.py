"""The theorems: every script has its form, and the evidence that runs here shows what is expected. A statement that is made a little
stronger than the truth fails."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import networkx
import pytest
from changed import module

from verify import load
from verify.author import decide
from verify.author.cases import UNIT, product_bound, teeth
from verify.exact import distance, pieces
from verify.layout import Place
from verify.theorem import BySolver, Evidence, Instances, Outcome, Theorem, Verdict, graph, scripts

FOLDER = Path(__file__).parents[2] / "proofs"
NETWORKS = Path(__file__).parents[1] / "networks"

THEOREMS = {theorem.name: theorem for theorem in scripts(FOLDER)}
PATHS = {name: Place(FOLDER, name).script for name in THEOREMS}
LONG = {"backprop.lemma"}  # what takes minutes; make certify runs it
SHORT = [theorem for theorem in THEOREMS.values() if theorem.name not in LONG]
RUN = [(theorem.name, e) for theorem in SHORT for e in theorem.evidence if isinstance(e, Instances | BySolver)]
FALSE = {
    "sawtooth.map.domain", "sawtooth.identity.domain", "separation.counting.piece", "separation.slide_zero", "separation.slide_half",
    "smooth.slide_sobolev", "pieces.polyhedra.false", "descent.diverges", "descent.overparametrised", "activation.stuck",
    "separation.power.false", "separation.sup.false", "backprop.lemma.kink",
}  # fmt: skip


def seen(evidence: Evidence) -> Outcome:
    if isinstance(evidence, Instances):
        return evidence.check()
    assert isinstance(evidence, BySolver)
    return evidence.decide()


def first(theorem: Theorem, kind: type) -> Any:
    return next(evidence for evidence in theorem.evidence if isinstance(evidence, kind))


@pytest.mark.parametrize("theorem", THEOREMS.values(), ids=lambda theorem: theorem.name)
def test_a_script_is_short_and_begins_with_its_name(theorem: Theorem) -> None:
    lines = PATHS[theorem.name].read_text().splitlines()
    assert len(lines) < 120
    assert lines[0].startswith(f'"""{theorem.name} — ')
    assert theorem.statement and not theorem.statement.endswith(".")
    assert theorem.evidence or theorem.name == "separation.frontier"


def test_which_statements_are_false() -> None:
    assert {theorem.name for theorem in THEOREMS.values() if not theorem.true} == FALSE


def test_no_theorem_rests_on_itself() -> None:
    assert networkx.is_directed_acyclic_graph(graph(scripts(FOLDER)))


@pytest.mark.parametrize(("name", "evidence"), RUN, ids=[f"{name}-{type(e).__name__}" for name, e in RUN])
def test_evidence_shows_what_is_expected(name: str, evidence: Evidence) -> None:
    outcome = seen(evidence)
    assert outcome.verdict == (Verdict.HOLDS if THEOREMS[name].true else Verdict.REFUTED)
    assert bool(outcome.counterexample) != THEOREMS[name].true


@pytest.mark.parametrize(
    ("name", "attribute", "stronger"),
    [
        ("pieces.one_layer", "bound", lambda true: lambda m: true(m) - 1),
        ("pieces.sum", "bound", lambda true: lambda a, b: true(a, b) - 1),
        ("pieces.relu", "bound", lambda true: lambda p: true(p) - 1),
        ("pieces.product", "bound", lambda true: lambda widths: true(widths) - 1),
        ("pieces.product.attained", "product_bound", lambda true: lambda widths: true(widths) + 1),
        ("pieces.product.small", "MOST", lambda true: true - 1),
        ("separation.sharp", "bound", lambda true: lambda k, p: true(k, p - 1)),
        ("separation.sharp.tight", "value", lambda true: lambda k, p: true(k, p + 1)),
        ("separation.lecture", "BOUND", lambda true: 8 * true),
        ("separation.counting", "sides", lambda true: lambda g: true(g) - 1),
    ],
)
def test_a_stronger_statement_is_refuted(
    monkeypatch: pytest.MonkeyPatch, name: str, attribute: str, stronger: Callable[[Any], Any]
) -> None:
    changed = module(name)
    monkeypatch.setattr(changed, attribute, stronger(getattr(changed, attribute)))
    assert seen(first(changed.THEOREM, Instances)).verdict == Verdict.REFUTED


def test_a_point_where_the_claim_is_true_refutes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = module("sawtooth.map.domain")
    monkeypatch.setattr(changed, "X", Fraction(1, 4))
    assert seen(first(changed.THEOREM, Instances)).verdict == Verdict.UNDECIDED


@pytest.mark.parametrize("name", ["sawtooth.map", "sawtooth.identity", "sawtooth.shape"])
def test_z3_refutes_what_is_false_of_another_tent(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(decide, "tent", lambda x: 2 * decide.relu(x) - decide.relu(2 * x - 1))
    assert seen(first(module(name).THEOREM, BySolver)).verdict == Verdict.REFUTED


@pytest.mark.parametrize("path", sorted(NETWORKS.glob("*saw*.onnx")), ids=lambda path: path.stem)
@pytest.mark.parametrize("k", range(1, 8))
def test_trained_networks_stay_as_far_from_the_sawtooth_as_separation_sharp_says(path: Path, k: int) -> None:
    pytest.importorskip("onnx", reason="reading ONNX files needs the package onnx")
    network = load(path)
    g = pieces(network, UNIT)
    away = distance(teeth(k), g, UNIT).low
    assert away >= Fraction(1, 4) * (1 - Fraction(g.pieces, 2**k)) >= Fraction(1, 4) * (1 - Fraction(product_bound(network.widths), 2**k))
