"""Random small networks in canonical form, as trees and as bytes."""

import json
import random
from typing import Any

WEIGHTS = ["1", "1", "-1", "2", "-2", "1/2", "-1/2", "0", "1/3", "3"]


def network(source: random.Random, size: int) -> Any:
    """A canonical network with `size` inputs, as a tree: none to three units, one output or two."""
    nodes, at, width = list[Any](), "x", size
    for layer in range(source.choice([0, 0, 1, 1, 1, 2])):
        inner = source.randint(1, 3 if layer == 0 else 2)
        nodes += [
            gemm(source, f"z{layer}", [at], inner, width),
            {"name": f"a{layer}", "op": "Relu", "inputs": [f"z{layer}"]},
        ]
        at, width = f"a{layer}", inner
    way = source.random()
    if way < 0.12:
        return whole(nodes, size, at)
    outputs = source.choice([1, 1, 1, 1, 2])
    if way < 0.25 and not nodes:
        nodes.append(
            gemm(source, "y", ["x"], 1, size) | {"weight": [["1", "0"][:size]], "bias": ["0"]}
        )
    elif way < 0.35 and nodes:
        nodes.append(gemm(source, "y", [at, "x"], outputs, width + size))
    else:
        nodes.append(gemm(source, "y", [at], outputs, width))
    return whole(nodes, size, "y")


def whole(nodes: list[Any], size: int, output: str) -> Any:
    return {
        "format": "relu-network/1",
        "inputs": [{"name": "x", "size": size}],
        "nodes": nodes,
        "output": output,
    }


def gemm(
    source: random.Random, name: str, inputs: list[str], rows: int, columns: int
) -> dict[str, Any]:
    weight = [[source.choice(WEIGHTS) for _ in range(columns)] for _ in range(rows)]
    return {
        "name": name,
        "op": "Gemm",
        "inputs": inputs,
        "weight": weight,
        "bias": [source.choice(WEIGHTS) for _ in range(rows)],
    }


def dumps(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"
