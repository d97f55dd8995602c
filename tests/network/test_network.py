"""Network: the order, names, sizes, depth and widths of the DAG, and what cannot be one."""

import pickle
from fractions import Fraction
from pathlib import Path

import pytest

from verify.kernel.errors import BadInput, DepthproofError, OverBudget
from verify.network import builders
from verify.network.load import load
from verify.network.network import Input, Network
from verify.network.operations import OPERATIONS, Node

ONE = {"weight": ((Fraction(1),),), "bias": (Fraction(0),)}


def node(name, op, *inputs, **parameters):
    return Node(name, op, inputs, parameters)


def chain(*nodes, output="y", size=1):
    return Network((Input("x", size),), nodes, output)


def test_nodes_are_put_in_topological_order():
    network = chain(node("y", "Relu", "b"), node("a", "Gemm", "x", **ONE), node("b", "Abs", "a"))
    assert [n.name for n in network.nodes] == ["a", "b", "y"]


def test_nodes_in_order_keep_their_order():
    nodes = [node("b", "Abs", "x"), node("a", "Abs", "x"), node("y", "Add", "a", "b")]
    assert chain(*nodes).nodes == tuple(nodes)


def test_sizes():
    network = Network((Input("p", 2), Input("q", 3)), (node("c", "Concat", "p", "q", "p"), node("y", "Abs", "c")), "y")
    assert network.sizes == {"p": 2, "q": 3, "c": 7, "y": 7}
    assert (network.input_size, network.output_size) == (5, 7)


def test_depth_widths_and_units_count_relus_of_the_lowered_form():
    network = chain(node("a", "Clip", "x", min=Fraction(0), max=Fraction(1)), node("b", "Abs", "a"), node("y", "Add", "b", "x"))
    assert (network.widths, network.depth, network.units, network.skips) == ((2, 1), 2, 3, True)
    assert builders.identity().widths == ()
    assert builders.sawtooth(5).widths == (2,) * 5
    assert not builders.sawtooth(5).skips


def test_dead_nodes_are_pruned_and_do_not_change_the_hash():
    live = chain(node("y", "Abs", "x"))
    dead = chain(node("d", "Relu", "x"), node("y", "Abs", "x"), node("e", "Neg", "d"))
    assert [n.name for n in dead.pruned.nodes] == ["y"]
    assert dead.sha256 == live.sha256
    assert live.pruned.nodes == live.nodes


def test_graph_has_dead_nodes_and_is_frozen():
    network = chain(node("d", "Relu", "x"), node("y", "Abs", "x"))
    assert sorted(network.graph.edges) == [("x", "d"), ("x", "y")]
    with pytest.raises(Exception, match="rozen"):
        network.graph.add_node("z")


def test_the_output_may_be_an_input():
    network = Network((Input("x", 2),), (), "x")
    assert (network.output_size, network.depth) == (2, 0)


def test_pickle_and_equality():
    network = builders.random_network([3, 3], seed=1)
    copy = pickle.loads(pickle.dumps(network))
    assert copy == network
    assert copy.sha256 == network.sha256


def test_univariate():
    assert builders.tent().univariate() == builders.tent()
    twice = builders.concatenate(builders.tent(), builders.tent())
    for network, words in ((builders.identity(2), "one input, found 2"), (twice, "one output, found 2")):
        with pytest.raises(BadInput, match=words):
            network.univariate()


REFUSED = [
    ([node("y", "Abs", "x"), node("y", "Neg", "x")], "y", "/nodes/1/name"),
    ([node("x", "Abs", "x")], "x", "/nodes/0/name"),
    ([node("y", "Abs", "z")], "y", "/nodes/0/inputs/0"),
    ([node("y", "Abs", "x")], "z", "/output"),
    ([node("a", "Abs", "b"), node("b", "Abs", "a"), node("y", "Add", "a", "x")], "y", "/inputs"),
    ([node("y", "Sigmoid", "x")], "y", "/nodes/0/op"),
    ([node("y", "Abs", "x", "x")], "y", "/nodes/0/inputs"),
    ([node("y", "Sub", "x")], "y", "/nodes/0/inputs"),
    ([node("y", "Concat")], "y", "/nodes/0/inputs"),
    ([node("c", "Concat", "x", "x"), node("y", "Add", "c", "x")], "y", "/nodes/1/inputs"),
    ([node("y", "Gemm", "x", weight=((Fraction(1), Fraction(1)),), bias=(Fraction(0),))], "y", "/nodes/0/weight/0"),
    ([node("y", "Gemm", "x", weight=((Fraction(1),),), bias=())], "y", "/nodes/0/bias"),
    ([node("y", "Mul", "x", factor=(Fraction(1), Fraction(1)))], "y", "/nodes/0/factor"),
    ([node("y", "Clip", "x", min=Fraction(1), max=Fraction(0))], "y", "/nodes/0/min"),
]


@pytest.mark.parametrize(("nodes", "output", "place"), REFUSED)
def test_refused_with_its_place(nodes, output, place):
    with pytest.raises(BadInput) as refused:
        chain(*nodes, output=output)
    assert place in refused.value.where
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("inputs", [(), (Input("x", 0),), (Input("x", -1),), (Input("x", True),), (Input("x", 1), Input("x", 1))])
def test_refused_inputs(inputs):
    with pytest.raises(BadInput, match="/inputs"):
        Network(inputs, (), "x")


def test_a_doubling_concatenation_is_over_budget():
    nodes = [node("c0", "Concat", "x", "x")] + [node(f"c{i}", "Concat", f"c{i - 1}", f"c{i - 1}") for i in range(1, 60)]
    with pytest.raises(OverBudget, match="/nodes/21"):
        chain(*nodes, output="c59")


def test_a_wide_operation_is_lowered_to_sparse_rows():
    wide = Network((Input("x", 100_000),), (node("y", "Abs", "x"),), "y")
    assert wide.units == 100_000
    (last,) = [n for n in wide.lowered.nodes if n.op == "Gemm"]
    assert last.matrix("weight").terms == 2
    assert list(last.matrix("weight").row(7)) == [(7, 2), (100_007, -1)]
    with pytest.raises(OverBudget, match="to be written in full"):
        _ = wide.canonical


def test_every_operation_says_how_many_inputs():
    assert all(least >= 1 and most >= least for least, most in (operation.arity for operation in OPERATIONS.values()))
    assert issubclass(OverBudget, DepthproofError)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("tnet", "tnet: expected a network, found no such name; did you mean tent?"),
        ("sawtoth:3", "sawtoth:3: expected a network, found no such name; did you mean sawtooth?"),
        ("{folder}/lindx.onnx", "cannot be read: no such file or directory; did you mean {folder}/lindex.onnx?"),
        ("{folder}/lindex.onx", "expected a network, found no such name; did you mean {folder}/lindex.onnx?"),
    ],
)
def test_nearest_names(source: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "lindex.onnx").write_bytes(b"")
    with pytest.raises(BadInput) as error:
        load(source.format(folder=tmp_path))
    assert str(error.value).endswith(words.format(folder=tmp_path))
