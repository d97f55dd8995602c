"""pieces.relu.attained — for every p ≥ 1 some continuous h with p pieces makes σ∘h have exactly ⌊3p/2⌋ + 1."""

from verify.author.cases import on_every
from verify.exact import Interval, pieces
from verify.network.builders import compose, dense, interpolating
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

RELU = dense([([[1]], [0]), ([[1]], [0])])


def attained(p: int) -> bool:
    """h = −1, 1, −1, 1, … at 0, 1, …, p: every piece crosses 0, and ⌊p/2⌋ of the kinks lie above it."""
    h, on = interpolating(range(p + 1), [(-1) ** (i + 1) for i in range(p + 1)]), Interval(0, p)
    return (pieces(h, on).pieces, pieces(compose(RELU, h), on).pieces) == (p, 3 * p // 2 + 1)


def instances() -> Outcome:
    return on_every("the zigzag h = −1, 1, −1, … at 0, 1, …, p, p = 1..40", ((p,) for p in range(1, 41)), attained)


THEOREM = Theorem(
    name="pieces.relu.attained",
    statement="for every p ≥ 1 some continuous h with p pieces makes σ∘h have exactly ⌊3p/2⌋ + 1",
    source=f"{BENEFITS}: Shallow functions have few linear pieces",
    evidence=[InCoq("pieces_relu_attained"), Instances(instances)],
    note="So the slide's doubling is sharp for p = 1 and 2 only, when h is continuous.",
)
