"""Networks on one variable for a solver, segment by segment, unit by unit.

Between neighbouring points where some unit changes sides every unit is a line in x. Which line is
a hint, from z3's models at the two ends; it replaces the unit only after `unsat` to its negation.
So the output becomes a line too, by as many small questions as there are levels; a single question
about the whole network takes time exponential in its units.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import z3

from ..compile.z3_form import Names, Term, affine, encode, fraction, number
from ..exact import Interval, activation_intervals
from ..network.builders import component
from ..network.network import Network
from .judge import Judge, Unanswered

Line = tuple[Fraction, Fraction]  # slope and constant


class Segment(NamedTuple):
    """What a solver may use for x between two points: facts, and the outputs of every network."""

    facts: list[z3.BoolRef]
    outputs: list[list[Term]]


class Segments:
    """Networks of one input on one variable `x`, and the order in which their units are gone through."""

    def __init__(self, networks: Sequence[Network], judge: Judge) -> None:
        names = Names()
        self.x = names.real()
        self.judge = judge
        self.components: list[Network] = []
        self.definitions: list[tuple[Term, Term]] = []  # each unit's variable, and what it is
        self.outputs: list[list[Term]] = []
        for network in networks:
            self.components += [component(network, index) for index in range(network.output_size)]
            encoding = encode(network, [self.x], names)
            self.definitions += encoding.definitions
            self.outputs.append(list(encoding.outputs))
        self.index = {variable.get_id(): index for index, (variable, _) in enumerate(self.definitions)}
        self.reads = [self._read(term) for _, term in self.definitions]
        self.levels = _levels(self.reads)
        self.seen: dict[Fraction, list[Fraction]] = {}

    def cuts(self, low: Fraction, high: Fraction) -> list[Fraction]:
        """The ends, and the points between them where some unit of some network changes sides."""
        found = {low, high}
        for it in self.components:
            found.update(activation_intervals(it, Interval(low, high)).endpoints)
        return sorted(found)

    def between(self, low: Fraction, high: Fraction) -> Segment:
        """For x in [low, high]: every unit for which a solver has proved its line is that line."""
        facts = [self.x >= number(low), self.x <= number(high)]
        lines: dict[int, Term] = {}
        for level in self.levels:
            terms = {i: self._replaced(self.definitions[i][1], self.reads[i], lines) for i in level}
            proposed = self._proposed(low, high, level)
            differs = z3.Or([terms[i] != proposed[i] for i in level])
            if self.judge.model([*facts, differs]) is None:
                lines |= proposed
            else:
                facts += [self.definitions[i][0] == terms[i] for i in level]
        outputs = []
        for network in self.outputs:
            outputs.append([self._unfolded(term, lines) for term in network])
        return Segment(facts, outputs)

    def anywhere(self) -> Segment:
        """For every x: the definitions of all units, none replaced."""
        return Segment([variable == term for variable, term in self.definitions], self.outputs)

    def _read(self, term: Term) -> list[int]:
        """The definitions whose variables occur in a term."""
        seen: set[int] = set()
        waiting: list[z3.ExprRef] = [term]
        while waiting:
            item = waiting.pop()
            if item.get_id() not in seen:
                seen.add(item.get_id())
                waiting += item.children()
        return sorted(self.index[i] for i in seen if i in self.index)

    def _values(self, at: Fraction) -> list[Fraction]:
        """The value of every definition at a point, from z3's model with x fixed. Hints."""
        if at not in self.seen:
            model = self.judge.model([self.x == number(at), *self.anywhere().facts])
            if model is None:
                raise Unanswered("z3 finds no value of the network at a point")
            values = [model.eval(variable, model_completion=True) for variable, _ in self.definitions]
            self.seen[at] = [fraction(value) for value in values]
        return self.seen[at]

    def _proposed(self, low: Fraction, high: Fraction, level: Sequence[int]) -> dict[int, Term]:
        """The lines through the values at the two ends."""
        before, after = self._values(low), self._values(high)
        lines = {i: line_through(low, before[i], high, after[i]) for i in level}
        return {i: affine([slope], [self.x], constant) for i, (slope, constant) in lines.items()}

    def _unfolded(self, term: Term, lines: dict[int, Term]) -> Term:
        """An output's term with lines for those units that have one."""
        return self._replaced(term, self._read(term), lines)

    def _replaced(self, term: Term, reads: Sequence[int], lines: dict[int, Term]) -> Term:
        """The same, of a term in which these units occur."""
        pairs = [(self.definitions[i][0], lines[i]) for i in reads if i in lines]
        return z3.substitute(term, *pairs) if pairs else term


def _levels(reads: Sequence[Sequence[int]]) -> list[list[int]]:
    """The definitions by level, each reading only lower levels; all of one level are asked about together.

    >>> _levels([[], [], [0, 1], [2]])
    [[0, 1], [2], [3]]
    """
    level_of: list[int] = []
    levels: list[list[int]] = []
    for index, earlier in enumerate(reads):
        below = [level_of[i] for i in earlier]
        level = max(below) + 1 if below else 0
        level_of.append(level)
        if level == len(levels):
            levels.append([])
        levels[level].append(index)
    return levels


def line_through(a: Fraction, u: Fraction, b: Fraction, v: Fraction) -> Line:
    """Slope and constant of the line through (a, u) and (b, v).

    >>> line_through(Fraction(0), Fraction(1), Fraction(2), Fraction(2))
    (Fraction(1, 2), Fraction(1, 1))
    """
    slope = (v - u) / (b - a)
    return slope, u - slope * a
