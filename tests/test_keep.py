"""What proving leaves behind: whole or not at all, wherever it is stopped; nothing of a user's is lost, and what is replaced is said."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from verify import files, keep, theorem
from verify.cli import main
from verify.cli.theorems import proved
from verify.kernel.errors import BadInput
from verify.layout import Place

ROOT = Path(__file__).parent.parent
NETWORK = "pieces.skip.attained"  # its claim names a network
NAMES = ("sawtooth.map", "sawtooth.slide_step", NETWORK)
CASES = '''"""mine.cases — a test."""

from verify.theorem import Instances, Theorem, holds

THEOREM = Theorem(name="mine.cases", statement="1 = 1", source="mine", evidence=[Instances(lambda: holds("one case"))])
'''
Snapshot = dict[str, bytes]


@pytest.fixture
def proofs(tmp_path: Path) -> Path:
    """Four scripts, three of them with committed certificates."""
    return filled(tmp_path / "proofs")


def filled(folder: Path) -> Path:
    for name in NAMES:
        here, there = Place(ROOT / "proofs", name), Place(folder, name)
        there.section.mkdir(parents=True, exist_ok=True)
        for source, target in ((here.script, there.script), (here.claim, there.claim), (here.certificate, there.certificate)):
            shutil.copy(source, target)
    shutil.copytree(ROOT / "proofs" / "pieces" / "networks", folder / "pieces" / "networks")
    (folder / "mine").mkdir()
    (folder / "mine" / "cases.py").write_text(CASES)
    return folder


def snapshot(folder: Path) -> Snapshot:
    """All files by their paths, but for timings, and for what a killed writer left in hidden folders."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    shown = {name: path for name, path in found.items() if not any(part.startswith(".") for part in name.split("/"))}
    return {name: path.read_bytes() for name, path in shown.items() if not name.endswith(("timings.json", ".pyc"))}


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_a_folder_of_its_own(proofs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert run("prove", "--proofs", proofs, "--out", out) == 0
    shown = capsys.readouterr()
    assert f"{out}/theorems/index.html" in shown.out and shown.err == ""
    for name in NAMES:
        place = Place(out / "theorems", name)
        assert place.claim.read_bytes() == Place(proofs, name).claim.read_bytes()
        assert place.certificate.is_file() and place.record.is_file() and place.script.is_file()
    assert b"mine.cases" in (out / "theorems" / "index.html").read_bytes()
    claims = sorted((out / "theorems").glob("*/*.claim.json"))
    assert len(claims) == 3 and run("check", *claims) == 0
    assert run("appendix", "--from", out, "--out", tmp_path / "appendix", "--only", "html") == 0
    assert json.loads((out / "theorems" / "timings.json").read_bytes())["theorems"]["sawtooth.map"].keys() == {"seconds", "checking"}


def test_nothing_of_a_user_is_lost(proofs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--out .`, twice, in a folder with other things."""
    here = tmp_path / "here"
    (here / "theorems" / "sawtooth").mkdir(parents=True)
    own = {"thesis.tex": b"mine", "index.html": b"mine", "certificates/x.json": b"mine", "theorems/notes.txt": b"mine",
           "theorems/sawtooth/own.claim.json": b"mine"}  # fmt: skip
    for name, data in own.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_bytes(data)
    monkeypatch.chdir(here)
    for _ in range(2):
        assert run("prove", "--proofs", proofs, "--out", ".") == 0
        assert {name: data for name, data in snapshot(here).items() if name in own} == own
    assert not list(here.glob(".*"))


def test_what_is_left_of_a_theorem_that_is_gone_goes(proofs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert run("prove", "--proofs", proofs, "--out", out) == 0
    place = Place(out / "theorems", NETWORK)
    (place.section / "own.txt").write_text("mine")
    Place(proofs, NETWORK).script.unlink()
    capsys.readouterr()
    assert run("prove", "--proofs", proofs, "--out", out) == 0
    said = capsys.readouterr().err.splitlines()
    assert [path.name for path in place.section.rglob("*") if path.is_file()] == ["own.txt"]
    assert len(said) == 5 and all(line.endswith("is removed: nothing here needs it now") for line in said)
    changed = Place(out / "theorems", "sawtooth.map")
    changed.certificate.write_bytes(b"mine")
    Place(proofs, "sawtooth.map").script.unlink()
    assert run("prove", "--proofs", proofs, "--out", out) == 0
    assert changed.certificate.read_bytes() == b"mine" and not changed.record.exists()  # it is not what the record named


def test_one_theorem_is_regenerated_alone(proofs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("prove", "--proofs", proofs, "--regenerate") == 0
    before, state = snapshot(proofs), {path: path.stat().st_mtime_ns for path in proofs.rglob("*") if path.is_file()}
    assert run("prove", "sawtooth.map", "--proofs", proofs, "--regenerate") == 0
    assert snapshot(proofs) == before  # the same bytes again
    place = Place(proofs, "sawtooth.map")
    place.certificate.write_bytes(b"damaged")
    place.record.write_bytes(b"damaged")
    capsys.readouterr()
    assert run("prove", "sawtooth.map", "--proofs", proofs, "--regenerate") == 0
    assert snapshot(proofs) == before
    said = capsys.readouterr().err.splitlines()
    assert said == [f"depthproof: {path} is replaced: it held something else" for path in (place.certificate, place.record)]
    own = {place.claim, place.certificate, place.record, proofs / "timings.json"}
    for path, time in state.items():
        assert path in own or "__pycache__" in str(path) or path.stat().st_mtime_ns == time, path


def test_what_is_not_as_expected_leaves_what_was_there(proofs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("prove", "--proofs", proofs, "--record") == 0
    script = Place(proofs, "mine.cases").script
    script.write_text(CASES.replace('holds("one case")', 'undecided("too slow")').replace(", holds", ", undecided"))
    before = snapshot(proofs)
    capsys.readouterr()
    assert run("prove", "mine.cases", "--proofs", proofs, "--regenerate") == 3
    assert snapshot(proofs) == before
    assert "mine.cases: not as expected, so its files stay as they are" in capsys.readouterr().err


def test_editing_prose_stales_nothing_and_is_printed(proofs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("prove", "--proofs", proofs, "--record") == 0
    script = Place(proofs, "mine.cases").script
    script.write_text(script.read_text().replace("a test", "another test").replace('source="mine"', 'source="yours", note="Look here."'))
    before = snapshot(proofs)
    assert run("appendix", "--proofs", proofs, "--out", tmp_path / "appendix", "--only", "html") == 0
    assert capsys.readouterr().err.count("\n") <= 1  # that there is no button, where the checker's sources are others
    shown = (tmp_path / "appendix" / "appendix.html").read_text()
    assert "Look here." in shown and "yours" in shown
    assert run("prove", "--proofs", proofs, "--record") == 0 and snapshot(proofs) == before


# ---------- stopped anywhere ----------


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[keep.Finding]:
    """What is found of the four scripts."""
    proofs = filled(tmp_path_factory.mktemp("found") / "proofs")
    return proved(proofs, theorem.scripts(proofs))


def stopped(action: Callable[[], Any], at: int) -> bool:
    """Runs the action in a child that is killed at its `at`-th call of the system that Python tells of; whether it came so far."""
    child = os.fork()
    if child == 0:
        left = [at]

        def told(event: str, arguments: tuple[Any, ...]) -> None:
            if event.partition(".")[0] in ("open", "os", "shutil", "ctypes", "tempfile", "fcntl"):
                left[0] -= 1
                if left[0] == 0:
                    os._exit(9)

        sys.addaudithook(told)
        try:
            action()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


STEP = 7  # of 1, every call is tried


def killed_everywhere(folder: Path, action: Callable[[], Any], wholes: Sequence[str]) -> int:
    """Kills the action at one call after the other: each of these parts of the folder is the old one or the new one, whole."""
    old = snapshot(folder)
    kept = folder.parent / "kept"
    shutil.copytree(folder, kept)
    action()
    new, at = snapshot(folder), 0
    assert old != new
    while True:
        at += STEP
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)
        going = stopped(action, at)
        found = snapshot(folder)
        for part in wholes:
            states = [{name: data for name, data in state.items() if name.startswith(part)} for state in (found, old, new)]
            assert states[0] in states[1:], (at, part)
        if not going:
            return at
        if at % (10 * STEP) == 0:
            action()
            assert snapshot(folder) == new and not list(folder.rglob(".depthproof-*")), at


def spoiled(folder: Path) -> None:
    for name in NAMES:
        place = Place(folder, name)
        place.certificate.write_bytes(b"old")
        place.record.write_bytes(b"old")
    (folder / "sawtooth" / "own.txt").write_bytes(b"mine")


def test_killed_at_any_call_a_section_is_old_or_new(proofs: Path, found: list[keep.Finding]) -> None:
    spoiled(proofs)
    points = killed_everywhere(proofs, lambda: list(keep.beside(found, proofs, True)), ("sawtooth/", "pieces/", "mine/"))
    assert points > 100


def test_killed_at_any_call_a_folder_is_old_or_new(proofs: Path, tmp_path: Path, found: list[keep.Finding]) -> None:
    out = tmp_path / "out"
    list(keep.apart(found, proofs, out / "theorems", True, lambda whole: b"page"))
    spoiled(out / "theorems")
    again: Callable[[], Iterator[str]] = lambda: list(keep.apart(found, proofs, out / "theorems", True, lambda whole: b"new page"))  # type: ignore[assignment,return-value]  # noqa: E731
    assert killed_everywhere(out, again, ("",)) > 100


@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_full_disk_leaves_what_was_there(
    proofs: Path, found: list[keep.Finding], monkeypatch: pytest.MonkeyPatch, in_one_step: bool
) -> None:
    spoiled(proofs)
    before, write = snapshot(proofs), files._write
    if not in_one_step:
        monkeypatch.setattr(files, "_in_one_step", lambda one, other: False)
    for last in range(4):
        left = [last]

        def full(place: Path, data: bytes, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0:
                place.write_bytes(data[:10])
                raise OSError(28, "No space left on device")
            write(place, data)

        monkeypatch.setattr(files, "_write", full)
        with pytest.raises(BadInput, match="cannot be written: no space left on device"):
            list(keep.beside([it for it in found if it.name.startswith("sawtooth")], proofs, False))
        assert snapshot(proofs) == before and not list(proofs.rglob(".depthproof-*"))
    monkeypatch.setattr(files, "_write", write)
    list(keep.beside(found, proofs, True))
    assert (proofs / "sawtooth" / "own.txt").read_bytes() == b"mine" and Place(proofs, "sawtooth.map").record.read_bytes() != b"old"
    assert not list(proofs.glob(".*"))


def test_what_was_taken_from_its_place_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "x").write_text("old")
    folder.rename(tmp_path / ".a.old")
    files.exchange(folder, {"y": b"new"})
    assert (folder / "x").read_text() == "old" and (folder / "y").read_text() == "new" and not list(tmp_path.glob(".*"))
