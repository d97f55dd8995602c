"""smooth.sobolev — Yarotsky: depth c (ln 1/ε + 1), size c ε^(−d/r) (ln 1/ε + 1)."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="smooth.sobolev",
    statement="for all d and r ≥ 1 there is c such that for every f on [0,1]^d with |f| ≤ 1 whose "
    "r-th derivative along every line parallel to an axis exists and is at most 1 in absolute "
    "value, and every 0 < ε ≤ 1, a ReLU network of depth at most c (ln 1/ε + 1) with at most c "
    "ε^(−d/r) (ln 1/ε + 1) nodes is within ε of f on the cube",
    source=f"{BENEFITS}: Parting thoughts",
    says="Thm (Yarotsky '16): O(ln 1/ε) depth and (1/ε)^O(d/r) size, all partial derivs of order "
    "r coordinate-wise bdd",
    evidence=[
        InCoq("smooth_sobolev_eps"),
        InCoq("smooth_sobolev"),
        InCoq("smooth_sobolev_eps_explicit"),
        InCoq("smooth_sobolev_explicit"),
    ],
    note="Interpolation by hats times Lagrange polynomials in one coordinate after another, every "
    "product by a network: so neither mixed derivatives are needed nor those of orders between 0 "
    "and r. |f| ≤ 1 is: smooth.slide_sobolev. The slide's O(d/r) in the exponent hides the "
    "logarithm that is here. c is explicit (`sobolev_constant`): with L = r (2r)^r, q = m + r + 2 and m the halvings "
    "that the products need, it is d L^d (1 + L) 2^r + 1 + d (1 + rq) + d (2r)^d (33r + 4dr) q at the scale 2^−k, and "
    "large.",
)
