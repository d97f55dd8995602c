"""separation.duality — for all real a, b: ∫₀¹ |Δ(x) − (a x + b)| dx ≥ ¼, through the mean of |affine| on each half."""

from fractions import Fraction

from verify.author.cases import UNIT, all_of, on_every
from verify.author.lemmas import mean_swing
from verify.author.theory import Theory
from verify.exact import distance
from verify.network.builders import affine, tent
from verify.theorem import BENEFITS, BySolver, Certified, InCoq, Instances, Outcome, Theorem

SOURCE = f"{BENEFITS}: Shallow g's can't approximate f"


def theory() -> Theory:
    t = Theory("separation.duality", SOURCE)
    t.library("mean", "tent")
    swing = mean_swing(t)
    t.theorem(
        "mean(tent(0) - b, tent(1/2) - (a/2 + b))/2 + mean(tent(1/2) - (a/2 + b), tent(1) - (a + b))/2 >= 1/4",
        use=[swing("tent(0) - b", "tent(1/2) - (a/2 + b)"), swing("tent(1/2) - (a/2 + b)", "tent(1) - (a + b)")],
        have=["tent(0) = 0", "tent(1/2) = 1", "tent(1) = 0"],
    )
    return t


def decide() -> Outcome:
    """The dual certificate s = −1, +1, +1, −1 on the quarters: |e| ≥ s e, and ∫ s e = ¼ for e = Δ − (a x + b), whatever a and b are."""
    import z3

    from verify.author.decide import magnitude, tent, unsat

    a, b, e = z3.Reals("a b e")
    ends = [tent(z3.Q(i, 4)) - (a * z3.Q(i, 4) + b) for i in range(5)]
    signed = z3.Sum([s * (u + v) / 8 for s, u, v in zip((-1, 1, 1, -1), ends[:-1], ends[1:], strict=True)])
    return unsat(above=[z3.Or(magnitude(e) < e, magnitude(e) < -e)], dual=[signed != z3.Q(1, 4)])


def instances() -> Outcome:
    values = [Fraction(i, 4) for i in range(-8, 13)]
    lines = ((affine([[a]], [b]),) for a in values for b in values)
    return all_of(
        on_every("a, b = −2, −7/4, …, 3", lines, lambda g: distance(tent(), g, UNIT).low >= Fraction(1, 4)),
        on_every("equality for ½", [(affine([[0]], [Fraction(1, 2)]),)], lambda g: distance(tent(), g, UNIT).value == Fraction(1, 4)),
    )


THEOREM = Theorem(
    name="separation.duality",
    statement="for all real a, b: ∫₀¹ |Δ(x) − (a x + b)| dx ≥ ¼",
    source=SOURCE,
    evidence=[Certified(theory), InCoq("separation_duality"), BySolver(decide), Instances(instances)],
    note="mean(y, z) is the mean of |affine| between ends y and z, a closed form; both halves of [0, 1] are affine. In words: "
    "s = −1, +1, +1, −1 on the quarters. Tight: equality for the constant ½ (separation.optimal at k = 1).",
)
