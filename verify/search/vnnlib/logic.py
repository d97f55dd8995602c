"""Formulas over named numbers, as solvers' files write them: affine terms, comparisons, and, or;
negation is carried inwards.

What such a formula says as text that the kernel reads, and the box that the points which satisfy it
lie in.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import groupby, takewhile
from operator import eq, ge, gt, le, lt, ne

from ...kernel.numerals import numeral

ZERO, ONE = Fraction(0), Fraction(1)
RELATIONS = {"<=": le, "<": lt, "=": eq, "!=": ne, ">=": ge, ">": gt}
OPPOSITE = {"<=": ">", ">": "<=", "<": ">=", ">=": "<", "=": "!=", "!=": "="}

Variable = tuple[str, int]  # ("X", 0)
Interval = tuple[Fraction | None, Fraction | None]  # bounds, None for none
Box = dict[int, Interval] | None  # by inputs; a missing one has no bounds; None if empty


@dataclass(frozen=True)
class Term:
    """Σ coefficient · variable + constant."""

    form: Mapping[Variable, Fraction]
    constant: Fraction = ZERO

    def plus(self, other: "Term", factor: Fraction = ONE) -> "Term":
        form = dict(self.form)
        for variable, c in other.form.items():
            form[variable] = form.get(variable, ZERO) + factor * c
        kept = {variable: c for variable, c in form.items() if c}
        return Term(kept, self.constant + factor * other.constant)

    def times(self, factor: Fraction) -> "Term":
        return Term({}).plus(self, factor)

    def text(self, named: Callable[[Variable], str]) -> str:
        parts = [_product(c, named(variable)) for variable, c in self.form.items()]
        if self.constant or not parts:
            parts.append(numeral(self.constant))
        return " + ".join(parts).replace("+ -", "- ")


def _product(c: Fraction, name: str) -> str:
    if abs(c) == 1:
        return name if c > 0 else f"-{name}"
    return f"{numeral(c)}*{name}"


@dataclass(frozen=True)
class Comparison:
    left: Term
    relation: str
    right: Term

    size = 1

    def negated(self) -> "Comparison":
        return Comparison(self.left, OPPOSITE[self.relation], self.right)

    def text(self, named: Callable[[Variable], str]) -> str:
        return f"{self.left.text(named)} {self.relation} {self.right.text(named)}"

    @cached_property
    def box(self) -> Box:
        """The bound of one input that it says, if it says one; None where it is false everywhere.
        """
        gap = self.left.plus(self.right, -ONE)
        if not gap.form:
            return {} if _holds(gap.constant, self.relation) else None
        (variable, c), *others = gap.form.items()
        if others or variable[0] != "X" or self.relation == "!=":
            return {}
        bound = -gap.constant / c
        least = self.relation == "=" or (self.relation in (">", ">=")) == (c > 0)
        most = self.relation == "=" or (self.relation in ("<", "<=")) == (c > 0)
        low = bound if least else None
        high = bound if most else None
        return {variable[1]: (low, high)}


@dataclass(frozen=True)
class Junction:
    """All of the parts ("and"), or at least one ("or")."""

    connective: str
    parts: "tuple[Formula, ...]"

    @cached_property
    def size(self) -> int:
        return 1 + sum(part.size for part in self.parts)

    def negated(self) -> "Junction":
        other = "or" if self.connective == "and" else "and"
        return Junction(other, tuple(part.negated() for part in self.parts))

    def text(self, named: Callable[[Variable], str]) -> str:
        if not self.parts:
            return "true" if self.connective == "and" else "false"
        if len(self.parts) == 1:
            return self.parts[0].text(named)
        return "(" + f" {self.connective} ".join(part.text(named) for part in self.parts) + ")"

    @cached_property
    def box(self) -> Box:
        boxes = [part.box for part in self.parts]
        if self.connective == "or":
            return hull([box for box in boxes if box is not None])
        whole: Box = {}
        for box in boxes:
            whole = meet(whole, box)
        return whole


Formula = Comparison | Junction


def together(parts: Sequence[Formula]) -> list[Formula]:
    """The alternatives, neighbours that say the same of the inputs as one: a and b, or a and c, is
    a and (b or c)."""
    found = list[Formula]()
    for begun, group in groupby(parts, _about_inputs):
        same = list(group)
        if begun and len(same) > 1:
            rests = [_junction("and", _facts(part)[len(begun) :]) for part in same]
            same = [Junction("and", (*begun, Junction("or", tuple(rests))))]
        found += same
    return found


def _about_inputs(part: Formula) -> Sequence[Formula]:
    """The comparisons of inputs with which a conjunction begins; none where there is nothing else
    in it."""
    facts = _facts(part)
    begun = tuple(takewhile(_is_about_inputs, facts))
    return begun if len(begun) < len(facts) else ()


def _is_about_inputs(fact: Formula) -> bool:
    if isinstance(fact, Junction):
        return False
    return all(kind == "X" for term in (fact.left, fact.right) for kind, _ in term.form)


def _facts(part: Formula) -> Sequence[Formula]:
    if isinstance(part, Junction) and part.connective == "and":
        return part.parts
    return (part,)


def _junction(connective: str, parts: Sequence[Formula]) -> Formula:
    """The junction of the parts; of one, itself."""
    return parts[0] if len(parts) == 1 else Junction(connective, tuple(parts))


TRUE, FALSE = Junction("and", ()), Junction("or", ())


def _holds(value: Fraction, relation: str) -> bool:
    return bool(RELATIONS[relation](value, 0))


def meet(one: Box, other: Box) -> Box:
    """What two boxes have in common.

    >>> meet({0: (ZERO, None)}, {0: (None, ONE)})
    {0: (Fraction(0, 1), Fraction(1, 1))}
    """
    if one is None or other is None:
        return None
    found = dict(one)
    for index, side in other.items():
        found[index] = _narrower(found.get(index, (None, None)), side)
        low, high = found[index]
        if low is not None and high is not None and low > high:
            return None
    return found


def _narrower(one: Interval, other: Interval) -> Interval:
    lows = [low for low, _ in (one, other) if low is not None]
    highs = [high for _, high in (one, other) if high is not None]
    return max(lows, default=None), min(highs, default=None)


def hull(boxes: Sequence[dict[int, Interval]]) -> Box:
    """The least box around those boxes.

    >>> hull([{0: (ZERO, ZERO)}, {0: (ONE, ONE)}])
    {0: (Fraction(0, 1), Fraction(1, 1))}
    """
    if not boxes:
        return None
    found: dict[int, Interval] = {}
    for index in set.intersection(*(set(box) for box in boxes)):
        lows, highs = zip(*(box[index] for box in boxes), strict=True)
        found[index] = _least(lows, min), _least(highs, max)
    return found


def _least(
    ends: Iterable[Fraction | None], choose: Callable[[list[Fraction]], Fraction]
) -> Fraction | None:
    known = list(ends)
    finite = [end for end in known if end is not None]
    return choose(finite) if len(finite) == len(known) else None
