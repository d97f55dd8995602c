"""Two checkers: what is graded KERNEL, what CHECKED, and what is said where they disagree."""

import json
import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from verify import checkers
from verify.checkers import CERTIFICATE, CLAIM, Disagreement
from verify.kernel.errors import DepthproofError
from verify.theorem import Grade

ROOT = Path(__file__).parent.parent
PROOFS = ROOT / "proofs"
STEM = "sawtooth.map"


@pytest.fixture
def files() -> dict[str, bytes]:
    certificates = PROOFS / "certificates"
    return {STEM + ending: (certificates / (STEM + ending)).read_bytes() for ending in (CLAIM, CERTIFICATE)}


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without depthcheck."""
    monkeypatch.setattr(checkers, "proved", lambda: None)


def recorded(folder: Path, files: Mapping[str, bytes], sources: str = "") -> Path:
    """Proofs with a record of these files, for the sources of the checker as they are there, or for others."""
    claim, certificate = (sha256(files[STEM + ending]).hexdigest() for ending in (CLAIM, CERTIFICATE))
    (folder / "coq" / "checker").mkdir(parents=True)
    (folder / "coq" / "checker" / "Check.v").write_text("Theorem check_sound.")
    value = {"format": checkers.FORMAT, "sources": sources or checkers.sources(folder), "certificates": {certificate: claim}}
    (folder / checkers.RECORD).write_text(json.dumps(value))
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
    assert checkers.grade(STEM, files, recorded(tmp_path, files))[0] == Grade.KERNEL


@pytest.mark.usefixtures("alone")
def test_a_record_is_for_these_files_and_these_sources(files: dict[str, bytes], tmp_path: Path) -> None:
    folder = recorded(tmp_path / "a", files)
    (folder / "coq" / "checker" / "Check.v").write_text("Axiom check_sound.")
    assert checkers.grade(STEM, files, folder)[0] == Grade.CHECKED
    folder = recorded(tmp_path / "b", files, sources="0" * 64)
    assert checkers.grade(STEM, files, folder)[0] == Grade.CHECKED
    folder = recorded(tmp_path / "c", {**files, STEM + CLAIM: b"another"})
    assert checkers.grade(STEM, files, folder)[0] == Grade.CHECKED
    for damage in (b"", b"[]", b"{}", b'{"format": "accepted/1", "sources": 1, "certificates": []}', b"\xff"):
        (folder / checkers.RECORD).write_bytes(damage)
        assert checkers.grade(STEM, files, folder)[0] == Grade.CHECKED


def test_a_checker_that_says_something_else_is_no_second_one(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("'REJECTED no'", f"'HOLDS \"{STEM}\"'", "''", "'HOLDS \"another\"' '  proved g: 0 < 0'"):
        says(tmp_path, monkeypatch, text)
        with pytest.raises(Disagreement, match="the checkers disagree") as error:
            checkers.grade(STEM, files, PROOFS)
        assert error.value.exit_code == 4


def test_the_report_asks_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "certificates"
    folder.mkdir()
    for ending in (CLAIM, CERTIFICATE):
        shutil.copy(PROOFS / "certificates" / (STEM + ending), folder)
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
    claims = sorted((PROOFS / "certificates").glob(f"*{CLAIM}"))
    command = checkers.proved()
    assert command is not None and len(claims) >= 33
    assert checkers.says(command, claims) == checkers.says(checkers.PYTHON, claims)


def test_the_record_is_of_today() -> None:
    """The record names the sources as they are, and every committed certificate."""
    found = checkers.accepted(PROOFS)
    for claim in (PROOFS / "certificates").glob(f"*{CLAIM}"):
        certificate = claim.with_name(claim.name.removesuffix(CLAIM) + CERTIFICATE).read_bytes()
        assert found[sha256(certificate).hexdigest()] == sha256(claim.read_bytes()).hexdigest(), claim.name
