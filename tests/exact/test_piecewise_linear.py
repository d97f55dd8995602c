"""PiecewiseLinear: values, merging, arithmetic, integrals, crossings, by hand and against evaluation at many points."""

import itertools
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.exact import Extremum, Interval, PiecewiseLinear
from verify.kernel.errors import BadInput

SMALL = st.fractions(min_value=-3, max_value=3, max_denominator=6)


@st.composite
def functions(draw: st.DrawFn) -> PiecewiseLinear:
    inside = draw(st.lists(st.fractions(min_value=0, max_value=1, max_denominator=8), unique=True, max_size=7))
    points = sorted({F(0), *inside, F(1)})
    return PiecewiseLinear(tuple(points), tuple(draw(SMALL) for _ in points))


TENT = PiecewiseLinear((0, F(1, 2), 1), (0, 1, 0))


@pytest.mark.parametrize("ends", [(0, 0), (1, 0), (F(1, 3), F(1, 3))])
def test_empty_and_degenerate_intervals_are_refused(ends) -> None:
    with pytest.raises(BadInput, match="from a lower to a higher end"):
        Interval(*ends)


@pytest.mark.parametrize(("breakpoints", "values"), [((0,), (0,)), ((0, 1), (0,)), ((0, 0), (1, 1)), ((0, 2, 1), (0, 0, 0))])
def test_malformed_functions_are_refused(breakpoints, values) -> None:
    with pytest.raises(BadInput):
        PiecewiseLinear(breakpoints, values)


def test_outside_the_interval_is_refused() -> None:
    with pytest.raises(BadInput, match=r"expected a point of \[0, 1\], found 2"):
        TENT(F(2))
    with pytest.raises(BadInput):
        TENT.on(Interval(0, 2))
    with pytest.raises(BadInput, match="on one interval"):
        TENT - PiecewiseLinear((0, 2), (0, 0))


def test_tent() -> None:
    assert TENT.pieces == 2
    assert TENT.slopes == (2, -2)
    assert TENT.interior == (F(1, 2),)
    assert TENT.integral() == F(1, 2) == TENT.l1()
    assert TENT.sup() == TENT.maximum == Extremum(F(1), F(1, 2))
    assert TENT.minimum == Extremum(F(0), F(0))
    assert TENT(F(3, 4)) == F(1, 2)


def test_collinear_breakpoints_do_not_count() -> None:
    same = PiecewiseLinear((0, F(1, 4), F(1, 2), F(7, 8), 1), (0, F(1, 2), 1, F(1, 4), 0))
    assert same.pieces == 2
    assert same == TENT
    assert hash(same) == hash(TENT)
    assert same.merged().breakpoints == TENT.breakpoints


def test_crossing_touching_and_lying_on_a_level() -> None:
    f = PiecewiseLinear(range(8), (1, 0, 1, -1, 0, 0, 2, 0))
    meets = f.crossings(F(0))
    assert meets.crossed == ((F(5, 2), F(5, 2)), (F(4), F(5)))
    assert meets.touched == ((F(1), F(1)), (F(7), F(7)))
    assert meets.count == 2
    assert TENT.crossings(F(1, 2)).crossed == ((F(1, 4), F(1, 4)), (F(3, 4), F(3, 4)))
    assert TENT.crossings(F(1)).touched == ((F(1, 2), F(1, 2)),)
    flat = PiecewiseLinear((0, 1), (0, 0)).crossings()
    assert (flat.crossed, flat.touched) == ((), ((F(0), F(1)),))


@given(functions(), functions())
def test_arithmetic_is_pointwise(f: PiecewiseLinear, g: PiecewiseLinear) -> None:
    for i in range(17):
        x = F(i, 16)
        assert (f + g)(x) == f(x) + g(x)
        assert (f - g)(x) == f(x) - g(x)
        assert f.merged()(x) == f(x)
    assert (f - g) + g == f
    assert (f + g).integral() == f.integral() + g.integral()


@given(functions())
def test_absolute_integral_splits_at_the_crossings(f: PiecewiseLinear) -> None:
    meets = f.crossings()
    points = sorted({*f.breakpoints, *(x for place in (*meets.crossed, *meets.touched) for x in place)})
    folded = PiecewiseLinear(tuple(points), tuple(abs(f(x)) for x in points))
    assert f.l1() == folded.integral()
    assert f.sup() == folded.maximum
    values = [f(F(i, 96)) for i in range(97)]
    signs = [value > 0 for value in values if value != 0]
    assert sum(a != b for a, b in itertools.pairwise(signs)) <= meets.count


@given(functions(), st.fractions(0, 1, max_denominator=9), st.fractions(0, 1, max_denominator=9))
def test_restriction(f: PiecewiseLinear, a: F, b: F) -> None:
    if a < b:
        part = f.on(Interval(a, b))
        assert part.interval == Interval(a, b)
        assert all(part(a + (b - a) * F(i, 16)) == f(a + (b - a) * F(i, 16)) for i in range(17))


def test_shown_in_a_notebook() -> None:
    assert r"2\,x + 0 & 0 \le x \le \tfrac{1}{2}" in TENT._repr_latex_()
    assert "2 affine pieces on [0, 1]" in TENT._repr_html_()
    assert "2 pieces" in repr(TENT)
    assert r"40 affine pieces" in PiecewiseLinear(range(41), [i % 2 for i in range(41)])._repr_latex_()
