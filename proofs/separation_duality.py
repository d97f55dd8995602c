"""separation.duality — for all real a, b: ∫₀¹ |Δ(x) − (a x + b)| dx ≥ ¼, through the mean of |affine| on each half."""

from verify.prove.lemmas import mean_swing
from verify.prove.theory import Theory
from verify.theorem import BENEFITS, Certified, Theorem

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


THEOREM = Theorem(
    name="separation.duality",
    statement="for all real a, b: ∫₀¹ |Δ(x) − (a x + b)| dx ≥ ¼",
    source=SOURCE,
    evidence=[Certified(theory)],
    note="mean(y, z) is the mean of |affine| between ends y and z, a closed form; both halves of [0, 1] are affine. In words: s "
    "= −1, +1, +1, −1 on the quarters.",
)
