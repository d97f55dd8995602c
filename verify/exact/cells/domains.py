"""Where a complex lives: a box, a simplex, all of R^n, or a polyhedron in one of them.

A point is written homogeneously, as integers (y_1, …, y_n, t) with t ≥ 0: it is y / t, or, where t
= 0, the direction y at infinity.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from math import gcd, lcm
from operator import mul
from typing import Any

import numpy as np

from ...kernel.errors import BadInput
from ...network.builders import vector
from ...typed import want_type
from ..piecewise_linear import Interval
from .cuts import Cuts, packed
from .lattice import Array, Lattice, of_box, of_simplices

MOST_FREE = 2  # dimensions of a cone that are divided by signs
Row = list[int]
Start = tuple[Lattice, list[Row]]  # faces, and the places of their vertices
Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class Box:
    """A product of closed intervals."""

    sides: tuple[Interval, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "sides", tuple(self.sides))
        for side in self.sides:
            want_type(side, Interval, "an Interval, such as Interval(0, 1), for each side")
        if not self.sides:
            raise BadInput("", "expected at least one side of a box, found none")

    @classmethod
    def cube(cls, low: Fraction | int, high: Fraction | int, size: int) -> "Box":
        return cls((Interval(Fraction(low), Fraction(high)),) * size)

    @property
    def size(self) -> int:
        return len(self.sides)

    @cached_property
    def start(self) -> Start:
        corners = product(*((side.low, side.high) for side in self.sides))
        return of_box(self.size), [row_of(corner) for corner in corners]

    def __str__(self) -> str:
        return " × ".join(map(str, self.sides))


@dataclass(frozen=True)
class Simplex:
    """The hull of n + 1 points of R^n that lie in no hyperplane."""

    corners: tuple[Point, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "corners", tuple(vector(corner) for corner in self.corners))
        if (
            len({len(corner) for corner in self.corners} | {len(self.corners) - 1}) != 1
            or len(self.corners) < 2
        ):
            raise BadInput("", f"expected n + 1 corners in R^n, found {len(self.corners)}")
        from flint import fmpz_mat

        if fmpz_mat([row_of(corner) for corner in self.corners]).det() == 0:
            raise BadInput("", "expected corners that lie in no hyperplane, found others")

    @property
    def size(self) -> int:
        return len(self.corners) - 1

    @cached_property
    def start(self) -> Start:
        return of_simplices([range(len(self.corners))]), [row_of(corner) for corner in self.corners]

    def __str__(self) -> str:
        return "the simplex of " + ", ".join(
            f"({', '.join(map(str, corner))})" for corner in self.corners
        )


@dataclass(frozen=True)
class Space:
    """All of R^n: n + 1 cones with their apex at 0, spanned by n of the directions e_1, …, e_n,
    −(1, …, 1)."""

    size: int

    def __post_init__(self) -> None:
        if self.size < 1:
            raise BadInput("", f"expected a space of at least one dimension, found {self.size}")

    @cached_property
    def start(self) -> Start:
        n = self.size
        rows = [[0] * n + [1]]
        for i in range(n):
            rows.append([0] * (n + 1))
            rows[-1][i] = 1
        rows.append([-1] * n + [0])
        return of_simplices([(0, *chosen) for chosen in combinations(range(1, n + 2), n)]), rows

    def __str__(self) -> str:
        return "R" if self.size == 1 else f"R^{self.size}"


@dataclass(frozen=True)
class Polyhedron:
    """The points of a box, a simplex or all of R^n where every weight · x + bias is at least 0. It
    must have an interior."""

    conditions: tuple[tuple[Point, Fraction], ...]
    within: Box | Simplex | Space

    def __post_init__(self) -> None:
        conditions = tuple((vector(weight), vector([bias])[0]) for weight, bias in self.conditions)
        object.__setattr__(self, "conditions", conditions)
        for weight, _ in self.conditions:
            if len(weight) != self.within.size:
                raise BadInput(
                    "", f"expected a condition with {self.within.size} weights, found {len(weight)}"
                )

    @property
    def size(self) -> int:
        return self.within.size

    @cached_property
    def start(self) -> Start:
        halves = [row_of((*weight, bias))[:-1] for weight, bias in self.conditions]
        if isinstance(self.within, Space):
            first = _independent(halves)
            if self.size - len(first) <= MOST_FREE:
                lattice, rows = _cone(first, self.size)
                halves = [half for half in halves if half not in first]
                return self._cut(lattice, rows, halves)
        lattice, rows = self.within.start
        return self._cut(lattice.kept(np.arange(lattice.cells))[0], rows, halves)

    @staticmethod
    def _cut(lattice: Lattice, rows: list[Row], halves: list[Row]) -> Start:
        for half in halves:
            lattice, rows = _above(lattice, rows, half)
        return lattice, rows

    def __str__(self) -> str:
        return f"a polyhedron of {len(self.conditions)} conditions in {self.within}"


Domain = Box | Simplex | Space | Polyhedron


def domain_of(where: "Domain | Interval | Iterable[Sequence[Fraction]]") -> Domain:
    """A domain; an interval is a box with one side, a list of pairs (low, high) a box."""
    if isinstance(where, Box | Simplex | Space | Polyhedron):
        return where
    if isinstance(where, Interval):
        return Box((where,))
    return Box(tuple(Interval(low, high) for low, high in where))


def row_of(point: Sequence[Fraction]) -> Row:
    """A point as integers over their least common denominator, that last."""
    common = lcm(*(entry.denominator for entry in point))
    return [*(entry.numerator * (common // entry.denominator) for entry in point), common]


def between(first: Row, second: Row, plus: int, minus: int) -> Row:
    """Where a function that is plus > 0 at the first and −minus < 0 at the second vanishes, all
    their numbers interpolated."""
    shared = gcd(plus, minus)
    one, other = minus // shared, plus // shared
    row = [one * a + other * b for a, b in zip(first, second, strict=True)]
    common = gcd(*row)
    return row if common <= 1 else [entry // common for entry in row]


def place(row: Row, size: int) -> Point:
    """Where the vertex with these numbers is; at infinity its direction."""
    return tuple(Fraction(entry, row[size] or 1) for entry in row[:size])


def _independent(halves: list[Row]) -> list[Row]:
    """The first affine functions whose weights are independent."""
    from flint import fmpz_mat

    found: list[Row] = []
    for half in halves:
        longer = [*found, half]
        if fmpz_mat([row[:-1] for row in longer]).rank() == len(longer):
            found = longer
    return found


def _column(matrix: Any, k: int, size: int) -> list[Fraction]:
    """A column of a matrix of flint's rationals."""
    from ..flint_numbers import fraction_of

    return [fraction_of(matrix[i, k]) for i in range(size)]


def _cone(halves: list[Row], size: int) -> Start:
    """Where independent affine functions (weights, bias) are at least 0: one simplicial cone for
    each choice of signs in the dimensions that are left free.

    The functions' weights and some coordinates are a basis; the columns of the inverse are the
    cone's edges, and what is free."""
    from flint import fmpq_mat, fmpz_mat

    count = len(halves)
    units = []
    for place in range(size):
        unit = [0] * (size + 1)
        unit[place] = 1
        units.append(unit)
    basis = [row[:-1] for row in _independent([*halves, *units])]
    inverse = fmpq_mat(fmpz_mat(basis)).inv()
    apex = inverse * fmpq_mat(fmpz_mat([[-half[-1]] for half in halves] + [[0]] * (size - count)))
    columns = [_column(inverse, k, size) for k in range(size)]
    rows = [row_of(_column(apex, 0, size))]
    rows += [[*row_of(column)[:-1], 0] for column in columns]
    rows += [[-entry for entry in row] for row in rows[1 + count :]]
    free = [(1 + k, 1 + k + size - count) for k in range(count, size)]
    return of_simplices([(*range(1 + count), *signs) for signs in product(*free)]), rows


def _above(lattice: Lattice, rows: list[Row], half: Row) -> Start:
    """The part of a complex where an affine function is at least 0."""
    heights = [sum(map(mul, half, row)) for row in rows]
    rows = list(rows)

    def born(first: Array, second: Array) -> Array:
        for a, b in zip(first.tolist(), second.tolist(), strict=True):
            rows.append(between(rows[a], rows[b], heights[a], -heights[b]))
        return np.zeros((2, len(first)), np.uint64)

    above = np.array([[height > 0 for height in heights]])
    below = np.array([[height < 0 for height in heights]])
    cuts = Cuts(lattice, packed(above, below))
    cuts.cut(0, born)
    lattice, vertices = lattice.kept((cuts.signs[-1].view[1] == 0).nonzero()[0])
    if not lattice.cells:
        raise BadInput(
            "", "expected a polyhedron with an interior, found conditions that leave none"
        )
    return lattice, [rows[vertex] for vertex in vertices.tolist()]
