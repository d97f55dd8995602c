"""Which vertices of a sketch are kinks of the function: certified by values, else by the gradient behind the switching unit, else
by exact slopes."""

from collections.abc import Sequence

import numpy as np
from flint import fmpz, fmpz_mat

from .floats import FLOOR, SLACK, Array, Sketch
from .layers import Layer


def kinks(chain: Sequence[Layer], found: Sketch) -> Array:
    """For every interior vertex whether the slope changes there, certainly."""
    sure = found.kinks.copy()
    doubt = np.flatnonzero(~sure)
    if not len(doubt):
        return sure
    layer, unit = (column[1:-1][doubt] for column in found.trace.births)
    before, after = ([pattern[doubt + side] for pattern in found.trace.patterns] for side in (0, 1))
    switches = sum((one != two).sum(axis=1) for one, two in zip(before, after, strict=True))
    steep, flat = _gradients(chain, layer, unit, before)
    lone = switches == 1
    sure[doubt[lone & steep]] = True
    for i in np.flatnonzero(~(lone & (steep | flat))):
        sides = [[pattern[i].tolist() for pattern in patterns] for patterns in (before, after)]
        sure[doubt[i]] = exact_slope(chain, sides[0]) != exact_slope(chain, sides[1])
    return sure


def _gradients(chain: Sequence[Layer], layer: Array, unit: Array, patterns: list[Array]) -> tuple[Array, Array]:
    """Of the output by a unit's value, under the patterns, one row each: whether it is certainly not 0, and whether it is because
    no path of active units and weights other than 0 leads from the unit to the output."""
    rows = len(layer)
    value, error, reached = np.zeros((rows, 1)), np.zeros((rows, 1), np.float32), np.zeros((rows, 1), bool)
    for number, one in enumerate(chain):
        weight, magnitude, _, _, growth = one.floats
        weight, magnitude = weight[:-1, :-1], magnitude[:-1, :-1]
        if number == 0:
            value, error = np.zeros((rows, weight.shape[1])), np.zeros((rows, weight.shape[1]), np.float32)
            reached = np.zeros(value.shape, bool)
        else:
            error = ((error + growth * abs(value) + FLOOR).astype(np.float32) @ magnitude + FLOOR) * SLACK
            reached = reached.astype(np.float32) @ (magnitude != 0) != 0
            value = value @ weight
        if number < len(patterns):
            value, error, reached = value * patterns[number], error * patterns[number], reached & patterns[number]
            born = np.flatnonzero(layer == number)
            value[born, unit[born]], error[born, unit[born]], reached[born, unit[born]] = 1.0, 0.0, True
    return abs(value[:, 0]) > error[:, 0], ~reached[:, 0]


def exact_slope(chain: Sequence[Layer], pattern: Sequence[Sequence[bool]]) -> fmpz:
    """The output's slope under a pattern, times the product of the layers' denominators."""
    row = [fmpz(1)]
    for number, layer in enumerate(chain):
        (row,) = (fmpz_mat([row]) * layer.integers[0]).tolist()
        if number < len(pattern):
            row = [entry if on else fmpz(0) for entry, on in zip(row, pattern[number], strict=True)]
    return row[0]
