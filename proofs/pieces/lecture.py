"""pieces.lecture — a network with hidden widths m_1, …, m_L has at most 2^(L−1) (m_1 + 1) m_2 ⋯ m_L pieces."""

from collections.abc import Sequence
from math import prod

from verify.author.cases import WIDE, all_of, on_every, samples, shapes
from verify.exact import pieces
from verify.network.builders import zigzag
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def bound(widths: Sequence[int]) -> int:
    return 2 ** (len(widths) - 1) * (widths[0] + 1) * prod(widths[1:])


def instances() -> Outcome:
    return all_of(
        on_every(
            f"random networks, all widths from 1 to 4, L = 1..3, 2 each, on {WIDE}",
            samples(shapes(3, 4), seeds=2),
            lambda widths, _, f: pieces(f, WIDE).pieces <= bound(widths),
        ),
        on_every(
            f"zigzags, all widths from 3 to 5, L = 1..3, on {WIDE}",
            ((widths,) for widths in shapes(3, 5, least=3)),
            lambda widths: pieces(zigzag(widths), WIDE).pieces <= bound(widths),
        ),
    )


THEOREM = Theorem(
    name="pieces.lecture",
    statement="a network with hidden widths m_1, …, m_L, L ≥ 1, all m_i ≥ 1, has at most 2^(L−1) (m_1 + 1) m_2 ⋯ m_L pieces",
    source=f"{BENEFITS}: Shallow functions have few linear pieces",
    evidence=[InCoq("pieces_lecture"), Instances(instances)],
    note="For any weights. pieces.product is never larger. The recurrence behind it, alone: pieces.lecture.recurrence.",
)
