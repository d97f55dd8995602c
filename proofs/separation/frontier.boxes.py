"""separation.frontier.boxes — a shortest path over boxes is a lower bound for every continuous function with p pieces."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="separation.frontier.boxes",
    statement="let cell i be [(i − 1)/n, i/n], level any function from numbers to labels, and c(i, u, j, v) at most ∫|Δ^k − l| from "
    "i/n to (j − 1)/n for every affine l that has level u at a point of cell i and level v at a point of cell j > i. If "
    "least(p, n + 1, u) ≤ 0, least(p + 1, i, u) ≤ c(i, u, j, v) + least(p, j, v) and least(p + 1, i, u) ≤ least(p, i, v), "
    "then ∫₀¹ |Δ^k − g| is at least the least of least(p, 0, u) over u, for every continuous g with p affine pieces",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_frontier_boxes")],
    note="Unlike separation.frontier.reduction it uses that neighbouring pieces agree where they meet.",
)
