"""ONNX operators that compute nothing: they rearrange the entries of a tensor, or give a constant."""

from fractions import Fraction
from math import prod

import numpy

from ..kernel.errors import BadInput, displayed
from .onnx_tensors import (
    FLOATS,
    WHOLES,
    ZERO,
    Array,
    Call,
    Drawing,
    Tensor,
    Variable,
    exact_array,
    fitting,
    fractions,
    integers,
    rearranged,
    scalar,
    shape,
    within_budget,
)


def identity(drawing: Drawing, call: Call) -> Tensor:
    return call.given(0)


def cast(drawing: Drawing, call: Call) -> Tensor:
    value, to = call.given(0), call.attributes["to"]
    if to not in FLOATS and (isinstance(value, Variable) or to not in WHOLES):
        raise BadInput("", f"expected a cast to a floating-point type, found one to element type {displayed(to)}, which rounds")
    if isinstance(value, Variable):
        return value
    if to in WHOLES:
        return exact_array(integers(value)).reshape(value.shape)
    if not all(_kept(entry, FLOATS[to]) for entry in fractions(value)):
        raise BadInput("", "expected constants that the cast keeps, found one that it rounds")
    return exact_array(fractions(value)).reshape(value.shape)


def _kept(entry: Fraction, kind: str) -> bool:
    """Whether the floating-point type has this number. bfloat16 is float32 with 8 significant bits."""
    try:
        with numpy.errstate(over="ignore"):
            cast = float(numpy.dtype("float32" if kind == "bfloat16" else kind).type(float(entry)))
    except OverflowError:
        return False
    odd = entry.numerator // (entry.numerator & -entry.numerator or 1)
    return cast - cast == 0 and Fraction(cast) == entry and (kind != "bfloat16" or odd.bit_length() <= 8)


def dropout(drawing: Drawing, call: Call) -> Tensor:
    training = call.optional(2) is not None and any(call.constant(2).flat)
    if training or (call.opset < 7 and not call.attributes["is_test"]):
        raise BadInput("", "expected Dropout in inference form, found it in training form")
    return call.given(0)


def flatten(drawing: Drawing, call: Call) -> Tensor:
    axis, sizes = call.attributes["axis"], shape(call.given(0))
    if not -len(sizes) <= axis <= len(sizes):
        raise BadInput("", f"expected an axis from {-len(sizes)} to {len(sizes)}, found {axis}")
    axis = axis + len(sizes) if axis < 0 else axis
    return rearranged(call.given(0), lambda a: a.reshape(prod(sizes[:axis]), -1), "a value to flatten")


def reshape(drawing: Drawing, call: Call) -> Tensor:
    sizes, old = call.whole("shape", 1), shape(call.given(0))
    if sizes is None or len(sizes) > 32:
        raise BadInput("", "expected a shape of at most 32 sizes for Reshape")
    if not call.attributes["allowzero"]:
        with fitting("a shape that copies sizes that are there"):
            sizes = [old[i] if size == 0 else size for i, size in enumerate(sizes)]
    return rearranged(call.given(0), lambda a: a.reshape(sizes), "a shape with as many entries")


def squeeze(drawing: Drawing, call: Call) -> Tensor:
    axes = call.whole("axes", 1)
    return rearranged(call.given(0), lambda a: a.squeeze(None if axes is None else tuple(axes)), "axes of size 1")


def unsqueeze(drawing: Drawing, call: Call) -> Tensor:
    axes = call.whole("axes", 1)
    if axes is None:
        raise BadInput("", "expected axes for Unsqueeze, found none")
    return rearranged(call.given(0), lambda a: numpy.expand_dims(a, tuple(axes)), "new axes")


def transpose(drawing: Drawing, call: Call) -> Tensor:
    return rearranged(call.given(0), lambda a: a.transpose(call.attributes["perm"]), "a permutation of the axes")


def expand(drawing: Drawing, call: Call) -> Tensor:
    with fitting("a shape to expand to"):
        sizes = numpy.broadcast_shapes(shape(call.given(0)), tuple(integers(call.constant(1))))
    within_budget(prod(sizes))
    return rearranged(call.given(0), lambda a: numpy.broadcast_to(a, sizes), "a shape to expand to")


def sliced(drawing: Drawing, call: Call) -> Tensor:
    starts, ends = call.whole("starts", 1), call.whole("ends", 2)
    if starts is None or ends is None:
        raise BadInput("", "expected starts and ends for Slice, found none")
    axes = call.whole("axes", 3) or list(range(len(starts)))
    steps = call.whole("", 4) or [1] * len(starts)
    if not len(starts) == len(ends) == len(axes) == len(steps):
        lengths = ", ".join(str(len(numbers)) for numbers in (starts, ends, axes, steps))
        raise BadInput("", f"expected starts, ends, axes and steps of one length, found {lengths}")

    def cut(array: Array) -> Array:
        chosen = [slice(None)] * array.ndim
        for start, end, axis, step in zip(starts, ends, axes, steps, strict=True):
            chosen[axis] = slice(start, end, step)
        return array[tuple(chosen)]

    return rearranged(call.given(0), cut, "a slice within the value")


def gather(drawing: Drawing, call: Call) -> Tensor:
    chosen = numpy.array(integers(call.constant(1)), dtype=object).reshape(shape(call.constant(1)))
    with fitting("indices of 64 bits"):
        indices = chosen.astype(numpy.int64)
    return rearranged(call.given(0), lambda a: numpy.take(a, indices, axis=call.attributes["axis"]), "indices within the value")


def parts(drawing: Drawing, call: Call) -> list[Tensor]:
    value, axis, sizes = call.given(0), call.attributes["axis"], call.whole("split", 1)
    with fitting("an axis of the value"):
        length = shape(value)[axis]
    count = call.outputs
    if call.attributes["num_outputs"] not in (None, count):
        raise BadInput("", f"expected num_outputs = {count}, found {call.attributes['num_outputs']}")
    if sizes is None:
        each = -(-length // max(count, 1))
        sizes = [min(each, length - each * i) for i in range(count)]
    if sum(sizes) != length or min(sizes) < 1:
        raise BadInput("", f"expected parts of at least 1 that make {length}, found {displayed(', '.join(map(str, sizes)))}")
    ends = [sum(sizes[: i + 1]) for i in range(len(sizes))]
    cuts = [numpy.arange(end - size, end) for end, size in zip(ends, sizes, strict=True)]
    return [rearranged(value, lambda a, cut=cut: numpy.take(a, cut, axis=axis), "a part of the value") for cut in cuts]  # type: ignore[misc]


def sizes_of(drawing: Drawing, call: Call) -> Tensor:
    return exact_array(shape(call.given(0))[call.attributes["start"] : call.attributes["end"]])


def constant_node(drawing: Drawing, call: Call) -> Tensor:
    given = [value for value in call.attributes.values() if value is not None]
    if len(given) != 1:
        raise BadInput("", f"expected one value for Constant, found {len(given)}")
    if isinstance(given[0], numpy.ndarray):
        return given[0]
    return exact_array(given[0]) if isinstance(given[0], list) else scalar(given[0])


def constant_of_shape(drawing: Drawing, call: Call) -> Tensor:
    sizes = integers(call.constant(0))
    if min(sizes, default=1) < 1:
        raise BadInput("", f"expected sizes of at least 1, found {min(sizes)}")
    within_budget(prod(sizes))
    value = call.attributes["value"]
    return numpy.full(sizes, ZERO if value is None else value.flat[0], dtype=object)
