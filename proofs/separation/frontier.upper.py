"""separation.frontier.upper — e(2, 3) ≤ 5/36: three pieces come that close to Δ², closer than separation.sharp.tight's 5/32."""

from verify.claim import Claim
from verify.network.builders import interpolating, sawtooth
from verify.theorem import BENEFITS, Certified, Theorem


def claim() -> Claim:
    """g through (0, 0), (1/4, 1), (4/9, 2/9), (1, 2/3): its mirror image is the function of the notes on the frontier."""
    from fractions import Fraction

    points = [Fraction(0), Fraction(1, 4), Fraction(4, 9), Fraction(1)]
    values = [Fraction(0), Fraction(1), Fraction(2, 9), Fraction(2, 3)]
    statement = {"integral_abs": {"of": "f - g", "on": ["0", "1"], "is": "=", "bound": "5/36"}}
    networks = {"f": sawtooth(2), "g": interpolating(points, values)}
    return Claim.from_short("separation.frontier.upper", statement, networks)


THEOREM = Theorem(
    name="separation.frontier.upper",
    statement="for g through (0, 0), (1/4, 1), (4/9, 2/9), (1, 2/3), affine in between, ∫₀¹ |Δ² − g| = 5/36, so e(2, 3) ≤ 5/36 < 5/32",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[Certified(claim)],
    note="It is the least: separation.frontier.three. All 126 upper ends of the table are checked in the same way: separation.frontier.",
)
