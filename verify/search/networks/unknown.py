"""Facts about one unknown number, refuted: by its best bounds, by cases on disjunctions. Nothing here is trusted."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from ...kernel.numerals import numeral
from ...kernel.terms import Comparison, Formula, Junction, facts


class _Row(NamedTuple):
    """The unknown is at most (or at least) `bound`, or below (above) it if `strict`: fact `place`, divided by `scale`."""

    bound: Fraction
    strict: bool
    scale: Fraction
    place: int


def refutation(branch: Sequence[Formula], done: frozenset[int] = frozenset()) -> list[Any] | None:
    """Steps that close the branch; None if its facts about single numbers do not contradict each other."""
    if (entries := leaf(branch)) is not None:
        return [["leaf", entries]]
    for place, fact in enumerate(branch):
        if isinstance(fact, Junction) and place not in done:
            parts = [refutation([*branch, *facts(part)], done | {place}) for part in fact.parts]
            if None in parts:
                return None
            return [["cases", place], *(step for steps in parts for step in steps or ())]
    return None


def leaf(branch: Sequence[Formula]) -> list[Any] | None:
    """Entries of a leaf from a false fact, or from two bounds of one unknown."""
    least, most = dict[int, _Row](), dict[int, _Row]()
    for place, fact in enumerate(branch):
        if not isinstance(fact, Comparison) or fact.relation == "!=":
            continue
        terms = dict(fact.polynomial.terms)
        rest, strict = terms.pop((), Fraction(0)), fact.relation == "<"
        if not terms and (rest > 0 or (rest == 0 and strict) or (rest < 0 and fact.relation == "=")):
            return [["1" if rest >= 0 else "-1", [place]]]
        if len(terms) == 1:
            ((monomial, c),) = terms.items()
            if len(monomial) == 1:
                row = _Row(-rest / c, strict, c, place)
                if c > 0 or fact.relation == "=":
                    most[monomial[0]] = min(row, most.get(monomial[0], row), key=lambda one: (one.bound, not one.strict))
                if c < 0 or fact.relation == "=":
                    least[monomial[0]] = max(row, least.get(monomial[0], row), key=lambda one: (one.bound, one.strict))
    for unknown in least.keys() & most.keys():
        low, high = least[unknown], most[unknown]
        if low.bound > high.bound or (low.bound == high.bound and (low.strict or high.strict)):
            return [[numeral(1 / high.scale), [high.place]], [numeral(-1 / low.scale), [low.place]]]
    return None
