"""Backpropagation, exactly: one pass from the output back to the inputs, each node summing what it receives.

On the lowered network (Gemm and Relu) the output receives 1; a Gemm passes weight × received to each of its sources; a Relu passes what it
received where its pre-activation is > 0, and nothing elsewhere, so σ'(0) = 0. Away from kinks the sum that a value has received is the
partial derivative of the output by it; at a kink it need not be one of anything, and the kinks are listed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..kernel.errors import BadInput
from ..network.builders import vector
from ..network.network import Network
from ..network.operations import Node, Vector

ZERO, ONE = Fraction(0), Fraction(1)
Unit = tuple[str, int]  # a Relu of the lowered network, and an entry of it


@dataclass(frozen=True)
class Backpropagation:
    """One pass. `received`: for x and every node of the lowered network, the sum that each entry received; `gradient` is that of x, the
    inputs' entries in order. `kinks`: units whose pre-activation is exactly 0. `edges`: weights other than 0, and an edge for each unit.
    `operations`: additions and multiplications of the backward pass, at most 2 · edges."""

    value: Fraction
    gradient: Vector
    received: Mapping[str, Vector]
    kinks: tuple[Unit, ...]
    edges: int
    operations: int

    @property
    def is_derivative(self) -> bool:
        """Whether the point is away from all kinks, so that `gradient` is the gradient."""
        return not self.kinks


def gradient(network: Network, point: Sequence[Fraction]) -> Backpropagation:
    """The gradient of a network with one output at a point, by backpropagation. Exact; arithmetic operations at most 2 · edges.

    Raises `BadInput` for several outputs or a point of another size. Source: Deep learning notes, Backprop.
    """
    lowered = _scalar(network)
    values = _values(lowered, point)
    received: dict[str, list[Fraction]] = {name: [ZERO] * size for name, size in lowered.sizes.items()}
    received[lowered.output] = [ONE]
    kinks: list[Unit] = []
    edges = operations = 0
    for node in reversed(lowered.nodes):
        if node.op == "Relu":
            source = node.inputs[0]
            edges += len(values[source])
            for entry, before in reversed(list(enumerate(values[source]))):
                if before == 0:
                    kinks.append((node.name, entry))
                elif before > 0:
                    received[source][entry] += received[node.name][entry]
                    operations += 1
            continue
        places = [(name, entry) for name in node.inputs for entry in range(lowered.sizes[name])]
        for index, amount in enumerate(received[node.name]):
            for column, weight in node.matrix("weight").row(index):
                name, entry = places[column]
                received[name][entry] += amount * weight
                edges, operations = edges + 1, operations + 2
    sums = {name: tuple(entries) for name, entries in received.items()}
    return Backpropagation(values[lowered.output][0], sums["x"], sums, tuple(reversed(kinks)), edges, operations)


@dataclass(frozen=True)
class Region:
    """On the box [point − radius, point + radius]^n no unit changes its side, so the network is affine there: value + slope · (x −
    point)."""

    point: Vector
    radius: Fraction
    value: Fraction
    slope: Vector


def region(network: Network, point: Sequence[Fraction]) -> Region:
    """A box around a point away from kinks on which the network is affine, with its affine form, found forwards (not by backpropagation).

    Exact. Cost: inputs × edges. Raises `BadInput` at a kink, naming the unit.
    """
    lowered = _scalar(network)
    at, size = vector(point), lowered.input_size
    values = _values(lowered, at)
    slopes: dict[str, list[Vector]] = {"x": [tuple(ONE if i == j else ZERO for j in range(size)) for i in range(size)]}
    radius = ONE
    for node in lowered.nodes:
        if node.op == "Gemm":
            slopes[node.name] = _moved(node, [row for name in node.inputs for row in slopes[name]], size)
            continue
        source = node.inputs[0]
        for entry, (before, slope) in enumerate(zip(values[source], slopes[source], strict=True)):
            steepness = sum(map(abs, slope), ZERO)
            if before == 0:
                raise BadInput("", f"expected a point away from kinks, found one where unit {entry} of {node.name} is at 0")
            if steepness:
                radius = min(radius, abs(before) / (2 * steepness))
        flat = (ZERO,) * size
        slopes[node.name] = [slope if before > 0 else flat for before, slope in zip(values[source], slopes[source], strict=True)]
    return Region(at, radius, values[lowered.output][0], slopes[lowered.output][0])


def _scalar(network: Network) -> Network:
    if network.output_size != 1:
        raise BadInput("", f"expected a network with one output, found {network.output_size}; choose one with builders.component")
    return network.lowered


def _values(lowered: Network, point: Sequence[Fraction]) -> dict[str, Vector]:
    given = vector(point)
    if len(given) != lowered.input_size:
        raise BadInput("", f"expected a point with {lowered.input_size} coordinates, found {len(given)}")
    from .evaluate import EVALUATED

    values = {"x": given}
    for node in lowered.nodes:
        values[node.name] = EVALUATED[node.op](node, [values[name] for name in node.inputs])
    return values


def _moved(node: Node, rows: list[Vector], size: int) -> list[Vector]:
    """weight × rows."""
    weight = node.matrix("weight")
    return [tuple(sum((w * rows[c][j] for c, w in weight.row(i)), ZERO) for j in range(size)) for i in range(len(weight))]
