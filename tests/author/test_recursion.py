"""What a recursion declares is what its author wrote, at one less: for any step, whatever brackets and powers stand around n."""

import random

import pytest
import sympy

from verify.author.theory import Theory, recursion
from verify.kernel.errors import DepthproofError
from verify.kernel.formulas import term
from verify.kernel.limits import Budget
from verify.kernel.terms import Terms

N, X = sympy.Symbol("n"), sympy.Symbol("x")
S, G = sympy.Function("s"), sympy.Function("g")


def step(chosen, depth):
    """A random term: its text, with no bracket more than it needs, sympy's expression, and how tightly it binds."""
    kind = chosen.choice("nnx1sg") if depth == 0 else chosen.choice("+-*^u/nsg")
    if kind in "nx1":
        value = {"n": ("n", N), "x": ("x", X)}.get(kind) or ("3", sympy.Integer(3))
        return *value, 9
    if kind == "s":
        return "s(n)", S(N), 9
    one = step(chosen, depth - 1) if depth else ("n", N, 9)
    if kind == "g":
        return f"g({one[0]}, x)", G(one[1], X), 9
    if kind == "u":
        return f"-{bracketed(one, 6)}", -one[1], 5
    if kind == "^":
        return f"{bracketed(one, 8)}^2", one[1] ** 2, 7
    if kind == "/":
        return f"{bracketed(one, 6)}/2", one[1] / 2, 6
    two = step(chosen, depth - 1)
    level = {"+": 5, "-": 5, "*": 6}[kind]
    value = {"+": one[1] + two[1], "-": one[1] - two[1], "*": one[1] * two[1]}[kind]
    text = f"{bracketed(one, level)}{f' {kind} ' if level == 5 else kind}{bracketed(two, level + 1)}"
    return text, value, level


def bracketed(part, least):
    return part[0] if part[2] >= least else f"({part[0]})"


def expression(terms, p):
    """The kernel's polynomial, in sympy."""
    result = sympy.Integer(0)
    for monomial, c in p.terms:
        factors = [meaning(terms, terms.atoms[number]) for number in monomial]
        result += sympy.Rational(c.numerator, c.denominator) * sympy.Mul(*factors)
    return result


def meaning(terms, atom):
    if atom.arguments is None:
        return sympy.Symbol(atom.name)
    return sympy.Function(atom.name)(*(sympy.expand(expression(terms, p)) for p in atom.arguments))


def expanded(value):
    return sympy.expand(value.replace(G, lambda a, b: G(sympy.expand(a), b)))


@pytest.mark.parametrize("seed", range(150))
def test_the_step_is_shifted_as_sympy_shifts_it(seed):
    text, value, _ = step(random.Random(seed), 1 + seed % 4)
    declared = recursion("s(n)", "0", text)["otherwise"]
    terms = Terms(Budget())
    scope = {"n": terms.variable("n", "R"), "x": terms.variable("x", "R")}
    terms.symbols |= {"s": (("R",), "R"), "g": (("R", "R"), "R")}
    found = expression(terms, term(declared, terms, scope))
    assert sympy.expand(expanded(value.subs(N, N - 1)) - expanded(found)) == 0


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("s(n) + 2*n + 1", "s(n - 1) + 2*(n - 1) + 1"),
        ("s(n)*(n + 1)", "s(n - 1)*(n)"),
        ("m(n + 1)*s(n)", "m(n)*s(n - 1)"),
        ("s(n) + n + 1", "s(n - 1) + n"),
        ("s(n) - n + 1", "s(n - 1) - (n - 1) + 1"),
        ("n + 1*s(n)", "(n - 1) + 1*s(n - 1)"),
        ("s(n) + n + 1^2", "s(n - 1) + (n - 1) + 1^2"),
        ("n^2 + s( n )", "(n - 1)^2 + s( n - 1 )"),
        ("s(n) + nn + n1", "s(n - 1) + nn + n1"),
    ],
)
def test_the_text_that_is_declared(text, declared):
    assert recursion("s(n)", "0", text)["otherwise"] == declared


def squares(goal):
    t = Theory("odd")
    shown = t.recursion("s(n)", start="0", step="s(n) + 2*n + 1")
    assert shown == "s(n) = 0 if n = 0 else s(n - 1) + 2*(n - 1) + 1"
    t.theorem(goal, n="Z from 0", induction="n", use=["IH", "s(n + 1)"], base=["s(0)"])
    return t


def test_the_sum_of_odd_numbers():
    squares("s(n) = n^2").prove()
    with pytest.raises(DepthproofError):
        squares("s(n) = n^2 + n").prove()
