"""descent.diverges — false: that GD → OPT without hidden layer, for any step."""

from fractions import Fraction

from verify.author.cases import unequal
from verify.theorem import NOTES, InCoq, Instances, Outcome, Theorem, undecided

STEP, STEPS = Fraction(3), 10


def counterexample() -> Outcome:
    """Loss w² / 2, so w becomes w − 3w."""
    w = Fraction(1)
    for _ in range(STEPS):
        w -= STEP * w
    found = w * w / 2
    if found != Fraction(4**STEPS, 2):
        return undecided("the loss did not grow")
    return unequal("the loss after 10 steps from w = 1", found, Fraction(0), step=STEP, steps=STEPS)


THEOREM = Theorem(
    name="descent.diverges",
    statement="for every least squares problem and every fixed step size, from every start, the "
    "loss after T steps of gradient descent tends to the least loss",
    source=f"{NOTES}: Fast, general, but is it any good?",
    says="if no hidden layer then GD → OPT",
    true=False,
    evidence=[InCoq("descent_diverges", refutes=True), Instances(counterexample)],
    note="One input 1 with target 0 and step 3: each step takes w to −2w, and the loss to four "
    "times itself. With η Σ |x|² ≤ 1 it is true: descent.linear.",
)
