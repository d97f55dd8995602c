"""Cases are counted, the first failure is shown, and no cases show nothing."""

from fractions import Fraction
from itertools import product

import pytest

from verify.author.cases import all_of, most_pieces, on_every, samples, shapes, unequal, waves
from verify.theorem import Verdict, holds, refuted, undecided


def test_every_case_is_counted() -> None:
    outcome = on_every("small numbers", ((i,) for i in range(5)), lambda i: i < 5)
    assert outcome.verdict == Verdict.HOLDS
    assert outcome.detail == "5 cases, exactly: small numbers"


def test_the_first_failure_refutes() -> None:
    outcome = on_every("small numbers", ((i, 2 * i) for i in range(5)), lambda i, j: j < 6)
    assert outcome.verdict == Verdict.REFUTED
    assert outcome.counterexample == {"case": "3, 6"}


def test_no_cases_show_nothing() -> None:
    assert on_every("none", [], lambda: True).verdict == Verdict.UNDECIDED


def test_all_of_shows_the_first_that_does_not_hold() -> None:
    assert all_of(holds("a"), holds("b")).detail == "a; b"
    assert all_of(holds("a"), undecided("b"), refuted("c")).detail == "b"


def test_unequal_wants_a_difference() -> None:
    assert unequal("f", Fraction(1), Fraction(2), x=Fraction(1, 3)).counterexample == {"x": Fraction(1, 3), "found": 1, "claimed": 2}
    assert unequal("f", Fraction(1), Fraction(1), x=0).verdict == Verdict.UNDECIDED


@pytest.mark.parametrize("t", [2, 3])
@pytest.mark.parametrize(("depth", "nodes"), [(1, 4), (2, 5), (3, 7), (4, 8), (5, 3)])
def test_equal_widths_give_the_most_pieces(t: int, depth: int, nodes: int) -> None:
    found = []
    for length in range(1, depth + 1):
        for widths in product(range(1, nodes + 1), repeat=length):
            if sum(widths) <= nodes:
                value = 1
                for m in widths:
                    value *= (t - 1) * m + 1
                found.append(value)
    assert most_pieces(depth, nodes, t) == max(found)


def test_shapes_samples_and_waves_are_all_there() -> None:
    assert list(shapes(2, 2)) == [(1,), (2,), (1, 1), (1, 2), (2, 1), (2, 2)]
    assert [(widths, seed) for widths, seed, _ in samples([(1,), (2, 3)], 2)] == [((1,), 0), ((1,), 1), ((2, 3), 0), ((2, 3), 1)]
    assert len({wave.values for wave in waves(2, (Fraction(0), Fraction(1)))}) == 8
