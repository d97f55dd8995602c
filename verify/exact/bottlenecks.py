"""Scalar bottlenecks: nodes of one entry that everything later depends on the input through. They
cut a network into a composition of functions of one variable.

They are the dominators of the output, in linear time: of the nodes that lead to the output, each is
an ancestor or a descendant of a dominator, so in topological order a node of one entry is one
exactly when no earlier value is used after it.
"""

from collections.abc import Iterator, Sequence

from ..network.network import Input, Network
from ..network.operations import Node

MOST_COMPARED = 20  # stages of one shape that a stage is compared with


def stages(network: Network) -> list[Network]:
    """The stages of a univariate network: it is their composition, the first innermost.

    Each has one input and one output. Equal stages are one object. Linear time.
    """
    groups = list(_cut(network))
    if len(groups) < 2:
        return [network]
    seen: dict[object, Network] = {}
    alike: dict[object, list[tuple[list[object], Network]]] = {}
    result = []
    source = network.inputs[0].name
    for group in groups:
        shape = _shape(group, source)
        stage = seen.get(shape)
        if stage is None:
            loose = tuple((op, inputs) for op, _, inputs in shape)
            stage = seen[shape] = _known(group, source, alike.setdefault(loose, []))
        result.append(stage)
        source = group[-1].name
    return result


def _known(
    group: Sequence[Node], source: str, alike: list[tuple[list[object], Network]]
) -> Network:
    """The stage among those of the same shape with equal parameters, or a new one."""
    parameters: list[object] = [dict(node.parameters) for node in group]
    for other, stage in alike[:MOST_COMPARED]:
        if parameters == other:
            return stage
    alike.append((parameters, _stage(group, source)))
    return alike[-1][1]


def _cut(network: Network) -> Iterator[Sequence[Node]]:
    """The nodes that lead to the output, cut after every bottleneck."""
    # of every value that leads to the output, the last node that uses it
    last = {network.output: len(network.nodes)}
    index = len(network.nodes)
    for node in reversed(network.nodes):
        index -= 1
        if node.name in last:
            for name in node.inputs:
                if name not in last:
                    last[name] = index
    sizes, group = network.sizes, list[Node]()
    reach = last.get(network.inputs[0].name, -1)
    for index, node in enumerate(network.nodes):
        use = last.get(node.name)
        if use is None:
            continue
        group.append(node)
        if reach <= index and sizes[node.name] == 1:
            yield group
            group = []
        if use > reach:
            reach = use


def _shape(
    group: Sequence[Node], source: str
) -> tuple[tuple[str, int, int | tuple[int, ...]], ...]:
    """What tells stages apart but for their names: of each node the operation, which object its
    parameters are, and its inputs' numbers (0 alone: the node before)."""
    before, number, shape = source, None, []
    for node in group:
        inputs: int | tuple[int, ...] = 0
        if node.inputs != (before,):
            number = number or {other.name: index for index, other in enumerate(group)}
            inputs = tuple(number.get(name, -1) for name in node.inputs)  # -1: the source
        parameters = id(node.parameters) if node.parameters else 0
        shape.append((node.op, parameters, inputs))
        before = node.name
    return tuple(shape)


def _stage(group: Sequence[Node], source: str) -> Network:
    names = {source: "x"} | {node.name: f"n{index}" for index, node in enumerate(group)}
    nodes = []
    for node in group:
        inputs = tuple(names[name] for name in node.inputs)
        nodes.append(Node(names[node.name], node.op, inputs, node.parameters))
    return Network((Input("x", 1),), tuple(nodes), nodes[-1].name)
