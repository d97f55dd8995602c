"""separation.gap — if g is affine but for at most n breakpoints in (0, 1), then ∫₀¹ |Δ^k − g| ≥ ¼ (1 − n/2^(k−1))."""

from fractions import Fraction

from verify.author.cases import UNIT, all_of, on_every, samples, shapes, teeth, waves
from verify.exact import PiecewiseLinear, distance, pieces
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

HEIGHTS = (Fraction(0), Fraction(1, 2), Fraction(1))


def bound(k: int, breakpoints: int) -> Fraction:
    return (1 - Fraction(breakpoints, 2 ** (k - 1))) / 4


def apart(k: int, g: Network | PiecewiseLinear) -> bool:
    on = g.merged() if isinstance(g, PiecewiseLinear) else pieces(g, UNIT)
    return distance(teeth(k), on, UNIT).low >= bound(k, on.pieces - 1)


def instances() -> Outcome:
    return all_of(
        on_every(
            "g affine between multiples of ¼ with values 0, ½, 1 there, k = 1..4",
            ((k, g) for k in range(1, 5) for g in waves(4, HEIGHTS)),
            apart,
        ),
        on_every(
            "random networks g, all widths from 1 to 3, L = 1, 2, 3 each, k = 1..5",
            ((k, g) for k in range(1, 6) for _, _, g in samples(shapes(2, 3), seeds=3)),
            apart,
        ),
    )


THEOREM = Theorem(
    name="separation.gap",
    statement="for all k ≥ 1 and every g that is affine but for at most n breakpoints in (0, 1): ∫₀¹ |Δ^k − g| ≥ ¼ (1 − "
    "n/2^(k−1))",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_gap"), Instances(instances)],
    note="A tent of Δ^k over which g has no breakpoint costs ¼ of its width (separation.duality), and at most n of the "
    "2^(k−1) tents have one. separation.sharp halves the loss a piece. The finite core alone: separation.gap.core.",
)
