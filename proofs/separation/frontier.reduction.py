"""separation.frontier.reduction — a shortest path over a grid is a lower bound for every function with p pieces."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="separation.frontier.reduction",
    statement="cut [0, 1] at the multiples of 1/n, and let c(i, j) be at most ∫|Δ^k − l| from i/n to j/n for every affine l. If "
    "least(p, s) ≤ 0 for s ≥ n, least(p + 1, s) ≤ c(s, e) + least(p, e + 1) for s ≤ e ≤ n, and least(p + 1, s) ≤ least(p, "
    "s), then ∫₀¹ |Δ^k − g| ≥ least(p, 0) for every g with p affine pieces, continuous or not",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_frontier_reduction")],
    note="Piece by piece: whatever g does inside the grid cells of its breakpoints, which are given away. Why a bound on one "
    "interval holds for its images under shifts and reflection, at every k: separation.frontier.images.",
)
