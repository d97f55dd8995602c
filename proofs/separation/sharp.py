"""separation.sharp — if g has p affine pieces on [0, 1], continuous or not, then ∫₀¹ |Δ^k − g| ≥ ¼ (1 − p/2^k)."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from verify.author.cases import UNIT, all_of, on_every, samples, shapes, teeth, waves
from verify.exact import Interval, PiecewiseLinear, distance, pieces
from verify.network.builders import zigzag
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

HEIGHTS = (Fraction(0), Fraction(1, 2), Fraction(1))


def bound(k: int, p: int) -> Fraction:
    return (1 - Fraction(p, 2**k)) / 4


def apart(k: int, g: PiecewiseLinear) -> bool:
    return distance(teeth(k), g, UNIT).low >= bound(k, g.pieces)


def network_apart(k: int, g: Network) -> bool:
    on = pieces(g, UNIT)
    return distance(teeth(k), on, UNIT).low >= bound(k, on.pieces)


def jumping_apart(k: int, ends: Sequence[Fraction]) -> bool:
    """g jumps: on piece i of [0, 1], cut into equal ones, it runs from ends[2i] to ends[2i + 1]."""
    p = len(ends) // 2
    parts = [PiecewiseLinear((Fraction(i, p), Fraction(i + 1, p)), tuple(ends[2 * i : 2 * i + 2])) for i in range(p)]
    return sum(distance(teeth(k), part, Interval(*part.breakpoints)).low for part in parts) >= bound(k, p)


def instances() -> Outcome:
    return all_of(
        on_every(
            "g affine between multiples of ¼ with values 0, ½, 1 there, k = 1..4",
            ((k, g) for k in range(1, 5) for g in waves(4, HEIGHTS)),
            apart,
        ),
        on_every(
            "g with a jump at ½, or at ⅓ and ⅔, values 0, ½, 1 at the ends of pieces, k = 1, 2",
            ((k, ends) for k in (1, 2) for p in (2, 3) for ends in product(HEIGHTS, repeat=2 * p)),
            jumping_apart,
        ),
        on_every(
            "random networks g, all widths from 1 to 3, L = 1, 2, 3 each, k = 1..5",
            ((k, g) for k in range(1, 6) for _, _, g in samples(shapes(2, 3), seeds=3)),
            network_apart,
        ),
        on_every(
            "zigzag networks g with all widths from 3 to 4, L = 1, 2, k = 1..7",
            ((k, zigzag(widths)) for k in range(1, 8) for widths in shapes(2, 4, least=3)),
            network_apart,
        ),
        on_every(
            "both 0 for p = 2^k and g = Δ^k, k = 0..8", ((k, teeth(k)) for k in range(9)), lambda k, g: bound(k, g.pieces) == 0
        ),
    )


THEOREM = Theorem(
    name="separation.sharp",
    statement="for all k ≥ 1 and every g with p affine pieces on [0, 1], continuous or not: ∫₀¹ |Δ^k − g| ≥ ¼ (1 − p/2^k)",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_sharp"), InCoq("separation_sharp_from_core"), Instances(instances)],
    note="Our headline. Half the loss per piece of separation.gap, with equality at p = 2^k. For networks: "
    "separation.sharp.network. Scaled by 2^k, an affine g gains at most ¼ on any interval over the distance to the nearest "
    "integer: separation.sharp.core. Two proofs in Coq: one on its own, and one from that certificate, checked inside Coq.",
)
