"""From a certified sketch to the exact function: who crosses zero where is known, so exact affine
maps are all that is left, found modulo primes.

Passing a vertex switches one unit on or off, which adds ±(α x + β), the unit's own map, times one
column vector to every later layer: the vector starts as the unit's outgoing weights and passes
through the later layers' patterns. So one vector a vertex replaces two a segment. All of it runs
modulo primes small enough that float64 matrix products are exact; as many primes as an a-priori
bound on the integers asks for, then Chinese remainders.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import log2

import numpy as np
from flint import fmpz, fmpz_mat

from .floats import Array, InDoubt, Sketch
from .integer import Segments, zero
from .layers import Layer
from .piecewise_linear import Interval

EXACT_BELOW = 2.0**53
# of vertices, one born in an earlier layer than the other: beyond it the integer tier takes less
# memory
MOST_PAIRS = 5_000_000


@dataclass(frozen=True)
class Stage:
    """What one layer does to the vectors.

    `digits`, `shift`, `exponent`: its weight and bias, cut to the units ever active
    (`Layer.digits`). `first`: the pattern of the first segment in the layer before. `mask`: that of
    the vectors that arrive. `old`, `new`: where those that arrive, and those that start here, stand
    in the next list. `start`: the row of the weight that each of the latter starts from. `names`:
    the vertices of the next list. `born`, `unit`: the vertices whose unit is in this layer, and its
    column. `left[i, j]`: whether name i is left of born j.
    """

    digits: Array
    shift: Array
    exponent: int
    first: Array
    mask: Array
    old: Array
    new: Array
    start: Array
    names: Array
    born: Array
    unit: Array
    left: Array


class Plan:
    """The stages of a sketched chain, the same for every prime."""

    def __init__(self, chain: Sequence[Layer], found: Sketch) -> None:
        layer, unit = (column[1:-1] for column in found.trace.births)
        patterns = found.trace.patterns
        if sum(int((pattern[1:] != pattern[:-1]).sum()) for pattern in patterns) != len(layer):
            raise InDoubt  # some vertex switches another unit besides its own
        if _pairs(layer, len(chain)) > MOST_PAIRS:
            raise InDoubt
        self.count = len(layer)
        on = [
            patterns[number][v + 1, j]
            for v, (number, j) in enumerate(zip(layer, unit, strict=True))
        ]
        self.side = 2.0 * np.array(on, float) - 1
        self.stages = list(self._stages(chain, layer, unit, patterns))

    def _stages(
        self, chain: Sequence[Layer], layer: Array, unit: Array, patterns: list[Array]
    ) -> Iterator[Stage]:
        rows, names = np.array([0]), np.empty(0, int)
        before = np.ones((self.count + 1, 1), bool)  # the input's pattern: always active
        for number, one in enumerate(chain):
            if number < len(patterns):
                after = patterns[number]
                columns = np.flatnonzero(after.any(axis=0))
            else:
                after, columns = before, np.array([0])
            starting = np.flatnonzero(layer == number - 1)
            merged = np.union1d(names, starting)
            born = np.flatnonzero(layer == number)
            digits, shift, exponent = one.digits
            cut = np.ix_(np.append(rows, -1), columns)
            yield Stage(
                digits=digits[cut],
                shift=shift[cut],
                exponent=exponent,
                first=before[0, rows].astype(float),
                mask=before[names][:, rows].astype(float),
                old=merged.searchsorted(names),
                new=merged.searchsorted(starting),
                start=rows.searchsorted(unit[starting]),
                names=merged,
                born=born,
                unit=columns.searchsorted(unit[born]),
                left=(merged[:, None] < born).astype(float),
            )
            rows, names, before = columns, merged, after

    @cached_property
    def bits(self) -> float:
        """An upper bound on log2 of every integer that is wanted, of unit maps and output maps: by
        norms of absolute values, with room for their rounding."""
        slope, constant, largest, scale = np.ones(1), np.zeros(1), 0.0, 0
        for stage in self.stages:
            sizes = np.ldexp(abs(stage.digits).astype(float), stage.shift - stage.exponent) * 1.001
            slope, constant = slope @ sizes[:-1], constant @ sizes[:-1] + sizes[-1]
            scale += stage.exponent
            largest = max(largest, slope.max(initial=0.0), constant.max(initial=0.0))
            if not np.isfinite(slope + constant).all():
                raise InDoubt
        return log2(max(largest, 1.0)) + scale + 3

    @cached_property
    def primes(self) -> list[int]:
        """Primes whose product is beyond every integer that is wanted, each so small that float64
        matrix products of residues are exact."""
        terms = [max(len(stage.digits), len(stage.names)) for stage in self.stages]
        widest = max(self.count, *terms) + 2
        prime = int(min(2 * (EXACT_BELOW / widest) ** 0.5, 2.0**26)) - 2
        primes, bits = list[int](), 0.0
        while bits < self.bits:
            while not fmpz(prime).is_prime():
                prime -= 1
            primes.append(prime)
            bits += log2(prime)
            prime -= 1
        return primes

    def residues(self, prime: int) -> Array:
        """α and β modulo a prime, (2, 2 count + 1): of every vertex's unit there, times its side;
        then of the output on every segment."""
        reduce, scale = Reduction(prime), 1
        maps, base = np.empty((2, self.count)), np.array([[1.0], [0.0]])
        vectors = np.empty((0, 1))
        for stage in self.stages:
            weight = _residues(stage.digits, stage.shift, prime)
            weight, bias = weight[:-1], weight[-1]
            base = reduce((base * stage.first) @ weight)
            base[1] = reduce(base[1] + reduce(bias * float(scale)))
            scale = scale * pow(2, stage.exponent, prime) % prime
            arrived = np.empty((len(stage.names), len(bias)))
            arrived[stage.old] = reduce((vectors * stage.mask) @ weight)
            arrived[stage.new] = weight[stage.start]
            vectors = arrived
            if len(stage.born):
                added = reduce(maps[:, stage.names] @ (vectors[:, stage.unit] * stage.left))
                maps[:, stage.born] = reduce((base[:, stage.unit] + added) * self.side[stage.born])
        steps = reduce(maps * vectors[:, 0])
        outputs = np.cumsum(np.hstack([base, steps]), axis=1)
        return np.hstack([maps, outputs])


def _residues(digits: Array, shift: Array, prime: int) -> Array:
    """digits · 2^shift modulo a prime below 2^27, as float64 integers of about half its size."""
    powers = np.array(
        [pow(2, i, prime) for i in range(int(shift.max(initial=0)) + 1)], dtype=np.int64
    )
    table = digits - digits // prime * prime
    table *= powers[shift]
    table -= (table + prime // 2) // prime * prime
    return np.asarray(table, float)


def _pairs(layer: Array, layers: int) -> int:
    """How many pairs of vertices there are, one born in an earlier layer than the other."""
    born = [int((layer == number).sum()) for number in range(layers)]
    return sum(
        earlier * own for earlier, own in zip(accumulate(born, initial=0), born, strict=False)
    )


class Reduction:
    """Residues of float64 integers below 2^53 in absolute value, about the size of half the prime;
    exact."""

    def __init__(self, prime: int) -> None:
        self.prime, self.inverse = float(prime), 1.0 / prime

    def __call__(self, table: Array) -> Array:
        quotient = table * self.inverse
        np.rint(quotient, out=quotient)
        quotient *= self.prime
        np.subtract(table, quotient, out=quotient)
        return quotient


def exact_segments(chain: Sequence[Layer], found: Sketch, interval: Interval) -> Segments:
    """The exact breakpoints and output maps of a sketched chain. Raises `InDoubt` if a vertex
    switches more than one unit, or a weight is no float."""
    if not all(layer.dyadic for layer in chain):
        raise InDoubt
    plan = Plan(chain, found)
    primes = plan.primes
    tables = [plan.residues(prime) for prime in primes]
    integers = remainders(np.concatenate(tables).reshape(len(primes), -1), primes)
    half = len(integers) // 2
    alpha, beta, count = integers[:half], integers[half:], plan.count
    zeros = list(map(zero, alpha[:count], beta[:count]))
    ends = [(fmpz(x.numerator), fmpz(x.denominator)) for x in (interval.low, interval.high)]
    scale = fmpz(2) ** sum(layer.digits[2] for layer in chain)
    points = [ends[0], *zeros, ends[1]]
    return Segments(points, alpha[count:], beta[count:], scale, Patterns(found.trace.patterns))


def remainders(residues: Array, primes: Sequence[int]) -> list[fmpz]:
    """The integers of least absolute value with these residues, a column for each; `residues`
    (primes, integers) are float64 integers."""
    modulus = fmpz(1)
    for prime in primes:
        modulus *= prime
    weights = []
    for prime in primes:
        others = modulus // prime
        weights.append([others * pow(int(others % prime), -1, prime)])
    sums = (fmpz_mat(residues.T.astype(np.int64).tolist()) * fmpz_mat(weights)).entries()
    half = modulus // 2
    return [(total + half) % modulus - half for total in sums]


class Patterns(Sequence[tuple[bool, ...]]):
    """The patterns of all layers on each segment, made tuples when asked for."""

    def __init__(self, patterns: list[Array]) -> None:
        self.patterns = patterns

    def __len__(self) -> int:
        return len(self.patterns[0]) if self.patterns else 1

    def __getitem__(self, k: int) -> tuple[bool, ...]:  # type: ignore[override]
        if not 0 <= k < len(self):
            raise IndexError(k)
        return tuple(entry for pattern in self.patterns for entry in pattern[k].tolist())
