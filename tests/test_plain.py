"""Formulas with decimals, abs, max and min, against what they say at random points: the text is evaluated here, the
rewritten one as the kernel reads it."""

import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import prod
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import pytest

from verify.expression import read, written
from verify.kernel.errors import BadInput, DepthproofError, OverBudget
from verify.kernel.formulas import formula, term
from verify.kernel.limits import Budget
from verify.kernel.terms import Comparison, Formula, Polynomial, Terms
from verify.plain import plain

NAMES = ("x", "y", "z")
RELATIONS: dict[str, Callable[[Any, Any], bool]] = {"<=": le, "<": lt, "=": eq, "!=": ne, ">=": ge, ">": gt}
Point = Mapping[str, Fraction]
Said = tuple[str, Callable[[Point], Any]]  # a text, and its value at a point


def drawn_term(source: random.Random, size: int) -> Said:
    """A random term: every bracket that may be needed is there, and some are not."""
    if size <= 0:
        return source.choice([_name, _number])(source)
    kind = source.choice(["+", "-", "*", "neg", "abs", "abs", "max", "max", "min", "/", "product", "^"])
    one, one_at = drawn_term(source, size - 1)
    two, two_at = drawn_term(source, size - 2)
    number, number_at = _number(source)
    if kind == "+":
        return f"{one} + ({two})", lambda p: one_at(p) + two_at(p)
    if kind == "-":
        return f"{one} - ({two})", lambda p: one_at(p) - two_at(p)
    if kind == "*":
        return f"{number}*({one})", lambda p: number_at(p) * one_at(p)
    if kind == "neg":
        return f"-({one})", lambda p: -one_at(p)
    if kind == "abs":
        return f"abs({one})", lambda p: abs(one_at(p))
    if kind in ("max", "min"):
        three, three_at = drawn_term(source, size - 3)
        best = max if kind == "max" else min
        return f"{kind}({one},{two} , {three})", lambda p: best(one_at(p), two_at(p), three_at(p))
    if kind == "/":
        return f"({one})/2.5", lambda p: one_at(p) / Fraction(5, 2)
    if kind == "^":
        return f"({two})^2", lambda p: two_at(p) ** 2
    return f"({two})*({number})", lambda p: two_at(p) * number_at(p)


def _name(source: random.Random) -> Said:
    name = source.choice(NAMES)
    return name, lambda p: p[name]


def _number(source: random.Random) -> Said:
    text, value = source.choice([("0.5", "1/2"), ("2", "2"), ("0", "0"), (".25", "1/4"), ("1e-1", "1/10"), ("3.", "3"), ("12.50", "25/2")])
    return text, lambda p: Fraction(value)


def drawn_formula(source: random.Random, size: int) -> Said:
    kind = source.choice(["and", "or", "not", "implies", "chain", "chain"]) if size > 0 else "chain"
    if kind == "chain":
        terms = [drawn_term(source, source.randrange(4)) for _ in range(source.choice([2, 2, 2, 3]))]
        signs = [source.choice(list(RELATIONS)) for _ in terms[1:]]
        text = terms[0][0] + "".join(f" {sign} {other}" for sign, (other, _) in zip(signs, terms[1:]))
        return text, lambda p: all(RELATIONS[sign](one(p), two(p)) for (_, one), sign, (_, two) in zip(terms, signs, terms[1:]))
    one, one_at = drawn_formula(source, size - 1)
    two, two_at = drawn_formula(source, size - 1)
    if kind == "not":
        return f"not ({one})", lambda p: not one_at(p)
    if kind == "and":
        return f"({one}) and ({two})", lambda p: one_at(p) and two_at(p)
    if kind == "or":
        return f"({one}) or ({two})", lambda p: one_at(p) or two_at(p)
    return f"({one}) implies {two}", lambda p: not one_at(p) or two_at(p)


class Kernel:
    """The kernel's reading of a text, at points."""

    def __init__(self) -> None:
        self.terms = Terms(Budget(10**12))
        self.scope = {name: self.terms.variable(name, "R") for name in NAMES}

    def read(self, text: str) -> Formula:
        return formula(text, self.terms, self.scope)

    def holds(self, it: Formula, point: Point) -> bool:
        if isinstance(it, Comparison):
            return RELATIONS[it.relation](self.value(it.polynomial, point), 0)
        parts = [self.holds(part, point) for part in it.parts]
        return all(parts) if it.connective == "and" else any(parts)

    def value(self, p: Polynomial, point: Point) -> Fraction:
        return sum((c * prod(point[NAMES[number]] for number in monomial) for monomial, c in p.terms), Fraction(0))


def test_what_is_rewritten_says_the_same() -> None:
    """At random points, and where many terms are tied."""
    source, beyond, verdicts = random.Random(11), 0, set[bool]()
    for _ in range(1500):
        text, value = drawn_formula(source, source.randrange(3))
        try:
            short = plain(text)
            kernel = Kernel()
            said = kernel.read(str(short))
            for _ in range(8):
                point = {name: Fraction(source.randrange(-6, 7), source.choice([1, 2, 5])) for name in NAMES}
                assert kernel.holds(said, point) == value(point), (text, short, point)
                verdicts.add(value(point))
        except OverBudget:
            beyond += 1
    assert beyond < 150 and verdicts == {True, False}


def test_what_is_written_is_read_as_the_same() -> None:
    source = random.Random(12)
    for _ in range(500):
        text, _ = drawn_term(source, 3)
        tree = read(text)
        assert written(read(written(tree))) == written(tree)
    for text in ("(x - y) - (z - x)", "-(x + 1)^2*-2", "x/3/(1/2)", "2^3^1*x - -y", "(-x)^2", "-x^2", "x - (y - z) + 3*(x*y)"):
        kernel = Kernel()
        assert term(written(read(text)), kernel.terms, kernel.scope) == term(text, kernel.terms, kernel.scope)


READ_AS = {
    "abs(x - y) <= 0.01": "-1/100 <= x - y <= 1/100",
    "abs(x) >= 1e-2": "x >= 1/100 or x <= -1/100",
    "max(x, y) < 1": "x < 1 and y < 1",
    "min(x, y) < 0.5": "x < 1/2 or y < 1/2",
    "x*abs(y) <= 1": "y >= 0 and x*y <= 1 or -y >= 0 and x*-y <= 1",
    "x/0.5 <= 2^2": "x/(1/2) <= 2^2",
    "x  <=  1/2": "x  <=  1/2",  # nothing in it is beyond the kernel's notation, which refuses it
    "square(x) <= 1": "square(x) <= 1",
}


@pytest.mark.parametrize("text", READ_AS)
def test_it_can_be_read(text: str) -> None:
    assert plain(text) == READ_AS[text]


def test_what_is_declared_is_no_function_of_the_notation() -> None:
    assert plain("abs(x) <= max(x, 0.5)", ["abs", "max"]) == "abs(x) <= max(x, 1/2)"
    assert plain("abs(x) <= max(x, 0.5)", ["abs"]) == "abs(x) <= x or abs(x) <= 1/2"


REFUSED = {
    "abs(x, y) <= 1": "expected abs of one term, found 2",
    "abs(x) + 1": "expected abs, max and min in formulas only; what is measured is affine, found abs(x) + 1",
    "max() <= 1": 'column 5: expected a term or formula, found ")"',
    "x <= 0.5 0.6": 'column 10: expected an operator, found "0.6"',
    "0.5 <= (x": "column 10: expected an operator or ), found the end",
    "(0.5 <= x) <= 1": 'column 12: expected a term beside this, found "<="',
    "1e9999 <= x": 'column 1: expected a number of at most 6000 digits, exponents to 1000, found "1e9999"',
    "1e99999999999 <= x": 'column 1: expected an exponent of at most 1000, found "1e99999999999"',
    "+0.5 <= x": 'column 1: expected a term or formula, found "+"',
    "x <= 0.5 and 1": 'column 10: expected a formula beside this, found "and"',
    "x <= 0.5.1": 'column 9: expected an operator, found ".1"',
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_of_the_notation_is_refused_with_its_column(text: str) -> None:
    with pytest.raises(BadInput) as error:
        plain(text)
    assert str(error.value) == REFUSED[text]


LONG = {
    "deep": "abs(" * 300 + "x" + ")" * 300 + " <= 1",
    "many": " + ".join(f"abs(x - {n})" for n in range(40)) + " <= 1",
    "long": "abs(x) <= " + "x + " * 60_000 + "1",
}


@pytest.mark.parametrize("name", LONG)
def test_what_costs_too_much_is_refused(name: str) -> None:
    with pytest.raises(OverBudget):
        plain(LONG[name])


def test_wide_texts_are_read() -> None:
    for sign in ("+", "and", "or", "*"):
        one = "x <= 0.5" if sign in ("and", "or") else "0.5"
        text = f" {sign} ".join([one] * (90 if sign == "*" else 2_000))
        assert plain(text if "<=" in text else f"abs(x) <= {text}")


def test_random_texts_end_in_one_line() -> None:
    source, words = random.Random(13), [*"()+-*/^,<>=. ", "abs(", "max(", "0.5", "x", "and", "not ", "1e3", "e", "implies", "<=", "\n"]
    for _ in range(20_000):
        text = "".join(source.choice(words) for _ in range(source.randrange(12)))
        try:
            plain(text)
        except DepthproofError as error:
            assert str(error).isprintable()
