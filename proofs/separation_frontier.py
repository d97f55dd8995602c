"""separation.frontier — open: the exact value of e(k, p), the least ∫₀¹ |Δ^k − g| over continuous g with p pieces."""

from verify.theorem import BENEFITS, Theorem

THEOREM = Theorem(
    name="separation.frontier",
    statement="the exact value of e(k, p), the least ∫₀¹ |Δ^k − g| over continuous g with at most p pieces on [0, 1], for 2 ≤ p < 2^k",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    note="Known: ¼ (1 − p/2^k) ≤ e(k, p) ≤ ¼ (1 − (p − 3/2)/2^k), and e(2, 3) ≤ 5/36, which is less than the upper end "
    "(separation.frontier.bracket). Outside that range e(k, 1) = ¼, and e(k, p) = 0 for p ≥ 2^k.",
)
