"""separation.lecture — for all L ≥ 1, every g of depth ≤ L with ≤ 2^L nodes: ∫₀¹ |Δ^(2L²+2) − g| ≥ 1/32."""

from fractions import Fraction

from verify.author.cases import UNIT, all_of, most_pieces, on_every, shapes, teeth
from verify.exact import distance
from verify.network.builders import random_network, zigzag
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

BOUND = Fraction(1, 32)


def compositions(depth: int) -> int:
    return 2 * depth**2 + 2


def arithmetic(depth: int) -> bool:
    """What separation.sharp gives for the most pieces that L layers and 2^L nodes can have."""
    return (1 - Fraction(most_pieces(depth, 2**depth), 2 ** compositions(depth))) / 4 >= BOUND


def apart(depth: int, g: Network) -> bool:
    return g.depth <= depth and g.units <= 2**depth and distance(teeth(compositions(depth)), g, UNIT).low >= BOUND


def instances() -> Outcome:
    small = ((L, w) for L in (1, 2) for w in shapes(L, 2**L) if sum(w) <= 2**L)
    networks = ((L, random_network(w, seed=L)) for L, w in small)
    return all_of(
        on_every(
            "¼ (1 − p/2^(2L²+2)) ≥ 1/32 for the largest p = ∏ (m_i + 1), L = 1..20", ((L,) for L in range(1, 21)), arithmetic
        ),
        on_every("random networks of depth ≤ L with ≤ 2^L nodes, all widths, L = 1, 2", networks, apart),
        on_every("zigzag networks with widths (3), (4), L = 2", ((2, zigzag(w)) for w in ([3], [4])), apart),
    )


THEOREM = Theorem(
    name="separation.lecture",
    statement="for all L ≥ 1, f = Δ^(2L²+2) and every network g of depth ≤ L with ≤ 2^L nodes: ∫₀¹ |f − g| ≥ 1/32",
    source=f"{BENEFITS}: Separating deep and shallow networks",
    evidence=[InCoq("separation_lecture"), Instances(instances)],
    note="Telgarsky's theorem as in the lecture. In fact ≥ 1/8, and at half the depth: separation.strong.",
)
