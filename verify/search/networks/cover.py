"""A cell complex as a proof: simplices on which every unit keeps its sign, and where the facts
contradict each other; or a point where they hold.

The complex of all units is triangulated from the vertex with the least number of every face, so
that cells agree on the facets that they share. If that does not decide, the facts' own comparisons
cut it, too. On all of R^n, where there are too many simplices, the domain is divided first, by the
signs of units: then no two parts have to agree on what is between them. Nothing here is trusted.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from ...exact.cells import Box, Domain
from ...exact.cells.build import Skeleton, skeleton
from ...exact.cells.incidence import simplex_count, simplices
from ...kernel.errors import BadInput, OverBudget
from ...kernel.numerals import numeral
from ...kernel.terms import Comparison, Facts, Formula, Junction, facts, negate
from ...rational import sign
from .boxes import Counterexample, Unsettled
from .joined import Joined, domain, is_of_inputs, walls
from .linear import Constraint, multipliers
from .setting import Setting, comparisons
from .signs import divider
from .walk import Crossing, Point, written

MOST_FACES = 400_000  # of a complex that is turned into a certificate
MOST_SIMPLICES = 40_000
MOST_MINORS = 1_200_000  # (d + 1)² for each simplex, as the kernel counts
MOST_WALLS = 24  # of a branch that is divided further
MOST_CUTS = 2_000  # of a domain, by signs of units
FARTHEST = 60  # doublings of the way along directions
ZERO = Fraction(0)
LEAF_SECONDS = 2.0
TRIED = 40  # simplices whose insides are tried for a counterexample

Array = np.ndarray


def steps(setting: Setting, start: Facts) -> list[Any]:
    """The steps that refute the facts, all affine in the networks: one, or one for each part of a
    disjunction where that is needed. Raises `Counterexample`, `Unsettled`, and `OverBudget` where
    there are too many cells.

        steps(setting, start)      [["cells", [0, 1, 2], points, simplices]]
    """
    return _Proof(setting).closed(start, frozenset())


class _Proof:
    """The steps that close branches. `cuts`: by how many a domain was divided."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.cuts = setting, 0

    def closed(self, branch: Facts, split: frozenset[int], is_divided: bool = False) -> list[Any]:
        """Steps that close a branch. `split`: the places of the disjunctions that were taken apart.
        A branch that was divided once is divided on, as far as it goes."""
        used = [place for place in range(len(branch)) if place not in split]
        facts_here = tuple(branch[place] for place in used)
        try:
            where = domain(self.setting, facts_here)
            _ = where.start
        except (BadInput, Unsettled) as error:  # there is nothing inside
            return _nowhere(self.setting, branch, error.reason)
        halves = self._halves(branch, where) if is_divided else None
        if halves is not None:
            return self._divided(branch, split, halves)
        for cut in (False, True):
            try:
                found = _Complex(self.setting, facts_here, where, cut)
            except OverBudget:
                halves = self._halves(branch, where)
                if halves is not None:
                    return self._divided(branch, split, halves)
                raise
            open_ones = np.flatnonzero(~found.refuted)
            if not len(open_ones):
                return [["cells", used, *written(found.points(), found.corners.tolist())]]
            found.try_vertices(open_ones)
            if cut or (len(found.others) < 2 and not found.equations):
                found.try_inside(open_ones[:TRIED].tolist())
                break
        for place in used:
            fact = branch[place]
            if isinstance(fact, Junction):
                closed: list[Any] = [["cases", place]]
                for part in fact.parts:
                    closed += self.closed(branch + facts(part), split | {place}, is_divided)
                return closed
        raise Unsettled("on some cell nothing shows that the facts exclude each other")

    def _divided(
        self, branch: Facts, split: frozenset[int], halves: tuple[str, Sequence[Facts]]
    ) -> list[Any]:
        """Steps that close both sides of a cut."""
        text, sides = halves
        first, second = (self.closed(branch + side, split, True) for side in sides)
        return [["cut", text], *first, *second]

    def _halves(self, branch: Facts, where: Domain) -> tuple[str, tuple[Facts, Facts]] | None:
        """A formula that divides an unbounded domain by the sign of a unit, and what holds on both
        sides; None if nothing is to be gained. At the end cones are left, of few simplices."""
        walled = len(walls(self.setting, branch))
        if isinstance(where, Box) or walled >= MOST_WALLS or self.cuts >= MOST_CUTS:
            return None
        found = divider(self.setting, where)
        if found is None:
            return None
        self.cuts += 1
        text, comparison = found
        return text, (facts(comparison), facts(negate(comparison)))


def _nowhere(setting: Setting, branch: Facts, why: str) -> list[Any]:
    """The leaf that closes a branch whose facts about inputs contradict each other."""
    rows, places = list[Constraint](), list[int]()
    for place, fact in enumerate(branch):
        if isinstance(fact, Comparison) and is_of_inputs(setting, fact):
            form = dict(setting.graph.affine(fact.polynomial))
            constant = form.pop(0, ZERO)
            rows.append(Constraint({v - 1: c for v, c in form.items()}, constant, fact.relation))
            places.append(place)
    weights = multipliers(rows, setting.graph.inputs, LEAF_SECONDS)
    if weights is None:
        raise Unsettled(why)
    pairs = zip(weights, places, strict=True)
    return [["leaf", [[numeral(weight), [place]] for weight, place in pairs if weight]]]


def size(steps: Sequence[Any]) -> int:
    """How many simplices the steps have."""
    covers = (step[3] for step in steps if step[0] == "cells")
    return sum(1 for walk in covers for simplex in walk if simplex)


def comparisons_of(facts: Facts) -> list[Comparison]:
    """The comparisons in the facts."""
    return [comparison for fact in facts for comparison in comparisons(fact)]


class _Complex:
    """The complex of the facts' networks where the facts about inputs hold, and the signs of all
    comparisons at its vertices. `cut`: the comparisons are units, too. `refuted`: for each simplex,
    whether the kernel will find the facts contradictory there. `equations`: the numbers of those
    comparisons that hold throughout as p = 0."""

    def __init__(self, setting: Setting, start: Facts, where: Domain, cut: bool) -> None:
        self.setting, self.start = setting, start
        said = comparisons_of(start)
        self.joined = Joined(setting, [comparison.polynomial for comparison in said])
        own = {id(p) for p in walls(setting, start)}
        self.others = [n for n, it in enumerate(said) if id(it.polynomial) not in own]
        equal = [it for it in start if isinstance(it, Comparison) and it.relation == "="]
        alone = {id(it.polynomial) for it in equal}
        self.equations = [n for n, it in enumerate(said) if id(it.polynomial) in alone]
        network = self.joined.network(self.others if cut else [])
        self.complex: Skeleton = skeleton(network, where, MOST_FACES)
        self.size = setting.graph.inputs
        lattice, count = self.complex.lattice, simplex_count(self.complex.lattice)
        most = min(MOST_SIMPLICES, MOST_MINORS // (self.size + 1) ** 2)
        if count > most:
            found = f"{lattice.cells} cells in {count} simplices"
            raise OverBudget("", f"{found}, more than {most}")
        _, self.corners = simplices(lattice)
        rows = self.complex.numbers.rows
        self.finite = np.array([row[self.size] != 0 for row in rows], bool)
        columns = self.complex.numbers.columns[network.lowered.output]
        signs = [[sign(entry) for entry in row[columns.start : columns.stop]] for row in rows]
        self.signs = np.array(signs, np.int8).T
        self.refuted = _Refutation(start, self.signs[:, self.corners], self.finite[self.corners])()

    def points(self) -> list[Point]:
        """The vertices."""
        return points_of(self.complex, self.joined.number)

    def try_vertices(self, simplices_open: Array) -> None:
        """Raises `Counterexample` at the vertex of these simplices where the facts hold, and most
        so."""
        corners = np.unique(self.corners[simplices_open])
        best: tuple[Fraction, tuple[Fraction, ...]] | None = None
        for vertex in corners[self.finite[corners]].tolist():
            at = self._place([vertex])
            values = self._values(at)
            if values is not None and (best is None or max(values) < best[0]):
                best = max(values), at
        if best is not None:
            raise Counterexample(best[1])

    def try_inside(self, simplices_open: Sequence[int]) -> None:
        """Raises `Counterexample` at a point inside of one of these simplices, or of their faces
        where the facts' equations hold."""
        level = (self.signs[self.equations] == 0).all(axis=0)
        for corners in self.corners[simplices_open].tolist():
            chosen = [vertex for vertex in corners if level[vertex]]
            if not self.finite[chosen].any():
                continue
            for at in self._inside(chosen):
                if self._values(at) is not None:
                    raise Counterexample(at)

    def _values(self, at: Sequence[Fraction]) -> list[Fraction] | None:
        """The left sides of the comparisons at a point where the facts hold; None elsewhere."""
        values = self.setting.at(at)
        if not all(self.setting.holds(fact, values) for fact in self.start):
            return None
        said = comparisons_of(self.start)
        return [self.setting.value(said[n].polynomial, values) for n in self.others] or [ZERO]

    def _inside(self, chosen: Sequence[int]) -> Iterator[tuple[Fraction, ...]]:
        """Points of a simplex: its middle, others near each corner, and far along its rays."""
        yield self._place(chosen)
        points = [vertex for vertex in chosen if self.finite[vertex]]
        for vertex in points:
            yield self._place([vertex] * (4 * len(chosen)) + list(chosen))
        rays = [vertex for vertex in chosen if not self.finite[vertex]]
        for power in range(0, FARTHEST if rays else 0, 4):
            for some in (rays, *([ray] for ray in rays)):
                yield self._place(points + some, 2**power)

    def _place(self, chosen: Sequence[int], along: int = 1) -> tuple[Fraction, ...]:
        """The middle of some vertices, so far along those that are directions."""
        rows, size = self.complex.numbers.rows, self.size
        total, count = [ZERO] * size, 0
        for vertex in chosen:
            row = rows[vertex]
            factor = Fraction(1, row[size]) if row[size] else Fraction(along)
            count += 1 if row[size] else 0
            total = [a + factor * b for a, b in zip(total, row[:size], strict=True)]
        return tuple(entry / count for entry in total)


class _Refutation:
    """Which simplices the kernel will find refuted: `signs`, (comparisons, simplices, corners), and
    which corners are points."""

    def __init__(self, start: Facts, signs: Array, finite: Array) -> None:
        self.start, self.signs, self.next = start, signs, 0
        face = np.ones(finite.shape, bool)
        row = 0
        for fact in start:
            if isinstance(fact, Comparison):
                face &= ~_released(fact.relation, signs[row])
            row += len(comparisons(fact))
        self.face, self.points = face, face & finite

    def __call__(self) -> Array:
        refuted: Array = ~self.points.any(axis=1)
        for fact in self.start:
            refuted |= self._false(fact)
        return refuted

    def _false(self, fact: Formula) -> Array:
        """On which simplices a fact is false throughout the face that is left."""
        if isinstance(fact, Junction):
            parts = [self._false(part) for part in fact.parts]
            if fact.connective == "or":
                whole = np.array([np.ones(len(self.face), bool), *parts])
                return np.asarray(whole.all(axis=0))
            return np.asarray(np.array([np.zeros(len(self.face), bool), *parts]).any(axis=0))
        signs = self.signs[self.next]
        self.next += 1
        at_least = ((signs >= 0) | ~self.face).all(axis=1)
        at_most = ((signs <= 0) | ~self.face).all(axis=1)
        above = at_least & ((signs > 0) | ~self.points).all(axis=1)
        below = at_most & ((signs < 0) | ~self.points).all(axis=1)
        false = {"<=": above, "<": at_least, "=": above | below, "!=": at_least & at_most}
        return np.asarray(false[fact.relation])


def _released(relation: str, signs: Array) -> Array:
    """Corners on which no weight is where a comparison holds."""
    at_least = np.asarray((signs >= 0).all(axis=1))
    at_most = np.asarray((signs <= 0).all(axis=1))
    sided = {"<=": at_least, "=": at_least | at_most}
    chosen = sided.get(relation, np.zeros(len(signs), bool))
    return np.asarray(chosen[:, None] & (signs != 0))


def points_of(found: Skeleton, number: Sequence[Sequence[int]]) -> list[Point]:
    """The vertices of a complex: in coordinates, or by their births.

    `number`: of each unit in the kernel's order, by level and place. Units of a further level have
    none."""
    rows, size = found.numbers.rows, found.network.input_size
    points: list[Point] = [texts(row, size) for row in found.start]
    relus = [n for n, node in enumerate(found.network.nodes) if node.op == "Relu"]
    for birth in found.births:
        level = relus.index(birth.number)
        if level == len(number):
            points += [texts(rows[len(points) + n], size) for n in range(len(birth.first))]
            continue
        ends = zip(birth.first.tolist(), birth.second.tolist(), strict=True)
        units = [number[level][unit] for unit in birth.units.tolist()]
        points += [Crossing(*pair, unit) for pair, unit in zip(ends, units, strict=True)]
    return points


def texts(row: Sequence[int], size: int) -> list[str]:
    """A vertex in numbers, that of infinity first."""
    return [numeral(row[size]), *(numeral(entry) for entry in row[:size])]
