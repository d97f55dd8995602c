"""What a proof script says, read without running it: its words, its evidence by kind, and a hash of all but its prose.

Docstrings, comments, and the theorem's `says`, `source` and `note` are prose. They are read anew for every report, and
an edit of them changes no hash. Everything else in the script is what the theorem's record is of.
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
    """The theorem as its script words it, each field as in `Theorem`. `sha256`: of the script without its prose."""

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
    """What the text of a script says. Raises `BadInput` as `read` does.

    >>> said(b'THEOREM = Theorem(name="a.b", statement="1 = 1", source="a book")').statement
    '1 = 1'
    """
    try:
        module = ast.parse(data)
        call, texts = _theorem(module), _texts(module)
        words = {item.arg: item.value for item in call.keywords if item.arg}
        found = {key: _text(key, words.get(key), texts) for key in ("name", "statement", *PROSE)}
        true = _literal("true", words.get("true"), True)
        rests_on = _literal("rests_on", words.get("rests_on"), ())
        evidence = _evidence(words.get("evidence"), texts)
        rest = json.dumps(_plain(_without_prose(module, call)))
        digest = hashlib.sha256(rest.encode()).hexdigest()
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BadInput("", f"expected a proof script, found {type(error).__name__}: {displayed(str(error))}") from None
    if type(true) is not bool or not all(type(name) is str for name in rests_on):
        raise BadInput("THEOREM", "expected true or false, and names of theorems that it rests on")
    return Script(**found, true=true, rests_on=tuple(rests_on), evidence=evidence, sha256=digest)


def _theorem(module: ast.Module) -> ast.Call:
    """The call in THEOREM = Theorem(name=…, …)."""
    for item in module.body:
        if isinstance(item, ast.Assign) and "THEOREM" in _assigned(item):
            call = item.value
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
    """A value that is written out; the default where nothing is said."""
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
    return tuple(_named(item, texts) for item in node.elts)


def _named(item: ast.AST, texts: Mapping[str, str]) -> Named:
    """One piece of evidence, such as InCoq("sawtooth_map", refutes=True)."""
    if not isinstance(item, ast.Call) or not isinstance(item.func, ast.Name) or item.func.id not in KINDS:
        wanted = f"evidence: expected a list of {', '.join(KINDS)}"
        raise BadInput("THEOREM", f"{wanted}, found {displayed(ast.unparse(item))}")
    words = {word.arg: word.value for word in item.keywords}
    name = words.get("name")
    if item.func.id == "InCoq" and item.args:
        name = item.args[0]
    refutes = _literal("refutes", words.get("refutes"), False)
    return Named(item.func.id, _text("evidence", name, texts), bool(refutes))


def _without_prose(module: ast.Module, call: ast.Call) -> ast.Module:
    """The script without the theorem's prose, and without the texts at its top that this prose is made of."""
    named = set[str]()
    for word in call.keywords:
        if word.arg in PROSE:
            named.update(node.id for node in ast.walk(word.value) if isinstance(node, ast.Name))
    call.keywords = [word for word in call.keywords if word.arg not in PROSE]
    module.body = [item for item in module.body if not _assigned(item) & named]
    return module


def _assigned(item: ast.stmt) -> set[str]:
    """The names that a statement assigns."""
    if not isinstance(item, ast.Assign):
        return set()
    return {target.id for target in item.targets if isinstance(target, ast.Name)}


def _plain(node: Any) -> Any:
    """A syntax tree as plain data, the same on every Python: without places, docstrings, and what is empty."""
    if isinstance(node, list):
        return [_plain(item) for item in node if not _is_docstring(item)]
    if not isinstance(node, ast.AST):
        return f"{type(node).__name__} {node!r}"
    fields = {}
    for key, value in ast.iter_fields(node):
        if value is not None and value != []:
            fields[key] = _plain(value)
    return [type(node).__name__, fields]


def _is_docstring(node: Any) -> bool:
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Constant):
        return False
    return isinstance(node.value.value, str)
