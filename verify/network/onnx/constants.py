"""ONNX operators on constants: values, shapes, arithmetic that exporters leave in a graph,
quantised weights."""

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor, prod
from typing import Any

import numpy

from ...kernel.errors import BadInput, displayed
from .arithmetic import rational_root
from .drawing import Drawing, listed, times, total
from .tensors import (
    VARIES,
    ZERO,
    Array,
    Call,
    Tensor,
    Variable,
    constant,
    exact_array,
    fitting,
    fractions,
    integers,
    pointwise,
    scalar,
    shape,
    within_budget,
)

WHOLE_RANGES = {
    2: (0, 255),
    3: (-128, 127),
    4: (0, 65535),
    5: (-32768, 32767),
    21: (0, 15),
    22: (-8, 7),
}


def constant_node(drawing: Drawing, call: Call) -> Tensor:
    given = [value for value in call.attributes.values() if value is not None]
    if len(given) != 1:
        raise BadInput("", f"expected one value for Constant, found {len(given)}")
    if isinstance(given[0], numpy.ndarray):
        return given[0]
    return exact_array(given[0]) if isinstance(given[0], list) else scalar(given[0])


def constant_of_shape(drawing: Drawing, call: Call) -> Tensor:
    sizes = integers(call.constant(0))
    if min(sizes, default=1) < 0:
        raise BadInput("", f"expected sizes of at least 0, found {min(sizes)}")
    within_budget(prod(sizes))
    value = call.attributes["value"]
    if value is not None and value.size != 1:
        raise BadInput("", f"expected one value, found {value.size}")
    entry = ZERO if value is None else value.flat[0]
    return numpy.full(sizes, entry, dtype=object)


def sizes_of(drawing: Drawing, call: Call) -> Tensor:
    return exact_array(shape(call.any(0))[call.attributes["start"] : call.attributes["end"]])


def size_of(drawing: Drawing, call: Call) -> Tensor:
    return scalar(prod(shape(call.any(0))))


def arange(drawing: Drawing, call: Call) -> Tensor:
    start, limit, step = (call.single(index) for index in range(3))
    if step == 0:
        raise BadInput("", "expected a step that is not 0, found 0")
    count = max(ceil(Fraction(limit - start) / step), 0)
    within_budget(count)
    return exact_array([start + index * step for index in range(count)])


def modulo(drawing: Drawing, call: Call) -> Tensor:
    """The sign of the divisor; of the dividend where fmod is 1."""
    one, two = call.constant(0), call.constant(1)
    if not all(two.flat):
        raise BadInput("", "expected a divisor that is not zero, found 0")

    def rest(a: Any, b: Any) -> Any:
        if not call.attributes["fmod"]:
            return a % b
        size = abs(a) % abs(b)
        return -size if a < 0 else size

    return pointwise(rest, [one, two])


def power(drawing: Drawing, call: Call) -> Tensor:
    exponent = call.constant(1)
    value = call.given(0)
    if isinstance(value, Variable):
        if set(exponent.flat) != {1}:
            raise BadInput(
                "", f"expected constants, or the exponent 1, found a power that {VARIES}"
            )
        return value

    def raised(base: Any, by: Any) -> Any:
        if Fraction(by) == Fraction(1, 2):
            return root(drawing, base)
        if Fraction(by).denominator != 1 or abs(by) > 64 or (base == 0 and by < 0):
            raise BadInput("", f"expected whole exponents from -64 to 64, found {listed([by])}")
        return base ** int(by) if by >= 0 else Fraction(1) / Fraction(base) ** int(-by)

    return pointwise(raised, [value, exponent])


def root(drawing: Drawing, value: Any) -> Any:
    exact_root = ZERO if value == 0 else rational_root(Fraction(value))
    if exact_root is not None:
        return exact_root
    if value < 0:
        raise BadInput("", "expected a number of at least 0 under a root, found a negative one")
    note = "an irrational square root of a constant is taken in float64, as the network read has it"
    if note not in drawing.notes:
        drawing.notes.append(note)
    return Fraction(float(value) ** 0.5)


def _inverse(drawing: Drawing, value: Any) -> Any:
    if value == 0:
        raise BadInput("", "expected a divisor that is not zero, found 0")
    return Fraction(1) / value


def _half_even(value: Fraction) -> int:
    return round(Fraction(value))


FUNCTIONS: dict[str, Callable[[Drawing, Any], Any]] = {
    "Sqrt": root,
    "Reciprocal": _inverse,
    "Floor": lambda drawing, x: Fraction(floor(x)),
    "Ceil": lambda drawing, x: Fraction(ceil(x)),
    "Round": lambda drawing, x: Fraction(_half_even(x)),
    "IsNaN": lambda drawing, x: 0,
    "IsInf": lambda drawing, x: int(type(x) is float),
}


CURVED = ("Sqrt", "Reciprocal")


def of_constants(name: str) -> Callable[[Drawing, Call], Tensor]:
    """A function that is read of constants only."""

    def meaning(drawing: Drawing, call: Call) -> Tensor:
        value = call.any(0)
        if not isinstance(value, numpy.ndarray):
            wanted = (
                "a piecewise-linear operator"
                if name in CURVED
                else "an operator that is continuous in its inputs"
            )
            raise BadInput("", f"expected {wanted}, found {name} of a value that {VARIES}")
        return pointwise(lambda entry: FUNCTIONS[name](drawing, entry), [value])

    return meaning


def non_zero(drawing: Drawing, call: Call) -> Tensor:
    places = numpy.nonzero(call.constant(0).astype(bool))
    return exact_array([int(i) for axis in places for i in axis]).reshape(len(places), -1)


def one_hot(drawing: Drawing, call: Call) -> Tensor:
    indices, values = call.constant(0), call.constant(2)
    depth = call.integer(1)
    if values.size != 2 or not 1 <= depth:
        raise BadInput("", "expected a depth of at least 1 and two values, found others")
    within_budget(indices.size * depth)
    chosen = numpy.array(integers(indices), dtype=object).reshape(indices.shape) % depth
    flags = numpy.equal.outer(chosen, numpy.arange(depth).astype(object))
    with fitting("an axis of the result"):
        return constant(
            numpy.moveaxis(numpy.where(flags, values[1], values[0]), -1, call.attributes["axis"])
        )


# Quantised weights: the number that a stored integer stands for


def dequantize(drawing: Drawing, call: Call) -> Tensor:
    """(x − zero point) · scale."""
    value = call.given(0)
    scale, zero = _per_axis(call, 1), _per_axis(call, 2)
    shifted = total(drawing, [value, constant(-zero)])
    return times(drawing, shifted, exact_array(fractions(scale)).reshape(scale.shape))


def quantize(drawing: Drawing, call: Call) -> Tensor:
    """x / scale + zero point, rounded to the nearest integer, ties to even, within the type's
    range."""
    value = call.any(0)
    if not isinstance(value, numpy.ndarray):
        raise BadInput(
            "", "expected constants for QuantizeLinear, which jumps elsewhere, found a variable"
        )
    kind = call.attributes["output_dtype"] or call.kinds[2] if len(call.kinds) > 2 else 2
    if kind not in WHOLE_RANGES:
        raise BadInput(
            "", f"expected an integer type to quantise to, found element type {displayed(kind)}"
        )
    low, high = WHOLE_RANGES[kind]
    scale, zero = _per_axis(call, 1), _per_axis(call, 2)
    if not all(scale.flat):
        raise BadInput("", "expected scales that are not 0, found 0")

    def rounded(x: Any, by: Any, shift: Any) -> int:
        return int(min(max(_half_even(Fraction(x) / by) + shift, low), high))

    return pointwise(rounded, [value, scale, zero])


def _per_axis(call: Call, index: int) -> Array:
    """A scale or zero point, one for all or one for each entry along the axis."""
    if call.optional(index) is None:
        return scalar(0)
    if call.attributes["block_size"]:
        raise BadInput("", "expected one scale for an axis, found scales for blocks")
    given, n = call.constant(index), len(shape(call.given(0)))
    if given.ndim == 0 or given.size == 1:
        return given.reshape(())
    axis = call.axis(n)
    along = [1] * n
    along[axis] = -1
    with fitting("a scale for each entry along the axis"):
        return numpy.broadcast_to(given.reshape(along), shape(call.given(0)))
