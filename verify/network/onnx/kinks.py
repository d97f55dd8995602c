"""ONNX operators that bend: Relu and its kin, maxima and minima, sorting."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain
from math import prod
from typing import Any

import numpy

from ...kernel.errors import BadInput, displayed
from .arithmetic import gemm
from .drawing import (
    Drawing,
    above,
    exact,
    extremum,
    joined,
    times,
    total,
)
from .tensors import (
    ONE,
    ZERO,
    Array,
    Call,
    Result,
    Tensor,
    Unread,
    Variable,
    broadcast,
    constant,
    fractions,
    pointwise,
    scalar,
    shape,
    within_budget,
)

MOST_SORTED = 64


def relu(drawing: Drawing, call: Call) -> Tensor:
    return drawing.elementwise("Relu", [call.given(0)])


def absolute(drawing: Drawing, call: Call) -> Tensor:
    return drawing.elementwise("Abs", [call.given(0)])


def leaky_relu(drawing: Drawing, call: Call) -> Tensor:
    return leaky(drawing, call.given(0), call.attributes["alpha"])


def leaky(drawing: Drawing, value: Tensor, alpha: Fraction) -> Tensor:
    if not isinstance(value, Variable):
        return pointwise(lambda x: x if x > 0 else alpha * x, [value])  # type: ignore[list-item]
    return drawing.node("LeakyRelu", [drawing.flat(value)], shape(value), {"alpha": alpha})


def prelu(drawing: Drawing, call: Call) -> Tensor:
    value, slope = call.given(0), call.constant(1)
    if shape(broadcast([value, slope])[0]) != shape(value):
        raise BadInput("", f"expected a slope that fits {shape(value)}, found {slope.shape}")
    if len(set(slope.flat)) == 1:
        return leaky(drawing, value, fractions(slope)[0])
    if not isinstance(value, Variable):
        return pointwise(lambda x, a: x if x > 0 else a * x, [value, slope])
    ramp = times(drawing, drawing.elementwise("Relu", [value]), constant(1 - slope))
    return total(drawing, [ramp, times(drawing, value, slope)])


def thresholded_relu(drawing: Drawing, call: Call) -> Tensor:
    if call.attributes["alpha"] != 0:
        found = displayed(str(call.attributes["alpha"]))[1:-1]
        raise BadInput(
            "", f"expected a continuous function, found ThresholdedRelu with alpha {found}"
        )
    return relu(drawing, call)


def shrink(drawing: Drawing, call: Call) -> Tensor:
    """x − λ above λ, x + λ below −λ, 0 between: clipping taken away."""
    bias, bound = call.attributes["bias"], call.attributes["lambd"]
    if bias != bound or bound < 0:
        raise BadInput("", "expected Shrink with bias = lambd, found others, with which it jumps")
    value = call.given(0)
    inner = clipped(drawing, value, -bound, bound)
    return total(drawing, [value, times(drawing, inner, scalar(-ONE))])


def maximum(op: str) -> Callable[[Drawing, Call], Tensor]:
    return lambda drawing, call: extremum(drawing, op, call.all())


def clip(drawing: Drawing, call: Call) -> Tensor:
    return clipped(drawing, call.given(0), _bound(call, "min", 1), _bound(call, "max", 2))


def _bound(call: Call, name: str, index: int) -> Fraction | None:
    """An infinite bound on the side where it bounds nothing is None."""
    if call.attributes[name] is not None:
        value = call.attributes[name]
    elif call.optional(index) is None:
        return None
    elif call.constant(index).size != 1:
        raise BadInput("", f"expected one {name} for Clip, found {call.constant(index).size}")
    else:
        value = call.constant(index).flat[0]
    if type(value) is float and (value < 0) == (name == "min"):
        return None
    return fractions(exact([value], (1,)))[0]


def clipped(
    drawing: Drawing, value: Tensor, least: Fraction | None, most: Fraction | None
) -> Tensor:
    """min(max(x, least), most), as ONNX has it: `most` where least > most."""
    if least is not None and most is not None and least >= most:
        return total(drawing, [times(drawing, value, scalar(ZERO)), scalar(most)])
    if not isinstance(value, Variable):
        bounds = [(max, least), (min, most)]
        for choose, bound in bounds:
            if bound is not None:
                value = pointwise(choose, [value, scalar(bound)])  # type: ignore[list-item]
        return value
    if least is not None and most is not None:
        parameters = {"min": least, "max": most}
        return drawing.node("Clip", [drawing.flat(value)], shape(value), parameters)
    if least is not None:
        return above(drawing, value, scalar(least))
    return value if most is None else above(drawing, value, scalar(most), -ONE)


def hard_sigmoid(drawing: Drawing, call: Call) -> Tensor:
    scaled = times(drawing, call.given(0), scalar(call.attributes["alpha"]))
    ramp = total(drawing, [scaled, scalar(call.attributes["beta"])])
    return clipped(drawing, ramp, ZERO, ONE)


ACTIVATIONS: dict[str, Callable[[Drawing, Any, list[Fraction]], Tensor]] = {
    "": lambda drawing, value, given: value,
    "Relu": lambda drawing, value, given: drawing.elementwise("Relu", [value]),
    "LeakyRelu": lambda drawing, value, given: leaky(drawing, value, given[0]),
    "Clip": lambda drawing, value, given: clipped(drawing, value, given[0], given[1]),
}


def activated(drawing: Drawing, value: Tensor, name: str, given: list[Fraction]) -> Tensor:
    """What onnxruntime's fused operators do last."""
    wanted = {"LeakyRelu": 1, "Clip": 2}.get(name, 0)
    if name not in ACTIVATIONS or len(given) < wanted:
        found = displayed(name)[1:-1]
        raise BadInput("", f"expected an activation among Relu, LeakyRelu, Clip, found {found}")
    return ACTIVATIONS[name](drawing, value, given)


def fused_gemm(drawing: Drawing, call: Call) -> Tensor:
    given = [call.attributes[f"activation_{name}"] for name in ("alpha", "beta", "gamma")]
    kept = [entry for entry in given if entry is not None]
    return activated(drawing, gemm(drawing, call), call.attributes["activation"] or "", kept)


def top_k(drawing: Drawing, call: Call) -> list[Result]:
    """The K largest or smallest along an axis, sorted by comparisons of fixed places (Batcher):
    each is a Max and a Min."""
    value, axis = call.given(0), call.axis(len(shape(call.given(0))))
    given = [call.attributes["k"]] if call.attributes["k"] is not None else call.whole("", 1)
    if given is None or len(given) != 1:
        raise BadInput("", "expected one number K, found others")
    count = given[0]
    length = shape(value)[axis]
    if not 1 <= count <= length or length > MOST_SORTED:
        wanted = f"expected K from 1 to the length, and a length of at most {MOST_SORTED}"
        raise BadInput("", f"{wanted}, found K = {count} of {length}")
    within_budget(prod(shape(value)))
    lines: Any = _moved(value, axis)
    for low, high in _comparisons(length):
        lines = _compared(drawing, lines, low, high)
    order = numpy.arange(length)[::-1] if call.attributes["largest"] else numpy.arange(length)
    chosen = order[:count]
    result = _taken(lines, chosen)
    unread = Unread(
        "the places of the largest entries jump, so they are not read: only the values are"
    )
    return [_moved(result, axis, back=True), unread]


def _moved(value: Any, axis: int, back: bool = False) -> Any:
    def change(array: Array) -> Array:
        return numpy.moveaxis(array, -1, axis) if back else numpy.moveaxis(array, axis, -1)

    if isinstance(value, Variable):
        return Variable(value.name, change(value.position))
    return change(value)


def _taken(value: Any, chosen: Any) -> Any:
    if isinstance(value, Variable):
        return Variable(value.name, value.position[..., chosen])
    return value[..., chosen]


def _compared(drawing: Drawing, lines: Any, low: list[int], high: list[int]) -> Any:
    sides = [_taken(lines, low), _taken(lines, high)]
    rest = [i for i in range(shape(lines)[-1]) if i not in low and i not in high]
    columns = [drawing.elementwise(op, sides) for op in ("Min", "Max")]
    if rest:
        columns.append(_taken(lines, rest))
    places = numpy.argsort([*low, *high, *rest])
    return _taken(joined(drawing, columns), places)


def _comparisons(n: int) -> Iterator[tuple[list[int], list[int]]]:
    """Batcher's odd-even merge sort: rounds of comparisons of disjoint pairs, the lesser to the
    first."""
    p = 1
    while p < n:
        k = p
        while k >= 1:
            starts = range(k % p, n - k, 2 * k)
            places = chain.from_iterable(range(j, min(j + k, n - k)) for j in starts)
            low = [i for i in places if i // (2 * p) == (i + k) // (2 * p)]
            yield low, [i + k for i in low]
            k //= 2
        p *= 2
