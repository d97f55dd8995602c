"""separation.counting.piece — false: of m half triangles within a linear piece of g, at least (m − 1)/2 lie opposite to g."""

from fractions import Fraction
from itertools import pairwise

from verify.author.cases import unequal
from verify.claim import Claim
from verify.exact import Interval, pieces
from verify.network.builders import affine, sawtooth
from verify.theorem import BENEFITS, Certified, InCoq, Instances, Outcome, Theorem, undecided

K, HALF = 2, Fraction(1, 2)
FEET = [Fraction(1, 8), Fraction(3, 8), Fraction(5, 8)]  # Δ² = ½ at each, above between the first two, below between the last two
G = affine([[-1]], [Fraction(7, 8)])  # one piece, 7/8 − x: as Δ², above ½ and then below


def claim() -> Claim:
    """Over [1/8, 5/8], but at the feet, Δ² and g are strictly on the same side of ½."""
    same = " or ".join(["f > 1/2 and g > 1/2", "f < 1/2 and g < 1/2", *(f"x = {foot}" for foot in FEET)])
    body = {"box": [[str(FEET[0]), str(FEET[-1])]], "holds": same}
    return Claim.from_short("separation.counting.piece", {"forall": body}, {"f": sawtooth(K), "g": G})


def counterexample() -> Outcome:
    f, g = (pieces(network, Interval(0, 1)) for network in (sawtooth(K), G))
    parts = [Interval(a, b) for a, b in pairwise(FEET)]
    above = [h.on(part).minimum.value >= HALF for part in parts for h in (f, g)]
    below = [h.on(part).maximum.value <= HALF for part in parts for h in (f, g)]
    if above != [True, True, False, False] or below != [False, False, True, True]:
        return undecided("the half triangles are not where they were thought to be")
    least = Fraction(len(parts) - 1, 2)
    return unequal("half triangles opposite to g = 7/8 − x on [1/8, 5/8], at least", Fraction(0), least, k=K, m=len(parts))


THEOREM = Theorem(
    name="separation.counting.piece",
    statement="if m half triangles of Δ^k lie entirely within a linear piece of g, then at least (m − 1)/2 of them lie on "
    "the other side of ½ from g",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    says="for any interval of g corresponding to triangle, with m triangles of f contained entirely in it, ≥ (m − 1)/2 lie "
    "on opposite side of g",
    true=False,
    evidence=[Certified(claim, refutes=True), InCoq("separation_counting_piece", refutes=True), Instances(counterexample)],
    note="A piece of g that crosses ½ can side with the half triangle before and the one after. On an interval where g − ½ "
    "keeps its sign the step is true, and separation.counting follows.",
)
