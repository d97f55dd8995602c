"""The floors of the house: imports go down only, and each library stays in its rooms. Read from the sources, nothing is run."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import networkx
import pytest
from floors import FLOOR, MODULES, ROOT, SOURCES, VERIFY, edges, imported, module, room, shown, target

import verify
from verify import cli
from verify.network.load import FORMATS

ROOMS = {
    "z3": {"compile", "search", "author", "evidence"},
    "cvc5": {"evidence"},
    "sympy": {"compile", "author", "report"},
    "flint": {"exact"},
}
EVALUATORS = {"sympify", "parse_expr", "lambdify", "parse_smt2_string", "parse_smt2_file"}
# Circles of modules that are never met on importing: the second way round waits for a call.
HARMLESS = [
    {"network.builders", "network.lower", "network.network", "network.onnx.model", "network.relu_network", "network.torch_modules"},
    {"exact.arithmetic", "exact.floats", "exact.layers"},
    {"exact.composition", "exact.laps", "exact.pieces"},
    {"exact.cells.complex", "exact.cells.levels"},
]


def wing(path: Path) -> str:
    """The folder of verify that a file is in, or its own name."""
    return path.relative_to(VERIFY).with_suffix("").parts[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(VERIFY)))
def test_imports_go_down(path: Path) -> None:
    here = room(module(path))
    for name, line, _ in imported(path):
        other = target(name)
        if other is not None and room(other) != here:
            assert FLOOR[room(other)] < FLOOR[here], f"{path}:{line} imports {name}, which is on no lower floor\n{shown()}"
        top = name.split(".")[0]
        if top in ROOMS:
            assert wing(path) in ROOMS[top], f"{path}:{line} imports {top}, whose rooms are {ROOMS[top]}"


def test_reports_read_certificate_files_only() -> None:
    for one, other in edges(late=True):
        assert not (room(one) == "report" and room(other).split(".")[0] in ("search", "evidence")), f"{one} imports {other}"


def test_no_module_imports_itself_by_way_of_others() -> None:
    for late, allowed in ((False, []), (True, HARMLESS)):
        graph = networkx.DiGraph(edges(late))
        circles = [set(found) for found in networkx.strongly_connected_components(graph) if len(found) > 1]
        new = [circle for circle in circles if {name.removeprefix("verify.") for name in circle} not in allowed]
        assert not new, f"imports in a circle: {new}"


def entries() -> set[str]:
    """The modules that users reach: the package's names, the command, the plugin, what is run with -m, what proof scripts import."""
    commands = [ROOT / "Makefile", *(ROOT / "docs").glob("*.md"), *VERIFY.rglob("*.py")]
    run = re.findall(r"-m (verify(?:\.[a-z_]+)*)", " ".join(path.read_text() for path in commands))
    names = [*run, *re.findall(r'"(verify[a-z_.]*)', (ROOT / "pyproject.toml").read_text()), "verify.kernel.__main__"]
    names += [f"verify.{place}" for place in verify._PLACES.values()]
    names += [f"verify.cli.{place}" for place in cli.COMMANDS.values()]
    names += [f"verify.network.{form.module}" for form in FORMATS]
    for script in (ROOT / "proofs").rglob("*.py"):
        names += re.findall(r"(?m)^ *from (verify[a-z_.]*) import", script.read_text())
    found = {target(f"{name}.{last}") for name in names for last in ("__main__", "x")}
    return {name for name in found if name is not None}


def test_nothing_is_reached_from_tests_alone() -> None:
    graph = networkx.DiGraph(edges(late=True))
    graph.add_nodes_from(MODULES)
    starts = entries()
    reached = {below for name in starts for below in [name, *networkx.descendants(graph, name)]}
    alone = [name for name in MODULES if name not in reached and not name.endswith(".__init__")]
    assert not alone, f"only tests reach {alone}"


@pytest.mark.parametrize("path", [path for path in SOURCES if wing(path) == "kernel"], ids=lambda path: path.name)
def test_kernel_stands_alone(path: Path) -> None:
    for name, line, _ in imported(path):
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
KERNEL = [path for path in SOURCES if wing(path) == "kernel"]
MOST_TOKENS = 16_000  # of the kernel; its size is what has to be audited
SHARES = {"cells.py": 2_000, "tree.py": 2_000}  # of it, what networks with several inputs need
REST = 12_200  # 12,000, and what those need in other files


def test_kernel_is_small() -> None:
    sizes = {path.name: tokens(path) for path in KERNEL}
    assert sum(sizes.values()) <= MOST_TOKENS
    assert all(sizes[name] <= most for name, most in SHARES.items())
    assert sum(size for name, size in sizes.items() if name not in SHARES) <= REST


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
