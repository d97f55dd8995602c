"""The float tier: values at the vertices in float64 with bounds of their errors, so that a sign is
certain or known to be in doubt.

A doubtful sign is settled by exact evaluation at the vertex, which is found again from its birth;
where that would be done often, `InDoubt` sends the caller to the exact tier. Bounds as in
`..floats`: a product of width n errs by at most (n + 9) u times the product of absolute values; a
new vertex by its ends' errors and by the doubt about its place times their difference.
"""

from fractions import Fraction

import numpy as np

from ...network.network import Network
from ..floats import LEAST, MOST, UNIT, InDoubt
from ..layers import Layer
from .domains import Row, place
from .integers import Integers
from .lattice import Array, Grown

SLACK = 1.001  # covers the rounding of the bounds themselves
FLOOR = 1e-280  # more than any underflow of a product of tame weights
TINIEST = Fraction(1, 10**200)
LEAST_SETTLED, SETTLED_PART = 64, 30  # signs in doubt: at most 64, or one of thirty vertices


class Birth:
    """Vertices where units of a Relu node vanish, each its own, between `first`, where it is
    positive, and `second`."""

    def __init__(self, number: int, units: Array, first: Array, second: Array) -> None:
        self.number, self.units, self.first, self.second = number, units, first, second


class Floats:
    """Values at the vertices. The columns of `table` are vertices; of its rows the first half are
    values, of t and of the live nodes, the second half bounds of their errors."""

    def __init__(self, network: Network, rows: list[Row], births: list[Birth]) -> None:
        self.network, self.births = network, births
        numbers = [number for number, node in enumerate(network.nodes) if node.op == "Gemm"]
        self.layers = {number: _layer(network, number) for number in numbers}
        if not all(layer.tame for layer in self.layers.values()):
            raise InDoubt
        size = network.input_size
        sizes = {abs(entry) for row in rows for entry in place(row, size)} - {0}
        if not all(LEAST < entry < MOST for entry in sizes):
            raise InDoubt
        value = np.array(
            [[float(min(row[size], 1)), *map(float, place(row, size))] for row in rows]
        ).T
        error = abs(value) * (4 * UNIT)
        error[0] = 0.0
        self._put({"x": range(1, size + 1)}, value, error)
        self.last_use = {
            name: number for number, node in enumerate(network.nodes) for name in node.inputs
        }
        self.last_use[network.output] = len(network.nodes)
        relus = [number for number, node in enumerate(network.nodes) if node.op == "Relu"]
        self.last_relu = max(relus, default=0)
        self.places = dict(enumerate(rows))
        self.settled = 0

    def _put(self, columns: dict[str, range], value: Array, error: Array) -> None:
        self.columns, self.width = columns, len(value)
        self.table = Grown(np.concatenate([value, error]))

    def _rows(self, rows: list[int] | slice, start: int = 0) -> tuple[Array, Array]:
        """Some rows of values and of bounds, from a vertex on."""
        view = self.table.view[:, start:]
        return view[: self.width][rows], view[self.width :][rows]

    def affine(self, number: int) -> None:
        if number > self.last_relu:  # no unit's sign depends on it
            return
        node, (weight, _) = self.network.nodes[number], self.layers[number].rounded
        chosen = [column for name in node.inputs for column in self.columns[name]] + [0]
        value, error = self._rows(chosen)
        image = weight.T @ value
        growth = (len(chosen) + 10) * UNIT
        spread = abs(weight.T) @ (abs(value) * growth + error)
        spread *= SLACK
        spread += FLOOR
        if (abs(image) <= spread).any():  # what no number reaches is 0 exactly
            reached = (weight.T != 0).astype(float) @ (value != 0)
            unreached = reached == 0
            image[unreached] = spread[unreached] = 0.0
        self._append(number, image, spread)

    def _append(self, number: int, value: Array, error: Array) -> None:
        """A node's values, in place of those that are used no more."""
        name = self.network.nodes[number].name
        live = [other for other in self.columns if self.last_use.get(other, -1) > number]
        kept = [0, *(column for other in live for column in self.columns[other])]
        columns, start = {}, 1
        for other in (*live, name):
            columns[other] = range(start, start + self.network.sizes[other])
            start += self.network.sizes[other]
        old_value, old_error = self._rows(kept)
        self._put(columns, np.concatenate([old_value, value]), np.concatenate([old_error, error]))

    def _of(self, number: int) -> slice:
        columns = self.columns[self.network.nodes[number].inputs[0]]
        return slice(columns.start, columns.stop)

    def signs(self, number: int, start: int = 0) -> tuple[Array, Array]:
        """Where what goes into a Relu is positive, and where negative, for certain: (width,
        vertices from `start` on) of bool."""
        value, error = self._rows(self._of(number), start)
        doubtful = ~(abs(value) > error) & (error != 0)
        if doubtful.any():
            units, vertices = np.nonzero(doubtful)
            settled = self._settled(number, start + vertices, units)
            value[units, vertices], error[units, vertices] = settled
        return value > 0, value < 0

    def _settled(self, number: int, vertices: Array, units: Array) -> tuple[Array, Array]:
        """The values of units at vertices, of the right sign, and bounds of their errors."""
        asked = np.unique(vertices)
        self.settled += len(asked)
        if self.settled > max(LEAST_SETTLED, self.table.size // SETTLED_PART):
            raise InDoubt
        exact = evaluated(self.network, number, [self._place(int(vertex)) for vertex in asked])
        t, doubt = self.table.data[[0, self.width]]
        result = []
        name, rows = self.network.nodes[number].inputs[0], np.searchsorted(asked, vertices)
        for vertex, row, unit in zip(vertices, rows, units, strict=True):
            value = exact.entry(name, int(unit), int(row))
            sure = doubt[vertex] * 2 < t[vertex] and TINIEST < abs(value) < 1 / TINIEST
            if value and not sure:
                raise InDoubt
            result.append(float(value))
        factors = np.array(result)
        spread = SLACK * abs(factors) * (doubt[vertices] + 16 * UNIT * t[vertices])
        return factors * t[vertices], spread

    def _place(self, vertex: int) -> Row:
        """The exact place of a vertex: of its ancestors first, as each lies between two earlier
        ones."""
        waiting = [vertex]
        while waiting:
            top = waiting[-1]
            if top in self.places:
                waiting.pop()
                continue
            birth, at = self._birth(top)
            first, second = int(birth.first[at]), int(birth.second[at])
            missing = [parent for parent in (first, second) if parent not in self.places]
            if missing:
                waiting += missing
                continue
            ends = [self.places[first], self.places[second]]
            exact = evaluated(self.network, birth.number, ends)
            exact.born(birth.number, birth.units[at : at + 1], np.array([0]), np.array([1]))
            self.places[top] = exact.rows[2][: self.network.input_size + 1]
        return self.places[vertex]

    def _birth(self, vertex: int) -> tuple[Birth, int]:
        """The vertex's birth, and its number there."""
        end = self.table.size
        for birth in reversed(self.births):
            end -= len(birth.first)
            if vertex >= end:
                return birth, vertex - end
        raise InDoubt

    def keep(self, start: int, kept: Array) -> None:
        """Of the vertices from `start` on keeps some, in this order."""
        self.table.keep(start, kept)
        self.places = {vertex: row for vertex, row in self.places.items() if vertex < start}

    def born(self, number: int, units: Array, first: Array, second: Array) -> None:
        """New vertices. The place of a zero between values a and −b, in doubt by δa and δb, is in
        doubt by (δa b + δb a) / ((a + b)(a + b − δa − δb))."""
        width, column = self.width, (self._of(number).start + units, np.arange(len(units)))
        one, other = self.table.data[:, first], self.table.data[:, second]
        a, b, da, db = one[column], -other[column], one[width:][column], other[width:][column]
        whole = a + b
        part = a / whole
        doubt = SLACK * (da * b + db * a) / (whole * ((a - da) + (b - db))) + 12 * UNIT
        new = np.maximum(one, other)
        step = other[:width] - one[:width]
        known = (new[width:] == 0) & (step == 0)  # the same number at both ends, exactly
        value = part * step
        value += one[:width]
        error = new[width:]
        step *= SLACK * doubt
        error += abs(step)
        error += abs(one[:width]) * (8 * UNIT) + FLOOR
        error *= SLACK
        known[column] = True
        value[column] = 0.0
        error[known] = 0.0
        new[:width] = value
        self.table.extend(new)

    def relu(self, number: int) -> None:
        value, error = self._rows(self._of(number))
        active = value > 0
        self._append(number, value * active, error * active)
        if not np.isfinite(self.table.view).all():
            raise InDoubt


def _layer(network: Network, number: int) -> Layer:
    node = network.nodes[number]
    return Layer(node.matrix("weight").dense, node.vector("bias"))


def evaluated(network: Network, last: int, rows: list[Row]) -> Integers:
    """The exact values at places, up to what goes into node `last`."""
    exact = Integers(network, [list(row) for row in rows])
    for number, node in enumerate(network.nodes[:last]):
        if node.op == "Gemm":
            exact.affine(number)
        else:
            exact.relu(number)
    return exact
