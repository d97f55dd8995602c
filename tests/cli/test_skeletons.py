"""Skeletons: what `init` writes passes at once, by the very commands of its workflow; nothing that is
there is overwritten."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from verify.cli import main
from verify.cli.skeletons import COMMANDS, FILES, KINDS, WORKFLOW

ROOT = Path(__file__).parents[2]


def steps(workflow: Path) -> list[str]:
    """The commands of a workflow, without what sets up the machine."""
    lines = [line.strip() for line in workflow.read_text().splitlines()]
    found = [line.removeprefix("- run: ") for line in lines if line.startswith("- run: ")]
    assert found[0] == "python -m pip install depthproof pytest"
    return found[1:]


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which `depthproof` and `python` are this checkout's."""
    folder = tmp_path_factory.mktemp("programs")
    for name, more in (("depthproof", "-m verify"), ("python", "")):
        (folder / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {more} "$@"\n')
        (folder / name).chmod(0o755)
    path = os.pathsep.join([str(folder), os.environ["PATH"]])
    return os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_passes_at_once(
    kind: str, tmp_path: Path, programs: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    assert main(["init", kind, str(folder)]) == 0
    said = capsys.readouterr()
    assert said.err == "" and said.out.endswith(f"next, in {folder}: {'; '.join(COMMANDS[kind])}\n")
    commands = steps(folder / WORKFLOW)
    assert commands == list(COMMANDS[kind])
    for command in commands:
        done = subprocess.run(
            command.split(), cwd=folder, env=programs, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def test_a_skeleton_of_a_paper_fails_where_its_network_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "paper", str(tmp_path)]) == 0
    paper = str(tmp_path / "paper.tex")
    assert main(["paper-check", paper]) == 0
    network = tmp_path / "claims" / "networks" / "mine.json"
    network.write_text(network.read_text().replace('"-1/2"', '"-1/3"', 1))
    capsys.readouterr()
    assert main(["paper-check", paper]) == 10
    out = capsys.readouterr().out
    line = next(
        i for i, text in enumerate(Path(paper).read_text().splitlines(), 1) if "{pieces}" in text
    )
    assert (
        f"{paper}:{line}:1: pieces is stale: the claim, or a network that it names, is another one"
        in out
    )


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "paper.tex").write_text("mine")
    assert main(["init", "paper", str(tmp_path)]) == 0
    assert capsys.readouterr().err == "depthproof: kept as they were: paper.tex\n"
    assert (tmp_path / "paper.tex").read_text() == "mine"
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert main(["init", "paper", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert said.err.count("\n") == 1 and all(name in said.err for name in FILES["paper"])
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_where_nothing_can_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["init", "tests", str(tmp_path / "file" / "x")]) == 2
    error = capsys.readouterr().err
    assert "cannot be written" in error and error.count("\n") == 1
    assert main(["init", "poem", str(tmp_path)]) == 2


def test_claims_say_their_schema_and_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    assert main(["init", "paper", str(tmp_path)]) == 0
    for file in (tmp_path / "claims").glob("*.json"):
        claim = json.loads(file.read_text())
        schema = json.loads((file.parent / claim["$schema"]).read_text())
        jsonschema.validate(claim, schema)


def test_what_a_killed_run_left_is_certified(tmp_path: Path) -> None:
    """Certificates that are missing, of files that are as the skeleton has them, are found by another run."""
    assert main(["init", "paper", str(tmp_path)]) == 0
    made = [*(tmp_path / "certified").glob("*.json"), *(tmp_path / "proofs" / "example").glob("*.json")]
    assert len(made) >= 6
    for path in made:
        path.unlink()
    own = tmp_path / "claims" / "below_one.json"
    own.write_text(own.read_text().replace("below", "b"))
    own.write_bytes(own.read_bytes() + b" ")
    assert main(["init", "paper", str(tmp_path)]) == 0
    kept = {path for path in made if path.name.startswith("below_one")}
    assert kept and {path for path in made if not path.exists()} == kept
