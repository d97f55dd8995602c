"""What exporters write, read exactly: onnxruntime, another implementation, gives the same values.

At small dyadic points its float32 arithmetic is exact on most models, so the values are equal;
where it rounds, they lie within the bound that the network's own sizes give.
"""

import gzip
import random
from fractions import Fraction
from itertools import product
from math import prod

import pytest

from verify.exact import evaluate
from verify.kernel.errors import BadInput, DepthproofError, OverBudget
from verify.network.load import load

numpy = pytest.importorskip("numpy")
onnx = pytest.importorskip("onnx", reason="wants the package onnx")
runtime = pytest.importorskip("onnxruntime", reason="wants the package onnxruntime")

from onnx.reference import ReferenceEvaluator  # noqa: E402

from verify.network.onnx.model import read  # noqa: E402
from verify.network.onnx.operators import OPERATORS  # noqa: E402

from . import test_onnx  # noqa: E402
from .onnx_idioms import Idiom, f, grid, i, n, number  # noqa: E402
from .onnx_pictures import PICTURES  # noqa: E402
from .onnx_values import VALUES  # noqa: E402

IDIOMS = PICTURES | VALUES

GRID = [-2, -0.5, 0, 0.5, 1, 3]


def points(shape, count=6):
    """Dyadic, with ties and zeros."""
    size = int(numpy.prod(shape))
    for shift in range(count):
        yield [GRID[(5 * k + 7 * shift + k * k * shift) % 6] for k in range(size)]
    yield [0] * size


def session(model):
    options = runtime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    options.graph_optimization_level = (
        runtime.GraphOptimizationLevel.ORT_DISABLE_ALL
    )  # it rounds weights anew
    return runtime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )


def error_bound(network, point):
    """How far float32 may be from the value: (operations on a path) · 2^-23 · (the value of
    absolute weights at absolute inputs)."""
    sizes, steps = {"x": [abs(x) for x in point]}, 2
    for node in network.lowered.nodes:
        whole = [entry for name in node.inputs for entry in sizes[name]]
        if node.op == "Relu":
            sizes[node.name] = whole
            continue
        weight = node.matrix("weight")
        rows = [list(weight.row(index)) for index in range(len(weight))]
        bias = node.vector("bias")
        sizes[node.name] = [
            sum(abs(w) * whole[c] for c, w in row) + abs(b)
            for row, b in zip(rows, bias, strict=True)
        ]
        steps += 4 + max(map(len, rows))
    return [steps * entry / 2**23 for entry in sizes[network.lowered.output]]


def agrees(idiom, judge=session):
    model = idiom.model()
    network, ran = read(model.SerializeToString()), judge(model)
    for entries in points(idiom.shape):
        given = numpy.array(entries, dtype=numpy.float32).reshape(idiom.shape)
        wanted = [Fraction(float(v)) for v in ran.run(["y"], {"x": given})[0].ravel()]
        point = [Fraction(entry) for entry in entries]
        found = list(evaluate(network, point))
        if not idiom.rounded:
            assert found == wanted
            continue
        bounds = error_bound(network, point)
        assert len(found) == len(wanted)
        assert all(abs(a - b) <= bound for a, b, bound in zip(found, wanted, bounds, strict=True))
    return network


@pytest.mark.parametrize("name", IDIOMS)
def test_onnxruntime_agrees(name):
    agrees(IDIOMS[name])


def test_every_operator_has_a_case():
    tried = {node.op_type for nodes, _ in test_onnx.CASES.values() for node in nodes}
    tried |= {node.op_type for idiom in IDIOMS.values() for node in idiom.nodes}
    assert {name.rpartition(".")[2] for name in OPERATORS} <= tried


def windows(seed):
    """A convolution or a pool with sizes, strides, dilations, pads and groups at random."""
    chosen = random.Random(seed)
    axes = chosen.choice([1, 2, 2, 2])
    groups, batch = chosen.choice([1, 1, 2]), chosen.choice([1, 1, 2])
    channels, picture = groups * chosen.randint(1, 2), [chosen.randint(3, 7) for _ in range(axes)]
    kernel = [chosen.randint(1, 3) for _ in range(axes)]
    more = {
        "kernel_shape": kernel,
        "strides": [chosen.randint(1, 3) for _ in range(axes)],
        "dilations": [chosen.randint(1, 2) if k < 3 else 1 for k in kernel],
        "pads": [chosen.randint(0, k - 1) for k in kernel * 2],
    }
    op = ("Conv", "ConvTranspose", "MaxPool", "AveragePool")[seed % 4]
    if op in ("Conv", "ConvTranspose"):
        outputs = groups * chosen.randint(1, 2)
        of_group = (outputs, channels // groups) if op == "Conv" else (channels, outputs // groups)
        constants = {"w": grid(*of_group, *kernel), "b": grid(outputs)}
        nodes = [n(op, "x", "w", "b", group=groups, **more)]
    else:
        constants, more["ceil_mode"] = {}, chosen.randint(0, 1)
        if op == "AveragePool":
            more["count_include_pad"] = chosen.randint(0, 1)
        nodes = [n(op, "x", **more)]
    return Idiom(
        nodes,
        constants,
        (batch, channels, *picture),
        opset=19 if op == "AveragePool" else 17,
        rounded=op == "AveragePool",
    )


@pytest.mark.parametrize("seed", range(80))
def test_windows_at_random(seed):
    agrees(windows(seed))


def columns(seed):
    """Col2Im of one or two axes."""
    chosen = random.Random(seed)
    axes = chosen.choice([1, 2, 2])
    block = [chosen.randint(1, 3) for _ in range(axes)]
    more = {
        "strides": [chosen.randint(1, 3) for _ in range(axes)],
        "dilations": [chosen.randint(1, 2) for _ in range(axes)],
        "pads": [chosen.randint(0, 2) for _ in range(2 * axes)],
    }
    picture = [chosen.randint(5, 7) for _ in range(axes)]
    counts = [
        (size + more["pads"][a] + more["pads"][axes + a] - more["dilations"][a] * (block[a] - 1) - 1) // more["strides"][a] + 1
        for a, size in enumerate(picture)
    ]
    sizes = (chosen.randint(1, 2), chosen.randint(1, 2) * prod(block), prod(counts))
    return Idiom([n("Col2Im", "x", "s", "b", **more)], {"s": i(*picture), "b": i(*block)}, sizes, opset=18)


@pytest.mark.parametrize("seed", range(30))
def test_columns_at_random(seed):
    """By ONNX's own evaluator: onnxruntime 1.32 gives wrong numbers for one axis and two channels, as PyTorch's nn.Fold shows too."""
    agrees(columns(seed), ReferenceEvaluator)


def test_columns_that_do_not_fit():
    for sizes, picture, block, said in (
        ((1, 12, 8), (4, 5), (2, 3), r"columns of shape \(batch, a multiple of 6, 9\)"),
        ((1, 11, 9), (4, 5), (2, 3), "columns of shape"),
        ((12, 9), (4, 5), (2, 3), "columns of shape"),
        ((1, 12, 9), (4, 0), (2, 3), "expected a picture with entries"),
        ((1, 12, 9), (4, 5), (2,), "expected 2 sizes"),
        ((1, 12, 9), (1, 1), (2, 3), "columns of shape"),
    ):
        made = Idiom([n("Col2Im", "x", "s", "b")], {"s": i(*picture), "b": i(*block)}, sizes, opset=18)
        with pytest.raises(BadInput, match=said):
            read(made.model().SerializeToString())


COORDINATES = ("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric")
NEAREST = ("round_prefer_floor", "round_prefer_ceil", "floor", "ceil")


@pytest.mark.parametrize(("coordinates", "rounding"), [*product(COORDINATES, NEAREST)])
def test_resize_by_nearest_neighbours(coordinates, rounding):
    for old, new in ((2, 4), (4, 2), (3, 6), (1, 3), (4, 1), (4, 6)):
        more = {
            "mode": "nearest",
            "coordinate_transformation_mode": coordinates,
            "nearest_mode": rounding,
        }
        agrees(Idiom([n("Resize", "x", "", "", "z", **more)], {"z": i(1, 1, new)}, (1, 1, old)))


@pytest.mark.parametrize("coordinates", COORDINATES)
def test_resize_linearly(coordinates):
    for old, new in ((2, 4), (4, 2), (3, 7), (1, 3), (4, 1), (5, 3)):
        more = {"mode": "linear", "coordinate_transformation_mode": coordinates}
        agrees(
            Idiom(
                [n("Resize", "x", "", "", "z", **more)],
                {"z": i(1, 1, old, new)},
                (1, 1, old, old),
                rounded=True,
            )
        )


@pytest.mark.parametrize("length", range(1, 10))
def test_sorting_sorts(length):
    agrees(Idiom([n("TopK", "x", "k", out=["y", "p"])], {"k": i(length)}, (1, length)))


JUMPS = {
    "hardshrink": [n("Greater", "x", "o", out="c"), n("Where", "c", "x", "z")],
    "a step": [n("Greater", "x", "z", out="c"), n("Where", "c", "o", "z")],
    "a mask elsewhere": [
        n("Greater", "x", "o", out="c"),
        n("Cast", "c", to=1, out="m"),
        n("Mul", "x", "m"),
    ],
    "a value that is put in at a point": [n("Equal", "x", "z", out="c"), n("Where", "c", "o", "x")],
    "hardshrink by sign": [
        n("Abs", "x", out="b"),
        n("Greater", "b", "o", out="c"),
        n("Sign", "x", out="s"),
        n("Mul", "s", "z", out="m"),
        n("Sub", "x", "m", out="d"),
        n("Where", "c", "d", "z"),
    ],
    "a sign within": [
        n("Abs", "x", out="b"),
        n("Less", "b", "o", out="c"),
        n("Sign", "x", out="s"),
        n("Where", "c", "s", "z"),
    ],
    "a sign where it is not 0": [
        n("Sign", "x", out="s"),
        n("Cast", "s", to=9, out="c"),
        n("Where", "c", "x", "o"),
    ],
    "a sign of another entry": [
        n("Relu", "x", out="r"),
        n("Sign", "x", out="s"),
        n("Sub", "x", "o", out="d"),
        n("Mul", "s", "d"),
    ],
    "two signs": [n("Sign", "x", out="s"), n("Mul", "s", "s")],
    "a sign times what does not vanish": [
        n("Abs", "x", out="a"),
        n("Add", "a", "o", out="b"),
        n("Sign", "x", out="s"),
        n("Mul", "s", "b"),
    ],
    "heaviside": [
        n("Less", "x", "z", out="c"),
        n("Where", "c", "z", "o", out="s"),
        n("Equal", "x", "z", out="e"),
        n("Where", "e", "o", "s", out="t"),
        n("Mul", "t", "o"),
    ],
    "a step at another point": [
        n("Greater", "x", "z", out="c"),
        n("Where", "c", "o", "z", out="s"),
        n("Sub", "x", "o", out="d"),
        n("Mul", "s", "d"),
    ],
    "slopes that meet elsewhere": [
        n("Greater", "x", "o", out="c"),
        n("Neg", "x", out="m"),
        n("Where", "c", "x", "m"),
    ],
}


@pytest.mark.parametrize("name", JUMPS)
def test_what_jumps_is_refused_by_that_reason(name):
    made = Idiom(JUMPS[name], {"o": number(1), "z": number(0)}, opset=19).model()
    with pytest.raises(BadInput, match=r"a function that is continuous as a whole|numbers that do not jump"):
        read(made.SerializeToString())


def test_a_truth_value_is_no_number():
    made = Idiom([n("Greater", "x", "z", out="c"), n("Cast", "c", to=1)], {"z": number(0)}).model()
    with pytest.raises(BadInput, match="truth values"):
        read(made.SerializeToString())


def test_the_places_of_the_largest_are_not_read():
    nodes = [n("TopK", "x", "k", out=["v", "p"]), n("Cast", "p", to=1)]
    with pytest.raises(BadInput, match="the places of the largest entries jump"):
        read(Idiom(nodes, {"k": i(2)}).model().SerializeToString())


def test_what_is_rounded_is_said():
    network = agrees(IDIOMS["batch normalisation"])
    assert len(network.notes) == 1
    assert "BatchNormalization of 3 channels is folded in float64" in network.notes[0]
    exact = [n("BatchNormalization", "x", "s", "b", "m", "v", epsilon=0.0)]
    four = {"s": f(1, 1, 1, 1), "b": f(0, 0, 0, 0), "m": f(0, 0, 0, 0), "v": f(4, 1, 0.25, 9)}
    assert read(Idiom(exact, four).model().SerializeToString()).notes == ()


def test_a_convolution_keeps_its_structure():
    idiom = Idiom(
        [n("Conv", "x", "w", out="c"), n("Relu", "c")], {"w": grid(8, 3, 3, 3)}, (1, 3, 34, 34)
    )
    network = read(idiom.model().SerializeToString())
    (conv, _) = network.nodes
    weight = conv.matrix("weight")
    assert (len(weight), len(weight.weights), weight.terms) == (8 * 32 * 32, 8, 27)
    assert len(weight.columns) == 32 * 32 * 27
    assert network.lowered.nodes[0].matrix("weight") is weight


def test_any_tensor_may_be_chosen():
    nodes = [n("Abs", "x", out="a:/b"), n("Neg", "a:/b", out="y")]
    data = Idiom(nodes).model().SerializeToString()
    assert evaluate(read(data, "a:/b"), [Fraction(k - 2) for k in range(4)]) == (2, 1, 0, 1)
    with pytest.raises(BadInput, match='such as its outputs "y", found "z"'):
        read(data, "z")


def test_nodes_in_any_order():
    nodes = [n("Neg", "a"), n("Add", "x", "c", out="a"), n("Constant", out="c", value_float=1.0)]
    data = Idiom(nodes).model().SerializeToString()
    assert evaluate(read(data), [Fraction(k) for k in range(4)]) == (-1, -2, -3, -4)


def external(folder, location="w/weights", **more):
    """A model whose weight lies in another file, as PyTorch's default export writes it."""
    made = Idiom([n("MatMul", "x", "w")], {"w": f(1, 2, 3, 4, shape=[4, 1])}).model()
    (tensor,) = made.graph.initializer
    data = tensor.raw_data
    tensor.ClearField("raw_data")
    tensor.data_location = onnx.TensorProto.EXTERNAL
    for key, text in {"location": location, "offset": "8", "length": "16", **more}.items():
        tensor.external_data.add(key=key, value=text)
    (folder / "w").mkdir()
    (folder / "w" / "weights").write_bytes(b"8 bytes." + data)
    file = folder / "model.onnx"
    file.write_bytes(made.SerializeToString())
    return file


def test_weights_beside_the_model(tmp_path):
    network = load(external(tmp_path))
    assert evaluate(network, [Fraction(1)] * 4) == (10,)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"length": "24"}, "expected 24 bytes at 8"),
        ({"length": "12"}, "expected 4 entries"),
        ({"length": "-1"}, "a whole number as the length"),
        ({"offset": "99"}, "expected 16 bytes at 99"),
        ({"length": "999999999"}, "at most 256000000 are read"),
        ({"location": "w"}, "beside the model, found none"),
        ({"location": "../weights"}, "in the model's folder, found the path"),
        ({"location": "w/../../weights"}, "in the model's folder, found the path"),
    ],
)
def test_weights_elsewhere_are_refused(tmp_path, more, reason):
    with pytest.raises(DepthproofError, match=reason):
        load(external(tmp_path, **more))


def test_a_link_that_leads_out_is_refused(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret").write_bytes(bytes(24))
    file = external(tmp_path / "inside", location="link")
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(BadInput, match="that leads out of it"):
        load(file)


def test_a_packed_file(tmp_path):
    data = Idiom([n("Abs", "x", out="a"), n("Neg", "a")]).model().SerializeToString()
    file = tmp_path / "model.onnx.gz"
    file.write_bytes(gzip.compress(data))
    assert evaluate(load(file), [Fraction(2)] * 4) == (-2,) * 4
    assert evaluate(load(f"{file}:a"), [Fraction(2)] * 4) == (2,) * 4
    file.write_bytes(gzip.compress(data)[:-9])
    with pytest.raises(BadInput, match="that gzip packed"):
        load(file)
    file.write_bytes(gzip.compress(bytes(64_000_001)))
    with pytest.raises(OverBudget, match="when unpacked"):
        load(file)


def test_functions_of_the_model_are_written_out():
    made = Idiom([n("twice", "x", domain="own")]).model()
    made.opset_import.append(onnx.helper.make_opsetid("own", 1))
    body = [n("Add", "a", "a", out="b")]
    opsets = [onnx.helper.make_opsetid("", 17)]
    made.functions.append(onnx.helper.make_function("own", "twice", ["a"], ["b"], body, opsets))
    assert evaluate(read(made.SerializeToString()), [Fraction(k) for k in range(4)]) == (0, 2, 4, 6)
