"""--solver: what solvers say beside the kernel; a contradiction is our own fault, with both sides kept."""

import json
from pathlib import Path

import pytest
import z3

from verify.claim import Claim
from verify.cli import main
from verify.cli.solvers import asked_beside
from verify.evidence import confirm, cross
from verify.evidence.confirm import Opinion
from verify.evidence.judge import Work
from verify.files import file_name
from verify.search import prove
from verify.theorem import Outcome, Verdict

CLAIMS = Path(__file__).parent.parent / "claims"
WRONG = Opinion(Outcome(Verdict.REFUTED, "claim is false at x = 0"), (Work("z3", "0", 1, 1),), ("(check-sat)\n",))
needs_cvc5 = pytest.mark.skipif(cross.version() is None, reason="wants cvc5: install the extra cross")


def test_pieces(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pieces", "sawtooth:2", "--solver", "z3"]) == 0
    said = capsys.readouterr().out
    assert "claim        pieces = 4\nkernel       HOLDS: certificate of " in said
    assert f"z3 {z3.get_version_string()}     HOLDS: unsat to " in said


@pytest.mark.parametrize(("norm", "claim"), [("l1", "integral = 1/4"), ("sup", "maximum = 1/2")])
def test_distance(norm: str, claim: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["distance", "sawtooth:2", "constant:1/2", "--norm", norm, "--solver", "z3", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["kernel"], [it["verdict"] for it in found["solvers"]]) == ("HOLDS", ["HOLDS"])
    assert main(["distance", "sawtooth:2", "constant:1/2", "--norm", norm, "--solver", "z3"]) == 0
    assert f"claim        {claim}\n" in capsys.readouterr().out


@needs_cvc5
def test_a_refuted_claim(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["claim", str(CLAIMS / "below_one.json")])
    assert main(["claim", str(CLAIMS / "below_one.json"), "--solver", "both"]) == code != 0
    said = capsys.readouterr().out
    assert said.count("REFUTED: unsat to") == 2 and "claim is false at x = 1/8, f = 1" in said


def test_the_questions_are_files_that_can_be_asked_again(tmp_path: Path) -> None:
    assert main(["pieces", "sawtooth:2", "--solver", "z3", "--questions", str(tmp_path)]) == 0
    files = sorted(tmp_path.iterdir())
    assert len(files) > 10
    for path in files:
        solver = z3.Solver()
        solver.add(z3.parse_smt2_string(path.read_text()))
        assert solver.check() == z3.unsat, path


def test_a_contradiction_is_a_fault_and_both_sides_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(confirm, "opinion", lambda claim, effort: WRONG)
    assert main(["pieces", "sawtooth:2", "--solver", "z3"]) == 4
    said = capsys.readouterr()
    assert "a contradiction: the kernel says HOLDS" in said.err
    kept = {path.name for path in (tmp_path / f"{file_name('sawtooth:2')}.disagreement").iterdir()}
    assert kept == {"asked.claim.json", "kernel.claim.json", "kernel.certificate.json", "networks", "question-0001.smt2"}


def test_a_refuted_claim_that_a_solver_confirms_is_one_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    holds = Opinion(Outcome(Verdict.HOLDS, ""), (Work("z3", "0", 1, 1),), ())
    monkeypatch.setattr(confirm, "opinion", lambda claim, effort: holds)
    claim = Claim.from_file(CLAIMS / "below_one.json")
    found = asked_beside(claim, prove(claim), "z3", None, 60)
    assert found.contradicts and "the kernel says REFUTED" in found.lines[-1]
    assert (tmp_path / "below_one.disagreement" / "kernel.claim.json").exists()


def test_no_solver_is_asked_in_the_plane(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pieces", "max:2", "--solver", "z3"]) == 2
    assert "expected one input with --solver" in capsys.readouterr().err


def test_a_missing_solver_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(cross, "version", lambda: None)
    assert main(["pieces", "tent", "--solver", "cvc5"]) == 2
    assert "cvc5 is not installed: pip install" in capsys.readouterr().err
