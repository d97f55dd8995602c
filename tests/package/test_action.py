"""The action and the hooks that others put into their repositories: their own commands, run as their
files say, on a repository that has certificates."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from verify.cli import main

yaml = pytest.importorskip("yaml", reason="wants the package pyyaml")
ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository") / "a repository"
    assert main(["init", "paper", str(folder)]) == 0
    return folder


@pytest.fixture
def repository(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "here")
    return tmp_path / "here"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """One in which `depthproof` is this checkout's."""
    program = tmp_path / "programs" / "depthproof"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m verify "$@"\n')
    program.chmod(0o755)
    path = os.pathsep.join([str(program.parent), os.environ["PATH"]])
    return os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)}


def act(
    folder: Path, environment: dict[str, str], **given: str
) -> list[subprocess.CompletedProcess[str]]:
    """What the action's steps do, but for those that set up Python and install."""
    inputs = {name: it["default"] for name, it in ACTION["inputs"].items()} | given
    done = []
    for step in ACTION["runs"]["steps"]:
        if "run" not in step or "pip install" in step["run"]:
            continue
        if step.get("if") == "inputs.paper != ''" and not inputs["paper"]:
            continue
        more = {name: expression(text, inputs) for name, text in step["env"].items()}
        command = [step["shell"], "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done.append(
            subprocess.run(
                command, cwd=folder, env=environment | more, capture_output=True, text=True
            )
        )
    return done


def expression(text: str, inputs: dict[str, str]) -> str:
    assert text.startswith("${{ inputs.") and text.endswith(" }}")
    return inputs[text.removeprefix("${{ inputs.").removesuffix(" }}")]


def test_the_action_checks_certificates_and_paper(
    repository: Path, environment: dict[str, str]
) -> None:
    (checked,) = act(repository, environment)
    assert checked.returncode == 0 and checked.stdout.count("HOLDS ") == 3
    checked, paper = act(repository, environment, paper="paper.tex")
    assert paper.returncode == 0 and "all stand" in paper.stdout
    (spoiled,) = (repository / "certified").glob("pieces.certificate.json")
    spoiled.write_text("{}")
    checked, paper = act(repository, environment, paper="paper.tex")
    assert (
        checked.returncode == 2
        and "MALFORMED ./certified/pieces: certificate" in checked.stdout
    )
    assert paper.returncode == 2 and "paper.tex:14:1: pieces is malformed" in paper.stdout
    (nothing,) = act(repository, environment, certificates="claims")
    assert nothing.returncode == 2


def test_the_action_installs_itself() -> None:
    steps: list[dict[str, Any]] = ACTION["runs"]["steps"]
    (install,) = [step["run"] for step in steps if "pip install" in step.get("run", "")]
    assert install == 'python -m pip install "$GITHUB_ACTION_PATH"'
    assert ACTION["runs"]["using"] == "composite"
    assert all("shell" in step for step in steps if "run" in step)


def hook(name: str, folder: Path, environment: dict[str, str], *files: str) -> int:
    """What pre-commit does: the entry, its arguments, and the files that match."""
    import re

    it = HOOKS[name]
    matching = [file for file in files if re.search(it["files"], file)]
    passed = matching if it.get("pass_filenames", True) else []
    command = [*it["entry"].split(), *it.get("args", []), *passed]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True
    ).returncode


def test_the_hooks(repository: Path, environment: dict[str, str]) -> None:
    files = [str(path.relative_to(repository)) for path in repository.rglob("*") if path.is_file()]
    assert hook("depthproof-check", repository, environment, *files) == 0
    assert hook("depthproof-paper", repository, environment, *files) == 0
    network = next((repository / "certified" / "networks").iterdir())
    pinned, whole = str(network.relative_to(repository)), network.read_text()
    assert hook("depthproof-check", repository, environment, pinned) == 0
    network.write_text(whole.replace("1", "2"))
    assert hook("depthproof-check", repository, environment, pinned) == 10
    network.write_text(whole)
    claim = repository / "certified" / "pieces.claim.json"
    claim.write_text(claim.read_text().replace("pieces = 4", "pieces = 5"))
    assert (
        hook("depthproof-check", repository, environment, "certified/pieces.claim.json") == 10
    )
    assert hook("depthproof-paper", repository, environment) == 10
