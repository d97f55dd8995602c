"""One point: the proof of a formula with products of values.

A leaf cannot speak of a product before it knows the values. Nothing here is trusted.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ...kernel.numerals import numeral
from ...kernel.rules import RULES
from ...kernel.terms import (
    Comparison,
    Facts,
    Junction,
    Monomial,
    Polynomial,
    Terms,
    atom,
    facts,
    minus,
)
from ..relations import false_weight
from .backward import Region
from .boxes import Search, sides
from .setting import Setting, comparisons

Known = Mapping[int, tuple[Fraction, int]]  # values, and the places of the facts that say so


def steps(search: Search) -> list[Any] | None:
    """The proof of a goal at a point; None where the goal is false.

    Each value that matters is shown by a cut. Then every comparison becomes one of numbers. For
    "f*f <= 4/9" at x = 1/3: the cut "f = 2/3", a leaf with f - 2/3 = 0 times -(f + 2/3), and the
    proof that f = 2/3.
    """
    setting, branch = search.setting, search.start
    at = setting.at([low for low, _ in search.box])
    cuts, shown, known = list[Any](), list[Any](), dict[int, tuple[Fraction, int]]()
    for v in sorted(_mentioned(branch)):
        value = Fraction(at[v], at[0])
        text = f"{setting.text(atom(v))} = {numeral(value)}"
        holds, denied = RULES["cut"].apply(search.context, branch, text)
        cuts.append(["cut", text])
        shown.append(search.regions(Region(branch + denied, (), sides(setting, branch))))
        known[v] = value, len(branch)
        branch += holds
    closing = _closing(setting, branch, known, frozenset())
    if closing is None:
        return None
    proof = cuts + closing
    for proved in reversed(shown):  # the last cut's other part comes first
        proof += proved
    return proof


def _mentioned(branch: Facts) -> set[int]:
    """The numbers of the values of which the facts speak."""
    found = set[int]()
    for fact in branch:
        for comparison in comparisons(fact):
            for monomial, _ in comparison.polynomial.terms:
                found.update(monomial)
    return found


def _closing(
    setting: Setting, branch: Facts, known: Known, done: frozenset[int]
) -> list[Any] | None:
    """Steps that refute the facts where the values are known; None if some of them may be true."""
    for place, fact in enumerate(branch):
        if isinstance(fact, Comparison):
            entries = _entries(setting, fact, place, known)
            if entries is not None:
                return [["leaf", entries]]
    for place, fact in enumerate(branch):
        if isinstance(fact, Junction) and place not in done:
            return _by_cases(setting, branch, known, done | {place}, place, fact)
    return None


def _by_cases(
    setting: Setting,
    branch: Facts,
    known: Known,
    done: frozenset[int],
    place: int,
    fact: Junction,
) -> list[Any] | None:
    steps: list[Any] = [["cases", place]]
    for part in fact.parts:
        closing = _closing(setting, branch + facts(part), known, done)
        if closing is None:
            return None
        steps += closing
    return steps


def _entries(setting: Setting, fact: Comparison, place: int, known: Known) -> list[Any] | None:
    """Entries of a leaf from one fact, which the values make false; None if they do not."""
    rest, quotients = _substituted(setting.terms, fact.polynomial, known)
    sign = false_weight(rest, fact.relation)
    if not sign:
        return None
    entries: list[Any] = [[str(sign), [place]]]
    for q, equation in quotients:
        factor = minus(q) if sign > 0 else q
        entries.append([setting.text(factor), [equation]])
    return entries


def _substituted(
    terms: Terms, p: Polynomial, known: Known
) -> tuple[Fraction, list[tuple[Polynomial, int]]]:
    """The number n that p is at the values; and polynomials q, with the places of the facts
    v - c = 0, such that p = n + the sum of all q*(v - c).

    p = v^2 and v = 3 give n = 9 and q = v + 3.
    """
    quotients = []
    for v, (c, place) in known.items():
        divided = [_divided(v, c, monomial, coefficient) for monomial, coefficient in p.terms]
        q = terms.add(*(quotient for quotient, _ in divided))
        p = terms.add(*(rest for _, rest in divided))
        if q.terms:
            quotients.append((q, place))
    return sum((c for _, c in p.terms), Fraction(0)), quotients


def _divided(
    v: int, c: Fraction, monomial: Monomial, coefficient: Fraction
) -> tuple[Polynomial, Polynomial]:
    """Quotient and rest of coefficient * monomial by v - c: v^2 = (v + c)*(v - c) + c^2."""
    power = monomial.count(v)
    others = tuple(other for other in monomial if other != v)
    quotient = []
    for i in range(power):
        quotient.append((tuple(sorted(others + (v,) * i)), coefficient * c ** (power - 1 - i)))
    return Polynomial(tuple(quotient)), Polynomial(((others, coefficient * c**power),))
