"""What z3 and cvc5 say of a claim about networks, beside the kernel and sharing no code with it but the grammar.

A piece bound, an identity, a bound of an integral: each is asked segment by segment (`segments`).
What splits the line and which lines are proposed are hints, from exact arithmetic and z3's models,
and need not be right: the segments cover the line by construction, and only `unsat` proves.
Numbers that a function has on an interval (pieces, integrals, the greatest value) follow exactly
from its affine pieces, once every piece is confirmed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ..claim import Claim
from ..compile.z3_form import Names as Variables
from ..compile.z3_form import Term, affine, encode, number, point
from ..exact import Interval, PiecewiseLinear, evaluate, pieces
from ..kernel.errors import BadInput, OverBudget
from ..kernel.terms import Formula, negate
from ..network.builders import component
from ..rational import rational
from ..search import limits
from ..theorem import Outcome, Verdict, holds, refuted, undecided
from .goals import Names, Values, thresholds
from .judge import USUAL, Contradiction, Effort, Judge, Unanswered, Work
from .segments import Segment, Segments, line_through

ZERO = Fraction(0)
Point = tuple[Fraction, Fraction]  # x, and the value there

MEASURES: Mapping[str, Callable[[PiecewiseLinear], Fraction]] = {
    "pieces": lambda function: Fraction(function.pieces),
    "integral": PiecewiseLinear.integral,
    "integral_abs": PiecewiseLinear.l1,
    "sup_abs": lambda function: function.sup().value,
}


@dataclass(frozen=True)
class Opinion:
    """What the solvers say of a claim: the outcome and each solver's work.

    `questions`: the text of every question to which the answer was unsat. `contradicts`: one solver contradicts the
    other, or the exact engine.
    """

    outcome: Outcome
    works: tuple[Work, ...] = ()
    questions: tuple[str, ...] = ()
    contradicts: bool = False

    def verdict(self, work: Work) -> Verdict:
        """One solver's own verdict: the claim holds only if it answered unsat to every question."""
        left_some_open = work.unsat < work.asked
        if self.outcome.verdict == Verdict.HOLDS and left_some_open:
            return Verdict.UNDECIDED
        return self.outcome.verdict


def opinion(claim: Claim, effort: Effort = USUAL) -> Opinion:
    """What the solvers say of a claim about networks.

    HOLDS: unsat to everything asked. REFUTED: at the point or number shown, which is exact.
    UNDECIDED: time, memory, or something of which no solver is asked. Raises nothing.

    >>> from verify import sawtooth
    >>> short = {"pieces": {"of": "f", "on": ["0", "1"], "is": "<=", "count": 8}}
    >>> opinion(Claim.from_short("few", short, {"f": sawtooth(3)})).outcome.verdict
    <Verdict.HOLDS: 0>
    """
    is_about_all_numbers = any(goal["for"] for goal in claim.goals)
    if is_about_all_numbers or not claim.networks:
        return Opinion(undecided("no solver is asked about all numbers: there is no bound to unfold to"))
    done = limits.run(limits.Task(ask, (claim, effort)), effort.seconds, effort.memory)
    if not done.decided:
        return Opinion(undecided(done.reason))
    asked: Asked = done.value
    return asked.opinion()


@dataclass(frozen=True)
class Asked:
    """What came of asking.

    `goal` is false of the numbers `at`, as a model says; `reason` says why not all was asked.
    """

    works: tuple[Work, ...]
    questions: tuple[str, ...]
    goal: str = ""
    at: Values = field(default_factory=dict)
    reason: str = ""
    contradicts: bool = False

    def opinion(self) -> Opinion:
        """The same as an outcome. What is false at a point has been evaluated exactly there."""
        shown = ", ".join(f"{name} = {value}" for name, value in self.at.items())
        if self.reason:
            outcome = undecided(self.reason)
        elif self.goal:
            outcome = refuted(f"{self.goal} is false at {shown}", **self.at)
        else:
            outcome = holds("unsat to every question")
        return Opinion(outcome, self.works, self.questions, self.contradicts)


def ask(claim: Claim, effort: Effort) -> Asked:
    """Asks goal by goal, in this process, until one is false."""
    judge = Judge(effort)
    goal, reason, contradicts = "", "", False
    at: Values = {}
    try:
        questions = _Questions(claim, judge)
        for said in claim.goals:
            found = questions.false(said["holds"])
            if found is not None:
                goal, at = said["goal"], found
                break
    except (Unanswered, OverBudget, BadInput) as error:
        reason = str(error)
    except Contradiction as error:
        reason, contradicts = str(error), True
    return Asked(tuple(judge.works.values()), tuple(judge.questions), goal, at, reason, contradicts)


class _Questions:
    """One claim's networks, measures and goals before a judge."""

    def __init__(self, claim: Claim, judge: Judge) -> None:
        measures = {item["measure"]: item for item in claim.declarations if "measure" in item}
        if len(measures) + len(claim.named) < len(claim.declarations):
            raise Unanswered("no solver is asked about declared functions")
        self.claim, self.networks, self.measures, self.judge = claim, claim.networks, measures, judge
        self.names = Names(claim.networks, list(measures))
        self.segments: Segments | None = None
        if len(self.names.inputs) == 1:
            self.segments = Segments(list(claim.networks.values()), judge)

    def false(self, text: str) -> Values | None:
        """Numbers of which the goal is false; None if the solvers have shown that there are none."""
        found = self.names.formula(self.claim.unnamed(text))
        measures = [name for name in self.names.mentioned(found) if name in self.measures]
        if measures:
            values = {name: self._measured(self.measures[name]) for name in measures}
            return None if self.names.holds(found, values) else values
        if self.segments is not None:
            return self._false_on_line(self.segments, found)
        return self._false_anywhere(found)

    def _false_anywhere(self, found: Formula) -> Values | None:
        """The same, of several inputs, by one question about all of them."""
        variables = Variables()
        inputs = variables.reals(len(self.names.inputs))
        whole = Segment([], [])
        for network in self.networks.values():
            encoding = encode(network, inputs, variables)
            whole.facts.extend(encoding.constraints)
            whole.outputs.append(list(encoding.outputs))
        return self._asked(found, inputs, whole)

    def _false_on_line(self, segments: Segments, found: Formula) -> Values | None:
        """The same, of one input, by a question for each segment."""
        for segment in self._segments(segments, found):
            false = self._asked(found, [segments.x], segment)
            if false is not None:
                return false
        return None

    def _segments(self, segments: Segments, found: Formula) -> Iterator[Segment]:
        """Segments that cover the line.

        The goal compares x with numbers. Between the least and the greatest of them units are replaced by their lines.
        Beyond them they are not: there it is mostly the premise that is false.
        """
        bounds = thresholds(self.names, found, "x")
        anywhere = segments.anywhere()
        if not bounds:
            yield anywhere
            return
        low, high = min(bounds), max(bounds)
        yield Segment([segments.x <= number(low), *anywhere.facts], anywhere.outputs)
        yield Segment([segments.x >= number(high), *anywhere.facts], anywhere.outputs)
        if low < high:
            for a, b in pairwise(segments.cuts(low, high)):
                yield segments.between(a, b)

    def _asked(self, found: Formula, inputs: Sequence[Term], segment: Segment) -> Values | None:
        """The same, in one segment, whose inputs these are. A model is evaluated exactly."""
        false = self.names.asked(negate(found), self._terms(inputs, segment))
        logic = "QF_LRA" if self.names.degree(found) <= 1 else "QF_NRA"
        model = self.judge.model([*segment.facts, false], logic)
        if model is None:
            return None
        values = self._at(point(model, inputs))
        if self.names.holds(found, values):
            raise Unanswered(f"z3: a model, {dict(values)}, that exact evaluation does not bear out")
        return values

    def _terms(self, inputs: Sequence[Term], segment: Segment) -> dict[str, Term]:
        """z3's terms for the inputs and outputs, by name."""
        terms = dict(zip(self.names.inputs, inputs, strict=True))
        for names, outputs in zip(self.names.outputs.values(), segment.outputs, strict=True):
            terms |= zip(names, outputs, strict=True)
        return terms

    def _at(self, x: Sequence[Fraction]) -> dict[str, Fraction]:
        """The inputs and what the networks give there, exactly, by name."""
        values = dict(zip(self.names.inputs, x, strict=True))
        for key, names in self.names.outputs.items():
            values |= zip(names, evaluate(self.networks[key], x), strict=True)
        return values

    def _measured(self, item: Mapping[str, Any]) -> Fraction:
        """The number that a measure is, once the solvers have confirmed every affine piece."""
        if item["is"] not in MEASURES or self.segments is None:
            raise Unanswered(f"no solver is asked about {item['is']} here")
        low, high = (rational(end) for end in item["on"])
        of = self.names.affine(item["of"])
        function = self._function(of, Interval(low, high))
        corners = zip(function.breakpoints, function.values, strict=True)
        for start, end in pairwise(corners):
            self._confirm(self.segments, of, start, end)
        return MEASURES[item["is"]](function)

    def _function(self, of: Mapping[str, Fraction], interval: Interval) -> PiecewiseLinear:
        """The affine pieces of the expression, from the exact engine: a hint."""
        slope, constant = of.get("x", ZERO), of.get("", ZERO)
        ends = (interval.low, interval.high)
        total = PiecewiseLinear(ends, tuple(slope * x + constant for x in ends))
        for key, names in self.names.outputs.items():
            for index, name in enumerate(names):
                if name in of:
                    part = pieces(component(self.networks[key], index), interval)
                    scaled = tuple(of[name] * value for value in part.values)
                    total += PiecewiseLinear(part.breakpoints, scaled)
        return total.merged()

    def _confirm(self, segments: Segments, of: Mapping[str, Fraction], start: Point, end: Point) -> None:
        """Asks, segment by segment, whether the expression is off the line between two points.

        Raises `Unanswered`, and `Contradiction` where it is.
        """
        slope, constant = line_through(*start, *end)
        line = affine([slope], [segments.x], constant)
        named = [name for name in of if name]
        for low, high in pairwise(segments.cuts(start[0], end[0])):
            part = segments.between(low, high)
            terms = self._terms([segments.x], part)
            values = [terms[name] for name in named]
            inside = affine([of[name] for name in named], values, of.get("", ZERO))
            model = self.judge.model([*part.facts, inside != line])
            if model is not None:
                (x,) = point(model, [segments.x])
                self._off(of, x, slope * x + constant)

    def _off(self, of: Mapping[str, Fraction], x: Fraction, line: Fraction) -> None:
        """A model puts this point off a piece: that piece of the exact engine's is wrong, or the model is.

        Raises in any case.
        """
        at = self._at([x]) | {"": Fraction(1)}
        value = sum((c * at[name] for name, c in of.items()), ZERO)
        if value != line:
            raise Contradiction(f"the exact engine's piece is {line} at x = {x}, where the value is {value}")
        raise Unanswered(f"z3: a model, x = {x}, that exact evaluation does not bear out")
