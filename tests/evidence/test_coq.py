"""The Coq record: read strictly, stale when a file changes, never better than its assumptions; and Coq itself, where it is installed."""

import json
import shutil
from pathlib import Path

import pytest

from verify.evidence import coq, coq_claim, coq_run, run
from verify.kernel.errors import OverBudget, Rejected
from verify.layout import Place
from verify.theorem import BENEFITS, COQ_AXIOMS, Certified, Grade, InCoq, Theorem, Verdict, scripts

FOLDER = Path(__file__).parent.parent.parent / "proofs" / "coq"
PRINTED = """separation_sharp
     : forall (k p : nat) (g : R -> R),
       pieces p 0 1 g -> apart (/ 4 * (1 - INR p / 2 ^ k)) (sawtooth k) g
Axioms:
ClassicalDedekindReals.sig_not_dec : forall P : Prop, {~ ~ P} + {~ P}
ClassicalDedekindReals.sig_forall_dec
  : forall P : nat -> Prop, (forall n : nat, {P n} + {~ P n}) -> {n : nat | ~ P n} + {forall n : nat, P n}
pieces_closed
     : 1 = 1
Closed under the global context
"""


def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "coq"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.vo*", "*.glob"))
    return folder


def test_what_coqc_prints_is_read() -> None:
    found = coq_run.theorems(PRINTED)
    assert set(found) == {"separation_sharp", "pieces_closed"}
    assert found["separation_sharp"].statement.startswith("forall (k p : nat)")
    assert found["separation_sharp"].assumptions == ("ClassicalDedekindReals.sig_not_dec", "ClassicalDedekindReals.sig_forall_dec")
    assert found["pieces_closed"].assumptions == ()


def test_recorded_theorems_have_only_the_four_known_assumptions() -> None:
    theorems = coq.recorded(FOLDER)["theorems"]
    assert len(theorems) > 45
    for name, theorem in theorems.items():
        assert set(theorem["assumptions"]) <= COQ_AXIOMS, name
    assert coq.outcome(FOLDER, "separation_sharp").verdict == Verdict.HOLDS


def test_a_changed_file_makes_the_record_stale(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    assert coq.outcome(folder, "separation_sharp").verdict == Verdict.HOLDS
    path = folder / "SeparationSharp.v"
    path.write_text(path.read_text() + "\n")
    outcome = coq.outcome(folder, "separation_sharp")
    assert outcome.verdict == Verdict.UNDECIDED and "changed" in outcome.detail


def test_an_unknown_assumption_counts_for_nothing(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    record = json.loads((folder / "record.json").read_text())
    record["theorems"]["separation_sharp"]["assumptions"].append("Cheating.axiom")
    (folder / "record.json").write_text(json.dumps(record))
    assert coq.outcome(folder, "separation_sharp").verdict == Verdict.UNDECIDED
    assert coq.outcome(folder, "no_such_theorem").verdict == Verdict.UNDECIDED


def test_every_theorem_of_coq_that_a_script_names_is_recorded() -> None:
    recorded = coq.recorded(FOLDER)["theorems"]
    for theorem in scripts(FOLDER.parent):
        for evidence in theorem.evidence:
            assert not isinstance(evidence, InCoq) or evidence.name in recorded, theorem.name


def test_support_is_read_from_coq(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    sharp = Theorem("separation.sharp", "", BENEFITS, [InCoq("separation_sharp")])
    network = Theorem("separation.sharp.network", "", BENEFITS, [InCoq("separation_sharp_network")])
    by_kernel = Theorem("separation.duality", "", BENEFITS, [Certified(lambda: None), InCoq("separation_duality")])
    found = {theorem.name: theorem.rests_on for theorem in coq.supported([sharp, network, by_kernel], folder)}
    assert found == {"separation.sharp": (), "separation.sharp.network": ("separation.sharp",), "separation.duality": ()}
    assert coq.best(by_kernel) == Grade.KERNEL


def test_a_theorem_from_a_certificate_is_stale_when_that_changes(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    shutil.copytree(FOLDER.parent, tmp_path, ignore=shutil.ignore_patterns("coq"), dirs_exist_ok=True)
    names = ("separation_sharp_from_core", "certified_separation_sharp_core")
    assert [coq.outcome(folder, name).verdict for name in names] == [Verdict.HOLDS] * 2
    path = Place(tmp_path, "separation.sharp.core").certificate
    path.write_bytes(path.read_bytes() + b" ")
    for name in names:
        outcome = coq.outcome(folder, name)
        assert outcome.verdict == Verdict.UNDECIDED and "separation.sharp.core" in outcome.detail
    assert coq.outcome(folder, "separation_sharp").verdict == Verdict.HOLDS
    assert coq.outcome(folder, "certified_sawtooth_map").verdict == Verdict.HOLDS


def test_every_certificate_is_a_theorem_of_coq() -> None:
    record = coq.recorded(FOLDER)
    assert record["claims"] == coq.claims(FOLDER)
    for name in record["claims"]:
        theorem = record["theorems"][f"certified_{coq_claim.identifier(name)}"]
        assert theorem["statement"] == f"meaning {coq_claim.identifier(name)}_claim" and theorem["claims"] == [name]


def test_a_certified_theorem_shows_its_theorem_of_coq() -> None:
    seen = run.see(FOLDER.parent, "sawtooth.map", again=False)
    assert [grade for grade, outcome in seen.outcomes if outcome.verdict == Verdict.HOLDS][:1] == [Grade.KERNEL]
    assert any(grade == Grade.COQ and "certified_sawtooth_map" in outcome.detail for grade, outcome in seen.outcomes)
    assert any(line.startswith("certified_sawtooth_map : meaning sawtooth_map_claim") for line in seen.checked)


def test_the_sharp_theorem_rests_on_its_core_by_proof() -> None:
    listed = {theorem.name: theorem for theorem in coq.supported(scripts(FOLDER.parent), FOLDER)}
    assert "separation.sharp.core" in listed["separation.sharp"].rests_on
    assert InCoq("certified_separation_sharp_core") in listed["separation.sharp.core"].evidence
    assert coq.recorded(FOLDER)["theorems"]["separation_sharp_from_core"]["claims"] == ["separation.sharp.core"]


def test_no_proof_is_admitted() -> None:
    for name in coq.sources(FOLDER):
        text = (FOLDER / name).read_text()
        assert not any(word in text.split() for word in ("Admitted.", "admit.", "Axiom", "Parameter", "Conjecture")), name
        assert text.count("\n") <= 400 or "Written by depthproof" in text.partition("*)")[0], name


def small(tmp_path: Path, **files: str) -> Path:
    """A development of two files, one of which imports the other, listed in the wrong order; and what prints."""
    folder = tmp_path / "small"
    texts = {
        "_CoqProject": "-R . Depthproof\nUpper.v\nLower.v\nstatements/Printed.v\n",
        "Lower.v": "Theorem one : 1 = 1. Proof. reflexivity. Qed.\n",
        "Upper.v": "From Depthproof Require Import Lower.\nTheorem two : 1 = 1. Proof. exact one. Qed.\n",
        "statements/Printed.v": "From Depthproof Require Import Upper.\nCheck two. Print Assumptions two.\n",
        "controls/three.v": "From Depthproof Require Import Lower.\nTheorem true_statement : 1 = 1.\nProof. exact one. Qed.\n"
        "Theorem false_statement : 1 = 2.\nProof. exact one. Qed.\n",
        **{name.replace("__", "/") + ".v": text for name, text in files.items()},
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


needs_coq = pytest.mark.skipif(coq_run.version() is None, reason="coqc is not installed")


@needs_coq
def test_files_are_compiled_after_those_that_they_import(tmp_path: Path) -> None:
    found = coq_run.compiled(small(tmp_path), tmp_path / "build")
    assert found == {"two": coq_run.CoqTheorem("1 = 1", ())}
    assert coq_run.uses(tmp_path / "build", ["one", "two"]) == {"one": [], "two": ["one"]}


@needs_coq
@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"controls__three": "Theorem false_statement : 1 = 1. Proof. reflexivity. Qed."}, "expected coqc to refuse this false statement"),
        ({"controls__three": "From Depthproof Require Import None.\nTheorem false_statement : 1 = 2."}, "refuse the false statement"),
        ({"Lower": "Theorem one : 1 = 2. Proof. reflexivity. Qed."}, "coqc: Lower.v"),
    ],
)
def test_what_does_not_compile_and_what_should_not_are_told_apart(tmp_path: Path, files: dict[str, str], said: str) -> None:
    with pytest.raises(Rejected, match=said):
        coq_run.compiled(small(tmp_path, **files), tmp_path / "build")


@needs_coq
def test_a_file_that_takes_too_long_is_undecided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coq_run, "SECONDS_A_FILE", 0.001)
    with pytest.raises(OverBudget, match=r"expected at most 0\.001 s"):
        coq_run.compiled(small(tmp_path), tmp_path / "build")
