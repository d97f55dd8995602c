"""The faces of a cell complex by incidence alone: which faces of one dimension lower bound each
face.

No number is kept here: a complex is cut by the signs of functions at its vertices (`cuts`).
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, product

import numpy as np

from ...kernel.errors import OverBudget

Array = np.ndarray
MOST_ENTRIES = 60_000_000  # of one table: about a gigabyte with its spare room
MOST_FACES = 3_000_000  # of all dimensions together: about half a gigabyte


class Grown:
    """An array (rows, n) that grows along n. Raises `OverBudget` beyond MOST_ENTRIES."""

    def __init__(self, first: Array) -> None:
        self.data, self.size = np.array(first), first.shape[1]

    @property
    def view(self) -> Array:
        return self.data[:, : self.size]

    def extend(self, more: Array | tuple[Array, ...]) -> None:
        """Appends columns, given as an array or row by row."""
        size = self.size + len(more[0])
        if size > self.data.shape[1]:
            if size * len(self.data) > MOST_ENTRIES:
                raise OverBudget("", f"a table of more than {MOST_ENTRIES} numbers at the vertices")
            larger = np.empty((len(self.data), 2 * size), self.data.dtype)
            larger[:, : self.size] = self.view
            self.data = larger
        self.data[:, self.size : size] = more
        self.size = size

    def keep(self, start: int, kept: Array) -> None:
        """Of the columns from `start` on keeps some, in this order."""
        self.size = start + len(kept)
        self.data[:, start : self.size] = self.data[:, start + kept]


class Lattice:
    """Faces of dimensions 0 … d, numbered in each. `bounds[k]`: pairs (a k-face, one of its
    facets), as an array (2, n), k ≥ 2; `ends`: the two vertices of each edge, (2, n). `most`: faces
    beyond which it is cut no more, MOST_FACES if it is None."""

    def __init__(
        self,
        counts: Sequence[int],
        ends: Array,
        bounds: dict[int, Array],
        most: int | None = None,
    ) -> None:
        self.most = most
        self.counts, self.dimension = list(counts), len(counts) - 1
        self.ends = Grown(ends)
        self.bounds = {k: Grown(pairs) for k, pairs in bounds.items()}

    @property
    def cells(self) -> int:
        return self.counts[-1]

    def pairs(self, k: int) -> tuple[Array, Array]:
        """Pairs (k-face, facet of it) for k ≥ 1."""
        if k > 1:
            one, other = self.bounds[k].view
            return one, other
        edges = np.arange(self.counts[1])
        return np.concatenate([edges, edges]), self.ends.view.reshape(-1)

    def kept(self, cells: Array) -> "tuple[Lattice, Array]":
        """The complex of some of the cells with their faces, and which vertices it keeps."""
        alive, bounds, counts = cells, dict[int, Array](), [len(cells)]
        ends = np.empty((2, 0), int)
        for k in range(self.dimension, 0, -1):
            face, facet = self.pairs(k)
            order = np.full(self.counts[k], -1)
            order[alive] = np.arange(len(alive))
            held = np.flatnonzero(order[face] >= 0)
            alive, renumbered = np.unique(facet[held], return_inverse=True)
            if k > 1:
                bounds[k] = np.stack([order[face[held]], renumbered])
            else:
                ends = renumbered.reshape(2, -1)
            counts.insert(0, len(alive))
        return Lattice(counts, ends, bounds), alive


def once(owner: Array, part: Array) -> tuple[Array, Array]:
    """Pairs without repetition, sorted by owner."""
    order = np.lexsort((part, owner))
    owner, part = owner[order], part[order]
    is_new = np.ones(len(owner), bool)
    np.logical_or(owner[1:] != owner[:-1], part[1:] != part[:-1], out=is_new[1:])
    return owner[is_new], part[is_new]


def joined(one: Array, middle: Array, same: Array, other: Array) -> tuple[Array, Array]:
    """All (a, b) with (a, m) among the first pairs and (m, b) among the second."""
    order = np.argsort(middle, kind="stable")
    one, middle = one[order], middle[order]
    start, end = np.searchsorted(middle, same), np.searchsorted(middle, same, side="right")
    number = end - start
    first = np.repeat(start - np.append(0, number.cumsum()[:-1]), number) + np.arange(number.sum())
    return one[first], np.repeat(other, number)


def of_simplices(simplices: Iterable[Sequence[int]]) -> Lattice:
    """The complex of simplices of one dimension, given by their vertices, with all their faces."""
    faces = {tuple(sorted(simplex)) for simplex in simplices}
    levels: list[list[tuple[int, ...]]] = []
    while faces - {()}:
        levels.insert(0, sorted(faces))
        faces = {facet for face in faces for facet in _facets(face)}
    return _of_levels(levels, _facets)


def _facets(simplex: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
    """A simplex without each of its vertices in turn."""
    return combinations(simplex, len(simplex) - 1)


def of_box(dimension: int) -> Lattice:
    """The faces of a box: in each direction at the low end (0), at the high end (1), or all along
    (2). Vertices come in the order of `itertools.product`."""
    if 3**dimension > MOST_FACES:
        raise OverBudget(
            "",
            f"a box in {dimension} dimensions has {3**dimension} faces; "
            f"at most {MOST_FACES} are kept",
        )
    levels: list[list[tuple[int, ...]]] = [[] for _ in range(dimension + 1)]
    for face in product((0, 1, 2), repeat=dimension):
        levels[face.count(2)].append(face)
    return _of_levels(levels, _sides)


def _sides(face: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
    """A face of a box at the two ends of each direction in which it extends."""
    free = [i for i, end in enumerate(face) if end == 2]
    return ((*face[:i], end, *face[i + 1 :]) for i in free for end in (0, 1))


def _of_levels(
    levels: Sequence[Sequence[tuple[int, ...]]],
    facets: Callable[[tuple[int, ...]], Iterable[tuple[int, ...]]],
) -> Lattice:
    bounds = {}
    for k in range(1, len(levels)):
        number = {face: index for index, face in enumerate(levels[k - 1])}
        pairs = [
            (index, number[facet]) for index, face in enumerate(levels[k]) for facet in facets(face)
        ]
        bounds[k] = np.array(pairs, dtype=int).T
    ends = bounds.pop(1)[1].reshape(-1, 2).T
    return Lattice([len(level) for level in levels], ends, bounds)
