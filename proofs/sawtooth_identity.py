"""sawtooth.identity — for ALL k ≥ 1 and x in [0, 1]: Δ^k(x) = Δ(frac(2^(k−1) x)), by induction."""

from verify.prove.lemmas import tent_cases
from verify.prove.theory import Theory
from verify.theorem import BENEFITS, Certified, Theorem

SOURCE = f"{BENEFITS}: Deep function with many oscillations"


def theory() -> Theory:
    t = Theory("sawtooth.identity", SOURCE)
    t.library("D", "pow2", "frac")
    cases = tent_cases(t)
    fold = t.lemma(
        "tent(tent(u - floor(u))) = tent(2*u - floor(2*u))", name="fold", split=["floor(2*u) - 2*floor(u)"],
        use=[cases("u - floor(u)"), cases("tent(u - floor(u))"), cases("2*u - floor(2*u)")],
    )
    t.theorem(
        "0 <= x <= 1 implies D(k, x) = tent(frac(pow2(k - 1)*x))", k="Z from 1", induction="k",
        use=["IH(x)", "D(k + 1, x)", "pow2(k)", fold("pow2(k - 1)*x"), cases("x"), "frac(pow2(k - 1)*x)", "frac(pow2(k)*x)"],
        base=["D(1, x)", "D(0, x)", "pow2(0)", cases("frac(pow2(0)*x)")],
    )
    return t


THEOREM = Theorem(
    name="sawtooth.identity",
    statement="for all k ≥ 1 and x ∈ [0, 1]: Δ^k(x) = Δ(frac(2^(k−1) x))",
    source=SOURCE,
    evidence=[Certified(theory)],
    note="With u = 2^(k−1) x the step is Δ(Δ(u − ⌊u⌋)) = Δ(2u − ⌊2u⌋), where ⌊2u⌋ − 2⌊u⌋ is 0 or 1.",
)
