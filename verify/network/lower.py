"""Lowering: every operation as affine maps and Relu, so that the trusted checker needs to know only
those two.

|z| = 2σ(z) − z; leaky: αz + (1 − α)σ(z); max(a, b) = a + σ(b − a); clip(z) = low + σ(z − low) − σ(z
− high). A Gemm acts on the concatenation of its inputs, so a Concat costs nothing and a sum is one
Gemm of identity blocks.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from ..kernel.errors import OverBudget
from .matrix import Matrix, beside
from .network import Input, Network
from .operations import Node, Vector, row

ZERO, ONE = Fraction(0), Fraction(1)
MOST_TERMS = 1_000_000_000  # of rows that share their weights; these cost no memory, but time
Parts = tuple[str, ...]  # the concatenation of these lowered nodes' values


class Lowering:
    """The lowered nodes emitted so far. `size` of every lowered node; names are x, n0, n1, …"""

    def __init__(self, input_size: int) -> None:
        self.nodes: list[Node] = []
        self.size = {"x": input_size}
        self.spent = 0

    def spend(self, entries: int) -> None:
        self.spent += entries
        if self.spent > MOST_TERMS:
            form = "a network whose form in affine maps and Relu"
            raise OverBudget("", f"{form} has more than {MOST_TERMS} weights")

    def affine(self, blocks: Sequence[tuple[Matrix, Parts]], bias: Vector) -> Parts:
        """Emits Σ matrix · parts + bias."""
        weight = beside([matrix for matrix, _ in blocks])
        self.spend(weight.size)
        inputs: Parts = sum((parts for _, parts in blocks), ())
        return self._emit("Gemm", inputs, len(bias), {"weight": weight, "bias": bias})

    def diagonal(self, terms: Sequence[tuple[Fraction, Parts]], constant: Fraction = ZERO) -> Parts:
        """Emits Σ factor · parts + constant, entry by entry."""
        n = self.total(terms[0][1])
        blocks = [(Matrix.multiple(factor, n), parts) for factor, parts in terms]
        return self.affine(blocks, (constant,) * n)

    def relu(self, parts: Parts) -> Parts:
        return sum((self._emit("Relu", (part,), self.size[part], {}) for part in parts), ())

    def total(self, parts: Parts) -> int:
        return sum(self.size[part] for part in parts)

    def _emit(
        self, op: str, inputs: Parts, size: int, parameters: dict[str, Matrix | Vector]
    ) -> Parts:
        name = f"n{len(self.nodes)}"
        self.nodes.append(Node(name, op, inputs, parameters))
        self.size[name] = size
        return (name,)


def lowered(network: Network) -> Network:
    """The same function in Gemm and Relu: one input x (the inputs' concatenation), nodes n0, n1, …,
    the output a Gemm."""
    low = Lowering(network.input_size)
    value: dict[str, Parts] = _inputs(low, network)
    for node in network.nodes:
        low.spend(sum(len(value[name]) for name in node.inputs))
        meaning, inputs = row(LOWERED, node.op, "lowering"), [value[name] for name in node.inputs]
        value[node.name] = meaning(low, node, inputs)  # type: ignore[assignment]
    gemms = {node.name for node in low.nodes if node.op == "Gemm"}
    (*rest, last) = value[network.output]
    if rest or last not in gemms:
        last = low.diagonal([(ONE, value[network.output])])[0]
    index = [node.name for node in low.nodes].index(last)
    return Network((Input("x", network.input_size),), tuple(low.nodes[: index + 1]), last)


def _inputs(low: Lowering, network: Network) -> dict[str, Parts]:
    """The inputs as parts of x. One that nothing reads gets no node: without dead nodes, lowering
    twice is lowering once."""
    if len(network.inputs) == 1:
        return {network.inputs[0].name: ("x",)}
    read = {name for node in network.nodes for name in node.inputs} | {network.output}
    value, start, whole = {}, 0, low.size["x"]
    for item in network.inputs:
        if item.name in read:
            chosen = Matrix.selection(range(start, start + item.size), whole)
            value[item.name] = low.affine([(chosen, ("x",))], (ZERO,) * item.size)
        start += item.size
    return value


def _gemm(low: Lowering, node: Node, inputs: list[Parts]) -> Parts:
    return low.affine([(node.matrix("weight"), sum(inputs, ()))], node.vector("bias"))


def _mul(low: Lowering, node: Node, inputs: list[Parts]) -> Parts:
    factor = node.vector("factor")
    return low.affine([(Matrix.diagonal(factor), inputs[0])], (ZERO,) * len(factor))


def _max(low: Lowering, node: Node, inputs: list[Parts], sign: Fraction = ONE) -> Parts:
    result = inputs[0]
    for other in inputs[1:]:
        over = low.relu(low.diagonal([(sign, other), (-sign, result)]))
        result = low.diagonal([(ONE, result), (sign, over)])
    return result


def _abs(low: Lowering, node: Node, inputs: list[Parts]) -> Parts:
    return low.diagonal([(Fraction(2), low.relu(inputs[0])), (-ONE, inputs[0])])


def _leaky(low: Lowering, node: Node, inputs: list[Parts]) -> Parts:
    alpha = node.rational("alpha")
    return low.diagonal([(ONE - alpha, low.relu(inputs[0])), (alpha, inputs[0])])


def _clip(low: Lowering, node: Node, inputs: list[Parts]) -> Parts:
    least, most = node.rational("min"), node.rational("max")
    above = low.relu(low.diagonal([(ONE, inputs[0])], -least))
    beyond = low.relu(low.diagonal([(ONE, inputs[0])], -most))
    return low.diagonal([(ONE, above), (-ONE, beyond)], least)


LOWERED: Mapping[str, Callable[[Lowering, Node, list[Parts]], Parts]] = MappingProxyType(
    {
        "Gemm": _gemm,
        "Relu": lambda low, node, inputs: low.relu(inputs[0]),
        "Add": lambda low, node, inputs: low.diagonal([(ONE, parts) for parts in inputs]),
        "Sub": lambda low, node, inputs: low.diagonal([(ONE, inputs[0]), (-ONE, inputs[1])]),
        "Neg": lambda low, node, inputs: low.diagonal([(-ONE, inputs[0])]),
        "Mul": _mul,
        "Concat": lambda low, node, inputs: sum(inputs, ()),
        "Abs": _abs,
        "LeakyRelu": _leaky,
        "Max": _max,
        "Min": lambda low, node, inputs: _max(low, node, inputs, -ONE),
        "Clip": _clip,
    }
)
