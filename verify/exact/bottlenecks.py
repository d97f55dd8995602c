"""Scalar bottlenecks: nodes of one entry that everything later depends on the input through. They cut a network into a
composition of functions of one variable.

They are the dominators of the output, in linear time: of the nodes that lead to the output, each is an ancestor or a descendant
of a dominator, so in topological order a node of one entry is one exactly when no earlier value is used after it.
"""

from collections.abc import Iterator, Sequence

from ..network.network import Input, Network
from ..network.operations import Node

MOST_COMPARED = 20  # stages of one shape that a stage is compared with


def stages(network: Network) -> list[Network]:
    """One-input, one-output networks whose composition, the first innermost, is this univariate network. Equal stages are one
    object. Linear time."""
    parts = list(_cut(network))
    if len(parts) < 2:
        return [network]
    seen: dict[object, Network] = {}
    alike: dict[object, list[tuple[list[object], Network]]] = {}
    result = []
    source = network.inputs[0].name
    for part in parts:
        look = _shape(part, source)
        stage = seen.get(look)
        if stage is None:
            stage = seen[look] = _known(part, source, alike.setdefault(tuple((op, inputs) for op, _, inputs in look), []))
        result.append(stage)
        source = part[-1].name
    return result


def _known(part: Sequence[Node], source: str, alike: list[tuple[list[object], Network]]) -> Network:
    """The stage among those of the same shape with equal parameters, or a new one."""
    parameters: list[object] = [dict(node.parameters) for node in part]
    for other, stage in alike[:MOST_COMPARED]:
        if parameters == other:
            return stage
    alike.append((parameters, _stage(part, source)))
    return alike[-1][1]


def _cut(network: Network) -> Iterator[Sequence[Node]]:
    """The nodes that lead to the output, cut after every bottleneck."""
    last = {network.output: len(network.nodes)}  # of every value that leads to the output, the last node that uses it
    index = len(network.nodes)
    for node in reversed(network.nodes):
        index -= 1
        if node.name in last:
            for name in node.inputs:
                if name not in last:
                    last[name] = index
    sizes, part = network.sizes, list[Node]()
    reach = last.get(network.inputs[0].name, -1)
    for index, node in enumerate(network.nodes):
        use = last.get(node.name)
        if use is None:
            continue
        part.append(node)
        if reach <= index and sizes[node.name] == 1:
            yield part
            part = []
        if use > reach:
            reach = use


def _shape(part: Sequence[Node], source: str) -> tuple[tuple[str, int, int | tuple[int, ...]], ...]:
    """What tells stages apart but for their names: operations, which object the parameters are, and which inputs (0: the node
    before)."""
    before, place, look = source, None, []
    for node in part:
        inputs: int | tuple[int, ...] = 0
        if node.inputs != (before,):
            place = place or {source: -1} | {other.name: index for index, other in enumerate(part)}
            inputs = tuple(place[name] for name in node.inputs)
        look.append((node.op, id(node.parameters) if node.parameters else 0, inputs))
        before = node.name
    return tuple(look)


def _stage(part: Sequence[Node], source: str) -> Network:
    names = {source: "x"} | {node.name: f"n{index}" for index, node in enumerate(part)}
    nodes = [Node(names[node.name], node.op, tuple(names[name] for name in node.inputs), node.parameters) for node in part]
    return Network((Input("x", 1),), tuple(nodes), nodes[-1].name)
