"""separation.power — ∫₀¹ |Δ^k − g|^q ≥ (½)^q / (q + 1) · (1 − n/2^(k−1)) for every g with n + 1 affine pieces."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from verify.author.cases import UNIT, all_of, on_every, samples, shapes, teeth, waves
from verify.exact import PiecewiseLinear, pieces
from verify.network.builders import constant
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

HALF = Fraction(1, 2)
HEIGHTS = (Fraction(0), HALF, Fraction(1))


def bound(k: int, n: int, q: int) -> Fraction:
    return HALF**q / (q + 1) * (1 - Fraction(n, 2 ** (k - 1)))


def power_mean(f: PiecewiseLinear, g: PiecewiseLinear, q: int) -> Fraction:
    """∫₀¹ |f − g|^q: on an interval where f − g runs from u to v with one sign, the mean of u^i v^(q−i) over i."""
    points = sorted({*f.breakpoints, *g.breakpoints})
    total = Fraction(0)
    for a, b in pairwise(points):
        u, v = f(a) - g(a), f(b) - g(b)
        parts = [(b - a, abs(u), abs(v))]
        if u * v < 0:
            middle = (b - a) * u / (u - v)
            parts = [(middle, abs(u), Fraction(0)), (b - a - middle, Fraction(0), abs(v))]
        for length, y, z in parts:
            total += length * sum(y**i * z ** (q - i) for i in range(q + 1)) / (q + 1)
    return total


def apart(k: int, g: PiecewiseLinear, q: int) -> bool:
    return power_mean(teeth(k), g, q) >= bound(k, g.pieces - 1, q)


def attained(k: int, q: int) -> bool:
    return power_mean(teeth(k), pieces(constant(HALF), UNIT), q) == bound(k, 0, q)


def cases() -> Iterator[tuple[int, PiecewiseLinear, int]]:
    for k in range(1, 4):
        for q in (1, 2, 5):
            yield from ((k, g, q) for g in waves(4, HEIGHTS))
            yield from ((k, pieces(g, UNIT), q) for _, _, g in samples(shapes(2, 2), seeds=3))


def instances() -> Outcome:
    return all_of(
        on_every("g affine between multiples of ¼ with values 0, ½, 1, and random networks, k = 1..3, q = 1, 2, 5", cases(), apart),
        on_every("equality for ½, k = 1..5, q = 0..6", ((k, q) for k in range(1, 6) for q in range(7)), attained),
    )


THEOREM = Theorem(
    name="separation.power",
    statement="for all k ≥ 1, n and q ≥ 0 and every g with n + 1 affine pieces on [0, 1], continuous or not: ∫₀¹ |Δ^k − g|^q ≥ "
    "(½)^q / (q + 1) · (1 − n/2^(k−1)), with equality for n = 0 and g = ½",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[
        InCoq("separation_power"),
        InCoq("separation_power_attained"),
        InCoq("separation_power_network"),
        Instances(instances),
    ],
    note="Each tent without a breakpoint costs as much as over the constant ½, by the second difference of Δ^k at four points "
    "and the power mean. At q = 1 it is separation.gap; the loss p/2^k of separation.sharp is false from q = 2 on: "
    "separation.power.false. For networks p = ∏ (m_i + 1).",
)
