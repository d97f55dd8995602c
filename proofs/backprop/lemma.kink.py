"""backprop.lemma.kink — false: that what the input receives is the derivative at every point, kinks included, with σ′(0) = 0."""

from fractions import Fraction

from verify.author.cases import unequal
from verify.claim import Claim
from verify.exact.gradient import gradient
from verify.network.builders import dense
from verify.network.network import Network
from verify.theorem import NOTES, Certified, Instances, Outcome, Theorem


def network() -> Network:
    """σ(x) − σ(−x), which is x."""
    return dense([([[1], [-1]], [0, 0]), ([[1, -1]], [0])])


def claim() -> Claim:
    """It is x on [−1, 1], so its derivative at 0 is 1."""
    body = {"box": [["-1", "1"]], "holds": "f = x"}
    return Claim.from_short("backprop.lemma.kink", {"forall": body}, {"f": network()})


def counterexample() -> Outcome:
    received = gradient(network(), [Fraction(0)]).gradient[0]
    return unequal("the input of σ(x) − σ(−x) receives, at 0", found=received, claimed=Fraction(1), x=0)


THEOREM = Theorem(
    name="backprop.lemma.kink",
    statement="for every network and every point where the function is differentiable, kinks of units included, what the input "
    "receives with σ′(0) = 0 is the derivative",
    source=f"{NOTES}: Backprop",
    true=False,
    evidence=[Certified(claim, refutes=True), Instances(counterexample)],
    note="σ(x) − σ(−x) = x has derivative 1 at 0, which the kernel checks; both units are at 0 there, so the input receives 0.",
)
