"""The house: which module imports which, read from the sources, and the floors of its rooms.

    python -m tests.floors      prints the floors, the highest first, and what each room imports
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
VERIFY = ROOT / "verify"
SOURCES = sorted(VERIFY.rglob("*.py"))

# The lowest first. A module belongs to the longest name here that it begins with.
FLOORS = [
    ["kernel"],
    ["bounds", "expression", "extras", "files", "layout", "rational", "slides", "spelling", "typed"],
    ["plain", "theorem"],
    ["short"],
    ["script", "record"],
    ["network"],
    ["derived"],
    ["checkers", "claim", "exact"],
    ["keep"],
    ["compile"],
    ["search"],
    ["search.networks", "search.numbers", "search.vnnlib"],
    ["search.proving"],
    ["search.__init__", "search.piece_file", "search.sweep", "search.parts"],
    ["search.extreme_file"],
    ["search.regions_file"],
    ["author", "evidence"],
    ["answers", "report"],
    ["explore", "pytest_report"],
    ["cli", "pytest_plugin"],
    ["__init__", "__main__"],
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


class Import(NamedTuple):
    """A name that a file imports, in full, and where: the line, whether it waits for a call."""

    name: str
    line: int
    is_late: bool


def module(path: Path) -> str:
    """The module of a file, in full: verify.exact.pieces, verify.exact.__init__."""
    return ".".join(["verify", *path.relative_to(VERIFY).with_suffix("").parts])


MODULES = {module(path): path for path in SOURCES}


def room(name: str) -> str:
    """The room of a module of verify, of which FLOORS speaks. Raises `KeyError` where none does."""
    parts = name.split(".")[1:]
    while parts:
        if ".".join(parts) in FLOOR:
            return ".".join(parts)
        parts.pop()
    raise KeyError(f"{name} is in no room of FLOORS")


@cache
def imported(path: Path) -> list[Import]:
    """What a file imports, TYPE_CHECKING blocks aside."""
    return list(_imported(path, ast.parse(path.read_text()), is_late=False))


def _imported(path: Path, node: ast.AST, is_late: bool) -> Iterator[Import]:
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        return
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield Import(alias.name, node.lineno, is_late)
    if isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield Import(".".join([*_stem(path, node), alias.name]), node.lineno, is_late)
    is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for child in ast.iter_child_nodes(node):
        yield from _imported(path, child, is_late or is_function)


def _stem(path: Path, node: ast.ImportFrom) -> list[str]:
    """What stands before the names of a `from … import`, in full."""
    named = node.module.split(".") if node.module else []
    if not node.level:
        return named
    package = ["verify", *path.relative_to(VERIFY).parts[:-1]]
    return package[: len(package) - node.level + 1] + named


def target(name: str) -> str | None:
    """The module of verify that an imported name is, or is in; None for other packages' names."""
    stem = name.rpartition(".")[0]
    options = (f"{name}.__init__", name, f"{stem}.__init__", stem)
    return next((option for option in options if option in MODULES), None)


def edges(late: bool) -> set[tuple[str, str]]:
    """Pairs of modules of which the first imports the second; if `late`, also when it is called."""
    found = set()
    for name, path in MODULES.items():
        for it in imported(path):
            other = target(it.name)
            if other not in (None, name) and (late or not it.is_late):
                found.add((name, str(other)))
    return found


def shown() -> str:
    """The floors, the highest first: each room and the rooms that it imports."""
    below: dict[str, set[str]] = {name: set() for name in FLOOR}
    for one, other in edges(late=True):
        if room(one) != room(other):
            below[room(one)].add(room(other))
    lines = []
    for number in range(len(FLOORS) - 1, -1, -1):
        for name in FLOORS[number]:
            found = sorted(below[name], key=lambda other: (-FLOOR[other], other))
            lines.append(f"{number:>2}  {name:<18}{', '.join(found)}".rstrip())
    return "\n".join(lines)


if __name__ == "__main__":
    print(shown())
