"""separation.sharp.tight — for 2 ≤ p < 2^k some continuous g with p pieces has ∫₀¹ |Δ^k − g| = ¼ (1 − (p − 3/2)/2^k)."""

from fractions import Fraction

from verify.author.cases import UNIT, on_every, teeth
from verify.exact import distance, pieces
from verify.network.builders import interpolating
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

HALF = Fraction(1, 2)


def follower(k: int, p: int) -> Network:
    """Follows Δ^k for p − 1 pieces, up to the middle of the last of them; then stays at ½."""
    cell = Fraction(1, 2**k)
    return interpolating(
        [*(i * cell for i in range(p - 1)), (p - 3 * HALF) * cell, 1], [*(i % 2 for i in range(p - 1)), HALF, HALF]
    )


def value(k: int, p: int) -> Fraction:
    return (1 - (p - Fraction(3, 2)) / 2**k) / 4


def exactly(k: int, p: int) -> bool:
    g = follower(k, p)
    return pieces(g, UNIT).pieces == p and distance(teeth(k), g, UNIT).value == value(k, p)


def instances() -> Outcome:
    return on_every("2 ≤ p < 2^k, k = 2..5", ((k, p) for k in range(2, 6) for p in range(2, 2**k)), exactly)


THEOREM = Theorem(
    name="separation.sharp.tight",
    statement="for 2 ≤ p < 2^k some continuous g with p pieces has ∫₀¹ |Δ^k − g| = ¼ (1 − (p − 3/2)/2^k)",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_sharp_tight"), Instances(instances)],
    note="So the least error over continuous g with p pieces is known up to ⅜ · 2^−k: separation.frontier.bracket.",
)
