"""The floors of the house: imports go down only, and each library stays in its rooms. Read from the sources, nothing is run."""

import ast
import io
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
VERIFY = ROOT / "verify"
FLOORS = [
    ["kernel"],
    ["rational", "bounds", "theorem", "network"],
    ["checkers"],
    ["exact", "compile"],
    ["search", "author"],
    ["evidence"],
    ["report", "answers"],
    ["cli", "pytest_plugin"],
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
ROOMS = {
    "z3": {"compile", "search", "author", "evidence"},
    "cvc5": {"evidence"},
    "sympy": {"compile", "author", "report"},
    "flint": {"exact"},
}
EVALUATORS = {"sympify", "parse_expr", "lambdify", "parse_smt2_string", "parse_smt2_file"}
SOURCES = sorted(path for path in VERIFY.rglob("*.py"))


def imported(path: Path) -> list[tuple[str, int]]:
    """Absolute names of the modules that a file imports, TYPE_CHECKING blocks aside, with the line."""
    tree = ast.parse(path.read_text())
    guarded = [node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)]
    hidden = {id(part) for node in guarded for part in ast.walk(node)}
    package = ["verify", *path.relative_to(VERIFY).with_suffix("").parts][: -1 if path.name != "__init__.py" else None]
    package = [part for part in package if part != "__init__"]
    found = []
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = [*base, *(node.module or "").split(".")] if node.module else base
            found += [(".".join([*stem, alias.name]), node.lineno) for alias in node.names]
    return found


def room(path: Path) -> str:
    return path.relative_to(VERIFY).with_suffix("").parts[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(VERIFY)))
def test_imports_go_down(path: Path) -> None:
    here = FLOOR.get(room(path), len(FLOORS) - 1)
    for name, line in imported(path):
        parts = name.split(".")
        if parts[0] == "verify" and len(parts) > 1 and parts[1] in FLOOR:
            assert FLOOR[parts[1]] <= here, f"{path}:{line} imports {name}, which is on a higher floor"
        if parts[0] in ROOMS:
            assert room(path) in ROOMS[parts[0]], f"{path}:{line} imports {parts[0]}, whose rooms are {ROOMS[parts[0]]}"
        if room(path) == "report":
            assert parts[:2] not in (["verify", "search"], ["verify", "evidence"]), f"{path}:{line}: report reads certificate files only"


@pytest.mark.parametrize("path", [path for path in SOURCES if room(path) == "kernel"], ids=lambda path: path.name)
def test_kernel_stands_alone(path: Path) -> None:
    for name, line in imported(path):
        top = name.split(".")
        assert top[:2] == ["verify", "kernel"] or top[0] in sys.stdlib_module_names, f"{path}:{line} imports {name}"
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Assert), f"{path}:{node.lineno}: python -O strips asserts"
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float | complex)), f"{path}:{node.lineno}: a float"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"eval", "exec", "compile", "__import__", "float", "setrecursionlimit"}, f"{path}:{node.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(VERIFY)))
def test_no_text_is_evaluated(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            runs = name in EVALUATORS or (isinstance(node.func, ast.Name) and name in {"eval", "exec"})
            assert not runs, f"{path}:{node.lineno}: {name}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(VERIFY)))
def test_files_hold_one_idea(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 450
    tree = ast.parse(text)
    assert path.name == "__init__.py" or ast.get_docstring(tree), f"{path} does not say its idea"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
            assert node.end_lineno - node.lineno <= 60, f"{path}:{node.lineno} {node.name} is long"


def test_importing_is_light() -> None:
    heavy = {"z3", "sympy", "numpy", "networkx", "flint", "click", "matplotlib"}
    code = f"import verify, sys; sys.exit(str({heavy!r} & set(sys.modules)) if {heavy!r} & set(sys.modules) else 0)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True).stderr == ""


SILENT = {tokenize.COMMENT, tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
KERNEL = [path for path in SOURCES if room(path) == "kernel"]
MOST_TOKENS = 13_100  # of the kernel; its size is what has to be audited


def test_kernel_is_small() -> None:
    assert sum(tokens(path) for path in KERNEL) <= MOST_TOKENS


@pytest.mark.parametrize("path", KERNEL, ids=lambda path: path.name)
def test_kernel_can_be_read(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 300 and max(map(len, text.splitlines()), default=0) <= 100
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, f"{path}:{node.lineno} {node.name} is long"


def tokens(path: Path) -> int:
    """Python's tokens, but for comments, docstrings, newlines and indents."""
    text = path.read_text()
    docstrings = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            docstrings.add(node.body[0].lineno)
    found = tokenize.generate_tokens(io.StringIO(text).readline)
    return sum(token.type not in SILENT and not (token.type == tokenize.STRING and token.start[0] in docstrings) for token in found)
