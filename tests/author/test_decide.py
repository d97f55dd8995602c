"""z3's unsat is the only success: a model refutes, everything else is undecided."""

from fractions import Fraction

import z3

from verify.author.decide import magnitude, relu, tent, unsat
from verify.compile.z3_form import number
from verify.theorem import Verdict

X = z3.Real("x")


def test_unsat_for_every_step_holds() -> None:
    outcome = unsat(first=[X > 1, X < 0], second=[magnitude(X) < 0])
    assert outcome.verdict == Verdict.HOLDS
    assert "first, second" in outcome.detail


def test_a_model_of_one_step_refutes_with_exact_values() -> None:
    outcome = unsat(first=[X > 1, X < 0], second=[3 * X == 1])
    assert outcome.verdict == Verdict.REFUTED
    assert outcome.counterexample == {"x": Fraction(1, 3)}
    assert "second" in outcome.detail


def test_integers_in_a_model_are_exact_too() -> None:
    assert unsat(step=[z3.Int("n") == -7]).counterexample == {"n": Fraction(-7)}


def test_an_irrational_model_is_undecided() -> None:
    assert unsat(step=[X * X == 2]).verdict == Verdict.UNDECIDED


def test_unknown_is_undecided() -> None:
    a, b, c = z3.Ints("a b c")
    hard = [a > 1, b > 1, c > 1, a * a * a + b * b * b == c * c * c]
    assert unsat(seconds=0.2, step=hard).verdict == Verdict.UNDECIDED


def test_no_step_is_undecided() -> None:
    assert unsat().verdict == Verdict.UNDECIDED


def test_the_terms_mean_what_they_say() -> None:
    half = Fraction(1, 2)
    for x, value in ((Fraction(-1), 0), (Fraction(0), 0), (half / 2, half), (half, 1), (3 * half / 2, half), (Fraction(2), -2)):
        at = number(x)
        for term, expected in ((relu(at), max(x, 0)), (tent(at), value), (magnitude(at), abs(x))):
            assert unsat(step=[term != number(Fraction(expected))]).verdict == Verdict.HOLDS
