"""Builders: each network is the function that its docstring names, at rationals and at kinks."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.kernel.errors import BadInput, DepthproofError
from verify.network import builders
from verify.network.load import load

from .naive import value

rationals = st.fractions(-2, 2, max_denominator=64)
F = Fraction


def tent(x):
    return 2 * max(x, 0) - 2 * max(2 * x - 1, 0)


def at(network, *point):
    (result,) = value(network, [F(x) for x in point])
    return result


@given(rationals, st.integers(0, 6))
def test_sawtooth(x, k):
    expected = x
    for _ in range(k):
        expected = tent(expected)
    assert at(builders.sawtooth(k), x) == expected


@pytest.mark.parametrize("k", range(6))
def test_sawtooth_at_its_kinks(k):
    assert [at(builders.sawtooth(k), F(i, 2**k)) for i in range(2**k + 1)] == [i % 2 if k else i for i in range(2**k + 1)]


@given(st.fractions(0, 1, max_denominator=50), st.integers(0, 5))
def test_square_is_near_the_square(x, m):
    assert 0 <= at(builders.square(m), x) - x * x <= F(1, 4 ** (m + 1))


@pytest.mark.parametrize("m", range(5))
def test_square_is_attained_at_dyadic_points_and_farthest_between(m):
    assert all(at(builders.square(m), F(i, 2**m)) == F(i, 2**m) ** 2 for i in range(2**m + 1))
    assert at(builders.square(m), F(1, 2 ** (m + 1))) - F(1, 2 ** (m + 1)) ** 2 == F(1, 4 ** (m + 1))


@given(rationals, rationals, rationals)
def test_algebra(x, c, t):
    f, g = builders.random_network([3], seed=1), builders.random_network([2, 2], seed=2)
    fx, gx = at(f, x), at(g, x)
    assert at(builders.add(f, g, f), x) == 2 * fx + gx
    assert at(builders.subtract(f, g), x) == fx - gx
    assert at(builders.scale(f, c), x) == c * fx
    assert at(builders.compose(f, g), x) == at(f, gx)
    assert at(builders.residual(f), x) == x + fx
    assert value(builders.concatenate(f, g), [x]) == [fx, gx]
    assert at(builders.component(builders.concatenate(f, g), 1), x) == gx
    h = builders.random_network([4], seed=3, inputs=2)
    assert at(builders.on_line(h, [x, c], [c, 1]), t) == at(h, x + t * (c - x), c + t * (1 - c))
    assert at(builders.subtract(builders.identity(), f), x) == x - fx
    assert at(builders.constant(c, 3), x, t, c) == c


def test_several_inputs_are_read_in_order():
    from verify.network.network import Input, Network
    from verify.network.operations import Node

    difference = Network((Input("b", 1), Input("a", 1)), (Node("y", "Sub", ("b", "a")),), "y")
    assert at(builders.compose(difference, builders.identity(2)), 5, 3) == 2
    assert at(builders.add(difference, difference), 5, 3) == 4
    assert at(builders.on_line(difference, [0, 0], [2, 3]), 1) == -1


def test_skip_reads_all_earlier_layers():
    network = builders.skip([([[1]], [-1]), ([[1, 1]], [0]), ([[1, 10, 100]], [7])])
    x = F(3)
    first = x - 1
    assert at(network, x) == x + 10 * first + 100 * (x + first) + 7
    assert network.skips


def test_random_networks_are_the_same_everywhere():
    network = builders.random_network([3, 2], seed=7, skips=True, inputs=2)
    assert network.sha256 == builders.random_network([3, 2], seed=7, skips=True, inputs=2).sha256
    assert network.sha256 != builders.random_network([3, 2], seed=8, skips=True, inputs=2).sha256
    assert builders.random_network([5], seed=0).sha256 == load("random:5:0").sha256 == load("random:5").sha256


def test_floats_are_the_binary_fractions_that_they_are():
    assert at(builders.affine([[0.1]], [0]), 1) == F(3602879701896397, 36028797018963968)


REFUSED = [
    lambda: builders.dense([]),
    lambda: builders.skip([]),
    lambda: builders.skip([([], [])]),
    lambda: builders.dense([([], [])]),
    lambda: builders.dense([([[]], [0])]),
    lambda: builders.dense([([[1, 2], [3]], [0, 0])]),
    lambda: builders.affine([[True]], [0]),
    lambda: builders.affine([["1"]], [0]),
    lambda: builders.affine([[float("nan")]], [0]),
    lambda: builders.affine([[float("inf")]], [0]),
    lambda: builders.sawtooth(-1),
    lambda: builders.sawtooth(True),
    lambda: builders.square(-1),
    lambda: builders.random_network([0], seed=0),
    lambda: builders.compose(builders.identity(2), builders.tent()),
    lambda: builders.add(),
    lambda: builders.add(builders.identity(1), builders.identity(2)),
    lambda: builders.component(builders.tent(), 1),
    lambda: builders.component(builders.tent(), -1),
    lambda: builders.on_line(builders.tent(), [0, 0], [1]),
]


@pytest.mark.parametrize("build", REFUSED)
def test_refused(build):
    with pytest.raises(BadInput) as refused:
        build()
    assert "\n" not in str(refused.value)


BAD_NAMES = {
    "tent": ["1"],
    "sawtooth": ["", "-1", "x", "1/2", "100001", "01", " 1"],
    "square": ["", "1e3", "5001"],
    "constant": ["", "0.5", "1/0", "2/4"],
    "random": ["0", "8-:1", "-8", "8:x", "99999-99999", "8:1:2"],
    "nothing": [""],
}


@pytest.mark.parametrize("name", [f"{name}:{rest}" for name, all_of_it in BAD_NAMES.items() for rest in all_of_it])
def test_refused_names(name):
    with pytest.raises(DepthproofError) as refused:
        load(name)
    assert str(refused.value).startswith(name)
    assert "\n" not in str(refused.value)
    assert refused.value.exit_code in (2, 3)


def test_named():
    assert at(load("constant:-3/4"), 5) == F(-3, 4)
    assert at(load("square:1"), F(1, 2)) == F(1, 4)
    assert load("sawtooth:1").sha256 == load("tent").sha256
