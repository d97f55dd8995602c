"""pieces.sum — f with a and g with b pieces: f + g has at most a + b − 1 pieces."""

from fractions import Fraction
from itertools import combinations, product

from verify.exact import PiecewiseLinear
from verify.prove.cases import all_of, on_every
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def bound(a: int, b: int) -> int:
    return a + b - 1


def waves(points: int, heights: int) -> list[PiecewiseLinear]:
    """Every continuous function on [0, points] that is affine between integers and has values 0, …, heights − 1 there."""
    x = tuple(Fraction(i) for i in range(points + 1))
    return [PiecewiseLinear(x, tuple(map(Fraction, values))) for values in product(range(heights), repeat=points + 1)]


def zigzag(p: int, shift: Fraction) -> PiecewiseLinear:
    """p pieces on [0, 1], interior breakpoints (i + shift)/p for i = 0, …, p − 2."""
    x = (Fraction(0), *((i + shift) / p for i in range(p - 1)), Fraction(1))
    return PiecewiseLinear(x, tuple(Fraction(i % 2) for i in range(p + 1)))


def instances() -> Outcome:
    return all_of(
        on_every(
            "all pairs of functions with breakpoints and values in {0, …, 3} and {0, 1, 2}",
            combinations(waves(3, 3), 2),
            lambda f, g: (f + g).pieces <= bound(f.pieces, g.pieces),
        ),
        on_every(
            "attained by two zigzags, a, b = 1..12",
            product(range(1, 13), repeat=2),
            lambda a, b: (zigzag(a, Fraction(1, 3)) + zigzag(b, Fraction(1, 1009))).pieces == bound(a, b),
        ),
    )


THEOREM = Theorem(
    name="pieces.sum",
    statement="if f has a pieces and g has b, then f + g has at most a + b − 1",
    source=f"{BENEFITS}: Shallow functions have few linear pieces",
    says="at most a + b pieces",
    evidence=[InCoq("pieces_sum"), Instances(instances)],
    note="Breakpoints of the sum are breakpoints of f or of g: at most (a − 1) + (b − 1). Tight: two zigzags in the "
    "instances.",
)
