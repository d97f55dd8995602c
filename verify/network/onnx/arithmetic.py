"""ONNX operators that are affine: sums, products with constants, matrix products, normalisation in
inference form."""

from fractions import Fraction
from math import isqrt, prod
from typing import Any

import numpy

from ...kernel.errors import BadInput
from . import conditions, signs
from .drawing import Drawing, exact, joined, listed, refuse_two_variables, times, total
from .tensors import (
    ONE,
    ZERO,
    Array,
    Call,
    Condition,
    Number,
    Tensor,
    Variable,
    axis_of,
    fitting,
    fractions,
    pointwise,
    product_of_constants,
    rearranged,
    scalar,
    shape,
    sized,
    split,
    within_budget,
)


def add(drawing: Drawing, call: Call) -> Tensor:
    values = [signs.number(call.any(index)) for index in range(len(call.inputs))]
    place = signs.signed(values)
    if place is not None:
        others = [call.given(i) for i in range(len(values)) if i != place]
        return signs.added(drawing, values[place], others)
    return total(drawing, call.all())


def mean(drawing: Drawing, call: Call) -> Tensor:
    return _multiple(drawing, add(drawing, call), scalar(Fraction(1, len(call.inputs))))


def sub(drawing: Drawing, call: Call) -> Tensor:
    one, other = (signs.number(call.any(index)) for index in range(2))
    place = signs.signed([one, other])
    if place == 0:
        return signs.added(drawing, one, [times(drawing, call.given(1), scalar(-ONE))])
    if place == 1:
        turned = _multiple(drawing, other, scalar(-ONE))
        return signs.added(drawing, turned, [call.given(0)])
    left, right = call.given(0), call.given(1)
    if isinstance(left, Variable) and isinstance(right, Variable):
        return drawing.elementwise("Sub", [left, right])
    return total(drawing, [left, times(drawing, right, scalar(-ONE))])


def _multiple(drawing: Drawing, value: Tensor, factor: Array) -> Tensor:
    if isinstance(value, Condition):
        return signs.scaled(drawing, value, factor)
    return times(drawing, value, factor)


def mul(drawing: Drawing, call: Call) -> Tensor:
    place = signs.signed([call.any(0), call.any(1)])
    if place is not None:
        return signs.scaled(drawing, call.any(place), call.given(1 - place))
    if isinstance(call.any(0), Condition) and isinstance(call.any(1), Condition):
        return Condition("and", (call.any(0), call.any(1)))
    for one, other in ((0, 1), (1, 0)):
        condition = call.any(one)
        if isinstance(condition, Condition):
            return _masked(drawing, condition, call.given(other))
    variables, constants = split(call.all())
    if len(variables) == 2:
        raise refuse_two_variables()
    if variables:
        return drawing.scaled(variables[0], constants[0], scalar(ZERO))
    return product_of_constants(*constants)


def _masked(drawing: Drawing, condition: Condition, value: Number) -> Tensor:
    """A product with a truth value: a step, where the other is a constant."""
    step = signs.number(condition)
    if isinstance(value, numpy.ndarray) and step is not condition:
        return signs.scaled(drawing, step, value)
    return conditions.masked(drawing, condition, value)


def div(drawing: Drawing, call: Call) -> Tensor:
    left, right = call.any(0), call.constant(1)
    if not all(right.flat):
        raise BadInput("", "expected a divisor that is not zero, found 0")
    if isinstance(left, numpy.ndarray):
        return pointwise(_quotient, [left, right])
    inverse = exact([1 / d for d in fractions(right)], right.shape)
    if signs.signed([left]) is None:
        return times(drawing, call.given(0), inverse)
    return signs.scaled(drawing, left, inverse)


def _quotient(one: Any, other: Any) -> Any:
    """Integers are divided towards zero."""
    if type(one) is not int or type(other) is not int:
        return Fraction(one) / other
    sign = -1 if (one < 0) != (other < 0) else 1
    return abs(one) // abs(other) * sign


def neg(drawing: Drawing, call: Call) -> Tensor:
    if signs.signed([call.any(0)]) is None:
        return times(drawing, call.given(0), scalar(-1))
    return signs.scaled(drawing, call.any(0), scalar(-ONE))


def matmul(drawing: Drawing, call: Call) -> Tensor:
    return product(drawing, call.given(0), call.given(1))


def fused_matmul(drawing: Drawing, call: Call) -> Tensor:
    sides = [call.given(0), call.given(1)]
    for index, flag in enumerate(("transA", "transB")):
        if call.attributes[flag]:
            sides[index] = rearranged(sides[index], lambda a: numpy.swapaxes(a, -1, -2), "a matrix")
    return times(drawing, product(drawing, *sides), scalar(call.attributes["alpha"]))


def product(drawing: Drawing, left: Number, right: Number) -> Number:
    """numpy's matmul, where at most one side is variable."""
    if not isinstance(left, Variable) and not isinstance(right, Variable):
        with fitting("matrices whose sizes fit"):
            within_budget(prod(shape(left)) * max(shape(right)[1:], default=1))
            return numpy.asarray(left @ right, dtype=object)
    if isinstance(left, Variable) and not isinstance(right, Variable) and right.ndim in (1, 2):
        return _variable_times(drawing, left, right)
    letters = _letters(len(shape(left)), len(shape(right)))
    return contracted(drawing, letters, [left, right])


def _letters(one: int, two: int) -> str:
    """numpy's matmul as an Einsum."""
    if one < 1 or two < 1:
        raise BadInput("", "expected matrices or vectors, found a number")
    batch = "abcdefgh"[: max(one, two, 2) - 2]
    left = (batch + "i")[max(0, len(batch) + 2 - one) :] + "k" if one > 1 else "k"
    right = batch[max(0, len(batch) + 2 - two) :] + "kj" if two > 1 else "k"
    out = batch
    if one > 1:
        out += "i"
    if two > 1:
        out += "j"
    return f"{left},{right}->{out}"


def _variable_times(drawing: Drawing, left: Variable, right: Array) -> Variable:
    if left.position.ndim < 1 or right.size == 0:
        found = f"shapes {sized(shape(left))} and {sized(right.shape)}"
        raise BadInput("", f"expected a constant matrix or vector, found {found}")
    rows = Variable(left.name, left.position.reshape(-1, left.position.shape[-1]))
    result = drawing.product(rows, right.reshape(len(right), -1))
    sizes = (*left.position.shape[:-1], *right.shape[1:])
    return Variable(result.name, result.position.reshape(sizes))


def einsum(drawing: Drawing, call: Call) -> Tensor:
    values = call.all()
    text = call.attributes["equation"].replace(" ", "")
    if "." in text:
        raise BadInput("", "expected an equation of letters for Einsum, found one with dots")
    terms, arrow, out = text.partition("->")
    if not arrow:
        found = terms.replace(",", "")
        out = "".join(sorted(letter for letter in set(found) if found.count(letter) == 1))
    if len(terms.split(",")) != len(values) or not (terms.replace(",", "") + out).isalpha():
        raise BadInput("", f"expected an equation with {len(values)} terms, found others")
    if sum(isinstance(value, Variable) for value in values) > 1:
        raise refuse_two_variables()
    return contracted(drawing, f"{terms}->{out}", values)


def contracted(drawing: Drawing, equation: str, values: list[Number]) -> Number:
    """The Einsum of constants and at most one variable: a linear map of that one."""
    terms, _, out = equation.partition("->")
    parts = list(zip(terms.split(","), values, strict=True))
    variables = [(term, value) for term, value in parts if isinstance(value, Variable)]
    if len(variables) > 1:
        raise refuse_two_variables()
    sizes = _sizes(parts)
    within_budget(prod(sizes.get(letter, 1) for letter in out))
    constants = [(term, value) for term, value in parts if not isinstance(value, Variable)]
    if not variables:
        return _of_constants(constants, out, sizes)
    term, variable = variables[0]
    kept = "".join(dict.fromkeys("".join(t for t, _ in constants)))
    needed = "".join(letter for letter in kept if letter in out + term)
    factor = _of_constants(constants, needed, sizes) if constants else numpy.full((), ONE)
    return _contracted(drawing, (term, variable), (needed, factor), out, sizes)


def _sizes(parts: list[tuple[str, Any]]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for term, value in parts:
        if len(term) != len(shape(value)):
            wanted = f"expected {len(term)} dimensions for {term}"
            raise BadInput("", f"{wanted}, found shape {sized(shape(value))}")
        for letter, size in zip(term, shape(value), strict=True):
            known = sizes.setdefault(letter, size)
            sizes[letter] = size if known == 1 else known
            if size not in (1, sizes[letter]):
                raise BadInput("", f"expected one size for {letter}, found {known} and {size}")
    return sizes


def _of_constants(constants: list[tuple[str, Array]], out: str, sizes: dict[str, int]) -> Array:
    with fitting("constants that fit the equation"):
        full = [numpy.broadcast_to(v, [sizes[letter] for letter in t]) for t, v in constants]
        equation = ",".join(t for t, _ in constants) + "->" + out
        return numpy.asarray(numpy.einsum(equation, *full, optimize=False), dtype=object)


def _contracted(
    drawing: Drawing,
    variable: tuple[str, Variable],
    factor: tuple[str, Array],
    out: str,
    sizes: dict[str, int],
) -> Variable:
    """Rows are the letters of the result; terms are the letters of the variable that are not among
    them."""
    term, value = variable
    if any(letter not in term + factor[0] for letter in out):
        raise BadInput("", f"expected letters of the terms in the result, found {out}")
    summed = "".join(letter for letter in dict.fromkeys(term) if letter not in out)
    own = "".join(letter for letter in out if letter in term)
    given = "".join(letter for letter in out if letter in factor[0])
    numbers = numpy.arange(value.position.size).reshape(value.position.shape)
    numbers = numpy.broadcast_to(numbers, [sizes[letter] for letter in term])
    with fitting("letters that fit"):
        choices = numpy.einsum(f"{term}->{own}{summed}", numbers)
    shared = "".join(letter for letter in summed if letter in factor[0])
    weights = numpy.asarray(numpy.einsum(f"{factor[0]}->{given}{shared}", factor[1]), dtype=object)
    inner = [sizes[letter] if letter in shared else 1 for letter in summed]
    weights = weights.reshape([sizes[letter] for letter in given] + inner)
    full = [sizes[letter] for letter in given] + [sizes[letter] for letter in summed]
    count = prod(sizes[letter] for letter in summed)
    weights = numpy.broadcast_to(weights, full).reshape(-1, count)
    choices = choices.reshape(-1, count)
    rows = tuple(_numbers(letters, out, sizes) for letters in (own, given))
    shape_of = [sizes[letter] for letter in out]
    bias = (ZERO,) * prod(shape_of)
    return drawing.linear(value, choices, weights, rows, bias, shape_of)  # type: ignore[arg-type]


def _numbers(letters: str, out: str, sizes: dict[str, int]) -> Array:
    """For each entry of the result, the number of the choice of those of its letters."""
    numbers = numpy.arange(prod(sizes[letter] for letter in letters))
    dims = [sizes[letter] if letter in letters else 1 for letter in out]
    full = [sizes[letter] for letter in out]
    return numpy.asarray(numpy.broadcast_to(numbers.reshape(dims), full).ravel())


def gemm(drawing: Drawing, call: Call) -> Tensor:
    sides = []
    for index, flag in enumerate(("transA", "transB")):
        side = call.given(index)
        if len(shape(side)) != 2:
            wanted = f"expected a matrix as input {index} of Gemm"
            raise BadInput("", f"{wanted}, found {len(shape(side))} dimensions")
        if call.attributes[flag]:
            side = rearranged(side, lambda a: a.T, "a matrix")
        sides.append(side)
    result = product(drawing, sides[0], sides[1])
    if call.attributes["alpha"] != 1:
        result = times(drawing, result, scalar(call.attributes["alpha"]))
    if call.optional(2) is None:
        return result
    bias = call.given(2)
    if call.attributes["beta"] != 1:
        bias = times(drawing, bias, scalar(call.attributes["beta"]))
    added = total(drawing, [result, bias])
    if shape(added) != shape(result):
        raise BadInput("", f"expected a bias that fits {shape(result)}, found {shape(bias)}")
    return added


def batch_normalization(drawing: Drawing, call: Call) -> Tensor:
    value, flags = call.given(0), call.attributes
    old = call.opset < 7 and not flags["is_test"]
    if flags["training_mode"] or call.outputs > 1 or old:
        raise BadInput(
            "", "expected BatchNormalization in inference form, found it in training form"
        )
    if len(shape(value)) < 2 or not flags["spatial"]:
        wanted = "expected BatchNormalization over channels of a value with at least 2 dimensions"
        raise BadInput("", wanted)
    given = [call.constant(i) for i in range(1, 5)]
    if not all(parameter.shape == shape(value)[1:2] for parameter in given):
        sizes = ", ".join(str(parameter.size) for parameter in given)
        raise BadInput("", f"expected parameters of {shape(value)[1]} channels, found {sizes}")
    scale, bias, average, variance = map(fractions, given)
    folded = [normalised(s, v + flags["epsilon"]) for s, v in zip(scale, variance, strict=True)]
    rounded = [factor for factor, is_exact in folded if not is_exact]
    if rounded:
        drawing.notes.append(
            f"{call.op} of {len(rounded)} channels is folded in float64, as runtimes do, since the"
            " root of var + epsilon is irrational: the network read is the folded one"
        )
    channels = (-1, *(1,) * (len(shape(value)) - 2))
    factor = exact([f for f, _ in folded], (len(folded),))
    shift = exact(
        [b - f * m for b, f, m in zip(bias, factor, average, strict=True)], (len(folded),)
    )
    moved = times(drawing, value, factor.reshape(channels))
    return total(drawing, [moved, shift.reshape(channels)])


def normalised(scale: Fraction, square: Fraction) -> tuple[Fraction, bool]:
    """scale / √square, and whether it is exact; otherwise in float64."""
    root = rational_root(square)
    if root is not None:
        return scale / root, True
    if square <= 0:
        raise BadInput("", "expected var + epsilon that is positive, found another")
    return Fraction(float(scale) / float(square) ** 0.5), False


def rational_root(value: Fraction) -> Fraction | None:
    if value <= 0:
        return None
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    return root if root * root == value else None


def scaler(drawing: Drawing, call: Call) -> Tensor:
    """ai.onnx.ml.Scaler: (x − offset) · scale."""
    value = call.given(0)
    offset = call.attributes["offset"] or [0]
    scale = call.attributes["scale"] or [1]
    shift = exact([-entry for entry in offset], (len(offset),))
    factor = exact(scale, (len(scale),))
    return times(drawing, total(drawing, [value, shift]), factor)


def imputer(drawing: Drawing, call: Call) -> Tensor:
    """ai.onnx.ml.Imputer: a number in the place of NaN, which no real input is."""
    if call.attributes["replaced_value_float"] is not None:
        wanted = "expected an Imputer that replaces NaN only"
        raise BadInput("", f"{wanted}, found one that replaces a number, where it jumps")
    return call.given(0)


def linear_regressor(drawing: Drawing, call: Call) -> Tensor:
    """ai.onnx.ml.LinearRegressor: rows of coefficients, a target each."""
    value, targets = call.given(0), call.attributes["targets"]
    if call.attributes["post_transform"] != "NONE":
        raise BadInput("", f"expected no post_transform, found {call.attributes['post_transform']}")
    weights = call.attributes["coefficients"]
    if targets < 1 or not weights or len(weights) % targets:
        raise BadInput(
            "", f"expected coefficients for {targets} targets, found {len(weights or [])}"
        )
    table = exact(weights, (targets, len(weights) // targets))
    result = product(drawing, value, table.T)
    bias = call.attributes["intercepts"]
    return total(drawing, [result, exact(bias, (len(bias),))]) if bias else result


def feature_vectorizer(drawing: Drawing, call: Call) -> Tensor:
    """ai.onnx.ml.FeatureVectorizer: columns of several inputs, one after another."""
    widths = [shape(value)[-1:] for value in call.all()]
    if call.attributes["inputdimensions"] not in (
        None,
        [width for (width,) in filter(None, widths)],
    ):
        raise BadInput(
            "", f"expected inputdimensions {listed(widths)}, as the inputs have, found others"
        )
    return joined(drawing, call.all(), axis_of(-1, len(shape(call.given(0)))))
