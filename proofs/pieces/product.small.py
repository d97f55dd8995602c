"""pieces.product.small — hidden widths (1, 1): at most 3 pieces, not ∏ (m_i + 1) = 4; with skip connections 4 are reached."""

from fractions import Fraction
from itertools import product

from verify.author.cases import WIDE, all_of, on_every
from verify.exact import pieces
from verify.network.builders import dense, skip
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

MOST = 3


def layered(w: Fraction, b: Fraction, v: Fraction, c: Fraction) -> Network:
    """σ(v σ(w x + b) + c)."""
    return dense([([[w]], [b]), ([[v]], [c]), ([[1]], [0])])


def skipped() -> Network:
    """σ(x) + σ(|x| − 1), where |x| = 2σ(x) − x reads the input again: kinks at −1, 0 and 1."""
    return skip([([[1]], [0]), ([[-1, 2]], [-1]), ([[0, 1, 1]], [0])])


def instances() -> Outcome:
    weights = product(map(Fraction, range(-2, 3)), repeat=4)
    return all_of(
        on_every(
            f"σ(v σ(w x + b) + c), w, b, v, c in {{−2, …, 2}}, on {WIDE}",
            weights,
            lambda *w: pieces(layered(*w), WIDE).pieces <= MOST,
        ),
        on_every("3 attained by σ(−σ(x) + 1)", [(1, 0, -1, 1)], lambda *w: pieces(layered(*w), WIDE).pieces == MOST),
        on_every("4 with a skip connection", [(skipped(),)], lambda f: f.widths == (1, 1) and pieces(f, WIDE).pieces == MOST + 1),
    )


THEOREM = Theorem(
    name="pieces.product.small",
    statement="for hidden widths (1, 1) the most pieces of a layered network, without skips, are 3, not ∏ (m_i + 1) = 4; "
    "with skip connections 4 are reached",
    source=f"{BENEFITS}: Shallow functions have few linear pieces",
    evidence=[InCoq("pieces_product_small"), Instances(instances)],
    note="The first unit is constant on one side: no crossing there. 3 are attained by σ(1 − σ(x)), 4 in pieces.skip.attained.",
)
