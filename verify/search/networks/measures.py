"""Goals about the numbers that networks with one input have on an interval: their value, and the steps that show it. Untrusted."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from ...kernel.numerals import numeral
from ...kernel.polygon import MEASURES, Polygon
from ...kernel.rules import RULES, Context
from ...kernel.terms import Facts, Formula, Polynomial
from .line import points
from .setting import Setting, comparisons
from .span import evidence
from .unknown import refutation

# The steps after the measure's own that show its relation to a number: fact 0 is the negated goal, 1 and 2 are the measure's bounds.
_LOW, _HIGH = ["leaf", [["1", [0]], ["1", [1]]]], ["leaf", [["1", [0]], ["1", [2]]]]
_EQUAL = [["cases", 0], ["leaf", [["1", [3]], ["1", [1]]]], ["leaf", [["1", [3]], ["1", [2]]]]]
ENDS: dict[str, list[Any]] = {"<=": [_HIGH], ">=": [_LOW], "=": _EQUAL}


class Measured(NamedTuple):
    """The step that introduces what is known of a measure, and the number that it is; None if only bounds of it are known."""

    name: str
    step: list[Any]
    value: Fraction | None


def mentioned(setting: Setting, found: Formula) -> list[str]:
    """The measures of which a formula speaks."""
    known = {setting.terms.apply(name, ()).terms[0][0]: name for name in setting.vocabulary.measures}
    return list(dict.fromkeys(known[m] for c in comparisons(found) for m, _ in c.polynomial.terms if m in known))


def measured(setting: Setting, name: str, found: Formula, seconds: float) -> Measured:
    """The measure; a distance, as well as the formula needs to know it."""
    kind, of, span, (low, high) = setting.vocabulary.measures[name]
    if kind == "distance":
        wanted = thresholds(found, setting.terms.apply(name, ()))
        parts = evidence(setting, of, span, (low, high), wanted, seconds)
        return Measured(name, ["measure", name, *([numeral(x) for x in part] for part in parts)], None)
    texts = [numeral(x) for x in points(setting, low, high)]
    return Measured(name, ["measure", name, texts, [], []], MEASURES[kind][1](Polygon(setting.graph, texts), of))


def thresholds(found: Formula, unknown: Polynomial) -> list[Fraction]:
    """The numbers with which a formula compares the unknown."""
    ((own, _),) = unknown.terms
    rows = (dict(c.polynomial.terms) for c in comparisons(found))
    return [-row.get((), Fraction(0)) / row[own] for row in rows if own in row and row.keys() <= {(), own}]


def steps(context: Context, start: Facts, known: Sequence[Measured]) -> list[Any] | None:
    """The proof of a goal from what is known of measures; None if that does not suffice."""
    branch = list(start)
    for it in known:
        branch += RULES["measure"].apply(context, tuple(branch), *it.step[1:])[0]
    found = refutation(branch)
    return None if found is None else [*(it.step for it in known), *found]
