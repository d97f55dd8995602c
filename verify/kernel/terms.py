"""Terms are polynomials over interned atoms, formulas compare them with 0; both are plain values, equal when they say the same.

An atom is a variable or an application of a symbol to polynomials. Like terms are collected, so D(k, x + x) and D(k, 2*x)
are one atom. A formula is in negation normal form: comparisons of a polynomial with 0 under `and` and `or`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from .budget import Budget
from .errors import BadInput, OverBudget

MOST_ATOMS = 20_000
MOST_BITS = 1_000
MOST_DEGREE = 40
MOST_NESTING = 60
_COST = 100  # of one coefficient, in the budget's units

Monomial = tuple[int, ...]  # the numbers of its atoms, sorted; () is 1


@dataclass(frozen=True, slots=True)
class Polynomial:
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


@dataclass(frozen=True, slots=True)
class Comparison:
    """polynomial <= 0, < 0, = 0 or != 0."""

    relation: str
    polynomial: Polynomial


@dataclass(frozen=True, slots=True)
class Junction:
    """All of the parts ("and"), or at least one ("or")."""

    connective: str
    parts: "tuple[Formula, ...]"


Formula = Comparison | Junction


def constant(value: Fraction | int) -> Polynomial:
    """The polynomial that is a number."""
    return Polynomial((((), Fraction(value)),) if value else ())


def minus(p: Polynomial) -> Polynomial:
    """-p."""
    return Polynomial(tuple((monomial, -coefficient) for monomial, coefficient in p.terms))


def junction(connective: str, parts: Iterable[Formula]) -> Formula:
    """The conjunction or disjunction of the parts, with parts of the same connective merged into it."""
    flat: list[Formula] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Junction) and part.connective == connective else (part,))
    return Junction(connective, tuple(flat))


def negate(formula: Formula) -> Formula:
    """The formula that holds exactly where this one does not."""
    if isinstance(formula, Junction):
        return Junction("or" if formula.connective == "and" else "and", tuple(map(negate, formula.parts)))
    if formula.relation in ("=", "!="):
        return Comparison("!=" if formula.relation == "=" else "=", formula.polynomial)
    return Comparison("<" if formula.relation == "<=" else "<=", minus(formula.polynomial))


def facts(formula: Formula) -> tuple[Formula, ...]:
    """What is known where the formula holds: conjunctions taken apart, p != 0 as p < 0 or -p < 0; disjunctions stay whole."""
    if isinstance(formula, Junction):
        if formula.connective == "and" or len(formula.parts) == 1:
            return tuple(fact for part in formula.parts for fact in facts(part))
    elif formula.relation == "!=":
        return (Junction("or", (Comparison("<", formula.polynomial), Comparison("<", minus(formula.polynomial)))),)
    return (formula,)


class Terms:
    """The atoms and symbols of one theory, and arithmetic on its polynomials, charged to a budget. Raises `OverBudget`."""

    def __init__(self, budget: Budget | None = None) -> None:
        self.budget = budget or Budget()
        self.atoms: list[Atom] = []
        self.symbols: dict[str, tuple[tuple[str, ...], str]] = {}  # name: the sorts of the arguments, the sort of the value
        self._numbers: dict[Atom, int] = {}
        self._nesting: list[int] = []

    def collect(self, terms: Iterable[tuple[Monomial, Fraction]]) -> Polynomial:
        """The sum of coefficient * monomial over any such pairs."""
        sums: dict[Monomial, Fraction] = {}
        for monomial, coefficient in terms:
            sums[monomial] = value = sums[monomial] + coefficient if monomial in sums else coefficient
            if value.numerator.bit_length() + value.denominator.bit_length() > MOST_BITS:
                raise OverBudget("", f"a number of more than {MOST_BITS} bits")
        return Polynomial(tuple(sorted(term for term in sums.items() if term[1])))

    def add(self, *polynomials: Polynomial) -> Polynomial:
        """Their sum."""
        self.budget.spend(_COST * sum(1 + len(p.terms) for p in polynomials))
        return self.collect(term for p in polynomials for term in p.terms)

    def multiply(self, p: Polynomial, q: Polynomial) -> Polynomial:
        """p * q."""
        degree = max((len(m) for m, _ in p.terms), default=0) + max((len(m) for m, _ in q.terms), default=0)
        if degree > MOST_DEGREE:
            raise OverBudget("", f"a polynomial of degree more than {MOST_DEGREE}")
        self.budget.spend(_COST * (1 + len(p.terms) * len(q.terms)) * (8 + degree) // 8)
        return self.collect((tuple(sorted(m + n)), a * b) for m, a in p.terms for n, b in q.terms)

    def equal(self, p: Polynomial, q: Polynomial) -> Formula:
        """p = q."""
        return Comparison("=", self.add(p, minus(q)))

    def variable(self, name: str, sort: str) -> Polynomial:
        """The variable as a polynomial."""
        return self._atom(Atom(name, sort, None), 0)

    def apply(self, name: str, arguments: Iterable[Polynomial]) -> Polynomial:
        """name(arguments). Raises `BadInput` unless their number is right and Z-arguments are integer-valued."""
        parts = tuple(arguments)
        if name not in self.symbols:
            raise BadInput("", f"expected a declared name, found {name}")
        sorts, sort = self.symbols[name]
        if len(sorts) != len(parts):
            raise BadInput("", f"expected {len(sorts)} arguments of {name}, found {len(parts)}")
        for number, part in enumerate(parts):
            if sorts[number] == "Z" and not self.is_integral(part):
                raise BadInput("", f"expected a term that is visibly an integer as argument {number + 1} of {name}")
        inner = (self._nesting[i] for part in parts for monomial, _ in part.terms for i in monomial)
        return self._atom(Atom(name, sort, parts), 1 + max(inner, default=0))

    def is_integral(self, p: Polynomial) -> bool:
        """Whether p is visibly integer-valued: integer coefficients, atoms of sort Z."""
        return all(a.denominator == 1 and all(self.atoms[i].sort == "Z" for i in monomial) for monomial, a in p.terms)

    def within(self, p: Polynomial) -> set[Atom]:
        """The atoms that occur in p, at any depth."""
        found: set[int] = set()
        waiting = [p]
        while waiting:
            new = {i for monomial, _ in waiting.pop().terms for i in monomial} - found
            found |= new
            waiting.extend(argument for i in new for argument in self.atoms[i].arguments or ())
        return {self.atoms[i] for i in found}

    def substitute(self, formula: Formula, change: dict[int, Polynomial]) -> Formula:
        """The formula with polynomials for the atoms of these numbers, all at once. Notes in `change` what it does on the way."""
        if isinstance(formula, Junction):
            self.budget.spend(_COST)
            return Junction(formula.connective, tuple(self.substitute(part, change) for part in formula.parts))
        return Comparison(formula.relation, self._replace(formula.polynomial, change))

    def _atom(self, atom: Atom, nesting: int) -> Polynomial:
        if atom not in self._numbers:
            if len(self.atoms) >= MOST_ATOMS or nesting > MOST_NESTING:
                raise OverBudget("", f"more than {MOST_ATOMS} terms, or a term nested more than {MOST_NESTING} deep")
            self._numbers[atom] = len(self.atoms)
            self.atoms.append(atom)
            self._nesting.append(nesting)
        return Polynomial((((self._numbers[atom],), Fraction(1)),))

    def _replace(self, p: Polynomial, change: dict[int, Polynomial]) -> Polynomial:
        """The same for a polynomial; as deep as terms nest, which is bounded."""
        summands = []
        for monomial, coefficient in p.terms:
            product = constant(coefficient)
            for i in monomial:
                if i not in change:
                    name, _, arguments = self.atoms[i]
                    unchanged = Polynomial((((i,), Fraction(1)),))
                    change[i] = unchanged if arguments is None else self.apply(name, [self._replace(a, change) for a in arguments])
                product = self.multiply(product, change[i])
            summands.append(product)
        return self.add(*summands)
