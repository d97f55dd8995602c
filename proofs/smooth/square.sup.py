"""smooth.square.sup — if g has p affine pieces on [0, 1], then |x² − g| ≥ 1/(8 p²) somewhere."""

from fractions import Fraction
from itertools import pairwise, product

from verify.author.cases import UNIT, on_every, samples, shapes
from verify.exact import PiecewiseLinear, pieces
from verify.network.builders import interpolating
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

HEIGHTS = (Fraction(-1, 128), Fraction(0), Fraction(1, 128))


def bound(p: int) -> Fraction:
    return Fraction(1, 8 * p**2)


def greatest(g: PiecewiseLinear) -> Fraction:
    """The greatest |x² − g|: at an end of a piece, or where the slope of the piece is 2x."""
    found = [abs(x * x - y) for x, y in zip(g.breakpoints, g.values, strict=True)]
    for (a, b), (left, right) in zip(pairwise(g.breakpoints), pairwise(g.values), strict=True):
        slope = (right - left) / (b - a)
        x = min(max(slope / 2, a), b)
        found.append(abs(x * x - left - slope * (x - a)))
    return max(found)


def apart(network: Network) -> bool:
    g = pieces(network, UNIT)
    return greatest(g) >= bound(g.pieces)


def instances() -> Outcome:
    points = [Fraction(i, 4) for i in range(5)]
    near = (interpolating(points, [x * x + d for x, d in zip(points, ds, strict=True)]) for ds in product(HEIGHTS, repeat=5))
    networks = [*near, *(g for _, _, g in samples(shapes(2, 3), seeds=5))]
    return on_every("g near x² at the multiples of ¼, and random networks", ((g,) for g in networks), apart)


THEOREM = Theorem(
    name="smooth.square.sup",
    statement="for every g with p affine pieces on [0, 1], continuous or not, there is x in [0, 1] with |x² − g(x)| ≥ 1/(8 p²)",
    source=f"{BENEFITS}: Parting thoughts",
    evidence=[InCoq("smooth_square_sup"), Instances(instances)],
    note="Some piece has length 1/p or more; its two ends and its middle show it.",
)
