"""relu-network/1, our JSON: exact rationals as strings, ONNX's operator names. Strictly read, canonically written."""

import json
from fractions import Fraction
from typing import Any

from ..kernel.errors import BadInput, DepthproofError, expected
from ..kernel.limits import Budget
from ..kernel.numerals import numeral
from ..kernel.strict_json import tree
from ..rational import rational
from .matrix import Matrix
from .network import Input, Network
from .operations import MATRIX, OPERATIONS, VECTOR, Node, Parameter, Rows

FORMAT = "relu-network/1"
LONGEST_NAME = 200
MOST_ENTRIES = 4_000_000


def read(data: bytes) -> Network:
    """The network that the bytes write. Raises `BadInput` with the place (a JSON pointer) and what was expected there."""
    value = tree(data, Budget())
    _keys(value, "", {"format", "inputs", "nodes", "output"}, required={"inputs", "nodes", "output"})
    if value.get("format") != FORMAT:
        raise expected("/format", f'"{FORMAT}"', value.get("format"))
    inputs = [_input(item, f"/inputs/{index}") for index, item in enumerate(_list(value["inputs"], "/inputs"))]
    nodes = [_node(item, f"/nodes/{index}") for index, item in enumerate(_list(value["nodes"], "/nodes"))]
    return Network(tuple(inputs), tuple(nodes), _name(value["output"], "/output"))


def written(network: Network) -> bytes:
    """The network in relu-network/1, compact, keys in the format's order, a newline at the end: the same network, the same bytes."""
    value = {
        "format": FORMAT,
        "inputs": [{"name": item.name, "size": item.size} for item in network.inputs],
        "nodes": [
            {"name": n.name, "op": n.op, "inputs": list(n.inputs)} | {key: _text(n.parameters[key]) for key in OPERATIONS[n.op].parameters}
            for n in network.nodes
        ],
        "output": network.output,
    }
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True).encode() + b"\n"


def _text(value: Parameter | Rows) -> Any:
    if isinstance(value, Matrix):
        value = value.dense
    return [_text(part) for part in value] if isinstance(value, tuple) else numeral(value)


def _input(item: Any, where: str) -> Input:
    _keys(item, where, {"name", "size"}, required={"name", "size"})
    if type(item["size"]) is not int or not 1 <= item["size"] <= MOST_ENTRIES:
        raise expected(f"{where}/size", "an integer of at least 1", item["size"])
    return Input(_name(item["name"], f"{where}/name"), item["size"])


def _node(item: Any, where: str) -> Node:
    _keys(item, where, None, required={"name", "op", "inputs"})
    op = item["op"]
    if type(op) is not str or op not in OPERATIONS:
        raise expected(f"{where}/op", f"one of {', '.join(OPERATIONS)}", op)
    kinds = OPERATIONS[op].parameters
    _keys(item, where, {"name", "op", "inputs", *kinds}, required=set(kinds))
    parameters = {name: _parameter(item[name], kind, f"{where}/{name}") for name, kind in kinds.items()}
    inputs = [_name(name, f"{where}/inputs/{index}") for index, name in enumerate(_list(item["inputs"], f"{where}/inputs"))]
    return Node(_name(item["name"], f"{where}/name"), op, tuple(inputs), parameters)


def _parameter(value: Any, kind: str, where: str) -> Parameter | Rows:
    if kind == MATRIX:
        rows = enumerate(_list(value, where, least=1))
        return tuple(_vector(part, f"{where}/{index}") for index, part in rows)
    return _vector(value, where) if kind == VECTOR else _rational(value, where)


def _vector(value: Any, where: str) -> tuple[Fraction, ...]:
    return tuple(_rational(part, where, index) for index, part in enumerate(_list(value, where, least=1)))


def _rational(value: Any, where: str, index: int | None = None) -> Fraction:
    try:
        return rational(value)
    except DepthproofError as error:
        raise type(error)(where if index is None else f"{where}/{index}", error.reason) from None


def _keys(item: Any, where: str, allowed: set[str] | None, required: set[str]) -> None:
    if type(item) is not dict:
        raise expected(where or "/", "an object", item)
    for key in sorted(required - item.keys()):
        raise expected(where or "/", f'the key "{key}"', ", ".join(sorted(item)) or "none")
    for key in sorted(item.keys() - allowed if allowed is not None else ()):
        raise expected(where or "/", f"only the keys {', '.join(sorted(allowed or ()))}", key)


def _list(value: Any, where: str, least: int = 0) -> list[Any]:
    if type(value) is not list or len(value) < least:
        raise expected(where, "a list" if least == 0 else "a list that is not empty", value)
    return value


def _name(value: Any, where: str) -> str:
    if type(value) is not str or not 1 <= len(value) <= LONGEST_NAME:
        raise expected(where, f"a name of 1 to {LONGEST_NAME} characters", value)
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise BadInput(where, "expected text, found a lone surrogate")
    return value
