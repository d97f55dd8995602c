"""pieces.skip.attained — with a skip connection, hidden widths (1, 1) reach ∏ (m_i + 1) = 4 pieces."""

from verify.author.cases import on_every
from verify.claim import Claim
from verify.exact import Interval, pieces
from verify.network.builders import skip
from verify.network.network import Network
from verify.theorem import BENEFITS, Certified, InCoq, Instances, Outcome, Theorem

ON = Interval(-2, 2)


def network() -> Network:
    """σ(x) + σ(|x| − 1), where |x| = 2σ(x) − x reads the input again: kinks at −1, 0 and 1."""
    return skip([([[1]], [0]), ([[-1, 2]], [-1]), ([[0, 1, 1]], [0])])


def claim() -> Claim:
    body = {"of": "f", "on": [str(ON.low), str(ON.high)], "is": "=", "count": 4}
    return Claim.from_short("pieces.skip.attained", {"pieces": body}, {"f": network()})


def instances() -> Outcome:
    return on_every(
        "σ(x) + σ(2σ(x) − x − 1) on [−2, 2]",
        [(network(),)],
        lambda f: f.skips and f.widths == (1, 1) and pieces(f, ON).pieces == 4,
    )


THEOREM = Theorem(
    name="pieces.skip.attained",
    statement="σ(x) + σ(2σ(x) − x − 1), a network with a skip connection and hidden widths (1, 1), has exactly 4 pieces on "
    "[−2, 2]",
    source=f"{BENEFITS}: Parting thoughts",
    evidence=[Certified(claim), InCoq("pieces_skip_attained"), Instances(instances)],
    note="A layered network with these widths has at most 3: pieces.product.small.",
)
