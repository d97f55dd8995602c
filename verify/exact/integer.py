"""The exact tier: on every segment each node is (α x + β) / d with integers α, β and one denominator d a node; a Relu splits
segments at −β/α.

One integer matrix product a Gemm, no reduction of fractions anywhere. For any DAG, every kind of zero included: kinks that
coincide, that fall on the ends of the interval, units that are zero throughout. Denominators multiply along a path, so numbers
grow by the weights' bits a layer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from math import lcm

from flint import fmpz, fmpz_mat

from ..kernel.errors import OverBudget
from ..network.network import Network
from ..network.operations import Node
from .piecewise_linear import Interval

Point = tuple[fmpz, fmpz]  # (p, q) for p / q, q > 0, not reduced
Row = Sequence[fmpz]
ZERO, ONE = fmpz(0), fmpz(1)
MOST_ENTRIES = 10_000_000  # segments times width: about a gigabyte


@dataclass(frozen=True)
class Affine:
    """A node's value on every segment: (alpha[k] x + beta[k]) / denominator, entry by entry."""

    alpha: Sequence[Row]
    beta: Sequence[Row]
    denominator: fmpz


@dataclass(frozen=True)
class Segments:
    """`points`: N + 1 for N segments, increasing; `alpha`, `beta` of the output over `denominator` on each segment; `patterns`:
    the activation pattern."""

    points: list[Point]
    alpha: list[fmpz]
    beta: list[fmpz]
    denominator: fmpz
    patterns: Sequence[tuple[bool, ...]]

    def value(self, k: int) -> Fraction:
        """The output at point k."""
        (p, q), i = self.points[k], min(k, len(self.alpha) - 1)
        return Fraction(int(self.alpha[i] * p + self.beta[i] * q), int(q * self.denominator))

    def point(self, k: int) -> Fraction:
        p, q = self.points[k]
        return Fraction(int(p), int(q))

    @property
    def kinks(self) -> list[int]:
        """The interior points where the function's slope changes."""
        return [k for k in range(1, len(self.alpha)) if self.alpha[k] != self.alpha[k - 1]]

    @property
    def switches(self) -> list[int]:
        """The interior points where the activation pattern changes."""
        return [k for k in range(1, len(self.alpha)) if self.patterns[k] != self.patterns[k - 1]]


def segments(network: Network, interval: Interval, limit: int) -> Segments:
    """The segments on which every unit of a one-input, one-output network keeps its sign. Exact. `OverBudget` beyond `limit`
    segments."""
    lowered = network.univariate().lowered
    points = [(fmpz(x.numerator), fmpz(x.denominator)) for x in (interval.low, interval.high)]
    last_use = {name: index for index, node in enumerate(lowered.nodes) for name in node.inputs} | {lowered.output: len(lowered.nodes)}
    live = {"x": Affine([[ONE]], [[ZERO]], ONE)}
    patterns: list[tuple[bool, ...]] = [()]
    for index, node in enumerate(lowered.nodes):
        if node.op == "Relu":
            split = Split(points, live[node.inputs[0]])
            if len(split.origin) > limit:
                raise beyond(interval, limit)
            if len(split.origin) * lowered.sizes[node.name] > MOST_ENTRIES:
                raise OverBudget("", f"more than {MOST_ENTRIES} numbers to be kept: too many activation intervals on {interval}")
            points = split.points
            live = {name: split.copied(value) for name, value in live.items()}
            patterns = [patterns[k] + active for k, active in zip(split.origin, split.active, strict=True)]
            live[node.name] = split.rectified(live[node.inputs[0]])
        else:
            live[node.name] = _gemm(node, [live[name] for name in node.inputs])
        live = {name: value for name, value in live.items() if last_use.get(name, -1) > index}
    result = live[lowered.output]
    return Segments(points, [row[0] for row in result.alpha], [row[0] for row in result.beta], result.denominator, patterns)


def beyond(interval: Interval, limit: int) -> OverBudget:
    return OverBudget("", f"more than {limit} activation intervals on {interval} to be enumerated: a higher limit goes further")


def _gemm(node: Node, inputs: list[Affine]) -> Affine:
    weight, scale = integers(node.matrix("weight").dense)
    common = fmpz(lcm(*(int(value.denominator) for value in inputs)))
    stacked: list[list[fmpz]] = []
    for part in ("alpha", "beta"):
        tables = [(getattr(value, part), common // value.denominator) for value in inputs]
        for k in range(len(tables[0][0])):
            stacked.append([entry * factor if factor != 1 else entry for table, factor in tables for entry in table[k]])
    product = (fmpz_mat(stacked) * fmpz_mat(weight).transpose()).table()
    (bias,), under = integers([node.vector("bias")])
    denominator, segments_ = common * scale * under, len(product) // 2
    if under != 1:
        product = [[entry * under for entry in row] for row in product]
    shift = [entry * (denominator // under) for entry in bias]
    beta = [[entry + more for entry, more in zip(row, shift, strict=True)] for row in product[segments_:]]
    return Affine(product[:segments_], beta, denominator)


def integers(rows: Sequence[Sequence[Fraction]]) -> tuple[list[list[int]], int]:
    """Rows of rationals as rows of integers over their least common denominator."""
    common = lcm(*{entry.denominator for row in rows for entry in row})
    return [[entry.numerator * (common // entry.denominator) for entry in row] for row in rows], common


class Split:
    """The segments cut where an entry of a value changes sign strictly inside. `origin`: the old segment of every new one;
    `active`: its pattern."""

    def __init__(self, points: list[Point], value: Affine) -> None:
        self.points, self.origin = [points[0]], list[int]()
        self.active: list[tuple[bool, ...]] = []
        left = _signs(value, 0, points[0])
        for k in range(len(value.alpha)):
            right = _signs(value, k, points[k + 1])
            self._cut(k, value, left, right)
            self.points.append(points[k + 1])
            left = right

    def _cut(self, k: int, value: Affine, left: list[int], right: list[int]) -> None:
        roots = []
        for j, (before, after) in enumerate(zip(left, right, strict=True)):
            if before * after < 0:
                alpha, beta = value.alpha[k][j], value.beta[k][j]
                roots.append((-beta, alpha, j) if alpha > 0 else (beta, -alpha, j))
        roots.sort(key=cmp_to_key(_compared))
        active = [before > 0 or (before == 0 and after > 0) for before, after in zip(left, right, strict=True)]
        for index, (p, q, j) in enumerate(roots):
            if index == 0 or _compared(roots[index - 1], roots[index]):
                self._emit(k, active)
                self.points.append((p, q))
            active[j] = not active[j]
        self._emit(k, active)

    def _emit(self, k: int, active: list[bool]) -> None:
        self.origin.append(k)
        self.active.append(tuple(active))

    def copied(self, value: Affine) -> Affine:
        return Affine([value.alpha[k] for k in self.origin], [value.beta[k] for k in self.origin], value.denominator)

    def rectified(self, value: Affine) -> Affine:
        """The positive part of a value that is copied to the new segments already."""
        alpha, beta = ([_masked(row, on) for row, on in zip(table, self.active, strict=True)] for table in (value.alpha, value.beta))
        return Affine(alpha, beta, value.denominator)


def _masked(row: Row, active: tuple[bool, ...]) -> Row:
    return [entry if on else ZERO for entry, on in zip(row, active, strict=True)]


def _signs(value: Affine, k: int, point: Point) -> list[int]:
    p, q = point
    heights = [a * p + b * q for a, b in zip(value.alpha[k], value.beta[k], strict=True)]
    return [(height > 0) - (height < 0) for height in heights]


def _compared(one: tuple[fmpz, fmpz, int], two: tuple[fmpz, fmpz, int]) -> int:
    left, right = one[0] * two[1], two[0] * one[1]
    return int(left > right) - int(left < right)
