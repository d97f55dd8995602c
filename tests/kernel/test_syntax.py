"""Text becomes the formula that a reader sees in it, or is refused with the column."""

from fractions import Fraction

import pytest

from verify.kernel.errors import BadInput, OverBudget
from verify.kernel.formulas import formula, term
from verify.kernel.limits import Budget
from verify.kernel.terms import Comparison, Junction, Terms, constant


@pytest.fixture
def terms():
    terms = Terms(Budget())
    terms.symbols.update(f=(("R",), "R"), g=(("R", "Z"), "Z"), c=((), "Z"))
    return terms


@pytest.fixture
def scope(terms):
    return {name: terms.variable(name, sort) for name, sort in (("x", "R"), ("y", "R"), ("k", "Z"))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("6/-2*3", "-9"),
        ("1/2*x", "x/2"),
        ("-x^2", "0 - x*x"),
        ("2^2^3", "256"),
        ("x - y - 1", "x - (y + 1)"),
        ("x - (y - 1)", "x + 1 - y"),
        ("-x*-y", "x*y"),
        ("- - x", "x"),
        ("(x + y)^2", "x^2 + 2*x*y + y^2"),
        ("f(x + x)", "f(2*x)"),
        ("f(f(x*y))", "f(f(y*x))"),
        ("x/3*3", "x"),
        ("g(x, 2*k - c)", "g(x, k - c + k)"),
        ("x - x", "0"),
        ("12345678901234567890123*x", "12345678901234567890122*x + x"),
    ],
)
def test_the_same_term(terms, scope, one, other):
    assert term(one, terms, scope) == term(other, terms, scope)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x <= y < 1", "x <= y and y < 1"),
        ("x = y <= 1 != k", "x = y and y <= 1 and 1 != k"),
        ("x >= y", "y <= x"),
        ("x > y > 0", "y < x and 0 < y"),
        ("not x <= y", "y < x"),
        ("not x < y and x = 1", "y <= x and x = 1"),
        ("not (x < y and x = 1)", "y <= x or x != 1"),
        ("x < 1 or y < 1 and k < 1", "x < 1 or (y < 1 and k < 1)"),
        ("x < 1 implies y < 1 implies k < 1", "x < 1 implies (y < 1 implies k < 1)"),
        ("x < 1 implies y < 1", "1 <= x or y < 1"),
        ("x < 1 and y < 1 implies k < 1 or x = 1", "(x < 1 and y < 1) implies (k < 1 or x = 1)"),
        ("(x < 1 or y < 1) or k < 1", "x < 1 or (y < 1 or k < 1)"),
        ("(((x))) < 1", "x < 1"),
        ("not not x < 1", "x < 1"),
        ("x != 1", "not x = 1"),
        ("x + 1 <= y", "x - y + 1 <= 0"),
        ("f(x) < 1", "not f(x) >= 1"),
    ],
)
def test_the_same_formula(terms, scope, one, other):
    assert formula(one, terms, scope) == formula(other, terms, scope)


def test_values(terms, scope):
    assert term("7/14", terms, scope) == constant(Fraction(1, 2))
    assert term("0", terms, scope) == constant(0)
    assert formula("true", terms, scope) == Junction("and", ())
    assert formula("0 < 0", terms, scope) == Comparison("<", constant(0))


def test_different_terms(terms, scope):
    seen = {term(text, terms, scope) for text in ("x", "y", "k", "c", "f(x)", "f(y)", "x*y", "x^2", "2*x", "x + 1", "1", "0", "x/2", "-x")}
    assert len(seen) == 14


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ("", "column 1", "found the end"),
        ("x <", "column 4", "found the end"),
        ("x < (y", "column 7", "expected an operator or )"),
        ("x y", "column 3", 'expected an operator, found "y"'),
        ("2x < 1", "column 2", 'found "x"'),
        ("01 < x", "column 2", 'found "1"'),
        ("x not y", "column 3", 'found "not"'),
        ("(x <= 1) + 2 < 1", "column 10", "expected a term beside"),
        ("x and y < 1", "column 3", "expected a formula beside"),
        ("not x", "column 1", "expected a formula"),
        ("-(x < 1) < 1", "column 1", "expected a term"),
        ("x/y < 1", "column 2", 'a number other than 0 after this, found "/"'),
        ("x/0 < 1", "column 2", 'a number other than 0 after this, found "/"'),
        ("x/(1 - 1) < 1", "column 2", 'a number other than 0 after this, found "/"'),
        ("x^0 < 1", "column 2", "from 1 to 40"),
        ("x^41 < 1", "column 2", "from 1 to 40"),
        ("x^k < 1", "column 2", "from 1 to 40"),
        ("x^-1 < 1", "column 2", "from 1 to 40"),
        ("2^(1/2) < 1", "column 2", "from 1 to 40"),
        ("f(x, y) < 1", "column 1", "expected 1 terms, found 2"),
        ("f < 1", "column 1", "expected 1 terms, found 0"),
        ("c() < 1", "column 3", 'found ")"'),
        ("g(x, k/2) < 1", "column 1", "term 2 to be visibly an integer"),
        ("g(x, f(k)) < 1", "column 1", "term 2 to be visibly an integer"),
        ("h(x) < 1", "column 1", "expected a declared name, found h"),
        ("x(1) < 1", "column 2", 'found "("'),
        ("0.5 < x", "column 2", 'found "."'),
        ("1e3 < x", "column 2", 'found "e3"'),
        ("x < 1\n", "column 6", "found \"\\n\""),
        ("x\t< 1", "column 2", "found"),
        ("x < \u0661", "", "a text in ASCII"),
        ("x == 1", "column 4", 'found "="'),
        ("x <= 1;", "column 7", "found"),
        ("x < 1 < y and", "column 14", "found the end"),
        ("x", "column 1", "expected a formula"),
        (None, "", "expected a text"),
        (1, "", "expected a text"),
        (["x < 1"], "", "expected a text"),
    ],
)
def test_refused_with_its_place(terms, scope, text, where, reason):
    with pytest.raises(BadInput) as caught:
        formula(text, terms, scope)
    assert caught.value.where == where
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100 + "x" + ")" * 100 + " < 1",
        "not " * 100 + "x < 1",
        "- " * 100 + "x < 1",
        "f(" * 100 + "x" + ")" * 100 + " < 1",
        "x < 1 implies " * 100 + "x < 1",
        "x < 1 or " * 30_000 + "x < 1",
        "*".join(["9" * 5_900] * 12) + " < x",
        "2^40^40 < x",
        "x^40*x < 1",
    ],
)
def test_costs_are_bounded(terms, scope, text):
    with pytest.raises((OverBudget, BadInput)):
        formula(text, terms, scope)


def test_as_deep_as_allowed(terms, scope):
    assert formula("(" * 30 + "x" + ")" * 30 + " < 1", terms, scope) == formula("x < 1", terms, scope)
    assert formula(" or ".join(["x < 1"] * 2000), terms, scope) == Junction("or", (formula("x < 1", terms, scope),) * 2000)
