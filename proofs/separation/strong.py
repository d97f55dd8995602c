"""separation.strong — for g of depth ≤ L, ≤ 2^L nodes: ∫ |Δ^(L²+2) − g| ≥ 1/8, and ∫ |Δ^(L²+j) − g| ≥ ¼ (1 − 2^−j) if L ≥ 2."""

from fractions import Fraction

from verify.author.cases import UNIT, all_of, most_pieces, on_every, shapes, teeth
from verify.exact import distance
from verify.network.builders import random_network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def bound(depth: int, j: int) -> Fraction:
    """5/32 for L = 1 and j = 2; ¼ (1 − 2^−j) for L ≥ 2."""
    return Fraction(5, 32) if depth == 1 else (1 - Fraction(1, 2**j)) / 4


def arithmetic(depth: int, j: int) -> bool:
    """What separation.sharp gives for the most pieces that L layers and 2^L nodes can have."""
    most = Fraction(most_pieces(depth, 2**depth), 2 ** (depth**2 + j))
    lecture = Fraction(1, 8) if j > 1 else 0
    return (1 - most) / 4 >= bound(depth, j) >= lecture


def apart(depth: int, widths: tuple[int, ...], j: int) -> bool:
    return distance(teeth(depth**2 + j), random_network(widths, seed=j), UNIT).low >= bound(depth, j)


def instances() -> Outcome:
    cases = [(1, 2), *((L, j) for L in range(2, 21) for j in range(1, 11))]
    small = [(L, w) for L in (1, 2, 3) for w in shapes(L, 2**L) if (len(w), sum(w)) == (L, 2**L) and w == tuple(sorted(w))]
    return all_of(
        on_every(
            "¼ (1 − p/2^(L²+j)) against the bound for the largest p = ∏ (m_i + 1), L = 1, j = 2 and L = 2..20, j = 1..10",
            cases,
            arithmetic,
        ),
        on_every(
            "a random network for all increasing widths of L layers, 2^L nodes; L = 1, j = 2; L = 2, j = 1..4; L = 3, j = 1",
            ((L, w, j) for L, w in small for j in {1: (2,), 2: (1, 2, 3, 4), 3: (1,)}[L]),
            apart,
        ),
    )


THEOREM = Theorem(
    name="separation.strong",
    statement="for every network g of depth ≤ L with ≤ 2^L nodes: ∫₀¹ |Δ^(L²+2) − g| ≥ 1/8 for all L ≥ 1 (in fact ≥ 5/32); "
    "and ∫₀¹ |Δ^(L²+j) − g| ≥ ¼ (1 − 2^−j) for all L ≥ 2 and j ≥ 1, which is 3/16 at j = 2",
    source=f"{BENEFITS}: Separating deep and shallow networks",
    says="≥ 1/32, for f of depth 2L² + 2",
    evidence=[InCoq("separation_strong"), Instances(instances)],
    note="About half the lecture's depth, six times its constant. ∏ (m_i + 1) ≤ 2^(L²) for L ≥ 2; L = 1 has at most 3 "
    "pieces. The finite core alone: separation.strong.core.",
)
