"""approximation.cube — (C d / ε)^d units come within ε of every Lipschitz function on [0,1]^d."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="approximation.cube",
    statement="for f on [0,1]^d with slopes at most C (in the 1-norm) and 0 < ε some ReLU network "
    "N has |f − N| ≤ ε on the cube, at most (2d + 3) max(1, Cd/ε)^d nodes, and 2^(depth − 1) ≤ "
    "max(1, Cd/ε)^d",
    source=f"{BENEFITS}: Recap",
    says="a shallow (3-layer) neural network with ∼ (1/ε)^d neurons can approximate it to within "
    "ε error",
    evidence=[InCoq("approximation_cube_eps"), InCoq("approximation_cube")],
    note="The largest of the cones f(z) − C |v − z| over a grid of points z, raised by half the "
    "error: each cone is affine in one hidden layer of absolute values, the maximum is a tree. "
    "(1/ε)^d hides the factor (C d)^d. With 3 layers it holds off thin walls only: "
    "approximation.three_layers.",
)
