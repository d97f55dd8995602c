"""Lowering: the form in Gemm and Relu is the same function, at random rationals and at kinks, by an evaluator of the test's own."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.network import builders
from verify.network.lower import LOWERED
from verify.network.network import Input, Network
from verify.network.operations import MATRIX, OPERATIONS, VECTOR, Node

from .naive import kinks, value

small = st.fractions(-3, 3, max_denominator=4)


@st.composite
def networks(draw, op=None):
    """A random DAG over one or two inputs, in which every operation may occur (and `op` does)."""
    inputs = tuple(Input(f"in{i}", draw(st.integers(1, 2))) for i in range(draw(st.integers(1, 2))))
    sizes = {item.name: item.size for item in inputs}
    nodes = []
    for number in range(draw(st.integers(1, 6))):
        chosen = op if op and not nodes else draw(st.sampled_from(sorted(OPERATIONS)))
        node = draw(node_of(chosen, f"node{number}", sizes))
        nodes.append(node)
        sizes[node.name] = OPERATIONS[chosen].size(node, [sizes[name] for name in node.inputs])
    return Network(inputs, tuple(nodes), draw(st.sampled_from([n.name for n in nodes])))


@st.composite
def node_of(draw, op, name, sizes):
    least, most = OPERATIONS[op].arity
    first = draw(st.sampled_from(sorted(sizes)))
    others = sorted(sizes) if op in ("Gemm", "Concat") else sorted(n for n in sizes if sizes[n] == sizes[first])
    inputs = [first, *draw(st.lists(st.sampled_from(others), min_size=least - 1, max_size=min(most, 3) - 1))]
    total, rows = sum(sizes[i] for i in inputs), draw(st.integers(1, 2))
    vector = lambda n: tuple(draw(st.lists(small, min_size=n, max_size=n)))  # noqa: E731
    if op == "Clip":
        low, high = sorted([draw(small), draw(small)])
        return Node(name, op, tuple(inputs), {"min": low, "max": high})
    parameters = {}
    for key, kind in OPERATIONS[op].parameters.items():
        if kind == MATRIX:
            parameters[key] = tuple(vector(total) for _ in range(rows))
        else:
            parameters[key] = vector(rows if op == "Gemm" else total) if kind == VECTOR else draw(small)
    return Node(name, op, tuple(inputs), parameters)


def check(network, start, end):
    low = network.lowered
    assert {node.op for node in low.nodes} <= {"Gemm", "Relu"}
    assert low.inputs == (Input("x", network.input_size),)
    assert low.nodes[-1].name == low.output
    assert low.nodes[-1].op == "Gemm"
    for point in (start, end, [Fraction(0)] * len(start), *kinks(network, start, end)):
        assert value(low, point) == value(network, point)


@pytest.mark.parametrize("op", sorted(OPERATIONS))
@given(data=st.data())
def test_the_same_function(op, data):
    network = data.draw(networks(op))
    point = st.lists(small, min_size=network.input_size, max_size=network.input_size)
    check(network, data.draw(point), data.draw(point))


def test_every_operation_is_lowered():
    assert set(LOWERED) == set(OPERATIONS)


def test_lowering_twice_is_lowering_once_in_canonical_bytes():
    network = builders.residual(builders.random_network([3, 2], seed=4))
    assert network.lowered.lowered.canonical == network.canonical


def test_names_do_not_enter_the_canonical_bytes():
    one = Network((Input("x", 1),), (Node("y", "Relu", ("x",)),), "y")
    other = Network((Input("eingang\n", 1),), (Node("n7", "Relu", ("eingang\n",)),), "n7")
    assert one.canonical == other.canonical


@pytest.mark.parametrize("size", [1, 2])
def test_an_output_that_is_an_input_or_a_concatenation(size):
    check(Network((Input("x", size),), (), "x"), [Fraction(1, 3)] * size, [Fraction(-2)] * size)
    check(Network((Input("x", size),), (Node("y", "Concat", ("x", "x")),), "y"), [Fraction(1, 3)] * size, [Fraction(-2)] * size)
