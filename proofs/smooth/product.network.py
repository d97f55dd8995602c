"""smooth.product.network — depth m + 1 and 6 + 9m nodes multiply two numbers within B² / 4^m."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="smooth.product.network",
    statement="for B > 0 and every m a ReLU network of depth m + 1 with 6 + 9m nodes computes "
    "p(u, v) with |p(u, v) − uv| ≤ B² / 4^m for all u, v in [−B, B]",
    source=f"{BENEFITS}: Parting thoughts",
    evidence=[InCoq("smooth_product")],
    note="smooth.product with the network of smooth.square on absolute values, three squares side "
    "by side.",
)
