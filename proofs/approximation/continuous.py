"""approximation.continuous — deep ReLU networks approximate every continuous f."""

from verify.theorem import NOTES, InCoq, Theorem

THEOREM = Theorem(
    name="approximation.continuous",
    statement="for every f that is continuous on [0,1]^d and every ε > 0 some ReLU network is "
    "within ε of f at every point of the cube",
    source=f"{NOTES}: Thm 1",
    says="neural networks can approximate any continuous function",
    evidence=[InCoq("approximation_continuous")],
    note="f is uniformly continuous and bounded, so it misses a Lipschitz function by little; "
    "then approximation.cube.",
)
