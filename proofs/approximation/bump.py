"""approximation.bump — two ramps make a bump, of any width w and steepness s: 0, up to 1, flat, and down to 0."""

from verify.author.theory import Theory
from verify.theorem import NOTES, Certified, Theorem

SOURCE = f"{NOTES}: Approximation: put two together"


def theory() -> Theory:
    t = Theory("approximation.bump", SOURCE)
    t.library("relu")
    t.define("ramp(x) = relu(x) - relu(x - 1)")
    t.define("bump(x, w, s) = ramp(s*x) - ramp(s*(x - w))")
    use = ["bump(x, w, s)", "ramp(s*x)", "ramp(s*(x - w))"]
    shape = "s > 0 and s*w >= 1 and "
    t.theorem(shape + "x <= 0 implies bump(x, w, s) = 0", name="approximation.bump.before", use=use)
    t.theorem(shape + "0 <= s*x <= 1 implies bump(x, w, s) = s*x", name="approximation.bump.rising", use=use)
    t.theorem(shape + "1 <= s*x <= s*w implies bump(x, w, s) = 1", name="approximation.bump.flat", use=use)
    t.theorem(shape + "0 <= s*(x - w) <= 1 implies bump(x, w, s) = 1 - s*(x - w)", name="approximation.bump.falling", use=use)
    t.theorem(shape + "s*(x - w) >= 1 implies bump(x, w, s) = 0", name="approximation.bump.after", use=use)
    return t


THEOREM = Theorem(
    name="approximation.bump",
    statement="for all real x, s > 0 and w ≥ 1/s, with ramp(x) = σ(x) − σ(x − 1): ramp(s x) − ramp(s (x − w)) is 0 for x ≤ 0, s x up "
    "to 1/s, 1 up to w, 1 − s (x − w) up to w + 1/s, and 0 from there on",
    source=SOURCE,
    says="a picture: two of those put together",
    evidence=[Certified(theory)],
    note="Four ReLUs. As s grows the bump tends to the indicator of [0, w]; sums of bumps are step functions, hence "
    "approximation.",
)
