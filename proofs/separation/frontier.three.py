"""separation.frontier.three — e(2, 3) = 5/36: exactly how near continuous functions with three pieces come to Δ²."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="separation.frontier.three",
    statement="every continuous g with at most three affine pieces has ∫₀¹ |Δ² − g| ≥ 5/36, and some such g has equality: e(2, 3) = 5/36",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_frontier_three")],
    note="The case k = 2 of separation.frontier.last. The function is in separation.frontier.upper, whose distance the kernel checks. "
    "With jumps 1/10 is possible: 4x up to 3/10, then 2/5, from 7/10 on 4 − 4x.",
)
