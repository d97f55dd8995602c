"""pieces.product.small — a layered network with hidden widths (1, 1) has at most 3 pieces, not ∏ (m_i + 1) = 4."""

from fractions import Fraction
from itertools import product

from verify.exact import pieces
from verify.network.builders import dense
from verify.network.network import Network
from verify.prove.cases import WIDE, all_of, on_every
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

MOST = 3


def layered(w: Fraction, b: Fraction, v: Fraction, c: Fraction) -> Network:
    """σ(v σ(w x + b) + c)."""
    return dense([([[w]], [b]), ([[v]], [c]), ([[1]], [0])])


def instances() -> Outcome:
    weights = product(map(Fraction, (-3, -2, -1, 0, 1, 2, 3)), repeat=4)
    return all_of(
        on_every(
            f"σ(v σ(w x + b) + c), w, b, v, c in {{−3, …, 3}}, on {WIDE}",
            weights,
            lambda *w: pieces(layered(*w), WIDE).pieces <= MOST,
        ),
        on_every("3 attained by σ(−σ(x) + 1)", [(1, 0, -1, 1)], lambda *w: pieces(layered(*w), WIDE).pieces == MOST),
    )


THEOREM = Theorem(
    name="pieces.product.small",
    statement="a layered network with hidden widths (1, 1) has at most 3 pieces, not ∏ (m_i + 1) = 4",
    source=f"{BENEFITS}: Shallow functions have few linear pieces",
    evidence=[InCoq("pieces_product_small"), Instances(instances)],
    note="The first unit is constant on one side: no crossing there. 3 are attained by σ(1 − σ(x)); with a skip connection, "
    "4: pieces.skip.attained.",
)
