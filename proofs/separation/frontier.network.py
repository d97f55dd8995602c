"""separation.frontier.network — a network that is too small to represent Δ^k misses it by 5/9 · 2^−k."""

from fractions import Fraction
from itertools import product

from verify.author.cases import UNIT, on_every, teeth
from verify.bounds import product_bound
from verify.exact import distance
from verify.network.builders import random_network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

SIZES = ([1], [2], [3], [6], [1, 1], [2, 1], [2, 2], [1, 2, 1])


def missed(widths: list[int], seed: int) -> bool:
    k = max(2, product_bound(widths).bit_length())
    away = distance(teeth(k), random_network(widths, seed), UNIT).low
    return product_bound(widths) < 2**k and away >= Fraction(5, 9) / 2**k


def instances() -> Outcome:
    return on_every("random networks of eight sizes, five of each, the least such k", product(SIZES, range(5)), missed)


THEOREM = Theorem(
    name="separation.frontier.network",
    statement="for all k ≥ 2 every network with ∏(m_i + 1) < 2^k has ∫₀¹ |Δ^k − g| ≥ 5/9 · 2^−k",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_frontier_network"), Instances(instances)],
    rests_on=["separation.frontier.last", "pieces.product"],
    note="Networks are continuous, which separation.sharp does not use: at ∏(m_i + 1) = 2^k − 1 it gives ¼ · 2^−k. A network with "
    "∏(m_i + 1) = 2^k may be Δ^k itself.",
)
