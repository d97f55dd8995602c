"""The float tier: values at the vertices in float64 with bounds of their errors, so that a sign is
certain or known to be in doubt.

A doubtful sign is settled by exact evaluation at the vertex, which is found again from its birth;
where that would be done often, `Undecided` sends the caller to the exact tier. Bounds as in
`..floats`: a product of width n errs by at most (n + 9) u times the product of absolute values; a
new vertex by its ends' errors and by the doubt about its place times their difference.
"""

from fractions import Fraction

import numpy as np

from ...network.network import Network
from ..floats import UNIT, Undecided
from ..layers import Layer
from .domains import Row
from .integers import Integers
from .lattice import Array, Grown

SLACK = 1.001  # covers the rounding of the bounds themselves
FLOOR = 1e-280  # more than any underflow of a product of tame weights
TINIEST = Fraction(1, 10**200)
LEAST_SETTLED, SETTLED_PART = 64, 30  # signs in doubt: at most 64, or one of thirty vertices


class Birth:
    """Vertices where a unit of a Relu node vanishes, between `first`, where it is positive, and
    `second`."""

    def __init__(self, number: int, unit: int, first: Array, second: Array) -> None:
        self.number, self.unit, self.first, self.second = number, unit, first, second


class Floats:
    """Values at the vertices: `value` and `error`, (columns, vertices), the first row t, then the
    live nodes."""

    def __init__(self, network: Network, rows: list[Row], births: list[Birth]) -> None:
        self.network, self.start, self.births = network, rows, births
        self.layers = {
            number: _layer(network, number)
            for number, node in enumerate(network.nodes)
            if node.op == "Gemm"
        }
        if not all(layer.tame for layer in self.layers.values()):
            raise Undecided
        size = network.input_size
        scaled = [[entry / (row[size] or 1) for entry in row] for row in rows]
        value = np.array([[row[size], *row[:size]] for row in scaled]).T
        self.value, self.error = Grown(value), Grown(abs(value) * (4 * UNIT))
        self.error.data[0] = 0.0
        self.columns = {"x": range(1, size + 1)}
        self.last_use = {
            name: number for number, node in enumerate(network.nodes) for name in node.inputs
        }
        self.last_use[network.output] = len(network.nodes)
        self.places = dict(enumerate(rows))
        self.settled = 0

    def affine(self, number: int) -> None:
        node, (weight, _) = self.network.nodes[number], self.layers[number].rounded
        chosen = [column for name in node.inputs for column in self.columns[name]] + [0]
        value, error = self.value.view[chosen], self.error.view[chosen]
        image = weight.T @ value
        growth = (len(chosen) + 10) * UNIT
        spread = abs(weight.T) @ (abs(value) * growth + error)
        spread *= SLACK
        spread += FLOOR
        if (abs(image) <= spread).any():  # what no number reaches is 0 exactly
            unreached = ((weight.T != 0).astype(float) @ (value != 0)) == 0
            image[unreached] = spread[unreached] = 0.0
        self._append(number, image, spread)

    def _append(self, number: int, value: Array, error: Array) -> None:
        node = self.network.nodes[number]
        live = [name for name in self.columns if self.last_use.get(name, -1) > number]
        kept = [0, *(column for name in live for column in self.columns[name])]
        self.value = Grown(np.concatenate([self.value.view[kept], value]))
        self.error = Grown(np.concatenate([self.error.view[kept], error]))
        self.columns, start = {}, 1
        for name in (*live, node.name):
            self.columns[name] = range(start, start + self.network.sizes[name])
            start += self.network.sizes[name]

    def signs(self, number: int, start: int = 0) -> Array:
        """The signs of what goes into a Relu, (vertices from `start` on, width); all certain."""
        columns = self.columns[self.network.nodes[number].inputs[0]]
        value = self.value.view[columns.start : columns.stop, start:]
        error = self.error.view[columns.start : columns.stop, start:]
        with np.errstate(invalid="ignore"):
            doubtful = ~(abs(value) > error) & (error > 0)
        if doubtful.any():
            units, vertices = np.nonzero(doubtful)
            found = self._settled(number, start + vertices, units)
            value[units, vertices], error[units, vertices] = found, abs(found) * (16 * UNIT)
        return np.asarray(np.sign(value).astype(np.int8).T)

    def _settled(self, number: int, vertices: Array, units: Array) -> Array:
        """The values of units at vertices: of the right sign, and within 16 u of their size."""
        asked = np.unique(vertices)
        self.settled += len(asked)
        if self.settled > max(LEAST_SETTLED, self.value.size // SETTLED_PART):
            raise Undecided
        exact = _exactly(self.network, number, [self._place(int(vertex)) for vertex in asked])
        name, size, result = self.network.nodes[number].inputs[0], self.network.input_size, []
        for vertex, place, unit in zip(
            vertices, np.searchsorted(asked, vertices), units, strict=True
        ):
            row = exact.rows[place]
            entry, t = row[exact.columns[name][unit]], row[size]
            if entry and (
                not t or self.error.data[0, vertex] > 8 * UNIT * abs(self.value.data[0, vertex])
            ):
                raise Undecided
            size_here = Fraction(entry, exact.scale[name] * (t or 1))
            if entry and not TINIEST < abs(size_here) < 1 / TINIEST:
                raise Undecided
            result.append(float(size_here) * self.value.data[0, vertex])
        return np.array(result)

    def _place(self, vertex: int) -> Row:
        """The exact place of a vertex: of its ancestors first, as each lies between two earlier
        ones."""
        waiting = [vertex]
        while waiting:
            top = waiting[-1]
            if top in self.places:
                waiting.pop()
                continue
            birth, first, second = self._birth(top)
            missing = [parent for parent in (first, second) if parent not in self.places]
            if missing:
                waiting += missing
                continue
            table = _exactly(self.network, birth.number, [self.places[first], self.places[second]])
            table.born(birth.number, birth.unit, np.array([0]), np.array([1]))
            self.places[top] = table.rows[2][: self.network.input_size + 1]
        return self.places[vertex]

    def _birth(self, vertex: int) -> tuple[Birth, int, int]:
        end = self.value.size
        for birth in reversed(self.births):
            end -= len(birth.first)
            if vertex >= end:
                return birth, int(birth.first[vertex - end]), int(birth.second[vertex - end])
        raise Undecided

    def born(self, number: int, unit: int, first: Array, second: Array) -> None:
        column = self.columns[self.network.nodes[number].inputs[0]][unit]
        one, other = self.value.data[:, first], self.value.data[:, second]
        error_one, error_other = self.error.data[:, first], self.error.data[:, second]
        a, b, da, db = one[column], -other[column], error_one[column], error_other[column]
        whole = a + b
        part = a / whole
        doubt = SLACK * (da * b + db * a) / (whole * (whole - da - db)) + 12 * UNIT
        step = other - one
        value = one + part * step
        error = np.maximum(error_one, error_other)
        error += abs(step) * (SLACK * doubt)
        error += abs(one) * (8 * UNIT) + FLOOR
        error *= SLACK
        error[(one == 0) & (other == 0) & (error_one == 0) & (error_other == 0)] = 0.0
        value[column], error[column] = 0.0, 0.0
        self.value.extend(value)
        self.error.extend(error)

    def relu(self, number: int) -> None:
        columns = self.columns[self.network.nodes[number].inputs[0]]
        value, error = (
            table.view[columns.start : columns.stop] for table in (self.value, self.error)
        )
        active = value > 0
        self._append(number, value * active, error * active)
        if not np.isfinite(self.error.view).all():
            raise Undecided


def _layer(network: Network, number: int) -> Layer:
    node = network.nodes[number]
    return Layer(node.matrix("weight"), node.vector("bias"))


def _exactly(network: Network, last: int, rows: list[Row]) -> Integers:
    """The exact values at places, up to what goes into node `last`."""
    table = Integers(network, [list(row) for row in rows])
    for number, node in enumerate(network.nodes[:last]):
        if node.op == "Gemm":
            table.affine(number)
        else:
            table.relu(number)
    return table
