"""The package as a user's programs see it: its names, its types, its version, what it says where an
extra is missing, and how a shell completes it."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import verify

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def python(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | more
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def packages() -> list[str]:
    found = sorted((ROOT / "verify").rglob("*.py"))
    listed = [path for path in found if re.search(r"(?m)^__all__", path.read_text())]
    names = [path.relative_to(ROOT).with_suffix("").as_posix() for path in listed]
    return [name.removesuffix("/__init__").replace("/", ".") for name in names]


@pytest.mark.parametrize("package", packages())
def test_every_public_name_resolves_in_a_fresh_interpreter(package: str) -> None:
    code = f"import {package} as it; [getattr(it, name) for name in it.__all__]; dir(it)"
    done = python("-c", code)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", verify.__all__)
def test_each_name_resolves_alone(name: str) -> None:
    assert python("-c", f"import verify; verify.{name}").returncode == 0


def test_what_a_type_checker_sees_is_what_there_is() -> None:
    tree = ast.parse((ROOT / "verify" / "__init__.py").read_text())
    blocks = [node for node in tree.body if isinstance(node, ast.If)]
    (block,) = [node for node in blocks if ast.unparse(node.test) == "TYPE_CHECKING"]
    imported = [
        alias for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names
    ]
    assert all(alias.name == alias.asname for alias in imported)
    assert sorted(alias.name for alias in imported) == sorted(verify.__all__)
    places = {
        alias.name: str(node.module)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert all(places[name].startswith(place) for name, place in verify._PLACES.items())


def mypy(*files: Path) -> subprocess.CompletedProcess[str]:
    pytest.importorskip("mypy", reason="wants the package mypy")
    settings = ["--strict", "--follow-imports=silent", "--config-file=", "--no-incremental"]
    return python("-m", "mypy", *settings, *map(str, files), MYPYPATH=str(ROOT))


def test_a_user_s_file_has_no_errors_of_types(tmp_path: Path) -> None:
    text = (HERE / "users_file.py").read_text()
    assert all(re.search(rf"\b{name}\b", text) for name in verify.__all__)
    wrong = tmp_path / "wrong.py"
    wrong.write_text("import verify\n\nf: int = verify.load('tent')\nverify.sawtooth('3')\n")
    done = mypy(HERE / "users_file.py", wrong)
    lines = [line for line in done.stdout.splitlines() if " error: " in line]
    assert len(lines) == 2 and all("wrong.py" in line for line in lines), done.stdout + done.stderr


def test_a_user_s_file_runs(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(HERE / "users_file.py")]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and (tmp_path / "picture.svg").stat().st_size > 1000, done.stderr


def test_types_and_version_are_said() -> None:
    assert (ROOT / "verify" / "py.typed").is_file()
    cited = re.search(r"(?m)^version: (.*)$", (ROOT / "CITATION.cff").read_text())
    assert cited is not None and cited[1] == verify.__version__
    assert f"## {verify.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_every_extra_is_used() -> None:
    """What an extra installs is imported somewhere, or is a program that the project runs."""
    sources = [
        *ROOT.glob("verify/**/*.py"),
        *ROOT.glob("docs/**/*.py"),
        *ROOT.glob("tests/**/*.py"),
    ]
    text = "".join(path.read_text() for path in sources)
    imported = set(re.findall(r"(?m)^\s*(?:import|from) ([a-z_0-9]+)", text))
    for extra in set(PROJECT["project"]["optional-dependencies"]) - {"dev", "site"}:
        for wanted in PROJECT["project"]["optional-dependencies"][extra]:
            assert re.split("[<>=]", wanted)[0] in imported, f"{extra}: {wanted}"


def test_the_readme_on_an_index_leads_nowhere_that_is_not_there() -> None:
    hook = PROJECT["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]
    text = (ROOT / "README.md").read_text()
    for change in hook["substitutions"]:
        text = re.sub(change["pattern"], change["replacement"], text)
    targets = re.findall(r"\]\(([^)]*)\)", text)
    assert all(target.startswith(("https://", "#")) for target in targets)
    assert "A picture in the repository: The sawtooth" in text


BLOCKED = """
import sys
sys.modules.update(dict.fromkeys(sys.argv[1].split(",")))
from verify.cli import main
code = main(sys.argv[2:])
sys.exit(code)
"""


@pytest.mark.parametrize(
    ("package", "arguments", "said"),
    [
        ("onnx", ["pieces", "tests/networks/fit24x24_saw3.onnx"], "reading ONNX needs the package onnx: pip install onnx (or all"),
        ("onnx", ["eval", "tests/networks/fit64_saw4.onnx", "0"], "reading ONNX needs the package onnx"),
        ("typst", ["appendix", "--proofs", "tests"], "writing PDF needs the package typst: pip install typst (or all"),
        ("matplotlib", ["appendix", "--only", "tex", "--proofs", "tests"], "drawing needs the package matplotlib"),
        ("matplotlib", ["plot", "no-such-network.json"], "drawing needs the package matplotlib"),
    ],
)  # fmt: skip
def test_a_missing_extra_is_named_before_any_work(
    package: str, arguments: list[str], said: str
) -> None:
    """Before: what comes later, such as a ledger or a network that is not there, is not complained of."""
    done = python("-c", BLOCKED, package, *arguments)
    assert done.returncode == 2 and done.stdout == "" and said in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_needs_no_extra_needs_none() -> None:
    done = python("-c", BLOCKED, "onnx,typst,matplotlib,cvc5", "pieces", "sawtooth:3")
    assert done.returncode == 0 and done.stdout.startswith("pieces                8")


COMPLETE = "import sys; sys.argv[0] = 'depthproof'; from verify.cli import run; run()"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete(shell: str) -> None:
    done = python("-c", COMPLETE, _DEPTHPROOF_COMPLETE=f"{shell}_source")
    assert done.returncode == 0 and "_DEPTHPROOF_COMPLETE" in done.stdout and done.stderr == ""


def test_commands_and_networks_are_completed() -> None:
    asked = {"_DEPTHPROOF_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
    done = python("-c", COMPLETE, COMP_WORDS="depthproof pap", **asked)
    assert (done.returncode, done.stdout) == (0, "plain,paper-check\n")
    done = python("-c", COMPLETE, COMP_WORDS="depthproof pieces saw", **asked | {"COMP_CWORD": "2"})
    assert done.stdout == "plain,sawtooth\nfile,saw\n"
