"""pieces.one_layer.attained — for every m some network with one hidden layer of m units has exactly m + 1 pieces."""

from verify.author.cases import WIDE, on_every
from verify.exact import pieces
from verify.network.builders import dense
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def hinges(m: int) -> Network:
    """σ(x − 1) + σ(x − 2) + … + σ(x − m): a kink at 1, …, m."""
    return dense([([[1]] * m, [-i for i in range(1, m + 1)]), ([[1] * m], [0])])


def instances() -> Outcome:
    cases = ((m,) for m in range(1, 41))
    return on_every(f"Σ σ(x − i), m = 1..40, on {WIDE}", cases, lambda m: pieces(hinges(m), WIDE).pieces == m + 1)


THEOREM = Theorem(
    name="pieces.one_layer.attained",
    statement="for every m ≥ 1 some network with one hidden layer of m units has exactly m + 1 pieces",
    source=f"{BENEFITS}: Shallow functions have few linear pieces",
    evidence=[InCoq("pieces_one_layer_attained"), Instances(instances)],
)
