"""The z3 meaning of a network: every value is a named real variable, defined from earlier ones in
linear arithmetic and if-then-else.

Names are generated (v0, v1, …) and numerals are built only as `z3.Q(int, int)`, so no text of the
user's reaches z3. The way back is `point`: from a model to the input's Fractions. Variables, rather
than one nested term, keep the size linear in the network's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from types import MappingProxyType
from typing import TypeAlias

import z3

from ..kernel.errors import BadInput, OverBudget
from ..network.network import Network
from ..network.operations import Node, row
from ..rational import rational
from .z3_context import context, numeral

Term: TypeAlias = z3.ArithRef
# bits of a numerator or denominator; z3's interface reads and prints them as decimal text
LONGEST = 12_000


class Names:
    """The generated real variables v0, v1, … of one query: networks encoded with the same `Names`
    share no variable by accident."""

    def __init__(self) -> None:
        self.count = 0

    def real(self) -> Term:
        self.count += 1
        return z3.Real(f"v{self.count - 1}", context())

    def reals(self, count: int) -> tuple[Term, ...]:
        return tuple(self.real() for _ in range(count))


@dataclass(frozen=True)
class Encoding:
    """`inputs` and `outputs` entry by entry; `definitions` (variable, term) in an order in which
    each reads only earlier variables."""

    inputs: tuple[Term, ...]
    outputs: tuple[Term, ...]
    definitions: tuple[tuple[Term, Term], ...]

    @property
    def constraints(self) -> tuple[z3.BoolRef, ...]:
        return tuple(variable == term for variable, term in self.definitions)


def number(value: Fraction | int) -> z3.RatNumRef:
    """The z3 numeral of a rational. Raises `OverBudget` for one of more than `LONGEST` bits."""
    over, under = value.numerator, value.denominator
    if max(abs(over), under).bit_length() > LONGEST:
        found = f"a number of {max(abs(over), under).bit_length()} bits"
        raise OverBudget("", f"{found}; at most {LONGEST} are given to z3")
    return numeral(value)


def fraction(value: z3.ExprRef) -> Fraction:
    """The Fraction that a z3 numeral is. Raises `OverBudget` for anything else (an algebraic
    number): nothing is decided by it."""
    if not z3.is_rational_value(value):
        raise OverBudget("", "a value in a z3 model that is not a rational number")
    return rational(value.as_string())


def point(model: z3.ModelRef, inputs: Sequence[Term]) -> tuple[Fraction, ...]:
    """The way back: the values of these variables in a model; 0 for a variable that the model
    leaves open."""
    return tuple(fraction(model.eval(variable, model_completion=True)) for variable in inputs)


def encode(network: Network, inputs: Sequence[Term], names: Names) -> Encoding:
    """The network on these input terms, the inputs' entries in order; its variables are new in
    `names`. Raises `BadInput` for another number of inputs, and for an operation with no row in
    `Z3`, by name.

    >>> from verify import tent
    >>> names = Names()
    >>> encode(tent(), names.reals(1), names).definitions[-1]
    (v4, 2*v2 + -2*v3)
    """
    if len(inputs) != network.input_size:
        raise BadInput("", f"expected {network.input_size} input terms, found {len(inputs)}")
    network = network.pruned
    definitions: list[tuple[Term, Term]] = []

    def named(term: Term) -> Term:
        if z3.is_const(term):  # a variable or a numeral
            return term
        definitions.append((names.real(), term))
        return definitions[-1][0]

    values: dict[str, list[Term]] = {}
    start = 0
    for item in network.inputs:
        values[item.name] = list(inputs[start : start + item.size])
        start += item.size
    for node in network.nodes:
        meaning = row(Z3, node.op, "z3")
        terms: list[Term] = meaning(node, [values[name] for name in node.inputs])  # type: ignore[assignment]
        values[node.name] = [named(term) for term in terms]
    return Encoding(tuple(inputs), tuple(values[network.output]), tuple(definitions))


def affine(factors: Sequence[Fraction], values: Sequence[Term], constant: Fraction) -> Term:
    """Σ factor · value + constant, without the terms whose factor is zero."""
    addends = list[Term]()
    for factor, value in zip(factors, values, strict=True):
        if factor == 1:
            addends.append(value)
        elif factor:
            addends.append(number(factor) * value)
    if constant or not addends:
        addends.append(number(constant))
    return addends[0] if len(addends) == 1 else z3.Sum(addends)


def _gemm(node: Node, inputs: list[list[Term]]) -> list[Term]:
    joined, weight, values = list(chain(*inputs)), node.matrix("weight"), list[Term]()
    for index, bias in enumerate(node.vector("bias")):
        terms = list(weight.row(index))
        factors, entries = [w for _, w in terms], [joined[column] for column, _ in terms]
        values.append(affine(factors, entries, bias))
    return values


def _mul(node: Node, inputs: list[list[Term]]) -> list[Term]:
    pairs = zip(node.vector("factor"), inputs[0], strict=True)
    return [affine([factor], [z], Fraction(0)) for factor, z in pairs]


def _largest(*entries: Term) -> Term:
    best = entries[0]
    for entry in entries[1:]:
        best = z3.If(entry > best, entry, best)
    return best


def _smallest(*entries: Term) -> Term:
    best = entries[0]
    for entry in entries[1:]:
        best = z3.If(entry < best, entry, best)
    return best


def _leaky(node: Node, inputs: list[list[Term]]) -> list[Term]:
    alpha = number(node.rational("alpha"))
    return [z3.If(z > 0, z, alpha * z) for z in inputs[0]]


def _clip(node: Node, inputs: list[list[Term]]) -> list[Term]:
    least, most = number(node.rational("min")), number(node.rational("max"))
    return [z3.If(z < least, least, z3.If(z > most, most, z)) for z in inputs[0]]


def _entrywise(combine: Callable[..., Term]) -> Callable[[Node, list[list[Term]]], list[Term]]:
    return lambda node, inputs: [combine(*entries) for entries in zip(*inputs, strict=True)]


Z3: Mapping[str, Callable[[Node, list[list[Term]]], list[Term]]] = MappingProxyType(
    {
        "Gemm": _gemm,
        "Relu": _entrywise(lambda z: z3.If(z > 0, z, number(0))),
        "Add": _entrywise(lambda *entries: z3.Sum(entries) if len(entries) > 1 else entries[0]),
        "Sub": _entrywise(lambda a, b: a - b),
        "Neg": _entrywise(lambda z: -z),
        "Mul": _mul,
        "Concat": lambda node, inputs: list(chain(*inputs)),
        "Abs": _entrywise(lambda z: z3.If(z > 0, z, -z)),
        "LeakyRelu": _leaky,
        "Max": _entrywise(_largest),
        "Min": _entrywise(_smallest),
        "Clip": _clip,
    }
)
