"""separation.frontier — for all k and p ≤ 2^k − 2 the least ∫₀¹ |Δ^k − g| is known up to a factor of 5/4."""

from collections.abc import Iterator
from fractions import Fraction

from verify.author.cases import UNIT, all_of, on_every, teeth
from verify.exact import distance, pieces
from verify.network.builders import interpolating
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

RATIO = Fraction(5, 4)
# Where to leave Δ^k, in cells before the end, and with which slope, by how many pieces are missing.
LEAVING = {2: (Fraction(13, 4), Fraction(-1, 8)), 3: (Fraction(13, 3), Fraction(1, 15))}


def lower(k: int, p: int) -> Fraction:
    return (1 - (p - Fraction(27, 50)) / 2**k) / 4


def near(k: int, p: int) -> Network:
    """Follows Δ^k for p − 2 cells, leaves it inside the next, and is a line from there."""
    size = 2**k
    before, slope = LEAVING.get(size - p, (size - p + Fraction(3, 2), Fraction(0)))
    leave = size - before
    height = leave % 2 if leave % 2 <= 1 else 2 - leave % 2
    points = [*(Fraction(i) for i in range(p - 1)), leave, Fraction(size)]
    values = [*(Fraction(i % 2) for i in range(p - 1)), height, height + slope * before]
    return interpolating([x / size for x in points], values)


def attained(k: int, p: int) -> bool:
    g = near(k, p)
    return pieces(g, UNIT).pieces == p and lower(k, p) <= distance(teeth(k), g, UNIT).value <= RATIO * lower(k, p)


def constant(k: int) -> bool:
    half = interpolating([Fraction(0), Fraction(1)], [Fraction(1, 2), Fraction(1, 2)])
    return lower(k, 1) <= distance(teeth(k), half, UNIT).value <= RATIO * lower(k, 1)


def sizes() -> Iterator[tuple[int, int]]:
    return ((k, p) for k in range(2, 7) for p in range(2, 2**k - 1))


def instances() -> Outcome:
    return all_of(
        on_every("both ends, 2 ≤ p ≤ 2^k − 2, k = 2..6", sizes(), attained),
        on_every("both ends, p = 1, k = 2..6", ((k,) for k in range(2, 7)), constant),
    )


THEOREM = Theorem(
    name="separation.frontier",
    statement="for all k and 1 ≤ p ≤ 2^k − 2 every g with at most p affine pieces, continuous or not, has ∫₀¹ |Δ^k − g| ≥ "
    "¼ (1 − (p − 27/50)/2^k), so every network with ∏(m_i + 1) = p, and some continuous g with p pieces has at most 5/4 of that",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_frontier_all"), InCoq("separation_frontier_all_network"), Instances(instances)],
    note="Scaled by 2^k. Where a piece ends at x, j pieces in, count x − j: at the end it is what is missing, "
    "2^k − p, and modulo 1 it is x, "
    "all that a piece sees of the zigzag. So a potential of one variable bounds the sum for every k: a table of 144 numbers, then "
    "a quarter for every unit. That no piece falls by more than it costs Coq computes from 695 certified intervals and their "
    "reflections; for longer pieces pairs of cells are put into intervals that can be cut. Networks: separation_frontier_all_network. "
    "For 2^k − 1 pieces, exactly: separation.frontier.last. For k ≤ 6 up to 1.24: separation.frontier.table. Upper ends: "
    "separation.sharp.tight, and with two or three pieces too few a line that leaves Δ^k inside a cell.",
)
