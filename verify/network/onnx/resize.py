"""ONNX's Resize and Upsample by nearest neighbours or linearly: each axis is a linear map of its
own.

Coordinates are computed exactly; a scale that is given as a float32 is the fraction that it is.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor, prod
from typing import Any

import numpy

from ...kernel.errors import BadInput
from .drawing import Drawing, listed
from .tensors import (
    ONE,
    ZERO,
    Array,
    Call,
    Number,
    Tensor,
    Variable,
    axis_of,
    fractions,
    integers,
    shape,
    within_budget,
)

HALF = Fraction(1, 2)
COST_OF_PLACE = 4  # entries that a place along an axis counts as: it is found in fractions


def _symmetric(x: int, scale: Fraction, old: int, new: int) -> Fraction:
    adjustment = new / (scale * old)
    centre = Fraction(old, 2)
    return centre * (1 - adjustment) + (x + HALF) / scale - HALF


# from the place in the result, scale, and the old and new sizes to a coordinate
COORDINATES: Mapping[str, Callable[[int, Fraction, int, int], Fraction]] = {
    "half_pixel": lambda x, scale, old, new: (x + HALF) / scale - HALF,
    "half_pixel_symmetric": _symmetric,
    "pytorch_half_pixel": lambda x, scale, old, new: (x + HALF) / scale - HALF if new > 1 else ZERO,
    "align_corners": lambda x, scale, old, new: (
        Fraction(x * (old - 1), new - 1) if new > 1 else ZERO
    ),
    "asymmetric": lambda x, scale, old, new: x / scale,
    "tf_half_pixel_for_nn": lambda x, scale, old, new: (x + HALF) / scale,
}
ROUNDED: Mapping[str, Callable[[Fraction], int]] = {
    "round_prefer_floor": lambda x: ceil(x - HALF),
    "round_prefer_ceil": lambda x: floor(x + HALF),
    "floor": floor,
    "ceil": ceil,
}


def resize(drawing: Drawing, call: Call) -> Tensor:
    first = 0 if call.opset < 11 else 1  # opset 11 put a region before the scales
    scales = call.optional(first + 1)
    given = fractions(call.constant(first + 1)) if scales is not None else []
    sizes = call.optional(first + 2)
    wanted = integers(call.constant(first + 2)) if sizes is not None else []
    if call.attributes["antialias"] or call.attributes["keep_aspect_ratio_policy"] != "stretch":
        raise BadInput("", "expected Resize without antialias that stretches, found another")
    if call.opset < 11:
        return _resized(drawing, call, given, wanted, "asymmetric", "floor")
    mode = call.attributes["coordinate_transformation_mode"]
    return _resized(drawing, call, given, wanted, mode, call.attributes["nearest_mode"])


def upsample(drawing: Drawing, call: Call) -> Tensor:
    scales = call.attributes["scales"] or fractions(call.constant(1))
    return _resized(drawing, call, scales, [], "asymmetric", "floor")


def _resized(
    drawing: Drawing,
    call: Call,
    scales: list[Fraction],
    sizes: list[int],
    coordinates: str,
    rounding: str,
) -> Tensor:
    value = call.given(0)
    old, mode = shape(value), call.attributes["mode"]
    axes = [axis_of(a, len(old)) for a in call.attributes.get("axes") or range(len(old))]
    given: list[Any] = [*sizes] or [*scales]
    if len(given) != len(axes) or min(given, default=0) <= 0:
        found = listed(given)
        raise BadInput(
            "", f"expected {len(axes)} positive scales or sizes, found {found or 'none'}"
        )
    if (
        mode not in ("nearest", "linear")
        or coordinates not in COORDINATES
        or rounding not in ROUNDED
    ):
        wanted = f"expected the mode nearest or linear, coordinates among {', '.join(COORDINATES)}"
        raise BadInput("", f"{wanted}, found {mode}, {coordinates}, {rounding}")
    new_sizes = list(old)
    for index, axis in enumerate(axes):
        new_sizes[axis] = sizes[index] if sizes else floor(old[axis] * scales[index])
    if min([*old, *new_sizes], default=1) < 1:
        raise BadInput("", f"expected sizes of at least 1, found {listed([*old, *new_sizes])}")
    within_budget(max(prod(new_sizes), COST_OF_PLACE * max(new_sizes)))
    result: Number = value
    for index, axis in enumerate(axes):
        new = new_sizes[axis]
        scale = Fraction(new, old[axis]) if sizes else scales[index]
        if new == old[axis] and scale == 1:
            continue
        places = [COORDINATES[coordinates](x, scale, old[axis], new) for x in range(new)]
        if mode == "nearest":
            chosen = [min(max(ROUNDED[rounding](x), 0), old[axis] - 1) for x in places]
            result = _taken(result, axis, numpy.array(chosen))
        else:
            result = _interpolated(drawing, result, axis, places, old[axis])
    return result


def _taken(value: Any, axis: int, chosen: Array) -> Any:
    if isinstance(value, Variable):
        return Variable(value.name, numpy.take(value.position, chosen, axis))
    return numpy.take(value, chosen, axis)


def _interpolated(
    drawing: Drawing, value: Any, axis: int, places: list[Fraction], old: int
) -> Variable:
    choices, weights = [], []
    for place in places:
        inside = min(max(place, ZERO), Fraction(old - 1))
        left = floor(inside)
        part = inside - left
        right = left + 1 if part else -1
        choices.append([left, right])
        weights.append([ONE - part, part])
    table = numpy.array(weights, dtype=object)
    return drawing.along(drawing.variable(value), axis, numpy.array(choices), table)
