"""Two checkers: what is graded KERNEL, what CHECKED, and what is said where they disagree."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from verify import checkers
from verify.checkers import CERTIFICATE, CLAIM, Disagreement
from verify.kernel.errors import DepthproofError, Rejected
from verify.layout import RECORD, Place, places
from verify.record import Record, read
from verify.theorem import Grade

ROOT = Path(__file__).parent.parent
PROOFS = ROOT / "proofs"
STEM = "sawtooth.map"


@pytest.fixture
def files() -> dict[str, bytes]:
    place = Place(PROOFS, STEM)
    return {STEM + CLAIM: place.claim.read_bytes(), STEM + CERTIFICATE: place.certificate.read_bytes()}


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without depthcheck."""
    monkeypatch.setattr(checkers, "proved", lambda: None)


def recorded(folder: Path, files: Mapping[str, bytes], sources: str = "") -> Path:
    """Proofs with a record of these files, for the sources of the checker as they are there, or for others."""
    claim, certificate = (sha256(files[STEM + ending]).hexdigest() for ending in (CLAIM, CERTIFICATE))
    (folder / "coq" / "checker").mkdir(parents=True)
    (folder / "coq" / "checker" / "CheckSound.v").write_text("Theorem check_sound.")
    place = Place(folder, STEM)
    place.section.mkdir()
    place.record.write_bytes(Record(STEM, "it", "0" * 64, claim, certificate, sources or checkers.sources(folder)).data)
    return folder


def says(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """A depthcheck that says this."""
    program = folder / "depthcheck"
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' {text}\n")
    program.chmod(0o755)
    monkeypatch.setattr(checkers, "proved", lambda: (str(program),))


@pytest.mark.usefixtures("alone")
def test_without_the_second_checker(files: dict[str, bytes], tmp_path: Path) -> None:
    grade, lines = checkers.grade(STEM, files)
    assert grade == Grade.CHECKED and lines[0] == f'HOLDS "{STEM}"'
    assert "not built here" in checkers.words(grade)
    assert checkers.accepting(grade) == "the Python kernel alone"
    grade, _ = checkers.grade(STEM, files, recorded(tmp_path, files))
    assert grade == Grade.KERNEL and "as recorded" in checkers.accepting(grade)


@pytest.mark.usefixtures("alone")
def test_a_record_is_for_these_files_and_these_sources(files: dict[str, bytes], tmp_path: Path) -> None:
    folder = recorded(tmp_path / "a", files)
    (folder / "coq" / "checker" / "CheckSound.v").write_text("Axiom check_sound.")
    assert checkers.grade(STEM, files, folder)[0] == Grade.CHECKED
    folder = recorded(tmp_path / "b", files, sources="0" * 64)
    assert checkers.grade(STEM, files, folder)[0] == Grade.CHECKED
    folder = recorded(tmp_path / "c", {**files, STEM + CLAIM: b"another"})
    assert checkers.grade(STEM, files, folder)[0] == Grade.CHECKED
    for damage in (b"", b"[]", b"{}", b'{"format": "record/1", "depthcheck": 1}', b"\xff"):
        Place(folder, STEM).record.write_bytes(damage)
        assert checkers.grade(STEM, files, folder)[0] == Grade.CHECKED


@pytest.mark.usefixtures("alone")
def test_where_there_are_no_sources_a_record_counts_for_nothing(files: dict[str, bytes], tmp_path: Path) -> None:
    folder = recorded(tmp_path, files)
    shutil.rmtree(folder / "coq")
    path = Place(folder, STEM).record
    value = json.loads(path.read_text())
    for forged in ("", checkers.sources(folder), sha256(b"").hexdigest()):
        path.write_text(json.dumps(value | {"depthcheck": forged}))
        assert checkers.grade(STEM, files, folder)[0] == Grade.CHECKED


def test_a_program_from_elsewhere_or_of_other_sources_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "depthcheck"
    program.write_text("#!/bin/sh\necho HOLDS\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(checkers, "BUILT", tmp_path / "build")
    assert checkers.proved() is None
    monkeypatch.setattr(checkers, "BUILT", tmp_path)
    assert checkers.proved() is None
    (tmp_path / "sources").write_text("0" * 64 + "\n")
    assert checkers.proved() is None
    (tmp_path / "sources").write_text(checkers.sources(PROOFS) + "\n")
    assert checkers.proved() == (str(program),)


def test_what_costs_the_second_one_too_much_is_checked_by_the_first(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(tmp_path, monkeypatch, "'OVER BUDGET claim: too long'")
    assert checkers.grade(STEM, files, PROOFS)[0] == Grade.CHECKED
    (tmp_path / "depthcheck").write_text("#!/bin/sh\nkill -9 $$\n")
    assert checkers.grade(STEM, files, PROOFS)[0] == Grade.CHECKED


def test_a_checker_that_says_something_else_is_no_second_one(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("'REJECTED no'", f"'HOLDS \"{STEM}\"'", "'HOLDS \"another\"' '  proved g: 0 < 0'"):
        says(tmp_path, monkeypatch, text)
        with pytest.raises(Disagreement, match="the checkers disagree") as error:
            checkers.grade(STEM, files, PROOFS)
        assert error.value.exit_code == 4


def test_the_report_asks_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "certificates"
    folder.mkdir()
    for path in (Place(PROOFS, STEM).claim, Place(PROOFS, STEM).certificate):
        shutil.copy(path, folder)
    lines: list[str] = []
    says(tmp_path, monkeypatch, "'REJECTED no'")
    assert checkers.report([str(folder)], lines.append) == 4 and "the checkers disagree" in lines[-1]
    monkeypatch.setattr(checkers, "proved", lambda: None)
    assert checkers.report([str(folder)], lines.append) == 0 and "not built here" in lines[-1]


def test_what_is_rejected_is_graded_by_nobody(files: dict[str, bytes]) -> None:
    other = files[STEM + CERTIFICATE].replace(b'"leaf"', b'"cut"', 1)
    with pytest.raises(DepthproofError):
        checkers.grade(STEM, files | {STEM + CERTIFICATE: other}, PROOFS)


@pytest.mark.skipif(checkers.proved() is None, reason="depthcheck is not built: make checker")
def test_both_accept_what_is_committed() -> None:
    claims = [place.claim for place in places(PROOFS, CLAIM)]
    command = checkers.proved()
    assert command is not None and len(claims) >= 33
    assert checkers.says(command, claims) == checkers.says(checkers.PYTHON, claims)


def test_the_records_are_of_today() -> None:
    """Every record of a certificate names the sources of the checker as they are."""
    now = checkers.sources(PROOFS)
    for place in places(PROOFS, CLAIM):
        found = read(place.record, place.name)
        assert found.accepts(place.claim.read_bytes(), place.certificate.read_bytes(), now), place.name


def test_what_depthcheck_accepts_is_put_into_the_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(PROOFS / "sawtooth", tmp_path / "sawtooth")
    place, others = Place(tmp_path, STEM), [it.record for it in places(tmp_path, RECORD) if it.name != STEM]
    before = {path: path.read_bytes() for path in others}
    good = read(place.record, STEM)
    place.record.write_bytes(replace(good, depthcheck="0" * 64).data)
    monkeypatch.setattr(checkers, "proved", lambda: checkers.PYTHON)
    monkeypatch.setattr(checkers, "sources", lambda proofs: good.depthcheck)
    assert checkers.record(tmp_path) == len(places(tmp_path, CLAIM))
    assert read(place.record, STEM) == good and {path: path.read_bytes() for path in others} == before
    place.record.write_bytes(replace(good, claim="0" * 64).data)
    with pytest.raises(Rejected, match="the record names other files"):
        checkers.record(tmp_path)


def test_a_rule_that_the_second_one_does_not_know(files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = 'MALFORMED claim: item 0: proof 0 ("new"): expected one of the rules with its arguments, found "new"'
    says(tmp_path, monkeypatch, f"'{words}'")
    with pytest.raises(Disagreement):
        checkers.grade(STEM, files, PROOFS)
    monkeypatch.setattr(checkers, "UNPROVED", ("new",))
    assert checkers.grade(STEM, files, PROOFS)[0] == Grade.CHECKED
    assert not checkers.differs(["HOLDS it"], [words]) and checkers.differs(["HOLDS it"], [words + " or more"])
    said: list[str] = []
    assert checkers.report([str(Place(PROOFS, STEM).claim)], said.append) == 0
    assert "does not know a rule that 1 of them use (new)" in said[-1]
