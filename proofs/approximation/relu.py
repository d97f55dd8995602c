"""approximation.relu — one hidden layer of ReLU units is enough: they need not be sigmoidal."""

from verify.theorem import NOTES, InCoq, Theorem

THEOREM = Theorem(
    name="approximation.relu",
    statement="for every f continuous on [0,1]^d and every ε > 0 some network with one hidden "
    "layer of ReLU units is within ε of f on the cube",
    source=f"{NOTES}: Thm 1",
    says="Thm 1 needs activation units to be sigmoidal; what about ReLU? put two together",
    evidence=[InCoq("approximation_relu")],
    note="Two ReLU units make the ramp, which is sigmoidal and bounded: approximation.ramp, "
    "approximation.sigmoidal. So the theorem does not need sigmoidal units.",
)
