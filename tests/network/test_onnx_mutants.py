"""Models of every idiom with something changed: a network, or one line with the exit code 2 or 3; what is read is what onnxruntime
computes, where it takes the model too."""

import copy
import random
from fractions import Fraction

import pytest

from verify.exact import evaluate
from verify.kernel.errors import DepthproofError

numpy = pytest.importorskip("numpy")
onnx = pytest.importorskip("onnx", reason="wants the package onnx")
runtime = pytest.importorskip("onnxruntime", reason="wants the package onnxruntime")

from onnx import AttributeProto, helper, numpy_helper  # noqa: E402

from verify.network.onnx.model import read  # noqa: E402
from verify.network.onnx.operators import OPERATORS  # noqa: E402

from .onnx_pictures import PICTURES  # noqa: E402
from .onnx_values import VALUES  # noqa: E402
from .test_onnx_idioms import session  # noqa: E402

WHOLE = [0, 1, -1, 2, 3, 7, 100, -2, 2**31, -(2**31), 2**62, 2**63 - 1, 10**6]
FLOATS = [0.0, 1.0, -1.0, 0.5, 1e30, float("inf"), float("-inf"), float("nan"), 1e-45]
TEXTS = [b"", b"Relu", b"constant", b"reflect", b"linear", b"SAME_UPPER", b"\xff\xfe", b"a\nb", b"ij,jk->ik", b"->", b"ii"]
GRID = [-2, -0.5, 0, 0.5, 1, 3]


def attribute(model, node, chosen):
    it = chosen.choice(list(node.attribute) or [helper.make_attribute("axis", 0)])
    match it.type:
        case AttributeProto.INT:
            it.i = chosen.choice(WHOLE)
        case AttributeProto.FLOAT:
            it.f = chosen.choice(FLOATS)
        case AttributeProto.STRING:
            it.s = chosen.choice(TEXTS)
        case AttributeProto.INTS:
            values = list(it.ints) or [0]
            values[chosen.randrange(len(values))] = chosen.choice(WHOLE)
            del it.ints[:]
            it.ints.extend(values[: chosen.randint(1, len(values))])


def operator(model, node, chosen):
    node.domain, _, node.op_type = chosen.choice(list(OPERATORS)).rpartition(".")


def source(model, node, chosen):
    names = [name for other in model.graph.node for name in other.output] + [it.name for it in model.graph.initializer]
    if node.input and chosen.random() < 0.7:
        node.input[chosen.randrange(len(node.input))] = chosen.choice([*names, "x", "", "nowhere"])
    else:
        node.input.append(chosen.choice([*names, "x"]))


def fewer(model, node, chosen):
    if node.input:
        del node.input[-1]


def constant(model, node, chosen):
    if not model.graph.initializer:
        return
    tensor = chosen.choice(list(model.graph.initializer))
    try:
        array = numpy_helper.to_array(tensor)
    except (ValueError, TypeError):  # an earlier change broke it
        return
    change = chosen.randrange(4)
    if change == 0:
        tensor.data_type = chosen.randrange(25)
    elif change == 1:
        tensor.dims.append(chosen.choice([1, 2, 2**31, -1, 0]))
    elif change == 2:
        sizes = [chosen.randrange(4) for _ in range(chosen.randrange(5))]
        tensor.CopyFrom(numpy_helper.from_array(numpy.zeros(sizes, array.dtype), tensor.name))
    elif array.size:
        other = array.copy()
        numbers = {"f": FLOATS, "i": [0, 1, -1, 100]}.get(array.dtype.kind, [0, 1])
        other.reshape(-1)[chosen.randrange(array.size)] = chosen.choice(numbers)
        tensor.CopyFrom(numpy_helper.from_array(other, tensor.name))


def shape(model, node, chosen):
    sizes = model.graph.input[0].type.tensor_type.shape.dim
    chosen.choice(list(sizes)).dim_value = chosen.choice([0, 1, 2, 3, 8, -1, 64, 2**40])


def version(model, node, chosen):
    model.opset_import[0].version = chosen.choice([1, 6, 7, 9, 10, 11, 13, 18, 19, 21, 25])


def order(model, node, chosen):
    nodes = list(model.graph.node)
    chosen.shuffle(nodes)
    del model.graph.node[:]
    model.graph.node.extend(nodes[: chosen.randint(1, len(nodes) + 1)])


CHANGES = [attribute, attribute, operator, source, fewer, constant, shape, version, order]


def changed(seed):
    chosen = random.Random(seed)
    model = copy.deepcopy(chosen.choice(list((PICTURES | VALUES).values())).model())
    for _ in range(chosen.randint(1, 3)):
        chosen.choice(CHANGES)(model, chosen.choice(list(model.graph.node)), chosen)
    return model, chosen


def ran(model, chosen):
    """What onnxruntime gives at a point, or None where it refuses the model."""
    try:
        it = session(model)
        (given,) = it.get_inputs()
        sizes = [size if isinstance(size, int) and size > 0 else 1 for size in given.shape]
        point = [chosen.choice(GRID) for _ in range(int(numpy.prod(sizes)))]
        return point, it.run(["y"], {given.name: numpy.array(point, numpy.float32).reshape(sizes)})[0].ravel()
    except Exception:  # of its own many kinds
        return None


@pytest.mark.parametrize("seed", range(400))
def test_a_network_or_one_line(seed):
    model, chosen = changed(seed)
    try:
        network = read(model.SerializeToString())
    except DepthproofError as error:
        assert error.exit_code in (2, 3)
        assert str(error).isprintable()
        return
    if (there := ran(model, chosen)) is not None:
        point, wanted = there
        found = [float(value) for value in evaluate(network, [Fraction(x) for x in point])]
        close = numpy.isclose(found, wanted, rtol=1e-4, atol=1e-4) | ~numpy.isfinite(wanted)
        assert len(found) == len(wanted)
        assert close.all()
