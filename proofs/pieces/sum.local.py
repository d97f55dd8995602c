"""pieces.sum.local — where f and g are affine, so is f + g; a − 1 and b − 1 breakpoints make at most a + b − 1 pieces."""

from verify.author.theory import Theory
from verify.theorem import BENEFITS, BySolver, Certified, Outcome, Theorem

SOURCE = f"{BENEFITS}: Shallow functions have few linear pieces"


def theory() -> Theory:
    t = Theory("pieces.sum.local", SOURCE)
    t.free("f(x)")
    t.free("g(x)")
    t.theorem(
        "f((1 - t)*x + t*y) = (1 - t)*f(x) + t*f(y) and g((1 - t)*x + t*y) = (1 - t)*g(x) + t*g(y)"
        " implies f((1 - t)*x + t*y) + g((1 - t)*x + t*y) = (1 - t)*(f(x) + g(x)) + t*(f(y) + g(y))",
        name="pieces.sum.local.affine",
    )
    t.theorem(
        "p <= a - 1 and q <= b - 1 and r <= p + q implies r + 1 <= a + b - 1 < a + b",
        name="pieces.sum.local.count", a="Z", b="Z", p="Z", q="Z", r="Z",
    )
    return t


def decide() -> Outcome:
    import z3

    from verify.author.decide import unsat

    t, f, g, f0, f1, g0, g1 = z3.Reals("t f g f0 f1 g0 g1")
    a, b, p, q, r = z3.Ints("a b p q r")
    return unsat(
        affine=[f == (1 - t) * f0 + t * f1, g == (1 - t) * g0 + t * g1, f + g != (1 - t) * (f0 + g0) + t * (f1 + g1)],
        count=[p <= a - 1, q <= b - 1, r <= p + q, z3.Or(r + 1 > a + b - 1, a + b - 1 >= a + b)],
    )


THEOREM = Theorem(
    name="pieces.sum.local",
    statement="where f and g are affine, so is f + g; so a − 1 and b − 1 breakpoints leave at most a + b − 1 pieces",
    source=SOURCE,
    says="f + g has at most a + b pieces",
    evidence=[Certified(theory), BySolver(decide)],
)
