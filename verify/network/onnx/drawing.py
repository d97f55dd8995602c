"""The drawing of an ONNX graph: our nodes so far, and the few ways in which operators add to them.

Everything affine is one of: `linear` (rows of weights on choices of entries), `scaled` (entry by
entry), `assembled` (entries of several values put together). Everything else is `elementwise`.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import prod
from types import MappingProxyType
from typing import Any

import numpy

from ...kernel.errors import BadInput, OverBudget, displayed
from ..matrix import Matrix, Whole, array_of
from ..operations import Node, Parameter
from .tensors import (
    ONE,
    ZERO,
    Array,
    Number,
    Tensor,
    Variable,
    all_constant,
    broadcast,
    constant,
    exact_array,
    fitting,
    fractions,
    pointwise,
    product_of_constants,
    scalar,
    shape,
    sized,
    split,
    within_budget,
)

LONGEST_NAME = 150
MOST_CHOICES = 32_000_000  # columns that rows of weights stand at
MOST_WEIGHTS = 16_000_000

FOLDED: Mapping[str, Callable[..., Any]] = {  # what operations do to constants
    "Relu": lambda x: max(x, 0 * x),
    "Abs": abs,
    "Max": lambda *entries: max(entries),
    "Min": lambda *entries: min(entries),
    "Sub": lambda x, y: x - y,
    "Add": lambda *entries: sum(entries[1:], start=entries[0]),
}


class Drawing:
    """The nodes drawn so far, the sizes of all values, and what is to be said about the reading.
    `title` is the name that the next node would like to have; `source` is an input, to hang
    constants on."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.sizes: dict[str, int] = {}
        self.notes: list[str] = []
        self.source = ""
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
        self,
        op: str,
        sources: Sequence[str],
        sizes: Sequence[int],
        parameters: Mapping[str, Parameter] = MappingProxyType({}),
    ) -> Variable:
        if prod(sizes) == 0:
            raise BadInput("", f"expected values of at least one entry, found shape {sized(sizes)}")
        name = self.fresh()
        self.nodes[name] = Node(name, op, tuple(sources), parameters)
        self.sizes[name] = prod(sizes)
        return Variable(name, numpy.arange(prod(sizes)).reshape(sizes))

    def gemm(
        self, sources: Sequence[str], weight: Matrix, bias: Sequence[Fraction], sizes: Sequence[int]
    ) -> Variable:
        return self.node("Gemm", sources, sizes, {"weight": weight, "bias": tuple(bias)})

    def variable(self, value: Tensor) -> Variable:
        """The tensor as a variable, also where it is constant."""
        if isinstance(value, Variable):
            return value
        if not isinstance(value, numpy.ndarray):
            found = "Sign, or a step," if value.kind == "sign" else "truth values"
            raise BadInput("", f"expected numbers that do not jump, found {found} of the input")
        n = self.sizes[self.source]
        nothing = array_of([0] * value.size)
        weight = Matrix(n, 1, array_of([-1]), ((ZERO,),), nothing, nothing)
        return self.gemm([self.source], weight, fractions(value), value.shape)

    def flat(self, value: Tensor) -> str:
        """The name of a node or input whose value is this tensor's entries, in order."""
        value = self.variable(value)
        n, chosen = self.sizes[value.name], value.position.ravel()
        if is_whole(chosen, n):
            return value.name
        weight = Matrix.selection(array_of(chosen), n)
        return self.gemm([value.name], weight, (ZERO,) * len(chosen), value.position.shape).name

    def elementwise(self, op: str, values: Sequence[Tensor]) -> Number:
        """An operation of ours, which is computed at once where all values are constants."""
        if all_constant(values):
            return pointwise(FOLDED[op], values)  # type: ignore[arg-type]
        values = broadcast(values)
        return self.node(op, [self.flat(value) for value in values], shape(values[0]))

    def scaled(self, value: Variable, factor: Array, shift: Array) -> Variable:
        """factor · value + shift, entry by entry. On a Gemm it is a Gemm with other rows; what is
        then unused is pruned."""
        value, factor, shift = broadcast([value, factor, shift])
        positions, factors, shifts = value.position.ravel(), fractions(factor), fractions(shift)
        if all(entry == ONE for entry in factors) and not any(shifts):
            return value
        n, sizes = self.sizes[value.name], value.position.shape
        node = self.nodes.get(value.name)
        chosen: Whole = array_of(positions)
        if node is not None and node.op == "Gemm":
            bias = node.vector("bias")
            rows = zip(chosen, factors, shifts, strict=True)
            moved = [factor * bias[p] + shift for p, factor, shift in rows]
            weight = node.matrix("weight").chosen(chosen).scaled(factors)
            return self.gemm(node.inputs, weight, moved, sizes)
        if is_whole(positions, n) and not any(shifts):
            return self.node("Mul", [value.name], sizes, {"factor": tuple(factors)})
        weight = Matrix.selection(chosen, n).scaled(factors)
        return self.gemm([value.name], weight, shifts, sizes)

    def linear(
        self,
        value: Variable,
        choices: Array,
        weights: Array,
        rows: tuple[Array, Array],
        bias: Sequence[Fraction],
        sizes: Sequence[int],
    ) -> Variable:
        """Rows of weights on choices of entries: row i is Σ_t weights[w_i, t] · entry number
        choices[p_i, t] of the tensor, for the pairs (p_i, w_i) of `rows`; the entry -1 is none. No
        row chooses an entry twice, but the tensor may repeat itself."""
        if choices.size > MOST_CHOICES or weights.size > MOST_WEIGHTS:
            found = f"an affine map with {choices.size} choices and {weights.size} weights"
            raise OverBudget("", f"{found}; at most {MOST_CHOICES} and {MOST_WEIGHTS} are read")
        within_budget(prod(sizes))
        entries = value.position.ravel()
        if len(numpy.unique(entries)) < len(entries):
            value = Variable(self.flat(value), numpy.arange(len(entries)))
            entries = value.position
        n = self.sizes[value.name]
        columns = numpy.append(entries, -1)[choices]
        whole = len(columns) == 1 and is_whole(columns[0], n)
        kept: Whole = range(n) if whole else array_of(columns.ravel())
        lists = tuple(tuple(fractions(row)) for row in weights)
        place, weight = array_of(rows[0]), array_of(rows[1])
        matrix = Matrix(n, choices.shape[1], kept, lists, place, weight)
        return self.gemm([value.name], matrix, bias, sizes)

    def along(self, value: Variable, axis: int, choices: Array, weights: Array) -> Variable:
        """A linear map along one axis: new entry i there is Σ_t weights[i, t] · old entry
        choices[i, t] (-1 for none)."""
        old = numpy.moveaxis(
            numpy.arange(value.position.size).reshape(value.position.shape), axis, -1
        )
        rest, new = old.shape[:-1], len(choices)
        lines = numpy.concatenate(
            [old.reshape(-1, old.shape[-1]), numpy.full((prod(rest), 1), -1)], 1
        )
        places = lines[:, choices].reshape(-1, choices.shape[1])
        count = len(places)
        own = numpy.arange(new) if len(weights) > 1 else numpy.zeros(new, dtype=int)
        rows = (numpy.arange(count), numpy.tile(own, prod(rest)))
        made = self.linear(value, places, weights, rows, (ZERO,) * count, (*rest, new))
        return Variable(made.name, numpy.moveaxis(made.position, -1, axis))

    def product(self, value: Variable, weight: Array) -> Variable:
        """The matrix product of a variable (m, k) and a constant (k, n)."""
        with fitting("matrices whose sizes fit"):
            if value.position.shape[-1] != weight.shape[0]:
                raise ValueError(f"{sized(value.position.shape)} times {sized(weight.shape)}")
        m, n = len(value.position), weight.shape[1]
        choices = numpy.arange(value.position.size).reshape(value.position.shape)
        rows = (numpy.repeat(numpy.arange(m), n), numpy.tile(numpy.arange(n), m))
        return self.linear(value, choices, weight.T, rows, (ZERO,) * (m * n), (m, n))

    def assembled(
        self, values: Sequence[Tensor], build: Callable[[list[Array]], Array]
    ) -> Variable:
        """A tensor of entries of several; `build` arranges the arrays of the numbers of their
        entries."""
        starts = numpy.cumsum([0, *(prod(shape(value)) for value in values)])
        within_budget(int(starts[-1]))
        numbers = [
            start + numpy.arange(prod(shape(value))).reshape(shape(value))
            for start, value in zip(starts, values, strict=False)
        ]
        arranged = numpy.asarray(build(numbers))
        names = [self.flat(value) for value in values]
        joined = self.node("Concat", names, (int(starts[-1]),))
        return Variable(joined.name, arranged)


def is_whole(positions: Array, size: int) -> bool:
    return len(positions) == size and bool((positions == numpy.arange(size)).all())


def total(drawing: Drawing, values: Sequence[Tensor]) -> Number:
    variables, constants = split(broadcast(values))
    shift = constant(sum(constants[1:], start=constants[0])) if constants else scalar(ZERO)
    if not variables:
        return shift
    result = (
        drawing.variable(drawing.elementwise("Add", variables))
        if len(variables) > 1
        else variables[0]
    )
    return drawing.scaled(result, scalar(ONE), shift) if constants else result


def times(drawing: Drawing, value: Tensor, factor: Array) -> Number:
    if isinstance(value, Variable):
        return drawing.scaled(value, factor, scalar(ZERO))
    return product_of_constants(value, factor)  # type: ignore[arg-type]


def above(drawing: Drawing, value: Variable, bound: Array, sign: Fraction = ONE) -> Variable:
    """max(value, bound) = bound + σ(value − bound); with sign −1 min(value, bound) = bound −
    σ(bound − value)."""
    shifted = drawing.scaled(value, scalar(sign), constant(-sign * bound))
    return drawing.scaled(
        drawing.variable(drawing.elementwise("Relu", [shifted])), scalar(sign), bound
    )


def extremum(drawing: Drawing, op: str, values: Sequence[Tensor]) -> Number:
    """Max or Min, entry by entry, the constants among the values taken together first. Infinities
    stand for no bound."""
    variables, constants = split(broadcast(values))
    if not variables:
        return drawing.elementwise(op, constants)
    result = (
        drawing.variable(drawing.elementwise(op, variables)) if len(variables) > 1 else variables[0]
    )
    if not constants:
        return result
    bound = pointwise(FOLDED[op], constants)
    sign, nowhere = (ONE, float("-inf")) if op == "Max" else (-ONE, float("inf"))
    if all(entry == nowhere for entry in bound.flat):
        return result
    return above(
        drawing,
        result,
        constant([Fraction(e) for e in fractions(bound)]).reshape(bound.shape),
        sign,
    )


def extremum_along(drawing: Drawing, op: str, value: Number) -> Number:
    """Max or Min over the last axis, as a tournament: one unit fewer than there are entries, depth
    their logarithm."""
    while (count := shape(value)[-1]) > 1:
        sides: list[Number] = [_cut(value, 0, count // 2), _cut(value, count // 2, count // 2 * 2)]
        pairs = drawing.elementwise(op, sides)
        if count % 2:
            pairs = joined(drawing, [pairs, _cut(value, count - 1, count)])
        value = pairs
    return _cut(value, 0, 1, last=True)


def joined(drawing: Drawing, values: Sequence[Tensor], axis: int = -1) -> Number:
    with fitting("shapes that can be concatenated"):
        if all_constant(values):
            return numpy.concatenate(values, axis)  # type: ignore[arg-type]
        return drawing.assembled(values, lambda numbers: numpy.concatenate(numbers, axis))


def _cut(value: Number, start: int, end: int, last: bool = False) -> Number:
    def part(array: Array) -> Array:
        chosen = array[..., 0] if last else array[..., start:end]
        return numpy.asarray(chosen, dtype=array.dtype)

    return (
        Variable(value.name, part(value.position)) if isinstance(value, Variable) else part(value)
    )


def refuse_two_variables() -> BadInput:
    wanted = "expected a product with a constant"
    return BadInput(
        "", f"{wanted}, found a product of two values that depend on the network's input"
    )


def exact(values: Sequence[Any], sizes: Sequence[int]) -> Array:
    with fitting(f"{prod(sizes)} entries"):
        return exact_array(values).reshape(sizes)


def listed(values: Sequence[Any]) -> str:
    return displayed(", ".join(map(str, values)))[1:-1]
