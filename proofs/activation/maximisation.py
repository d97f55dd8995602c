"""activation.maximisation — the corner that the weights point to is the exact maximiser."""

from fractions import Fraction
from itertools import product
from random import Random

from verify.author.cases import on_every
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def highest(seed: int) -> bool:
    """No corner of the box is above that corner; a linear function is largest at a corner."""
    random = Random(f"maximisation {seed}")
    size = 1 + seed % 5
    weights = [Fraction(random.randint(-9, 9), 4) for _ in range(size)]
    lows = [random.randint(-5, 5) for _ in range(size)]
    box = [(low, low + random.randint(0, 5)) for low in lows]
    best = [high if w >= 0 else low for w, (low, high) in zip(weights, box, strict=True)]
    values = (sum(w * x for w, x in zip(weights, c, strict=True)) for c in product(*box))
    return max(values) == sum(w * x for w, x in zip(weights, best, strict=True))


def instances() -> Outcome:
    return on_every("random units with 1..5 inputs, all corners", ((s,) for s in range(50)), highest)


THEOREM = Theorem(
    name="activation.maximisation",
    statement="for a unit of the first layer and a box of inputs, the corner with the upper end "
    "where the weight is ≥ 0 and the lower end elsewhere lies in the box and maximises the "
    "pre-activation, and σ of it, over the box",
    source=f"{BENEFITS}: What do deep networks learn?",
    says="find an input for which neuron activation is high",
    evidence=[InCoq("activation_maximisation"), Instances(instances)],
    note="So for the first layer no search is needed. For a deeper unit the maximum over a box is "
    "a piecewise linear program, which the exact engine solves for given networks.",
)
