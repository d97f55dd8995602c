"""separation.frontier.last — one piece too few, exactly: the least ∫₀¹ |Δ^k − g| over continuous g with 2^k − 1 pieces is 5/9 · 2^−k."""

from fractions import Fraction

from verify.author.cases import UNIT, on_every, teeth
from verify.exact import distance, pieces
from verify.network.builders import interpolating
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def leaver(k: int) -> Network:
    """Follows Δ^k up to 20/9 · 2^−k before the end; from there it is a line of slope 2^k/5."""
    size = 2**k
    points = [*(Fraction(i, size) for i in range(size - 2)), 1 - Fraction(20, 9 * size), Fraction(1)]
    return interpolating(points, [*(i % 2 for i in range(size - 2)), Fraction(2, 9), Fraction(2, 3)])


def attained(k: int) -> bool:
    g = leaver(k)
    return pieces(g, UNIT).pieces == 2**k - 1 and distance(teeth(k), g, UNIT).value == Fraction(5, 9) / 2**k


def instances() -> Outcome:
    return on_every("attained, k = 2..8", ((k,) for k in range(2, 9)), attained)


THEOREM = Theorem(
    name="separation.frontier.last",
    statement="for all k ≥ 2 every continuous g with at most 2^k − 1 affine pieces has ∫₀¹ |Δ^k − g| ≥ 5/9 · 2^−k, and some such g has "
    "equality: e(k, 2^k − 1) = 5/9 · 2^−k",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_frontier_last"), Instances(instances)],
    note="Scaled by 2^k: N cells, N − 1 pieces. Of r pieces left at x count x + r + 1 − N: it starts at 0 and ends at 1. Where it passes "
    "from 0 to 1 in several pieces, each costs at least 5/9 of what the count gains, up to a credit of two fifths of the error at its end, "
    "which the next piece, bent the other way, has to pay back. Where one piece passes from 0 to 1 it runs straight over two cells: "
    "then the signs −, +, − that change at 5/9 and 15/9 show it, 20/9 being the length at which it is as good to go on as to stop. "
    "Functions that jump come nearer: for k = 2, 1/10.",
)
