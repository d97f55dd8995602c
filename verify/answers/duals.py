"""How far the zigzag is from every affine function on an interval: a lower bound, certified by a
sign function.

z is the zigzag with z(n) = n mod 2 at whole numbers, so Δ^k(x) = z(2^k x) on [0, 1]. If s is
piecewise constant with |s| ≤ 1 and ∫ s = ∫ s·x = 0 on an interval, then ∫|z − (ax + b)| ≥ ∫ s·z
there for all a, b. The best s is the sign of z − (ax + b) for the best line: the search for it is
in floating point, in two unknowns; what is found is rounded, made orthogonal exactly, and
integrated exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from operator import mul

import numpy

GRAIN = 2**16  # break points of sign functions are multiples of 1/GRAIN
ROUNDS = 8


@dataclass(frozen=True)
class Dual:
    """A sign function s on [points[0], points[-1]], orthogonal to 1 and x: `signs[i]` between
    points[i] and points[i + 1]. `bound`: ∫ s·z."""

    points: tuple[Fraction, ...]
    signs: tuple[Fraction, ...]
    bound: Fraction


def zigzag(x: Fraction) -> Fraction:
    """The distance from x to the nearest even number.

    >>> zigzag(Fraction(7, 2))
    Fraction(1, 2)
    """
    rest = x % 2
    return min(rest, 2 - rest)


def area(x: Fraction) -> Fraction:
    """∫₀ˣ z."""
    whole = floor(x)
    rest = x - whole
    triangle = rest * rest / 2
    if whole % 2:
        triangle = rest - triangle
    return Fraction(whole, 2) + triangle


def dual(low: Fraction, high: Fraction) -> Dual:
    """A nearly best sign function on [low, high], low < high. The bound is exact, and at least 0.

    >>> dual(Fraction(0), Fraction(2)).bound
    Fraction(1, 2)
    """
    corners = [Fraction(n) for n in range(floor(low) + 1, ceil(high))]
    eighths = [low + (high - low) * Fraction(i, 8) for i in range(1, 8)]
    fixed = sorted({low, high, *corners, *eighths})
    points, best = fixed, Dual((low, high), (Fraction(0),), Fraction(0))
    for _ in range(ROUNDS):
        line, signs, free = _vertex(points)
        best = max(best, _exactly(points, signs, free), key=lambda each: each.bound)
        points = sorted({*fixed, *_crossings([low, *corners, high], line)})
    return best


def _vertex(points: Sequence[Fraction]) -> tuple[tuple[float, float], list[int], tuple[int, int]]:
    """The line (slope, height) that minimises Σ |∫ (z − line) over segment i|; the signs; the two
    segments whose integral is 0, and whose signs are left to be solved.

    A least sum of absolute values in two unknowns is attained where two of them vanish: all pairs
    are tried. The tiny shift of the right-hand sides makes ties unlikely. It moves only the choice,
    not the result, which is computed exactly from the choice.
    """
    ends = numpy.array([float(p) for p in points])
    weight, moment = numpy.diff(ends), numpy.diff(ends**2) / 2
    height = numpy.diff([float(area(p)) for p in points])
    height = height + 1e-10 * numpy.sin(1 + 7.0 * numpy.arange(len(height)))
    i, j = numpy.triu_indices(len(weight), 1)
    under = moment[i] * weight[j] - moment[j] * weight[i]
    slope = (height[i] * weight[j] - height[j] * weight[i]) / under
    level = (moment[i] * height[j] - moment[j] * height[i]) / under
    rests = height - slope[:, None] * moment - level[:, None] * weight
    rows = numpy.arange(len(i))
    rests[rows, i] = rests[rows, j] = 0
    chosen = int(numpy.argmin(numpy.abs(rests).sum(axis=1)))
    signs = numpy.where(rests[chosen] > 0, 1, -1).tolist()
    return (float(slope[chosen]), float(level[chosen])), signs, (int(i[chosen]), int(j[chosen]))


def _exactly(points: Sequence[Fraction], signs: Sequence[int], free: tuple[int, int]) -> Dual:
    """The sign function with the two free values solved for, equal neighbours merged. All of it is
    divided by the largest value, if that is above 1."""
    weight = [b - a for a, b in pairwise(points)]
    moment = [(b * b - a * a) / 2 for a, b in pairwise(points)]
    i, j = free
    values = [Fraction(s) for s in signs]
    values[i] = values[j] = Fraction(0)
    rest_weight, rest_moment = -_dot(values, weight), -_dot(values, moment)
    under = weight[i] * moment[j] - weight[j] * moment[i]
    values[i] = (rest_weight * moment[j] - rest_moment * weight[j]) / under
    values[j] = (weight[i] * rest_moment - moment[i] * rest_weight) / under
    largest = max(map(abs, values))
    if largest > 1:
        values = [v / largest for v in values]
    kept = [0, *(n for n in range(1, len(values)) if values[n] != values[n - 1])]
    return with_bound([*(points[n] for n in kept), points[-1]], [values[n] for n in kept])


def with_bound(points: Sequence[Fraction], signs: Sequence[Fraction]) -> Dual:
    """The sign function with these values, and its ∫ s·z."""
    areas = [area(b) - area(a) for a, b in pairwise(points)]
    return Dual(tuple(points), tuple(signs), _dot(signs, areas))


def _dot(one: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction:
    return sum(map(mul, one, other), Fraction(0))


def _crossings(corners: Sequence[Fraction], line: tuple[float, float]) -> list[Fraction]:
    """Where the zigzag crosses the line strictly inside a segment, rounded to the grain."""
    slope, level = line
    crossings = []
    for a, b in pairwise(corners):
        before, after = (float(zigzag(x)) - slope * float(x) - level for x in (a, b))
        if before * after < 0:
            crossing = float(a) + (float(b) - float(a)) * before / (before - after)
            at = Fraction(round(crossing * GRAIN), GRAIN)
            if a < at < b:
                crossings.append(at)
    return crossings
