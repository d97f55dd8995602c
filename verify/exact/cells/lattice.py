"""The faces of a cell complex by incidence alone: which faces of one dimension lower bound each
face. A cut needs only the signs of a function at the vertices.

A face is convex, and the function is affine on it. So it is cut where the function has both signs
at its vertices; the part in the zero set is a new face of one dimension less, bounded by such parts
of its own faces and by those of its faces, two dimensions lower, on which the function vanishes.
Nothing here is a number that could be inexact: no point in general position is assumed.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations, product

import numpy as np

from ...kernel.reader import OverBudget

Array = np.ndarray
POSITIVE, NEGATIVE, BOTH = 1, 2, 3  # which signs a function has at the vertices of a face, as bits
MOST_FACES = 3_000_000  # of all dimensions together: about half a gigabyte


class Grown:
    """An array (rows, n) that grows along n."""

    def __init__(self, first: Array) -> None:
        self.data, self.size = np.array(first), first.shape[1]

    @property
    def view(self) -> Array:
        return self.data[:, : self.size]

    def extend(self, more: Array) -> None:
        size = self.size + more.shape[1]
        if size > self.data.shape[1]:
            larger = np.empty((len(self.data), 2 * size), self.data.dtype)
            larger[:, : self.size] = self.view
            self.data = larger
        self.data[:, self.size : size] = more
        self.size = size


class Lattice:
    """Faces of dimensions 0 … d, numbered in each. `bounds[k]`: pairs (a k-face, one of its
    facets), as an array (2, n), k ≥ 2; `ends`: the two vertices of each edge, (2, n)."""

    def __init__(self, counts: Sequence[int], ends: Array, bounds: dict[int, Array]) -> None:
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

    def marked(self, vertices: Array) -> Array:
        """Which cells have one of the vertices that are marked (bool)."""
        for k in range(1, self.dimension + 1):
            face, facet = self.pairs(k)
            faces = np.zeros(self.counts[k], bool)
            faces[face[vertices[facet]]] = True
            vertices = faces
        return vertices

    def cut(self, sign: Array) -> tuple[Array, Array]:
        """Cuts every face by a function with these signs (int8) at the vertices.

        The new vertices come last, in order: of each the edge that it was cut from, as (vertices
        with +, vertices with −). A face that is cut keeps its number for the part where the
        function is positive."""
        code = (sign > 0).view(np.int8) + 2 * (sign < 0).view(np.int8)
        ends = self.ends.view
        codes = [code, code[ends[0]] | code[ends[1]]]
        for k in range(2, self.dimension + 1):
            codes.append(self._gathered(k, codes[-1]))
        if not (codes[-1] == BOTH).any():
            return np.empty(0, int), np.empty(0, int)
        if sum(self.counts) > MOST_FACES:
            raise OverBudget("", f"a cell complex with more than {MOST_FACES} faces")
        first, second, halves = self._cut_edges(code, codes[1])
        for k in range(2, self.dimension + 1):
            halves = self._cut_faces(k, codes, halves)
        return first, second

    def _gathered(self, k: int, code: Array) -> Array:
        """The signs at the vertices of every k-face, from those of its facets."""
        face, facet = self.bounds[k].view
        found = code[facet]
        result = np.zeros(self.counts[k], np.int8)
        result[face[np.flatnonzero(found & POSITIVE)]] = POSITIVE
        negative = np.zeros(self.counts[k], np.int8)
        negative[face[np.flatnonzero(found & NEGATIVE)]] = NEGATIVE
        result |= negative
        return result

    def _cut_edges(self, code: Array, signs: Array) -> tuple[Array, Array, "Halves"]:
        """The edges with both signs: new vertices, and each edge's half on the negative side a new
        edge."""
        ends = self.ends.view
        cut = np.flatnonzero(signs == BOTH)
        one, other = ends[:, cut]
        forwards = code[one] == POSITIVE
        first, second = np.where(forwards, one, other), np.where(forwards, other, one)
        vertex = self.counts[0] + np.arange(len(cut))
        ends[0, cut], ends[1, cut] = first, vertex
        self.ends.extend(np.stack([vertex, second]))
        halves = Halves(cut, self.counts[1], self.counts[0], len(signs))
        self.counts[0] += len(cut)
        self.counts[1] += len(cut)
        return first, second, halves

    def _cut_faces(self, k: int, codes: list[Array], facets: "Halves") -> "Halves":
        """The same for k-faces, whose facets are cut already."""
        signs, below = codes[k], codes[k - 1]
        cut = np.flatnonzero(signs == BOTH)
        halves = Halves(cut, self.counts[k], self.counts[k - 1], len(signs))
        if not len(cut):
            return halves
        table = self.bounds[k]
        face, facet = table.view
        chosen = np.flatnonzero((signs == BOTH)[face])
        owners, subs = face[chosen], facet[chosen]
        sides = below[subs]
        away, through = sides == NEGATIVE, np.flatnonzero(sides == BOTH)
        face[chosen[away]] = halves.negative(owners[away])
        self._zero_faces(k, halves, codes, (owners, subs), through, facets)
        zero = halves.zero + np.arange(len(cut))
        more_faces = [halves.negative(owners[through]), cut, halves.new + np.arange(len(cut))]
        table.extend(
            np.stack(
                [
                    np.concatenate(more_faces),
                    np.concatenate([facets.negative(subs[through]), zero, zero]),
                ]
            )
        )
        self.counts[k] += len(cut)
        self.counts[k - 1] += len(cut)
        return halves

    def _zero_faces(
        self,
        k: int,
        halves: "Halves",
        codes: list[Array],
        pairs: tuple[Array, Array],
        through: Array,
        facets: "Halves",
    ) -> None:
        """What bounds the new (k − 1)-faces: the zero parts of facets that are cut, and faces on
        which the function vanishes."""
        owners, subs = pairs
        owner, part = owners[through], facets.zeros(subs[through])
        if k == 2:
            touching, ends = codes[0] == 0, self.ends.view
            rest = np.flatnonzero(codes[1][subs] != BOTH)
            for end in ends[:, subs[rest]]:
                met = np.flatnonzero(touching[end])
                owner, part = np.append(owner, owners[rest[met]]), np.append(part, end[met])
            owner, part = _once(owner, part)
            self.ends.extend(part.reshape(-1, 2).T)
            return
        flat = codes[k - 2] == 0
        if flat.any():
            face, facet = (side[: len(side)] for side in self.bounds[k - 1].view)
            known = np.flatnonzero((face < len(codes[k - 1])) & (facet < len(flat)))
            known = known[flat[facet[known]] & (codes[k - 1][face[known]] != BOTH)]
            more = _joined(owners, subs, face[known], facet[known])
            owner, part = _once(np.append(owner, more[0]), np.append(part, more[1]))
        self.bounds[k - 1].extend(np.stack([halves.zeros(owner), part]))

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


class Halves:
    """The k-faces that are cut, in order: the numbers of their negative halves from `new` on, of
    their zero parts, which are (k − 1)-faces, from `zero` on."""

    def __init__(self, cut: Array, new: int, zero: int, count: int) -> None:
        self.new, self.zero = new, zero
        self.rank = np.empty(count, int)
        self.rank[cut] = np.arange(len(cut))

    def negative(self, faces: Array) -> Array:
        return np.asarray(self.new + self.rank[faces])

    def zeros(self, faces: Array) -> Array:
        return np.asarray(self.zero + self.rank[faces])


def _once(owner: Array, part: Array) -> tuple[Array, Array]:
    """Pairs without repetition, sorted by owner."""
    order = np.lexsort((part, owner))
    owner, part = owner[order], part[order]
    new = np.ones(len(owner), bool)
    new[1:] = (owner[1:] != owner[:-1]) | (part[1:] != part[:-1])
    return owner[new], part[new]


def _joined(one: Array, middle: Array, same: Array, other: Array) -> tuple[Array, Array]:
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
    while faces:
        levels.insert(0, sorted(faces))
        faces = {part for face in faces for part in combinations(face, len(face) - 1) if part}
    facets = [[tuple(combinations(face, len(face) - 1)) for face in level] for level in levels]
    return _of_levels(levels, facets)


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
    return _of_levels(levels, [[_sides(face) for face in level] for level in levels])


def _sides(face: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    free = [i for i, place in enumerate(face) if place == 2]
    return tuple((*face[:i], side, *face[i + 1 :]) for i in free for side in (0, 1))


def _of_levels(
    levels: Sequence[Sequence[tuple[int, ...]]],
    facets: Sequence[Sequence[Sequence[tuple[int, ...]]]],
) -> Lattice:
    number = [{face: index for index, face in enumerate(level)} for level in levels]
    bounds = {}
    for k in range(1, len(levels)):
        found = [
            (index, number[k - 1][part]) for index, parts in enumerate(facets[k]) for part in parts
        ]
        bounds[k] = np.array(found, dtype=int).T
    ends = bounds.pop(1)[1].reshape(-1, 2).T
    return Lattice([len(level) for level in levels], ends, bounds)
