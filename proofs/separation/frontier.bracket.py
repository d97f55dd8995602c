"""separation.frontier.bracket — for 2 ≤ p < 2^k: ¼ (1 − p/2^k) ≤ e(k, p) ≤ ¼ (1 − (p − 3/2)/2^k), the upper end attained by a network."""

from fractions import Fraction

from verify.author.cases import UNIT, all_of, on_every, teeth
from verify.exact import distance, pieces
from verify.network.builders import interpolating
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

HALF = Fraction(1, 2)


def lower(k: int, p: int) -> Fraction:
    return (1 - Fraction(p, 2**k)) / 4


def upper(k: int, p: int) -> Fraction:
    return (1 - (p - 3 * HALF) / 2**k) / 4


def follower(k: int, p: int) -> Network:
    """Follows Δ^k for p − 1 pieces, up to the middle of the last of them; then stays at ½."""
    cell = Fraction(1, 2**k)
    return interpolating([*(i * cell for i in range(p - 1)), (p - 3 * HALF) * cell, 1], [*(i % 2 for i in range(p - 1)), HALF, HALF])


def attained(k: int, p: int) -> bool:
    g = follower(k, p)
    away = distance(teeth(k), g, UNIT).value
    return pieces(g, UNIT).pieces == p and lower(k, p) <= away == upper(k, p) == lower(k, p) + Fraction(3, 8) / 2**k


def better(values: tuple[tuple[Fraction, Fraction], ...], k: int, found: Fraction) -> bool:
    """A continuous g through these points, nearer than the upper end."""
    g = interpolating([x for x, _ in values], [y for _, y in values])
    p = pieces(g, UNIT).pieces
    return lower(k, p) <= distance(teeth(k), g, UNIT).value == found < upper(k, p)


def instances() -> Outcome:
    thirds = ((Fraction(0), Fraction(2, 3)), (Fraction(5, 9), Fraction(2, 9)), (Fraction(3, 4), Fraction(1)), (Fraction(1), Fraction(0)))
    return all_of(
        on_every("the upper end, 2 ≤ p < 2^k, k = 2..5", ((k, p) for k in range(2, 6) for p in range(2, 2**k)), attained),
        on_every("e(2, 3) ≤ 5/36 by g through (0, 2/3), (5/9, 2/9), (3/4, 1), (1, 0)", [(thirds, 2, Fraction(5, 36))], better),
    )


THEOREM = Theorem(
    name="separation.frontier.bracket",
    statement="for 2 ≤ p < 2^k every g with p pieces has ∫₀¹ |Δ^k − g| ≥ ¼ (1 − p/2^k), and some network with p pieces has ¼ (1 − (p "
    "− 3/2)/2^k): so e(k, p), the least of these, is known up to ⅜ · 2^−k",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_frontier"), Instances(instances)],
    note="The upper end is not the value everywhere: e(2, 3) = 5/36 < 5/32. The value itself: separation.frontier; for p = 2^k − 1 "
    "exactly: separation.frontier.last.",
)
