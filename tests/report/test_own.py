"""A user's own certificates: their appendix, their bundle, and both checked again."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from verify.cli import main

CLAIMS = {
    "low": {"forall": {"box": [["0", "1"]], "holds": "f <= 1"}},
    "steep": {"forall": {"for": ["x", "y"], "box": [["0", "1"]] * 2, "holds": "abs(f(x) - f(y)) <= 2*abs(x - y)"}},
    "lower": {"forall": {"box": [["0", "1"]], "holds": "f < 0.5"}},
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two claims that hold and one that is refuted, as `claim --certificate` leaves them."""
    folder = tmp_path_factory.mktemp("hers")
    for name, statement in CLAIMS.items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps({"format": "claim/1", "networks": {"f": "tent"}, "statement": statement}))
        assert main(["claim", str(path), "--certificate", str(folder / "certified")]) in (0, 10)
    return folder / "certified"


@pytest.fixture(scope="module")
def zipped(own: Path) -> Path:
    assert main(["bundle", str(own.parent / "own.zip"), "--from", str(own)]) == 0
    return own.parent / "own.zip"


def test_the_appendix_is_hers_alone(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["appendix", "--out", str(tmp_path), "--from", str(own), "--only", "html", "--only", "tex"]) == 0
    page, tex = (tmp_path / "appendix.html").read_text(), (tmp_path / "appendix.tex").read_text()
    body = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    assert f"python3 -I -S verify/kernel/__main__.py {own}" in body and "proofs/*/" not in body + tex
    assert body.count("<h3") == 3 and f"3 claims in {own}" in body
    for theirs in ("sawtooth", "frontier", "Errata", "Tables and pictures", "coqc", "slide"):
        assert theirs not in body, theirs
    assert "f_a is f(x)" in re.sub(r"<[^>]*>", "", body.replace("<sub>", "_"))
    assert "U+" not in tex and "u\\{000a" not in tex and "000a" not in body


def test_words_of_the_theorems_are_all_set(tmp_path: Path) -> None:
    assert main(["appendix", "--out", str(tmp_path), "--only", "tex", "--errata"]) == 0
    assert "U+" not in (tmp_path / "errata.tex").read_text()


def test_check_takes_the_bundle(zipped: Path, own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As it is, or unpacked: the same lines, and a verdict at the end."""
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(tmp_path)
    said = []
    for path in (zipped, tmp_path):
        assert main(["check", str(path)]) == 0
        said.append(capsys.readouterr().out.replace(str(path), "IT"))
    assert said[0] == said[1] and "/tmp" not in said[0]
    assert said[0].startswith("IT: every file is as the bundle's manifest says\nHOLDS ") and said[0].count("HOLDS ") == 3
    assert said[0].endswith("hashes\nverdict: holds: every certificate shows its claim\n")
    done = subprocess.run([sys.executable, "-I", "-S", str(tmp_path / "check.py")], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.endswith("\nverdict: holds\n")


CHANGES = {
    "claims/low.claim.json": (b'"f <= 1"', b'"f <= 2"', "ALTERED IT: claims/low.claim.json is not the file of the manifest"),
    "README.txt": (b"depthproof", b"Depthproof", "ALTERED IT: README.txt is not the file of the manifest"),
    "claims/steep.derived.json": (b"f(y)", b"f(x)", "REJECTED IT/claims/steep.derived.json: f_b: the claim's network is not f(x)"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_altered_is_told(zipped: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    before, after, words = CHANGES[name]
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(tmp_path / "it")
    place = tmp_path / "it" / name
    place.write_bytes(place.read_bytes().replace(before, after).replace(b"f <= 1", b"f <= 2"))
    packed = Path(shutil.make_archive(str(tmp_path / "again"), "zip", tmp_path / "it"))
    for path in (packed, tmp_path / "it"):
        assert main(["check", str(path)]) == 10
        out = capsys.readouterr().out.replace(str(path), "IT")
        assert words in out and out.splitlines()[-1].startswith("verdict: rejected: ")
    done = subprocess.run([sys.executable, "-I", "-S", str(tmp_path / "it" / "check.py")], capture_output=True, text=True)
    assert done.returncode == 10 and done.stdout.endswith("\nverdict: rejected\n")


def test_a_missing_and_an_added_file(zipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "README.txt").rename(tmp_path / "READ.txt")
    assert main(["check", str(tmp_path)]) == 10
    out = capsys.readouterr().out
    assert "READ.txt is not in the manifest" in out and "README.txt is missing" in out


def members(path: Path, **named: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in named.items():
            archive.writestr(name.replace("__", "/").replace("UP", ".."), data)
    return path


def test_zip_files_that_are_no_bundles(tmp_path: Path, zipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = tmp_path / "evil"
    for path, code, words in (
        (members(tmp_path / "a.zip", UP__evil=b"x"), 2, 'expected names of files in the bundle, found "../evil"'),
        (members(tmp_path / "b.zip", other=b"x"), 2, "expected a bundle with its manifest.json, found another zip file"),
        (members(tmp_path / "c.zip", **{"manifest.json": b"{}"}), 2, "manifest.json: expected an object"),
        (members(tmp_path / "d.zip", **{f"n{n}": bytes(30_000_000) for n in range(14)}), 3, "bytes when unpacked"),
    ):
        assert main(["check", str(path)]) == code
        out = capsys.readouterr().out
        assert words in out and out.count("\n") == 2 and not outside.exists()
    short = tmp_path / "e.zip"
    short.write_bytes(zipped.read_bytes()[:5000])
    assert main(["check", str(short)]) == 2 and "cannot be unpacked" in capsys.readouterr().out


def test_where_there_is_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["bundle", str(tmp_path / "x.zip")], ["appendix", "--out", str(tmp_path / "x")]):
        assert main([*command, "--from", str(tmp_path)]) == 2
        assert "expected NAME.claim.json, as depthproof claim --certificate writes it" in capsys.readouterr().err


def test_what_does_not_stand_is_said(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(own, tmp_path / "hers")
    (tmp_path / "hers" / "low.certificate.json").unlink()
    assert main(["appendix", "--out", str(tmp_path / "out"), "--from", str(tmp_path / "hers"), "--only", "html"]) == 10
    assert "low: there is no low.certificate.json" in capsys.readouterr().err
    assert main(["bundle", str(tmp_path / "it.zip"), "--from", str(tmp_path / "hers")]) == 10
    with zipfile.ZipFile(tmp_path / "it.zip") as archive:
        assert not any("low." in name for name in archive.namelist())


OLD = sorted((Path.home() / ".pyenv" / "versions").glob("3.[89].*/bin/python"))


@pytest.mark.skipif(not OLD, reason="no older Python is here")
def test_an_older_python_gets_one_line(zipped: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(tmp_path)
    for python in OLD:
        for program in ("check.py", "kernel/__main__.py"):
            done = subprocess.run([str(python), "-I", "-S", str(tmp_path / program)], capture_output=True, text=True, cwd=tmp_path)
            lines = (done.stdout + done.stderr).splitlines()
            assert lines == ["expected Python 3.11 or newer"] and done.returncode not in (0, 10)
