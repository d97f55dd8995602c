"""Multipliers for a leaf: rows p <= 0, p < 0, p = 0 whose weighted sum is a contradiction.

A simplex method on integers.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

MOST_PIVOTS = 60
MOST_ROWS = 70
Sum = Mapping[Any, int]  # coefficients by monomial; () is the number 1


class Row(NamedTuple):
    """A polynomial times `scale`, with what it is compared to 0 by."""

    relation: str
    sum: Sum
    scale: int


def row(relation: str, terms: Sequence[tuple[Any, Fraction]]) -> Row:
    """The row with integer coefficients."""
    scale = lcm(*(c.denominator for _, c in terms))
    return Row(relation, {m: c.numerator * (scale // c.denominator) for m, c in terms}, scale)


def multipliers(rows: Sequence[Row]) -> dict[int, Fraction] | None:
    """Weights by the number of a row, such that the weighted sum is positive, or 0 with a strict
    row; if there are any.

    Weights of inequalities are positive.
    """
    kept = _useful(rows)
    if not kept or len(kept) > MOST_ROWS:
        return None
    monomials = sorted({m for i in kept for m in rows[i].sum if m != ()})
    columns, owners = list[list[int]](), list[tuple[int, int]]()
    for i in kept:
        relation, entries, _ = rows[i]
        for sign in (1, -1) if relation == "=" else (1,):
            column = [sign * entries.get(m, 0) for m in monomials]
            columns.append([*column, sign * entries.get((), 0), int(relation == "<")])
            owners.append((i, sign))
    columns.append([0] * len(monomials) + [-1, 1])
    weights = _feasible(columns)
    if weights is None:
        return None
    found = dict[int, Fraction]()
    for (i, sign), weight in zip(owners, weights, strict=False):
        if weight:
            found[i] = found.get(i, Fraction(0)) + sign * weight * rows[i].scale
    return {i: weight for i, weight in found.items() if weight}


def _useful(rows: Sequence[Row]) -> list[int]:
    """The rows without those that have a monomial which nothing can cancel."""
    kept = list(range(len(rows)))
    while True:
        up, down = set[Any](), set[Any]()
        for i in kept:
            for m, c in rows[i].sum.items():
                if c > 0 or rows[i].relation == "=":
                    up.add(m)
                if c < 0 or rows[i].relation == "=":
                    down.add(m)
        both = up & down
        counts = dict[Any, int]()
        for i in kept:
            for m in rows[i].sum:
                counts[m] = counts.get(m, 0) + 1
        good = {m for m in both if counts[m] > 1}
        less = [i for i in kept if all(m == () or m in good for m in rows[i].sum)]
        if len(less) == len(kept):
            return kept
        kept = less


def _feasible(columns: list[list[int]]) -> list[Fraction] | None:
    """Weights >= 0 with which the columns add up to (0, ..., 0, 1): the first phase of a simplex
    method, without fractions.
    """
    size, height = len(columns), len(columns[0])
    table = [[column[i] for column in columns] + [int(i == height - 1)] for i in range(height)]
    goal = [sum(line[j] for line in table) for j in range(size + 1)]
    basis, under = [size + i for i in range(height)], 1
    for _ in range(MOST_PIVOTS):
        if goal[size] == 0:
            weights = [Fraction(0)] * size
            for i, j in enumerate(basis):
                if j < size:
                    weights[j] = Fraction(table[i][size], under)
            return weights
        entering = next((j for j in range(size) if goal[j] > 0), None)
        if entering is None:
            return None
        rows = [i for i in range(height) if table[i][entering] > 0]
        if not rows:
            return None
        leaving = min(rows, key=lambda i: (Fraction(table[i][size], table[i][entering]), basis[i]))
        pivot, line = table[leaving][entering], table[leaving]
        for other in (*table[:leaving], *table[leaving + 1 :], goal):
            factor = other[entering]
            other[:] = [(a * pivot - factor * b) // under for a, b in zip(other, line, strict=True)]
        basis[leaving], under = entering, pivot
    return None
