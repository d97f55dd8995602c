"""ONNX: every operator and flag against ONNX's own reference evaluator, at points where float arithmetic is exact."""

import re
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from verify.kernel.errors import BadInput, DepthproofError
from verify.network import builders
from verify.network.load import load

from .naive import value

numpy = pytest.importorskip("numpy")
onnx = pytest.importorskip("onnx", reason="wants the package onnx")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402
from onnx.reference import ReferenceEvaluator  # noqa: E402

from verify.network.onnx.model import read  # noqa: E402

OWN = Path(__file__).parent.parent / "networks"
F32 = numpy.float32


def array(values, kind=F32):
    return numpy.array(values, dtype=kind)


def model(nodes, constants=(), inputs=(("x", [1, 4]),), outputs=("y",), opset=20, kind=TensorProto.FLOAT, **graph):
    """A model of these nodes; `constants` is a dict of arrays."""
    info = [helper.make_tensor_value_info(name, kind, shape) for name, shape in inputs]
    out = [helper.make_tensor_value_info(name, kind, None) for name in outputs]
    stored = [numpy_helper.from_array(array, name) for name, array in dict(constants).items()]
    made = helper.make_graph(nodes, "g", info, out, stored, **graph)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", opset)], ir_version=9)


def node(op, *inputs, out="y", **attributes):
    return helper.make_node(op, list(inputs), [out] if type(out) is str else out, **attributes)


def same(made, sizes, kind=F32, batch=1):
    """The network read is what the reference evaluator computes, at dyadic points with negative, zero and positive entries."""
    network, reference = read(made.SerializeToString()), ReferenceEvaluator(made)
    grid = [-2, -0.5, 0, 0.5, 1, 3]
    for shift in range(8):
        feed, point = {}, []
        for name, shape in sizes:
            count = int(numpy.prod(shape))
            entries = [grid[(5 * i + 7 * shift + i * i * shift) % 6] for i in range(count)]
            feed[name] = numpy.array(entries, dtype=kind).reshape(shape)
            point += [Fraction(entry) for entry in entries]
        wanted = reference.run(None, feed)[0]
        assert value(network, point) == [Fraction(float(entry)) for entry in wanted.ravel()]
    return network


X = array([[1, -2, 0.5], [0, 1, 4], [3, 0.25, -1], [-0.5, 2, 1]])  # (4, 3)
B = array([1, -1, 0.5])
V = array([2, -0.5, 1, 4])
I64 = numpy.int64

CASES = {
    "Gemm": ([node("Gemm", "x", "w", "b")], {"w": X, "b": B}),
    "Gemm without bias": ([node("Gemm", "x", "w")], {"w": X}),
    "Gemm with transB": ([node("Gemm", "x", "w", "b", transB=1)], {"w": X.T.copy(), "b": B}),
    "Gemm with alpha and beta": ([node("Gemm", "x", "w", "b", alpha=0.5, beta=-2.0)], {"w": X, "b": B}),
    "Gemm with transA": ([node("Transpose", "x", out="t"), node("Gemm", "t", "w", "b", transA=1)], {"w": X, "b": B}),
    "Gemm with a constant left": ([node("Gemm", "w", "x", transA=1, transB=1, alpha=2.0)], {"w": X}),
    "Gemm with a scalar bias": ([node("Gemm", "x", "w", "b")], {"w": X, "b": array(3)}),
    "Gemm with a variable bias": ([node("Gemm", "x", "w", "x", beta=0.5)], {"w": array(numpy.outer(V, V))}),
    "MatMul and Add": ([node("MatMul", "x", "w", out="m"), node("Add", "m", "b")], {"w": X, "b": B}),
    "Add, the constant first": ([node("MatMul", "x", "w", out="m"), node("Add", "b", "m")], {"w": X, "b": B}),
    "MatMul with a constant left": ([node("Transpose", "x", out="t"), node("MatMul", "w", "t")], {"w": X.T.copy()}),
    "MatMul by a vector": ([node("MatMul", "x", "v")], {"v": V}),
    "MatMul of a vector": ([node("Squeeze", "x", "zero", out="v"), node("MatMul", "v", "w")], {"w": X, "zero": array([0], I64)}),
    "a constant MatMul a vector": ([node("Squeeze", "x", out="v"), node("MatMul", "w", "v")], {"w": X.T.copy()}),
    "MatMul of rearranged rows": (
        [node("Reshape", "x", "s", out="r"), node("Transpose", "r", out="t"), node("MatMul", "t", "w")],
        {"s": array([2, 2], I64), "w": X[:2]},
    ),
    "MatMul of two constants": ([node("MatMul", "v", "w", out="c"), node("Gemm", "x", "c")], {"v": X, "w": X.T.copy()}),
    "MatMul keeps more dimensions": (
        [node("Unsqueeze", "x", "a", out="u"), node("MatMul", "u", "w")],
        {"w": X, "a": array([0, 1], I64)},
    ),
    "normalisation": (
        [node("Sub", "x", "m", out="s"), node("Div", "s", "d", out="q"), node("Mul", "q", "f", out="p"), node("Add", "p", "m")],
        {"m": V, "d": array([[2, 4, 0.5, 1]]), "f": array(3)},
    ),
    "Sub from a constant": ([node("Sub", "c", "x")], {"c": V}),
    "Mul, the constant first": ([node("Mul", "c", "x")], {"c": V}),
    "Sub of two": ([node("Abs", "x", out="a"), node("Sub", "x", "a")], {}),
    "residual Add": ([node("Relu", "x", out="a"), node("Add", "x", "a")], {}),
    "Add of itself": ([node("Add", "x", "x")], {}),
    "Add that widens": ([node("Transpose", "x", out="t"), node("Add", "x", "t")], {}),
    "arithmetic of constants": (
        [node("Add", "c", "d", out="e"), node("Mul", "e", "d", out="g"), node("Sub", "g", "c", out="h"), node("Mul", "h", "x")],
        {"c": V, "d": array(0.5)},
    ),
    "Neg": ([node("Neg", "x")], {}),
    "Neg of a constant": ([node("Neg", "c", out="n"), node("Add", "x", "n")], {"c": V}),
    "Sum": ([node("Sum", "x", "c", "x", "d")], {"c": V, "d": array(1)}),
    "Mean": ([node("Abs", "x", out="a"), node("Mean", "x", "a")], {}),
    "Mean of four": ([node("Abs", "x", out="a"), node("Mean", "x", "a", "c", "x")], {"c": V}),
    "Concat": ([node("Abs", "x", out="a"), node("Concat", "x", "a", axis=1)], {}),
    "Concat of rows": ([node("Abs", "x", out="a"), node("Concat", "x", "a", axis=0, out="c"), node("Transpose", "c")], {}),
    "Concat with a constant": ([node("Concat", "c", "x", axis=-1)], {"c": array([[7, 8]])}),
    "Flatten": ([node("Flatten", "x", out="f"), node("Gemm", "f", "w")], {"w": X}),
    "Flatten at 0": ([node("Flatten", "x", axis=0)], {}),
    "Flatten at -1": ([node("Flatten", "x", axis=-1)], {}),
    "Reshape": ([node("Reshape", "x", "s", out="r"), node("Transpose", "r", perm=[1, 0])], {"s": array([2, -1], I64)}),
    "Reshape that copies": ([node("Reshape", "x", "s")], {"s": array([0, 2, 2], I64)}),
    "Squeeze": ([node("Squeeze", "x")], {}),
    "Unsqueeze": ([node("Unsqueeze", "x", "a")], {"a": array([-1], I64)}),
    "Identity": ([node("Identity", "x")], {}),
    "Cast": ([node("Cast", "x", to=TensorProto.DOUBLE, out="d"), node("Cast", "d", to=TensorProto.FLOAT)], {}),
    "Cast of a constant": (
        [node("Cast", "c", to=TensorProto.FLOAT, out="d"), node("Add", "x", "d")],
        {"c": array([1, 2, 3, 4], I64)},
    ),
    "Transpose of a constant": ([node("Transpose", "w", out="t"), node("MatMul", "x", "t")], {"w": X.T.copy()}),
    "Dropout": ([node("Dropout", "x")], {}),
    "Dropout with a mask and a ratio": ([node("Dropout", "x", "r", out=["y", "mask"])], {"r": array(0.5)}),
    "Expand": ([node("Expand", "x", "s")], {"s": array([2, 4], I64)}),
    "Slice": ([node("Slice", "x", "s", "e", "a", "t")], {k: array([v], I64) for k, v in zip("seat", (3, 0, 1, -2))}),
    "Slice, open": (
        [node("Slice", "x", "s", "e", "a")],
        {"s": array([1], I64), "e": array([2**63 - 1], I64), "a": array([-1], I64)},
    ),
    "Slice, reversed": (
        [node("Slice", "x", "s", "e", "a", "t")],
        {k: array([v], I64) for k, v in zip("seat", (-1, -(2**63), 1, -1))},
    ),
    "Slice without axes": ([node("Slice", "x", "s", "e")], {"s": array([0, -2], I64), "e": array([1, 4], I64)}),
    "Gather": ([node("Gather", "x", "i", axis=1)], {"i": array([2, -1, 2], I64)}),
    "Gather of one": ([node("Gather", "x", "i", axis=1, out="g"), node("Relu", "g")], {"i": array(1, I64)}),
    "Split": ([node("Split", "x", "s", axis=1, out=["a", "b"]), node("Concat", "b", "a", axis=1)], {"s": array([1, 3], I64)}),
    "Split in equal parts": ([node("Split", "x", axis=1, num_outputs=2, out=["a", "b"]), node("Sub", "b", "a")], {}),
    "Split in unequal parts": (
        [
            node("Gather", "x", "i", axis=1, out="g"),
            node("Split", "g", axis=1, num_outputs=2, out=["a", "b"]),
            node("Sub", "b", "a"),
        ],
        {"i": array([0, 1, 3], I64)},
    ),
    "a scalar Gather of a constant": ([node("Gather", "c", "i", out="g"), node("Mul", "x", "g")], {"c": V, "i": array(1, I64)}),
    "a scalar Gather of a vector": (
        [node("Squeeze", "x", out="v"), node("Gather", "v", "i", out="g"), node("Neg", "g", out="n"), node("Max", "x", "n")],
        {"i": array(1, I64)},
    ),
    "division of integers, as exporters compute halves": (
        [
            node("Shape", "x", out="s"),
            node("Gather", "s", "one", out="n"),
            node("Add", "n", "one", out="m"),
            node("Div", "m", "two", out="h"),
            node("Unsqueeze", "h", "axis", out="e"),
            node("Slice", "x", "axis", "e", "one_axis"),
        ],
        {"one": array(1, I64), "two": array(2, I64), "axis": array([0], I64), "one_axis": array([1], I64)},
    ),
    "division of constants": ([node("Div", "c", "d", out="q"), node("Add", "x", "q")], {"c": array([1, 3, -6, 2]), "d": array(4)}),
    "division of integers": (
        [node("Div", "c", "d", out="q"), node("Cast", "q", to=TensorProto.FLOAT, out="f"), node("Add", "x", "f")],
        {"c": array([1, 3, 6, 9], I64), "d": array(2, I64)},
    ),
    "scalars": (
        [node("Add", "c", "c", out="d"), node("Mul", "d", "c", out="e"), node("Neg", "e", out="n"), node("PRelu", "x", "n")],
        {"c": array(0.5)},
    ),
    "Shape": (
        [
            node("Shape", "x", out="s"),
            node("Gather", "s", "i", out="n"),
            node("Concat", "n", "m", axis=0, out="t"),
            node("Reshape", "x", "t"),
        ],
        {"i": array([0], I64), "m": array([-1], I64)},
    ),
    "Constant": ([node("Constant", out="c", value=numpy_helper.from_array(V)), node("Add", "x", "c")], {}),
    "Constant of a float": ([node("Constant", out="c", value_float=0.5), node("Add", "x", "c")], {}),
    "Constant of floats": ([node("Constant", out="c", value_floats=[1.0, 2.0, 3.0, 4.0]), node("Add", "x", "c")], {}),
    "Constant of an int": ([node("Constant", out="c", value_int=1), node("Gather", "x", "c", axis=1)], {}),
    "Constant of ints": ([node("Constant", out="c", value_ints=[2, 2]), node("Reshape", "x", "c")], {}),
    "ConstantOfShape": (
        [node("ConstantOfShape", "s", out="c", value=numpy_helper.from_array(array([2]))), node("Max", "x", "c")],
        {"s": array([1, 4], I64)},
    ),
    "Relu": ([node("Relu", "x")], {}),
    "Relu of a constant": ([node("Relu", "c", out="r"), node("Add", "r", "x")], {"c": V}),
    "Abs": ([node("Abs", "x")], {}),
    "LeakyRelu": ([node("LeakyRelu", "x", alpha=0.25)], {}),
    "LeakyRelu with a negative slope": ([node("LeakyRelu", "x", alpha=-2.0)], {}),
    "PRelu": ([node("PRelu", "x", "a")], {"a": array(0.5)}),
    "PRelu with slopes": ([node("PRelu", "x", "a")], {"a": array([0.5, 2, -1, 0])}),
    "Max": ([node("Neg", "x", out="n"), node("Max", "x", "n", "c", "d")], {"c": V, "d": array(0.5)}),
    "Max with a constant": ([node("Max", "c", "x")], {"c": array(0.5)}),
    "Max of one": ([node("Max", "x")], {}),
    "Min": ([node("Neg", "x", out="n"), node("Min", "x", "n", "c")], {"c": V}),
    "Min with a constant": ([node("Min", "x", "c")], {"c": V}),
    "Min of constants": ([node("Min", "c", "d", out="m"), node("Add", "x", "m")], {"c": V, "d": array(1)}),
    "Clip": ([node("Clip", "x", "l", "h")], {"l": array(-0.5), "h": array(1)}),
    "Clip from below": ([node("Clip", "x", "l")], {"l": array(0.5)}),
    "Clip from above": ([node("Clip", "x", "", "h")], {"h": array(0.5)}),
    "Clip nowhere": ([node("Clip", "x")], {}),
    "HardSigmoid": ([node("HardSigmoid", "x", alpha=0.25, beta=0.5)], {}),
    "BatchNormalization": (
        [node("BatchNormalization", "x", "s", "b", "m", "v", epsilon=0.0)],
        {"s": V, "b": array([1, 0, -1, 2]), "m": array([0.5, 0, 1, -1]), "v": array([0.25, 4, 1, 16])},
    ),
    "a name of 300 letters": ([node("Relu", "x", out="a" * 300), node("Neg", "a" * 300)], {}),
}
OLD = {  # operators as they were, and the opset
    "Clip": (6, [node("Clip", "x", min=-0.5, max=1.0)], {}),
    "Slice": (9, [node("Slice", "x", starts=[1], ends=[3], axes=[1])], {}),
    "Squeeze": (11, [node("Squeeze", "x", axes=[0])], {}),
    "Unsqueeze": (11, [node("Unsqueeze", "x", axes=[2])], {}),
    "Split": (11, [node("Split", "x", axis=1, split=[1, 3], out=["a", "b"]), node("Add", "b", "a")], {}),
    "Dropout": (10, [node("Dropout", "x", ratio=0.5)], {}),
    "Gemm": (9, [node("Gemm", "x", "w", "b")], {"w": X, "b": B}),
}


@pytest.mark.parametrize("name", CASES)
def test_the_reference_evaluator_agrees(name):
    nodes, constants = CASES[name]
    same(model(nodes, constants), [("x", [1, 4])])


@pytest.mark.parametrize("name", OLD)
def test_the_reference_evaluator_agrees_on_old_opsets(name):
    opset, nodes, constants = OLD[name]
    same(model(nodes, constants, opset=opset), [("x", [1, 4])])


def test_old_dropout_and_reshape_forms():
    relu = model([node("Dropout", "x", is_test=1, out="d"), node("Reshape", "d", shape=[4])], opset=4)
    assert value(read(relu.SerializeToString()), [Fraction(i) for i in range(4)]) == [0, 1, 2, 3]


@pytest.mark.parametrize("kind", [TensorProto.FLOAT16, TensorProto.BFLOAT16, TensorProto.FLOAT, TensorProto.DOUBLE])
def test_weights_are_the_binary_fractions_that_they_are(kind):
    tenth = helper.make_tensor("w", kind, [1, 1], [0.1])
    graph = helper.make_graph(
        [node("MatMul", "x", "w")],
        "g",
        [helper.make_tensor_value_info("x", kind, [1, 1])],
        [helper.make_tensor_value_info("y", kind, [1, 1])],
        [tenth],
    )
    network = read(helper.make_model(graph).SerializeToString())
    stored = {
        TensorProto.FLOAT16: Fraction(819, 8192),
        TensorProto.BFLOAT16: Fraction(205, 2048),
        TensorProto.FLOAT: Fraction(13421773, 134217728),
        TensorProto.DOUBLE: Fraction(3602879701896397, 36028797018963968),
    }
    assert value(network, [Fraction(1)]) == [stored[kind]]


def test_the_default_slope_is_the_float32():
    network = read(model([node("LeakyRelu", "x")], inputs=[("x", [1, 1])]).SerializeToString())
    assert value(network, [Fraction(-1)]) == [-Fraction(5368709, 536870912)]


def test_several_inputs_are_read_in_the_order_of_the_file():
    inputs = [("p", [1, 2]), ("q", [1, 3])]
    made = model([node("Concat", "q", "p", axis=1, out="c"), node("Relu", "c")], inputs=inputs)
    network = same(made, inputs)
    assert [(item.name, item.size) for item in network.inputs] == [("p", 2), ("q", 3)]


def test_weights_given_as_inputs_with_initializers():
    made = model([node("MatMul", "x", "w")], {"w": X}, inputs=[("w", [4, 3]), ("x", [1, 4])])
    assert [item.name for item in same(made, [("x", [1, 4])]).inputs] == ["x"]


@pytest.mark.parametrize("batch", ["N", "", 1])
def test_a_symbolic_batch_is_one(batch):
    made = model([node("Gemm", "x", "w")], {"w": X}, inputs=[("x", [batch or None, 4])])
    same(made, [("x", [1, 4])])


@pytest.mark.parametrize("shape", [[4], [2, 2], [1, 1, 1, 4], [1, 2, 2]])
def test_inputs_of_any_shape(shape):
    made = model(
        [node("Reshape", "x", "s", out="f"), node("Gemm", "f", "w", "b")],
        {"s": array([1, 4], I64), "w": X, "b": B},
        inputs=[("x", shape)],
    )
    same(made, [("x", shape)])


def test_dead_nodes_are_not_looked_at():
    network = read(model([node("Sigmoid", "x", out="s"), node("Relu", "x")]).SerializeToString())
    assert [made.op for made in network.nodes] == ["Relu"]


def test_a_constant_output():
    network = read(model([node("Constant", out="y", value_floats=[1.0, 2.5])]).SerializeToString())
    assert value(network, [Fraction(0)] * 4) == [1, Fraction(5, 2)]


def test_an_affine_chain_is_one_gemm_a_layer():
    network = read(
        model([node("MatMul", "x", "w", out="m"), node("Add", "m", "b", out="z"), node("Relu", "z")], {"w": X, "b": B}).SerializeToString()
    )
    assert [made.op for made in network.nodes] == ["Gemm", "Relu"]


def test_one_of_several_outputs_may_be_chosen():
    made = model([node("Relu", "x", out="a"), node("Neg", "a", out="b")], outputs=["a", "b"])
    with pytest.raises(BadInput, match='expected one output, found 2: "a", "b"'):
        read(made.SerializeToString())
    assert len(read(made.SerializeToString(), output="b").nodes) == 2
    with pytest.raises(BadInput, match='found "c"'):
        read(made.SerializeToString(), output="c")


@pytest.mark.parametrize("file", sorted(OWN.glob("*.onnx")), ids=lambda file: file.stem)
def test_our_trained_networks(file):
    """float32 runs rounded; the exact value lies within the rounding of it."""
    network, reference = load(file), ReferenceEvaluator(onnx.load(file))
    for i in range(9):
        (wanted,) = reference.run(None, {"x": array([[i / 8]])})[0].ravel()
        (exact,) = value(network, [Fraction(i, 8)])
        assert abs(exact - Fraction(float(wanted))) < Fraction(1, 1000)


def test_a_dense_model_is_the_network_of_its_layers():
    layers = [(X.T, B), (array([[1, 2, 3]]), array([0.5]))]
    made = model(
        [node("Gemm", "x", "w", "b", transB=1, out="z"), node("Relu", "z", out="a"), node("Gemm", "a", "u", "c", transB=1)],
        {"w": X.T.copy(), "b": B, "u": layers[1][0], "c": layers[1][1]},
    )
    assert read(made.SerializeToString()).sha256 == builders.dense([(w.tolist(), b.tolist()) for w, b in layers]).sha256


THIRD_PARTY = {
    "ACASXU_run2a_1_1_batch_2000.onnx": (5, [50] * 6, 5),
    "lindex.onnx": (1, [128] * 3, 1),
    "lindex_deep.onnx": (1, [128] * 5, 1),
    "test_nano.onnx": (1, [1], 1),
    "test_small.onnx": (1, [2, 2], 1),
    "test_tiny.onnx": (1, [1], 1),
    "fc_2-2-3.onnx": (2, [2], 3),
}


@pytest.mark.parametrize("name", THIRD_PARTY)
def test_third_party(networks, name):
    path = next(path for path in (networks / name, networks / "acas" / name) if path.is_file())
    network = load(path)
    assert (network.input_size, list(network.widths), network.output_size) == THIRD_PARTY[name]
    made = onnx.load(path)
    weights = {item.name for item in made.graph.initializer}
    (entry,) = [item for item in made.graph.input if item.name not in weights]
    shape = [size.dim_value or 1 for size in entry.type.tensor_type.shape.dim]
    for shift in product([-1, 0.25, 1], repeat=min(2, network.input_size)):
        point = [shift[i % len(shift)] / (i + 1) for i in range(network.input_size)]
        wanted = ReferenceEvaluator(made).run(None, {entry.name: array(point).reshape(shape)})[0].ravel()
        exact = value(network, [Fraction(float(F32(x))) for x in point])
        assert all(abs(e - Fraction(float(w))) <= Fraction(1, 1000) * max(1, abs(e)) for e, w in zip(exact, wanted, strict=True))


def test_third_party_refused(networks):
    with pytest.raises(BadInput) as refused:
        load(networks / "xor_model.onnx")
    assert re.search(r'xor_model.onnx: node "Sigmoid_\d": expected a piecewise-linear operator, found Sigmoid$', str(refused.value))
    with pytest.raises(BadInput, match="expected one output, found 2"):
        load(networks / "oneInput_twoBranches.onnx")
    assert load(f"{networks}/oneInput_twoBranches.onnx:Y").output_size == 12


def test_third_party_in_two_formats(networks):
    assert load(networks / "fc_2-2-3.onnx").sha256 == load(networks / "fc_2-2-3.nnet").sha256


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files_are_read_or_refused(seed):
    """Bytes changed at random: a network or one line, never another exception."""
    import random

    chosen, data = random.Random(seed), bytearray((OWN / "shallow8_saw3.onnx").read_bytes())
    for _ in range(chosen.randint(1, 4)):
        data[chosen.randrange(len(data))] = chosen.randrange(256)
    try:
        read(bytes(data))
    except DepthproofError as error:
        assert "\n" not in str(error)
