"""pieces.product — a network with hidden widths m_1, …, m_L has at most ∏ (m_i + 1) pieces."""

from verify.author.cases import WIDE, all_of, on_every, product_bound, samples, shapes
from verify.exact import pieces
from verify.network.builders import affine, zigzag
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

bound = product_bound


def instances() -> Outcome:
    return all_of(
        on_every(
            f"random networks, all widths from 1 to 4, L = 1..3, 3 each, on {WIDE}",
            samples(shapes(3, 4), seeds=3),
            lambda widths, _, f: pieces(f, WIDE).pieces <= bound(widths),
        ),
        on_every(
            f"zigzags, all widths from 3 to 5, L = 1..3, on {WIDE}",
            ((widths,) for widths in shapes(3, 5, least=3)),
            lambda widths: pieces(zigzag(widths), WIDE).pieces <= bound(widths),
        ),
        on_every("L = 0: the affine map 2x + 1", [(affine([[2]], [1]),)], lambda f: pieces(f, WIDE).pieces <= bound(())),
    )


THEOREM = Theorem(
    name="pieces.product",
    statement="a network with hidden widths m_1, …, m_L has at most ∏ (m_i + 1) pieces (1 for L = 0)",
    source=f"{BENEFITS}: Shallow functions have few linear pieces",
    says="at most 2^(L−1) (m_1 + 1) m_2 ⋯ m_L pieces",
    evidence=[InCoq("pieces_product"), Instances(instances)],
    note="On a cell cut by the earlier layers a unit is σ of an affine map: one breakpoint a cell, so P_i ≤ P_(i−1) + m_i "
    "P_(i−1). Never more than the slide's bound: pieces.product.lecture. The recurrence alone: pieces.product.recurrence.",
)
