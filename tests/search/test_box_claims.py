"""Claims on boxes with 3 to 8 inputs end as HiGHS says; and what HiGHS says is right where a cell complex knows."""

from dataclasses import replace
from fractions import Fraction

import pytest

from verify.exact.cells import Box, Complex
from verify.network.builders import dense

from .box_claims import case, ending, truth

pytest.importorskip("scipy")
FEW = [1, 2, 7, 8, 12, 19, 31, 32, 36, 43]  # small ones of what a nightly run tries


@pytest.mark.parametrize("number", FEW)
def test_claims_end_as_highs_says(number: int) -> None:
    it = case(number)
    expected = truth(it)
    assert expected != "near" and ending(it) == expected


def test_every_second_kind_is_there() -> None:
    assert {truth(case(number)) for number in FEW} == {"proved", "refuted"}


@pytest.mark.parametrize("number", [12, 18, 36, 42])
def test_the_judge_is_right(number: int) -> None:
    it = case(number)
    greatest = Complex(dense(it.layers), Box.cube(-1, 1, it.inputs)).maximum.value
    assert greatest is not None
    assert truth(replace(it, bound=greatest + Fraction(1, 1000))) == "proved"
    assert truth(replace(it, bound=greatest - Fraction(1, 1000))) == "refuted"
