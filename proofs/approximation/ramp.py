"""approximation.ramp — σ(x) − σ(x − 1) is the hard sigmoid: 0 up to 0, x up to 1, then 1, and it never falls."""

from verify.author.theory import Theory
from verify.theorem import NOTES, Certified, Theorem

SOURCE = f"{NOTES}: Approximation: What about ReLU? Put two together"


def theory() -> Theory:
    t = Theory("approximation.ramp", SOURCE)
    t.library("relu")
    t.define("ramp(x) = relu(x) - relu(x - 1)")
    t.theorem("x <= 0 implies ramp(x) = 0", name="approximation.ramp.left")
    t.theorem("0 <= x <= 1 implies ramp(x) = x", name="approximation.ramp.middle")
    t.theorem("x >= 1 implies ramp(x) = 1", name="approximation.ramp.right")
    t.theorem("x <= y implies ramp(x) <= ramp(y)", name="approximation.ramp.monotone", use=["ramp(x)", "ramp(y)"])
    return t


THEOREM = Theorem(
    name="approximation.ramp",
    statement="for all real x, σ(x) − σ(x − 1) is 0 for x ≤ 0, x for 0 ≤ x ≤ 1 and 1 for x ≥ 1; it is monotone",
    source=SOURCE,
    says="a picture: two ReLUs put together",
    evidence=[Certified(theory)],
    note="So two ReLUs make the sigmoidal unit that the notes' Theorem 1 asks for: the theorem needs no sigmoidal units.",
)
