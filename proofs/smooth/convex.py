"""smooth.convex — if f″ ≥ c on [0, 1] and g has p affine pieces, then ∫₀¹ |f − g| ≥ c/(32 p²)."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="smooth.convex",
    statement="for c ≥ 0, every continuous f that is c-strongly convex on [0, 1], as when f″ ≥ c there, and every g with p "
    "affine pieces on [0, 1], continuous or not: ∫₀¹ |f − g| ≥ c/(32 p²), ∫₀¹ |f − g|^q ≥ (c/(16 p²))^q / (q + 1) for all "
    "q ≥ 0, and for c > 0 there is x in [0, 1] with |f(x) − g(x)| ≥ c/(16 p²)",
    source=f"{BENEFITS}: Parting thoughts",
    evidence=[
        InCoq("smooth_convex_mean"),
        InCoq("smooth_convex_power"),
        InCoq("smooth_convex_sup"),
        InCoq("strongly_convex_derivative"),
    ],
    note="Sharp at f = x², c = 2: smooth.square.mean.attained, smooth.square.sup.attained. An f with f″ ≥ c on an interval "
    "within [0, 1] is not covered. Lower bounds of this order are Yarotsky's (2017, at a point) and Safran and Shamir's "
    "(2017, in the mean square).",
)
