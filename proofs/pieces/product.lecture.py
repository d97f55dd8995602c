"""pieces.product.lecture — ∏ (m_i + 1) is never more than the lecture's 2^(L−1) (m_1 + 1) m_2 ⋯ m_L."""

from math import prod

from verify.author.cases import on_every, product_bound, shapes
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def below_lecture(*widths: int) -> bool:
    return product_bound(widths) <= 2 ** (len(widths) - 1) * (widths[0] + 1) * prod(widths[1:])


def instances() -> Outcome:
    return on_every("all widths from 1 to 6, L = 1..5", shapes(5, 6), below_lecture)


THEOREM = Theorem(
    name="pieces.product.lecture",
    statement="∏ (m_i + 1) ≤ 2^(L−1) (m_1 + 1) m_2 ⋯ m_L for all L ≥ 1 and all m_i ≥ 1",
    source=f"{BENEFITS}: Shallow functions have few linear pieces",
    evidence=[InCoq("pieces_product_le_lecture"), Instances(instances)],
    note="Since m + 1 ≤ 2m. So pieces.product is at least as strong as pieces.lecture.",
)
