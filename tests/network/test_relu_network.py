"""relu-network/1: what is written is read back, the same network gives the same bytes, and the tent's hash is pinned."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.kernel.errors import BadInput
from verify.network import builders
from verify.network.load import load
from verify.network.relu_network import read, written

from .naive import value
from .test_lower import networks

DESIGN = """{"format": "relu-network/1", "inputs": [{"name": "x", "size": 1}], "nodes": [{"name": "z", "op": "Gemm", "inputs": ["x"],
  "weight": [["1"], ["2"]], "bias": ["0", "-1"]}, {"name": "a", "op": "Relu", "inputs": ["z"]}, {"name": "y", "op": "Gemm",
  "inputs": ["a"], "weight": [["2", "-2"]], "bias": ["0"]}], "output": "y"}"""
TENT = (
    b'{"format":"relu-network/1","inputs":[{"name":"x","size":1}],"nodes":[{"name":"n0","op":"Gemm","inputs":["x"],'
    b'"weight":[["1"],["2"]],"bias":["0","-1"]},{"name":"n1","op":"Relu","inputs":["n0"]},{"name":"n2","op":"Gemm","inputs":["n1"],'
    b'"weight":[["2","-2"]],"bias":["0"]}],"output":"n2"}\n'
)


def test_the_example_of_the_format_is_the_tent():
    assert read(DESIGN.encode()).sha256 == builders.tent().sha256


def test_the_tent_is_pinned():
    assert builders.tent().canonical == TENT
    assert builders.tent().sha256 == "88e7c426b4d839876902c35ea523acac5d5ecec2a6a4c3ff917eab8b349aca63"


@given(networks())
def test_round_trip(network):
    assert read(written(network)) == network
    assert written(read(written(network))) == written(network)
    assert read(network.canonical).canonical == network.canonical


def test_nodes_may_come_in_any_order():
    document = json.loads(DESIGN)
    document["nodes"].reverse()
    assert read(json.dumps(document).encode()).sha256 == builders.tent().sha256


def test_numbers_of_any_length():
    long = Fraction(10**6000 + 1, 3**9000)
    network = builders.constant(long)
    assert value(read(written(network)), [Fraction(0)]) == [long]


@pytest.mark.parametrize("name", ["é", "a b", "n\t", '"', "\x00", "😀", "<script>"])
def test_any_text_may_be_a_name(name):
    document = DESIGN.replace('"z"', json.dumps(name))
    assert written(read(document.encode())).isascii()
    assert read(document.encode()).nodes[0].name == name


def test_load_adds_the_file_to_the_place(tmp_path: Path):
    file = tmp_path / "net.json"
    file.write_text(DESIGN.replace('"-1"', '"1e3"'))
    with pytest.raises(BadInput) as refused:
        load(file)
    assert str(refused.value) == f'{file}: /nodes/0/bias/1: expected a rational such as "-3/4", found "1e3"'
    file.write_text(DESIGN)
    assert load(str(file)).sha256 == load("tent").sha256


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data):
    with pytest.raises(BadInput) as refused:
        read(data)
    assert "\n" not in str(refused.value)
