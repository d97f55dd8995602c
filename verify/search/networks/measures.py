"""Goals about the numbers that networks with one input have on an interval: their value, and the
steps that show it. Nothing here is trusted."""

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

# The steps after the measure's own that show its relation to a number: fact 0 is the negated goal,
# 1 and 2 are the measure's bounds.
_LOW, _HIGH = ["leaf", [["1", [0]], ["1", [1]]]], ["leaf", [["1", [0]], ["1", [2]]]]
_EQUAL = [["cases", 0], ["leaf", [["1", [3]], ["1", [1]]]], ["leaf", [["1", [3]], ["1", [2]]]]]
ENDS: dict[str, list[Any]] = {"<=": [_HIGH], ">=": [_LOW], "=": _EQUAL}


class Measured(NamedTuple):
    """A measure, the step that introduces what is known of it, and the number that it is: None if
    only bounds of it are known."""

    name: str
    step: list[Any]
    value: Fraction | None


def mentioned(setting: Setting, said: Formula) -> list[str]:
    """The measures of which a formula speaks."""
    known = {}
    for name in setting.vocabulary.measures:
        known[setting.terms.apply(name, ()).terms[0][0]] = name
    names = dict[str, None]()  # in order, each once
    for comparison in comparisons(said):
        for monomial, _ in comparison.polynomial.terms:
            if monomial in known:
                names[known[monomial]] = None
    return list(names)


def measured(setting: Setting, name: str, said: Formula, seconds: float) -> Measured:
    """The measure of this name; a distance, as well as the formula needs to know it.

        measured(setting, "p", said, 10)      Measured("p", ["measure", "p", points, [], []], 8)
    """
    kind, of, span, (low, high) = setting.vocabulary.measures[name]
    if kind == "distance":
        wanted = thresholds(said, setting.terms.apply(name, ()))
        known = evidence(setting, of, span, (low, high), wanted, seconds)
        return Measured(name, step(name, known), None)
    grid = points(setting, low, high)
    _, exactly = MEASURES[kind]
    value = exactly(Polygon(setting.graph, [numeral(x) for x in grid]), of)
    return Measured(name, step(name, (grid, (), ())), value)


def step(name: str, known: Sequence[Sequence[Fraction]]) -> list[Any]:
    """The step that introduces a measure by points, signs and coefficients.

    >>> step("n", [[Fraction(0), Fraction(1, 2)], [], []])
    ['measure', 'n', ['0', '1/2'], [], []]
    """
    texts = [[numeral(x) for x in numbers] for numbers in known]
    return ["measure", name, *texts]


def thresholds(said: Formula, unknown: Polynomial) -> list[Fraction]:
    """The numbers with which a formula compares the unknown."""
    ((own, _),) = unknown.terms
    numbers = []
    for comparison in comparisons(said):
        row = dict(comparison.polynomial.terms)
        rest = row.pop((), Fraction(0))
        if list(row) == [own]:
            numbers.append(-rest / row[own])
    return numbers


def steps(context: Context, start: Facts, known: Sequence[Measured]) -> list[Any] | None:
    """The proof of a goal from what is known of measures; None if that does not suffice."""
    branch = list(start)
    for it in known:
        branch += RULES["measure"].apply(context, tuple(branch), *it.step[1:])[0]
    found = refutation(branch)
    return None if found is None else [*(it.step for it in known), *found]
