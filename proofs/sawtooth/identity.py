"""sawtooth.identity — for ALL k ≥ 1 and x in [0, 1]: Δ^k(x) = Δ(frac(2^(k−1) x)), by induction."""

from fractions import Fraction

from verify.author.cases import on_every
from verify.author.lemmas import tent_cases
from verify.author.theory import Theory
from verify.exact import evaluate
from verify.network.builders import sawtooth, tent
from verify.theorem import BENEFITS, BySolver, Certified, InCoq, Instances, Outcome, Theorem

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
        use=["IH(x)", "D(k + 1, x)", "pow2(k)", fold("pow2(k - 1)*x")], base=["D(1, x)", "D(0, x)", "pow2(0)", cases("x")],
    )
    return t


def decide() -> Outcome:
    """Base and step. With u = 2^(k−1) x, f = frac(u), r = ⌊2u⌋ − 2⌊u⌋, the step is Δ(Δ(f)) = Δ(2f − r): no floor is left."""
    import z3

    from verify.author.decide import tent, unsat

    x, f, p, r = z3.Real("x"), z3.Real("f"), z3.Int("p"), z3.Int("r")
    parts = [f >= 0, f < 1, r <= 2 * f, 2 * f < r + 1]
    return unsat(
        base=[x >= 0, x <= 1, p <= x, x < p + 1, tent(x) != tent(x - p)],
        remainder=[*parts, r != 0, r != 1],
        step=[*parts, tent(tent(f)) != tent(2 * f - r)],
    )


def agree(k: int, x: Fraction) -> bool:
    u = 2 ** (k - 1) * x
    return evaluate(sawtooth(k), [x]) == evaluate(tent(), [u - u.__floor__()])


def instances() -> Outcome:
    points = [Fraction(i, 840) for i in range(0, 841, 7)]
    return on_every("k = 1..12 at x = 0, 1/120, …, 1", ((k, x) for k in range(1, 13) for x in points), agree)


THEOREM = Theorem(
    name="sawtooth.identity",
    statement="for all k ≥ 1 and x ∈ [0, 1]: Δ^k(x) = Δ(frac(2^(k−1) x))",
    source=SOURCE,
    evidence=[Certified(theory), InCoq("sawtooth_identity"), BySolver(decide), Instances(instances)],
    note="With u = 2^(k−1) x the step is Δ(Δ(u − ⌊u⌋)) = Δ(2u − ⌊2u⌋), where ⌊2u⌋ − 2⌊u⌋ is 0 or 1.",
)
