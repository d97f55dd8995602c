"""backprop.kink — with any value s for σ′(0) the input of x = σ(x) − σ(−x) receives 2s."""

from fractions import Fraction

from verify.author.cases import on_every
from verify.exact import evaluate
from verify.network.builders import dense
from verify.theorem import NOTES, InCoq, Instances, Outcome, Theorem

NETWORK = dense([([[1], [-1]], [0, 0]), ([[1, -1]], [0])])


def received(s: Fraction) -> bool:
    """1 · s · 1 from one unit and −1 · s · −1 from the other; the function is x near 0."""
    near = [Fraction(i, 8) for i in range(-8, 9)]
    return 1 * s * 1 + -1 * s * -1 == 2 * s and all(evaluate(NETWORK, [x])[0] == x for x in near)


def instances() -> Outcome:
    values = ((Fraction(i, 8),) for i in range(9))
    return on_every("s the multiples of 1/8 in [0, 1]", values, received)


THEOREM = Theorem(
    name="backprop.kink",
    statement="for every s, with s for σ′(0), the input of σ(x) − σ(−x) receives 2s at 0, where "
    "the derivative is 1",
    source=f"{NOTES}: Backprop",
    says="δ = ∂f/∂u, by induction and the chain rule",
    evidence=[InCoq("backprop_kink"), Instances(instances)],
    note="So with s = 0, as frameworks have it, or s = 1 the lemma fails at a kink where the "
    "function is smooth; s = ½ is right here and wrong for σ(σ(x)) − σ(−x). Away from kinks it "
    "holds: backprop.lemma.",
)
