"""Col2Im, with which PyTorch writes nn.Fold: columns of overlapping blocks, added up to a picture.

The input has shape (batch, channels · entries of a block, blocks). An entry of the result is the
sum of those that lie on it, of which each block has at most one.
"""

from math import prod

import numpy

from ...kernel.errors import BadInput
from .drawing import Drawing
from .tensors import ONE, ZERO, Array, Call, Tensor, integers, shape, sized, within_budget
from .windows import PADDING, crossed, frame_of, refuse_many


def col2im(drawing: Drawing, call: Call) -> Tensor:
    value = drawing.variable(call.given(0))
    picture, block = integers(call.constant(1)), integers(call.constant(2))
    if min(picture, default=0) < 1:
        raise BadInput("", f"expected a picture with entries, found shape {sized(picture)}")
    frame = frame_of(call, picture, block)
    counts = [
        (size + frame.before[axis] + frame.after[axis] - frame.extent(axis)) // frame.strides[axis]
        + 1
        for axis, size in enumerate(picture)
    ]
    entries, blocks, sizes = prod(block), prod(counts), shape(value)
    if min(counts) < 1 or len(sizes) != 3 or sizes[1] % entries or sizes[2] != blocks:
        wanted = f"(batch, a multiple of {entries}, {max(blocks, 0)})"
        raise BadInput("", f"expected columns of shape {wanted}, found {sized(sizes)}")
    pictures = sizes[0] * (sizes[1] // entries)
    within_budget(pictures * prod(picture))
    refuse_many(pictures * prod(picture) * entries)
    axes = []
    for axis, size in enumerate(picture):
        offsets = numpy.arange(block[axis]) * frame.dilations[axis]
        distance = numpy.arange(size)[:, None] + frame.before[axis] - offsets
        place, rest = numpy.divmod(distance, frame.strides[axis])
        axes.append(
            numpy.where((rest == 0) & (place >= 0) & (place < counts[axis]), place, PADDING)
        )
    choices = _choices(crossed(axes, counts), pictures, blocks)
    rows = numpy.arange(len(choices)), numpy.zeros(len(choices), int)
    weights = numpy.array([[ONE] * entries], dtype=object)
    out = (sizes[0], sizes[1] // entries, *picture)
    return drawing.linear(value, choices, weights, rows, (ZERO,) * len(choices), out)


def _choices(windows: Array, pictures: int, blocks: int) -> Array:
    """The entries of the input that lie on each entry of the result, or -1: of one picture by the
    blocks (entries of the picture, entries of a block)."""
    entries = windows.shape[1]
    own = numpy.where(windows >= 0, numpy.arange(entries) * blocks + windows, PADDING)
    first = numpy.arange(pictures)[:, None, None] * entries * blocks
    return numpy.where(own >= 0, own + first, PADDING).reshape(-1, entries)
