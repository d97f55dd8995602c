"""descent.random_starts — from random starts wide networks are trained to loss 0 (literature)."""

from verify.theorem import NOTES, Cited, Theorem

REFERENCE = (
    "Du, Zhai, Poczos and Singh, Gradient descent provably optimizes over-parameterized neural "
    "networks, ICLR 2019"
)


THEOREM = Theorem(
    name="descent.random_starts",
    statement="for data in general position, a network wide enough, random starts of the usual "
    "scale and a small step, gradient descent on least squares tends to loss 0 with high "
    "probability",
    source=f"{NOTES}: Fast, general, but is it any good?",
    says="if hidden layers, heavily overparametrized, then GD → OPT",
    evidence=[Cited(REFERENCE)],
    note="Neural tangent kernel: Jacot, Gabriel and Hongler, 2018. The notes' own question, "
    "whether it generalises, is not answered there.",
)
