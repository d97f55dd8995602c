"""ONNX operators that compute nothing: they rearrange the entries of a tensor."""

from fractions import Fraction
from math import prod

import numpy

from ...kernel.errors import BadInput, displayed
from .conditions import truth
from .drawing import Drawing, joined, listed, times
from .tensors import (
    BOOL,
    FLOATS,
    WHOLES,
    Array,
    Call,
    Condition,
    Result,
    Tensor,
    Unread,
    Variable,
    exact_array,
    fitting,
    fractions,
    integers,
    rearranged,
    shape,
    sized,
    within_budget,
)


def identity(drawing: Drawing, call: Call) -> Tensor:
    return call.any(0)


def cast(drawing: Drawing, call: Call) -> Tensor:
    value, to = call.any(0), call.attributes["to"]
    if isinstance(value, Condition):
        return value  # as a number it is 0 or 1, and may stand in a product
    if isinstance(value, Variable):
        if to == BOOL:
            return truth(drawing, value)
        if to not in FLOATS:
            wanted = "expected a cast to a floating-point type"
            raise BadInput("", f"{wanted}, found one to element type {displayed(to)}, which rounds")
        return value
    if to == BOOL:
        return exact_array([int(entry != 0) for entry in value.flat]).reshape(value.shape)
    if to in WHOLES:
        return exact_array([int(entry) for entry in fractions(value)]).reshape(value.shape)
    if to not in FLOATS:
        raise BadInput("", f"expected a cast to numbers, found one to element type {displayed(to)}")
    finite = [entry for entry in value.flat if type(entry) is not float]
    if not all(_kept(Fraction(entry), FLOATS[to]) for entry in finite):
        raise BadInput("", "expected constants that the cast keeps, found one that it rounds")
    entries = [entry if type(entry) is float else Fraction(entry) for entry in value.flat]
    return exact_array(entries).reshape(value.shape)


def cast_like(drawing: Drawing, call: Call) -> Tensor:
    """Where the other is a number of the network's, it is of a floating-point type."""
    value = call.any(0)
    to = call.kinds[1] or 1
    return cast(drawing, Call(call.op, [value], [None], {"to": to}, 1, call.opset))


def _kept(entry: Fraction, kind: str) -> bool:
    """Whether the type has this number. bfloat16 is float32 with 8 significant bits."""
    try:
        with numpy.errstate(over="ignore"):
            wider = "float32" if kind == "bfloat16" else kind
            cast = float(numpy.dtype(wider).type(float(entry)))
    except OverflowError:
        return False
    odd = entry.numerator // (entry.numerator & -entry.numerator or 1)
    return (
        cast - cast == 0
        and Fraction(cast) == entry
        and (kind != "bfloat16" or odd.bit_length() <= 8)
    )


def dropout(drawing: Drawing, call: Call) -> list[Result]:
    training = call.optional(2) is not None and any(call.constant(2).flat)
    if training or (call.opset < 7 and not call.attributes["is_test"]):
        raise BadInput("", "expected Dropout in inference form, found it in training form")
    return [call.given(0), Unread("the mask of a Dropout is not read")]


def flatten(drawing: Drawing, call: Call) -> Tensor:
    axis, sizes = call.attributes["axis"], shape(call.any(0))
    if not -len(sizes) <= axis <= len(sizes):
        raise BadInput("", f"expected an axis from {-len(sizes)} to {len(sizes)}, found {axis}")
    axis = axis + len(sizes) if axis < 0 else axis
    return rearranged(
        call.any(0), lambda a: a.reshape(prod(sizes[:axis]), -1), "a value to flatten"
    )


def reshape(drawing: Drawing, call: Call) -> Tensor:
    sizes, old = call.whole("shape", 1), shape(call.any(0))
    if sizes is None or len(sizes) > 32:
        raise BadInput("", "expected a shape of at most 32 sizes for Reshape")
    if not call.attributes["allowzero"]:
        with fitting("a shape that copies sizes that are there"):
            sizes = [old[i] if size == 0 else size for i, size in enumerate(sizes)]
    within_budget(prod(shape(call.any(0))))
    return rearranged(call.any(0), lambda a: a.reshape(sizes), "a shape with as many entries")


def squeeze(drawing: Drawing, call: Call) -> Tensor:
    axes = call.whole("axes", 1)
    chosen = None if axes is None else tuple(axes)
    return rearranged(call.any(0), lambda a: a.squeeze(chosen), "axes of size 1")


def unsqueeze(drawing: Drawing, call: Call) -> Tensor:
    axes = call.whole("axes", 1)
    if axes is None:
        raise BadInput("", "expected axes for Unsqueeze, found none")
    return rearranged(call.any(0), lambda a: numpy.expand_dims(a, tuple(axes)), "new axes")


def transpose(drawing: Drawing, call: Call) -> Tensor:
    return rearranged(
        call.any(0), lambda a: a.transpose(call.attributes["perm"]), "a permutation of the axes"
    )


def expand(drawing: Drawing, call: Call) -> Tensor:
    wanted = [1 if size == -1 else size for size in integers(call.constant(1))]
    with fitting("a shape to expand to"):
        sizes = numpy.broadcast_shapes(shape(call.any(0)), tuple(wanted))
    within_budget(prod(sizes))
    return rearranged(call.any(0), lambda a: numpy.broadcast_to(a, sizes), "a shape to expand to")


def tile(drawing: Drawing, call: Call) -> Tensor:
    repeats, sizes = integers(call.constant(1)), shape(call.any(0))
    if len(repeats) != len(sizes) or min(repeats, default=1) < 0:
        raise BadInput("", f"expected {len(sizes)} repeats, found {listed(repeats)}")
    within_budget(prod(size * count for size, count in zip(sizes, repeats, strict=True)))
    return rearranged(call.any(0), lambda a: numpy.tile(a, repeats), "a value to repeat")


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

    return rearranged(call.any(0), cut, "a slice within the value")


def gather(drawing: Drawing, call: Call) -> Tensor:
    indices = _indices(call, 1)
    within_budget(prod(shape(call.any(0))) * max(indices.size, 1) // max(_length(call), 1))
    return rearranged(
        call.any(0),
        lambda a: numpy.take(a, indices, axis=call.attributes["axis"]),
        "indices within the value",
    )


def columns(drawing: Drawing, call: Call) -> Tensor:
    """ai.onnx.ml.ArrayFeatureExtractor: some entries of the last axis."""
    indices = _indices(call, 1).ravel()
    within_budget(prod(shape(call.any(0))[:-1]) * indices.size)
    return rearranged(
        call.any(0), lambda a: numpy.atleast_2d(a[..., indices]), "columns of the value"
    )


def _length(call: Call) -> int:
    with fitting("an axis of the value"):
        return int(shape(call.any(0))[call.attributes["axis"]])


def _indices(call: Call, index: int) -> Array:
    given = call.constant(index)
    chosen = numpy.array(integers(given), dtype=object).reshape(given.shape)
    with fitting("indices of 64 bits"):
        return chosen.astype(numpy.int64)


def gather_elements(drawing: Drawing, call: Call) -> Tensor:
    indices, axis = _indices(call, 1), call.axis(len(shape(call.any(0))))
    if indices.ndim != len(shape(call.any(0))):
        raise BadInput(
            "", f"expected indices of {len(shape(call.any(0)))} dimensions, found {indices.ndim}"
        )

    def taken(array: Array) -> Array:
        box = [slice(0, size) for size in indices.shape]
        box[axis] = slice(None)
        return numpy.take_along_axis(array[tuple(box)], indices, axis)

    return rearranged(call.any(0), taken, "indices within the value")


def gather_nd(drawing: Drawing, call: Call) -> Tensor:
    """Each row of the last axis of the indices is a place, after the batch dimensions."""
    indices, batch = _indices(call, 1), call.attributes["batch_dims"]
    if indices.ndim < 1 or not 0 <= batch < min(indices.ndim, len(shape(call.any(0)))):
        raise BadInput("", f"expected places in the value, found shape {sized(indices.shape)}")

    def taken(array: Array) -> Array:
        if not batch:
            return _at_places(array, indices)
        lines = array.reshape(-1, *array.shape[batch:])
        places = indices.reshape(-1, *indices.shape[batch:])
        parts = [_at_places(a, p) for a, p in zip(lines, places, strict=True)]
        return numpy.stack(parts).reshape(*array.shape[:batch], *parts[0].shape)

    return rearranged(call.any(0), taken, "indices within the value")


def _at_places(array: Array, places: Array) -> Array:
    """The entries, or blocks, at the rows of the last axis of the places."""
    return numpy.asarray(array[tuple(numpy.moveaxis(places, -1, 0))], dtype=array.dtype)


def scatter_nd(drawing: Drawing, call: Call) -> Tensor:
    """The value with updates at some places."""
    value, places, updates = call.given(0), _indices(call, 1), call.given(2)
    if call.attributes["reduction"] != "none" or places.ndim < 1:
        raise BadInput(
            "", f"expected ScatterND without a reduction, found {call.attributes['reduction']}"
        )

    fits = places.shape[:-1] + shape(value)[places.shape[-1] :]
    if shape(updates) != fits:
        raise BadInput(
            "", f"expected updates of shape {sized(fits)}, found {sized(shape(updates))}"
        )

    def scattered(arrays: list[Array]) -> Array:
        with fitting("indices within the value"):
            result = arrays[0].copy()
            result[tuple(numpy.moveaxis(places, -1, 0))] = arrays[1]
        return result

    if isinstance(value, Variable) or isinstance(updates, Variable):
        return drawing.assembled([value, updates], scattered)
    return scattered([value, updates])


def scatter_elements(drawing: Drawing, call: Call) -> Tensor:
    value, indices, updates = call.given(0), _indices(call, 1), call.given(2)
    axis = call.axis(len(shape(value)))
    if shape(updates) != indices.shape or len(indices.shape) != len(shape(value)):
        wanted = f"expected updates and indices of one shape in {len(shape(value))} dimensions"
        raise BadInput("", f"{wanted}, found {sized(shape(updates))} and {sized(indices.shape)}")
    if call.attributes["reduction"] != "none":
        raise BadInput("", f"expected no reduction, found {call.attributes['reduction']}")

    def scattered(arrays: list[Array]) -> Array:
        with fitting("indices within the value"):
            result = arrays[0].copy()
            places: list[Array] = list(numpy.indices(indices.shape))
            places[axis] = indices
            result[tuple(places)] = arrays[1]
        return result

    if isinstance(value, Variable) or isinstance(updates, Variable):
        return drawing.assembled([value, updates], scattered)
    return scattered([value, updates])


def concat(drawing: Drawing, call: Call) -> Tensor:
    values, axis = [call.given(i) for i in range(len(call.inputs))], call.attributes["axis"]
    if axis is None:
        raise BadInput("", "expected an axis for Concat, found none")
    return joined(drawing, values, axis)


def triangle(drawing: Drawing, call: Call) -> Tensor:
    """Trilu: what lies above (or below) a diagonal, 0 elsewhere."""
    value, k = call.given(0), 0
    if call.optional(1) is not None:
        k = call.integer(1)
    with fitting("matrices"):
        rows, columns = shape(value)[-2:]
    keep = numpy.triu if call.attributes["upper"] else numpy.tril
    mask = keep(
        numpy.ones((rows, columns), dtype=int), min(max(k, -rows - columns), rows + columns)
    )
    return times(drawing, value, exact_array(mask.ravel().tolist()).reshape(mask.shape))


def depth_to_space(drawing: Drawing, call: Call) -> Tensor:
    b, (n, c, h, w) = _block(call)
    if call.attributes["mode"] == "DCR":
        order, sizes = (0, 3, 4, 1, 5, 2), (n, b, b, c // (b * b), h, w)
    elif call.attributes["mode"] == "CRD":
        order, sizes = (0, 1, 4, 2, 5, 3), (n, c // (b * b), b, b, h, w)
    else:
        raise BadInput("", f"expected the mode DCR or CRD, found {call.attributes['mode']}")

    def moved(array: Array) -> Array:
        return array.reshape(sizes).transpose(order).reshape(n, c // (b * b), h * b, w * b)

    return rearranged(call.any(0), moved, "channels of a multiple of the block")


def space_to_depth(drawing: Drawing, call: Call) -> Tensor:
    b, (n, c, h, w) = _block(call)

    def moved(array: Array) -> Array:
        split = array.reshape(n, c, h // b, b, w // b, b)
        return split.transpose(0, 3, 5, 1, 2, 4).reshape(n, c * b * b, h // b, w // b)

    return rearranged(call.any(0), moved, "a picture of a multiple of the block")


def _block(call: Call) -> tuple[int, tuple[int, ...]]:
    block, sizes = call.attributes["blocksize"], shape(call.any(0))
    if not block or block < 1 or len(sizes) != 4:
        raise BadInput(
            "", f"expected a block of at least 1 and 4 dimensions, found {block} and {len(sizes)}"
        )
    return block, sizes


def parts(drawing: Drawing, call: Call) -> list[Tensor]:
    value, axis, sizes = call.any(0), call.attributes["axis"], call.whole("split", 1)
    with fitting("an axis of the value"):
        length = shape(value)[axis]
    count = call.outputs
    if call.attributes["num_outputs"] not in (None, count):
        raise BadInput(
            "", f"expected num_outputs = {count}, found {call.attributes['num_outputs']}"
        )
    if sizes is None:
        each = -(-length // max(count, 1))
        sizes = [min(each, length - each * i) for i in range(count)]
    if sum(sizes) != length or min(sizes) < 1:
        raise BadInput(
            "", f"expected parts of at least 1 that make {length}, found {listed(sizes)}"
        )
    ends = [sum(sizes[: i + 1]) for i in range(len(sizes))]
    cuts = [numpy.arange(end - size, end) for end, size in zip(ends, sizes, strict=True)]
    return [_taken(value, cut, axis) for cut in cuts]


def _taken(value: Tensor, numbers: Array, axis: int) -> Tensor:
    return rearranged(value, lambda a: numpy.take(a, numbers, axis=axis), "a part of the value")
