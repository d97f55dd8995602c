"""The exact tier: on every segment each node is (α x + β) / d with integers α, β and one
denominator d a node; a Relu splits segments at −β/α.

One integer matrix product a Gemm, no reduction of fractions anywhere. For any DAG, every kind of
zero included: kinks that coincide, that fall on the ends of the interval, units that are zero
throughout. Denominators multiply along a path, so numbers grow by the weights' bits a layer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from itertools import chain
from math import lcm
from operator import add

from flint import fmpz, fmpz_mat

from ..kernel.errors import OverBudget
from ..network.network import Network
from ..network.operations import Node
from ..rational import sign
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
    """The segments of a network with one output, N of them.

    `points`: N + 1, increasing. `alpha`, `beta`: of the output over `denominator`, on each segment.
    `patterns`: the activation pattern on each.
    """

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
    """The segments on which every unit of a one-input, one-output network keeps its sign. Exact.

    Raises `OverBudget` beyond `limit` segments.
    """
    lowered = network.univariate().lowered
    points = [(fmpz(x.numerator), fmpz(x.denominator)) for x in (interval.low, interval.high)]
    last_use = {name: index for index, node in enumerate(lowered.nodes) for name in node.inputs}
    last_use[lowered.output] = len(lowered.nodes)
    live = {"x": Affine([[ONE]], [[ZERO]], ONE)}
    patterns: list[tuple[bool, ...]] = [()]
    for index, node in enumerate(lowered.nodes):
        if node.op == "Relu":
            split = Split(points, live[node.inputs[0]])
            if len(split.origin) > limit:
                raise beyond(interval, limit)
            if len(split.origin) * lowered.sizes[node.name] > MOST_ENTRIES:
                found = f"more than {MOST_ENTRIES} numbers to be kept"
                raise OverBudget("", f"{found}: too many activation intervals on {interval}")
            points = split.points
            live = {name: split.copied(value) for name, value in live.items()}
            patterns = [
                patterns[k] + active for k, active in zip(split.origin, split.active, strict=True)
            ]
            live[node.name] = split.rectified(live[node.inputs[0]])
        else:
            live[node.name] = _gemm(node, [live[name] for name in node.inputs])
        live = {name: value for name, value in live.items() if last_use.get(name, -1) > index}
    result = live[lowered.output]
    alpha, beta = [row[0] for row in result.alpha], [row[0] for row in result.beta]
    return Segments(points, alpha, beta, result.denominator, patterns)


def beyond(interval: Interval, limit: int) -> OverBudget:
    found = f"more than {limit} activation intervals on {interval} to be enumerated"
    return OverBudget("", f"{found}: a higher limit goes further")


def _gemm(node: Node, inputs: list[Affine]) -> Affine:
    weight, scale = integers(node.matrix("weight").dense)
    common = fmpz(lcm(*(int(value.denominator) for value in inputs)))
    alpha = _side_by_side([_multiplied(v.alpha, common // v.denominator) for v in inputs])
    beta = _side_by_side([_multiplied(v.beta, common // v.denominator) for v in inputs])
    table = (fmpz_mat([*alpha, *beta]) * fmpz_mat(weight).transpose()).table()
    (bias,), under = integers([node.vector("bias")])
    denominator, count = common * scale * under, len(alpha)
    product = _multiplied(table, fmpz(under))
    shift = [entry * (denominator // under) for entry in bias]
    shifted = [list(map(add, row, shift)) for row in product[count:]]
    return Affine(product[:count], shifted, denominator)


def _multiplied(rows: Sequence[Row], factor: fmpz) -> Sequence[Row]:
    if factor == 1:
        return rows
    return [[entry * factor for entry in row] for row in rows]


def _side_by_side(tables: Sequence[Sequence[Row]]) -> Sequence[Row]:
    """Row by row the tables' rows, one after the other."""
    if len(tables) == 1:
        return tables[0]
    return [list(chain(*rows)) for rows in zip(*tables, strict=True)]


def integers(rows: Sequence[Sequence[Fraction]]) -> tuple[list[list[int]], int]:
    """Rows of rationals as rows of integers over their least common denominator."""
    common = lcm(*{entry.denominator for row in rows for entry in row})
    whole = []
    for row in rows:
        whole.append([entry.numerator * (common // entry.denominator) for entry in row])
    return whole, common


class Split:
    """The segments cut where an entry of a value changes sign strictly inside. `origin`: the old
    segment of every new one; `active`: its pattern."""

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
                roots.append((*zero(alpha, beta), j))
        roots.sort(key=cmp_to_key(_compared))
        active = [
            before > 0 or (before == 0 and after > 0)
            for before, after in zip(left, right, strict=True)
        ]
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
        alpha = [value.alpha[k] for k in self.origin]
        beta = [value.beta[k] for k in self.origin]
        return Affine(alpha, beta, value.denominator)

    def rectified(self, value: Affine) -> Affine:
        """The positive part of a value that is copied to the new segments already."""
        alpha = list(map(masked, value.alpha, self.active))
        beta = list(map(masked, value.beta, self.active))
        return Affine(alpha, beta, value.denominator)


def masked(row: Row, active: Sequence[bool]) -> list[fmpz]:
    """The row with 0 where the pattern is not active."""
    return [entry if on else ZERO for entry, on in zip(row, active, strict=True)]


def zero(alpha: fmpz, beta: fmpz) -> Point:
    """Where alpha x + beta is 0."""
    return (-beta, alpha) if alpha > 0 else (beta, -alpha)


def _signs(value: Affine, k: int, point: Point) -> list[int]:
    p, q = point
    heights = [a * p + b * q for a, b in zip(value.alpha[k], value.beta[k], strict=True)]
    return [sign(height) for height in heights]


def _compared(one: tuple[fmpz, fmpz, int], two: tuple[fmpz, fmpz, int]) -> int:
    return sign(one[0] * two[1] - two[0] * one[1])
