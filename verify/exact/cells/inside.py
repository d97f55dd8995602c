"""Boxes inside the cells of a complex."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from flint import fmpq, fmpq_mat

from ..flint_numbers import fmpq_of, fraction_of
from ..piecewise_linear import Interval
from .complex import Complex
from .domains import Box, Point
from .incidence import one_simplex
from .lattice import Array


def boxes(found: Complex, cells: Array) -> Iterator[Box]:
    """For each of these cells a box with an interior in it: inside its first simplex."""
    corners = one_simplex(found.lattice)
    for cell in cells.tolist():
        yield _inside(_points(found, corners[cell].tolist()))


def _points(found: Complex, corners: Sequence[int]) -> list[Point]:
    """The corners of a simplex; for one at infinity, a point in its direction."""
    points = found.points
    start = next(points[corner] for corner in corners if found.finite[corner])
    ends = []
    for corner in corners:
        if found.finite[corner]:
            ends.append(points[corner])
        else:
            ends.append(tuple(x + step for x, step in zip(start, points[corner], strict=True)))
    return ends


def _inside(simplex: Sequence[Point]) -> Box:
    """A box in the interior of the simplex, about its centre, with short numbers.

    On a box of half-width r about the centre, a barycentric coordinate is at least 1/(d + 1) − r·s,
    if s is the sum of its slopes' sizes. What is rounded at the centre is at most half of r.
    """
    count = len(simplex)
    corners = fmpq_mat([[*map(fmpq_of, point), fmpq(1)] for point in simplex])
    slopes = corners.inv().tolist()[:-1]  # of one barycentric coordinate in each column
    steepest = fraction_of(max(sum(map(abs, column)) for column in zip(*slopes, strict=True)))
    radius = Fraction(1)
    while radius * steepest * count * 3 >= 2:
        radius /= 2
    sides = []
    for coordinates in zip(*simplex, strict=True):
        middle = round(sum(coordinates) / count / radius) * radius
        sides.append(Interval(middle - radius, middle + radius))
    return Box(tuple(sides))
