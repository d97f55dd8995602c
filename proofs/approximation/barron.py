"""approximation.barron — 2n ReLU units have mean squared error C² / (4n) + ε, for every d."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="approximation.barron",
    statement="for f a finite sum of a_k cos(w_k·x + b_k) on [0,1]^d, C = Σ |a_k| |w_k|₁, every "
    "probability measure on the cube, every n ≥ 1 and ε > 0, some network with one hidden layer "
    "of 2n ReLU units has mean squared error at most C² / (4n) + ε",
    source=f"{BENEFITS}: Recap",
    says="shallow (-layer) neural networks with ∼ (1/ε) neurons can approximate them to within ε "
    "error",
    evidence=[InCoq("approximation_barron")],
    note="1/ε units give squared error ε, so error √ε; and the number of layers is missing in the "
    "text: one hidden layer is enough. Maurey's argument: f is an average of ramps of total "
    "weight C, and n of them chosen well are as near in the mean square as that. Functions given "
    "by an integral over frequencies: approximation.barron.fourier. A measure is what it makes of "
    "continuous functions: linear, monotone, and 1 of 1; points with weights and the iterated "
    "integral over the cube are proved to be measures.",
)
