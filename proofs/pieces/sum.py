"""pieces.sum — f with a and g with b pieces: f + g has at most a + b − 1 pieces."""

from fractions import Fraction
from itertools import combinations

from verify.author.cases import on_every, waves
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

HEIGHTS = (Fraction(0), Fraction(1), Fraction(2))


def bound(a: int, b: int) -> int:
    return a + b - 1


def instances() -> Outcome:
    return on_every(
        "all pairs of functions affine between 0, ⅓, ⅔, 1 with values 0, 1, 2 there",
        combinations(waves(3, HEIGHTS), 2),
        lambda f, g: (f + g).pieces <= bound(f.pieces, g.pieces),
    )


THEOREM = Theorem(
    name="pieces.sum",
    statement="if f has a pieces and g has b, then f + g has at most a + b − 1",
    source=f"{BENEFITS}: Shallow functions have few linear pieces",
    says="at most a + b pieces",
    evidence=[InCoq("pieces_sum"), Instances(instances)],
    note="Breakpoints of the sum are breakpoints of f or of g: at most (a − 1) + (b − 1). Tight: pieces.sum.attained.",
)
