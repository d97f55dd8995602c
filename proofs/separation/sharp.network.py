"""separation.sharp.network — for every network g with hidden widths m_i: ∫₀¹ |Δ^k − g| ≥ ¼ (1 − ∏ (m_i + 1) / 2^k)."""

from fractions import Fraction

from verify.author.cases import UNIT, all_of, on_every, product_bound, samples, shapes, teeth
from verify.exact import distance
from verify.network.builders import zigzag
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def apart(k: int, g: Network) -> bool:
    return distance(teeth(k), g, UNIT).low >= (1 - Fraction(product_bound(g.widths), 2**k)) / 4


def instances() -> Outcome:
    return all_of(
        on_every(
            "random networks g, all widths from 1 to 3, L = 1, 2, 2 each, with skips and without, k = 1..7",
            ((k, g) for k in range(1, 8) for skips in (False, True) for _, _, g in samples(shapes(2, 3), 2, skips)),
            apart,
        ),
        on_every(
            "zigzag networks g with all widths from 3 to 4, L = 1, 2, k = 1..8",
            ((k, zigzag(widths)) for k in range(1, 9) for widths in shapes(2, 4, least=3)),
            apart,
        ),
    )


THEOREM = Theorem(
    name="separation.sharp.network",
    statement="for all k ≥ 1 and every network g with hidden widths m_1, …, m_L: ∫₀¹ |Δ^k − g| ≥ ¼ (1 − ∏ (m_i + 1) / 2^k)",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_sharp_network"), Instances(instances)],
    note="separation.sharp with pieces.product. With skip connections too, by pieces.skip: separation_sharp_skip in Coq.",
)
