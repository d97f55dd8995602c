"""smooth.square.mean.attained — a network of one hidden layer of p units has p pieces and ∫₀¹ |x² − g| = 1/(16 p²)."""

from fractions import Fraction
from itertools import pairwise

from verify.author.cases import UNIT, on_every
from verify.exact import pieces
from verify.network.builders import interpolating
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def value(p: int) -> Fraction:
    return Fraction(1, 16 * p**2)


def attained(p: int) -> bool:
    """The chords lowered by ¾ of the greatest gap r² meet x² at the quarters of every piece: there x² − g changes its sign."""
    lowered = Fraction(3, 4) * Fraction(1, 2 * p) ** 2
    points = [Fraction(i, p) for i in range(p + 1)]
    network = interpolating(points, [x * x - lowered for x in points])
    g = pieces(network, UNIT)
    total = Fraction(0)
    for (a, b), (left, right) in zip(pairwise(g.breakpoints), pairwise(g.values), strict=True):
        slope = (right - left) / (b - a)

        def primitive(x: Fraction, a: Fraction = a, left: Fraction = left, slope: Fraction = slope) -> Fraction:
            return x**3 / 3 - left * x - slope * (x - a) ** 2 / 2

        cuts = [a, (3 * a + b) / 4, (a + 3 * b) / 4, b]
        total += sum(abs(primitive(v) - primitive(u)) for u, v in pairwise(cuts))
        if any(x * x != left + slope * (x - a) for x in cuts[1:-1]):
            return False
    return network.widths == (p,) and g.pieces == p and total == value(p)


def instances() -> Outcome:
    return on_every("p = 1..24", ((p,) for p in range(1, 25)), attained)


THEOREM = Theorem(
    name="smooth.square.mean.attained",
    statement="for p ≥ 1 some ReLU network with one hidden layer of p units has p pieces on [0, 1] and ∫₀¹ |x² − g| = 1/(16 p²)",
    source=f"{BENEFITS}: Parting thoughts",
    evidence=[InCoq("smooth_square_mean_attained"), Instances(instances)],
    note="So the constant of smooth.square.mean is the best, for continuous functions and for networks too. The chords over p "
    "equal cells, lowered by 3/(16 p²).",
)
