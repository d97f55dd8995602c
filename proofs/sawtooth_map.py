"""sawtooth.map — the tent on [0, 1]: 2x up to ½, 2 − 2x from there; it maps [0, 1] into itself, symmetrically."""

from verify.prove.theory import Theory
from verify.theorem import BENEFITS, Certified, Theorem

SOURCE = f"{BENEFITS}: Deep function with many oscillations"


def theory() -> Theory:
    t = Theory("sawtooth.map", SOURCE)
    t.library("tent")
    t.theorem("0 <= x <= 1/2 implies tent(x) = 2*x", name="sawtooth.map.left")
    t.theorem("1/2 < x <= 1 implies tent(x) = 2 - 2*x", name="sawtooth.map.right")
    t.theorem("0 <= x <= 1 implies 0 <= tent(x) <= 1", name="sawtooth.map.range")
    t.theorem("0 <= x <= 1 implies tent(1 - x) = tent(x)", name="sawtooth.map.symmetry")
    return t


THEOREM = Theorem(
    name="sawtooth.map",
    statement="on [0, 1]: Δ = 2x for x ≤ ½ and 2 − 2x for x > ½; Δ maps [0, 1] into [0, 1]; Δ(1 − x) = Δ(x)",
    source=SOURCE,
    evidence=[Certified(theory)],
)
