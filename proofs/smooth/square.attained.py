"""smooth.square.attained — the bound 4^−(m+1) of smooth.square is attained, at x = 2^−(m+1), for ALL m."""

from fractions import Fraction

from verify.author.cases import on_every
from verify.exact import evaluate
from verify.network.builders import square
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def attained(m: int) -> bool:
    x = Fraction(1, 2 ** (m + 1))
    return evaluate(square(m), [x])[0] - x * x == Fraction(1, 4 ** (m + 1))


def instances() -> Outcome:
    return on_every("m = 0..60", ((m,) for m in range(61)), attained)


THEOREM = Theorem(
    name="smooth.square.attained",
    statement="f_m(x) = x − Σ_{s≤m} Δ^s(x)/4^s satisfies f_m(x) − x² = 4^−(m+1) at x = 2^−(m+1), for all m ≥ 0",
    source=f"{BENEFITS}: Parting thoughts",
    evidence=[InCoq("smooth_square_attained"), Instances(instances)],
    note="So the bound of smooth.square cannot be lowered for any m.",
)
