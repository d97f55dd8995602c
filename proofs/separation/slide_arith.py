"""separation.slide_arith — (2^(2L²) − 1)/2^(2L²+4) ≥ 1/32 for ALL L ≥ 1."""

from fractions import Fraction

from verify.author.cases import on_every
from verify.author.lemmas import power_least
from verify.author.theory import Theory
from verify.theorem import BENEFITS, BySolver, Certified, InCoq, Instances, Outcome, Theorem

SOURCE = f"{BENEFITS}: Shallow g's can't approximate f"


def theory() -> Theory:
    t = Theory("separation.slide_arith", SOURCE)
    t.library("pow2")
    least = power_least(t)
    two = t.lemma("pow2(n) >= 2", name="power_two", n="Z from 1", use=["pow2(n)", least("n - 1")])
    t.theorem(
        "div(pow2(2*L^2) - 1, pow2(2*L^2 + 4)) >= 1/32", L="Z from 1",
        use=[two("2*L^2"), "pow2(2*L^2 + 1)", "pow2(2*L^2 + 2)", "pow2(2*L^2 + 3)", "pow2(2*L^2 + 4)",
             "div(pow2(2*L^2) - 1, pow2(2*L^2 + 4))"],
        have=["L^2 >= 1", "pow2(2*L^2 + 4) = 16*pow2(2*L^2)"],
    )
    return t


def decide() -> Outcome:
    """With y = 2^(2L²) ≥ 4: 32 (y − 1) ≥ 16 y."""
    import z3

    from verify.author.decide import unsat

    y = z3.Real("y")
    return unsat(cleared=[y >= 4, 32 * (y - 1) < 16 * y])


def large(depth: int) -> bool:
    return Fraction(2 ** (2 * depth**2) - 1, 2 ** (2 * depth**2 + 4)) >= Fraction(1, 32)


def instances() -> Outcome:
    return on_every("L = 1..30, and not L = 0", ((L,) for L in range(31)), lambda depth: large(depth) == (depth > 0))


THEOREM = Theorem(
    name="separation.slide_arith",
    statement="(2^(2L²) − 1) / 2^(2L²+4) ≥ 1/32 for all L ≥ 1",
    source=SOURCE,
    evidence=[Certified(theory), InCoq("separation_slide_arith"), BySolver(decide), Instances(instances)],
    note="False at L = 0.",
)
