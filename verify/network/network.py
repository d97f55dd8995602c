"""A network: an immutable directed acyclic graph of piecewise-linear operations with exact rational
weights."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..kernel.errors import BadInput, DepthproofError, OverBudget, displayed
from .operations import OPERATIONS, Node

if TYPE_CHECKING:
    import networkx


MOST_ENTRIES = 4_000_000


@dataclass(frozen=True)
class Input:
    name: str
    size: int


@dataclass(frozen=True)
class Network:
    """Inputs, nodes, and the name of the node (or input) that is the output. `notes` say what was
    assumed or rounded in reading.

    Nodes may be given in any order; they are kept in topological order. Raises `BadInput` with a
    JSON-pointer-like place (/nodes/3/…) for repeated or dangling names, cycles, unknown operations
    and sizes that do not fit.
    """

    inputs: tuple[Input, ...]
    nodes: tuple[Node, ...]
    output: str
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", tuple(self.inputs))
        object.__setattr__(self, "nodes", tuple(self.nodes))
        names = [*(item.name for item in self.inputs), *(node.name for node in self.nodes)]
        if not self.inputs:
            raise BadInput("/inputs", "expected at least one input, found none")
        _refuse_repeated(names, len(self.inputs))
        _refuse_dangling(self.inputs, self.nodes, self.output)
        object.__setattr__(self, "nodes", _in_order(self.inputs, self.nodes))
        _ = self.sizes  # computed now, so that a network with wrong shapes cannot exist

    @cached_property
    def sizes(self) -> dict[str, int]:
        """The number of entries of every input's and node's value."""
        sizes = {item.name: item.size for item in self.inputs}
        for index, node in enumerate(self.nodes):
            operation = OPERATIONS[node.op]
            least, most = operation.arity
            if not least <= len(node.inputs) <= most:
                wanted = str(least) if least == most else f"at least {least}"
                found = f"found {len(node.inputs)}"
                raise BadInput(
                    f"/nodes/{index}/inputs", f"expected {wanted} for {node.op}, {found}"
                )
            try:
                sizes[node.name] = operation.size(node, [sizes[name] for name in node.inputs])
            except DepthproofError as error:
                raise BadInput(f"/nodes/{index}/{error.where}", error.reason) from None
            if sizes[node.name] > MOST_ENTRIES:
                found = f"a value of {sizes[node.name]} entries"
                raise OverBudget(
                    f"/nodes/{index}", f"{found}; at most {MOST_ENTRIES} are computed with"
                )
        return sizes

    @cached_property
    def graph(self) -> "networkx.DiGraph":
        """The DAG: a node of the graph for every input and node (attribute `node`, None for an
        input), edges in the direction of data. Dead nodes included; frozen."""
        import networkx

        graph = networkx.DiGraph()
        graph.add_nodes_from((item.name, {"node": None}) for item in self.inputs)
        graph.add_nodes_from((node.name, {"node": node}) for node in self.nodes)
        graph.add_edges_from((source, node.name) for node in self.nodes for source in node.inputs)
        return networkx.freeze(graph)

    @property
    def input_size(self) -> int:
        return sum(item.size for item in self.inputs)

    @property
    def output_size(self) -> int:
        return self.sizes[self.output]

    @cached_property
    def pruned(self) -> "Network":
        """The same function without the nodes that no path leads from to the output."""
        alive = {self.output}
        for node in reversed(self.nodes):
            if node.name in alive:
                alive.update(node.inputs)
        kept = tuple(node for node in self.nodes if node.name in alive)
        if len(kept) == len(self.nodes):
            return self
        return Network(self.inputs, kept, self.output, self.notes)

    @cached_property
    def lowered(self) -> "Network":
        """The same function in the operations Gemm and Relu only: one input named x, nodes n0, n1,
        …, the output a Gemm."""
        from .lower import lowered

        return lowered(self.pruned)

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """Units at depth 1, 2, …, L. A unit is one Relu of the lowered form (an Abs or LeakyRelu
        entry is one, a Clip entry two)."""
        depth = {"x": 0}
        widths: dict[int, int] = {}
        for node in self.lowered.nodes:
            deepest = max(depth[name] for name in node.inputs)
            if node.op == "Relu":
                deepest += 1
                widths[deepest] = widths.get(deepest, 0) + self.lowered.sizes[node.name]
            depth[node.name] = deepest
        return tuple(widths[i] for i in range(1, len(widths) + 1))

    @property
    def depth(self) -> int:
        """Units on the longest path from an input to the output; 0 for an affine map."""
        return len(self.widths)

    @property
    def units(self) -> int:
        return sum(self.widths)

    @cached_property
    def skips(self) -> bool:
        """Whether some affine map reads values of different depths (a skip connection), in the
        lowered form."""
        depth = {"x": 0}
        for node in self.lowered.nodes:
            depths = {depth[name] for name in node.inputs}
            if len(depths) > 1:
                return True
            (depth[node.name],) = depths
            if node.op == "Relu":
                depth[node.name] += 1
        return False

    @cached_property
    def canonical(self) -> bytes:
        """The bytes by which claims pin this network: the lowered form as compact relu-network/1
        JSON and a newline."""
        from .relu_network import written

        return written(self.lowered)

    @cached_property
    def sha256(self) -> str:
        import hashlib

        return hashlib.sha256(self.canonical).hexdigest()

    def univariate(self) -> "Network":
        """This network, if it has one input and one output value; `BadInput` otherwise, with what
        to do about it."""
        if self.input_size != 1:
            found = f"found {self.input_size}; restrict it to a line with --from P --to Q"
            raise BadInput("", f"expected a network with one input, {found}")
        if self.output_size != 1:
            found = f"found {self.output_size}; choose one with --component I"
            raise BadInput("", f"expected a network with one output, {found}")
        return self

    @classmethod
    def from_torch(cls, module: Any, example: Any = None) -> "Network":
        """The network of a `torch.nn.Sequential` of Linear, ReLU and other piecewise-linear layers;
        weights arrive exactly."""
        from .torch_modules import from_torch

        return from_torch(module, example)

    def _repr_html_(self) -> str:
        from .display import html

        return html(self)

    def __repr__(self) -> str:
        shape = "-".join(map(str, (self.input_size, *self.widths, self.output_size)))
        skips = ", skip connections" if self.skips else ""
        return f"<Network {shape}, {self.units} units, depth {self.depth}{skips}>"


def _refuse_repeated(names: Sequence[str], inputs: int) -> None:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            place = f"/inputs/{index}/name" if index < inputs else f"/nodes/{index - inputs}/name"
            raise BadInput(place, f"expected a new name, found {displayed(name)} again")
        seen.add(name)


def _refuse_dangling(inputs: Sequence[Input], nodes: Sequence[Node], output: str) -> None:
    known = {item.name for item in inputs} | {node.name for node in nodes}
    for index, item in enumerate(inputs):
        if type(item.size) is not int or item.size < 1:
            found = displayed(item.size)
            raise BadInput(f"/inputs/{index}/size", f"expected a size of at least 1, found {found}")
    for index, node in enumerate(nodes):
        if node.op not in OPERATIONS:
            wanted, found = f"one of {', '.join(OPERATIONS)}", displayed(node.op)
            raise BadInput(f"/nodes/{index}/op", f"expected {wanted}, found {found}")
        for position, name in enumerate(node.inputs):
            if name not in known:
                raise _unknown(f"/nodes/{index}/inputs/{position}", name)
    if output not in known:
        raise _unknown("/output", output)


def _unknown(where: str, name: str) -> BadInput:
    return BadInput(where, f"expected the name of an input or node, found {displayed(name)}")


def _in_order(inputs: Sequence[Input], nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    known = {item.name for item in inputs}
    for node in nodes:
        if not known.issuperset(node.inputs):
            break
        known.add(node.name)
    else:
        return nodes
    import networkx

    graph = networkx.DiGraph((source, node.name) for node in nodes for source in node.inputs)
    graph.add_nodes_from(node.name for node in nodes)
    place = {node.name: index for index, node in enumerate(nodes)}
    if not networkx.is_directed_acyclic_graph(graph):
        cycle = [edge[0] for edge in networkx.find_cycle(graph)]
        found = displayed(" -> ".join([*cycle, cycle[0]]))
        raise BadInput(f"/nodes/{place[cycle[0]]}/inputs", f"expected no cycle, found {found}")
    order = networkx.lexicographical_topological_sort(graph, key=lambda name: place.get(name, -1))
    return tuple(nodes[place[name]] for name in order if name in place)
