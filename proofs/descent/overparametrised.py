"""descent.overparametrised — false: that many more parameters than data make GD → OPT."""

from fractions import Fraction

from verify.author.cases import unequal
from verify.theorem import NOTES, InCoq, Instances, Outcome, Theorem, undecided

WIDTH = 100
X, Y = Fraction(1), Fraction(1)


def relu(x: Fraction) -> Fraction:
    return max(x, Fraction(0))


def loss(units: list[tuple[Fraction, Fraction, Fraction]]) -> Fraction:
    """Half the squared error of Σ a σ(w x + b) at the one sample."""
    return (sum(a * relu(w * X + b) for a, w, b in units) - Y) ** 2 / 2


def counterexample() -> Outcome:
    """A hundred units, each with w x + b = −2 on the data, moved by less than 1/2 each way."""
    dead = [(Fraction(1), Fraction(-1), Fraction(-1))] * WIDTH
    steps = (Fraction(-1, 2), Fraction(0), Fraction(1, 2))
    moves = [(da, dw, db) for da in steps for dw in steps for db in steps]
    losses = {loss([(a + da, w + dw, b + db) for a, w, b in dead]) for da, dw, db in moves}
    if losses != {Y * Y / 2}:
        return undecided("the loss is not constant there")
    return unequal("the loss near this start", Y * Y / 2, Fraction(0), width=WIDTH, x=X, y=Y)


THEOREM = Theorem(
    name="descent.overparametrised",
    statement="for a network with one hidden layer of ReLU units, far more parameters than data, "
    "gradient descent tends to the least loss from every start",
    source=f"{NOTES}: Fast, general, but is it any good?",
    says="if hidden layers, heavily overparametrized, more parameters than data, then GD → OPT",
    true=False,
    evidence=[InCoq("descent_overparametrised", refutes=True), Instances(counterexample)],
    note="Where every unit is inactive on all the data, an open set of starts at any width, the "
    "loss is constant in every direction: descent does not move. It is half the sum of the "
    "squares of the targets. From random starts it is true in the limit of width, by the "
    "literature: descent.random_starts.",
)
