"""separation.optimal — no constant above ¼ can stand there, for any k: the constant g = ½ has ∫₀¹ |Δ^k − g| = ¼ exactly."""

from fractions import Fraction

from verify.author.cases import UNIT, on_every, teeth
from verify.exact import distance
from verify.network.builders import constant
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

G = constant(Fraction(1, 2))


def instances() -> Outcome:
    return on_every("k = 1..12", ((k,) for k in range(1, 13)), lambda k: distance(teeth(k), G, UNIT).value == Fraction(1, 4))


THEOREM = Theorem(
    name="separation.optimal",
    statement="for all k ≥ 1 the network g = ½, without any node, has ∫₀¹ |Δ^k − g| = ¼: no constant above ¼ can stand in "
    "the separation",
    source=f"{BENEFITS}: Separating deep and shallow networks",
    evidence=[InCoq("separation_optimal"), Instances(instances)],
    note="The integral for all k is also in sawtooth.mass.",
)
