"""pieces.product.attained — for widths all ≥ 3 some network on ℝ has exactly ∏ (m_i + 1) pieces."""

from verify.author.cases import UNIT, WIDE, all_of, on_every, product_bound, shapes
from verify.exact import Interval, pieces
from verify.network.builders import zigzag
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def attained(widths: tuple[int, ...], interval: Interval) -> bool:
    return zigzag(widths).widths == widths and pieces(zigzag(widths), interval).pieces == product_bound(widths)


def instances() -> Outcome:
    return all_of(
        on_every("widths 3, …, 3 on [0, 1], L = 1..5", (((3,) * depth, UNIT) for depth in range(1, 6)), attained),
        on_every("all widths from 3 to 6, L = 1..3, on [0, 1]", ((widths, UNIT) for widths in shapes(3, 6, least=3)), attained),
        on_every(f"all widths from 3 to 6, L = 1, 2, on {WIDE}", ((widths, WIDE) for widths in shapes(2, 6, least=3)), attained),
    )


THEOREM = Theorem(
    name="pieces.product.attained",
    statement="for all L ≥ 1 and widths m_i ≥ 3 some network on ℝ with these hidden widths has exactly ∏ (m_i + 1) pieces",
    source=f"{BENEFITS}: Shallow functions have few linear pieces",
    evidence=[InCoq("pieces_product_attained"), Instances(instances)],
    note="Each layer is a zigzag whose m + 1 pieces each run over all of [0, 1]; the third unit is active on the left. "
    "Serra, Tjandraatmadja and Ramalingam 2018, in one dimension.",
)
