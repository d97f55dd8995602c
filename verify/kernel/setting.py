"""The setting of a claim about given networks: affine expressions and formulas in their inputs and outputs.

The variables of the text are x, or x1, x2, ... for several inputs, and for a network f its output f, or outputs f1, f2, ...
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .declare import listed
from .errors import BadInput, Rejected, displayed, expected, placed
from .network import Graph, Range
from .syntax import WORDS, formula, term
from .terms import Comparison, Formula, Junction, Polynomial, Terms

Valuation = list[Fraction]  # the value of every variable, by its number


class Setting:
    """The variables of a graph with these outputs. `places`: for each variable, by its number, the value and entry it stands for."""

    def __init__(self, graph: Graph, outputs: Mapping[str, int]) -> None:
        self.graph, self.budget, self.terms = graph, graph.budget, Terms(graph.budget)
        self.scope: dict[str, Polynomial] = {}
        self.places: list[tuple[int, int]] = []
        if not outputs:
            raise BadInput("claim: /networks", "expected at least one network")
        for name, value in (("x", 0), *outputs.items()):
            size = graph.sizes[value]
            for entry in range(size):
                variable = f"{name}{entry + 1}" if size > 1 else name
                if variable in self.scope or variable in WORDS:
                    raise expected("claim: /networks", "names that give each variable once", variable)
                self.scope[variable] = self.terms.variable(variable, "R")
                self.places.append((value, entry))

    def expression(self, text: Any) -> Polynomial:
        """The affine expression that the text writes."""
        with placed(displayed(text)):
            return _affine(term(text, self.terms, self.scope))

    def formula(self, text: Any) -> Formula:
        """The formula between affine expressions that the text writes."""
        with placed(displayed(text)):
            found = formula(text, self.terms, self.scope)
            for comparison in comparisons(found):
                _affine(comparison.polynomial)
        return found

    def numbers(self, texts: Any, count: int | None = None) -> list[Fraction]:
        """The rationals that a list of texts writes."""
        return [self.budget.rational(text) for text in listed(texts, count)]

    def sides(self, box: Any) -> list[tuple[Fraction, Fraction]]:
        """The sides of a box of inputs, none of them empty."""
        pairs = [self.numbers(side, 2) for side in listed(box, self.graph.sizes[0])]
        if any(low > high for low, high in pairs):
            raise BadInput("/statement", "expected intervals from a smaller to a larger number")
        return [(low, high) for low, high in pairs]

    def ranges_at(self, point: list[Fraction]) -> list[Range]:
        """All values at a point: ranges with radius 0."""
        return self.graph.ranges(point, [Fraction(0)] * len(point), {})

    def valuation(self, ranges: list[Range]) -> Valuation:
        """The value of every variable, from ranges with radius 0."""
        for number, _ in self.places:
            self.budget.spend(40, ranges[number].under.bit_length(), ranges[number].under.bit_length())
        return [Fraction(ranges[number].centre[entry], ranges[number].under) for number, entry in self.places]

    def at(self, texts: Any, box: list[tuple[Fraction, Fraction]]) -> Valuation:
        """The valuation at a point given by its coordinates, which must be in the box."""
        point = self.numbers(texts, len(box))
        if not all(low <= x <= high for x, (low, high) in zip(point, box)):
            raise Rejected("/evidence", "expected a point of the box")
        return self.valuation(self.ranges_at(point))

    def value(self, p: Polynomial, at: Valuation) -> Fraction:
        """The value of an affine expression."""
        total = Fraction(0)
        self.budget.spend(20)
        for monomial, coefficient in p.terms:
            term = coefficient * at[monomial[0]] if monomial else coefficient
            self.budget.spend(20, term.denominator.bit_length() + total.denominator.bit_length(), term.denominator.bit_length())
            total += term
        return total

    def holds(self, found: Formula, at: Valuation) -> bool:
        """Whether a formula is true."""
        if isinstance(found, Junction):
            self.budget.spend(20)
            return (all if found.connective == "and" else any)(self.holds(part, at) for part in found.parts)
        number = self.value(found.polynomial, at)
        return {"<=": number <= 0, "<": number < 0, "=": number == 0, "!=": number != 0}[found.relation]


def _affine(p: Polynomial) -> Polynomial:
    if any(len(monomial) > 1 for monomial, _ in p.terms):
        raise BadInput("", "expected only affine expressions")
    return p


def comparisons(found: Formula) -> list[Comparison]:
    """The comparisons in a formula."""
    return [found] if isinstance(found, Comparison) else [c for part in found.parts for c in comparisons(part)]
