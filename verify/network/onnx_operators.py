"""The ONNX operators that are read, one row each: what it draws, how many inputs, and the attributes that it may have.

The meaning is that of exact real arithmetic; an operator that is not continuous and piecewise linear has no row.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod
from typing import Any

import numpy

from ..kernel.errors import BadInput, displayed
from . import onnx_rearrangements as rearrange
from .onnx_tensors import (
    ONE,
    ZERO,
    Call,
    Drawing,
    Tensor,
    Variable,
    above,
    broadcast,
    constant,
    exact_array,
    fitting,
    fractions,
    matmul,
    product_of_constants,
    rational_root,
    rearranged,
    scalar,
    shape,
    split,
    times,
    total,
    within_budget,
)

MANY = 10**6
Meaning = Callable[[Drawing, Call], Tensor | list[Tensor]]


@dataclass(frozen=True)
class Operator:
    """`inputs`: least and most number. `attributes`: those it may have, with their defaults; any other is refused."""

    meaning: Meaning
    inputs: tuple[int, int] = (1, 1)
    attributes: Mapping[str, Any] = field(default_factory=dict)


def binary32(text: str) -> Fraction:
    """The rational that a float32 attribute with this decimal default is."""
    return Fraction(float(numpy.float32(text)))


# Affine maps


def _add(drawing: Drawing, call: Call) -> Tensor:
    return total(drawing, [call.given(i) for i in range(len(call.inputs))])


def _mean(drawing: Drawing, call: Call) -> Tensor:
    return times(drawing, _add(drawing, call), scalar(Fraction(1, len(call.inputs))))


def _sub(drawing: Drawing, call: Call) -> Tensor:
    left, right = call.given(0), call.given(1)
    if isinstance(left, Variable) and isinstance(right, Variable):
        return drawing.elementwise("Sub", [left, right])
    return total(drawing, [left, times(drawing, right, scalar(-ONE))])


def _mul(drawing: Drawing, call: Call) -> Tensor:
    variables, constants = split([call.given(0), call.given(1)])
    if len(variables) == 2:
        raise BadInput("", "expected a product with a constant, found a product of two values that depend on the network's input")
    return drawing.scaled(variables[0], constants[0], scalar(ZERO)) if variables else product_of_constants(*constants)


def _div(drawing: Drawing, call: Call) -> Tensor:
    left, right = call.given(0), call.constant(1)
    if not all(right.flat):
        raise BadInput("", "expected a divisor that is not zero, found 0")
    if isinstance(left, Variable) or not all(type(entry) is int for entry in (*left.flat, *right.flat)):
        return times(drawing, left, exact_array([1 / divisor for divisor in fractions(right)]).reshape(right.shape))
    left, right = split(broadcast([left, right]))[1]  # integers are divided towards zero
    quotients = [abs(a) // abs(b) * (-1 if (a < 0) != (b < 0) else 1) for a, b in zip(left.flat, right.flat, strict=True)]
    return exact_array(quotients).reshape(left.shape)


def _neg(drawing: Drawing, call: Call) -> Tensor:
    return times(drawing, call.given(0), scalar(-ONE))


def _matmul(drawing: Drawing, call: Call) -> Tensor:
    return matmul(drawing, call.given(0), call.given(1))


def _gemm(drawing: Drawing, call: Call) -> Tensor:
    sides = []
    for index, flag in enumerate(("transA", "transB")):
        side = call.given(index)
        if len(shape(side)) != 2:
            raise BadInput("", f"expected a matrix as input {index} of Gemm, found {len(shape(side))} dimensions")
        sides.append(rearranged(side, lambda a: a.T, "a matrix") if call.attributes[flag] else side)
    result = matmul(drawing, sides[0], sides[1])
    if call.attributes["alpha"] != 1:
        result = times(drawing, result, scalar(call.attributes["alpha"]))
    bias = call.optional(2)
    if bias is None:
        return result
    if call.attributes["beta"] != 1:
        bias = times(drawing, bias, scalar(call.attributes["beta"]))
    added = total(drawing, [result, bias])
    if shape(added) != shape(result):
        raise BadInput("", f"expected a bias that fits {shape(result)}, found {shape(bias)}")
    return added


def _batch_normalization(drawing: Drawing, call: Call) -> Tensor:
    value = call.given(0)
    if call.attributes["training_mode"] or call.outputs > 1 or (call.opset < 7 and not call.attributes["is_test"]):
        raise BadInput("", "expected BatchNormalization in inference form, found it in training form")
    if len(shape(value)) < 2 or not call.attributes["spatial"]:
        raise BadInput("", "expected BatchNormalization over channels of a value with at least 2 dimensions")
    scale, bias, mean, variance = (call.constant(i) for i in range(1, 5))
    if not scale.shape == bias.shape == mean.shape == variance.shape == shape(value)[1:2]:
        sizes = ", ".join(str(parameter.size) for parameter in (scale, bias, mean, variance))
        raise BadInput("", f"expected parameters of {shape(value)[1]} channels, found {sizes}")
    roots = exact_array([rational_root(v + call.attributes["epsilon"]) for v in variance])
    factor = scale / roots
    channels = (-1, *(1,) * (len(shape(value)) - 2))
    moved = times(drawing, value, factor.reshape(channels))
    return total(drawing, [moved, (bias - factor * mean).reshape(channels)])


def _concat(drawing: Drawing, call: Call) -> Tensor:
    values, axis = [call.given(i) for i in range(len(call.inputs))], call.attributes["axis"]
    if axis is None:
        raise BadInput("", "expected an axis for Concat, found none")
    with fitting("shapes that can be concatenated"):
        if all(not isinstance(value, Variable) for value in values):
            return numpy.concatenate(values, axis)  # type: ignore[arg-type]
        starts = numpy.cumsum([0, *(prod(shape(value)) for value in values)])
        within_budget(int(starts[-1]))
        positions = [start + numpy.arange(prod(shape(v))).reshape(shape(v)) for start, v in zip(starts, values, strict=False)]
        position = numpy.concatenate(positions, axis)
    joined = drawing.node("Concat", [drawing.flat(value) for value in values], position.shape)
    return Variable(joined.name, position)


# Kinks


def _relu(drawing: Drawing, call: Call) -> Tensor:
    return drawing.elementwise("Relu", [call.given(0)])


def _abs(drawing: Drawing, call: Call) -> Tensor:
    return drawing.elementwise("Abs", [call.given(0)])


def _leaky_relu(drawing: Drawing, call: Call) -> Tensor:
    return drawing.elementwise("LeakyRelu", [call.given(0)], alpha=call.attributes["alpha"])


def _prelu(drawing: Drawing, call: Call) -> Tensor:
    value, slope = call.given(0), call.constant(1)
    if shape(broadcast([value, slope])[0]) != shape(value):
        raise BadInput("", f"expected a slope that fits {shape(value)}, found {slope.shape}")
    if len(set(slope.flat)) == 1:
        return drawing.elementwise("LeakyRelu", [value], alpha=fractions(slope)[0])
    if not isinstance(value, Variable):
        value = Variable(drawing.flat(value), numpy.arange(value.size).reshape(value.shape))
    ramp = drawing.elementwise("Relu", [value])
    return total(drawing, [drawing.scaled(ramp, constant(1 - slope), scalar(ZERO)), drawing.scaled(value, slope, scalar(ZERO))])


def _extremum(op: str, sign: Fraction) -> Meaning:
    def meaning(drawing: Drawing, call: Call) -> Tensor:
        variables, constants = split(broadcast([call.given(i) for i in range(len(call.inputs))]))
        if not variables:
            return drawing.elementwise(op, constants)
        result = drawing.elementwise(op, variables) if len(variables) > 1 else variables[0]
        if not constants:
            return result
        choose = max if sign > 0 else min
        bound = exact_array([choose(entries) for entries in zip(*(c.flat for c in constants), strict=True)])
        return above(drawing, result, bound.reshape(constants[0].shape), sign)

    return meaning


def _clip(drawing: Drawing, call: Call) -> Tensor:
    least, most = (_bound(call, name, index) for index, name in ((1, "min"), (2, "max")))
    return _clipped(drawing, call.given(0), least, most)


def _bound(call: Call, name: str, index: int) -> Fraction | None:
    if call.attributes[name] is not None:
        return Fraction(call.attributes[name])
    if call.optional(index) is None:
        return None
    if call.constant(index).size != 1:
        raise BadInput("", f"expected one {name} for Clip, found {call.constant(index).size}")
    return Fraction(call.constant(index).flat[0])


def _clipped(drawing: Drawing, value: Tensor, least: Fraction | None, most: Fraction | None) -> Tensor:
    if least is not None and most is not None:
        if least > most:
            raise BadInput("", f"expected min at most max for Clip, found {displayed(f'{least} > {most}')[1:-1]}")
        return drawing.elementwise("Clip", [value], min=least, max=most)
    if not isinstance(value, Variable):
        value = Variable(drawing.flat(value), numpy.arange(value.size).reshape(value.shape))
    if least is not None:
        return above(drawing, value, scalar(least))
    return value if most is None else above(drawing, value, scalar(most), -ONE)


def _hard_sigmoid(drawing: Drawing, call: Call) -> Tensor:
    ramp = total(drawing, [times(drawing, call.given(0), scalar(call.attributes["alpha"])), scalar(call.attributes["beta"])])
    return _clipped(drawing, ramp, ZERO, ONE)


NORMALIZATION = {"epsilon": binary32("1e-5"), "momentum": None, "training_mode": 0, "spatial": 1, "is_test": 0}
ATTRIBUTES = {  # the types of attributes, by ONNX's names; INT if not listed
    **dict.fromkeys(("axes", "ends", "perm", "shape", "split", "starts", "value_ints"), "INTS"),
    **dict.fromkeys(("alpha", "beta", "epsilon", "max", "min", "momentum", "ratio", "value_float"), "FLOAT"),
    "value": "TENSOR",
    "value_floats": "FLOATS",
}
CONSTANT = dict.fromkeys(("value", "value_float", "value_floats", "value_int", "value_ints"))
OLD_BROADCAST = {"broadcast": 0}  # opset 1 to 6; with numpy's rule, which contains that one when no axis is given
OPERATORS: Mapping[str, Operator] = {
    "Identity": Operator(rearrange.identity),
    "Cast": Operator(rearrange.cast, (1, 1), {"to": None, "saturate": 1}),
    "Dropout": Operator(rearrange.dropout, (1, 3), {"ratio": None, "seed": None, "is_test": 0}),
    "Flatten": Operator(rearrange.flatten, (1, 1), {"axis": 1}),
    "Reshape": Operator(rearrange.reshape, (1, 2), {"shape": None, "allowzero": 0}),
    "Squeeze": Operator(rearrange.squeeze, (1, 2), {"axes": None}),
    "Unsqueeze": Operator(rearrange.unsqueeze, (1, 2), {"axes": None}),
    "Transpose": Operator(rearrange.transpose, (1, 1), {"perm": None}),
    "Expand": Operator(rearrange.expand, (2, 2)),
    "Slice": Operator(rearrange.sliced, (1, 5), {"starts": None, "ends": None, "axes": None}),
    "Gather": Operator(rearrange.gather, (2, 2), {"axis": 0}),
    "Split": Operator(rearrange.parts, (1, 2), {"axis": 0, "split": None, "num_outputs": None}),
    "Shape": Operator(rearrange.sizes_of, (1, 1), {"start": 0, "end": None}),
    "Constant": Operator(rearrange.constant_node, (0, 0), CONSTANT),
    "ConstantOfShape": Operator(rearrange.constant_of_shape, (1, 1), {"value": None}),
    "Add": Operator(_add, (2, 2), OLD_BROADCAST),
    "Sum": Operator(_add, (1, MANY)),
    "Mean": Operator(_mean, (1, MANY)),
    "Sub": Operator(_sub, (2, 2), OLD_BROADCAST),
    "Mul": Operator(_mul, (2, 2), OLD_BROADCAST),
    "Div": Operator(_div, (2, 2), OLD_BROADCAST),
    "Neg": Operator(_neg),
    "MatMul": Operator(_matmul, (2, 2)),
    "Gemm": Operator(_gemm, (2, 3), {"alpha": ONE, "beta": ONE, "transA": 0, "transB": 0, "broadcast": 0}),
    "BatchNormalization": Operator(_batch_normalization, (5, 5), NORMALIZATION),
    "Concat": Operator(_concat, (1, MANY), {"axis": None}),
    "Relu": Operator(_relu),
    "Abs": Operator(_abs),
    "LeakyRelu": Operator(_leaky_relu, (1, 1), {"alpha": binary32("0.01")}),
    "PRelu": Operator(_prelu, (2, 2)),
    "Max": Operator(_extremum("Max", ONE), (1, MANY)),
    "Min": Operator(_extremum("Min", -ONE), (1, MANY)),
    "Clip": Operator(_clip, (1, 3), {"min": None, "max": None}),
    "HardSigmoid": Operator(_hard_sigmoid, (1, 1), {"alpha": binary32("0.2"), "beta": binary32("0.5")}),
}
