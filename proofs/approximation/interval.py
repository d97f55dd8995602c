"""approximation.interval — one hidden layer of n units interpolates with error C / (2n)."""

from fractions import Fraction

from verify.author.cases import UNIT, on_every
from verify.exact import pieces
from verify.network.builders import interpolating, sawtooth, subtract
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def near(k: int, n: int) -> bool:
    """Δ^k has slopes ±2^k; the chords over n cells have n pieces and error at most 2^k / (2n)."""
    f = pieces(sawtooth(k), UNIT)
    points = [Fraction(i, n) for i in range(n + 1)]
    g = interpolating(points, [f(x) for x in points])
    error = pieces(subtract(sawtooth(k), g), UNIT)
    largest = max(abs(value) for value in error.values)
    return pieces(g, UNIT).pieces <= n and largest <= Fraction(2**k, 2 * n)


def instances() -> Outcome:
    cases = ((k, n) for k in range(1, 4) for n in range(1, 13))
    return on_every("Δ^k and the chords over n cells, k = 1..3, n = 1..12", cases, near)


THEOREM = Theorem(
    name="approximation.interval",
    statement="for f on [0,1] with slopes at most C and n ≥ 1 a ReLU network with one hidden "
    "layer of n units has |f − g| ≤ C / (2n) on [0,1]",
    source=f"{BENEFITS}: Recap",
    says="∼ (1/ε)^d neurons, at d = 1",
    evidence=[InCoq("approximation_interval"), Instances(instances)],
    note="The chords over n cells of equal length. No function with n pieces does better than "
    "half of this on all f: approximation.interval.lower.",
)
