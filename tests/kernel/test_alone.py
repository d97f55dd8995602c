"""The kernel on its own, on every Python that is here: the same verdicts and the same bytes; and checkers that do not check."""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verify.kernel import theory
from verify.kernel.errors import DepthproofError
from verify.kernel.limits import Budget
from verify.kernel.strict_json import tree
from verify.report.bundle import CHECK

from .short import checked

ROOT = Path(__file__).parents[2]
KERNEL, CLAIMS = ROOT / "verify/kernel", sorted((ROOT / "proofs").glob("*/*.claim.json"))
VERSIONS = ("3.11", "3.12", "3.13")


def python(version: str) -> str | None:
    """An interpreter of this version: on the path, or where a version manager keeps it; not a shim that cannot run."""
    kept = sorted(path for path in (Path.home() / ".pyenv/versions").glob(f"{version}.*/bin/python") if path.exists())
    for candidate in (shutil.which(f"python{version}"), *map(str, kept), sys.executable):
        code = "import sys; print('%d.%d' % sys.version_info[:2])"
        if candidate and subprocess.run([candidate, "-I", "-S", "-c", code], capture_output=True, text=True).stdout.strip() == version:
            return candidate
    return None


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kernel and the certificates, and nothing else."""
    folder = tmp_path_factory.mktemp("alone")
    shutil.copytree(KERNEL, folder / "a kernel", ignore=shutil.ignore_patterns("__pycache__"))
    rejected = folder / "rejected"
    rejected.mkdir()
    for number, claim in enumerate(CLAIMS):
        other = claim.with_name(claim.name.replace(".claim.", ".certificate."))
        section = folder / "certificates" / claim.parent.name
        section.mkdir(parents=True, exist_ok=True)
        shutil.copy(claim, section)
        shutil.copy(other, section)
        if (claim.parent / "networks").is_dir():
            shutil.copytree(claim.parent / "networks", section / "networks", dirs_exist_ok=True)
        if number < 3:
            shutil.copy(claim, rejected)
            certificate = json.loads(other.read_text())
            certificate["evidence"]["items"] = certificate["evidence"]["items"][:-1]
            (rejected / other.name).write_text(json.dumps(certificate))
    return folder


def run(interpreter: str, folder: Path, flags: list[str], seed: str | None = None) -> tuple[list[int], bytes]:
    """Exit codes and output for the certificates and for some that are to be rejected. -I would not let the hash seed in."""
    flags = [*flags, "-I"] if seed is None else flags
    sections = sorted(str(path.relative_to(folder)) for path in (folder / "certificates").iterdir())
    runs = [
        subprocess.run([interpreter, "-B", "-S", *flags, "a kernel/__main__.py", *names], cwd=folder, capture_output=True,
                       env={"PATH": os.defpath} | ({"PYTHONHASHSEED": seed} if seed else {}))
        for names in (sections, ["rejected"])
    ]
    assert not any(run.stderr for run in runs)
    return [run.returncode for run in runs], b"".join(run.stdout for run in runs)


@pytest.fixture(scope="module")
def expected(copy: Path) -> tuple[list[int], bytes]:
    return run(sys.executable, copy, [])


def test_a_stranger_re_checks_every_statement(expected: tuple[list[int], bytes]) -> None:
    lines = expected[1].decode("ascii").splitlines()
    for claim in CLAIMS:
        whole = json.loads(claim.read_text())
        assert any(line.endswith(f'"{whole["name"]}"') and line.startswith("HOLDS") for line in lines)
    assert expected[0] == [0, 10] and sum(line.startswith("REJECTED") for line in lines) == 3


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("flags", "seed"), [([], None), (["-O"], None), ([], "1"), (["-O"], "4711")], ids=str)
def test_every_python_says_the_same(version: str, flags: list[str], seed: str | None, copy: Path, expected: Any) -> None:
    interpreter = python(version)
    if interpreter is None:
        pytest.skip(f"there is no Python {version} here")
    assert run(interpreter, copy, flags, seed) == expected


FORGED: list[dict[str, Any]] = json.loads((ROOT / "tests/forged/schematic.json").read_text())


def always_accepts(statement: Any, evidence: Any) -> list[str]:
    return ["proved"]


def only_parses(statement: Any, evidence: Any) -> list[str]:
    tree(json.dumps([statement, evidence]).encode(), Budget())
    return ["proved"]


def proves_nothing(statement: Any, evidence: Any) -> list[str]:
    """The kernel without proofs: it reads declarations, goals and items."""
    refute, theory.refute = theory.refute, lambda *parts: None
    try:
        return checked(statement, evidence)
    finally:
        theory.refute = refute


@pytest.mark.parametrize(("checker", "least"), [(always_accepts, 100), (only_parses, 100), (proves_nothing, 30)])
def test_a_checker_that_does_not_check_fails_the_corpus(checker: Callable[[Any, Any], list[str]], least: int) -> None:
    def accepts(forgery: dict[str, Any], by: Callable[[Any, Any], list[str]]) -> bool:
        try:
            return bool(by(forgery["statement"], forgery["evidence"]))
        except DepthproofError:
            return False

    assert sum(accepts(forgery, checker) for forgery in FORGED) >= least
    assert not any(accepts(forgery, checked) for forgery in FORGED)


OLD = """
import runpy, sys
sys.version_info = (3, 9, 18, "final", 0)
runpy.run_path(sys.argv[1], run_name="__main__")
"""


def test_an_older_python_gets_one_line() -> None:
    main = KERNEL / "__main__.py"
    for source in (main.read_text(), CHECK):
        ast.parse(source, feature_version=(3, 7))  # it must be read to say so
    done = subprocess.run([sys.executable, "-c", OLD, str(main)], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")  # no verdict has this code
    assert done.stderr == "expected Python 3.11 or newer\n"
