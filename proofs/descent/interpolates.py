"""descent.interpolates — if some weights fit the data exactly, the loss tends to 0."""

from verify.theorem import NOTES, InCoq, Theorem

THEOREM = Theorem(
    name="descent.interpolates",
    statement="for least squares with a step η > 0 with η Σ |x|² ≤ 1, if some v fits all samples "
    "exactly, then from every start the loss is at most ε after some number of steps and from "
    "then on, for every ε > 0",
    source=f"{NOTES}: Fast, general, but is it any good?",
    says="more parameters than data then GD → OPT",
    evidence=[InCoq("descent_interpolates")],
    note="A true special case of descent.overparametrised: only the last layer is trained, over a "
    "fixed hidden layer whose values on the data are linearly independent, as when there are more "
    "units than data in general position.",
)
