"""regions.product — at most the product of Zaslavsky's bounds; ∏ (m_i + 1) on the line."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="regions.product",
    statement="a layered ReLU network on R^d with hidden widths m_i has at most ∏ Σ_{j ≤ d} "
    "C(m_i, j) activation patterns; for d = 1 that is ∏ (m_i + 1)",
    source=f"{BENEFITS}: Modern iterations of depth separation",
    says="bound on number of linear regions for ReLU networks",
    evidence=[InCoq("regions_product"), InCoq("regions_line")],
    note="A consequence of regions.serra. For d = 1 it is the bound of pieces.product for "
    "activation patterns too.",
)
