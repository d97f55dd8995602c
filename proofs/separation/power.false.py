"""separation.power.false — false: separation.sharp's loss of p/2^k, ∫₀¹ |Δ^k − g|^q ≥ (½)^q / (q + 1) · (1 − p/2^k), for q ≥ 2."""

from fractions import Fraction
from itertools import pairwise

from verify.author.cases import teeth
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem, refuted, undecided

K = 3
CUTS = [Fraction(i, 16) for i in (0, 3, 7, 11, 14, 16)]  # at middles of cells, but for 14/16
CLAIMED = Fraction(1, 12) * (1 - Fraction(len(CUTS) - 1, 2**K))


def least_square(a: Fraction, b: Fraction) -> Fraction:
    """The least ∫ (Δ^k − l)² over [a, b] of all affine l: what is left of Δ^k without its mean and its part along x − (a + b)/2."""
    f = teeth(K)
    points = sorted({a, b, *(x for x in f.breakpoints if a < x < b)})
    mean = along = square = Fraction(0)
    middle = (a + b) / 2
    for u, v in pairwise(points):
        h, y, z = v - u, f(u), f(v)
        mean += h * (y + z) / 2
        along += h * (2 * y * (u - middle) + 2 * z * (v - middle) + y * (v - middle) + z * (u - middle)) / 6
        square += h * (y * y + y * z + z * z) / 3
    length = b - a
    return square - mean**2 / length - 12 * along**2 / length**3


def counterexample() -> Outcome:
    """q = 2: the best lines on the five pieces."""
    found = sum((least_square(a, b) for a, b in pairwise(CUTS)), Fraction(0))
    if found >= CLAIMED:
        return undecided("∫ (Δ³ − g)² is not smaller than claimed")
    return refuted(f"∫ (Δ³ − g)² = {found} < {CLAIMED} for the best g on five pieces", k=K, p=5, q=2, found=found, claimed=CLAIMED)


THEOREM = Theorem(
    name="separation.power.false",
    statement="for all k ≥ 1 and q ≥ 1 and every g with p affine pieces on [0, 1], continuous or not: ∫₀¹ |Δ^k − g|^q ≥ (½)^q / "
    "(q + 1) · (1 − p/2^k)",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    true=False,
    evidence=[InCoq("separation_power_false", refutes=True), Instances(counterexample)],
    note="True at q = 1: separation.sharp. In Coq q = 10, k = 2 and three pieces of length ⅓ that come within ⅓ everywhere; here "
    "q = 2, k = 3 and five pieces. These g jump; whether it holds for continuous g and q = 2 is not known here. True: "
    "separation.power.",
)
