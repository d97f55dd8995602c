"""Terms and formulas: what they are, and arithmetic on them.

Terms are polynomials over interned atoms, formulas compare them with 0; both are plain values,
equal when they say the same. An atom is a variable or an application of a symbol to polynomials.
Like terms are collected, so D(k, x + x) and D(k, 2*x) are one atom. A formula is in negation
normal form: comparisons of a polynomial with 0 under `and` and `or`.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from .errors import BadInput, OverBudget, need
from .limits import MOST_BITS, MOST_DEGREE, Budget

COST = 50  # of one coefficient, in the budget's units
_OPPOSITE = {"<=": "<", "<": "<=", "=": "!=", "!=": "=", "and": "or", "or": "and"}

Monomial = tuple[int, ...]  # the numbers of its atoms, sorted; () is 1


class Polynomial(NamedTuple):
    """A sum of coefficient * monomial: each monomial once, sorted, no coefficient 0."""

    terms: tuple[tuple[Monomial, Fraction], ...]

    def __hash__(self) -> int:
        """Through text, whose hash nobody can foresee; whereas fractions of one hash, for a slow
        table, are easily written down."""
        return hash(" ".join(f"{m}{c.numerator:x}/{c.denominator:x}" for m, c in self.terms))


class Atom(NamedTuple):
    """A variable (its arguments are None) or an application; its sort is R or Z."""

    name: str
    sort: str
    arguments: Any


class Comparison(NamedTuple):
    """polynomial <= 0, < 0, = 0 or != 0."""

    relation: str
    polynomial: Polynomial


class Junction(NamedTuple):
    """All of the parts ("and"), or at least one ("or")."""

    connective: str
    parts: "tuple[Formula, ...]"


Formula = Comparison | Junction
Facts = tuple[Formula, ...]


def constant(value: Fraction | int) -> Polynomial:
    """The polynomial that is a number."""
    return Polynomial((((), Fraction(value)),) if value else ())


def atom(number: int) -> Polynomial:
    """The polynomial that is an atom."""
    return Polynomial((((number,), Fraction(1)),))


def minus(p: Polynomial) -> Polynomial:
    """-p."""
    return Polynomial(tuple((monomial, -coefficient) for monomial, coefficient in p.terms))


def number(p: Polynomial) -> Any:
    """The number that a constant polynomial is; None for another one."""
    terms = dict(p.terms) or {(): Fraction(0)}
    return terms.get(()) if len(terms) == 1 else None


def junction(connective: str, parts: Iterable[Formula]) -> Junction:
    """The conjunction or disjunction of the parts, with parts of the same connective merged in."""
    whole = list[Formula]()
    for part in parts:
        if isinstance(part, Junction) and part.connective == connective:
            whole.extend(part.parts)
        else:
            whole.append(part)
    return Junction(connective, tuple(whole))


def negate(formula: Formula) -> Formula:
    """The formula that holds exactly where this one does not."""
    if isinstance(formula, Junction):
        return Junction(_OPPOSITE[formula.connective], tuple(map(negate, formula.parts)))
    relation, p = formula
    return Comparison(_OPPOSITE[relation], minus(p) if "<" in relation else p)


def facts(formula: Formula) -> Facts:
    """What is known where the formula holds: conjunctions taken apart, p != 0 as p < 0 or -p < 0;
    disjunctions stay whole."""
    if isinstance(formula, Comparison) and formula.relation == "!=":
        p = formula.polynomial
        return (Junction("or", (Comparison("<", p), Comparison("<", minus(p)))),)
    if isinstance(formula, Comparison) or (formula.connective == "or" and len(formula.parts) != 1):
        return (formula,)
    return tuple(fact for part in formula.parts for fact in facts(part))


def size(value: Polynomial | Formula) -> int:
    """How many coefficients and connectives it has."""
    if isinstance(value, Junction):
        return 1 + sum(map(size, value.parts))
    if isinstance(value, Comparison):
        return 1 + size(value.polynomial)
    return len(value.terms)


def bit_size(c: Fraction) -> int:
    """How many bits its two integers have."""
    return c.numerator.bit_length() + c.denominator.bit_length()


class Terms:
    """The atoms and symbols of one theory, and arithmetic on its polynomials, charged to a budget.
    Raises `OverBudget`."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.atoms, self._numbers = list[Atom](), dict[Atom, int]()
        self.symbols: Any = {}  # the sorts of its arguments, and that of its values
        self.constants: Any = {"true": junction("and", ()), "false": junction("or", ())}

    def collect(self, terms: Iterable[tuple[Monomial, Fraction]]) -> Polynomial:
        """The sum of coefficient * monomial over any such pairs."""
        sums = dict[Monomial, Fraction]()
        self.budget.spend(2 * COST)
        for monomial, coefficient in terms:
            value = sums[monomial] + coefficient if monomial in sums else coefficient
            bits = bit_size(value)
            self.budget.spend(COST, bits, bits)
            sums[monomial] = value
            need(bits <= MOST_BITS, f"a number of more than {MOST_BITS} bits", OverBudget)
        return Polynomial(tuple(sorted(term for term in sums.items() if term[1])))

    def add(self, *polynomials: Polynomial) -> Polynomial:
        """Their sum."""
        return self.collect(term for p in polynomials for term in p.terms)

    def multiply(self, p: Polynomial, q: Polynomial) -> Polynomial:
        """p * q."""
        c = number(p)
        if c is not None:
            return self.scaled(c, q)
        degree = sum(max((len(m) for m, _ in factor.terms), default=0) for factor in (p, q))
        need(degree <= MOST_DEGREE, f"a polynomial of degree more than {MOST_DEGREE}", OverBudget)
        self.budget.spend((len(p.terms) + 1) * (len(q.terms) + 1) * (20 + degree))
        return self.collect((tuple(sorted(m + n)), a * b) for m, a in p.terms for n, b in q.terms)

    def scaled(self, c: Any, p: Polynomial) -> Polynomial:
        """c * p."""
        self.budget.spend(20 * len(p.terms))
        return self.collect((monomial, c * coefficient) for monomial, coefficient in p.terms)

    def compare(self, p: Polynomial, relation: str, q: Polynomial) -> Comparison:
        """p <= q, p < q, p = q or p != q."""
        return Comparison(relation, self.add(p, minus(q)))

    def variable(self, name: str, sort: str, arguments: Any = None) -> Polynomial:
        """The atom as a polynomial."""
        new = Atom(name, sort, arguments)
        number = self._numbers.setdefault(new, len(self.atoms))
        if number == len(self.atoms):
            self.budget.spend(8 * COST)
            self.atoms.append(new)
        return atom(number)

    def apply(self, name: str, arguments: Sequence[Polynomial]) -> Polynomial:
        """name(arguments). Raises `BadInput` unless their number is right and Z-arguments are
        integer-valued."""
        known = self.symbols.get(name)
        sorts, sort = need(known, f"expected a declared name, found {name}", BadInput)
        self.fit(arguments, sorts, BadInput)
        for argument in arguments:
            for _, coefficient in argument.terms:  # the atom's hash writes them out
                self.budget.spend(COST, bit_size(coefficient))
        return self.variable(name, sort, tuple(arguments))

    def fit(self, values: Sequence[Polynomial], sorts: Any, error: Any) -> None:
        """Raises the error unless there is one value for each sort, visibly an integer if that is
        not R."""
        need(len(values) == len(sorts), f"expected {len(sorts)} terms, found {len(values)}", error)
        for place, (value, sort) in enumerate(zip(values, sorts), 1):
            fits = sort == "R" or self.is_integral(value)
            need(fits, f"expected term {place} to be visibly an integer", error)

    def is_integral(self, p: Polynomial) -> bool:
        """Whether p is visibly integer-valued: integer coefficients, atoms of sort Z."""
        for monomial, coefficient in p.terms:
            if coefficient.denominator != 1 or any(self.atoms[i].sort != "Z" for i in monomial):
                return False
        return True
