"""Level sets: where a network has one value."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ...network import builders
from ...network.network import Network
from .complex import Complex
from .domains import Domain, Point
from .incidence import marked, vertices_of
from .lattice import Array


@dataclass(frozen=True)
class Level:
    """Where f = c: faces of one dimension less than the domain, and cells, each by its vertices."""

    faces: tuple[tuple[Point, ...], ...]
    cells: tuple[tuple[Point, ...], ...]


def level(network: Network, domain: Domain, height: Fraction) -> Level:
    """Of the complex that has f − height as one more unit: the faces on which that vanishes, but
    for the sides of cells on which it does."""
    above = builders.dense([([[1]], [-height]), ([[1]], [0])])
    both = builders.concatenate(above, builders.affine([[1]], [-height]))
    found = Complex(builders.compose(both, network), domain)
    lattice, d = found.lattice, found.dimension
    other = np.array([value != 0 for value in found.values(1)])
    flat = ~marked(lattice, d, other)
    cell, facet = lattice.pairs(d)
    sides = np.zeros(lattice.counts[d - 1], bool)
    sides[facet[flat[cell]]] = True
    thin = ~marked(lattice, d - 1, other) & ~sides
    return Level(_placed(found, d - 1, thin), _placed(found, d, flat))


def _placed(found: Complex, dimension: int, chosen: Array) -> tuple[tuple[Point, ...], ...]:
    faces, points = vertices_of(found.lattice, dimension, np.flatnonzero(chosen)), found.points
    return tuple(tuple(map(points.__getitem__, face)) for face in faces)
