"""The affine map of every cell, and what hangs together with one map: the notions of a linear
region that are about the function."""

from functools import cached_property
from math import gcd

import numpy as np

from ...kernel.errors import BadInput
from ...rational import sign
from .incidence import Parts, cells_with, neighbours, one_simplex
from .integers import Integers
from .lattice import Array, Lattice
from .minors import minors, objects

Map = tuple[
    tuple[int, ...], ...
]  # for each output: coefficients of y_1 … y_n, of t, over a common denominator, that last


class Maps:
    """`number`: of the affine map of each cell. `finite`: which vertices are points."""

    def __init__(self, lattice: Lattice, numbers: Integers, finite: Array) -> None:
        self.lattice, self.numbers, self.finite = lattice, numbers, finite
        corners = one_simplex(lattice)
        columns = objects(numbers.rows, range(numbers.size + 1))
        outputs = [
            _maps(columns, column, numbers.scale[numbers.network.output], corners)
            for column in self._outputs()
        ]
        known: dict[Map, int] = {}
        self.number = np.array(
            [known.setdefault(found, len(known)) for found in zip(*outputs, strict=True)]
        )
        self.maps = list(known)

    def _outputs(self) -> list[Array]:
        return objects(self.numbers.rows, list(self.numbers.columns[self.numbers.network.output]))

    @property
    def distinct(self) -> int:
        return len(self.maps)

    @property
    def cells(self) -> Array:
        """For each map, the first cell that has it."""
        found: Array = np.unique(self.number, return_index=True)[1]
        return found

    @cached_property
    def parts(self) -> list[int]:
        """For each cell, a cell that stands for its open connected region."""
        parts = Parts(self.lattice.cells)
        one, other = neighbours(self.lattice)
        same = self.number[one] == self.number[other]
        parts.join(zip(one[same].tolist(), other[same].tolist(), strict=True))
        return [parts.of(cell) for cell in range(self.lattice.cells)]

    @property
    def open_connected(self) -> int:
        return len(set(self.parts))

    @cached_property
    def closed_connected(self) -> int:
        """A map that has one open connected region has one closed one. For the others the whole set
        where f equals the map is looked at, also where it is thin: it meets each cell in a convex
        set, so it connects cells that share a point of it, which then lies on a vertex or within an
        edge that they share."""
        if self.numbers.network.sizes[self.numbers.network.output] > 1:
            raise BadInput(
                "",
                "expected one output for closed connected regions, found more; "
                "choose one with --component I",
            )
        whole: dict[int, set[int]] = {}
        for number, part in zip(self.number.tolist(), self.parts, strict=True):
            whole.setdefault(number, set()).add(part)
        alone = [number for number, parts in whole.items() if len(parts) == 1]
        several = whole.keys() - set(alone)
        return len(alone) + sum(self._components(number) for number in several)

    def _components(self, number: int) -> int:
        """Connected components, that have an interior, of where f equals this map."""
        columns = objects(self.numbers.rows, range(self.numbers.size + 1))
        (values,) = self._outputs()
        *weights, under = self.maps[number][0]
        height = values * under
        for column, weight in zip(columns, weights, strict=True):
            height = height - column * (weight * self.numbers.scale[self.numbers.network.output])
        side = np.array([sign(entry) for entry in height])
        parts = Parts(self.lattice.cells)
        one, other = self.lattice.ends.view
        touched = self.finite & (side == 0)
        crossed = (side[one] * side[other] < 0) & (self.finite[one] | self.finite[other])
        for dimension, met in enumerate((touched, crossed)):
            cell, face = self._incidence[dimension]
            chosen = np.flatnonzero(met[face])
            cell, face = cell[chosen], face[chosen]
            order = np.argsort(face, kind="stable")
            cell, face = cell[order], face[order]
            same = np.flatnonzero(face[1:] == face[:-1])
            parts.join(zip(cell[same].tolist(), cell[same + 1].tolist(), strict=True))
        return len({parts.of(cell) for cell in np.flatnonzero(self.number == number).tolist()})

    @cached_property
    def _incidence(self) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        return cells_with(self.lattice, 0), cells_with(self.lattice, 1)


def _maps(columns: list[Array], values: Array, scale: int, corners: Array) -> list[tuple[int, ...]]:
    """By Cramer's rule from d + 1 vertices, in lowest terms."""
    rows = [[column[chosen] for column in (*columns, values)] for chosen in corners.T]
    found, width = minors(rows), len(columns)
    whole = tuple(range(width + 1))
    under = found[whole[:-1]] * scale
    # Cramer's numerator: the values in place of column i. Moved there from the end, they pass
    # width − 1 − i columns, and the sign changes as often.
    overs = [found[whole[:i] + whole[i + 1 :]] * (-1) ** (width - 1 - i) for i in range(width)]
    return [_lowest(entries) for entries in zip(*overs, under, strict=True)]


def _lowest(entries: tuple[int, ...]) -> tuple[int, ...]:
    common = gcd(*entries)
    if entries[-1] < 0:
        common = -common
    return tuple(entry // common for entry in entries)
