"""smooth.square.sup.attained — a network of one hidden layer of p units has p pieces and |x² − g| ≤ 1/(8 p²) on [0, 1]."""

from fractions import Fraction

from verify.author.cases import UNIT, on_every
from verify.exact import pieces
from verify.network.builders import interpolating
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def value(p: int) -> Fraction:
    return Fraction(1, 8 * p**2)


def attained(p: int) -> bool:
    """The chords lowered by half of the greatest gap: x² − g is convex on a piece, and least in its middle."""
    points = [Fraction(i, p) for i in range(p + 1)]
    network = interpolating(points, [x * x - value(p) for x in points])
    g = pieces(network, UNIT)
    middles = [Fraction(2 * i + 1, 2 * p) for i in range(p)]
    above = [x * x - y for x, y in zip(g.breakpoints, g.values, strict=True)]
    below = [g(x) - x * x for x in middles]
    return network.widths == (p,) and g.pieces == p and set(above) == set(below) == {value(p)}


def instances() -> Outcome:
    return on_every("p = 1..40", ((p,) for p in range(1, 41)), attained)


THEOREM = Theorem(
    name="smooth.square.sup.attained",
    statement="for p ≥ 1 some ReLU network with one hidden layer of p units has p pieces and |x² − g(x)| ≤ 1/(8 p²) on [0, 1]",
    source=f"{BENEFITS}: Parting thoughts",
    evidence=[InCoq("smooth_square_sup_attained"), Instances(instances)],
    note="So the constant of smooth.square.sup is the best. The chords over p equal cells, lowered by 1/(8 p²).",
)
