"""sawtooth.map.domain — false: Δ(x) = 2x for x ≤ ½ and 2 − 2x for x > ½, for all real x."""

from fractions import Fraction

from verify.author.cases import unequal
from verify.claim import Claim
from verify.exact import evaluate
from verify.network.builders import tent
from verify.theorem import BENEFITS, Certified, InCoq, Instances, Outcome, Theorem

X = Fraction(-1)


def claim() -> Claim:
    """Δ(x) − 2x > 0 at x = −1."""
    body = {"of": "tent - 2*x", "at": [str(X)], "is": ">", "value": "0"}
    return Claim.from_short("sawtooth.map.domain", {"value": body}, {"tent": tent()})


def counterexample() -> Outcome:
    return unequal("Δ(x) against 2x", found=evaluate(tent(), [X])[0], claimed=2 * X, x=X)


THEOREM = Theorem(
    name="sawtooth.map.domain",
    statement="Δ(x) = 2x for x ≤ ½ and Δ(x) = 2 − 2x for x > ½, for all real x",
    source=f"{BENEFITS}: Deep function with many oscillations",
    says="the case form, with no domain; the slide declares Δ on [0, 1] only",
    true=False,
    evidence=[Certified(claim, refutes=True), InCoq("sawtooth_map_domain", refutes=True), Instances(counterexample)],
    note="For x < 0 both units are off, and Δ(x) = 0. On [0, 1] the case form holds: sawtooth.map.",
)
