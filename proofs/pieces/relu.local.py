"""pieces.relu.local — σ of an affine function is affine on each side of one point."""

from verify.author.theory import Theory
from verify.theorem import BENEFITS, BySolver, Certified, Outcome, Theorem

SOURCE = f"{BENEFITS}: Shallow functions have few linear pieces"


def theory() -> Theory:
    t = Theory("pieces.relu.local", SOURCE)
    t.library("relu")
    t.define("crossing(a, b) = div(-b, a)")
    between = t.lemma(
        "0 <= t <= 1 implies (p <= 0 and q <= 0 implies (1 - t)*p + t*q <= 0) and (p >= 0 and q >= 0 implies (1 - t)*p + t*q >= 0)",
        name="between",
    )
    mixed = t.lemma(
        "0 <= t <= 1 and (p <= 0 and q <= 0 or p >= 0 and q >= 0) implies relu((1 - t)*p + t*q) = (1 - t)*relu(p) + t*relu(q)",
        name="mixed", use=[between("t", "p", "q"), "relu(p)", "relu(q)", "relu((1 - t)*p + t*q)"],
    )
    left = t.lemma(
        "x <= crossing(a, b) implies (a >= 0 and a*x + b <= 0) or (a <= 0 and a*x + b >= 0) or a = 0",
        name="left", use=["crossing(a, b)", "div(-b, a)"],
    )
    right = t.lemma(
        "x >= crossing(a, b) implies (a >= 0 and a*x + b >= 0) or (a <= 0 and a*x + b <= 0) or a = 0",
        name="right", use=["crossing(a, b)", "div(-b, a)"],
    )
    for name, relation, side in (("left", "<=", left), ("right", ">=", right)):
        same = f"x {relation} crossing(a, b) and y {relation} crossing(a, b) implies "
        t.theorem(
            f"0 <= t <= 1 and {same}relu(a*((1 - t)*x + t*y) + b) = (1 - t)*relu(a*x + b) + t*relu(a*y + b)",
            name=f"pieces.relu.local.{name}", use=[mixed("t", "a*x + b", "a*y + b"), side("x", "a", "b"), side("y", "a", "b")],
            have=["a = 0 implies a*x + b = b and a*y + b = b"],
        )
    return t


def decide() -> Outcome:
    """On one side of the crossing c the pre-activations u, v at two points have no opposite signs; then σ is affine between them."""
    import z3

    from verify.author.decide import relu, unsat

    a, b, c, x, y, t, u, v = z3.Reals("a b c x y t u v")
    between = [t >= 0, t <= 1, relu((1 - t) * u + t * v) != (1 - t) * relu(u) + t * relu(v)]
    crossing = [a * c + b == 0, u == a * (x - c), v == a * (y - c), u * v < 0]
    return unsat(
        left=[*crossing, x <= c, y <= c],
        right=[*crossing, x >= c, y >= c],
        active=[u >= 0, v >= 0, *between],
        inactive=[u <= 0, v <= 0, *between],
    )


THEOREM = Theorem(
    name="pieces.relu.local",
    statement="σ(a x + b) is affine on (−∞, c] and on [c, ∞), with c = −b/a (0 if a = 0): a piece of h gives at most two of "
    "σ∘h",
    source=SOURCE,
    evidence=[Certified(theory), BySolver(decide)],
    note="The step behind the slide's factor 2. The sharp count ⌊3p/2⌋ + 1 is pieces.relu.",
)
