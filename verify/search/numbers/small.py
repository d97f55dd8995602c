"""Small counterexamples to goals about all numbers: definitions are unfolded exactly at a few values of the variables.

Nothing here is trusted: what is found becomes a claim without variables, `not (2*s(1) = 1*1)`, which needs a proof of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, product
from math import floor, prod

from ...claim import Item, vocabulary
from ...kernel.declare import Statement
from ...kernel.errors import DepthproofError
from ...kernel.formulas import formula, term
from ...kernel.numerals import numeral
from ...kernel.terms import Formula, Junction, Polynomial
from ..relations import RELATIONS
from .instances import least

REALS = [Fraction(text) for text in ("0", "1", "1/2", "-1", "2", "1/3", "3/4", "-1/2", "3")]
MOST_POINTS = 3_000
MOST_STEPS = 20_000
MOST_DEPTH = 60

Values = Mapping[int, Fraction]  # of variables, by the numbers of their atoms


class Unknown(Exception):
    """The value depends on a free symbol, or takes too long."""


class Unfolding:
    """Exact values of terms under a claim's definitions; `used`: the applications that were unfolded, as hints for a proof."""

    def __init__(self, declared: Sequence[Item]) -> None:
        self.vocabulary, self.used, self.left = vocabulary({}), dict[str, Fraction](), MOST_STEPS
        self.definitions: dict[str, tuple[Statement, list[tuple[Formula, Polynomial]], Polynomial]] = {}
        for item in declared:
            self.vocabulary.declare(item, trusted=True)
            if "define" in item:
                statement, terms = self.vocabulary.statement(item["for"], "true"), self.vocabulary.terms
                cases = [(formula(guard, terms, statement.scope), term(value, terms, statement.scope)) for guard, value in item["cases"]]
                self.definitions[item["define"]] = statement, cases, term(item["otherwise"], terms, statement.scope)

    def holds(self, found: Formula, values: Values, depth: int = 0) -> bool:
        if isinstance(found, Junction):
            parts = (self.holds(part, values, depth) for part in found.parts)
            return all(parts) if found.connective == "and" else any(parts)
        return bool(RELATIONS[found.relation](self.value(found.polynomial, values, depth), 0))

    def value(self, p: Polynomial, values: Values, depth: int = 0) -> Fraction:
        self.left -= 1
        if self.left < 0 or depth > MOST_DEPTH:
            raise Unknown
        total = Fraction(0)
        for monomial, c in p.terms:
            atoms = [self._atom(i, values, depth) for i in monomial]
            total += c * prod(atoms, start=Fraction(1))
        return total

    def _atom(self, number: int, values: Values, depth: int) -> Fraction:
        name, _, arguments = self.vocabulary.terms.atoms[number]
        if arguments is None:
            return values[number]
        at = [self.value(argument, values, depth + 1) for argument in arguments]
        text = f"{name}({', '.join(map(numeral, at))})" if at else name
        if text not in self.used:
            self.used[text] = self._applied(name, at, depth)
        return self.used[text]

    def _applied(self, name: str, at: list[Fraction], depth: int) -> Fraction:
        if name == "floor":
            return Fraction(floor(at[0]))
        if name == "div":
            return at[0] / at[1] if at[1] else Fraction(0)
        if name not in self.definitions:
            raise Unknown
        statement, cases, otherwise = self.definitions[name]
        own = {p.terms[0][0][0]: x for p, x in zip(statement.scope.values(), at, strict=True)}
        for x, sort in zip(at, statement.sorts.values(), strict=True):
            smallest = least(sort)
            if smallest is not None and x < smallest:
                raise Unknown
        chosen = next((value for guard, value in cases if self.holds(guard, own, depth + 1)), otherwise)
        return self.value(chosen, own, depth + 1)


def counterexample(declared: Sequence[Item], goal: Item, most: int = MOST_POINTS) -> tuple[dict[str, Fraction], list[str]] | None:
    """Values of the goal's variables at which it is false, and the applications that show it; None if there are none near.

        counterexample([], {"goal": "g", "for": [["x", "R"]], "holds": "x^2 >= x"})      x = 1/2, nothing applied
    """
    try:
        unfolding = Unfolding(declared)
        statement = unfolding.vocabulary.statement(goal["for"], goal["holds"])
        said = formula(goal["holds"], unfolding.vocabulary.terms, statement.scope)
    except DepthproofError:
        return None
    numbers = [p.terms[0][0][0] for p in statement.scope.values()]
    for point in islice(_points(list(statement.sorts.values())), most):
        unfolding.used, unfolding.left = {}, MOST_STEPS
        try:
            false = not unfolding.holds(said, dict(zip(numbers, point, strict=True)))
        except (Unknown, RecursionError):
            continue
        if false:
            values = dict(zip(statement.sorts, point, strict=True))
            return values, list(unfolding.used)
    return None


def _points(sorts: Sequence[str]) -> Iterator[tuple[Fraction, ...]]:
    """Values of variables of these sorts, small ones first."""
    ranges = [list(enumerate(_small(sort))) for sort in sorts]
    points = product(*ranges)
    nearest = sorted(islice(points, 20 * MOST_POINTS), key=lambda point: sum(place for place, _ in point))
    return (tuple(x for _, x in point) for point in nearest)


def _small(sort: str) -> Sequence[Fraction]:
    """Small values of a variable of this sort."""
    if sort == "R":
        return REALS
    return [Fraction(n) for n in _integers(sort)]


def _integers(sort: str) -> Sequence[int]:
    smallest = least(sort)
    return [0, 1, -1, 2, -2, 3] if smallest is None else range(smallest, smallest + 6)
