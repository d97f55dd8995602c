"""A plain chain of affine maps with Relu between, its weights ready for each tier: float64 with a bound on their rounding, and
integers."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from operator import truediv
from typing import TYPE_CHECKING

from ..network.network import Network
from ..network.operations import Rows, Vector

if TYPE_CHECKING:
    import numpy
    from flint import fmpz_mat

SMALLEST, LARGEST = 1e-30, 1e30  # a network with a weight beyond these goes to the integer tier: its float32 bounds could overflow
WIDEST = 8000


@dataclass(frozen=True)
class Layer:
    """x ↦ weight x + bias; weight is (out, in)."""

    weight: Rows
    bias: Vector
    first: bool = False  # whether it reads the input, which may be negative

    @cached_property
    def floats(self) -> "tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray, tuple[numpy.ndarray, bool], float]":
        """For the float tier, each with one more row and column that pass a place through: weight (in + 1, out + 1), its absolute
        values (float32, rounded up), bias (out + 1), (the least bounds (out + 1), whether the inputs are known to be at least 0),
        and the relative error of a product."""
        import numpy

        from .floats import FLOOR, SLACK, UNIT

        height, width = len(self.weight), len(self.weight[0])
        weight, bias = numpy.zeros((width + 1, height + 1)), numpy.zeros(height + 1)
        weight[:-1, :-1], bias[:-1], weight[-1, -1] = self.rounded[0][:-1], self.rounded[0][-1], 1.0
        growth = (width + 10) * UNIT
        with numpy.errstate(over="ignore"):  # `tame` refuses what overflows
            magnitude = abs(weight).astype(numpy.float32) * SLACK * SLACK
            least = (abs(bias) * growth).astype(numpy.float32) * SLACK + FLOOR
        return weight, magnitude, bias, (least, not self.first), growth

    @cached_property
    def simple(self) -> bool:
        """Whether most of its weights, by a sample, have numerator and denominator of at most 12 bits."""
        sample = [entry for row in (*self.weight[:8], self.bias[:8]) for entry in row[:8] if entry]
        return sum(max(abs(entry.numerator), entry.denominator) < 2**12 for entry in sample) * 2 >= len(sample)

    @cached_property
    def rounded(self) -> "tuple[numpy.ndarray, bool]":
        """Weight and, as a last row, bias (in + 1, out), correctly rounded to float64; and whether they are exact so. Infinity
        stands for what overflows, 1e-200 for what would round to 0: `tame` refuses both."""
        import numpy

        columns, exact = [], True
        for row, bias in zip(self.weight, self.bias, strict=True):
            over, under = zip(*map(Fraction.as_integer_ratio, (*row, bias)), strict=True)
            exact = exact and max(over) < 2**53 and -min(over) < 2**53 and not any(value & (value - 1) for value in set(under))
            columns.append(_quotients(over, under))
        return numpy.array(columns).T, exact

    @property
    def dyadic(self) -> bool:
        """Whether every weight is a float64."""
        return self.rounded[1]

    @cached_property
    def digits(self) -> "tuple[numpy.ndarray, numpy.ndarray, int]":
        """Of dyadic weights: weight and, as a last row, bias (in + 1, out) as odd integers (0 for 0) times powers of 2, times the
        least power 2^exponent that makes all of them integers, and that exponent."""
        import numpy

        mantissa, power = numpy.frexp(self.rounded[0])
        digits = (mantissa * 2.0**53).astype(numpy.int64)
        spare = numpy.frexp((digits & -digits).astype(float))[1] - 1
        spare[digits == 0] = 0
        digits >>= spare
        power = power - 53 + spare
        power[digits == 0] = 0
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
        """Whether floats can hold the weights and bounds without overflow, and products without underflow."""
        import numpy

        weight, _, bias, _, _ = self.floats
        sizes = abs(numpy.append(weight, bias))
        return bool(sizes.max() < LARGEST and sizes[sizes != 0].min() > SMALLEST and max(weight.shape) < WIDEST)


def _quotients(over: Sequence[int], under: Sequence[int]) -> list[float]:
    try:
        floats = list(map(truediv, over, under))
    except OverflowError:
        return [float("inf")] * len(over)
    if floats.count(0.0) == over.count(0):
        return floats
    return [value or (1e-200 if n else 0.0) for value, n in zip(floats, over, strict=True)]


def layers(network: Network) -> tuple[Layer, ...] | None:
    """The layers of a network whose lowered form is a chain, consecutive affine maps multiplied out; None if it has skip
    connections."""
    lowered = network.lowered
    source, chain, relu = "x", list[Layer](), True
    size = network.input_size
    for node in lowered.nodes:
        if node.inputs != (source,):
            return None
        source = node.name
        if node.op == "Relu":
            if relu:
                chain.append(_identity(size, not chain))
            relu = True
            continue
        layer = Layer(node.matrix("weight").dense, node.vector("bias"), not chain)
        if relu:
            chain.append(layer)
        else:
            chain[-1] = _product(layer, chain[-1])
        relu, size = False, len(layer.bias)
    return tuple(chain)


def handmade(chain: tuple[Layer, ...]) -> bool:
    """Whether the weights are small rationals, as people write them: there floats meet true zeros everywhere, so they are not
    tried."""
    return sum(layer.simple for layer in chain) * 2 >= len(chain)


def _identity(size: int, first: bool) -> Layer:
    one, zero = Fraction(1), Fraction(0)
    return Layer(tuple(tuple(one if i == j else zero for j in range(size)) for i in range(size)), (zero,) * size, first)


def _product(outer: Layer, inner: Layer) -> Layer:
    from flint import fmpq_mat

    from .flint_numbers import fmpq_of, fraction_of

    one = fmpq_mat([[fmpq_of(entry) for entry in row] for row in outer.weight])
    two = fmpq_mat([[*map(fmpq_of, row), fmpq_of(bias)] for row, bias in zip(inner.weight, inner.bias, strict=True)])
    table = [[fraction_of(entry) for entry in row] for row in (one * two).tolist()]
    bias = tuple(row[-1] + more for row, more in zip(table, outer.bias, strict=True))
    return Layer(tuple(tuple(row[:-1]) for row in table), bias, inner.first)

