"""One point: products of values, of which a leaf cannot speak until it knows the values. Nothing here is trusted."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ...kernel.numerals import numeral
from ...kernel.rules import RULES
from ...kernel.terms import Comparison, Facts, Junction, Polynomial, Terms, atom, facts, minus
from .backward import Region
from .boxes import Search, sides
from .setting import Setting, comparisons

Known = Mapping[int, tuple[Fraction, int]]  # values, and the places of the facts that say so


def steps(search: Search) -> list[Any] | None:
    """The proof of a goal at a point: the values that matter, each shown by a cut, then what they make of every comparison. None where
    the goal is false."""
    setting = search.setting
    at = setting.at([low for low, _ in search.box])
    found = {v for fact in search.start for c in comparisons(fact) for monomial, _ in c.polynomial.terms for v in monomial}
    values = {v: Fraction(at[v], at[0]) for v in sorted(found)}
    cuts, shown, branch = list[Any](), list[Any](), search.start
    for v, c in values.items():
        text = f"{setting.text(atom(v))} = {numeral(c)}"
        holds, denied = RULES["cut"].apply(search.context, branch, text)
        cuts.append(["cut", text])
        shown.insert(0, search.regions(Region(branch + denied, (), sides(setting, branch))))
        branch += holds
    closed = _closed(setting, branch, {v: (c, len(search.start) + i) for i, (v, c) in enumerate(values.items())}, frozenset())
    return None if closed is None else [*cuts, *closed, *(step for part in shown for step in part)]


def _closed(setting: Setting, branch: Facts, known: Known, done: frozenset[int]) -> list[Any] | None:
    for place, fact in enumerate(branch):
        if isinstance(fact, Comparison):
            rest, entries = _substituted(setting.terms, fact.polynomial, known)
            if rest > 0 or (rest == 0 and fact.relation == "<") or (rest < 0 and fact.relation == "="):
                sign = 1 if rest >= 0 else -1
                return [["leaf", [[str(sign), [place]], *([setting.text(q if sign < 0 else minus(q)), [i]] for q, i in entries)]]]
    for place, fact in enumerate(branch):
        if isinstance(fact, Junction) and place not in done:
            parts = [_closed(setting, branch + facts(part), known, done | {place}) for part in fact.parts]
            return None if None in parts else [["cases", place], *(step for steps in parts for step in steps or ())]
    return None


def _substituted(terms: Terms, p: Polynomial, known: Known) -> tuple[Fraction, list[tuple[Polynomial, int]]]:
    """The number n that p is at the values, and terms q for the facts v - c = 0 such that p = n + the sum of q (v - c)."""
    entries = []
    for v, (c, place) in known.items():
        quotient, rest = list[Polynomial](), list[Polynomial]()
        for monomial, coefficient in p.terms:
            power, others = monomial.count(v), tuple(other for other in monomial if other != v)
            quotient += [Polynomial(((tuple(sorted(others + (v,) * i)), coefficient * c ** (power - 1 - i)),)) for i in range(power)]
            rest.append(Polynomial(((others, coefficient * c**power),)))
        if (q := terms.add(*quotient)).terms:
            entries.append((q, place))
        p = terms.add(*rest)
    return sum((c for _, c in p.terms), Fraction(0)), entries
