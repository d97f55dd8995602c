"""Cutting a complex by functions, one after another, from the signs at its vertices alone.

A face is convex, and the function is affine on it. So it is cut where the function has both signs
at its vertices; the part in the zero set is a new face of one dimension less, bounded by such parts
of its own facets and by those of its faces, two dimensions lower, on which the function vanishes.
Nothing here is a number that could be inexact: no point is assumed to be in general position.
"""

from collections.abc import Callable

import numpy as np

from ...kernel.errors import OverBudget
from . import lattice as limits
from .lattice import Array, Grown, Lattice, joined, once

MOST_TOGETHER = 64  # functions whose signs are kept at a time, a bit for each
Born = Callable[[Array, Array], Array]


def packed(positive: Array, negative: Array) -> Array:
    """Where functions are positive and where negative, each (functions, places) of bool, as bits:
    (2, places) of uint64, a bit for each function."""
    bits = np.packbits(np.array([positive, negative], bool), axis=1, bitorder="little")
    whole = np.zeros((2, bits.shape[2], 8), np.uint8)
    whole[:, :, : bits.shape[1]] = bits.transpose(0, 2, 1)
    return whole.view(np.uint64)[:, :, 0]


class Cuts:
    """A complex, and for every face which of at most 64 functions are positive at one of its
    vertices, and which negative: `signs[k]`, (2, k-faces), kept up to date while faces are cut."""

    def __init__(self, lattice: Lattice, signs: Array) -> None:
        """`signs`: at the vertices, as `packed` gives them."""
        self.lattice = lattice
        self.signs = [Grown(signs)]
        for k in range(1, lattice.dimension + 1):
            face, facet = lattice.pairs(k)
            order = np.argsort(face, kind="stable")
            starts = np.searchsorted(face[order], np.arange(lattice.counts[k]))
            below = self.signs[-1].view[:, facet[order]]
            self.signs.append(Grown(np.bitwise_or.reduceat(below, starts, axis=1)))

    def cut(self, function: int, born: Born) -> None:
        """Cuts every face by the function's zero set. A face that is cut keeps its number for the
        part where the function is positive.

        `born(first, second)`: tells the signs of all functions at the new vertices, which come
        last, in order, between vertices where the function is positive and where it is negative.
        """
        cut = [self._both(signs.view, function) for signs in self.signs]
        if not len(cut[-1]):
            return
        most = self.lattice.most or limits.MOST_FACES
        if sum(self.lattice.counts) > most:
            raise OverBudget("", f"a cell complex with more than {most} faces")
        halves = self._edges(function, cut[1], born)
        for k in range(2, self.lattice.dimension + 1):
            halves = self._faces(k, function, cut[k], halves)

    @staticmethod
    def _both(signs: Array, function: int) -> Array:
        """The faces on which a function has both signs."""
        both = signs[0] & signs[1]
        both >>= np.uint64(function)
        both &= np.uint64(1)
        return np.asarray(both.nonzero()[0])

    @staticmethod
    def _has(bits: Array, function: int) -> Array:
        """Where the function's bit is set."""
        return np.asarray((bits >> np.uint64(function)) & np.uint64(1), bool)

    def _edges(self, function: int, cut: Array, born: Born) -> "Halves":
        lattice, (vertices, edges) = self.lattice, self.signs[:2]
        halves = Halves(cut, lattice.counts[1], lattice.counts[0])
        one, other = lattice.ends.view[:, cut]
        forwards = self._has(vertices.data[0, one], function)
        first, second = np.where(forwards, one, other), np.where(forwards, other, one)
        new = born(first, second)
        edges.data[:, cut] = vertices.data[:, first] | new
        edges.extend(vertices.data[:, second] | new)
        vertices.extend(new)
        lattice.ends.data[:, cut] = first, halves.zero
        lattice.ends.extend((halves.zero, second))
        lattice.counts[0] += len(cut)
        lattice.counts[1] += len(cut)
        return halves

    def _faces(self, k: int, function: int, cut: Array, facets: "Halves") -> "Halves":
        """The same for k-faces, whose facets are cut already."""
        lattice = self.lattice
        halves = Halves(cut, lattice.counts[k], lattice.counts[k - 1])
        if not len(cut):
            return halves
        face, facet = lattice.bounds[k].view
        chosen = halves.has(face).nonzero()[0]
        owners, subs = face[chosen], facet[chosen]
        crossed = facets.has(subs)
        through = crossed.nonzero()[0]
        away = (self._has(self.signs[k - 1].data[1, subs], function)).nonzero()[0]
        self._zero_faces(k, function, (owners, subs), crossed, halves, facets)
        negative, halved = halves.negative(owners[through]), facets.negative(subs[through])
        owners[away] = halves.negative(owners[away])
        face[chosen] = owners
        more = np.concatenate([negative, cut, halves.new])
        parts = np.concatenate([halved, halves.zero, halves.zero])
        lattice.bounds[k].extend((more, parts))
        lattice.counts[k] += len(cut)
        lattice.counts[k - 1] += len(cut)
        signs = self._on(k - 1, np.concatenate([owners, more]), np.concatenate([subs, parts]))
        self.signs[k].data[:, cut] = signs[:, : len(cut)]
        self.signs[k].extend(signs[:, len(cut) :])
        return halves

    def _on(self, dimension: int, owners: Array, parts: Array) -> Array:
        """The signs on faces, in their order, from those on all parts of each."""
        order = owners.argsort(kind="stable")
        owners = owners[order]
        new = np.ones(len(owners), bool)
        np.not_equal(owners[1:], owners[:-1], out=new[1:])
        below = self.signs[dimension].data[:, parts[order]]
        return np.bitwise_or.reduceat(below, new.nonzero()[0], axis=1)

    def _zero_faces(
        self,
        k: int,
        function: int,
        pairs: tuple[Array, Array],
        crossed: Array,
        halves: "Halves",
        facets: "Halves",
    ) -> None:
        """What bounds the new (k − 1)-faces: the zero parts of facets that are cut, and faces on
        which the function vanishes; and the signs there."""
        owners, subs = pairs
        through = crossed.nonzero()[0]
        owner, part = owners[through], facets.zeros(subs[through])
        old = self.signs[k - 2].view
        if len(facets.zero):
            old = old[:, : facets.zero[0]]
        flat = ~self._has(old[0] | old[1], function)
        if flat.any():
            rest = (~crossed).nonzero()[0]
            more = self._flat_parts(k, flat, owners[rest], subs[rest])
            owner, part = once(np.append(owner, more[0]), np.append(part, more[1]))
        else:
            order = owner.argsort(kind="stable")
            owner, part = owner[order], part[order]
        self.signs[k - 1].extend(self._on(k - 2, owner, part))
        if k > 2:
            self.lattice.bounds[k - 1].extend((halves.zeros(owner), part))
        else:  # a new edge has two ends
            self.lattice.ends.extend(part.reshape(-1, 2).T)

    def _flat_parts(self, k: int, flat: Array, owners: Array, subs: Array) -> tuple[Array, Array]:
        """Pairs of k-faces and faces of theirs, two dimensions lower, that are marked; by pairs of
        k-faces and facets, none of which is cut."""
        if k == 2:
            near = self.lattice.ends.data[:, subs].reshape(-1)
            met = flat[near].nonzero()[0]
            return np.concatenate([owners, owners])[met], near[met]
        face, facet = self.lattice.bounds[k - 1].view
        known = (facet < len(flat)).nonzero()[0]
        known = known[flat[facet[known]]]
        return joined(owners, subs, face[known], facet[known])


class Halves:
    """The k-faces that are cut, in order: the numbers `new` of their negative halves, `zero` of
    their parts in the zero set, which are (k − 1)-faces. `count`: k-faces before."""

    def __init__(self, cut: Array, count: int, zero: int) -> None:
        rank = np.arange(len(cut))
        self.new, self.zero = count + rank, zero + rank
        self.rank = np.full(count, -1)
        self.rank[cut] = rank

    def has(self, faces: Array) -> Array:
        return np.asarray(self.rank[faces] >= 0)

    def negative(self, faces: Array) -> Array:
        return np.asarray(self.new[self.rank[faces]])

    def zeros(self, faces: Array) -> Array:
        return np.asarray(self.zero[self.rank[faces]])
