"""Finds a tree of cuts (kernel/tree.py) by which a box is closed, or a point where the facts hold.

Nothing here is trusted. Many parts are bounded at once, in floats. A part that stays open is cut
along the input whose halves are nearest to being closed.
"""

import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from ...kernel.terms import Formula, Junction, minus
from .boxes import Unsettled
from .floats import Array, Floats, Parts, joined

BATCH = 256  # parts bounded at once
NUMBERS = 2e7  # in an array that this makes
LEVELS = 3  # ranges are computed anew at every third level
CANDIDATES = 5  # inputs that are tried for a cut
LEAST = 0.05  # of the best input's influence; below it an input is not tried
SHARP = 30.0  # how much being near to closed counts
DOUBT = 1e-7  # of what a bound is made of: below it the kernel may not agree that a part is closed
NARROWEST = 2.0**-40  # width of what is still cut, of that of the box
STARTS, STEPS = 128, 32  # of the descent to a counterexample
TRIED = 3  # points of each batch that are tried exactly

Shape = tuple[str, list[Any]]


class Group(NamedTuple):
    """Parts that wait, with the numbers of their nodes and their levels."""

    parts: Parts
    nodes: Array
    levels: Array

    @classmethod
    def joined(cls, several: "Sequence[Group]") -> "Group":
        """All of them."""
        nodes, levels = (np.concatenate([group[i] for group in several]) for i in (1, 2))
        return cls(joined([group.parts for group in several]), nodes, levels)

    def taken(self, index: Array) -> "Group":
        """Those with these numbers."""
        return Group(self.parts.taken(index), self.nodes[index], self.levels[index])


class Cuts(NamedTuple):
    """The tree: its nodes as the kernel reads them, and the places of those by which the kernel
    may not be convinced."""

    nodes: list[int]
    doubtful: list[int]


class Facts:
    """Facts that are to be contradicted, in floats: sums over the last layer that are positive
    where a fact is false."""

    def __init__(self, floats: Floats, facts: Sequence[Formula]) -> None:
        self.floats, self._rows = floats, list[Array]()
        self.shapes = [self._shape(fact) for fact in facts]
        self.rows = np.array(self._rows)

    def _shape(self, fact: Formula) -> Shape:
        if isinstance(fact, Junction):
            return fact.connective, [self._shape(part) for part in fact.parts]
        p = fact.polynomial
        sums = {"=": (p, minus(p)), "!=": ()}.get(fact.relation, (p,))
        self._rows += [self.floats.row(q) for q in sums]
        return "any", list(range(len(self._rows) - len(sums), len(self._rows)))

    def margins(self, values: Array) -> tuple[Array, Array]:
        """For each fact and part how far it is from holding, and the row that says so."""
        found = [_margin(values, shape) for shape in self.shapes]
        return np.array([margin for margin, _ in found]), np.array([row for _, row in found])


def _margin(values: Array, shape: Shape) -> tuple[Array, Array]:
    kind, parts = shape
    if kind == "any":
        if not parts:
            return np.full(len(values), -np.inf), np.zeros(len(values), dtype=int)
        best = values[:, parts].argmax(1)
        return values[:, parts].max(1), np.array(parts)[best]
    found = [_margin(values, part) for part in parts]
    margins, rows = np.array([m for m, _ in found]), np.array([r for _, r in found])
    best = margins.argmin(0) if kind == "or" else margins.argmax(0)
    every = np.arange(len(values))
    return margins[best, every], rows[best, every]


class Forest:
    """The search for a tree. `attempt` raises where a point is a counterexample."""

    def __init__(self, facts: Facts, attempt: Callable[[list[Fraction]], None], end: float) -> None:
        self.facts, self.floats, self.attempt, self.end = facts, facts.floats, attempt, end
        self.inputs = {place: v for v, (k, place) in self.floats.box.places.items() if k == 0}
        # for each number of a node what is written, and the number of the first of two that follow
        self.made = dict[int, tuple[list[int], int]]()
        sizes = [len(made) for made in self.floats.made]
        self.batch = int(min(BATCH, 1 + NUMBERS / (2 * sum(sizes) * max(sizes))))
        self.doubtful = set[int]()
        self.count = 1

    def descend(self) -> None:
        """Tries to meet a counterexample, from many points by the signs of the slopes."""
        size = self.floats.whole.sides.shape[1]
        at = np.random.default_rng(1).random((STARTS, size))
        at[:, 0] = 1.0
        for step in np.geomspace(0.5, 0.002, STEPS):
            margin, slopes = self._at(at)
            self._try(at, margin)
            at = np.clip(at - step * np.sign(slopes), 0.0, 1.0)
            at[:, 0] = 1.0

    def _at(self, at: Array) -> tuple[Array, Array]:
        """How far each point is from a counterexample, and the slopes of that."""
        values, ranges = at, [np.stack([at, at], 2)]
        for made in self.floats.made[1:]:
            z = values @ made.T
            ranges.append(np.stack([z, z], 2))
            values = np.maximum(z, 0.0)
        least, coefficients = self.floats.sums(Parts(ranges), self.facts.rows)
        margins, rows = self.facts.margins(least)
        worst, every = margins.argmax(0), np.arange(len(at))
        return margins[worst, every], coefficients[every, rows[worst, every]]

    def _try(self, at: Array, margin: Array) -> None:
        for index in np.argsort(margin)[:TRIED]:
            if margin[index] <= 0:
                self.attempt(self.floats.point(at[index]))

    @property
    def whole(self) -> Group:
        """The box, in which nothing is cut."""
        return Group(self.floats.whole, np.zeros(1, int), np.zeros(1, int))

    def cuts(self) -> Cuts:
        """The tree. Raises `Unsettled` when time is over."""
        waiting = self.advanced([self.whole], self.end)
        if waiting:
            raise self.over(waiting)
        return self.written()

    def over(self, waiting: Sequence[Group], more: str = "") -> Unsettled:
        """That time is over, with these parts open."""
        found, still = len(self.made), sum(len(group.nodes) for group in waiting)
        return Unsettled(f"time is over, with {found} nodes found and {still} parts open{more}")

    def advanced(self, waiting: list[Group], end: float) -> list[Group]:
        """Searches the parts until then: those that are still open."""
        while waiting and time.monotonic() <= end:
            taken = [waiting.pop()]
            while waiting and sum(len(group.nodes) for group in taken) < self.batch:
                taken.append(waiting.pop())
            group = Group.joined(taken)
            group, _ = self._closed(group, group.parts, [])
            if len(group.nodes):
                group, new = self._closed(group, self.floats.fresh(group.parts), [0])
                waiting += self._halves(group, new)
        return waiting

    def _closed(self, group: Group, parts: Parts, before: list[int]) -> tuple[Group, Parts]:
        """What stays open of the group, whose ranges are now those of `parts`."""
        least, coefficients = self.floats.sums(parts, self.facts.rows)
        margins, rows = self.facts.margins(least)
        best, every = margins.argmax(0), np.arange(len(group.nodes))
        margin, row = margins[best, every], rows[best, every]
        scale = (np.abs(coefficients[every, row]) * parts.widths).sum(1)
        for index in np.nonzero(margin >= 0)[0]:
            node = int(group.nodes[index])
            self.made[node] = ([*before, -1 - int(best[index])], 0)
            if margin[index] <= DOUBT * scale[index]:
                self.doubtful.add(node)
        rest = np.nonzero(margin < 0)[0]
        if len(rest):
            ends = parts.sides[rest]
            corner = np.where(coefficients[rest, row[rest]] > 0, ends[..., 0], ends[..., 1])
            for at in (corner, ends.mean(2)):
                self._try(at, self._at(at)[0])
        return group.taken(rest), parts.taken(rest)

    def _halves(self, group: Group, new: Parts) -> list[Group]:
        """Both halves of each part, cut along the best input."""
        every = np.arange(len(group.nodes))
        if not len(every):
            return []
        anew = group.levels % LEVELS == 0
        ranges = []
        for old, fresh in zip(group.parts.ranges, new.ranges, strict=True):
            ranges.append(np.where(anew[:, None, None], fresh, old))
        parts = Parts(ranges)
        place = self._best(new)
        if (parts.widths[every, place] < NARROWEST).any():
            raise Unsettled("a part of hardly any width is not closed")
        middle = parts.sides[every, place].mean(1)
        first = self.count + 2 * every
        self.count += 2 * len(every)
        for index, node in enumerate(group.nodes.tolist()):
            own = [0] if anew[index] else []
            self.made[node] = ([*own, self.inputs[int(place[index])]], int(first[index]))
        low, high = parts.side(place, 1, middle), parts.side(place, 0, middle)
        return [Group(high, first + 1, group.levels + 1), Group(low, first, group.levels + 1)]

    def _best(self, parts: Parts) -> Array:
        """For each part the place of the input whose halves are nearest to being closed."""
        least, coefficients = self.floats.sums(parts, self.facts.rows)
        influence = np.abs(coefficients) * parts.widths[:, None, :]
        scale, total = influence.sum(2) + 1e-300, influence.sum(1)
        order = np.argsort(-total, axis=1)[:, :CANDIDATES]
        every = np.arange(len(total))
        gains = np.full(order.shape, -np.inf)
        for number, place in enumerate(order.T):
            gain = np.zeros(len(total))
            middle = parts.sides[every, place].mean(1)
            for end in (0, 1):
                half = self.floats.fresh(parts.side(place, end, middle))
                bounds, _ = self.floats.sums(half, self.facts.rows)
                margins, _ = self.facts.margins(bounds)
                short = np.abs(np.minimum(np.maximum(bounds, least), 0.0)) / scale
                gain -= np.where(margins.max(0) >= 0, 0.0, np.log1p(SHARP * short).sum(1))
            tried = total[every, place] >= LEAST * total.max(1)
            gains[:, number] = np.where(tried, gain, -np.inf)
        return order[every, gains.argmax(1)]

    def written(self) -> Cuts:
        """The tree that was found, as the kernel reads it."""
        nodes, doubtful, waiting = list[int](), list[int](), [0]
        while waiting:
            number = waiting.pop()
            own, first = self.made[number]
            nodes += own
            if first:
                waiting += [first + 1, first]
            elif number in self.doubtful:
                doubtful.append(len(nodes) - 1)
        return Cuts(nodes, doubtful)
