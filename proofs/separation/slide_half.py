"""separation.slide_half — false: over a half triangle of f on the other side of ½ from g, ∫ |f − g| ≥ ∫ ½ dx."""

from fractions import Fraction

from verify.author.cases import teeth, unequal
from verify.claim import Claim
from verify.exact import Interval, distance
from verify.network.builders import constant, sawtooth
from verify.theorem import BENEFITS, Certified, InCoq, Instances, Outcome, Theorem, undecided

L = 1
K = 2 * L**2 + 2
BASE = Interval(Fraction(1, 2 ** (K + 1)), Fraction(3, 2 ** (K + 1)))  # f ≥ ½ here, with a peak of 1 in the middle
G = Fraction(3, 8)  # below ½
CLAIMED = (BASE.high - BASE.low) / 2  # ∫ ½ dx


def claim() -> Claim:
    """∫ |f − 3/8| over the base is less than ∫ ½ dx."""
    body = {"of": "f - g", "on": [str(BASE.low), str(BASE.high)], "is": "<", "bound": str(CLAIMED)}
    return Claim.from_short("separation.slide_half", {"integral_abs": body}, {"f": sawtooth(K), "g": constant(G)})


def counterexample() -> Outcome:
    f, found = teeth(K).on(BASE), distance(teeth(K).on(BASE), constant(G), BASE).low
    if f.minimum.value < Fraction(1, 2) or found >= CLAIMED:
        return undecided("f is not above ½ there, or ∫ |f − g| is not smaller")
    return unequal("∫ |f − g| over the half triangle, at least", found, CLAIMED, L=L, g=G, low=BASE.low, high=BASE.high)


THEOREM = Theorem(
    name="separation.slide_half",
    statement="over the base of a half triangle of f = Δ^(2L²+2) that lies on the other side of ½ from g: ∫ |f − g| ≥ ∫ ½ dx",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    says="∫ |f − g| dx ≥ ∫ ½ dx = ½ × (triangle area)",
    true=False,
    evidence=[Certified(claim, refutes=True), InCoq("separation_slide_half", refutes=True), Instances(counterexample)],
    note="Nor does |f − g| ≥ ½ hold pointwise (f = ¾, g = ½), and ∫ ½ over the base is twice the area, not half of it. "
    "True, and what the last slide silently uses: ≥ the full area (separation.counting). With ½ × area the total would be "
    "1/32 − 2^−(2L²+5), below 1/32.",
)
