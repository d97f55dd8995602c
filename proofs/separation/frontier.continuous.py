"""separation.frontier.continuous — continuity counts: for k = 2 the frontier is known to one percent."""

from fractions import Fraction

from verify.author.cases import UNIT, on_every, teeth
from verify.exact import distance, pieces
from verify.network.builders import interpolating
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

LEAVES = ((Fraction(0), Fraction(0)), (Fraction(3, 16), Fraction(3, 4)), (Fraction(1), Fraction(11, 32)))


def near(found: Fraction, most: Fraction) -> bool:
    g = interpolating([x for x, _ in LEAVES], [y for _, y in LEAVES])
    return pieces(g, UNIT).pieces == 2 and Fraction(197, 1000) <= distance(teeth(2), g, UNIT).value == found <= most


def instances() -> Outcome:
    cases = [(Fraction(12785, 64512), Fraction(991, 5000))]
    return on_every("the upper end: g through (0, 0), (3/16, 3/4), (1, 11/32)", cases, near)


THEOREM = Theorem(
    name="separation.frontier.continuous",
    statement="for k = 2 the frontier is known to one percent: 0.197 ≤ e(2, 2) ≤ 0.1982 and e(2, 3) = 5/36, where e(k, p) is the least "
    "∫₀¹ |Δ^k − g| over continuous g with at most p pieces",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_frontier_continuous"), Instances(instances)],
    note="For p = 2 by the place of the breakpoint, scaled by 4 and in the first half: up to 4/5 the second "
    "piece alone misses 0.79; up to 34/25, and from there on, other signs, with the error at the breakpoint on both sides.",
)
