"""smooth.square.mean_square — if g has p affine pieces on [0, 1], then ∫₀¹ (x² − g)² ≥ 1/(180 p⁴), and this is attained."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from random import Random

from verify.author.cases import all_of, on_every
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

Piece = tuple[Fraction, Fraction, Fraction, Fraction]  # its ends a < b, and the line's slope and value at 0


def bound(p: int) -> Fraction:
    return Fraction(1, 180 * p**4)


def square(piece: Piece) -> Fraction:
    """∫ (x² − s x − c)² over [a, b], by the powers of x."""
    a, b, s, c = piece
    powers = [c * c, 2 * s * c, s * s - 2 * c, -2 * s, Fraction(1)]
    return sum((k * (b ** (i + 1) - a ** (i + 1)) / (i + 1) for i, k in enumerate(powers)), Fraction(0))


def total(pieces: list[Piece]) -> Fraction:
    return sum((square(piece) for piece in pieces), Fraction(0))


def best(a: Fraction, b: Fraction) -> Piece:
    """The chord, lowered by a sixth of the square of the length."""
    return a, b, a + b, -a * b - (b - a) ** 2 / 6


def cases() -> Iterator[tuple[list[Piece]]]:
    for p in range(1, 7):
        for seed in range(20):
            random = Random(f"mean square {p} {seed}")
            inner = random.sample(range(1, 24), p - 1)
            cuts = [Fraction(i, 24) for i in sorted([0, 24, *inner])]
            moved = [(best(a, b), Fraction(random.randint(-2, 2), 100)) for a, b in pairwise(cuts)]
            yield ([(a, b, s, c + shift) for (a, b, s, c), shift in moved],)


def attained(p: int) -> bool:
    cuts = [Fraction(i, p) for i in range(p + 1)]
    return total([best(a, b) for a, b in pairwise(cuts)]) == bound(p)


def instances() -> Outcome:
    return all_of(
        on_every("jumping g of 1 to 6 pieces, near the best lines", cases(), lambda pieces: total(pieces) >= bound(len(pieces))),
        on_every("equality for lowered chords, p = 1..30", ((p,) for p in range(1, 31)), attained),
    )


THEOREM = Theorem(
    name="smooth.square.mean_square",
    statement="for every g with p affine pieces on [0, 1], continuous or not: ∫₀¹ (x² − g)² ≥ 1/(180 p⁴), with equality for a ReLU "
    "network with one hidden layer of p units",
    source=f"{BENEFITS}: Parting thoughts",
    evidence=[InCoq("smooth_square_two"), InCoq("smooth_square_two_attained"), Instances(instances)],
    note="What the best line leaves on [m − r, m + r], (x − m)² − r²/3, is orthogonal to all lines.",
)
