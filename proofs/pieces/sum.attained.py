"""pieces.sum.attained — for all a, b ≥ 1 some f with a and g with b pieces have a sum with exactly a + b − 1."""

from fractions import Fraction
from itertools import product

from verify.author.cases import on_every
from verify.exact import PiecewiseLinear
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def zigzag(p: int, shift: Fraction) -> PiecewiseLinear:
    """p pieces on [0, 1], interior breakpoints (i + shift)/p for i = 0, …, p − 2."""
    x = (Fraction(0), *((i + shift) / p for i in range(p - 1)), Fraction(1))
    return PiecewiseLinear(x, tuple(Fraction(i % 2) for i in range(p + 1)))


def attained(a: int, b: int) -> bool:
    """The shifts keep the two functions' breakpoints apart."""
    f, g = zigzag(a, Fraction(1, 3)), zigzag(b, Fraction(1, 1009))
    return (f.pieces, g.pieces, (f + g).pieces) == (a, b, a + b - 1)


def instances() -> Outcome:
    return on_every("two zigzags on [0, 1], a, b = 1..12", product(range(1, 13), repeat=2), attained)


THEOREM = Theorem(
    name="pieces.sum.attained",
    statement="for all a, b ≥ 1 some f with a pieces and g with b pieces have a sum with exactly a + b − 1",
    source=f"{BENEFITS}: Shallow functions have few linear pieces",
    evidence=[InCoq("pieces_sum_attained"), Instances(instances)],
    note="Two zigzags without a common breakpoint.",
)
