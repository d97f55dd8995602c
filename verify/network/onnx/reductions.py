"""ONNX operators along axes: sums, means, maxima, running sums."""

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from math import prod
from typing import Any

import numpy

from ...kernel.errors import BadInput
from .drawing import Drawing, extremum_along
from .tensors import (
    ONE,
    Array,
    Call,
    Number,
    Tensor,
    Variable,
    axis_of,
    exact_array,
    rearranged,
    shape,
)

Reduction = Callable[[Drawing, Any], Any]


def reduced(over: Reduction) -> Callable[[Drawing, Call], Tensor]:
    """The operator that does this to the last axis of (…, entries), for the axes of the call
    flattened into one."""

    def meaning(drawing: Drawing, call: Call) -> Tensor:
        value, n = call.given(0), len(shape(call.given(0)))
        axes = call.whole("axes", 1)
        if not axes:
            if call.attributes["noop_with_empty_axes"]:
                return value
            axes = list(range(n))
        chosen = sorted({axis_of(axis, n) for axis in axes})
        rest = [axis for axis in range(n) if axis not in chosen]
        sizes = [shape(value)[axis] for axis in rest]

        def lines(array: Array) -> Array:
            return array.transpose(rest + chosen).reshape(*sizes, -1)

        flat = rearranged(value, lines, "axes of the value")
        result: Number = over(drawing, flat)
        if not call.attributes["keepdims"]:
            return result
        kept = [1 if axis in chosen else size for axis, size in enumerate(shape(value))]
        if isinstance(result, Variable):
            return Variable(result.name, result.position.reshape(kept))
        return numpy.asarray(result, dtype=object).reshape(kept)

    return meaning


def _folded(function: Callable[[Any, Any], Any], lines: Array) -> Array:
    sizes = lines.shape[:-1]
    if lines.shape[-1] == 0:
        raise BadInput("", "expected entries to reduce, found none")
    entries = [reduce(function, line) for line in lines.reshape(-1, lines.shape[-1])]
    return exact_array(entries).reshape(sizes)


def summed(drawing: Drawing, value: Any) -> Any:
    if not isinstance(value, Variable):
        return _folded(lambda a, b: a + b, value)
    return _weighted(drawing, value, ONE)


def averaged(drawing: Drawing, value: Any) -> Any:
    count = shape(value)[-1]
    if not isinstance(value, Variable):
        return _folded(lambda a, b: a + b, value) * Fraction(1, count)
    return _weighted(drawing, value, Fraction(1, count))


def _weighted(drawing: Drawing, value: Variable, weight: Fraction) -> Variable:
    count, sizes = shape(value)[-1], shape(value)[:-1]
    weights = numpy.full((1, count), weight, dtype=object)
    made = drawing.along(
        Variable(value.name, value.position), -1, numpy.arange(count)[None], weights
    )
    return Variable(made.name, made.position.reshape(sizes))


def summed_absolute(drawing: Drawing, value: Any) -> Any:
    return summed(drawing, drawing.elementwise("Abs", [value]))


def largest(op: str) -> Reduction:
    def over(drawing: Drawing, value: Any) -> Any:
        if isinstance(value, Variable):
            return extremum_along(drawing, op, value)
        choose: Any = max if op == "Max" else min
        return _folded(choose, value)

    return over


def multiplied(drawing: Drawing, value: Any) -> Any:
    if isinstance(value, Variable):
        if shape(value)[-1] == 1:
            return Variable(value.name, value.position[..., 0])
        wanted = "expected constants to multiply"
        raise BadInput("", f"{wanted}, found values that depend on the network's input")
    return _folded(lambda a, b: a * b, value)


def running_sum(drawing: Drawing, call: Call) -> Tensor:
    """CumSum: entry i is the sum up to i, or before it where `exclusive`; from the end where
    `reverse`."""
    value = call.given(0)
    axis = axis_of(call.integer(1), len(shape(value)))
    n, shift = shape(value)[axis], int(bool(call.attributes["exclusive"]))
    rows, columns = numpy.arange(n)[:, None], numpy.arange(n)[None]
    chosen = columns >= rows + shift if call.attributes["reverse"] else columns <= rows - shift
    choices = numpy.where(chosen, columns, -1)
    if isinstance(value, Variable):
        return drawing.along(value, axis, choices, numpy.full((1, n), ONE, dtype=object))
    moved = numpy.moveaxis(value, axis, -1)
    sums = []
    for line in moved.reshape(-1, n):
        for row in choices:
            sums.append(line[row[row >= 0]].sum(initial=0 * line[0]))
    made = exact_array(sums).reshape(*moved.shape[:-1], n)
    return numpy.moveaxis(made, -1, axis) if prod(made.shape) else made
