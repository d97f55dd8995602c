"""Small networks written out as canonical JSON, and claims and certificates around them. Uses nothing of the project but the checker."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from verify.kernel.check import check

Matrix = Sequence[Sequence[str]]


def dumps(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def gemm(name: str, inputs: Sequence[str], weight: Matrix, bias: Sequence[str]) -> dict[str, Any]:
    return {"name": name, "op": "Gemm", "inputs": list(inputs), "weight": [list(row) for row in weight], "bias": list(bias)}


def relu(name: str, source: str) -> dict[str, Any]:
    return {"name": name, "op": "Relu", "inputs": [source]}


def network(nodes: Sequence[Mapping[str, Any]], size: int = 1) -> bytes:
    inputs = [{"name": "x", "size": size}]
    return dumps({"format": "relu-network/1", "inputs": inputs, "nodes": list(nodes), "output": nodes[-1]["name"]})


def dense(*layers: tuple[Matrix, Sequence[str]]) -> bytes:
    """Gemm layers with a Relu between each two."""
    nodes, source = [], "x"
    for number, (weight, bias) in enumerate(layers):
        nodes.append(gemm(f"z{number}", [source], weight, bias))
        if number + 1 < len(layers):
            source = f"a{number}"
            nodes.append(relu(source, f"z{number}"))
    return network(nodes, len(layers[0][0][0]))


def sawtooth(k: int) -> bytes:
    """The tent 2σ(x) − 2σ(2x − 1), k times."""
    layers: list[tuple[Matrix, Sequence[str]]] = [([["1"], ["2"]], ["0", "-1"])]
    layers += [([["2", "-2"], ["4", "-4"]], ["0", "-1"])] * (k - 1)
    return dense(*layers, ([["2", "-2"]], ["0"]))


NETWORKS: dict[str, bytes] = {
    "tent": sawtooth(1),
    "sawtooth2": sawtooth(2),
    "sawtooth3": sawtooth(3),
    "identity": dense(([["1"]], ["0"])),
    "half": dense(([["0"]], ["1/2"])),
    "dead": dense(([["1"], ["2"], ["1"]], ["0", "-1", "-1/3"]), ([["2", "-2", "0"]], ["0"])),
    "cancelling": dense(([["1"], ["1"]], ["-1/2", "-1/2"]), ([["1", "-1"]], ["0"])),
    "skip": network([gemm("z", ["x"], [["2"]], ["-1"]), relu("a", "z"), gemm("y", ["x", "a"], [["2", "-2"]], ["0"])]),
    "two": dense(([["1"], ["-1"]], ["0", "1"])),
    "sum": dense(([["1", "1"], ["1", "-1"]], ["-1", "0"]), ([["1", "1"]], ["0"])),  # σ(x1 + x2 − 1) + σ(x1 − x2)
    "larger": dense(([["1", "-1"], ["0", "1"], ["0", "-1"]], ["0", "0", "0"]), ([["1", "1", "-1"]], ["0"])),  # max(x1, x2)
    "deep": dense(
        ([["1", "-1"], ["1", "1"]], ["0", "-1"]), ([["1", "-2"], ["-1", "1"]], ["1/2", "0"]), ([["1", "1"]], ["0"])
    ),
}  # fmt: skip

def pieces(count: int, points: Sequence[Any] = ("0", "1/2", "1"), of: str = "f") -> tuple[dict[str, Any], dict[str, Any]]:
    """That there are so many pieces on [0, 1], and the evidence by these points."""
    declared = {"measure": "n", "is": "pieces", "of": of, "on": ["0", "1"]}
    statement = {"declare": [declared], "goals": [{"goal": "claim", "for": [], "holds": f"n = {count}"}]}
    ends = [["leaf", [["1", [3]], ["1", [1]]]], ["leaf", [["1", [3]], ["1", [2]]]]]
    return statement, {"items": [{"goal": "claim", "proof": [["measure", "n", list(points), [], []], ["cases", 0], *ends]}]}


PIECES, POINTS = pieces(2)


def files(statement: Any, evidence: Any, networks: Mapping[str, str]) -> tuple[bytes, bytes, dict[str, bytes]]:
    """Claim, certificate and networks by hash, for networks of the table above."""
    hashes = {name: hashlib.sha256(NETWORKS[of]).hexdigest() for name, of in networks.items()}
    claim = dumps({"format": "claim/1", "name": "test", "networks": hashes, "statement": statement})
    certificate = dumps({"format": "certificate/1", "claim": hashlib.sha256(claim).hexdigest(), "evidence": evidence})
    return claim, certificate, {hashlib.sha256(data).hexdigest(): data for data in map(NETWORKS.__getitem__, networks.values())}


def verdict(statement: Any, evidence: Any, **networks: str) -> tuple[str, ...]:
    """What the checker says; `f` is the tent unless something else is said."""
    claim, certificate, data = files(statement, evidence, networks or {"f": "tent"})
    return check(claim, certificate, data.__getitem__)


def written(folder: Path, stem: str = "tent", statement: Any = PIECES, evidence: Any = POINTS, **networks: str) -> Path:
    """Writes the files of a claim, of its certificate and of its networks into the folder."""
    claim, certificate, data = files(statement, evidence, networks or {"f": "tent"})
    (folder / "networks").mkdir(parents=True, exist_ok=True)
    (folder / f"{stem}.claim.json").write_bytes(claim)
    (folder / f"{stem}.certificate.json").write_bytes(certificate)
    for digest, content in data.items():
        (folder / "networks" / f"{digest}.json").write_bytes(content)
    return folder
