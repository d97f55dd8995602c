"""A plain chain of affine maps with Relu between, its weights ready for each tier: float64 with a
bound on their rounding, and integers."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain as chained
from operator import truediv
from typing import TYPE_CHECKING

from ..network.matrix import Matrix
from ..network.network import Network
from ..network.operations import Rows, Vector

if TYPE_CHECKING:
    import numpy
    from flint import fmpz_mat

# a network with a weight beyond these goes to the integer tier: its float32 bounds could overflow
SMALLEST, LARGEST = 1e-30, 1e30
WIDEST = 8000


@dataclass(frozen=True)
class Layer:
    """x ↦ weight x + bias; weight is (out, in)."""

    weight: Rows
    bias: Vector
    first: bool = False  # whether it reads the input, which may be negative

    @cached_property
    def floats(
        self,
    ) -> "tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray, tuple[numpy.ndarray, bool], float]":
        """What the float tier reads: weight (in + 1, out + 1); its absolute values (float32,
        rounded up); bias (out + 1); a pair of the least bounds (out + 1) and whether the inputs are
        known to be at least 0; the relative error of a product.

        The last row and column pass a vertex's place through.
        """
        import numpy

        from .floats import FLOOR, SLACK, UNIT

        height, width = len(self.weight), len(self.weight[0])
        weight, bias = numpy.zeros((width + 1, height + 1)), numpy.zeros(height + 1)
        weight[:-1, :-1], bias[:-1] = self.rounded[0][:-1], self.rounded[0][-1]
        weight[-1, -1] = 1.0
        growth = (width + 10) * UNIT
        with numpy.errstate(over="ignore"):  # `tame` refuses what overflows
            magnitude = abs(weight).astype(numpy.float32) * SLACK * SLACK
            least = (abs(bias) * growth).astype(numpy.float32) * SLACK + FLOOR
        return weight, magnitude, bias, (least, not self.first), growth

    @cached_property
    def simple(self) -> bool:
        """Whether most of its weights, by a sample, have numerator and denominator of at most 12
        bits."""
        rows = (*self.weight[:8], self.bias[:8])
        sample = list(filter(None, chained.from_iterable(row[:8] for row in rows)))
        short = [entry for entry in sample if max(abs(entry.numerator), entry.denominator) < 2**12]
        return 2 * len(short) >= len(sample)

    @cached_property
    def rounded(self) -> "tuple[numpy.ndarray, bool]":
        """Weight and, as a last row, bias (in + 1, out), correctly rounded to float64; and whether
        that changed none of them.

        Infinity stands for what overflows, 1e-200 for what would round to 0: `tame` refuses both.
        """
        import numpy

        entries = chained(chained.from_iterable(self.weight), self.bias)
        over, under = zip(*map(Fraction.as_integer_ratio, entries), strict=True)
        exact = max(over) < 2**53 and -min(over) < 2**53
        exact = exact and all(value.bit_count() == 1 for value in set(under))
        height, table = len(self.bias), numpy.array(_quotients(over, under))
        weight = table[:-height].reshape(height, -1)
        return numpy.concatenate([weight.T, table[None, -height:]]), exact

    @property
    def dyadic(self) -> bool:
        """Whether every weight is a float64."""
        return self.rounded[1]

    @cached_property
    def digits(self) -> "tuple[numpy.ndarray, numpy.ndarray, int]":
        """Dyadic weights and, as a last row, the bias (in + 1, out), as integers over 2^exponent:
        an odd number (0 for 0) and the power of 2 that it is shifted by; and the least such
        exponent."""
        import numpy

        mantissa, power = numpy.frexp(self.rounded[0])
        digits = (mantissa * 2.0**53).astype(numpy.int64)
        is_zero = digits == 0
        spare = numpy.frexp((digits & -digits).astype(float))[1] - 1
        spare[is_zero] = 0
        digits >>= spare
        power = power - 53 + spare
        power[is_zero] = 0
        exponent = max(0, -int(power.min()))
        return digits, power + exponent, exponent

    @cached_property
    def integers(self) -> "tuple[fmpz_mat, list[int], int]":
        """Weight (in, out) and bias as integers over one denominator, and that denominator."""
        from flint import fmpz_mat

        from .integer import integers

        rows, denominator = integers((*self.weight, self.bias))
        return fmpz_mat(rows[:-1]).transpose(), rows[-1], denominator

    @cached_property
    def tame(self) -> bool:
        """Whether floats can hold the weights and bounds without overflow, and products without
        underflow."""
        table, _ = self.rounded
        sizes = abs(table)
        least = sizes.min(where=sizes != 0, initial=1.0)
        return bool(SMALLEST < least and sizes.max() < LARGEST and max(table.shape) < WIDEST)


def _quotients(over: Sequence[int], under: Sequence[int]) -> list[float]:
    try:
        floats = list(map(truediv, over, under))
    except OverflowError:
        return [float("inf")] * len(over)
    if floats.count(0.0) != over.count(0):
        for i, numerator in enumerate(over):
            if numerator and not floats[i]:
                floats[i] = 1e-200
    return floats


def layers(network: Network) -> tuple[Layer, ...] | None:
    """The layers of a network whose lowered form is a chain, consecutive affine maps multiplied
    out; None if it has skip connections."""
    lowered = network.lowered
    source, chain, after_relu = "x", list[Layer](), True
    size = network.input_size
    for node in lowered.nodes:
        if node.inputs != (source,):
            return None
        source = node.name
        if node.op == "Relu":
            if after_relu:
                chain.append(_identity(size, not chain))
            after_relu = True
            continue
        layer = Layer(node.matrix("weight").dense, node.vector("bias"), not chain)
        if after_relu:
            chain.append(layer)
        else:
            chain[-1] = _product(layer, chain[-1])
        after_relu, size = False, len(layer.bias)
    return tuple(chain)


def handmade(chain: tuple[Layer, ...]) -> bool:
    """Whether the weights are small rationals, as people write them: there floats meet true zeros
    everywhere, so they are not tried."""
    simple = [layer for layer in chain if layer.simple]
    return 2 * len(simple) >= len(chain)


def _identity(size: int, first: bool) -> Layer:
    return Layer(Matrix.diagonal((Fraction(1),) * size).dense, (Fraction(0),) * size, first)


def _product(outer: Layer, inner: Layer) -> Layer:
    from flint import fmpq_mat

    from .flint_numbers import fmpq_of, fraction_of

    one = fmpq_mat([[fmpq_of(entry) for entry in row] for row in outer.weight])
    rows = zip(inner.weight, inner.bias, strict=True)
    two = fmpq_mat([[*map(fmpq_of, row), fmpq_of(bias)] for row, bias in rows])
    table = [[fraction_of(entry) for entry in row] for row in (one * two).tolist()]
    bias = tuple(row[-1] + more for row, more in zip(table, outer.bias, strict=True))
    return Layer(tuple(tuple(row[:-1]) for row in table), bias, inner.first)
