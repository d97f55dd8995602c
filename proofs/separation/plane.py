"""separation.plane — two networks with two inputs, their weights in Coq, and the integral of their distance over the unit square."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="separation.plane",
    statement="for f(x₁, x₂) = Δ³(x₁) (tests/networks/plane_teeth3.json) and g, a network with six units in one hidden layer "
    "(tests/networks/plane_imitation.json), ∫∫ |f − g| over [0, 1]² is exactly 513046544196082387/3762299999162105856, about 0.136",
    source=f"{BENEFITS}: Parting thoughts",
    says="Thm can be generalized to d dimensions",
    evidence=[InCoq("separation_plane")],
    note="separation.dimension says at least ¼ (1 − 7/8) = 1/32 for six units. From the exact weights, by the proved checker run "
    "inside Coq: depthproof distance F G --coq FILE.v writes such a file for any two networks, with any number of inputs. The checker "
    "shows that triangles cover the square and that f − g is affine on each; their areas add up to that of the square, so the integral "
    "is the sum over the triangles (SpaceSimplices.v).",
)
