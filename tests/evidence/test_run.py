"""Running a theorem's evidence: a committed certificate spares the search only for the very claim, and only if the kernel accepts it."""

import json
import shutil
from pathlib import Path

import pytest

from verify.evidence import run
from verify.keep import TIMINGS
from verify.kernel.errors import BadInput
from verify.layout import Place
from verify.theorem import Grade, Verdict, script

PROOFS = Path(__file__).parent.parent.parent / "proofs"
NAME = "pieces.sum.local"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here, there = Place(PROOFS, NAME), Place(tmp_path, NAME)
    there.section.mkdir()
    for source, target in ((here.script, there.script), (here.claim, there.claim), (here.certificate, there.certificate)):
        shutil.copy(source, target)
    return tmp_path


def kernel_outcome(folder: Path, again: bool) -> Verdict:
    return next(outcome.verdict for grade, outcome in run.see(folder, NAME, again).outcomes if grade in (Grade.KERNEL, Grade.CHECKED))


def test_the_committed_certificate_is_rechecked_without_a_search(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from verify.search import proving

    def searched(*arguments: object) -> None:
        raise AssertionError("a search")

    monkeypatch.setattr(proving, "certified", searched)
    assert kernel_outcome(folder, again=False) == Verdict.HOLDS
    assert kernel_outcome(folder, again=True) == Verdict.UNDECIDED


def test_a_damaged_certificate_or_another_claim_means_a_search(folder: Path) -> None:
    certificate = Place(folder, NAME).certificate
    good = certificate.read_bytes()
    certificate.write_bytes(good.replace(b'"leaf"', b'"cut"'))
    seen = run.see(folder, NAME, again=False)
    assert kernel_outcome(folder, again=False) == Verdict.HOLDS and seen.files[f"{NAME}.certificate.json"] == good
    certificate.write_bytes(good)
    claim = Place(folder, NAME).claim
    claim.write_bytes(claim.read_bytes() + b"\n")
    assert kernel_outcome(folder, again=False) == Verdict.HOLDS


def test_short_theorems_share_a_process_also_those_that_take_no_time(tmp_path: Path) -> None:
    seconds = {"a.long": 7.0, "a.half": 3.0, "b.half": 2.0, "a.none": 0.0, "b.none": 0.0}
    took = {name: {"seconds": it} for name, it in seconds.items()}
    (tmp_path / TIMINGS).write_text(json.dumps({"versions": {}, "theorems": took}))
    assert run._groups(tmp_path, list(seconds), again=False) == [["a.long"], ["a.half", "b.half", "a.none", "b.none"]]
    assert run._groups(tmp_path, ["a.none", "b.none"], again=False) == [["a.none", "b.none"]]
    assert run._groups(tmp_path, ["a.unknown", "a.none"], again=False) == [["a.unknown", "a.none"]]
    assert run._groups(tmp_path, ["a.none", "b.none"], again=True) == [["a.none"], ["b.none"]]  # a search is alone in its process


def test_a_script_that_writes_no_claim_is_bad_input(tmp_path: Path) -> None:
    """A misspelt definition is no evidence that is undecided: the other evidence does not hide it."""
    place = Place(tmp_path, "pieces.lecture.recurrence")
    place.section.mkdir()
    source = Place(PROOFS, place.name).script.read_text()
    place.script.write_text(source.replace('library("pow2")', 'library("pow3")'))
    with pytest.raises(BadInput, match=r'lecture.recurrence: library: .*found "pow3"; did you mean pow2\?'):
        list(run.prove_all(tmp_path, [script(place.script)]))
