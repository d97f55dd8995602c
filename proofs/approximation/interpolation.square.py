"""approximation.interpolation.square — the chord of x² over [a, b] lies (x − a)(b − x) above it: at most (b − a)²/4."""

from fractions import Fraction

from verify.author.cases import on_every
from verify.author.theory import Theory
from verify.exact import evaluate
from verify.network.builders import interpolating
from verify.theorem import BENEFITS, Certified, Instances, Outcome, Theorem

SOURCE = f"{BENEFITS}: Recap"


def theory() -> Theory:
    t = Theory("approximation.interpolation.square", SOURCE)
    t.define("chord(a, b, x) = a^2 + (a + b)*(x - a)")
    t.theorem("chord(a, b, a) = a^2 and chord(a, b, b) = b^2", name="approximation.interpolation.square.ends")
    t.theorem("chord(a, b, x) - x^2 = (x - a)*(b - x)", name="approximation.interpolation.square.error")
    t.theorem(
        "a <= x <= b implies 0 <= chord(a, b, x) - x^2 <= (b - a)^2/4", name="approximation.interpolation.square.bound",
        squares=["2*x - a - b"],
    )
    t.theorem(
        "2*x = a + b implies chord(a, b, x) - x^2 = (b - a)^2/4", name="approximation.interpolation.square.attained",
    )
    return t


def attains(units: int) -> bool:
    """The interpolant at multiples of 1/n: the error n points apart from the multiples is exactly 1/(4 n²), and 0 at them."""
    points = [Fraction(i, units) for i in range(units + 1)]
    network = interpolating(points, [x * x for x in points])
    middles = [Fraction(2 * i + 1, 2 * units) for i in range(units)]
    return all(evaluate(network, [x])[0] - x * x == Fraction(1, 4 * units**2) for x in middles) and all(
        evaluate(network, [x])[0] == x * x for x in points
    )


def instances() -> Outcome:
    return on_every("through (i/n, (i/n)²): an error of exactly 1/(4n²) in every middle, n = 1..16", ((n,) for n in range(1, 17)), attains)


THEOREM = Theorem(
    name="approximation.interpolation.square",
    statement="for all a ≤ x ≤ b the chord of x² over [a, b] is above x² by (x − a)(b − x) ≤ (b − a)²/4, with equality in the middle",
    source=SOURCE,
    evidence=[Certified(theory), Instances(instances)],
    rests_on=["approximation.interpolation"],
    note="So the network of approximation.interpolation with n units at equal distances gives x² on [0, 1] within exactly "
    "1/(4n²): one hidden layer needs about 1/(2√ε) units; smooth.square, with depth, about log₂(1/ε).",
)
