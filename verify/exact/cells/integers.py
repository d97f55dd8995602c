"""The exact tier: at every vertex its place and the values of the nodes, as integers over one
positive factor of the vertex.

Where two cells meet they agree, so a value belongs to the vertex, not to a cell; and along an edge
it is affine, so a new vertex is a positive combination of the edge's ends, with all its values. A
Gemm is one integer matrix product for all vertices.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from operator import mul

import numpy as np
from flint import fmpz_mat

from ...kernel.errors import OverBudget
from ...network.network import Network
from ...network.operations import Node
from ..integer import integers
from .domains import Row, between
from .lattice import Array

MOST_ENTRIES = 10_000_000  # vertices times numbers kept at each: about a gigabyte


class Integers:
    """`rows`: of each vertex y, t and the values of the live nodes; `columns` and `scale` of a
    node: a value is entry / (scale · t)."""

    def __init__(self, network: Network, rows: Sequence[Row]) -> None:
        self.network, self.rows, self.size = network, list(rows), network.input_size
        self.columns = {"x": range(self.size)}
        self.scale = {"x": 1}
        self.last_use = {
            name: number for number, node in enumerate(network.nodes) for name in node.inputs
        }
        self.last_use[network.output] = len(network.nodes)

    def affine(self, number: int) -> None:
        """Appends the values of a Gemm, and drops those that are used no more."""
        node = self.network.nodes[number]
        factors, scale = weights(node, self.columns, self.scale)
        weight = fmpz_mat(factors).transpose()
        chosen = [column for name in node.inputs for column in self.columns[name]]
        spans = range(chosen[0], chosen[-1] + 1)
        t = self.size
        if list(spans) == chosen:
            inputs = [row[spans.start : spans.stop] + row[t : t + 1] for row in self.rows]
        else:
            wanted = [*chosen, t]
            inputs = [[row[column] for column in wanted] for row in self.rows]
        values = (fmpz_mat(inputs) * weight).table()
        self._append(number, node, [list(map(int, row)) for row in values], scale)

    def _append(self, number: int, node: Node, values: list[Row], scale: int) -> None:
        fixed = self.size + 1
        live = [
            name for name in self.columns if name != "x" and self.last_use.get(name, -1) > number
        ]
        kept = [column for name in live for column in self.columns[name]]
        self._check(len(values), fixed + len(kept) + self.network.sizes[node.name])
        if kept:
            still = [*range(fixed), *kept]
            self.rows = [
                [row[column] for column in still] + more
                for row, more in zip(self.rows, values, strict=True)
            ]
        else:
            self.rows = [row[:fixed] + more for row, more in zip(self.rows, values, strict=True)]
        columns, start = {"x": range(self.size)}, fixed
        for name in (*live, node.name):
            columns[name] = range(start, start + self.network.sizes[name])
            start += self.network.sizes[name]
        self.columns = columns
        self.scale = {name: self.scale[name] for name in ("x", *live)} | {node.name: scale}

    def _check(self, vertices: int, columns: int) -> None:
        if vertices * columns > MOST_ENTRIES:
            raise OverBudget("", f"more than {MOST_ENTRIES} exact numbers at the vertices")

    def signs(self, number: int, start: int = 0) -> tuple[Array, Array]:
        """Where what goes into a Relu is positive, and where negative: (width, vertices from
        `start` on) of bool."""
        columns = self.columns[self.network.nodes[number].inputs[0]]
        positive, negative = list[list[bool]](), list[list[bool]]()
        for row in self.rows[start:]:
            entries = row[columns.start : columns.stop]
            positive.append([entry > 0 for entry in entries])
            negative.append([entry < 0 for entry in entries])
        shape = (-1, len(columns))
        return np.array(positive, bool).reshape(shape).T, np.array(negative, bool).reshape(shape).T

    def keep(self, start: int, kept: Array) -> None:
        """Of the vertices from `start` on keeps some, in this order."""
        self.rows[start:] = [self.rows[start + vertex] for vertex in kept.tolist()]

    def born(self, number: int, units: Array, first: Array, second: Array) -> None:
        """New vertices, where units of a Relu vanish, each between two vertices."""
        rows, columns = self.rows, self.columns[self.network.nodes[number].inputs[0]]
        self._check(len(rows) + len(first), len(rows[0]))
        born = zip((columns.start + units).tolist(), first.tolist(), second.tolist(), strict=True)
        for column, one, other in born:
            a, b = rows[one], rows[other]
            rows.append(between(a, b, a[column], -b[column]))

    def relu(self, number: int) -> None:
        node = self.network.nodes[number]
        columns = self.columns[node.inputs[0]]
        values = []
        for row in self.rows:
            entries = row[columns.start : columns.stop]
            values.append([entry if entry > 0 else 0 for entry in entries])
        self._append(number, node, values, self.scale[node.inputs[0]])

    def entry(self, name: str, entry: int, vertex: int) -> Fraction:
        """One value at one vertex; where t = 0, the slope along that direction."""
        row = self.rows[vertex]
        return Fraction(row[self.columns[name][entry]], self.scale[name] * (row[self.size] or 1))

    def values(self, name: str, entry: int = 0) -> list[Fraction]:
        """A node's exact values at the vertices; where t = 0, the slope along that direction."""
        column, scale, t = self.columns[name][entry], self.scale[name], self.size
        return [Fraction(row[column], scale * (row[t] or 1)) for row in self.rows]


def weights(node: Node, columns: dict[str, range], scale: dict[str, int]) -> tuple[list[Row], int]:
    """A Gemm's weights as integers, for inputs kept over these scales, the bias last; and the scale
    of what comes out."""
    pairs = zip(node.matrix("weight"), node.vector("bias"), strict=True)
    rows, under = integers([(*row, bias) for row, bias in pairs])
    common = lcm(*(scale[name] for name in node.inputs))
    factors = [common // scale[name] for name in node.inputs for _ in columns[name]] + [common]
    scaled = [list(map(mul, row, factors)) for row in rows]
    return scaled, under * common
