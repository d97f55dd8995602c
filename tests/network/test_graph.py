"""The graph made from a network at hand is the one that the kernel reads in its canonical bytes."""

from pathlib import Path

import pytest
from hypothesis import given

from verify.claim import unlimited
from verify.kernel.errors import BadInput
from verify.kernel.network import Graph
from verify.network.builders import maximum, random_network, sawtooth, tent
from verify.network.graph import Graphs
from verify.network.load import load

from .test_lower import networks

TRAINED = sorted(Path(__file__).parents[1].glob("networks/*.onnx"))


def same(*several):
    ours, theirs = Graphs(unlimited()), Graph(unlimited())
    assert [ours.read(it) for it in several] == [theirs.read(it.canonical) for it in several]
    found = (ours.graph.inputs, ours.graph.size, ours.graph.units)
    assert found == (theirs.inputs, theirs.size, theirs.units)


@given(networks())
def test_any_network(network):
    same(network)


def test_several_networks_with_one_input():
    same(tent(), sawtooth(3), random_network([5, 4], 1))
    same(maximum(3), random_network([4], 2, inputs=3))


@pytest.mark.parametrize("path", TRAINED, ids=lambda path: path.stem)
def test_trained_networks(path):
    same(load(path))


def test_networks_with_other_inputs_are_refused():
    graphs = Graphs(unlimited())
    graphs.read(tent())
    with pytest.raises(BadInput, match=r"one input x, of the same size in all networks, found .x of size 3"):
        graphs.read(maximum(3))
