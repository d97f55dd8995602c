"""separation.frontier — open: e(k, p), the least ∫₀¹ |Δ^k − g| over continuous g with p pieces."""

from verify.theorem import BENEFITS, Theorem

THEOREM = Theorem(
    name="separation.frontier",
    statement="e(k, p) = min of ∫₀¹ |Δ^k − g| over continuous g with at most p pieces on [0, 1], for 2 ≤ p < 2^k: its exact "
    "value",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    note="Known for 2 ≤ p < 2^k: ¼ (1 − p/2^k) ≤ e(k, p) ≤ ¼ (1 − (p − 3/2)/2^k), by separation.sharp and "
    "separation.sharp.tight, so up to ⅜ · 2^−k; e(k, 1) = ¼ and e(k, p) = 0 for p ≥ 2^k. The upper end is not the value: e(2, 3) "
    "≤ 5/36 < 5/32, by g through (0, 2/3), (5/9, 2/9), (3/4, 1), (1, 0).",
)
