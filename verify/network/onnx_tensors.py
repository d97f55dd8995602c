"""Tensors of an ONNX graph, drawn as our nodes. A tensor is constant, or an array of positions in the value of one of the nodes.

Reshape, Transpose, Slice, Gather and the like only rearrange that array, so they cost nothing; an operator that computes adds
nodes to a `Drawing`. The meaning is that of exact real arithmetic: a Cast between floating-point types is the identity.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, prod
from types import MappingProxyType
from typing import Any

import numpy

from ..kernel.errors import BadInput, OverBudget, displayed
from .operations import Node, Parameter, Vector

Array = numpy.ndarray[Any, Any]  # in a constant of Fraction, or of int for an integer type; in a Variable of int

ZERO, ONE = Fraction(0), Fraction(1)
FLOATS = {1: "float32", 10: "float16", 11: "float64", 16: "bfloat16"}  # the element types that are read, by ONNX's numbers
WHOLES = {2, 3, 4, 5, 6, 7, 9, 12, 13}  # integers and truth values
VARIES = "depends on the network's input"
MOST_ENTRIES = 4_000_000
LONGEST_NAME = 150


@dataclass(frozen=True)
class Variable:
    """A tensor that depends on the inputs: each entry is the entry at that position of the value of the node or input `name`."""

    name: str
    position: Array


Tensor = Variable | Array


@dataclass(frozen=True)
class Call:
    """One use of an operator: inputs (None for an absent one), attributes with defaults filled in, number of outputs, opset."""

    op: str
    inputs: Sequence[Tensor | None]
    attributes: Mapping[str, Any]
    outputs: int
    opset: int

    def given(self, index: int) -> Tensor:
        value = self.optional(index)
        if value is None:
            raise BadInput("", f"expected input {index} of {self.op}, found none")
        return value

    def optional(self, index: int) -> Tensor | None:
        return self.inputs[index] if index < len(self.inputs) else None

    def constant(self, index: int) -> Array:
        value = self.given(index)
        if isinstance(value, Variable):
            raise BadInput("", f"expected a constant as input {index} of {self.op}, found a value that {VARIES}")
        return value

    def whole(self, name: str, index: int) -> list[int] | None:
        """The integers given as the attribute `name` (in older opsets) or as the constant input `index`, or None."""
        if self.attributes.get(name) is not None:
            return list(self.attributes[name])
        return None if self.optional(index) is None else integers(self.constant(index))


class Drawing:
    """The nodes drawn so far, and the sizes of all values. `title` is the name that the next node would like to have."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.sizes: dict[str, int] = {}
        self.source = ""  # an input, to hang constants on
        self.title = ""
        self._suffix: dict[str, int] = {}

    def fresh(self) -> str:
        title = self.title if 0 < len(self.title) <= LONGEST_NAME else "n"
        name = title
        while name in self.sizes:
            self._suffix[title] = self._suffix.get(title, 0) + 1
            name = f"{title}.{self._suffix[title]}"
        return name

    def node(
        self, op: str, sources: Sequence[str], shape: Sequence[int], parameters: Mapping[str, Parameter] = MappingProxyType({})
    ) -> Variable:
        if prod(shape) == 0:
            raise BadInput("", f"expected values of at least one entry, found shape {_shown(shape)}")
        name = self.fresh()
        self.nodes[name] = Node(name, op, tuple(sources), parameters)
        self.sizes[name] = prod(shape)
        return Variable(name, numpy.arange(prod(shape)).reshape(shape))

    def gemm(self, sources: Sequence[str], rows: Iterator[Vector], bias: Sequence[Fraction], shape: Sequence[int]) -> Variable:
        """`rows` of the weight are made only once their number is known to be affordable."""
        within_budget(len(bias) * sum(self.sizes[name] for name in sources))
        return self.node("Gemm", sources, shape, {"weight": tuple(rows), "bias": tuple(bias)})

    def flat(self, value: Tensor) -> str:
        """The name of a node or input whose value is this tensor's entries, in order."""
        if not isinstance(value, Variable):
            n = self.sizes[self.source]
            return self.gemm([self.source], ((ZERO,) * n for _ in range(value.size)), fractions(value), value.shape).name
        n = self.sizes[value.name]
        if _is_whole(value.position.ravel(), n):
            return value.name
        chosen = value.position.ravel()
        return self.gemm([value.name], (_unit(p, ONE, n) for p in chosen), (ZERO,) * len(chosen), value.position.shape).name

    def elementwise(self, op: str, values: Sequence[Tensor], **parameters: Fraction) -> Variable:
        values = broadcast(values)
        return self.node(op, [self.flat(value) for value in values], shape(values[0]), parameters)

    def scaled(self, value: Variable, factor: Array, shift: Array) -> Variable:
        """factor · value + shift, entry by entry. On a Gemm it is a Gemm with other rows; what is then unused is pruned later."""
        value, factor, shift = broadcast([value, factor, shift])  # type: ignore[assignment]
        positions, factors, shifts = value.position.ravel(), fractions(factor), fractions(shift)
        if all(factor == ONE for factor in factors) and not any(shifts):
            return value
        node, n, sizes = self.nodes.get(value.name), self.sizes[value.name], value.position.shape
        if node is not None and node.op == "Gemm":
            weight, bias = node.matrix("weight"), node.vector("bias")
            moved = [f * bias[p] + s for p, f, s in zip(positions, factors, shifts, strict=True)]
            rows = (_times(f, weight[p]) for p, f in zip(positions, factors, strict=True))
            return self.gemm(node.inputs, rows, moved, sizes)
        if _is_whole(positions, n) and not any(shifts):
            return self.node("Mul", [value.name], sizes, {"factor": tuple(factors)})
        chosen = (_unit(p, f, n) for p, f in zip(positions, factors, strict=True))
        return self.gemm([value.name], chosen, list(shifts), sizes)

    def product(self, value: Variable, weight: Array) -> Variable:
        """The matrix product of a variable (M, k) and a constant (k, n)."""
        with fitting("matrices whose sizes fit"):
            if value.position.shape[-1] != weight.shape[0]:
                raise ValueError(f"{_shown(value.position.shape)} times {_shown(weight.shape)}")
        n, columns = self.sizes[value.name], [tuple(fractions(column)) for column in weight.T]

        def rows() -> Iterator[Vector]:
            for positions in value.position:
                if _is_whole(positions, n):
                    yield from columns
                    continue
                for column in columns:
                    row = [ZERO] * n
                    for p, entry in zip(positions, column, strict=True):
                        row[p] += entry
                    yield tuple(row)

        m = len(value.position) * len(columns)
        return self.gemm([value.name], rows(), (ZERO,) * m, (len(value.position), len(columns)))


def within_budget(entries: int) -> None:
    if entries > MOST_ENTRIES:
        raise OverBudget("", f"a tensor or weight of {entries} entries; at most {MOST_ENTRIES} are read")


@contextmanager
def fitting(what: str) -> Iterator[None]:
    """Turns numpy's complaint about shapes, axes and indices into ours."""
    try:
        yield
    except (ValueError, IndexError, OverflowError) as error:
        raise BadInput("", f"expected {what}, found {displayed(str(error))[1:-1]}") from None


def shape(value: Tensor) -> tuple[int, ...]:
    sizes: tuple[int, ...] = value.position.shape if isinstance(value, Variable) else value.shape
    return sizes


def exact_array(values: Sequence[Any]) -> Array:
    """A vector of the ints and, as Fractions, the finite floats and the Fractions given."""
    array = numpy.empty(len(values), dtype=object)
    array[:] = [int(value) if isinstance(value, int) else Fraction(value) for value in values]
    return array


def fractions(array: Array) -> list[Fraction]:
    return [Fraction(entry) for entry in array.flat]


def constant(value: Any) -> Array:
    """An array, also of a single entry, which numpy's arithmetic takes out of its array."""
    return numpy.asarray(value, dtype=object)


def scalar(value: Fraction | int) -> Array:
    return exact_array([value]).reshape(())


def integers(array: Array) -> list[int]:
    if any(entry.denominator != 1 for entry in array.flat):
        raise BadInput("", "expected integers, found fractions")
    return [int(entry) for entry in array.flat]


def rearranged(value: Tensor, change: Callable[[Array], Array], what: str) -> Tensor:
    with fitting(what):
        if isinstance(value, Variable):
            result: Tensor = Variable(value.name, numpy.asarray(change(value.position)))
        else:
            result = constant(change(value))
    if 0 in shape(result):
        raise BadInput("", f"expected {what}, found an empty result of shape {_shown(shape(result))}")
    return result


def broadcast(values: Sequence[Tensor]) -> list[Tensor]:
    with fitting("shapes that broadcast together"):
        common = numpy.broadcast_shapes(*(shape(value) for value in values))
    within_budget(prod(common))
    return [
        rearranged(value, lambda array: numpy.broadcast_to(array, common), "shapes that broadcast together") for value in values
    ]


def split(values: Sequence[Tensor]) -> tuple[list[Variable], list[Array]]:
    return [v for v in values if isinstance(v, Variable)], [v for v in values if not isinstance(v, Variable)]


def total(drawing: Drawing, values: Sequence[Tensor]) -> Tensor:
    variables, constants = split(broadcast(values))
    shift = constant(sum(constants[1:], start=constants[0])) if constants else scalar(ZERO)
    if not variables:
        return shift
    result = drawing.elementwise("Add", variables) if len(variables) > 1 else variables[0]
    return drawing.scaled(result, scalar(ONE), shift) if constants else result


def times(drawing: Drawing, value: Tensor, factor: Array) -> Tensor:
    return drawing.scaled(value, factor, scalar(ZERO)) if isinstance(value, Variable) else product_of_constants(value, factor)


def product_of_constants(one: Array, other: Array) -> Array:
    first, second = split(broadcast([one, other]))[1]
    return constant(first * second)


def matmul(drawing: Drawing, left: Tensor, right: Tensor) -> Tensor:
    """numpy's matmul, where at most one side is variable; a constant beside a variable has one or two dimensions."""
    if isinstance(left, Variable) and isinstance(right, Variable):
        raise BadInput("", "expected a product with a constant, found a product of two values that depend on the network's input")
    if isinstance(left, Variable) and not isinstance(right, Variable):
        return _variable_times(drawing, left, right)
    if isinstance(right, Variable) and not isinstance(left, Variable):
        if right.position.ndim > 2:
            raise BadInput("", f"expected a matrix or vector on the right, found shape {_shown(shape(right))}")
        turned = _variable_times(drawing, Variable(right.name, right.position.T), left.T)
        return Variable(turned.name, turned.position.T)
    with fitting("matrices whose sizes fit"):
        within_budget(prod(shape(left)) * max(shape(right)[1:], default=1))
        return constant(left @ right)  # type: ignore[operator]


def _variable_times(drawing: Drawing, left: Variable, right: Array) -> Variable:
    if right.ndim not in (1, 2) or left.position.ndim < 1 or right.size == 0:
        raise BadInput("", f"expected a constant matrix or vector, found shapes {_shown(shape(left))} and {_shown(right.shape)}")
    rows = Variable(left.name, left.position.reshape(-1, left.position.shape[-1]))
    result = drawing.product(rows, right.reshape(len(right), -1))
    return Variable(result.name, result.position.reshape((*left.position.shape[:-1], *right.shape[1:])))


def above(drawing: Drawing, value: Variable, bound: Array, sign: Fraction = ONE) -> Variable:
    """max(value, bound) = bound + σ(value − bound); with sign −1 min(value, bound) = bound − σ(bound − value)."""
    over = drawing.elementwise("Relu", [drawing.scaled(value, scalar(sign), constant(-sign * bound))])
    return drawing.scaled(over, scalar(sign), bound)


def rational_root(value: Fraction) -> Fraction:
    root = Fraction(isqrt(max(value.numerator, 0)), isqrt(value.denominator))
    if value <= 0 or root * root != value:
        raise BadInput(
            "", "expected var + epsilon to be the square of a rational; fold the normalisation into the layer before it"
        )
    return root


def _is_whole(positions: Array, size: int) -> bool:
    return len(positions) == size and bool((positions == numpy.arange(size)).all())


def _unit(position: int, factor: Fraction, size: int) -> Vector:
    return (*(ZERO,) * position, factor, *(ZERO,) * (size - position - 1))


def _times(factor: Fraction, row: Vector) -> Vector:
    return row if factor == ONE else tuple(factor * entry for entry in row)


def _shown(sizes: Sequence[int]) -> str:
    return "x".join(map(str, sizes)) or "()"
