"""Networks that come close to the sawtooth with too few pieces: follow it exactly, leave it inside
one piece, and run straight to the end.

Scaled by 2^k: g = z on [0, t] with t in the piece [p − 2, p − 1], then affine from (t, z(t)) to the
end (N, v), N = 2^k. What it costs, ∫_t^N |z − g|, depends only on c = N − p, the number of pieces
that are missing, and on t and v, which are optimised numerically and then rounded; the distance of
the rounded network is exact. Hundreds of numeric starts over all networks with p pieces found
nothing better for k ≤ 3.
"""

from fractions import Fraction
from functools import cache
from itertools import product

from ..exact import PiecewiseLinear
from ..exact.piecewise_linear import mean_size
from ..network.builders import interpolating
from ..network.network import Network
from .duals import zigzag

LARGEST_DENOMINATOR = 1000
STARTS = ((0.75, 0.35), (0.65, 0.45), (0.65, 0.55), (0.75, 0.65))


def fewer_pieces(k: int, count: int) -> Network:
    """A network with one hidden layer of `count` units and `count` pieces on [0, 1], 1 ≤ count ≤
    2^k, close to Δ^k there."""
    points, values = graph(k, count)
    return interpolating(points, values)


def graph(k: int, count: int) -> tuple[list[Fraction], list[Fraction]]:
    """The breakpoints (ends included) and values on [0, 1] of `fewer_pieces`."""
    size = 2**k
    if count == 1:
        return [Fraction(0), Fraction(1)], [Fraction(1, 2), Fraction(1, 2)]
    if count == size:
        return _sawtooth(size)
    along, end = tail(size - count)
    if count % 2:  # the piece in which it leaves the zigzag, [count − 2, count − 1], falls
        end = 1 - end
    followed = [*(Fraction(i) for i in range(count - 1)), count - 2 + along]
    points, values = [*followed, Fraction(size)], [*map(zigzag, followed), end]
    return [x / size for x in points], values


def _sawtooth(size: int) -> tuple[list[Fraction], list[Fraction]]:
    """The graph of the sawtooth with this number of pieces."""
    whole = [Fraction(i) for i in range(size + 1)]
    return [x / size for x in whole], list(map(zigzag, whole))


@cache
def tail(missing: int) -> tuple[Fraction, Fraction]:
    """(t, v) for the line from (t, t) to (c + 2, v), 0 < t < 1, that costs nearly least; the zigzag
    leaves 0 upwards."""
    lowest = [_descended(start, missing) for start in STARTS]
    best = min(lowest, key=lambda point: _cost(point, missing))
    least = _cost(best, missing)
    for denominator in range(1, LARGEST_DENOMINATOR):
        t, v = (Fraction(round(x * denominator), denominator) for x in best)
        if 0 < t < 1 and _cost((float(t), float(v)), missing) <= least * (1 + 1e-5):
            return t, v
    t, v = (Fraction(round(x * LARGEST_DENOMINATOR), LARGEST_DENOMINATOR) for x in best)
    return t, v


def _cost(point: tuple[float, float], missing: int) -> float:
    """∫ |z − line| from t to c + 2, in floating point."""
    t, v = point
    end = missing + 2
    slope = (v - t) / (end - t)
    total, left, before = 0.0, t, 0.0
    for right in range(1, end + 1):
        after = right % 2 - t - slope * (right - t)
        total += (right - left) * mean_size(before, after)
        left, before = float(right), after
    return total


def _descended(start: tuple[float, float], missing: int) -> tuple[float, float]:
    """A local minimum of the cost: the best of eight neighbours, the step halved when none is
    better."""
    (t, v), step = start, 0.1
    while step > 1e-9:
        firsts = [t + i * step for i in (-1, 0, 1)]
        seconds = [v + j * step for j in (-1, 0, 1)]
        around = list(product((x for x in firsts if 0 < x < 1), seconds))
        better = min(around, key=lambda point: _cost(point, missing))
        if better == (t, v):
            step /= 2
        t, v = better
    return t, v


def distance_of(k: int, points: list[Fraction], values: list[Fraction]) -> Fraction:
    """∫₀¹ |Δ^k − g| for the g with this graph; exact."""
    saw, g = _sawtooth(2**k), (points, values)
    one, other = (PiecewiseLinear(tuple(x), tuple(y)) for x, y in (saw, g))
    return (one - other).l1()
