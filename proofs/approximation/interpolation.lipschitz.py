"""approximation.interpolation.lipschitz — the chord over [a, a + h] of a function with Lipschitz constant K misses by at most K h / 2."""

from verify.author.theory import Theory, definition
from verify.theorem import BENEFITS, Certified, Theorem

SOURCE = f"{BENEFITS}: Recap"


def theory() -> Theory:
    t = Theory("approximation.interpolation.lipschitz", SOURCE)
    t.free("f(x)")
    t.free("K")
    lipschitz = t.assume("lipschitz", "x <= y implies -K*(y - x) <= f(y) - f(x) <= K*(y - x)")
    up = t.lemma("0 <= t <= 1 and h >= 0 and K*h >= 0 implies 2*t*(1 - t)*(K*h) <= K*h/2", name="parabola", squares=["2*t - 1"], degree=3)
    t.theorem(
        "0 <= t <= 1 and h > 0 implies -K*h/2 <= f(a + t*h) - (1 - t)*f(a) - t*f(a + h) <= K*h/2",
        use=[lipschitz("a", "a + t*h"), lipschitz("a + t*h", "a + h"), lipschitz("a", "a + h"), up("t", "h")], degree=3,
    )
    w = t.witness(f=definition("f(x) = x"), K=definition("K = 1"))
    w.theorem("x <= y implies -K*(y - x) <= f(y) - f(x) <= K*(y - x)", name="lipschitz", use=["f(x)", "f(y)", "K"])
    return t


THEOREM = Theorem(
    name="approximation.interpolation.lipschitz",
    statement="for every f with |f(x) − f(y)| ≤ K |x − y|, all a, h > 0 and 0 ≤ t ≤ 1: |f(a + t h) − (1 − t) f(a) − t f(a + h)| ≤ K h "
    "/ 2",
    source=SOURCE,
    evidence=[Certified(theory)],
    rests_on=["approximation.interpolation"],
    note="So the network of approximation.interpolation with n units at equal distances approximates f on [0, 1] within K / "
    "(2n): the slides' (1/ε)^d for d = 1. The error is at most 2 t (1 − t) K h.",
)
