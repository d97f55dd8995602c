"""separation.sup.jumps — every g with p < 2^k affine pieces, continuous or not, has |Δ^k − g| ≥ ¼ somewhere on [0, 1]."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, product

from verify.author.cases import all_of, on_every, teeth
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

QUARTER = Fraction(1, 4)
HEIGHTS = (QUARTER, Fraction(1, 2), 3 * QUARTER)
Piece = tuple[Fraction, Fraction, Fraction, Fraction]  # from a to b, where the line has the values y and z


def greatest(k: int, pieces: Sequence[Piece]) -> Fraction:
    """The least upper bound of |Δ^k − g|: at the ends of the pieces, from within, and at the vertices of Δ^k."""
    f = teeth(k)
    found = []
    for a, b, y, z in pieces:
        points = [a, b, *(x for x in f.breakpoints if a < x < b)]
        found += [abs(f(x) - y - (z - y) * (x - a) / (b - a)) for x in points]
    return max(found)


def apart(k: int, cuts: Sequence[Fraction], ends: Sequence[Fraction]) -> bool:
    pieces = [(a, b, ends[2 * i], ends[2 * i + 1]) for i, (a, b) in enumerate(pairwise(cuts))]
    return greatest(k, pieces) >= QUARTER


def even(k: int) -> Fraction:
    """2^k − 1 equal pieces; each has one vertex inside, at distances u and w from its ends, and the chord moved by half of the gap."""
    p, f = 2**k - 1, teeth(k)
    pieces = []
    for i in range(p):
        a, b = Fraction(i, p), Fraction(i + 1, p)
        vertex = Fraction(i + 1, 2**k)
        chord = f(a) + (f(b) - f(a)) * (vertex - a) / (b - a)
        shift = (f(vertex) - chord) / 2
        pieces.append((a, b, f(a) + shift, f(b) + shift))
    return greatest(k, pieces)


def nearly(k: int) -> bool:
    return QUARTER <= even(k) <= QUARTER * Fraction(2**k, 2**k - 1)


def instances() -> Outcome:
    thirds = [Fraction(0), Fraction(5, 16), Fraction(11, 16), Fraction(1)]
    return all_of(
        on_every(
            "k = 2, cut at 5/16 and 11/16, values ¼, ½, ¾ at the ends of pieces",
            ((2, thirds, ends) for ends in product(HEIGHTS, repeat=6)),
            apart,
        ),
        on_every("2^k − 1 equal pieces come within ¼ · 2^k/(2^k − 1), k = 1..8", ((k,) for k in range(1, 9)), nearly),
    )


THEOREM = Theorem(
    name="separation.sup.jumps",
    statement="for every g with p < 2^k affine pieces on [0, 1], continuous or not, there is x in [0, 1] with |Δ^k(x) − g(x)| ≥ ¼",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_sup"), Instances(instances)],
    note="No constant above ¼ is right for all k: 2^k − 1 equal pieces come within ¼ · 2^k/(2^k − 1), here for k ≤ 8. With ½, as "
    "for continuous g, it is false: separation.sup.false.",
)
