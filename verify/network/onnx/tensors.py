"""Tensors of an ONNX graph. A tensor is constant, or an array of positions in the value of one of
our nodes, or a condition.

Reshape, Transpose, Slice, Gather and the like only rearrange that array, so they cost nothing. The
meaning is that of exact real arithmetic: a Cast between floating-point types is the identity.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any, TypeVar

import numpy

from ...kernel.errors import BadInput, OverBudget, displayed

# Entries: Fraction, int for integer types, infinite float; int in a Variable
Array = numpy.ndarray[Any, Any]

ZERO, ONE = Fraction(0), Fraction(1)
FLOATS = {1: "float32", 10: "float16", 11: "float64", 16: "bfloat16"}  # by ONNX's numbers
WHOLES = {2, 3, 4, 5, 6, 7, 9, 12, 13, 21, 22}  # integers and truth values
BOOL = 9
VARIES = "depends on the network's input"
MOST_ENTRIES = 4_000_000


@dataclass(frozen=True)
class Variable:
    """A tensor that depends on the inputs: each entry is the entry at that position of the value of
    node or input `name`."""

    name: str
    position: Array


@dataclass(frozen=True)
class Condition:
    """A tensor of truth values that depend on the inputs: `positive` of a value (it is > 0), `zero`
    of a value (it is 0), and `not`, `and`, `or` of conditions. Whether 0 is positive does not
    matter where only continuous functions are read. Of the kind `sign` it is a number that jumps
    (see `signs`)."""

    kind: str
    parts: "tuple[Tensor, ...]"

    def mapped(self, change: "Callable[[Tensor], Tensor]") -> "Condition":
        return Condition(self.kind, tuple(map(change, self.parts)))


@dataclass(frozen=True)
class Unread:
    """An output that is not read, and why; an error only where it is used."""

    reason: str


Number = Variable | Array
Tensor = Variable | Condition | Array
T = TypeVar("T", bound=Tensor)
Result = Tensor | Unread


@dataclass(frozen=True)
class Call:
    """One use of an operator: inputs (None for an absent one) and their ONNX element types where
    known, attributes with defaults filled in, the number of outputs, the opset."""

    op: str
    inputs: Sequence[Tensor | None]
    kinds: Sequence[int | None]
    attributes: Mapping[str, Any]
    outputs: int
    opset: int

    def any(self, index: int) -> Tensor:
        value = self.optional(index)
        if value is None:
            raise BadInput("", f"expected input {index} of {self.op}, found none")
        return value

    def given(self, index: int) -> Number:
        value = self.any(index)
        if isinstance(value, Condition):
            wanted = f"expected numbers as input {index} of {self.op}"
            if value.kind == "sign":
                wanted = f"expected numbers that do not jump as input {index} of {self.op}"
                raise BadInput("", f"{wanted}, found Sign of a value that {VARIES}")
            raise BadInput("", f"{wanted}, found truth values that depend on the network's input")
        return value

    def all(self) -> list[Number]:
        return [self.given(index) for index in range(len(self.inputs))]

    def optional(self, index: int) -> Tensor | None:
        return self.inputs[index] if index < len(self.inputs) else None

    def constant(self, index: int) -> Array:
        value = self.any(index)
        if not isinstance(value, numpy.ndarray):
            wanted = f"expected a constant as input {index} of {self.op}"
            raise BadInput("", f"{wanted}, found a value that {VARIES}")
        return value

    def single(self, index: int) -> Any:
        """The one entry of a constant."""
        value = self.constant(index)
        if value.size != 1:
            raise BadInput(
                "", f"expected one number as input {index} of {self.op}, found {value.size}"
            )
        return value.flat[0]

    def integer(self, index: int) -> int:
        (entry,) = integers(exact_array([self.single(index)]))
        return entry

    def whole(self, name: str, index: int) -> list[int] | None:
        """The integers given as the attribute `name` (in older opsets) or as the constant input
        `index`, or None."""
        if self.attributes.get(name) is not None:
            return list(self.attributes[name])
        return None if self.optional(index) is None else integers(self.constant(index))

    def axis(self, dimensions: int, name: str = "axis") -> int:
        return axis_of(self.attributes[name], dimensions)


def axis_of(axis: int, dimensions: int) -> int:
    if not -dimensions <= axis < dimensions:
        wanted = f"expected an axis from {-dimensions} to {dimensions - 1}"
        raise BadInput("", f"{wanted}, found {displayed(axis)}")
    return axis % dimensions


def within_budget(entries: int) -> None:
    if entries > MOST_ENTRIES:
        found = f"a tensor or weight of {entries} entries"
        raise OverBudget("", f"{found}; at most {MOST_ENTRIES} are read")


@contextmanager
def fitting(what: str) -> Iterator[None]:
    """Turns numpy's complaint about shapes, axes and indices into ours."""
    try:
        yield
    except (ValueError, IndexError, OverflowError, TypeError) as error:
        raise BadInput("", f"expected {what}, found {displayed(str(error))[1:-1]}") from None


def shape(value: Tensor) -> tuple[int, ...]:
    if isinstance(value, Condition):
        with fitting("shapes that broadcast together"):
            return numpy.broadcast_shapes(*map(shape, value.parts))
    sizes: tuple[int, ...] = value.position.shape if isinstance(value, Variable) else value.shape
    return sizes


def exact_array(values: Sequence[Any]) -> Array:
    """A vector of the ints and, as Fractions, the finite floats and the Fractions given."""
    array = numpy.empty(len(values), dtype=object)
    array[:] = [exact_entry(value) for value in values]
    return array


def exact_entry(value: Any) -> Any:
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return value
    return int(value) if isinstance(value, int) else Fraction(value)


def fractions(array: Array) -> list[Fraction]:
    for index, entry in enumerate(array.flat):
        if type(entry) is float:
            raise BadInput("", f"expected finite numbers, found {entry} at entry {index}")
    return [Fraction(entry) for entry in array.flat]


def constant(value: Any) -> Array:
    """An array, also of a single entry, which numpy's arithmetic takes out of its array."""
    return numpy.asarray(value, dtype=object)


def scalar(value: Fraction | int) -> Array:
    return exact_array([value]).reshape(())


def integers(array: Array) -> list[int]:
    if any(entry.denominator != 1 for entry in fractions(array)):
        raise BadInput("", "expected integers, found fractions")
    return [int(entry) for entry in array.flat]


def rearranged(value: T, change: Callable[[Array], Array], what: str) -> T:
    if isinstance(value, Condition):
        whole = broadcast_condition(value, shape(value))
        return whole.mapped(lambda part: rearranged(part, change, what))  # type: ignore[return-value]
    with fitting(what):
        if isinstance(value, Variable):
            result: Number = Variable(value.name, numpy.asarray(change(value.position)))
        else:
            result = constant(change(value))
    if 0 in shape(result) and isinstance(result, Variable):
        raise BadInput(
            "", f"expected {what}, found an empty result of shape {sized(shape(result))}"
        )
    return result  # type: ignore[return-value]


def broadcast_condition(value: Condition, sizes: tuple[int, ...]) -> Condition:
    def widened(part: Tensor) -> Tensor:
        if isinstance(part, Condition):
            return broadcast_condition(part, sizes)
        return to_shape(part, sizes)

    return value.mapped(widened)


def to_shape(value: T, sizes: tuple[int, ...]) -> T:
    if isinstance(value, Condition):
        return broadcast_condition(value, sizes)  # type: ignore[return-value]
    what = "shapes that broadcast together"
    return rearranged(value, lambda array: numpy.broadcast_to(array, sizes), what)


def broadcast(values: Sequence[Tensor]) -> list[Any]:
    with fitting("shapes that broadcast together"):
        common = numpy.broadcast_shapes(*(shape(value) for value in values))
    within_budget(prod(common))
    return [to_shape(value, common) for value in values]


def split(values: Sequence[Any]) -> tuple[list[Variable], list[Array]]:
    variables = [value for value in values if isinstance(value, Variable)]
    return variables, [value for value in values if not isinstance(value, Variable)]


def all_constant(values: Sequence[Tensor | None]) -> bool:
    return all(value is None or isinstance(value, numpy.ndarray) for value in values)


def pointwise(function: Callable[..., Any], values: Sequence[Array]) -> Array:
    """The function of the constants, entry by entry."""
    together = broadcast(values)
    entries = [function(*row) for row in zip(*(value.flat for value in together), strict=True)]
    return exact_array(entries).reshape(together[0].shape)


def product_of_constants(one: Array, other: Array) -> Array:
    return pointwise(lambda a, b: a * b, [one, other])


def sized(sizes: Sequence[int]) -> str:
    return "x".join(map(str, sizes)) or "()"
