"""smooth.square.mean — if g has p affine pieces on [0, 1], continuous or not, then ∫₀¹ |x² − g| ≥ 1/(16 p²)."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from random import Random

from verify.author.cases import on_every
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

Piece = tuple[Fraction, Fraction, Fraction, Fraction]  # its ends a < b, and the line that meets x² at u and v


def area(piece: Piece) -> Fraction:
    """∫ |(x − u)(x − v)| over [a, b], cut where the line meets x²."""
    a, b, u, v = piece
    cuts = sorted({a, b, *(root for root in (u, v) if a < root < b)})

    def primitive(x: Fraction) -> Fraction:
        return x**3 / 3 - (u + v) * x**2 / 2 + u * v * x

    return sum((abs(primitive(right) - primitive(left)) for left, right in pairwise(cuts)), Fraction(0))


def bound(p: int) -> Fraction:
    return Fraction(1, 16 * p**2)


def apart(pieces: list[Piece]) -> bool:
    return sum(area(piece) for piece in pieces) >= bound(len(pieces))


def cases() -> Iterator[tuple[list[Piece]]]:
    """Cut anywhere, or into equal pieces with the best line on each but for a small shift."""
    for p in range(1, 7):
        for seed in range(20):
            random = Random(f"square {p} {seed}")
            inner = random.sample(range(1, 24), p - 1)
            cuts = [Fraction(i, 24) for i in sorted([0, 24, *inner])]
            yield ([(a, b, *(Fraction(random.randint(-6, 30), 24) for _ in "uv")) for a, b in pairwise(cuts)],)
        for shift in (Fraction(-1, 8), Fraction(0), Fraction(1, 8)):
            cuts = [Fraction(i, p) for i in range(p + 1)]
            yield ([(a, b, a + (1 + shift) * (b - a) / 4, b - (b - a) / 4) for a, b in pairwise(cuts)],)


def instances() -> Outcome:
    return on_every("jumping g of 1 to 6 pieces, cut at random 24ths or evenly", cases(), apart)


THEOREM = Theorem(
    name="smooth.square.mean",
    statement="for every g with p affine pieces on [0, 1], continuous or not: ∫₀¹ |x² − g| ≥ 1/(16 p²); more generally "
    "∫₀¹ |x² − g|^q ≥ (1/(8 p²))^q / (q + 1) for all q ≥ 0",
    source=f"{BENEFITS}: Parting thoughts",
    says="There can be benefits of depth to approximating smooth functions",
    evidence=[InCoq("smooth_square_mean"), InCoq("smooth_square_power"), Instances(instances)],
    note="On a piece of length h the sign that is −1 on the middle half and +1 on the outer quarters annihilates all lines, "
    "and gives h³/16; the sum of h³ is at least 1/p². At q = 1 the constant is the best, smooth.square.mean.attained; "
    "between 1 and ∞ it is not: at q = 2 the least is 1/(180 p⁴), not 1/(192 p⁴): smooth.square.mean_square.",
)
