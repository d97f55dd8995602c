"""sawtooth.mass — for ALL k: ∫₀¹ Δ^k = ½ and ∫₀¹ |Δ^k − ½| = ¼, summed over the affine pieces."""

from fractions import Fraction

from verify.author.cases import UNIT, on_every
from verify.author.lemmas import half_power, power_least, teeth
from verify.author.theory import Theory
from verify.exact import distance, pieces
from verify.network.builders import constant, sawtooth
from verify.theorem import BENEFITS, Certified, InCoq, Instances, Outcome, Theorem

SOURCE = f"{BENEFITS}: Shallow g's can't approximate f"


def theory() -> Theory:
    t = Theory("sawtooth.mass", SOURCE)
    t.library("D", "pow2", "half", "mean")
    t.recursion("integral(n, k)", start="0", step="integral(n, k) + half(k)*(D(k, n*half(k)) + D(k, (n + 1)*half(k)))/2", k="Z")
    t.recursion(
        "distance(n, k)", start="0", k="Z",
        step="distance(n, k) + half(k)*mean(D(k, n*half(k)) - 1/2, D(k, (n + 1)*half(k)) - 1/2)",
    )
    width = half_power(t)
    least = power_least(t)
    shape = teeth(t)
    point = t.lemma("pow2(k)*(n*half(k)) = n", name="point", k="Z from 0", n="Z", use=[width("k")])
    inside = t.lemma(
        "n <= pow2(k) implies 0 <= n*half(k) <= 1", name="inside", k="Z from 0", n="Z from 0", use=[width("k"), least("k")],
        have=["half(k) > 0"],
    )
    ends = t.lemma(
        "n + 1 <= pow2(k) implies D(k, n*half(k)) = 0 and D(k, (n + 1)*half(k)) = 1 or D(k, n*half(k)) = 1 and D(k, (n + 1)*half(k)) = 0",
        name="ends", k="Z from 0", n="Z from 0",
        use=["parity(n)", point("k", "n"), point("k", "n + 1"), inside("k", "n"), inside("k", "n + 1"),
             shape("k", "floor(n/2)", "n*half(k)"), shape("k", "floor(n/2)", "(n + 1)*half(k)")],
    )
    quarter = t.lemma(
        "y = 0 and z = 1 or y = 1 and z = 0 implies mean(y - 1/2, z - 1/2) = 1/4", name="quarter", use=["mean(y - 1/2, z - 1/2)"],
    )
    summed = t.lemma(
        "n <= pow2(k) implies integral(n, k) = n*half(k)/2 and distance(n, k) = n*half(k)/4",
        name="summed", n="Z from 0", k="Z from 0", induction="n",
        use=["IH(k)", "integral(n + 1, k)", "distance(n + 1, k)", ends("k", "n"), quarter("D(k, n*half(k))", "D(k, (n + 1)*half(k))")],
    )
    whole = [summed("pow2(k)", "k"), width("k"), least("k")]
    t.theorem("integral(pow2(k), k) = 1/2", name="sawtooth.mass.integral", k="Z from 0", use=whole)
    t.theorem("distance(pow2(k), k) = 1/4", name="sawtooth.mass.distance", k="Z from 0", use=whole)
    return t


def has_mass(k: int) -> bool:
    half = Fraction(1, 2)
    return pieces(sawtooth(k), UNIT).integral() == half and distance(sawtooth(k), constant(half), UNIT).value == half / 2


def instances() -> Outcome:
    return on_every("k = 1..11", ((k,) for k in range(1, 12)), has_mass)


THEOREM = Theorem(
    name="sawtooth.mass",
    statement="∫₀¹ Δ^k = ½ and ∫₀¹ |Δ^k − ½| = ¼ for all k ≥ 1",
    source=SOURCE,
    evidence=[Certified(theory), InCoq("sawtooth_mass"), Instances(instances)],
    note="In the kernel an integral is the sum over the pieces [n/2^k, (n + 1)/2^k], on each of which Δ^k is affine "
    "(sawtooth.shape): of width times the mean of the ends, and of width times mean(y, z), the mean of |affine| between "
    "ends y and z.",
)
