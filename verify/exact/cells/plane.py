"""Cutting a complex in the plane by many functions at once, from signs alone.

The functions are affine on each polygon. Those with both signs there cross it in chords. First all
edges are divided, where functions vanish on them; then all chords, where they meet; then the parts
of a polygon are told apart by the signs of the functions on the pieces around them. Along an edge
or a chord the points are in the order in which the functions change their sign, so that no number
is compared. No place is assumed to be general: points that are one are found by their signs, too.
"""

from collections.abc import Callable

import numpy as np

from ...kernel.errors import OverBudget
from . import lattice as limits
from .lattice import Array, Grown, Lattice, joined

BITS = np.uint64(1) << np.arange(64, dtype=np.uint64)
WIDTH = 64
# tells the signs at new vertices, where functions vanish between others; the last says which of
# the new ones are kept, and in which order
Born = Callable[[Array, Array, Array], Array]
Keep = Callable[[Array], None]


def ones(masks: Array) -> tuple[Array, Array]:
    """Pairs (place, function) for all bits that are set."""
    place, function = _unpacked(masks).view(bool).nonzero()
    return place, function


def counted(masks: Array) -> Array:
    """How many bits are set in each."""
    return np.asarray(_unpacked(masks).sum(axis=1, dtype=int))


def _unpacked(masks: Array) -> Array:
    used = -(-int(np.bitwise_or.reduce(masks)).bit_length() // 8)
    table = masks.view(np.uint8).reshape(-1, 8)[:, :used]
    return np.unpackbits(table, axis=1, bitorder="little")


def lowest(masks: Array) -> Array:
    """The lowest bit of each that is set."""
    return np.asarray(masks & (~masks + BITS[0]))


class Plane:
    """A complex, and at its vertices which of at most 64 functions are positive, and which
    negative: `signs`, (2, vertices).

        Plane(lattice, signs, born, keep).cut()
    """

    def __init__(self, lattice: Lattice, signs: Array, born: Born, keep: Keep) -> None:
        self.lattice, self.born, self.keep = lattice, born, keep
        self.signs = Grown(signs)

    def cut(self) -> None:
        """Cuts every face by all the functions."""
        self.mixed = self._both_signs()
        if not self.mixed.any():
            return
        self._divide_edges()
        faces, edges = self.lattice.bounds[2].view
        inside = self.mixed[faces] != 0
        kept, self.around = self.lattice.bounds[2].view[:, ~inside], (faces[inside], edges[inside])
        self._find_chords()
        pieces = self._divide_chords()
        bounds = self._parts(*pieces)
        self.lattice.bounds[2] = Grown(np.concatenate([kept, bounds], axis=1))

    def _both_signs(self) -> Array:
        """For each face the functions with both signs there."""
        face, edge = self.lattice.bounds[2].view
        order = face.argsort(kind="stable")
        starts = face[order].searchsorted(np.arange(self.lattice.counts[2]))
        one, other = self.lattice.ends.view
        signs = self.signs.view
        below = (signs[:, one] | signs[:, other])[:, edge[order]]
        positive, negative = np.bitwise_or.reduceat(below, starts, axis=1)
        return np.asarray(positive & negative)

    def _opposite(self, one: Array, other: Array) -> Array:
        """The functions of opposite signs at two vertices."""
        a, b = self.signs.data[:, one], self.signs.data[:, other]
        return np.asarray((a[0] & b[1]) | (a[1] & b[0]))

    def _passed(self, points: Array, last: Array, functions: Array) -> Array:
        """Of these functions, how many have at a point the sign that they have at the end."""
        point, end = self.signs.data[:, points], self.signs.data[:, last]
        return counted(functions & ((point[0] & end[0]) | (point[1] & end[1])))

    def _new(self, function: Array, one: Array, other: Array) -> Array:
        """New vertices, where functions vanish between two others: their numbers."""
        most = self.lattice.most or limits.MOST_FACES
        if sum(self.lattice.counts) + len(function) > most:
            raise OverBudget("", f"a cell complex with more than {most} faces")
        forwards = (self.signs.data[0, one] & BITS[function]) != 0
        first, second = np.where(forwards, one, other), np.where(forwards, other, one)
        begun = self.signs.size
        self.signs.extend(self.born(function, first, second))
        return np.arange(begun, self.signs.size)

    def _kept(self, points: Array, kept: Array) -> Array:
        """Keeps these of the new vertices, in this order: their numbers then."""
        self.keep(kept)
        self.signs.keep(self.signs.size - len(points), kept)
        self.lattice.counts[0] = self.signs.size
        return points[: len(kept)]

    def _divide_edges(self) -> None:
        lattice, (first, last) = self.lattice, self.lattice.ends.view
        crossing = self._opposite(first, last)
        crossed = crossing.nonzero()[0]
        if not len(crossed):
            return
        row, function = ones(crossing[crossed])
        edge = crossed[row]
        points = self._new(function, first[edge], last[edge])
        rank = edge * (WIDTH + 1) + self._passed(points, last[edge], crossing[edge])
        order = rank.argsort(kind="stable")
        order = order[_firsts(rank[order])]
        points, edge = self._kept(points, order), edge[order]
        new = lattice.counts[1] + np.arange(len(points))
        lattice.ends.extend(_chained(points, edge, last[edge]))
        starts = _firsts(edge)
        lattice.ends.data[1, edge[starts]] = points[starts]
        lattice.counts[1] += len(points)
        face, side = lattice.bounds[2].view
        lattice.bounds[2].extend(joined(face, side, edge, new))

    def _find_chords(self) -> None:
        """The chords of all faces, without repetition: `face`, `function`, the ends `first` and
        `last`, `along`: the functions that vanish on it, `crossing`: those that change their sign.
        """
        face, edge = self.around
        corner, owner = self.lattice.ends.data[:, edge].reshape(-1), np.concatenate([face, face])
        signs = self.signs.data[:, corner]
        zero = self.mixed[owner] & ~(signs[0] | signs[1])
        some = zero.nonzero()[0]
        row, function = ones(zero[some])
        key = (owner[some[row]] * WIDTH + function) * self.signs.size + corner[some[row]]
        key.sort()  # each corner twice, and two corners of each chord
        chord, first = np.divmod(key[::4], self.signs.size)
        last = key[2::4] % self.signs.size
        face, function = np.divmod(chord, WIDTH)
        ends = self.signs.data[:, first] | self.signs.data[:, last]
        along = self.mixed[face] & ~(ends[0] | ends[1])
        once = lowest(along) == BITS[function]
        self.key, self.face, self.function = chord[once], face[once], function[once]
        self.first, self.last, self.along = first[once], last[once], along[once]
        self.crossing = self._opposite(self.first, self.last) & self.mixed[self.face]
        self.chosen = np.zeros_like(self.mixed)  # for each face, the functions of its chords
        order = _firsts(self.face).nonzero()[0]
        self.chosen[self.face[order]] = np.bitwise_or.reduceat(BITS[self.function], order)

    def _divide_chords(self) -> tuple[Array, Array]:
        """New edges along all chords: for each of them its chord, and its number."""
        lattice = self.lattice
        later = self.crossing & self.chosen[self.face] & ~(2 * BITS[self.function] - BITS[0])
        row, function = ones(later)
        points = self._new(function, self.first[row], self.last[row])
        zero = self.chosen[self.face[row]] & ~np.bitwise_or(*self.signs.data[:, points])
        one = lowest(zero)
        lone = (one == BITS[self.function[row]]) & (lowest(zero ^ one) == BITS[function])
        kept = lone.nonzero()[0]
        points = self._kept(points, kept)
        place, function = ones(zero[kept])
        chord = self.key.searchsorted(self.face[row[kept]][place] * WIDTH + function)
        at = points[place]
        rank = chord * (WIDTH + 1) + self._passed(at, self.last[chord], self.crossing[chord])
        order = rank.argsort()
        chord, at = chord[order], at[order]
        starts, begun = _firsts(chord), self.first.copy()
        ends = self.last.copy()
        ends[chord[starts]] = at[starts]
        new = lattice.counts[1] + np.arange(len(begun) + len(at))
        lattice.ends.extend((begun, ends))
        lattice.ends.extend(_chained(at, chord, self.last[chord]))
        lattice.counts[1] += len(new)
        return np.concatenate([np.arange(len(begun)), chord]), new

    def _parts(self, chord: Array, new: Array) -> Array:
        """The parts of the faces, by the signs on the pieces around them: pairs (part, piece)."""
        lattice, (face, edge) = self.lattice, self.around
        owner = np.concatenate([face, self.face[chord], self.face[chord]])
        piece = np.concatenate([edge, new, new])
        one, other = lattice.ends.data[:, piece]
        positive = (self.signs.data[0, one] | self.signs.data[0, other]) & self.mixed[owner]
        same = self._alike()[chord]
        positive[len(face) : len(face) + len(new)] |= same
        positive[len(face) + len(new) :] |= self.along[chord] ^ same
        order = np.lexsort((positive, owner))
        owner, positive, piece = owner[order], positive[order], piece[order]
        is_first = _firsts(owner)
        is_other = ~is_first
        is_other[1:] &= positive[1:] != positive[:-1]
        is_more = np.zeros(len(owner), int)
        is_more[is_other] = 1
        number = np.where(is_first, owner, lattice.counts[2] - 1 + is_more.cumsum())
        starts = np.maximum.accumulate(np.where(is_first | is_other, np.arange(len(owner)), 0))
        lattice.counts[2] += int(is_other.sum())
        return np.stack([number[starts], piece])

    def _alike(self) -> Array:
        """For each chord, those of the functions that vanish along it which are positive where its
        own function is."""
        own = BITS[self.function]
        alike, several = own.copy(), (self.along != own).nonzero()[0]
        if len(several):
            face, edge = self.around
            corners = self.lattice.ends.data[:, edge].reshape(-1)
            pairs = joined(several, self.face[several], np.concatenate([face, face]), corners)
            beside = (self.signs.data[0, pairs[1]] & own[pairs[0]]) != 0
            chord, corner = pairs[0][beside], pairs[1][beside]
            alike[chord] = self.along[chord] & self.signs.data[0, corner]
        return np.asarray(alike)


def _firsts(owner: Array) -> Array:
    """Which of sorted numbers differ from the one before."""
    is_first = np.ones(len(owner), bool)
    np.not_equal(owner[1:], owner[:-1], out=is_first[1:])
    return is_first


def _chained(points: Array, owner: Array, last: Array) -> Array:
    """The ends of edges that follow points, in order along their owners: the next point, or the
    owner's last."""
    following = last.copy()
    following[:-1] = np.where(owner[1:] == owner[:-1], points[1:], last[:-1])
    return np.stack([points, following])
