"""separation.counting — at least (N_f − N_g)/2 of the N_f = 2^k − 1 half triangles, each of area 2^(−k−2), lie opposite to g."""

from fractions import Fraction
from itertools import pairwise

from verify.author.cases import UNIT, all_of, on_every, samples, shapes, teeth, waves
from verify.exact import Interval, PiecewiseLinear, distance, pieces
from verify.network.builders import constant
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

HALF = Fraction(1, 2)
HEIGHTS = (Fraction(0), HALF, Fraction(1))


def half_triangles(k: int) -> list[Interval]:
    """Between neighbouring points where Δ^k is ½."""
    feet = [Fraction(2 * i - 1, 2 ** (k + 1)) for i in range(1, 2**k + 1)]
    return [Interval(a, b) for a, b in pairwise(feet)]


def opposite(f: PiecewiseLinear, g: PiecewiseLinear) -> bool:
    """f and g on two sides of the line y = ½, which both may touch."""
    below, above = (f, g) if f.maximum.value <= HALF else (g, f)
    return below.maximum.value <= HALF <= above.minimum.value


def sides(g: PiecewiseLinear) -> int:
    """N_g: the number of intervals on which g − ½ keeps its sign."""
    return g.crossings(HALF).count + 1


def counted(k: int, g: PiecewiseLinear) -> bool:
    f = teeth(k)
    count = sum(opposite(f.on(part), g.on(part)) for part in half_triangles(k))
    area = Fraction(1, 2 ** (k + 2))
    return 2 * count >= 2**k - 1 - sides(g) and distance(f, g, UNIT).low >= count * area


def areas(k: int) -> bool:
    parts = half_triangles(k)
    return len(parts) == 2**k - 1 and all(distance(teeth(k), constant(HALF), p).value == Fraction(1, 2 ** (k + 2)) for p in parts)


def instances() -> Outcome:
    return all_of(
        on_every("N_f and the areas, k = 1..5", ((k,) for k in range(1, 6)), areas),
        on_every(
            "g affine between multiples of ¼ with values 0, ½, 1 there, k = 1..3",
            ((k, g) for k in range(1, 4) for g in waves(4, HEIGHTS)),
            counted,
        ),
        on_every(
            "random networks g, all widths from 1 to 3, L = 1, 2, 5 each, k = 4",
            ((4, pieces(g, UNIT)) for _, _, g in samples(shapes(2, 3), seeds=5)),
            counted,
        ),
    )


THEOREM = Theorem(
    name="separation.counting",
    statement="Δ^k has N_f = 2^k − 1 half triangles over [0, 1] between points where it is ½, each of area 2^(−k−2); if g − "
    "½ keeps its sign on each of N_g intervals, then at least (N_f − N_g)/2 of them lie on the other side of ½ from g, and "
    "each costs its full area",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    says="at least (N_f − 2N_g)/2, N_g the number of (half) triangles of g",
    evidence=[InCoq("separation_counting"), Instances(instances)],
    note="Only with N_g counted so; if an interval of g is a linear piece, the slide's step is false: "
    "separation.counting.piece.",
)
