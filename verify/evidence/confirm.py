"""z3 as a second judge of given networks: on each segment of the line it is asked, unit by unit, which affine function the
network is there.

Only `unsat` proves. What splits the line and which lines are proposed is a hint from exact arithmetic and from z3's own models,
and need not be trusted: the segments cover the interval by construction, each unit's line is used only after z3 has answered
`unsat` to its negation, and so on to the output. A single question about the whole network takes z3 time exponential in its
units.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import z3

from ..compile.smtlib import script
from ..compile.z3_form import Names, Term, affine, encode, fraction, number
from ..exact import Interval, PiecewiseLinear, activation_intervals, evaluate, pieces
from ..kernel.errors import BadInput, OverBudget
from ..network.network import Network
from ..search import limits
from ..theorem import Outcome, Verdict, holds, refuted, undecided
from . import cross

ZERO, ONE = Fraction(0), Fraction(1)
Sum = tuple[tuple[Fraction, Network], ...]  # Σ factor · network(x), networks of one input and one output


@dataclass(frozen=True)
class Effort:
    """`seconds` for the whole task; `rlimit` is z3's own count of work, for each question; `second_opinion`: ask cvc5 every
    question too."""

    seconds: float = 60
    rlimit: int = 50_000_000
    memory: int = limits.MEMORY
    second_opinion: bool = False


@dataclass(frozen=True)
class Strip:
    """For x in [low, high]: |Σ factor · network(x) − (slope x + constant)| ≤ bound."""

    low: Fraction
    high: Fraction
    slope: Fraction = ZERO
    constant: Fraction = ZERO
    bound: Fraction = ZERO


def piece_bound(network: Network, interval: Interval, breakpoints: Sequence[Fraction], effort: Effort = Effort()) -> Outcome:
    """HOLDS: the network is affine on every segment between neighbouring breakpoints, hence has at most that many pieces on the
    interval.

    The ends may be left out. REFUTED: at the point shown it is off the line through its values at the ends of that segment;
    that refutes these breakpoints, not the count.
    """
    f = network.univariate()
    points = _cut(interval, breakpoints)
    values = [evaluate(f, (point,))[0] for point in points]
    found = confirmed(((ONE, f),), _chords(points, values), effort)
    return _said(found, f"affine on each of {len(points) - 1} segments, hence at most {len(points) - 1} pieces")


def identity(f: Network, g: Network, interval: Interval, effort: Effort = Effort()) -> Outcome:
    """HOLDS: f(x) = g(x) for every x of the interval. REFUTED with a point where they differ."""
    return within(f, g, interval, ZERO, effort)


def within(f: Network, g: Network, interval: Interval, bound: Fraction, effort: Effort = Effort()) -> Outcome:
    """HOLDS: |f(x) − g(x)| ≤ bound for every x of the interval. REFUTED with a point where it is larger."""
    found = confirmed(((ONE, f.univariate()), (-ONE, g.univariate())), [Strip(interval.low, interval.high, bound=bound)], effort)
    return _said(found, f"within {bound} of each other on {interval}" if bound else f"equal on {interval}")


def lower_bound_integral(f: Network, g: Network, interval: Interval, bound: Fraction, effort: Effort = Effort()) -> Outcome:
    """HOLDS: ∫|f − g| ≥ bound over the interval. z3 confirms f − g on each of its affine pieces; the areas are then summed
    exactly.

    REFUTED shows the integral, if z3 confirms the pieces and it is smaller.
    """
    points = _cut(interval, (pieces(f, interval) - pieces(g, interval)).breakpoints)
    values = [evaluate(f, (point,))[0] - evaluate(g, (point,))[0] for point in points]
    found = confirmed(((ONE, f), (-ONE, g)), _chords(points, values), effort)
    if found.verdict != Verdict.HOLDS:
        return undecided(f"the affine pieces were not confirmed: {found.detail}")
    area = PiecewiseLinear(tuple(points), tuple(values)).l1()
    if area < bound:
        return refuted(f"{found.detail}; on the affine segments the integral is exactly {area}, less than {bound}", integral=area)
    return _said(found, f"affine on each of {len(points) - 1} segments, on which the integral is exactly {area} ≥ {bound}")


@dataclass(frozen=True)
class Asked:
    """What came of asking z3: `off` is the number of a strip and a point that a model puts off it; `reason` says why not all
    was asked."""

    about: str
    off: tuple[int, Fraction] | None = None
    reason: str = ""


def confirmed(functions: Sum, strips: Sequence[Strip], effort: Effort) -> Outcome:
    """HOLDS if z3, in a process of its own, answers unsat to all it is asked about every strip; a point off a strip, evaluated
    exactly here, refutes."""
    done = limits.run(limits.Task(ask, (functions, tuple(strips), effort)), effort.seconds, effort.memory)
    if not done.decided:
        return undecided(f"z3 {z3.get_version_string()}: {done.reason}")
    asked: Asked = done.value
    if asked.reason:
        return undecided(f"{asked.about}; then {asked.reason}")
    return holds(asked.about) if asked.off is None else _refutation(functions, strips[asked.off[0]], asked.off[1])


def ask(functions: Sum, strips: Sequence[Strip], effort: Effort) -> Asked:
    """The questions themselves, in this process: strip by strip, cut where a unit changes sides, until one has a model."""
    judge = Judge(effort)
    try:
        parts = _Parts(functions, judge)
        for place, strip in enumerate(strips):
            for low, high in pairwise(parts.cuts(strip)):
                found = _off_strip(parts, strip, low, high)
                if found is not None:
                    return Asked(judge.about, (place, found))
    except (Undecided, OverBudget) as error:
        return Asked(judge.about, reason=str(error))
    return Asked(judge.about)


def _off_strip(parts: "_Parts", strip: Strip, low: Fraction, high: Fraction) -> Fraction | None:
    """A point of [low, high] where the sum is off the strip, from a model; None if z3 has proved that there is none."""
    facts, total = parts.on(low, high)
    off = total - affine([strip.slope], [parts.x], strip.constant)
    bound = number(strip.bound)
    model = parts.judge.model([*facts, z3.Or(off > bound, -off > bound)])
    return None if model is None else fraction(model.eval(parts.x, model_completion=True))


def _refutation(functions: Sum, strip: Strip, x: Fraction) -> Outcome:
    """A model is believed only after exact evaluation."""
    values = [evaluate(network, (x,))[0] for _, network in functions]
    line = strip.slope * x + strip.constant
    off = sum((factor * value for (factor, _), value in zip(functions, values, strict=True)), -line)
    if not (strip.low <= x <= strip.high and abs(off) > strip.bound):
        return undecided(f"z3 {z3.get_version_string()}: a model, x = {x}, that exact evaluation does not bear out")
    shown = dict(zip("fg", values, strict=False))
    return refuted(f"at x = {x}: off by {off}, more than {strip.bound}, on [{strip.low}, {strip.high}]", x=x, line=line, **shown)


class Undecided(Exception):
    """z3 did not answer, or cvc5 contradicts it."""


class Judge:
    """Asks z3 plain questions, each in a solver of its own, until the time is over."""

    def __init__(self, effort: Effort) -> None:
        self.effort, self.end = effort, time.monotonic() + effort.seconds
        self.proved = self.agreed = 0

    @property
    def about(self) -> str:
        said = f"z3 {z3.get_version_string()}: unsat to {self.proved} questions (rlimit {self.effort.rlimit} each)"
        if not self.effort.second_opinion:
            return said
        return f"{said}, cvc5 {cross.version()} agrees on {self.agreed}" if cross.version() else f"{said}, cvc5 is not installed"

    def model(self, formulas: Sequence[z3.BoolRef]) -> z3.ModelRef | None:
        """A model of the formulas, or None if z3 answers unsat (and cvc5, where it is asked, does not answer sat). Raises
        `Undecided`."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise Undecided(f"not finished after {self.effort.seconds} s")
        solver = z3.SolverFor("QF_LRA")
        solver.set("timeout", max(1, int(1000 * left)))
        solver.set("rlimit", self.effort.rlimit)
        solver.add(*formulas)
        answer = solver.check()
        if answer == z3.sat:
            return solver.model()
        if answer != z3.unsat:
            raise Undecided(f"z3 does not know: {solver.reason_unknown()}")
        if self.effort.second_opinion and cross.version():
            other = cross.opinion(script(formulas), max(1.0, left))
            if other == cross.SAT:
                raise Undecided("z3 answers unsat and cvc5 sat to one question")
            self.agreed += other == cross.UNSAT
        self.proved += 1
        return None


class _Parts:
    """Networks on one variable x for z3, and what is needed to go through their units in order."""

    def __init__(self, functions: Sum, judge: Judge) -> None:
        names = Names()
        self.x = names.real()
        self.judge, self.functions = judge, functions
        encodings = [encode(network, [self.x], names) for _, network in functions]
        self.total = affine([factor for factor, _ in functions], [encoding.outputs[0] for encoding in encodings], ZERO)
        self.definitions = tuple(pair for encoding in encodings for pair in encoding.definitions)
        self.index = {variable.get_id(): index for index, (variable, _) in enumerate(self.definitions)}
        self.reads = [self._read(term) for _, term in self.definitions]
        self.levels = _levels(self.reads)
        self.seen: dict[Fraction, list[Fraction]] = {}

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

    def cuts(self, strip: Strip) -> list[Fraction]:
        """Where to cut the strip's interval: the points where some unit of some network changes sides. Hints."""
        interval = Interval(strip.low, strip.high)
        found = [activation_intervals(network, interval) for _, network in self.functions]
        return _cut(interval, [point for intervals in found for point in intervals.endpoints])

    def values(self, at: Fraction) -> list[Fraction]:
        """The value of every definition at a point, from z3's model with x fixed. Hints."""
        if at not in self.seen:
            model = self.judge.model([self.x == number(at), *(variable == term for variable, term in self.definitions)])
            if model is None:
                raise Undecided("z3 finds no value of the network at a point")
            self.seen[at] = [fraction(model.eval(variable, model_completion=True)) for variable, _ in self.definitions]
        return self.seen[at]

    def on(self, low: Fraction, high: Fraction) -> tuple[list[z3.BoolRef], Term]:
        """What holds for x in [low, high], and the sum there: with every variable that z3 has proved to be a line in x replaced
        by its line, and the definitions of the others."""
        facts = [self.x >= number(low), self.x <= number(high)]
        lines: dict[int, Term] = {}
        for level in self.levels:
            terms = {i: self._replaced(self.definitions[i][1], self.reads[i], lines) for i in level}
            proposed = {i: affine([slope], [self.x], constant) for i, (slope, constant) in self._proposed(low, high, level)}
            if self.judge.model([*facts, z3.Or([terms[i] != proposed[i] for i in level])]) is None:
                lines |= proposed
            else:
                facts += [self.definitions[i][0] == terms[i] for i in level]
        return facts, self._replaced(self.total, self._read(self.total), lines)

    def _replaced(self, term: Term, reads: Sequence[int], lines: dict[int, Term]) -> Term:
        pairs = [(self.definitions[i][0], lines[i]) for i in reads if i in lines]
        return z3.substitute(term, *pairs) if pairs else term

    def _proposed(self, low: Fraction, high: Fraction, level: Sequence[int]) -> list[tuple[int, tuple[Fraction, Fraction]]]:
        before, after = self.values(low), self.values(high)
        return [(i, _line(low, high, before[i], after[i])) for i in level]


def _levels(reads: Sequence[Sequence[int]]) -> list[list[int]]:
    """The definitions by level, each reading only lower levels; all of one level are asked about together."""
    level: list[int] = []
    levels: list[list[int]] = []
    for index, earlier in enumerate(reads):
        level.append(max((level[i] for i in earlier), default=-1) + 1)
        levels.extend([] for _ in range(level[index] + 1 - len(levels)))
        levels[level[index]].append(index)
    return levels


def _cut(interval: Interval, points: Sequence[Fraction]) -> list[Fraction]:
    """The interval's ends and the points, in order; `BadInput` for a point outside."""
    for point in points:
        if not interval.low <= point <= interval.high:
            raise BadInput("", f"expected breakpoints in {interval}, found {point}")
    return sorted({interval.low, *points, interval.high})


def _chords(points: Sequence[Fraction], values: Sequence[Fraction]) -> list[Strip]:
    pairs = pairwise(zip(points, values, strict=True))
    return [Strip(a, b, *_line(a, b, u, v)) for (a, u), (b, v) in pairs]


def _line(a: Fraction, b: Fraction, u: Fraction, v: Fraction) -> tuple[Fraction, Fraction]:
    """Slope and constant of the line through (a, u) and (b, v)."""
    slope = (v - u) / (b - a)
    return slope, u - slope * a


def _said(found: Outcome, what: str) -> Outcome:
    return holds(f"{found.detail}: {what}") if found.verdict == Verdict.HOLDS else found
