"""Layered networks put together as in proofs/coq/Compose.v: affine maps before and after, one
network after another, several side by side, numbers that wait. Units and layers are counted as
there.

A row holds only its weights that are not zero, so that many networks side by side stay small.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..kernel.errors import BadInput
from .matrix import Matrix, array_of
from .network import Input, Network
from .operations import Node

Weights = dict[int, Fraction]  # by column
Row = tuple[Weights, Fraction]  # weights and bias
Affine = tuple[Row, ...]

ZERO, ONE = Fraction(0), Fraction(1)


def row(
    weights: Mapping[int, Fraction | int] | Sequence[Fraction | int], bias: Fraction | int = 0
) -> Row:
    """An affine function of a list of numbers; weights by their columns, or in order.

    >>> row([0, 2], 1)
    ({1: Fraction(2, 1)}, Fraction(1, 1))
    """
    pairs = weights.items() if isinstance(weights, Mapping) else enumerate(weights)
    return {column: Fraction(weight) for column, weight in pairs if weight}, Fraction(bias)


def composed(outer: Affine, inner: Affine) -> Affine:
    """The affine map outer(inner(x))."""
    found = []
    for weights, bias in outer:
        total: Weights = {}
        for column, weight in weights.items():
            inside, constant = inner[column]
            bias += weight * constant
            for place, factor in inside.items():
                total[place] = total.get(place, ZERO) + weight * factor
        found.append(row(total, bias))
    return tuple(found)


def shifted(rows: Affine, start: int) -> Affine:
    """The same map, reading from column `start` on."""
    return tuple(
        ({start + column: weight for column, weight in weights.items()}, bias)
        for weights, bias in rows
    )


@dataclass(frozen=True)
class Layered:
    """A map from R^inputs to R^m: layers of ReLU units, and m affine outputs of the last.

    >>> Layered.affine(1, [row([1])]).layer([row([1]), row([-1])], [row([1, 1])]).network
    <Network 1-2-1, 2 units, depth 1>
    """

    inputs: int
    layers: tuple[Affine, ...]
    output: Affine

    @classmethod
    def affine(cls, inputs: int, rows: Iterable[Row]) -> "Layered":
        """An affine map: no units."""
        return cls(inputs, (), tuple(rows))

    @classmethod
    def identity(cls, inputs: int) -> "Layered":
        """All inputs."""
        return cls.affine(inputs, [row({column: 1}) for column in range(inputs)])

    @property
    def depth(self) -> int:
        return len(self.layers)

    @property
    def units(self) -> int:
        return sum(map(len, self.layers))

    def after(self, rows: Iterable[Row]) -> "Layered":
        """An affine map of the outputs: no units more."""
        return Layered(self.inputs, self.layers, composed(tuple(rows), self.output))

    def reading(self, inputs: int, rows: Iterable[Row]) -> "Layered":
        """The map of an affine map of so many inputs: no units more."""
        return Layered.affine(inputs, rows).then(self)

    def then(self, outer: "Layered") -> "Layered":
        """outer(self(x)): units and layers add."""
        if not outer.layers:
            return self.after(outer.output)
        first = composed(outer.layers[0], self.output)
        return Layered(self.inputs, (*self.layers, first, *outer.layers[1:]), outer.output)

    def layer(self, units: Iterable[Row], rows: Iterable[Row]) -> "Layered":
        """One more layer, of these units of the outputs, and an affine map of it."""
        return Layered(
            self.inputs, (*self.layers, composed(tuple(units), self.output)), tuple(rows)
        )

    def waiting(self, layers: int) -> "Layered":
        """The same map, so many layers deeper: each output y waits as σ(y) − σ(−y), two units a
        layer."""
        size, found = len(self.output), self
        units = [row({column: sign}) for column in range(size) for sign in (1, -1)]
        rows = [row({2 * column: 1, 2 * column + 1: -1}) for column in range(size)]
        for _ in range(layers):
            found = found.layer(units, rows)
        return found

    @property
    def network(self) -> Network:
        """As a network: Gemm and Relu in turn."""
        nodes: list[Node] = []
        source, width = "x", self.inputs
        for number, layer in enumerate(self.layers, 1):
            nodes.append(_gemm(f"z{number}", source, layer, width))
            nodes.append(Node(f"a{number}", "Relu", (f"z{number}",)))
            source, width = f"a{number}", len(layer)
        nodes.append(_gemm("f", source, self.output, width))
        return Network((Input("x", self.inputs),), tuple(nodes), "f")


def beside(parts: Sequence[Layered]) -> Layered:
    """x ↦ (parts(x), …), all of one depth, on a shared input: units add."""
    if len({(part.inputs, part.depth) for part in parts}) != 1:
        found = sorted({(part.inputs, part.depth) for part in parts})
        raise BadInput("", f"expected networks with equally many inputs and layers, found {found}")
    layers: list[Affine] = []
    starts = [0] * len(parts)
    for level in range(parts[0].depth):
        layers.append(_blocks([part.layers[level] for part in parts], starts))
        starts = _starts([len(part.layers[level]) for part in parts])
    return Layered(parts[0].inputs, tuple(layers), _blocks([part.output for part in parts], starts))


def _blocks(maps: Sequence[Affine], starts: Sequence[int]) -> Affine:
    pairs = zip(maps, starts, strict=True)
    return tuple(one for rows, start in pairs for one in shifted(rows, start))


def _starts(sizes: Sequence[int]) -> list[int]:
    return [sum(sizes[:index]) for index in range(len(sizes))]


def _gemm(name: str, source: str, rows: Affine, width: int) -> Node:
    """A row keeps as many places as the longest has; the column −1 stands for none."""
    terms = max(1, *(len(weights) for weights, _ in rows))
    columns: list[int] = []
    weights = []
    for entries, _ in rows:
        spare = terms - len(entries)
        columns += [*entries, *[-1] * spare]
        weights.append((*entries.values(), *[ZERO] * spare))
    own = range(len(rows))
    matrix = Matrix(width, terms, array_of(columns), tuple(weights), own, own)
    bias = tuple(constant for _, constant in rows)
    return Node(name, "Gemm", (source,), {"weight": matrix, "bias": bias})
