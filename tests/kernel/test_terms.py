"""Polynomials are values: what is equal is the same, what is substituted is substituted everywhere and at once."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.kernel.errors import OverBudget
from verify.kernel.formulas import formula, term
from verify.kernel.limits import Budget
from verify.kernel.terms import Comparison, Junction, Terms, constant, facts, junction, minus, negate

NAMES = ("x", "y", "z")


def made():
    terms = Terms(Budget())
    terms.symbols.update(f=(("R",), "R"), n=(("R",), "Z"))
    return terms, {name: terms.variable(name, "R") for name in NAMES}


def value(terms, p, point):
    """The value of a polynomial in plain variables, computed on its own."""
    total = Fraction(0)
    for monomial, coefficient in p.terms:
        for i in monomial:
            coefficient *= point[terms.atoms[i].name]
        total += coefficient
    return total


numbers = st.fractions(min_value=-5, max_value=5, max_denominator=6)
polynomial_texts = st.recursive(
    st.sampled_from([*NAMES, "1", "2", "1/3"]),
    lambda inner: st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(polynomial_texts, polynomial_texts, st.tuples(numbers, numbers, numbers))
def test_arithmetic_is_arithmetic(one, other, at):
    terms, scope = made()
    point = dict(zip(NAMES, at))
    p, q = term(one, terms, scope), term(other, terms, scope)
    assert value(terms, terms.add(p, q), point) == value(terms, p, point) + value(terms, q, point)
    assert value(terms, terms.multiply(p, q), point) == value(terms, p, point) * value(terms, q, point)
    assert value(terms, minus(p), point) == -value(terms, p, point)
    assert terms.multiply(p, q) == terms.multiply(q, p)
    assert terms.add(p, minus(p)) == constant(0)


@settings(max_examples=60, deadline=None)
@given(polynomial_texts, polynomial_texts, polynomial_texts, st.tuples(numbers, numbers, numbers))
def test_substitution_is_evaluation(body, first, second, at):
    terms, scope = made()
    point = dict(zip(NAMES, at))
    p, q = term(first, terms, scope), term(second, terms, scope)
    before = formula(f"{body} <= 0", terms, scope)
    after = formula(f"{body} <= 0", terms, scope | {"x": p, "y": q})
    moved = point | {"x": value(terms, p, point), "y": value(terms, q, point)}
    assert value(terms, after.polynomial, point) == value(terms, before.polynomial, moved)


def test_substitution_is_simultaneous_and_goes_inside():
    terms, scope = made()
    swapped = formula("f(x + f(y)) <= x*y or f(z) = 0", terms, scope | {"x": scope["y"], "y": scope["x"]})
    assert swapped == formula("f(y + f(x)) <= y*x or f(z) = 0", terms, scope)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(polynomial_texts, st.sampled_from(["<=", "<", "=", "!="])), min_size=1, max_size=4),
    st.tuples(numbers, numbers, numbers),
)
def test_negation_and_facts(parts, at):
    terms, scope = made()
    point = dict(zip(NAMES, at))
    compare = {"<=": lambda v: v <= 0, "<": lambda v: v < 0, "=": lambda v: v == 0, "!=": lambda v: v != 0}

    def holds(f):
        if isinstance(f, Comparison):
            return compare[f.relation](value(terms, f.polynomial, point))
        return (all if f.connective == "and" else any)(map(holds, f.parts))

    texts = [f"{text} {relation} 0" for text, relation in parts]
    for body in (" and ".join(texts), " or ".join(texts), f"({' or '.join(texts)}) implies {texts[0]}"):
        f = formula(body, terms, scope)
        assert holds(negate(f)) is not holds(f)
        assert holds(f) is all(map(holds, facts(f)))
        assert all(fact.relation != "!=" for fact in facts(f) if isinstance(fact, Comparison))


def test_what_is_visibly_an_integer():
    terms, scope = made()
    scope["k"] = terms.variable("k", "Z")
    for text in ("k", "k^2 - 3*k", "n(x)", "n(x)*k - 7", "0"):
        assert terms.is_integral(term(text, terms, scope))
    for text in ("x", "k/2", "k + 1/2", "n(x)*x", "f(k)", "x - x + 1/3"):
        assert not terms.is_integral(term(text, terms, scope))


def test_a_variable_of_another_sort_is_another_atom():
    terms, _ = made()
    assert terms.variable("x", "R") != terms.variable("x", "Z")


def test_like_connectives_merge():
    terms, scope = made()
    a, b = (formula(text, terms, scope) for text in ("x < 1", "y < 1"))
    assert junction("or", (junction("or", (a, b)), a)) == Junction("or", (a, b, a))
    assert junction("or", (junction("and", (a, b)), a)) == Junction("or", (Junction("and", (a, b)), a))


def test_atoms_and_numbers_are_bounded():
    terms = Terms(Budget(1_000_000))
    terms.symbols["f"] = (("R",), "R")
    with pytest.raises(OverBudget):
        for number in range(20_000):
            terms.apply("f", [constant(number)])
    with pytest.raises(OverBudget):
        p = constant(Fraction(3, 2))
        for _ in range(20):
            p = terms.multiply(p, p)
    terms, _ = made()
    with pytest.raises(OverBudget):
        p = terms.add(*(terms.variable(f"v{i}", "R") for i in range(300)))
        for _ in range(10):
            p = terms.multiply(p, p)
