"""The reference engine: exact values of every node at the kinks found so far, each Relu adding the points where it changes sign.

Between consecutive points every node is affine, so linear interpolation is exact. It knows the whole DAG, skip connections
included, and takes no short cut: the faster engines are tested against it.
"""

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from flint import fmpq, fmpq_mat

from verify.exact.flint_numbers import fmpq_of, fraction_of
from verify.exact.piecewise_linear import Interval
from verify.network.network import Network
from verify.network.operations import Node

Rows = list[list[fmpq]]  # one row a point, one column an entry of the node's value


@dataclass(frozen=True)
class Refinement:
    """`points`: every point where some unit's pre-activation changes sign, and the ends; `values` of the network there;
    `patterns`: for each segment between them, whether each unit is active (units in the order of the lowered network's nodes)."""

    points: tuple[Fraction, ...]
    values: tuple[Fraction, ...]
    patterns: tuple[tuple[bool, ...], ...]


def refinement(network: Network, interval: Interval) -> Refinement:
    """The common refinement of all units of a one-input network on an interval. Exact; any DAG. Cost: points × weights rational
    operations."""
    lowered = network.univariate().lowered
    points = [fmpq_of(interval.low), fmpq_of(interval.high)]
    rows: dict[str, Rows] = {"x": [[x] for x in points]}
    for node in lowered.nodes:
        if node.op == "Relu":
            points, rows = _split(points, rows, node.inputs[0])
            rows[node.name] = [[max(entry, fmpq(0)) for entry in row] for row in rows[node.inputs[0]]]
        else:
            rows[node.name] = _affine(node, [rows[name] for name in node.inputs])
    units = [rows[node.inputs[0]] for node in lowered.nodes if node.op == "Relu"]
    patterns = tuple(
        tuple(a > 0 or b > 0 for unit in units for a, b in zip(unit[k], unit[k + 1], strict=True)) for k in range(len(points) - 1)
    )
    return Refinement(tuple(map(fraction_of, points)), tuple(fraction_of(row[0]) for row in rows[lowered.output]), patterns)


def _affine(node: Node, inputs: list[Rows]) -> Rows:
    """The Gemm's value at every point: one rational matrix product with the bias as a last row."""
    rows = zip(node.matrix("weight").dense, node.vector("bias"), strict=True)
    columns = [[*map(fmpq_of, weights), fmpq_of(bias)] for weights, bias in rows]
    whole = [[entry for part in parts for entry in part] + [fmpq(1)] for parts in zip(*inputs, strict=True)]
    return (fmpq_mat(whole) * fmpq_mat(columns).transpose()).tolist()


def _split(points: list[fmpq], rows: dict[str, Rows], name: str) -> tuple[list[fmpq], dict[str, Rows]]:
    """The points with those added where an entry of the node changes sign strictly inside a segment, and all rows interpolated
    there."""
    places: list[tuple[int, fmpq]] = []  # the segment, and how far along it
    for k, (left, right) in enumerate(pairwise(rows[name])):
        parts = {a / (a - b) for a, b in zip(left, right, strict=True) if (a < 0 < b) or (b < 0 < a)}
        places += [(k, part) for part in sorted(parts)]
    starts = [bisect_left(places, k, key=lambda place: place[0]) for k in range(len(points) + 1)]

    def interpolated(table: Rows) -> Rows:
        result = []
        for k, row in enumerate(table):
            result.append(row)
            for _, part in places[starts[k] : starts[k + 1]]:
                result.append([a + part * (b - a) for a, b in zip(row, table[k + 1], strict=True)])
        return result

    return [row[0] for row in interpolated([[x] for x in points])], {key: interpolated(table) for key, table in rows.items()}
