"""approximation.interval.lower — n pieces do not come within C / (4n) of every f of slope C."""

from fractions import Fraction

from verify.author.cases import UNIT, on_every
from verify.exact import pieces
from verify.network.builders import constant, interpolating, subtract
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def attained(n: int) -> bool:
    """The tents of slope 1 and height 1 / (2n): the constant 1 / (4n) is at distance 1 / (4n)."""
    points = [Fraction(i, 2 * n) for i in range(2 * n + 1)]
    tents = interpolating(points, [Fraction(i % 2, 2 * n) for i in range(2 * n + 1)])
    error = pieces(subtract(tents, constant(Fraction(1, 4 * n))), UNIT)
    return max(abs(value) for value in error.values) == Fraction(1, 4 * n)


def instances() -> Outcome:
    return on_every("f the tents, g = 1/(4n), n = 1..40", ((n,) for n in range(1, 41)), attained)


THEOREM = Theorem(
    name="approximation.interval.lower",
    statement="for n ≥ 1 and C > 0 some f on [0,1] with slopes at most C is within no e < C / "
    "(4n) of any function with at most n pieces",
    source=f"{BENEFITS}: Recap",
    says="∼ (1/ε)^d neurons, at d = 1",
    evidence=[InCoq("approximation_interval_lower"), Instances(instances)],
    note="n tents of height C / (2n): a line over one tent misses a foot or the top by half the "
    "height. So the count 1/ε of the slide is right up to a factor 2, for d = 1. This f and g = C "
    "/ (4n) are at distance C / (4n).",
)
