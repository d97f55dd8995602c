"""A small dense simplex method in floating point. It only guides the search, which rounds what it
says and lets the kernel check."""

from typing import NamedTuple

import numpy as np

Array = np.ndarray
TINY = 1e-9
MOST_PIVOTS = 2_000


class Optimum(NamedTuple):
    """The greatest value of costs · weights, and weights that attain it. `prices` solve the dual
    problem: the least right · prices with prices · columns ≥ costs."""

    value: float
    weights: Array
    prices: Array


def maximum(costs: Array, columns: Array, right: Array) -> Optimum | None:
    """The optimum over weights ≥ 0 with columns · weights = right ≥ 0; None if there is none, or if
    rounding got in the way.

        maximum([1, 2], [[1, 1]], [1])      (as arrays) value 2, weights [0, 1], prices [2]
    """
    rows, size = columns.shape
    table = np.hstack([columns, np.eye(rows), right[:, None]])
    basis = np.arange(size, size + rows)
    price = np.concatenate([np.zeros(size), -np.ones(rows)])
    if not _climb(table, basis, price, size) or table[basis >= size, -1].sum() > 1e-7:
        return None
    price = np.concatenate([costs, np.zeros(rows)])
    if not _climb(table, basis, price, size):
        return None
    weights = np.zeros(size + rows)
    weights[basis] = table[:, -1]
    prices = price[basis] @ table[:, size:-1]
    return Optimum(float(price @ weights), weights[:size], prices)


def _climb(table: Array, basis: Array, price: Array, size: int) -> bool:
    """Pivots until no column improves; returns whether that came to an end. The artificial columns,
    from `size` on, never enter."""
    for turn in range(MOST_PIVOTS):
        gain = price[:size] - price[basis] @ table[:, :size]
        better = np.flatnonzero(gain > TINY)
        if not better.size:
            return True
        late = turn > MOST_PIVOTS // 2  # then the first one, which cannot cycle for ever
        entering = better[0] if late else int(np.argmax(gain))
        column, level = table[:, entering], table[:, -1]
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(column > TINY, level / column, np.inf)
        artificial = (basis >= size) & (level < TINY)
        ratio[artificial & (np.abs(column) > TINY)] = 0.0  # one at 0 stays at 0: out with it
        leaving = int(np.argmin(ratio))
        if not np.isfinite(ratio[leaving]):
            return False
        table[leaving] /= table[leaving, entering]
        others = np.arange(len(table)) != leaving
        table[others] -= np.outer(table[others, entering], table[leaving])
        basis[leaving] = entering
    return False
