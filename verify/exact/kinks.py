"""Which vertices of a sketch are kinks of the function: certified by values, else by the gradient
behind the switching unit, else by exact slopes."""

from collections.abc import Sequence

import numpy as np
from flint import fmpz, fmpz_mat

from .floats import FLOOR, SLACK, Array, Sketch
from .integer import masked
from .layers import Layer


def kinks(chain: Sequence[Layer], found: Sketch) -> Array:
    """For every interior vertex whether the slope changes there, certainly."""
    sure = found.kinks.copy()
    doubt = np.flatnonzero(~sure)
    if not len(doubt):
        return sure
    layer, unit = (column[1:-1][doubt] for column in found.trace.births)
    before = [pattern[doubt] for pattern in found.trace.patterns]
    after = [pattern[doubt + 1] for pattern in found.trace.patterns]
    switches = sum((one != two).sum(axis=1) for one, two in zip(before, after, strict=True))
    steep, flat = _gradients(chain, layer, unit, before)
    lone = switches == 1
    sure[doubt[lone & steep]] = True
    for i in np.flatnonzero(~(lone & (steep | flat))):
        left = exact_slope(chain, [pattern[i].tolist() for pattern in before])
        right = exact_slope(chain, [pattern[i].tolist() for pattern in after])
        sure[doubt[i]] = left != right
    return sure


def _gradients(
    chain: Sequence[Layer], layer: Array, unit: Array, patterns: list[Array]
) -> tuple[Array, Array]:
    """The gradients of the output by a unit's value, one row of patterns each: whether each is
    certainly not 0, and whether it is 0 because no path leads from the unit to the output, through
    active units and along weights other than 0."""
    size = (len(layer), chain[0].floats[0].shape[1] - 1)
    value, error, reached = np.zeros(size), np.zeros(size, np.float32), np.zeros(size, bool)
    for number, one in enumerate(chain):
        weight, magnitude, _, _, growth = one.floats
        weight, magnitude = weight[:-1, :-1], magnitude[:-1, :-1]
        if number > 0:
            spread = (error + growth * abs(value) + FLOOR).astype(np.float32)
            error = (spread @ magnitude + FLOOR) * SLACK
            paths = reached.astype(np.float32) @ (magnitude != 0).astype(np.float32)
            reached = paths > 0
            value = value @ weight
        if number < len(patterns):
            active, born = patterns[number], np.flatnonzero(layer == number)
            value, error, reached = value * active, error * active, reached & active
            value[born, unit[born]] = 1.0
            error[born, unit[born]] = 0.0
            reached[born, unit[born]] = True
    return abs(value[:, 0]) > error[:, 0], ~reached[:, 0]


def exact_slope(chain: Sequence[Layer], pattern: Sequence[Sequence[bool]]) -> fmpz:
    """The output's slope under a pattern, times the product of the layers' denominators."""
    row = [fmpz(1)]
    for number, layer in enumerate(chain):
        (row,) = (fmpz_mat([row]) * layer.integers[0]).tolist()
        if number < len(pattern):
            row = masked(row, pattern[number])
    return row[0]
