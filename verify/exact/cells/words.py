"""The exact tier for handmade networks: the integers of `integers`, while they fit into 64 bits.

Every product and sum is bounded before it is used. A new vertex that might not fit is computed with
integers of any length, and kept if its numbers, in lowest terms, fit; where they do not,
`InDoubt` sends the caller to those integers altogether.
"""

import numpy as np

from ...network.network import Network
from ..floats import InDoubt
from .domains import Row, between
from .integers import Integers, weights
from .lattice import Array, Grown

LARGEST = 2.0**61  # of a bound computed in floats: whatever their rounding, the number fits


class Words:
    """Of every vertex, a column of `table`: y, t and the values of the live nodes, as integers over
    one positive factor of the vertex; `columns` and `scale` of a node as in `Integers`."""

    def __init__(self, network: Network, rows: list[Row]) -> None:
        self.network, self.size = network, network.input_size
        self.table = Grown(_fitting(rows).T)
        self.columns, self.scale = {"x": range(self.size)}, {"x": 1}
        self.last_use = Integers(network, []).last_use

    def affine(self, number: int) -> None:
        node = self.network.nodes[number]
        rows, scale = weights(node, self.columns, self.scale)
        weight = _fitting(rows)
        chosen = [column for name in node.inputs for column in self.columns[name]]
        inputs = self.table.view[[*chosen, self.size]]
        _check(abs(weight).astype(float) @ abs(inputs).max(axis=1).astype(float))
        self._append(number, weight @ inputs, scale)

    def _append(self, number: int, values: Array, scale: int) -> None:
        name, fixed = self.network.nodes[number].name, self.size + 1
        live = [n for n in self.columns if n != "x" and self.last_use.get(n, -1) > number]
        kept = [*range(fixed), *(column for other in live for column in self.columns[other])]
        self.table = Grown(np.concatenate([self.table.view[kept], values]))
        columns, start = {"x": range(self.size)}, fixed
        for other in (*live, name):
            columns[other] = range(start, start + self.network.sizes[other])
            start += self.network.sizes[other]
        self.scale = {other: self.scale[other] for other in ("x", *live)} | {name: scale}
        self.columns = columns

    def _of(self, number: int) -> slice:
        columns = self.columns[self.network.nodes[number].inputs[0]]
        return slice(columns.start, columns.stop)

    def signs(self, number: int, start: int = 0) -> tuple[Array, Array]:
        """Where what goes into a Relu is positive, and where negative: (width, vertices from
        `start` on) of bool."""
        value = self.table.view[self._of(number), start:]
        return value > 0, value < 0

    def keep(self, start: int, kept: Array) -> None:
        """Of the vertices from `start` on keeps some, in this order."""
        self.table.keep(start, kept)

    def born(self, number: int, units: Array, first: Array, second: Array) -> None:
        """New vertices, where units of a Relu vanish, each between two vertices."""
        column = self._of(number).start + units, np.arange(len(units))
        one, other = self.table.data[:, first], self.table.data[:, second]
        plus, minus = one[column], -other[column]
        shared = np.gcd(plus, minus)
        plus, minus = plus // shared, minus // shared
        sizes = abs(one).max(axis=0).astype(float), abs(other).max(axis=0).astype(float)
        large = (sizes[0] * minus + sizes[1] * plus >= LARGEST).nonzero()[0]
        new = one * minus + other * plus  # where it does not fit, it is computed again
        common = np.gcd.reduce(new, axis=0)
        common[large] = 1
        if common.max(initial=1) > 1:
            new //= common
        if len(large):
            ends = zip(one.T[large].tolist(), other.T[large].tolist(), strict=True)
            places = zip(ends, plus[large].tolist(), minus[large].tolist(), strict=True)
            new[:, large] = _fitting([between(*pair, a, b) for pair, a, b in places]).T
        self.table.extend(new)

    def relu(self, number: int) -> None:
        values = np.maximum(self.table.view[self._of(number)], 0)
        self._append(number, values, self.scale[self.network.nodes[number].inputs[0]])

    @property
    def integers(self) -> Integers:
        """The same numbers, of any length from now on."""
        result = Integers(self.network, self.table.view.T.tolist())
        result.columns, result.scale = self.columns, self.scale
        return result


def _fitting(rows: list[Row]) -> Array:
    if max((abs(entry) for row in rows for entry in row), default=0) >= LARGEST:
        raise InDoubt
    return np.array(rows, np.int64)


def _check(bounds: Array) -> None:
    if not bounds.max(initial=0.0) < LARGEST:
        raise InDoubt
