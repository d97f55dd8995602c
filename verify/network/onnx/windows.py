"""ONNX operators with windows: convolutions, their transposes, pooling, padding.

A window is an array of numbers of entries of the picture, place by place; -1 stands for padding, -2
for what lies beyond it. A convolution keeps its structure: one list of weights a channel, one
choice of entries a place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

import numpy

from ...kernel.errors import BadInput, OverBudget
from .drawing import MOST_CHOICES, Drawing, extremum_along, listed
from .kinks import activated
from .tensors import (
    ONE,
    ZERO,
    Array,
    Call,
    Result,
    Tensor,
    Unread,
    Variable,
    axis_of,
    constant,
    exact_array,
    fitting,
    fractions,
    rearranged,
    shape,
    sized,
    within_budget,
)

PADDING, BEYOND = -1, -2


@dataclass(frozen=True)
class Frame:
    """Kernel sizes, strides, dilations and pads (before, after), one an axis of the picture."""

    kernel: Sequence[int]
    strides: Sequence[int]
    dilations: Sequence[int]
    before: Sequence[int]
    after: Sequence[int]

    def extent(self, axis: int) -> int:
        return (self.kernel[axis] - 1) * self.dilations[axis] + 1


def frame_of(call: Call, picture: Sequence[int], kernel: Sequence[int]) -> Frame:
    n = len(picture)
    strides, dilations = (call.attributes[name] or [1] * n for name in ("strides", "dilations"))
    pads = call.attributes["pads"] or [0] * (2 * n)
    lengths = (len(kernel), len(strides), len(dilations), len(pads))
    positive = min([*kernel, *strides, *dilations], default=0) >= 1
    if n < 1 or lengths != (n, n, n, 2 * n) or not positive or min(pads) < 0:
        wanted = f"expected {n} sizes, strides, dilations and pairs of pads"
        found = listed([*kernel, *strides, *dilations, *pads])
        raise BadInput("", f"{wanted} for {call.op} of {n} axes, found {found}")
    frame = Frame(kernel, strides, dilations, pads[:n], pads[n:])
    return frame if call.attributes["auto_pad"] == "NOTSET" else _padded(frame, picture, call)


def _padded(frame: Frame, picture: Sequence[int], call: Call) -> Frame:
    mode = call.attributes["auto_pad"]
    if mode == "VALID":
        zeros = [0] * len(picture)
        return Frame(frame.kernel, frame.strides, frame.dilations, zeros, zeros)
    if mode not in ("SAME_UPPER", "SAME_LOWER"):
        raise BadInput(
            "", f"expected auto_pad NOTSET, VALID, SAME_UPPER or SAME_LOWER, found {mode}"
        )
    needed = [
        max((-(-size // stride) - 1) * stride + frame.extent(axis) - size, 0)
        for axis, (size, stride) in enumerate(zip(picture, frame.strides, strict=True))
    ]
    lesser, greater = [n // 2 for n in needed], [n - n // 2 for n in needed]
    sides = (lesser, greater) if mode == "SAME_UPPER" else (greater, lesser)
    return Frame(frame.kernel, frame.strides, frame.dilations, *sides)


def _windows(frame: Frame, picture: Sequence[int], ceil: bool = False) -> tuple[Array, list[int]]:
    """The entries of the picture by number, (places, entries of a window); and the sizes of the
    result."""
    starts, sizes = [], []
    for axis, size in enumerate(picture):
        stride, before, after = frame.strides[axis], frame.before[axis], frame.after[axis]
        room = size + before + after - frame.extent(axis)
        if room < 0:
            raise BadInput(
                "", f"expected windows within the picture {sized(picture)}, found larger ones"
            )
        steps = -(-room // stride) if ceil else room // stride
        count = steps + 1
        if ceil and (count - 1) * stride >= size + before:
            count -= 1
        sizes.append(count)
        refuse_many(max(count, 0) * frame.kernel[axis])
        offsets = numpy.arange(frame.kernel[axis]) * frame.dilations[axis]
        places = numpy.arange(count)[:, None] * stride - before + offsets
        marks = numpy.where(places >= size + after, BEYOND, PADDING)
        starts.append(numpy.where((places >= 0) & (places < size), places, marks))
    within_budget(prod(sizes))
    refuse_many(prod(sizes) * prod(frame.kernel))
    return crossed(starts, picture), sizes


def refuse_many(choices: int) -> None:
    if choices > MOST_CHOICES:
        raise OverBudget("", f"windows with {choices} entries; at most {MOST_CHOICES} are read")


def crossed(axes: Sequence[Array], picture: Sequence[int]) -> Array:
    """Windows of several axes from the (places, entries) of each."""
    n = len(axes)
    number = numpy.zeros((1,) * (2 * n), dtype=numpy.int64)
    missing = number
    for axis, places in enumerate(axes):
        dims = [1] * (2 * n)
        dims[axis], dims[n + axis] = places.shape
        own = places.reshape(dims)
        missing = numpy.minimum(missing, own)
        number = number * picture[axis] + numpy.maximum(own, 0)
    crossed = numpy.where(missing < 0, missing, number)
    return numpy.asarray(crossed.reshape(prod(len(places) for places in axes), -1))


def _picture(value: Any, op: str) -> tuple[int, int, tuple[int, ...]]:
    sizes = shape(value)
    if len(sizes) < 3:
        wanted = f"expected batch, channels and at least one axis for {op}"
        raise BadInput("", f"{wanted}, found shape {sized(sizes)}")
    return sizes[0], sizes[1], sizes[2:]


# Convolutions


def conv(drawing: Drawing, call: Call) -> Tensor:
    value, kernel = drawing.variable(call.given(0)), call.constant(1)
    batch, channels, picture = _picture(value, call.op)
    sizes = kernel.shape[2:]
    if call.attributes["kernel_shape"] not in (None, list(sizes)) or len(sizes) != len(picture):
        found = f"{sized(kernel.shape)} for the picture {sized(picture)}"
        raise BadInput("", f"expected kernels that fit, found {found}")
    windows, out = _windows(frame_of(call, picture, sizes), picture)
    return _convolved(drawing, call, value, windows, kernel, (batch, channels, tuple(out)))


def conv_transpose(drawing: Drawing, call: Call) -> Tensor:
    value, kernel = drawing.variable(call.given(0)), call.constant(1)
    batch, channels, picture = _picture(value, call.op)
    groups = call.attributes["group"]
    if (
        len(kernel.shape) != len(picture) + 2
        or groups < 1
        or len(kernel) != channels
        or channels % groups
    ):
        found = f"{sized(kernel.shape)} for {channels} channels in {groups} groups"
        raise BadInput("", f"expected kernels that fit, found {found}")
    windows, out = _transposed_windows(call, picture, kernel.shape[2:])
    parts = numpy.split(kernel, groups)  # (channels of the group, outputs of the group, …)
    turned = numpy.concatenate([numpy.swapaxes(part, 0, 1) for part in parts])
    return _convolved(drawing, call, value, windows, turned, (batch, channels, out))


def _convolved(
    drawing: Drawing,
    call: Call,
    value: Variable,
    windows: Array,
    kernel: Array,
    sizes: tuple[int, int, tuple[int, ...]],
) -> Tensor:
    """Kernels (outputs, channels of a group, …) on windows."""
    (batch, channels, out), groups, outputs = sizes, call.attributes["group"], len(kernel)
    fits = groups >= 1 and channels % groups == 0 and outputs % groups == 0 and outputs > 0
    if not fits or kernel.shape[1] * groups != channels:
        found = f"{sized(kernel.shape)} for {channels} channels in {groups} groups"
        raise BadInput("", f"expected kernels that fit, found {found}")
    bias = fractions(call.constant(2)) if call.optional(2) is not None else [ZERO] * outputs
    if len(bias) != outputs:
        raise BadInput("", f"expected {outputs} biases, found {len(bias)}")
    each = channels // groups
    places, entries = windows.shape
    area = value.position.size // (batch * channels)
    refuse_many(batch * groups * places * each * entries)
    numbers = numpy.arange(value.position.size).reshape(batch, groups, each, area)
    padded = numpy.concatenate([numbers, numpy.full((batch, groups, each, 1), -1)], 3)
    chosen = padded[..., numpy.maximum(windows, PADDING)]  # batch, groups, each, places, entries
    choices = chosen.transpose(0, 1, 3, 2, 4).reshape(batch * groups * places, each * entries)
    group_of = numpy.repeat(numpy.arange(groups), outputs // groups)
    first = (numpy.arange(batch)[:, None] * groups + group_of) * places  # batch, outputs
    place = (first[:, :, None] + numpy.arange(places)).ravel()
    weight = numpy.tile(numpy.repeat(numpy.arange(outputs), places), batch)
    shifts = [own for own in bias for _ in range(places)] * batch
    result_sizes = (batch, outputs, *out)
    weights = kernel.reshape(outputs, each * entries)
    result: Tensor = drawing.linear(value, choices, weights, (place, weight), shifts, result_sizes)
    if "activation" not in call.attributes:
        return result
    if call.optional(3) is not None:
        raise BadInput("", "expected FusedConv of at most 3 inputs, found 4")
    given = call.attributes["activation_params"] or []
    return activated(drawing, result, call.attributes["activation"] or "", given)


def _transposed_windows(
    call: Call, picture: Sequence[int], kernel: Sequence[int]
) -> tuple[Array, tuple[int, ...]]:
    """For each entry of the result and of the kernel, the entry of the picture that they join, or
    -1."""
    frame = _frame_without_auto(call, picture, kernel)
    extra = call.attributes["output_padding"] or [0] * len(picture)
    wanted = call.attributes["output_shape"]
    with fitting(f"{len(picture)} sizes"):
        full = [
            frame.strides[a] * (size - 1) + extra[a] + frame.extent(a)
            for a, size in enumerate(picture)
        ]
        mode, before, after = call.attributes["auto_pad"], [*frame.before], [*frame.after]
        if mode in ("SAME_UPPER", "SAME_LOWER") and not wanted:
            wanted = [size * stride for size, stride in zip(picture, frame.strides, strict=True)]
        if wanted:
            spare = [have - want for have, want in zip(full, wanted[-len(full) :], strict=True)]
            halves = [max(n, 0) // 2 for n in spare]
            rests = [n - half for n, half in zip(spare, halves, strict=True)]
            before, after = (halves, rests) if mode == "SAME_UPPER" else (rests, halves)
        out = [f - b - a for f, b, a in zip(full, before, after, strict=True)]
    if min(out) < 1 or min(before) < 0 or max(before) > MOST_CHOICES:
        raise BadInput("", f"expected a result with entries, found shape {listed(out)}")
    within_budget(prod(out))
    refuse_many(prod(out) * prod(kernel))
    axes = []
    for axis, size in enumerate(out):
        offsets = numpy.arange(kernel[axis]) * frame.dilations[axis]
        distance = numpy.arange(size)[:, None] + before[axis] - offsets
        place, rest = numpy.divmod(distance, frame.strides[axis])
        axes.append(
            numpy.where((rest == 0) & (place >= 0) & (place < picture[axis]), place, PADDING)
        )
    return crossed(axes, picture), tuple(out)


def _frame_without_auto(call: Call, picture: Sequence[int], kernel: Sequence[int]) -> Frame:
    plain = Call(
        call.op,
        call.inputs,
        call.kinds,
        {**call.attributes, "auto_pad": "NOTSET"},
        call.outputs,
        call.opset,
    )
    return frame_of(plain, picture, kernel)


# Pooling


def max_pool(drawing: Drawing, call: Call) -> list[Result]:
    value, windows, out = _pooled(drawing, call)
    present = windows >= 0
    if not present.any(axis=1).all():
        raise BadInput("", "expected windows that meet the picture, found one within the padding")
    first = windows[numpy.arange(len(windows)), present.argmax(axis=1)]
    filled = numpy.where(
        present, windows, first[:, None]
    )  # an entry twice does not change a maximum
    chosen = _flat(value)[:, filled]
    result = drawing.variable(extremum_along(drawing, "Max", Variable(value.name, chosen)))
    made = Variable(result.name, result.position.reshape(*shape(value)[:2], *out))
    return [made, Unread("the places of the largest entries jump, so they are not read")]


def average_pool(drawing: Drawing, call: Call) -> Tensor:
    value, windows, out = _pooled(drawing, call)
    least = PADDING if call.attributes["count_include_pad"] else 0
    counts = (windows >= least).sum(axis=1)
    if counts.min() < 1:
        raise BadInput("", "expected windows that meet the picture, found one within the padding")
    return _averaged(drawing, value, windows, counts, out)


def _pooled(drawing: Drawing, call: Call) -> tuple[Variable, Array, list[int]]:
    value = drawing.variable(call.given(0))
    _, _, picture = _picture(value, call.op)
    kernel = call.attributes["kernel_shape"]
    if not kernel:
        raise BadInput("", f"expected a kernel_shape for {call.op}, found none")
    ceil = bool(call.attributes["ceil_mode"])
    windows, out = _windows(frame_of(call, picture, kernel), picture, ceil)
    refuse_many(prod(shape(value)[:2]) * windows.size)
    return value, windows, out


def _flat(value: Variable) -> Array:
    area = prod(value.position.shape[2:])
    return value.position.reshape(-1, area)


def _averaged(
    drawing: Drawing, value: Variable, windows: Array, counts: Array, out: Sequence[int]
) -> Variable:
    different, number = numpy.unique(counts, return_inverse=True)
    weights = numpy.array(
        [[Fraction(1, int(count))] * windows.shape[1] for count in different], dtype=object
    )
    lines = prod(shape(value)[:2])
    numbers = numpy.arange(value.position.size).reshape(lines, -1)
    padded = numpy.concatenate([numbers, numpy.full((lines, 1), -1)], 1)
    choices = padded[:, numpy.maximum(windows, PADDING)].reshape(-1, windows.shape[1])
    rows = (numpy.arange(len(choices)), numpy.tile(number, lines))
    sizes = (*shape(value)[:2], *out)
    return drawing.linear(value, choices, weights, rows, (ZERO,) * len(choices), sizes)


def global_average_pool(drawing: Drawing, call: Call) -> Tensor:
    value = drawing.variable(call.given(0))
    _, _, picture = _picture(value, call.op)
    windows = numpy.arange(prod(picture))[None]
    return _averaged(drawing, value, windows, numpy.array([prod(picture)]), [1] * len(picture))


def global_max_pool(drawing: Drawing, call: Call) -> Tensor:
    value = drawing.variable(call.given(0))
    _, _, picture = _picture(value, call.op)
    result = drawing.variable(extremum_along(drawing, "Max", Variable(value.name, _flat(value))))
    sizes = (*shape(value)[:2], *(1,) * len(picture))
    return Variable(result.name, result.position.reshape(sizes))


# Padding


def pad(drawing: Drawing, call: Call) -> Tensor:
    value, mode = call.given(0), call.attributes["mode"]
    n = len(shape(value))
    widths = _pads(call, n)
    numbers = numpy.arange(prod(shape(value))).reshape(shape(value))
    for axis, (before, after) in enumerate(widths):  # what is negative is cut off
        end = numbers.shape[axis] + min(after, 0)
        numbers = numpy.take(numbers, range(max(-before, 0), max(end, 0)), axis=axis)
    grown = [(max(before, 0), max(after, 0)) for before, after in widths]
    within_budget(prod(s + b + a for s, (b, a) in zip(numbers.shape, grown, strict=True)))
    if numbers.size == 0 and isinstance(value, Variable):
        raise BadInput("", "expected entries that are left, found none")
    if mode == "constant":
        numbers = numpy.pad(numbers, grown, constant_values=-1)
    elif mode in ("reflect", "edge", "wrap"):
        with fitting("pads that fit"):
            numbers = numpy.pad(numbers, grown, mode=mode)
    else:
        raise BadInput("", f"expected the mode constant, reflect, edge or wrap, found {mode}")
    return _filled(drawing, value, numbers, _fill(call))


def _fill(call: Call) -> Any:
    if call.opset < 11 or call.optional(2) is None:
        return Fraction(call.attributes["value"] or 0)
    if call.constant(2).size != 1:
        raise BadInput("", f"expected one value to pad with, found {call.constant(2).size}")
    return call.constant(2).flat[0]


def _pads(call: Call, n: int) -> list[tuple[int, int]]:
    pads = call.attributes["paddings"] or call.whole("pads", 1)
    axes = integers_or(call, 3, list(range(n)))
    if pads is None or len(pads) != 2 * len(axes):
        raise BadInput("", f"expected {2 * len(axes)} pads, found {len(pads or [])}")
    widths = [(0, 0)] * n
    for index, axis in enumerate(axes):
        widths[axis_of(axis, n)] = (pads[index], pads[index + len(axes)])
    return widths


def integers_or(call: Call, index: int, default: list[int]) -> list[int]:
    given = call.whole("", index)
    return default if given is None else given


def _filled(drawing: Drawing, value: Any, numbers: Array, fill: Any) -> Tensor:
    """The tensor with these numbers of its entries, `fill` where the number is -1."""
    if not isinstance(value, Variable):
        entries = numpy.append(value.ravel(), constant(fill))
        return numpy.asarray(entries[numbers], dtype=object)
    if (numbers >= 0).all():
        return rearranged(value, lambda a: a.ravel()[numbers], "a padded value")
    (finite,) = fractions(exact_array([fill]))
    flat = numbers.ravel()
    bias = [ZERO if number >= 0 else finite for number in flat.tolist()]
    weights = numpy.array([[ONE]], dtype=object)
    rows = (numpy.arange(len(flat)), numpy.zeros(len(flat), dtype=int))
    return drawing.linear(value, flat[:, None], weights, rows, bias, numbers.shape)
