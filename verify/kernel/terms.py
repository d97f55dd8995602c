"""Terms are polynomials over interned atoms, formulas compare them with 0; both are plain values, equal when they say the same.

An atom is a variable or an application of a symbol to polynomials. Like terms are collected, so D(k, x + x) and D(k, 2*x)
are one atom. A formula is in negation normal form: comparisons of a polynomial with 0 under `and` and `or`.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from .errors import BadInput, OverBudget, need
from .limits import MOST_BITS, MOST_DEGREE
from .numeral import Budget

COST = 25  # of one coefficient, in the budget's units
_OPPOSITE = {"<=": "<", "<": "<=", "=": "!=", "!=": "=", "and": "or", "or": "and"}

Monomial = tuple[int, ...]  # the numbers of its atoms, sorted; () is 1


class Polynomial(NamedTuple):
    """A sum of coefficient * monomial: each monomial once, sorted, no coefficient 0."""

    terms: tuple[tuple[Monomial, Fraction], ...]

    def __hash__(self) -> int:
        """Through text, whose hash nobody can foresee; whereas fractions of one hash, for a slow table, are easily written down."""
        return hash(repr(self.terms))


class Atom(NamedTuple):
    """A variable (its arguments are None) or an application; its sort is R or Z."""

    name: str
    sort: str
    arguments: tuple[Polynomial, ...] | None


class Comparison(NamedTuple):
    """polynomial <= 0, < 0, = 0 or != 0."""

    relation: str
    polynomial: Polynomial


class Junction(NamedTuple):
    """All of the parts ("and"), or at least one ("or")."""

    connective: str
    parts: "tuple[Formula, ...]"


Formula = Comparison | Junction


def constant(value: Fraction | int) -> Polynomial:
    """The polynomial that is a number."""
    return Polynomial((((), Fraction(value)),) if value else ())


def atom(number: int) -> Polynomial:
    """The polynomial that is an atom."""
    return Polynomial((((number,), Fraction(1)),))


def minus(p: Polynomial) -> Polynomial:
    """-p."""
    return Polynomial(tuple((monomial, -coefficient) for monomial, coefficient in p.terms))


def number(p: Polynomial) -> Fraction | None:
    """The number that a constant polynomial is."""
    return next((c for _, c in p.terms), Fraction(0)) if all(monomial == () for monomial, _ in p.terms) else None


def junction(connective: str, parts: Iterable[Formula]) -> Junction:
    """The conjunction or disjunction of the parts, with parts of the same connective merged into it."""
    whole = ((part.parts if isinstance(part, Junction) and part.connective == connective else (part,)) for part in parts)
    return Junction(connective, tuple(part for some in whole for part in some))


def negate(formula: Formula) -> Formula:
    """The formula that holds exactly where this one does not."""
    if isinstance(formula, Junction):
        return Junction(_OPPOSITE[formula.connective], tuple(map(negate, formula.parts)))
    return Comparison(_OPPOSITE[formula.relation], minus(formula.polynomial) if "<" in formula.relation else formula.polynomial)


def facts(formula: Formula) -> tuple[Formula, ...]:
    """What is known where the formula holds: conjunctions taken apart, p != 0 as p < 0 or -p < 0; disjunctions stay whole."""
    if isinstance(formula, Junction):
        whole = formula.connective == "and" or len(formula.parts) == 1
        return tuple(fact for part in formula.parts for fact in facts(part)) if whole else (formula,)
    p, relation = formula.polynomial, formula.relation
    return (Junction("or", (Comparison("<", p), Comparison("<", minus(p)))),) if relation == "!=" else (formula,)


def size(value: Polynomial | Formula) -> int:
    """How many coefficients and connectives it has."""
    parts = value.parts if isinstance(value, Junction) else (value.polynomial,) if isinstance(value, Comparison) else ()
    return sum(map(size, parts)) + (len(value.terms) if isinstance(value, Polynomial) else 1)


class Terms:
    """The atoms and symbols of one theory, and arithmetic on its polynomials, charged to a budget. Raises `OverBudget`."""

    def __init__(self, budget: Budget | None = None) -> None:
        self.budget = budget or Budget()
        self.atoms: list[Atom] = []
        self.symbols: dict[str, tuple[tuple[str, ...], str]] = {}  # name: the sorts of the arguments, the sort of the value
        self._numbers: dict[Atom, int] = {}

    def collect(self, terms: Iterable[tuple[Monomial, Fraction]]) -> Polynomial:
        """The sum of coefficient * monomial over any such pairs."""
        sums, cost = dict[Monomial, Fraction](), 2 * COST
        for monomial, coefficient in terms:
            sums[monomial] = value = sums[monomial] + coefficient if monomial in sums else coefficient
            bits = value.numerator.bit_length() + value.denominator.bit_length()
            cost += COST + (bits * bits >> 12)
            if bits > MOST_BITS:
                raise OverBudget("", f"a number of more than {MOST_BITS} bits")
        self.budget.spend(cost)
        return Polynomial(tuple(sorted(term for term in sums.items() if term[1])))

    def add(self, *polynomials: Polynomial) -> Polynomial:
        """Their sum."""
        return self.collect(term for p in polynomials for term in p.terms)

    def multiply(self, p: Polynomial, q: Polynomial) -> Polynomial:
        """p * q."""
        degree = sum(max((len(monomial) for monomial, _ in factor.terms), default=0) for factor in (p, q))
        need(degree <= MOST_DEGREE, f"a polynomial of degree more than {MOST_DEGREE}", OverBudget)
        self.budget.spend(COST + (len(p.terms) + len(q.terms) + len(p.terms) * len(q.terms)) * (12 + degree))
        return self.collect((tuple(sorted(m + n)), a * b) for m, a in p.terms for n, b in q.terms)

    def equal(self, p: Polynomial, q: Polynomial) -> Comparison:
        """p = q."""
        return Comparison("=", self.add(p, minus(q)))

    def variable(self, name: str, sort: str) -> Polynomial:
        """The variable as a polynomial."""
        return self._atom(Atom(name, sort, None))

    def apply(self, name: str, arguments: Iterable[Polynomial]) -> Polynomial:
        """name(arguments). Raises `BadInput` unless their number is right and Z-arguments are integer-valued."""
        parts = tuple(arguments)
        need(name in self.symbols, f"expected a declared name, found {name}", BadInput)
        sorts, sort = self.symbols[name]
        need(len(sorts) == len(parts), f"expected {len(sorts)} arguments of {name}, found {len(parts)}", BadInput)
        real = next((n for n, part in enumerate(parts, 1) if sorts[n - 1] == "Z" and not self.is_integral(part)), None)
        need(real is None, f"expected a term that is visibly an integer as argument {real} of {name}", BadInput)
        self.budget.spend(COST * sum(len(part.terms) for part in parts))
        return self._atom(Atom(name, sort, parts))

    def is_integral(self, p: Polynomial) -> bool:
        """Whether p is visibly integer-valued: integer coefficients, atoms of sort Z."""
        return all(a.denominator == 1 and all(self.atoms[i].sort == "Z" for i in monomial) for monomial, a in p.terms)

    def _atom(self, new: Atom) -> Polynomial:
        number = self._numbers.setdefault(new, len(self.atoms))
        if number == len(self.atoms):
            self.budget.spend(8 * COST)
            self.atoms.append(new)
        return atom(number)
