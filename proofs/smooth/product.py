"""smooth.product — a network for the square gives one for the product, with an error at most twice as large."""

from fractions import Fraction
from itertools import product as pairs

from verify.author.cases import on_every
from verify.author.theory import Theory, definition
from verify.exact import evaluate
from verify.network.builders import add, affine, compose, scale, square
from verify.network.network import Network
from verify.theorem import BENEFITS, Certified, Instances, Outcome, Theorem

SOURCE = f"{BENEFITS}: Parting thoughts"


def theory() -> Theory:
    t = Theory("smooth.product", SOURCE)
    t.free("q(x)")
    t.free("e")
    near = t.assume("near", "0 <= x <= 1 implies 0 <= q(x) - x^2 <= e")
    t.define("P(x, y) = 2*q(1/2*x + 1/2*y) - q(x)/2 - q(y)/2")
    t.theorem("x*y = 2*((x + y)/2)^2 - x^2/2 - y^2/2", name="smooth.product.identity")
    t.theorem(
        "0 <= x <= 1 and 0 <= y <= 1 implies -e <= P(x, y) - x*y <= 2*e",
        use=["P(x, y)", near("x"), near("y"), near("1/2*x + 1/2*y")],
    )
    w = t.witness(q=definition("q(x) = x^2"), e=definition("e = 0"))
    w.theorem("0 <= x <= 1 implies 0 <= q(x) - x^2 <= e", name="near", use=["q(x)", "e"])
    return t


def product(m: int) -> Network:
    """(x, y) ↦ 2 f_m((x + y)/2) − f_m(x)/2 − f_m(y)/2, within 2 · 4^−(m+1) of xy on [0, 1]²: depth m, 6m units."""
    half = Fraction(1, 2)
    parts = ((half, half), (1, 0), (0, 1))
    squares = [compose(square(m), affine([weights], [0])) for weights in parts]
    return add(*(scale(it, factor) for it, factor in zip(squares, (Fraction(2), -half, -half), strict=True)))


def near(m: int) -> bool:
    """At all multiples of 2^−(m+2) up to 1: −4^−(m+1) ≤ P − xy ≤ 2 · 4^−(m+1), and depth and units are as said."""
    network, error = product(m), Fraction(1, 4 ** (m + 1))
    grid = [Fraction(i, 2 ** (m + 2)) for i in range(2 ** (m + 2) + 1)]
    errors = [evaluate(network, [x, y])[0] - x * y for x, y in pairs(grid, grid)]
    return network.depth == m and network.units == 6 * m and -error <= min(errors) and max(errors) <= 2 * error


def instances() -> Outcome:
    return on_every("the network on the multiples of 2^−(m+2) in [0, 1]², m = 0..3", ((m,) for m in range(4)), near)


THEOREM = Theorem(
    name="smooth.product",
    statement="if 0 ≤ q(x) − x² ≤ ε on [0, 1], then −ε ≤ 2q((x + y)/2) − q(x)/2 − q(y)/2 − xy ≤ 2ε for all x, y in [0, 1]",
    source=SOURCE,
    evidence=[Certified(theory), Instances(instances)],
    rests_on=["smooth.square"],
    note="For every such q, so for all m. With f_m of smooth.square for q it is a network of depth m with 6m units that gives "
    "the product within 2 · 4^−(m+1); the instances build it. From xy = 2((x + y)/2)² − x²/2 − y²/2.",
)
