"""A lower bound of the frontier that uses continuity: a shortest path over boxes, each of which
holds a breakpoint and the value there.

As in `dynamic`, Δ^k is the zigzag z on [0, N], N = 2^k. Let g be continuous with p pieces. Grid
cells of width 1/H hold its breakpoints, levels of height 1/H (the lowest and highest unbounded) its
values there. A piece with its ends in two boxes covers [a, b] between their cells. For every s with
values ±1 its line l has ∫|z − l| ≥ ∫ s z − ∫ s l over [a, b], and ∫ s l is linear in l(a) and l(b).
With y, y' the values at the breakpoints and m the number of steps in [a, b] plus one, l(a) = y + θ
(y' − y) and l(b) = y' − θ' (y' − y) for some θ, θ' from 0 to 1/m: so ∫ s l is at most its value in
a corner of the box of (y, y', θ, θ'). The s for a pair of boxes is the sign of z − l for the line
through their middles, its changes rounded to multiples of 1/GRAIN: found in floating point, used
exactly, in 64-bit integers that do not overflow.

Pieces within a cell or between neighbours cost nothing. That the shortest path is then a lower
bound: separation.frontier.boxes, in Coq.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

import numpy

GRAIN = 2**12
SCALE = 2**20  # costs are multiples of 1/SCALE, rounded down
SHIFT = 16
Array = numpy.ndarray


class Levels(NamedTuple):
    """Bounds of the levels in steps; of the lowest and the highest the finite one, twice."""

    low: Array
    high: Array


def levels(steps: int) -> Levels:
    """From −1/4 to 5/4, and two unbounded ones."""
    edges = numpy.arange(-steps // 4, steps + steps // 4 + 1, dtype=numpy.int64)
    return Levels(numpy.concatenate([edges[:1], edges]), numpy.concatenate([edges, edges[-1:]]))


def least(
    size: int, steps: int, most: int, say: Callable[[str], None] = lambda line: None
) -> list[Fraction]:
    """Lower bounds of ∫₀^size |z − g| for continuous g with 1 … `most` pieces. `steps`: a power of
    2, at least 4."""
    total, ours = size * steps, levels(steps)
    count = len(ours.low)
    # table[phase, length]: phase = the start modulo 2, in steps; [level of the left end, level of
    # the right end]
    table = numpy.zeros((2 * steps, total + 1, count, count), dtype=numpy.int32)
    for phase in range(2 * steps):
        for length in range(1, total + 1):
            mirrored = (-phase - length) % (2 * steps)
            if mirrored < phase:
                table[phase, length] = table[mirrored, length].T
            else:
                table[phase, length] = cost(phase, length, steps, ours)
    say(f"[0, {size}], {steps} steps: {2 * steps * total} tables of {count} × {count} costs")
    infinite = numpy.iinfo(numpy.int32).max // 4
    # cell c is [(c − 1)/H, c/H]: what follows starts at c/H
    value = numpy.full((total + 2, count), infinite, dtype=numpy.int32)
    value[0] = 0
    bounds = []
    for _ in range(most):
        following = numpy.full_like(value, infinite)
        for cell in range(total + 2):
            near = value[max(0, cell - 1) : cell + 1].min()
            following[cell] = near
            if cell > 1:
                starts = numpy.arange(cell - 1)
                costs = table[starts % (2 * steps), cell - 1 - starts]
                far = (value[: cell - 1, :, None] + costs).min(axis=(0, 1))
                following[cell] = numpy.minimum(near, far)
        value = following
        bounds.append(Fraction(int(value[total + 1].min()), SCALE))
    return bounds


def cost(start: int, length: int, steps: int, ours: Levels) -> Array:
    """[left level, right level] → a lower bound of ∫|z − l| over [start, start + length] (in
    steps), in multiples of 1/SCALE."""
    grain = GRAIN // steps
    first, last = start * grain, (start + length) * grain
    inside = range((first // GRAIN + 1) * GRAIN, last, GRAIN)
    corners = numpy.array([first, *inside, last], dtype=numpy.int64)
    middle = (ours.low + ours.high) / (2 * steps)
    along = (corners - first) / (last - first)
    heights = _heights(corners) / GRAIN
    line = middle[:, None, None] * (1 - along) + middle[None, :, None] * along
    gaps = heights - line
    area = numpy.zeros(gaps.shape[:2], dtype=numpy.int64)  # ∫ s z, times 2 GRAIN²
    left, right = area.copy(), area.copy()  # ∫ s (last − x), ∫ s (x − first), times 2 GRAIN²
    for segment in range(len(corners) - 1):
        low, high = corners[segment], corners[segment + 1]
        before, after = gaps[..., segment], gaps[..., segment + 1]
        # where a gap is 0 its sign is that of the other, or −1
        is_above = (before > 0) | ((before == 0) & (after > 0))
        first_sign = numpy.where(is_above, 1, -1)
        second_sign = numpy.where((after > 0) | ((after == 0) & is_above), 1, -1)
        whole = numpy.ones_like(before)
        share = numpy.divide(before, before - after, out=whole, where=first_sign != second_sign)
        change = numpy.rint(low + share * (high - low)).astype(numpy.int64).clip(low, high)
        for sign, x, y in ((first_sign, low, change), (second_sign, change, high)):
            area += sign * (_areas(y) - _areas(x))
            left += sign * ((last - x) ** 2 - (last - y) ** 2)
            right += sign * ((y - first) ** 2 - (x - first) ** 2)
    return _least_over_boxes(area, left, right, length, steps, ours)


def _least_over_boxes(
    area: Array, left: Array, right: Array, length: int, steps: int, ours: Levels
) -> Array:
    """∫ s z − max ∫ s l over the corners of the boxes; 0 where an unbounded level makes the maximum
    infinite."""
    parts = length + 1
    largest = numpy.full_like(area, numpy.iinfo(numpy.int64).min)
    bounded = numpy.ones(area.shape, dtype=bool)
    for theta in (0, 1):
        for other in (0, 1):
            # the coefficients of y and y', times `parts`
            of_left = (parts - theta) * left + other * right
            of_right = theta * left + (parts - other) * right
            bounded[0] &= of_left[0] >= 0
            bounded[-1] &= of_left[-1] <= 0
            bounded[:, 0] &= of_right[:, 0] >= 0
            bounded[:, -1] &= of_right[:, -1] <= 0
            y = numpy.where(of_left > 0, ours.high[:, None], ours.low[:, None])
            z = numpy.where(of_right > 0, ours.high[None, :], ours.low[None, :])
            largest = numpy.maximum(largest, of_left * y + of_right * z)
    above = area * (length * parts) - largest
    under = 2 * GRAIN * GRAIN * length * parts
    exact = ((above >> SHIFT) * SCALE) // (under >> SHIFT)
    return numpy.where(bounded, numpy.maximum(exact, 0), 0).astype(numpy.int32)


def _heights(points: Array) -> Array:
    """z at multiples of 1/GRAIN, times GRAIN."""
    rest = points % (2 * GRAIN)
    return numpy.asarray(numpy.minimum(rest, 2 * GRAIN - rest))


def _areas(points: Array) -> Array:
    """∫₀ z up to multiples of 1/GRAIN, times 2 GRAIN²."""
    whole, rest = points // GRAIN, points % GRAIN
    return whole * GRAIN**2 + numpy.where(whole % 2 == 0, rest**2, 2 * GRAIN * rest - rest**2)
