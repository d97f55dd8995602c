"""What a proof script says, read without running it: its words, its evidence by kind, and a hash of all but its prose.

Docstrings, comments, and the theorem's `says`, `source` and `note` are prose. They are read anew for every report, and an edit of
them changes no hash. Everything else in the script is what the theorem's record is of.
"""

import ast
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .files import read_bytes
from .kernel.errors import BadInput, displayed, placed
from .theorem import BENEFITS, NOTES

PROSE = ("says", "source", "note")
MOST_BYTES = 1_000_000
KINDS = ("Certified", "InCoq", "BySolver", "Instances", "Cited")


@dataclass(frozen=True)
class Named:
    """One piece of evidence as a script names it: the kind, for Coq the theorem's name, and whether it refutes."""

    kind: str
    theorem: str = ""
    refutes: bool = False


@dataclass(frozen=True)
class Script:
    """The theorem as its script words it. `sha256`: of the script without its prose."""

    name: str
    statement: str
    says: str
    source: str
    note: str
    true: bool
    rests_on: tuple[str, ...]
    evidence: tuple[Named, ...]
    sha256: str


def read(path: Path) -> Script:
    """The script at a path. Raises `BadInput` where there is none, and where its words are not written out as texts."""
    with placed(displayed(str(path))[1:-1]):
        return said(read_bytes(path, MOST_BYTES))


def said(data: bytes) -> Script:
    """What the text of a script says."""
    try:
        module = ast.parse(data)
        call, texts = _theorem(module), _texts(module)
        words = {item.arg: item.value for item in call.keywords if item.arg}
        found = {key: _text(key, words.get(key), texts) for key in ("name", "statement", *PROSE)}
        true, rests_on = _literal("true", words.get("true"), True), _literal("rests_on", words.get("rests_on"), ())
        evidence = _evidence(words.get("evidence"), texts)
        digest = hashlib.sha256(json.dumps(_plain(_without_prose(module, call))).encode()).hexdigest()
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BadInput("", f"expected a proof script, found {type(error).__name__}: {displayed(str(error))}") from None
    if type(true) is not bool or not all(type(name) is str for name in rests_on):
        raise BadInput("THEOREM", "expected true or false, and names of theorems that it rests on")
    return Script(**found, true=true, rests_on=tuple(rests_on), evidence=evidence, sha256=digest)


def _theorem(module: ast.Module) -> ast.Call:
    """The call in THEOREM = Theorem(name=…, …)."""
    for item in module.body:
        call = item.value if isinstance(item, ast.Assign) and "THEOREM" in _assigned(item) else None
        if isinstance(call, ast.Call) and _is_name(call.func, "Theorem") and not call.args:
            return call
    raise BadInput("", "expected THEOREM = Theorem(name=…, statement=…, …), found none")


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _texts(module: ast.Module) -> dict[str, str]:
    """The texts that the script names at its top, and the names of the lectures."""
    found = {"BENEFITS": BENEFITS, "NOTES": NOTES}
    for item in module.body:
        if isinstance(item, ast.Assign) and len(item.targets) == 1 and isinstance(item.targets[0], ast.Name):
            try:
                found[item.targets[0].id] = _text("", item.value, found)
            except BadInput:
                continue
    return found


def _text(key: str, node: ast.AST | None, texts: Mapping[str, str]) -> str:
    """A text that is written out, perhaps with the names of other texts in it."""
    if node is None:
        return ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name) and node.id in texts:
        return texts[node.id]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _text(key, node.left, texts) + _text(key, node.right, texts)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(key, part, texts) for part in node.values)
    if isinstance(node, ast.FormattedValue) and node.conversion == -1 and node.format_spec is None:
        return _text(key, node.value, texts)
    raise BadInput("THEOREM", f"{key}: expected a text that is written out, found one that is computed")


def _literal(key: str, node: ast.AST | None, default: Any) -> Any:
    if node is None:
        return default
    try:
        return ast.literal_eval(node)
    except ValueError:
        raise BadInput("THEOREM", f"{key}: expected what is written out, found what is computed") from None


def _evidence(node: ast.AST | None, texts: Mapping[str, str]) -> tuple[Named, ...]:
    if node is None:
        return ()
    if not isinstance(node, ast.List | ast.Tuple):
        raise BadInput("THEOREM", "evidence: expected a list that is written out")
    found = []
    for item in node.elts:
        if not (isinstance(item, ast.Call) and isinstance(item.func, ast.Name) and item.func.id in KINDS):
            raise BadInput("THEOREM", f"evidence: expected a list of {', '.join(KINDS)}, found {displayed(ast.unparse(item))}")
        words = {word.arg: word.value for word in item.keywords}
        name = _text("evidence", item.args[0], texts) if item.func.id == "InCoq" and item.args else ""
        refutes = _literal("refutes", words.get("refutes"), False)
        found.append(Named(item.func.id, name or _text("evidence", words.get("name"), texts), bool(refutes)))
    return tuple(found)


def _without_prose(module: ast.Module, call: ast.Call) -> ast.Module:
    """The script without the theorem's prose, and without the texts at its top that only this prose is made of."""
    prose = [word.value for word in call.keywords if word.arg in PROSE]
    named = {node.id for value in prose for node in ast.walk(value) if isinstance(node, ast.Name)}
    call.keywords = [word for word in call.keywords if word.arg not in PROSE]
    module.body = [item for item in module.body if not (isinstance(item, ast.Assign) and _assigned(item) & named)]
    return module


def _assigned(item: ast.Assign) -> set[str]:
    return {target.id for target in item.targets if isinstance(target, ast.Name)}


def _plain(node: Any) -> Any:
    """A syntax tree as plain data, the same on every Python: without places, docstrings, and what is empty."""
    if isinstance(node, list):
        return [_plain(item) for item in node if not _is_docstring(item)]
    if not isinstance(node, ast.AST):
        return f"{type(node).__name__} {node!r}"
    fields = {key: _plain(value) for key, value in ast.iter_fields(node) if value is not None and value != []}
    return [type(node).__name__, fields]


def _is_docstring(node: Any) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
