"""approximation.needs_bends — with linear units one hidden layer misses x² by 1/8."""

from fractions import Fraction

from verify.author.cases import on_every
from verify.theorem import NOTES, InCoq, Instances, Outcome, Theorem


def misses(p: Fraction, q: Fraction) -> bool:
    places = (Fraction(0), Fraction(1, 2), Fraction(1))
    return max(abs(x * x - (p * x + q)) for x in places) >= Fraction(1, 8)


def instances() -> Outcome:
    lines = ((Fraction(p, 16), Fraction(q, 16)) for p in range(-32, 49) for q in range(-32, 33))
    return on_every("px + q at 0, ½, 1, p and q multiples of 1/16 near x − 1/8", lines, misses)


THEOREM = Theorem(
    name="approximation.needs_bends",
    statement="every network with one hidden layer of linear units, any number of them, misses x² "
    "by at least 1/8 somewhere on [0,1]",
    source=f"{NOTES}: Thm 1",
    says="Thm 1 needs activation units to be sigmoidal",
    evidence=[InCoq("approximation_needs_bends"), Instances(instances)],
    note="What is needed of the units is less than that they be sigmoidal, but something. The "
    "network is a line; a line that is within e of x² at 0, ½ and 1 has e ≥ 1/8, with equality "
    "for x − 1/8.",
)
