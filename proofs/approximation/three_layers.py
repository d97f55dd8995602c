"""approximation.three_layers — two hidden layers of 4Nd and N^d units, off thin walls."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="approximation.three_layers",
    statement="for f on [0,1]^d with slopes at most C, N ≥ 1 and any τ > 0 with 2τN ≤ 1, a ReLU "
    "network of two hidden layers, with 4Nd + N^d units, has |f − g| ≤ C d / (2N) at every point "
    "that is at least τ inside its cell of the N^d cells",
    source=f"{BENEFITS}: Recap",
    says="a shallow (3-layer) neural network with ∼ (1/ε)^d neurons can approximate it to within "
    "ε error",
    evidence=[InCoq("approximation_three_layers")],
    note="The slides' own construction: a unit for each cell, 1 well inside the cell and 0 "
    "outside. In the thin walls between the cells nothing is said, so this is a bound in the mean "
    "and not at every point; at every point it is approximation.cube, with more layers. The mean "
    "itself: approximation.three_layers.mean.",
)
