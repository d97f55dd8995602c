"""Evaluation at a point: the meaning of every operation in plain Fractions, the reference for every
other meaning."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..kernel.errors import BadInput
from ..network.builders import Exact, vector
from ..network.network import Network
from ..network.operations import Node, Vector, row
from ..typed import want_type

if TYPE_CHECKING:
    import numpy


def evaluate(network: Network, point: Iterable[Exact]) -> tuple[Fraction, ...]:
    """network(point), exactly. The point has a rational for each entry of the inputs, in order; the
    value has a Fraction for each entry of the output.

    >>> from verify import tent
    >>> evaluate(tent(), [Fraction(1, 3)])
    (Fraction(2, 3),)
    """
    want_type(network, Network, "a Network, such as load(name)")
    want_type(point, Iterable, "a number for each input, such as [0.5]")
    given = vector(point)
    if len(given) != network.input_size:
        wanted = f"a point with {network.input_size} coordinates"
        raise BadInput("", f"expected {wanted}, found {len(given)}")
    value, start = {}, 0
    for item in network.inputs:
        value[item.name] = given[start : start + item.size]
        start += item.size
    for node in network.nodes:
        meaning = row(EVALUATED, node.op, "exact evaluation")
        value[node.name] = meaning(node, [value[name] for name in node.inputs])  # type: ignore[assignment]
    return value[network.output]


def evaluate_float32(network: Network, point: Sequence[Fraction]) -> tuple[float, ...]:
    """What a float32 execution of the lowered network gives at the point rounded to float32: for
    display beside the exact value, never evidence. Overflow gives inf or nan, as there."""
    import numpy

    rounded = [nearest(entry) for entry in vector(point)]
    if len(rounded) != network.input_size:
        wanted = f"a point with {network.input_size} coordinates"
        raise BadInput("", f"expected {wanted}, found {len(rounded)}")
    with numpy.errstate(all="ignore"):
        value = {"x": numpy.array(rounded, dtype=numpy.float32)}
        for node in network.lowered.nodes:
            inputs = numpy.concatenate([value[name] for name in node.inputs])
            if node.op == "Relu":
                value[node.name] = numpy.maximum(inputs, numpy.float32(0))
            else:
                value[node.name] = _gemm_float32(node, inputs)
    return tuple(float(entry) for entry in value[network.lowered.output])


def nearest(value: Fraction) -> float:
    """The float64 nearest to it; infinity for what is too large: nearest(Fraction(10) ** 400) is
    inf."""
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


def _gemm_float32(node: Node, inputs: "numpy.ndarray") -> Any:
    import numpy

    matrix, kind = node.matrix("weight"), numpy.float32
    floats = numpy.vectorize(nearest, otypes=[float])
    weights = floats(numpy.array(matrix.weights, dtype=object)).astype(kind)
    bias = floats(numpy.array(node.vector("bias"), dtype=object)).astype(kind)
    if matrix.is_dense:
        return weights[numpy.asarray(matrix.weight)] @ inputs + bias
    padded = numpy.append(inputs, kind(0))  # read by the column -1, which stands for none
    columns = numpy.asarray(matrix.columns).reshape(-1, matrix.terms)
    place, weight = numpy.asarray(matrix.place), numpy.asarray(matrix.weight)
    step = 1 + 1_000_000 // matrix.terms
    for start in range(0, len(bias), step):
        rows = slice(start, start + step)
        bias[rows] += (padded[columns[place[rows]]] * weights[weight[rows]]).sum(axis=1, dtype=kind)
    return bias


ZERO = Fraction(0)


def _gemm(node: Node, inputs: list[Vector]) -> Vector:
    whole = sum(inputs, ())
    weight = node.matrix("weight")
    values = []
    for i, bias in enumerate(node.vector("bias")):
        terms = (entry * whole[column] for column, entry in weight.row(i))
        values.append(sum(terms, bias))
    return tuple(values)


def _leaky(node: Node, inputs: list[Vector]) -> Vector:
    alpha = node.rational("alpha")
    return tuple(max(x, ZERO) + alpha * min(x, ZERO) for x in inputs[0])


def _clip(node: Node, inputs: list[Vector]) -> Vector:
    return tuple(min(max(x, node.rational("min")), node.rational("max")) for x in inputs[0])


def _mul(node: Node, inputs: list[Vector]) -> Vector:
    return tuple(factor * x for factor, x in zip(node.vector("factor"), inputs[0], strict=True))


EVALUATED: Mapping[str, Callable[[Node, list[Vector]], Vector]] = MappingProxyType(
    {
        "Gemm": _gemm,
        "Relu": lambda node, inputs: tuple(max(x, ZERO) for x in inputs[0]),
        "Add": lambda node, inputs: tuple(
            sum(column, ZERO) for column in zip(*inputs, strict=True)
        ),
        "Sub": lambda node, inputs: tuple(x - y for x, y in zip(*inputs, strict=True)),
        "Neg": lambda node, inputs: tuple(-x for x in inputs[0]),
        "Mul": _mul,
        "Concat": lambda node, inputs: sum(inputs, ()),
        "Abs": lambda node, inputs: tuple(map(abs, inputs[0])),
        "LeakyRelu": _leaky,
        "Max": lambda node, inputs: tuple(map(max, zip(*inputs, strict=True))),
        "Min": lambda node, inputs: tuple(map(min, zip(*inputs, strict=True))),
        "Clip": _clip,
    }
)
