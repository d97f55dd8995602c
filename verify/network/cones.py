"""The network of approximation.cube: the largest of the cones f(z) − C |v − z|₁ over a grid of z,
with as many units and layers as proofs/coq/UniversalCube.v counts."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product

from ..kernel.errors import BadInput
from .layered import Layered, Row, row

Function = Callable[[tuple[Fraction, ...]], Fraction]


def cones(f: Function, d: int, k: int, slope: Fraction) -> Layered:
    """A function on [0, 1]^d with |f(v) − f(w)| ≤ slope |v − w|₁, within slope d / 2^(k+1): 1 + kd
    layers, 2d 2^k + 3 (2^(kd) − 1) units. f is read at the 2^(kd) midpoints of cells.

    >>> cones(lambda v: abs(v[0] - v[1]), 2, 1, Fraction(1)).network
    <Network 2-8-6-3-1, 17 units, depth 3>
    """
    if d < 1 or k < 0 or slope < 0:
        wanted = "a d of at least 1, a k of at least 0 and a slope of at least 0"
        raise BadInput("", f"expected {wanted}, found {d}, {k} and {slope}")
    middles = [Fraction(2 * i + 1, 2 ** (k + 1)) for i in range(2**k)]
    units = [one for column in range(d) for c in middles for one in _sides(column, c)]
    tops: list[Row] = []
    for place in product(range(2**k), repeat=d):
        starts = [2 * (column * 2**k + i) for column, i in enumerate(place)]
        weights = {start + side: -slope for start in starts for side in (0, 1)}
        tops.append(row(weights, f(tuple(middles[i] for i in place))))
    found = Layered.identity(d).layer(units, tops)
    for level in reversed(range(k * d)):
        found = _halved(found, 2**level)
    return found.after([row([1], slope * d / 2 ** (k + 1))])


def _sides(column: int, c: Fraction) -> list[Row]:
    """x − c and c − x, whose units add up to |x − c|."""
    return [row({column: 1}, -c), row({column: -1}, c)]


def _halved(found: Layered, pairs: int) -> Layered:
    """The larger number of each pair, three units for each: max(a, b) = σ(b − a) + σ(a) − σ(−a)."""
    units: list[Row] = []
    for index in range(pairs):
        a, b = 2 * index, 2 * index + 1
        units += [row({a: -1, b: 1}), row({a: 1}), row({a: -1})]
    larger = [row({3 * index: 1, 3 * index + 1: 1, 3 * index + 2: -1}) for index in range(pairs)]
    return found.layer(units, larger)
