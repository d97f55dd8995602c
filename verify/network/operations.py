"""The operation table: what a node may be. A primitive is only a name here; each meaning is a table
of its own elsewhere.

Names are ONNX's. Every operation is continuous and piecewise linear; parameters are exact
rationals. To add one, add a row here and in the files that docs/architecture.md lists; a row that
is missing there fails by name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from ..kernel.errors import BadInput
from .matrix import Matrix as Matrix
from .matrix import Vector as Vector

Rows = tuple[Vector, ...]  # a matrix in full
Parameter = Matrix | Vector | Fraction

MATRIX, VECTOR, RATIONAL = "matrix", "vector", "rational"


@dataclass(frozen=True)
class Node:
    """One operation on the values of earlier nodes. `parameters` are exact: Fraction, tuples of
    them, or a Matrix (which may be given as a tuple of rows)."""

    name: str
    op: str
    inputs: tuple[str, ...]
    parameters: Mapping[str, Parameter | Rows] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", tuple(self.inputs))
        object.__setattr__(self, "parameters", MappingProxyType(_with_matrices(self)))

    def __hash__(self) -> int:
        return hash((self.name, self.op, self.inputs))

    def __reduce__(self) -> tuple[object, ...]:
        return Node, (self.name, self.op, self.inputs, dict(self.parameters))

    def matrix(self, name: str) -> Matrix:
        return self.parameters[name]  # type: ignore[return-value]

    def vector(self, name: str) -> Vector:
        return self.parameters[name]  # type: ignore[return-value]

    def rational(self, name: str) -> Fraction:
        return self.parameters[name]  # type: ignore[return-value]


def _with_matrices(node: Node) -> dict[str, object]:
    kinds = OPERATIONS[node.op].parameters if node.op in OPERATIONS else {}
    given = dict[str, object](node.parameters)
    for name, kind in kinds.items():
        rows = given.get(name)
        if kind == MATRIX and isinstance(rows, tuple):
            given[name] = Matrix.of(rows)
    return given


@dataclass(frozen=True)
class Operation:
    """`arity`: least and most number of inputs. `parameters`: name to kind. `size`: size of the
    value from the inputs' sizes."""

    arity: tuple[int, int]
    parameters: Mapping[str, str]
    size: Callable[[Node, Sequence[int]], int]


MANY = 10**6


def _gemm_size(node: Node, sizes: Sequence[int]) -> int:
    weight, bias = node.matrix("weight"), node.vector("bias")
    if not len(weight):
        raise BadInput("weight", "expected at least one row, found none")
    lengths = list(map(len, weight.weights)) if weight.is_dense else [weight.width]
    for index, length in enumerate(lengths):
        if length != sum(sizes):
            wanted = f"{sum(sizes)} entries (the inputs' sizes {_listed(sizes)})"
            raise BadInput(f"weight/{index}", f"expected {wanted}, found {length}")
    if len(bias) != len(weight):
        wanted = f"{len(weight)} entries (the rows of weight)"
        raise BadInput("bias", f"expected {wanted}, found {len(bias)}")
    return len(weight)


def _same_size(node: Node, sizes: Sequence[int]) -> int:
    for size in sizes:
        if size != sizes[0]:
            raise BadInput("inputs", f"expected values of one size, found {_listed(sizes)}")
    return sizes[0]


def _mul_size(node: Node, sizes: Sequence[int]) -> int:
    factors = len(node.vector("factor"))
    if factors != sizes[0]:
        wanted = f"{sizes[0]} entries (the input's size)"
        raise BadInput("factor", f"expected {wanted}, found {factors}")
    return sizes[0]


def _clip_size(node: Node, sizes: Sequence[int]) -> int:
    least, most = node.rational("min"), node.rational("max")
    if least > most:
        raise BadInput("min", f"expected at most max = {most}, found {least}")
    return sizes[0]


def _listed(sizes: Sequence[int]) -> str:
    return " + ".join(map(str, sizes))


OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        # weight (out, in) on the inputs' concatenation
        "Gemm": Operation((1, MANY), {"weight": MATRIX, "bias": VECTOR}, _gemm_size),
        "Relu": Operation((1, 1), {}, _same_size),
        "Add": Operation((1, MANY), {}, _same_size),
        "Sub": Operation((2, 2), {}, _same_size),
        "Neg": Operation((1, 1), {}, _same_size),
        "Mul": Operation((1, 1), {"factor": VECTOR}, _mul_size),  # by constants, entry by entry
        "Concat": Operation((1, MANY), {}, lambda node, sizes: sum(sizes)),
        "Abs": Operation((1, 1), {}, _same_size),
        "LeakyRelu": Operation((1, 1), {"alpha": RATIONAL}, _same_size),
        "Max": Operation((1, MANY), {}, _same_size),
        "Min": Operation((1, MANY), {}, _same_size),
        "Clip": Operation((1, 1), {"min": RATIONAL, "max": RATIONAL}, _clip_size),
    }
)


def row(table: Mapping[str, Callable[..., object]], op: str, meaning: str) -> Callable[..., object]:
    """The entry of a table of meanings, or an error that names the operation and the table."""
    if op not in table:
        known = ", ".join(sorted(table))
        raise BadInput("", f"no meaning of the operation {op} in {meaning}: its table has {known}")
    return table[op]
