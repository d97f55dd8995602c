"""relu-network/1, our JSON: exact rationals as strings, ONNX's operator names. Strictly read,
canonically written."""

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
    """The network that the bytes write. Raises `BadInput` with the place (a JSON pointer) and what
    was expected there."""
    value = tree(data, Budget())
    _keys(
        value, "", {"format", "inputs", "nodes", "output"}, required={"inputs", "nodes", "output"}
    )
    if value.get("format") != FORMAT:
        raise expected("/format", f'"{FORMAT}"', value.get("format"))
    inputs = [_input(item, where) for item, where in _placed(value["inputs"], "/inputs")]
    nodes = [_node(item, where) for item, where in _placed(value["nodes"], "/nodes")]
    return Network(tuple(inputs), tuple(nodes), _name(value["output"], "/output"))


def written(network: Network) -> bytes:
    """The network in relu-network/1, compact, keys in the format's order, a newline at the end: the
    same network, the same bytes."""
    value = {
        "format": FORMAT,
        "inputs": [{"name": item.name, "size": item.size} for item in network.inputs],
        "nodes": [_written(node) for node in network.nodes],
        "output": network.output,
    }
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True).encode() + b"\n"


def _written(node: Node) -> dict[str, Any]:
    parameters = {key: _text(node.parameters[key]) for key in OPERATIONS[node.op].parameters}
    return {"name": node.name, "op": node.op, "inputs": list(node.inputs)} | parameters


def _text(value: Parameter | Rows) -> Any:
    if isinstance(value, Matrix):
        value = value.dense
    if isinstance(value, tuple):
        return [_text(entry) for entry in value]
    return numeral(value)


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
    parameters = {}
    for name, kind in kinds.items():
        parameters[name] = _parameter(item[name], kind, f"{where}/{name}")
    inputs = [_name(name, place) for name, place in _placed(item["inputs"], f"{where}/inputs")]
    return Node(_name(item["name"], f"{where}/name"), op, tuple(inputs), parameters)


def _parameter(value: Any, kind: str, where: str) -> Parameter | Rows:
    if kind == MATRIX:
        return tuple(_vector(row, place) for row, place in _placed(value, where, least=1))
    return _vector(value, where) if kind == VECTOR else rational(value, where)


def _vector(value: Any, where: str) -> tuple[Fraction, ...]:
    entries = []
    for index, entry in enumerate(_list(value, where, least=1)):
        try:
            entries.append(rational(entry))
        except DepthproofError as error:  # the place is made only now: there are many entries
            raise type(error)(f"{where}/{index}", error.reason) from None
    return tuple(entries)


def _keys(item: Any, where: str, allowed: set[str] | None, required: set[str]) -> None:
    if type(item) is not dict:
        raise expected(where or "/", "an object", item)
    for key in sorted(required - item.keys()):
        raise expected(where or "/", f'the key "{key}"', ", ".join(sorted(item)) or "none")
    if allowed is None:
        return
    for key in sorted(item.keys() - allowed):
        raise expected(where or "/", f"only the keys {', '.join(sorted(allowed))}", key)


def _placed(value: Any, where: str, least: int = 0) -> list[tuple[Any, str]]:
    """The items of a list, each with its place."""
    items = enumerate(_list(value, where, least))
    return [(item, f"{where}/{index}") for index, item in items]


def _list(value: Any, where: str, least: int = 0) -> list[Any]:
    if type(value) is not list or len(value) < least:
        wanted = "a list" if least == 0 else "a list that is not empty"
        raise expected(where, wanted, value)
    return value


def _name(value: Any, where: str) -> str:
    if type(value) is not str or not 1 <= len(value) <= LONGEST_NAME:
        raise expected(where, f"a name of 1 to {LONGEST_NAME} characters", value)
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise BadInput(where, "expected text, found a lone surrogate")
    return value
