"""approximation.logistic — one hidden layer of logistic units approximates f."""

from verify.theorem import NOTES, InCoq, Theorem

THEOREM = Theorem(
    name="approximation.logistic",
    statement="for every f continuous on [0,1]^d and every ε > 0 some network with one hidden "
    "layer of units 1 / (1 + e^(−x)) is within ε of f on the cube",
    source=f"{NOTES}: Thm 1",
    says="Thm 1 needs activation units to be sigmoidal",
    evidence=[InCoq("approximation_logistic")],
    note="It is continuous with limits 0 and 1, so it is bounded, and approximation.sigmoidal "
    "applies.",
)
