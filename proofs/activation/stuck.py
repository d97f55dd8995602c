"""activation.stuck — false: that gradient ascent from any start finds a high activation."""

from fractions import Fraction

from verify.author.cases import unequal
from verify.exact.gradient import gradient
from verify.network.builders import dense
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem, undecided

UNIT = dense([([[1]], [Fraction(-1, 2)]), ([[1]], [0])])


def counterexample() -> Outcome:
    start, better = gradient(UNIT, [Fraction(1, 4)]), gradient(UNIT, [Fraction(1)])
    if any(start.gradient) or not start.is_derivative:
        return undecided("the gradient is not 0 at the start")
    return unequal("the activation where ascent stays", start.value, better.value, x=Fraction(1, 4))


THEOREM = Theorem(
    name="activation.stuck",
    statement="from every input gradient ascent on the activation of a unit moves to inputs where "
    "it is higher, unless it is as high as it can be",
    source=f"{BENEFITS}: What do deep networks learn?",
    says="from random start, do gradient descent to find an input for which neuron activation is "
    "high",
    true=False,
    evidence=[InCoq("activation_maximisation_stuck", refutes=True), Instances(counterexample)],
    note="σ(x − ½) is 0 with derivative 0 for all x < ½, and ½ at 1: half of the starts in [0, 1] "
    "do not move. And it is ascent, not descent, that looks for high values. For a first layer "
    "the maximiser is known: activation.maximisation.",
)
