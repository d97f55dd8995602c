"""separation.slide_zero — false: outputting g = 0 gives error 1. It gives exactly ½."""

from fractions import Fraction

from verify.author.cases import UNIT, teeth, unequal
from verify.claim import Claim
from verify.exact import distance
from verify.network.builders import constant, sawtooth
from verify.theorem import BENEFITS, Certified, InCoq, Instances, Outcome, Theorem

L = 1
K = 2 * L**2 + 2


def claim() -> Claim:
    """∫₀¹ |Δ⁴ − 0| = ½."""
    body = {"of": "f - g", "on": ["0", "1"], "is": "=", "bound": "1/2"}
    networks = {"f": sawtooth(K), "g": constant(0)}
    return Claim.from_short("separation.slide_zero", {"integral_abs": body}, networks)


def counterexample() -> Outcome:
    return unequal("∫₀¹ |Δ^(2L²+2) − 0|", found=distance(teeth(K), constant(0), UNIT).low, claimed=Fraction(1), L=L)


THEOREM = Theorem(
    name="separation.slide_zero",
    statement="for f = Δ^(2L²+2), the trivial approximation g = 0 has error ∫₀¹ |f − g| = 1",
    source=f"{BENEFITS}: Separating deep and shallow networks",
    says="outputting trivial approximation g = 0 will give error 1",
    true=False,
    evidence=[Certified(claim, refutes=True), InCoq("separation_slide_zero", refutes=True), Instances(counterexample)],
    note="It is ½ for every k (sawtooth.mass); the better trivial approximation g = ½ has ¼ (separation.optimal).",
)
