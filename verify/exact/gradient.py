"""Backpropagation, exactly: one pass from the output back to the inputs, each node summing what it
receives.

On the lowered network (Gemm and Relu) the output receives 1; a Gemm passes weight × received to
each of its sources; a Relu passes what it received where its pre-activation is > 0, and nothing
elsewhere, so σ'(0) = 0. Away from kinks the sum that a value has received is the partial derivative
of the output by it; at a kink it need not be one of anything, and the kinks are listed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..kernel.errors import BadInput
from ..network.builders import vector
from ..network.matrix import Matrix
from ..network.network import Network
from ..network.operations import Node, Vector

ZERO, ONE = Fraction(0), Fraction(1)
Unit = tuple[str, int]  # a Relu of the lowered network, and an entry of it


@dataclass(frozen=True)
class Backpropagation:
    """One pass.

    `received`: for x and every node of the lowered network, the sum that each entry received.
    `gradient`: that of x, the inputs' entries in order. `kinks`: units whose pre-activation is
    exactly 0. `edges`: weights other than 0, and an edge for each unit. `operations`: additions and
    multiplications of the backward pass, at most 2 · edges.
    """

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
    """The gradient of a network with one output at a point, by backpropagation. Exact; arithmetic
    operations at most 2 · edges.

    Raises `BadInput` for several outputs or a point of another size. Source: Deep learning notes,
    Backprop.

    >>> from verify import tent
    >>> gradient(tent(), [Fraction(3, 4)]).gradient
    (Fraction(-2, 1),)
    """
    lowered = _scalar(network)
    values = _values(lowered, point)
    received: dict[str, list[Fraction]] = {
        name: [ZERO] * size for name, size in lowered.sizes.items()
    }
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
    value = values[lowered.output][0]
    return Backpropagation(value, sums["x"], sums, tuple(reversed(kinks)), edges, operations)


@dataclass(frozen=True)
class Region:
    """The network is value + slope · (x − point) on the box [point − radius, point + radius]^n: no
    unit changes its side there."""

    point: Vector
    radius: Fraction
    value: Fraction
    slope: Vector


def region(network: Network, point: Sequence[Fraction]) -> Region:
    """A box around a point on which the network is affine, with its affine form.

    Exact. Found forwards, not by backpropagation: the cost is inputs × edges. Raises `BadInput` at
    a kink, naming the unit.
    """
    lowered = _scalar(network)
    at, size = vector(point), lowered.input_size
    values = _values(lowered, at)
    slopes: dict[str, list[Vector]] = {"x": list(Matrix.diagonal((ONE,) * size))}
    radius = ONE
    for node in lowered.nodes:
        if node.op == "Gemm":
            rows = [row for name in node.inputs for row in slopes[name]]
            slopes[node.name] = _moved(node, rows, size)
            continue
        source, after = node.inputs[0], list[Vector]()
        for entry, (before, slope) in enumerate(zip(values[source], slopes[source], strict=True)):
            steepness = sum(map(abs, slope), ZERO)
            if before == 0:
                found = f"found one where unit {entry} of {node.name} is at 0"
                raise BadInput("", f"expected a point away from kinks, {found}")
            if steepness:
                radius = min(radius, abs(before) / (2 * steepness))
            if before > 0:
                after.append(slope)
            else:
                after.append((ZERO,) * size)
        slopes[node.name] = after
    return Region(at, radius, values[lowered.output][0], slopes[lowered.output][0])


def _scalar(network: Network) -> Network:
    if network.output_size != 1:
        found = f"found {network.output_size}; choose one with builders.component"
        raise BadInput("", f"expected a network with one output, {found}")
    return network.lowered


def _values(lowered: Network, point: Sequence[Fraction]) -> dict[str, Vector]:
    given = vector(point)
    if len(given) != lowered.input_size:
        wanted = f"a point with {lowered.input_size} coordinates"
        raise BadInput("", f"expected {wanted}, found {len(given)}")
    from .evaluate import EVALUATED

    values = {"x": given}
    for node in lowered.nodes:
        values[node.name] = EVALUATED[node.op](node, [values[name] for name in node.inputs])
    return values


def _moved(node: Node, rows: list[Vector], size: int) -> list[Vector]:
    """weight × rows."""
    weight, moved = node.matrix("weight"), list[Vector]()
    for i in range(len(weight)):
        total = [ZERO] * size
        for column, factor in weight.row(i):
            total = [
                sofar + factor * entry for sofar, entry in zip(total, rows[column], strict=True)
            ]
        moved.append(tuple(total))
    return moved
