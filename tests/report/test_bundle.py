"""The bundle: the same bytes twice; checked on a bare Python; altered, missing and added files are told."""

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from verify.cli import main
from verify.report.recheck import Sources


@pytest.fixture(scope="module")
def zipped(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    for name in ("one.zip", "two.zip"):
        assert main(["bundle", str(folder / name), "--proofs", str(whole)]) == 0
    assert (folder / "one.zip").read_bytes() == (folder / "two.zip").read_bytes()
    return folder / "one.zip"


@pytest.fixture
def unpacked(zipped: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "a folder" / "b"
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(folder)
    return folder


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", "-S", str(folder / "check.py")], cwd=folder.parent, capture_output=True, text=True)


def test_it_checks_itself(unpacked: Path) -> None:
    for _ in range(2):
        done = check(unpacked)
        assert done.returncode == 0 and done.stdout.count("HOLDS") == 5 and "ALTERED" not in done.stdout, done.stdout + done.stderr


def test_manifest_statement_crate_and_citation(unpacked: Path) -> None:
    listed = json.loads((unpacked / "manifest.json").read_text())["files"]
    files = {str(path.relative_to(unpacked)): path.read_bytes() for path in unpacked.rglob("*") if path.is_file()}
    assert {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name not in ("manifest.json", "statement.json")
    } == listed
    statement = json.loads(files["statement.json"])
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert {item["name"]: item["digest"]["sha256"] for item in statement["subject"]} == listed
    assert len(statement["predicate"]["passedTests"]) == 5
    crate = json.loads(files["ro-crate-metadata.json"])
    nodes = {node["@id"]: node for node in crate["@graph"]}
    assert nodes["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert {part["@id"] for part in nodes["./"]["hasPart"]} == set(listed) - {"ro-crate-metadata.json"} <= set(nodes)
    assert b"cff-version" in files["CITATION.cff"] and files["README.txt"].count(b"\n") == 7
    assert not any(b"/work" in data or b"/tmp" in data for data in files.values())


@pytest.mark.parametrize(
    "name", ["claims/network.pieces.claim.json", "claims/sawtooth.map.certificate.json", "kernel/check.py", "README.txt"]
)
def test_an_altered_file_is_told(unpacked: Path, name: str) -> None:
    with (unpacked / name).open("ab") as file:
        file.write(b"\n")
    done = check(unpacked)
    assert done.returncode != 0 and f"ALTERED {name} is not the file of the manifest" in done.stdout


def test_a_missing_and_an_added_file_are_told(unpacked: Path) -> None:
    (unpacked / "theorems.json").unlink()
    (unpacked / "claims" / "new.txt").write_text("")
    done = check(unpacked)
    assert done.returncode == 10
    assert "ALTERED claims/new.txt is not in the manifest" in done.stdout and "ALTERED theorems.json is missing" in done.stdout


def test_what_does_not_stand_is_left_out(sources: Sources, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources.place("sawtooth.map").certificate.write_bytes(b"{}")
    assert main(["bundle", str(tmp_path / "x.zip"), "--proofs", str(sources.proofs)]) == 2
    assert "sawtooth.map: " in capsys.readouterr().err
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert "claims/sawtooth.map.claim.json" not in archive.namelist() and "claims/sawtooth.identity.claim.json" in archive.namelist()
