"""sawtooth.map — the tent on [0, 1]: 2x up to ½, 2 − 2x from there; it maps [0, 1] into itself, symmetrically."""

from fractions import Fraction

from verify.author.cases import UNIT, on_every
from verify.author.theory import Theory
from verify.exact import PiecewiseLinear, pieces
from verify.network import builders
from verify.theorem import BENEFITS, BySolver, Certified, InCoq, Instances, Outcome, Theorem

SOURCE = f"{BENEFITS}: Deep function with many oscillations"


def theory() -> Theory:
    t = Theory("sawtooth.map", SOURCE)
    t.library("tent")
    t.theorem("0 <= x <= 1/2 implies tent(x) = 2*x", name="sawtooth.map.left")
    t.theorem("1/2 < x <= 1 implies tent(x) = 2 - 2*x", name="sawtooth.map.right")
    t.theorem("0 <= x <= 1 implies 0 <= tent(x) <= 1", name="sawtooth.map.range")
    t.theorem("0 <= x <= 1 implies tent(1 - x) = tent(x)", name="sawtooth.map.symmetry")
    return t


def decide() -> Outcome:
    import z3

    from verify.author.decide import tent, unsat

    x = z3.Real("x")
    inside = [x >= 0, x <= 1]
    return unsat(
        left=[*inside, 2 * x <= 1, tent(x) != 2 * x],
        right=[*inside, 2 * x > 1, tent(x) != 2 - 2 * x],
        range=[*inside, z3.Or(tent(x) < 0, tent(x) > 1)],
        symmetry=[*inside, tent(1 - x) != tent(x)],
    )


def instances() -> Outcome:
    shape = PiecewiseLinear((Fraction(0), Fraction(1, 2), Fraction(1)), (Fraction(0), Fraction(1), Fraction(0)))
    return on_every("the function through (0, 0), (½, 1), (1, 0)", [(builders.tent(),)], lambda f: pieces(f, UNIT) == shape)


THEOREM = Theorem(
    name="sawtooth.map",
    statement="on [0, 1]: Δ = 2x for x ≤ ½ and 2 − 2x for x > ½; Δ maps [0, 1] into [0, 1]; Δ(1 − x) = Δ(x)",
    source=SOURCE,
    evidence=[Certified(theory), InCoq("sawtooth_map"), BySolver(decide), Instances(instances)],
)
