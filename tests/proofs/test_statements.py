"""The statements of sections 1 to 3: every row has its script, every script its source, and the evidence that runs here shows
what is expected. A statement that is made a little stronger than the truth fails."""

import importlib.util
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import networkx
import pytest

from verify import load
from verify.author import decide
from verify.author.cases import UNIT, product_bound, teeth
from verify.exact import distance, pieces
from verify.layout import Place
from verify.theorem import BENEFITS, NOTES, BySolver, Evidence, Instances, Theorem, Verdict, graph, script, scripts

FOLDER = Path(__file__).parents[2] / "proofs"
NETWORKS = Path(__file__).parents[1] / "networks"

NAMES: list[str] = """
sawtooth.map sawtooth.map.domain sawtooth.identity sawtooth.identity.domain sawtooth.shape sawtooth.size sawtooth.mass
sawtooth.slide_step pieces.one_layer pieces.one_layer.attained pieces.sum pieces.sum.local pieces.sum.attained
pieces.relu pieces.relu.local pieces.relu.attained pieces.lecture pieces.lecture.recurrence pieces.product
pieces.product.recurrence pieces.product.lecture pieces.product.attained pieces.product.small pieces.skip
pieces.skip.attained pieces.activation separation.duality separation.gap separation.gap.core separation.sharp
separation.sharp.core separation.sharp.network separation.sharp.tight separation.counting separation.counting.piece
separation.lecture separation.strong separation.strong.core separation.optimal separation.size separation.dimension
separation.activation separation.slide_zero separation.slide_half separation.slide_arith separation.slide_ng
separation.frontier separation.frontier.bracket separation.frontier.last separation.frontier.three separation.frontier.network
separation.frontier.continuous
smooth.square smooth.square.attained
""".split()  # noqa: SIM905
FALSE = {
    "sawtooth.map.domain", "sawtooth.identity.domain", "separation.counting.piece", "separation.slide_zero", "separation.slide_half",
}  # fmt: skip
HEADINGS = {
    BENEFITS: {
        "Recap",
        "Part of the deep learning story",
        "Old school: hand-craft features",
        "Early inspirations from visual cortex",
        "What do deep networks learn?",
        "A brief history of depth separation",
        "Modern iterations of depth separation",
        "Separating deep and shallow networks",
        "Q: what can deep networks do easily?",
        "Shallow functions have few linear pieces",
        "Deep function with many oscillations",
        "Shallow g's can't approximate f",
        "Parting thoughts",
    },
    NOTES: {"Deep Learning"},
}
PATHS = {name: Place(FOLDER, name).script for name in NAMES}
THEOREMS = {name: script(path) for name, path in PATHS.items() if path.exists()}
RUN = [(t.name, e) for t in THEOREMS.values() for e in t.evidence if isinstance(e, Instances | BySolver)]


def module(name: str) -> ModuleType:
    """The script, loaded anew, so that a test may change it."""
    spec = importlib.util.spec_from_file_location("mutated", PATHS[name])
    assert spec is not None and spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def seen(evidence: Evidence) -> Verdict:
    assert isinstance(evidence, Instances | BySolver)
    return (evidence.check() if isinstance(evidence, Instances) else evidence.decide()).verdict


def first(theorem: Theorem, kind: type) -> Any:
    return next(evidence for evidence in theorem.evidence if isinstance(evidence, kind))


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_its_script(name: str) -> None:
    assert name in THEOREMS


@pytest.mark.parametrize("theorem", THEOREMS.values(), ids=lambda theorem: theorem.name)
def test_a_script_is_short_and_names_its_statement_and_its_source(theorem: Theorem) -> None:
    lines = PATHS[theorem.name].read_text().splitlines()
    assert len(lines) < 120
    assert lines[0].startswith(f'"""{theorem.name} — ')
    lecture, _, heading = theorem.source.partition(": ")
    assert heading in HEADINGS[lecture]
    assert theorem.statement and not theorem.statement.endswith(".")
    assert theorem.true == (theorem.name not in FALSE)
    assert theorem.evidence or theorem.name == "separation.frontier"


def test_the_headings_cited_are_those_of_the_lectures() -> None:
    assert {t.source.partition(": ")[0] for t in THEOREMS.values()} <= set(HEADINGS)


def test_no_theorem_rests_on_itself() -> None:
    assert networkx.is_directed_acyclic_graph(graph(scripts(FOLDER)))


@pytest.mark.parametrize(("name", "evidence"), RUN, ids=[f"{name}-{type(e).__name__}" for name, e in RUN])
def test_evidence_shows_what_is_expected(name: str, evidence: Evidence) -> None:
    assert seen(evidence) == (Verdict.HOLDS if THEOREMS[name].true else Verdict.REFUTED)


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
    assert seen(first(changed.THEOREM, Instances)) == Verdict.REFUTED


def test_a_point_where_the_claim_is_true_refutes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = module("sawtooth.map.domain")
    monkeypatch.setattr(changed, "X", Fraction(1, 4))
    assert seen(first(changed.THEOREM, Instances)) == Verdict.UNDECIDED


@pytest.mark.parametrize("name", ["sawtooth.map", "sawtooth.identity", "sawtooth.shape"])
def test_z3_refutes_what_is_false_of_another_tent(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(decide, "tent", lambda x: 2 * decide.relu(x) - decide.relu(2 * x - 1))
    assert seen(first(module(name).THEOREM, BySolver)) == Verdict.REFUTED


@pytest.mark.parametrize("path", sorted(NETWORKS.glob("*saw*.onnx")), ids=lambda path: path.stem)
@pytest.mark.parametrize("k", range(1, 8))
def test_trained_networks_stay_as_far_from_the_sawtooth_as_separation_sharp_says(path: Path, k: int) -> None:
    pytest.importorskip("onnx", reason="reading ONNX files needs the package onnx")
    network = load(path)
    g = pieces(network, UNIT)
    away = distance(teeth(k), g, UNIT).low
    assert away >= Fraction(1, 4) * (1 - Fraction(g.pieces, 2**k)) >= Fraction(1, 4) * (1 - Fraction(product_bound(network.widths), 2**k))
