"""Terms and formulas: what they are, and how they are read from short ASCII text. What is printed as a statement is the text that was read.

Terms are polynomials over interned atoms, formulas compare them with 0; both are plain values, equal when they say the same. An atom is a
variable or an application of a symbol to polynomials. Like terms are collected, so D(k, x + x) and D(k, 2*x) are one atom. A formula is
in negation normal form: comparisons of a polynomial with 0 under `and` and `or`. Their text, read in one pass:

    formula   implies (groups to the right)  <  or  <  and  <  not  <  comparisons = != <= < >= >, chained as in 0 <= x < 1
    term      + -  <  * and / by a number  <  unary -  <  ^ by a positive number (to the right);  names, f(a, b), 12, brackets
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any, NamedTuple, cast

from .reader import MOST_BITS, MOST_CHARACTERS, MOST_DEGREE, MOST_DEPTH, BadInput, Budget, OverBudget, displayed, need, placed, want

COST = 25  # of one coefficient, in the budget's units
_OPPOSITE = {"<=": "<", "<": "<=", "=": "!=", "!=": "=", "and": "or", "or": "and"}

Monomial = tuple[int, ...]  # the numbers of its atoms, sorted; () is 1


class Polynomial(NamedTuple):
    """A sum of coefficient * monomial: each monomial once, sorted, no coefficient 0."""

    terms: tuple[tuple[Monomial, Fraction], ...]

    def __hash__(self) -> int:
        """Through text, whose hash nobody can foresee; whereas fractions of one hash, for a slow table, are easily written down."""
        return hash(" ".join(f"{monomial}{c.numerator:x}/{c.denominator:x}" for monomial, c in self.terms))


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


def facts(formula: Formula) -> Facts:
    """What is known where the formula holds: conjunctions taken apart, p != 0 as p < 0 or -p < 0; disjunctions stay whole."""
    if isinstance(formula, Junction):
        whole = formula.connective == "and" or len(formula.parts) == 1
        return tuple(fact for part in formula.parts for fact in facts(part)) if whole else (formula,)
    p, relation = formula.polynomial, formula.relation
    return (Junction("or", (Comparison("<", p), Comparison("<", minus(p)))),) if relation == "!=" else (formula,)


def length(p: Polynomial) -> int:
    """About how many bytes it takes."""
    return 100 + sum(200 + 8 * len(m) + (c.numerator.bit_length() + c.denominator.bit_length()) // 8 for m, c in p.terms)


def held(formula: Formula) -> int:
    """About how many bytes it takes."""
    return 120 + (sum(map(held, formula.parts)) if isinstance(formula, Junction) else length(formula.polynomial))


def size(value: Polynomial | Formula) -> int:
    """How many coefficients and connectives it has."""
    parts = value.parts if isinstance(value, Junction) else (value.polynomial,) if isinstance(value, Comparison) else ()
    return sum(map(size, parts)) + (len(value.terms) if isinstance(value, Polynomial) else 1)


class Terms:
    """The atoms and symbols of one theory, and arithmetic on its polynomials, charged to a budget. Raises `OverBudget`."""

    def __init__(self, budget: Budget | None = None) -> None:
        self.budget, self.atoms, self._numbers = budget or Budget(), list[Atom](), dict[Atom, int]()
        self.symbols = dict[str, tuple[tuple[str, ...], str]]()  # name: the sorts of the arguments, the sort of the value
        self.constants: dict[str, Any] = {"true": junction("and", ()), "false": junction("or", ())}  # what names stand for

    def collect(self, terms: Iterable[tuple[Monomial, Fraction]]) -> Polynomial:
        """The sum of coefficient * monomial over any such pairs."""
        sums = dict[Monomial, Fraction]()
        self.budget.spend(2 * COST)
        for monomial, coefficient in terms:
            new = monomial not in sums
            sums[monomial] = value = coefficient if new else sums[monomial] + coefficient
            bits = value.numerator.bit_length() + value.denominator.bit_length()
            self.budget.spend(COST, bits, bits)
            if new or bits > 1_000:
                self.budget.make(200 + 8 * len(monomial) + bits // 8)
            need(bits <= MOST_BITS, f"a number of more than {MOST_BITS} bits", OverBudget)
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

    def compare(self, p: Polynomial, relation: str, q: Polynomial) -> Comparison:
        """p <= q, p < q, p = q or p != q."""
        return Comparison(relation, self.add(p, minus(q)))

    def variable(self, name: str, sort: str, arguments: tuple[Polynomial, ...] | None = None) -> Polynomial:
        """The atom as a polynomial."""
        number = self._numbers.setdefault(new := Atom(name, sort, arguments), len(self.atoms))
        if number == len(self.atoms):
            self.budget.spend(8 * COST)
            self.budget.keep(400 + sum(map(length, arguments or ())))
            self.atoms.append(new)
        return atom(number)

    def apply(self, name: str, arguments: Sequence[Polynomial]) -> Polynomial:
        """name(arguments). Raises `BadInput` unless their number is right and Z-arguments are integer-valued."""
        sorts, sort = need(self.symbols.get(name), f"expected a declared name, found {name}", BadInput)
        need(len(sorts) == len(arguments), f"expected {len(sorts)} arguments of {name}, found {len(arguments)}", BadInput)
        for number, (argument, wanted) in enumerate(zip(arguments, sorts), 1):
            fits = wanted == "R" or self.is_integral(argument)
            need(fits, f"expected a term that is visibly an integer as argument {number} of {name}", BadInput)
        self.budget.spend(COST * sum(len(argument.terms) for argument in arguments) + sum(map(length, arguments)) // 4)
        return self.variable(name, sort, tuple(arguments))

    def is_integral(self, p: Polynomial) -> bool:
        """Whether p is visibly integer-valued: integer coefficients, atoms of sort Z."""
        return all(a.denominator == 1 and all(self.atoms[i].sort == "Z" for i in monomial) for monomial, a in p.terms)


WORDS = ("implies", "or", "and", "not", "true", "false", "if", "else", "in", "for", "all")  # the last ones in printed lines
_TOKEN = re.compile(r" ?(0|[1-9][0-9]{0,5999}|[A-Za-z][A-Za-z0-9_]*|[<>!]=|\Z|(?s:.))", re.ASCII)
_LEVEL = {"implies": 1, "or": 2, "and": 3, **dict.fromkeys(("<=", "<", "=", "!=", ">=", ">"), 4), "+": 5, "-": 5, "*": 6, "/": 6, "^": 7}

Scope = Mapping[str, Polynomial]


def formula(text: object, terms: Terms, scope: Scope) -> Formula:
    """The formula that `text` writes, its variables being those in scope. Raises `BadInput` with the column."""
    return cast(Formula, _Reading(text, terms, scope).whole("formula"))


def term(text: object, terms: Terms, scope: Scope) -> Polynomial:
    """The term that `text` writes."""
    return cast(Polynomial, _Reading(text, terms, scope).whole("term"))


class _Reading:
    """One text being read, by precedence of operators; as deep as the text nests, which is bounded. It gives a term or a formula."""

    def __init__(self, text: Any, terms: Terms, scope: Scope) -> None:
        want(type(text) is str and text.isascii(), "a text in ASCII", text)
        need(len(text) <= MOST_CHARACTERS, f"a text of {len(text)} characters; at most {MOST_CHARACTERS} are read", OverBudget)
        want("  " not in text and text == text.strip(" "), "single spaces, and none at the ends", text)
        terms.budget.make(300 * len(text))
        self.tokens, self.next, self.terms, self.scope = list(_TOKEN.finditer(text)), 0, terms, scope
        terms.budget.spend(len(self.tokens) * 90 + len(text) // 100)

    def whole(self, kind: str) -> Any:
        value = self.expression(0, 0)
        self.must(self.tokens[self.next][1] == "", "an operator")
        return self.of(kind, value, self.tokens[0])

    def must(self, condition: Any, what: str, token: re.Match[str] | None = None) -> Any:
        """What is read, which must have this form, at this token or else the next; `BadInput` otherwise."""
        token = token or self.tokens[self.next]
        found = displayed(token[1]) if token[1] else "the end"
        return need(condition, f"expected {what}, found {found}", BadInput, f"column {token.start(1) + 1}")

    def of(self, kind: str, value: Any, token: re.Match[str]) -> Any:
        """The value, which must be a term or a formula and stands beside the token."""
        self.must(isinstance(value, Polynomial) == (kind == "term"), f"a {kind} beside this", token)
        return value

    def taken(self, mark: str) -> bool:
        """Whether the next token is this mark, which is then behind us."""
        found = self.tokens[self.next][1] == mark
        self.next += found
        return found

    def expression(self, least: int, depth: int) -> Any:
        """An expression whose operators outside brackets bind at least as tightly as `least`."""
        need(depth <= MOST_DEPTH, f"nested more than {MOST_DEPTH} deep", OverBudget)
        left, middle = self.operand(depth), None
        self.terms.budget.spend(COST * size(left))
        while (level := _LEVEL.get((token := self.tokens[self.next])[1], -1)) >= least:
            self.next += 1
            right = self.expression(level + (token[1] not in ("implies", "^")), depth + 1)
            whole = self.combined(token, left if middle is None else middle, right)
            # In 0 <= x < 1 the x is both to the right of <= and to the left of <.
            left = whole if middle is None else junction("and", (left, whole))
            self.terms.budget.spend(len(left.parts) if isinstance(left, Junction) else 1)  # the parts of a chain are copied with each more
            middle = right if _LEVEL.get(self.tokens[self.next][1]) == level == _LEVEL["="] else None
        return left

    def combined(self, token: re.Match[str], left: Any, right: Any) -> Any:
        """left token right."""
        sign, terms = token[1], self.terms
        p, q = (self.of("formula" if _LEVEL[sign] < _LEVEL["="] else "term", value, token) for value in (left, right))
        if _LEVEL[sign] == _LEVEL["="]:
            return terms.compare(q, sign.replace(">", "<"), p) if ">" in sign else terms.compare(p, sign, q)
        if sign.isalpha():
            return junction("or", (negate(p), q)) if sign == "implies" else junction(sign, (p, q))
        if sign in "+-":
            return terms.add(p, q if sign == "+" else minus(q))
        if sign == "*":
            return terms.multiply(p, q)
        value = number(q) or Fraction(0)
        if sign == "/":
            return terms.multiply(p, constant(1 / self.must(value, "a number other than 0 after this", token)))
        self.must(value.denominator == 1 and 0 < value <= MOST_DEGREE, f"a whole number from 1 to {MOST_DEGREE} after this", token)
        return reduce(terms.multiply, [p] * int(value))

    def operand(self, depth: int) -> Any:
        """What stands between binary operators: a name, a number, an application, something in brackets, not ..., -..."""
        token = self.tokens[self.next]
        word, self.next, arguments = token[1], self.next + 1, list[Polynomial]()
        if word.isdigit():
            self.terms.budget.spend(len(word) ** 2 // 2_000)  # quadratic: 6,000 digits take a millisecond
            return constant(int(Decimal(word)))  # Decimal: without Python's limit on digits
        if (known := self.scope.get(word, self.terms.constants.get(word))) is not None:
            return known
        if word == "not":
            return negate(self.of("formula", self.expression(_LEVEL["="], depth + 1), token))
        if word == "-":
            return minus(self.of("term", self.expression(_LEVEL["^"], depth + 1), token))
        if word == "(":
            inside = self.expression(0, depth + 1)
            return self.must(self.taken(")") and inside, "an operator or )")
        self.must(word[:1].isalpha() and word not in WORDS, "a term or formula", token)
        if self.taken("("):
            while not arguments or self.taken(","):
                arguments.append(self.of("term", self.expression(0, depth + 1), token))
            self.must(self.taken(")"), "an operator, a comma or )")
        with placed(f"column {token.start(1) + 1}"):
            return self.terms.apply(word, arguments)
