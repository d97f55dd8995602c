"""pieces.polyhedra.false — false: that the largest linear pieces are polyhedral."""

from fractions import Fraction

from verify.author.cases import unequal
from verify.exact import evaluate
from verify.network.builders import dense
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem, undecided

# σ(min(x, y)) = σ(x − σ(x − y)), with x = σ(x) − σ(−x)
CORNER = dense([
    ([[1, -1], [1, 0], [-1, 0]], [0, 0, 0]), ([[-1, 1, -1]], [0]), ([[1]], [0]),
])  # fmt: skip
LEFT, RIGHT = (Fraction(-1), Fraction(3)), (Fraction(3), Fraction(-1))


def counterexample() -> Outcome:
    """0 on the two segments from LEFT over the origin to RIGHT, at tenths; not half way between."""
    steps = [Fraction(i, 10) for i in range(11)]
    path = [(s * x, s * y) for s in steps for x, y in (LEFT, RIGHT)]
    if any(evaluate(CORNER, point)[0] for point in path):
        return undecided("the network is not 0 on the path")
    middle = [(a + b) / 2 for a, b in zip(LEFT, RIGHT, strict=True)]
    found = evaluate(CORNER, middle)[0]
    return unequal("σ(min(x, y)) half way", found, Fraction(0), x=middle[0], y=middle[1])


THEOREM = Theorem(
    name="pieces.polyhedra.false",
    statement="the largest connected sets on which a ReLU network of two inputs is one affine "
    "function are convex",
    source=f"{BENEFITS}: Q: what can deep networks do easily?",
    says="a finite number of polyhedral pieces (P_1, …, P_N), s.t. in each piece f is linear",
    true=False,
    evidence=[InCoq("pieces_polyhedra_false", refutes=True), Instances(counterexample)],
    note="σ(min(x, y)) is 0 exactly where x ≤ 0 or y ≤ 0: an L, connected through 0, which is not "
    "convex. Its subdivision into activation regions is: pieces.polyhedra.",
)
