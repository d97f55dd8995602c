"""Determinants of many integer matrices at once, by Laplace expansion over sets of columns: exact,
in Python's integers."""

from itertools import combinations

import numpy as np

from .lattice import Array


def minors(rows: list[list[Array]]) -> dict[tuple[int, ...], Array]:
    """The determinants of all square choices of columns. `rows`: r rows of c ≥ r columns, each
    entry an array over the matrices."""
    width = len(rows[0])
    known: dict[tuple[int, ...], Array] = {(column,): rows[0][column] for column in range(width)}
    for size, row in enumerate(rows[1:], 2):
        known = {
            chosen: _expanded(chosen, row, known) for chosen in combinations(range(width), size)
        }
    return known


def _expanded(
    chosen: tuple[int, ...], row: list[Array], known: dict[tuple[int, ...], Array]
) -> Array:
    """Along the last row: the entry in the last column has the sign +."""
    total = None
    for place, column in enumerate(chosen):
        term = row[column] * known[chosen[:place] + chosen[place + 1 :]]
        if total is None:
            total = term if (len(chosen) - place) % 2 else -term
        elif (len(chosen) - place) % 2:
            total = total + term
        else:
            total = total - term
    return np.asarray(total, dtype=object)


def objects(rows: list[list[int]], columns: range | list[int]) -> list[Array]:
    """Some columns of rows of integers, each as an array of Python's integers."""
    result = []
    for column in columns:
        result.append(np.empty(len(rows), dtype=object))
        result[-1][:] = [row[column] for row in rows]
    return result
