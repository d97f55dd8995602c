"""descent.optimal — with a small step gradient descent comes within ε of the least loss."""

from verify.theorem import NOTES, InCoq, Theorem

THEOREM = Theorem(
    name="descent.optimal",
    statement="for least squares and a step η > 0 with η Σ |x|² ≤ 1: from every start w, for "
    "every v and ε > 0 there is T₀ such that for all T ≥ T₀ the loss after T steps is at most "
    "loss(v) + ε",
    source=f"{NOTES}: Fast, general, but is it any good?",
    says="if no hidden layer then GD → OPT",
    evidence=[InCoq("descent_optimal")],
    note="The notes' sentence with what it leaves out: the loss, least squares; and the step "
    "size, without which it is false (descent.diverges).",
)
