"""What follows from a lattice: simplices that fill the faces, which cells have which vertices,
parts that hang together."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from .lattice import Array, Lattice, joined, once


def least_vertices(lattice: Lattice) -> list[Array]:
    """The vertex with the least number, of every face, dimension by dimension."""
    least = [np.arange(lattice.counts[0])]
    for k in range(1, lattice.dimension + 1):
        face, facet = lattice.pairs(k)
        order = np.argsort(face, kind="stable")
        starts = np.searchsorted(face[order], np.arange(lattice.counts[k]))
        least.append(np.minimum.reduceat(least[-1][facet[order]], starts))
    return least


def simplices(lattice: Lattice) -> tuple[Array, Array]:
    """A triangulation of every cell, the same on shared faces: (the cell of each simplex, its
    vertices, d + 1 columns).

    A face is the cone from its least vertex over its facets without that vertex."""
    least = least_vertices(lattice)
    owner, corners = np.arange(lattice.counts[0]), np.arange(lattice.counts[0])[:, None]
    for k in range(1, lattice.dimension + 1):
        face, facet = lattice.pairs(k)
        far = np.flatnonzero(least[k][face] != least[k - 1][facet])
        new, part = joined(face[far], facet[far], owner, np.arange(len(owner)))
        corners = np.column_stack([least[k][new], corners[part]])
        owner = new
    return owner, corners


def simplex_count(lattice: Lattice) -> int:
    """How many simplices `simplices` makes, without making them."""
    least = least_vertices(lattice)
    number: Array = np.ones(lattice.counts[0])  # in floats, which do not overflow
    for k in range(1, lattice.dimension + 1):
        face, facet = lattice.pairs(k)
        far = np.flatnonzero(least[k][face] != least[k - 1][facet])
        number = np.bincount(face[far], number[facet[far]], lattice.counts[k])
    return int(number.sum())


def one_simplex(lattice: Lattice) -> Array:
    """d + 1 vertices of each cell that lie in no hyperplane: one simplex of the triangulation."""
    least = least_vertices(lattice)
    corners = np.arange(lattice.counts[0])[:, None]
    for k in range(1, lattice.dimension + 1):
        face, facet = lattice.pairs(k)
        far = np.flatnonzero(least[k][face] != least[k - 1][facet])
        chosen = np.empty(lattice.counts[k], int)
        chosen[face[far]] = facet[far]
        corners = np.column_stack([least[k], corners[chosen]])
    return corners


def gathered(lattice: Lattice, bits: Array) -> list[Array]:
    """The union of the vertices' bits (uint8 rows) for every face, dimension by dimension."""
    result = [bits]
    for k in range(1, lattice.dimension + 1):
        face, facet = lattice.pairs(k)
        order = np.argsort(face, kind="stable")
        starts = np.searchsorted(face[order], np.arange(lattice.counts[k]))
        result.append(np.bitwise_or.reduceat(result[-1][facet[order]], starts, axis=0))
    return result


def cells_with(lattice: Lattice, dimension: int) -> tuple[Array, Array]:
    """All pairs (cell, face of this dimension in it)."""
    cell = face = np.arange(lattice.cells)
    for k in range(lattice.dimension, dimension, -1):
        larger, smaller = lattice.pairs(k)
        cell, face = once(*joined(cell, face, larger, smaller))
    return cell, face


def vertices_of(lattice: Lattice, dimension: int, faces: Array) -> Iterator[tuple[int, ...]]:
    """The vertices of some faces of a dimension; of a polygon in the order around it."""
    if not len(faces):
        return
    if dimension == 2:
        yield from _polygons(lattice, faces)
        return
    owner, part = np.arange(len(faces)), faces
    for k in range(dimension, 0, -1):
        larger, smaller = lattice.pairs(k)
        owner, part = once(*joined(owner, part, larger, smaller))
    for some in np.split(part, np.searchsorted(owner, np.arange(1, len(faces)))):
        yield tuple(some.tolist())


def _polygons(lattice: Lattice, faces: Array) -> Iterator[tuple[int, ...]]:
    """The vertices of some faces of dimension 2, around each."""
    larger, smaller = lattice.pairs(2)
    owner, edge = joined(np.arange(len(faces)), faces, larger, smaller)
    order = np.argsort(owner, kind="stable")
    owner, edge = owner[order], edge[order]
    ends = lattice.ends.view
    for edges in np.split(edge, np.searchsorted(owner, np.arange(1, len(faces)))):
        yield _around(list(zip(*ends[:, edges].tolist(), strict=True)))


def _around(edges: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    near: dict[int, list[int]] = {}
    for one, other in edges:
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    path = [edges[0][0], edges[0][1]]
    while len(path) < len(edges):
        one, other = near[path[-1]]
        came_from = path[-2]
        following = other if one == came_from else one
        path.append(following)
    return tuple(path)


def marked(lattice: Lattice, dimension: int, marks: Array) -> Array:
    """Which faces of a dimension have a marked vertex."""
    for k in range(1, dimension + 1):
        face, facet = lattice.pairs(k)
        faces = np.zeros(lattice.counts[k], bool)
        faces[face[marks[facet]]] = True
        marks = faces
    return marks


def neighbours(lattice: Lattice) -> tuple[Array, Array]:
    """The pairs of cells that share a facet."""
    cell, facet = lattice.pairs(lattice.dimension)
    order = np.argsort(facet, kind="stable")
    cell, facet = cell[order], facet[order]
    shared = np.flatnonzero(facet[1:] == facet[:-1])
    return cell[shared], cell[shared + 1]


class Parts:
    """Things 0 … n − 1, joined step by step."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))

    def of(self, thing: int) -> int:
        parent = self.parent
        while parent[thing] != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing

    def join(self, pairs: Iterable[tuple[int, int]]) -> None:
        for one, other in pairs:
            self.parent[self.of(one)] = self.of(other)


def distinct_rows(bits: Array) -> Array:
    """The distinct rows of a table of uint8."""
    return np.unique(bits, axis=0) if bits.shape[1] else bits[:1]
