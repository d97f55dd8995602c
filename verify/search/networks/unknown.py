"""Facts about single unknown numbers, refuted: by an unknown's best bounds, by cases on
disjunctions. Nothing here is trusted."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from ...kernel.numerals import numeral
from ...kernel.terms import Comparison, Formula, Junction, facts
from ..relations import false_weight


class _Bound(NamedTuple):
    """The unknown is at most, or at least, `bound`; if `strict`, it is not the bound itself. The
    fact at `place` says so, in which the unknown has the coefficient `scale`."""

    bound: Fraction
    strict: bool
    scale: Fraction
    place: int


def refutation(branch: Sequence[Formula], done: frozenset[int] = frozenset()) -> list[Any] | None:
    """Steps that close the branch; None if its facts about single numbers do not contradict each
    other. `done`: the places of the disjunctions that were taken apart already.

    Of the facts p <= 1 and 2 - p <= 0: [["leaf", [["1", [0]], ["1", [1]]]]].
    """
    entries = leaf(branch)
    if entries is not None:
        return [["leaf", entries]]
    for place, fact in enumerate(branch):
        if isinstance(fact, Junction) and place not in done:
            return _by_cases(branch, done | {place}, place, fact)
    return None


def _by_cases(
    branch: Sequence[Formula], done: frozenset[int], place: int, fact: Junction
) -> list[Any] | None:
    steps: list[Any] = [["cases", place]]
    for part in fact.parts:
        closing = refutation([*branch, *facts(part)], done)
        if closing is None:
            return None
        steps += closing
    return steps


def leaf(branch: Sequence[Formula]) -> list[Any] | None:
    """Entries of a leaf from a false fact, or from two bounds of one unknown; None without them.

        leaf of n − 4 ≤ 0 and 5 − n ≤ 0      [["1", [1]], ["1", [0]]]
    """
    least, most = dict[int, _Bound](), dict[int, _Bound]()
    for place, fact in enumerate(branch):
        if not isinstance(fact, Comparison):
            continue
        terms = dict(fact.polynomial.terms)
        rest = terms.pop((), Fraction(0))
        sign = 0 if terms else false_weight(rest, fact.relation)
        if sign:
            return [[str(sign), [place]]]
        if len(terms) != 1:
            continue
        ((monomial, c),) = terms.items()
        if len(monomial) != 1:
            continue
        (unknown,) = monomial
        new = _Bound(-rest / c, fact.relation == "<", c, place)
        if c > 0 or fact.relation == "=":
            most[unknown] = _tighter(new, most.get(unknown), 1)
        if c < 0 or fact.relation == "=":
            least[unknown] = _tighter(new, least.get(unknown), -1)
    for unknown in least.keys() & most.keys():
        low, high = least[unknown], most[unknown]
        crossed = low.bound > high.bound
        if crossed or (low.bound == high.bound and (low.strict or high.strict)):
            return [
                [numeral(1 / high.scale), [high.place]],
                [numeral(-1 / low.scale), [low.place]],
            ]
    return None


def _tighter(new: _Bound, old: _Bound | None, sign: int) -> _Bound:
    """The tighter one of two upper bounds (sign 1) or lower bounds (sign -1); of equal ones the
    new one."""
    if old is None:
        return new
    if new.bound != old.bound:
        return new if sign * (new.bound - old.bound) < 0 else old
    return old if old.strict and not new.strict else new
