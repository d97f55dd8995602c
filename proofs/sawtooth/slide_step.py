"""sawtooth.slide_step — the slide's 2^k x − 2^k and the algebra's 2^k x − 2^(k−1) have the same fractional part as 2^k x."""

from fractions import Fraction

from verify.author.cases import on_every
from verify.author.lemmas import power_least
from verify.author.theory import Theory
from verify.exact import evaluate
from verify.network.builders import tent
from verify.theorem import BENEFITS, BySolver, Certified, InCoq, Instances, Outcome, Theorem

SOURCE = f"{BENEFITS}: Deep function with many oscillations"


def theory() -> Theory:
    t = Theory("sawtooth.slide_step", SOURCE)
    t.library("tent", "pow2", "frac")
    least = power_least(t)
    shift = t.lemma("frac(x + i) = frac(x)", name="shift", i="Z", use=["floor(x + i)", "floor(x)"], split=["floor(x + i) - floor(x) - i"])
    t.theorem(
        "frac(pow2(k)*x - pow2(k)) = frac(pow2(k)*x)", name="sawtooth.slide_step.printed", k="Z from 1",
        use=[shift("-pow2(k)", "pow2(k)*x")],
    )
    t.theorem(
        "frac(pow2(k)*x - pow2(k - 1)) = frac(pow2(k)*x)", name="sawtooth.slide_step.right", k="Z from 1",
        use=[shift("-pow2(k - 1)", "pow2(k)*x")],
    )
    t.theorem("pow2(k - 1)*(2*x - 1) = pow2(k)*x - pow2(k - 1)", name="sawtooth.slide_step.algebra", k="Z from 1", use=["pow2(k)"])
    t.theorem(
        "pow2(k)*x - pow2(k) < pow2(k)*x - pow2(k - 1)", name="sawtooth.slide_step.slip", k="Z from 1", use=["pow2(k)", least("k - 1")],
    )
    t.theorem("tent(frac(1)) = tent(1)", name="sawtooth.slide_step.first", use=["floor(1)"])
    return t


def decide() -> Outcome:
    """An integer shift keeps frac: with f = frac(y) and d = ⌊y − n⌋ − (⌊y⌋ − n), frac(y − n) = f − d."""
    import z3

    from verify.author.decide import tent, unsat

    f, d, x, power = z3.Real("f"), z3.Int("d"), z3.Real("x"), z3.Real("power")
    return unsat(
        shift=[f >= 0, f < 1, d <= f, f < d + 1, f - d != f],
        algebra=[power * (2 * x - 1) != 2 * power * x - power],
        slip=[power >= 1, 2 * power * x - 2 * power >= 2 * power * x - power],
        first=[x == 1, tent(x - 1) != tent(x)],
    )


def same(k: int, x: Fraction) -> bool:
    """Δ of the fractional part of 2^k x, of the printed and of the right argument."""
    arguments = (2**k * x, 2**k * x - 2**k, 2**k * x - 2 ** (k - 1))
    return len({evaluate(tent(), [y - y.__floor__()]) for y in arguments}) == 1


def instances() -> Outcome:
    points = [Fraction(i, 14) for i in range(8, 15)]
    return on_every("k = 1..8 at x = 8/14, …, 1", ((k, x) for k in range(1, 9) for x in points), same)


THEOREM = Theorem(
    name="sawtooth.slide_step",
    statement="the slide's step (x > ½) should read 2^k x − 2^(k−1); both it and the printed 2^k x − 2^k differ from 2^k x by "
    "an integer",
    source=SOURCE,
    says="Δ(2^k x − 2^k − ⌊2^k x − 2^k⌋) in the induction step; K = 1: by definition",
    evidence=[Certified(theory), InCoq("sawtooth_slide_step"), BySolver(decide), Instances(instances)],
    note="A harmless slip. Also, K = 1 at x = 1 is not by definition: it needs Δ(1) = Δ(0).",
)
