"""smooth.square — f_m(x) = x − Σ_{s≤m} Δ^s(x)/4^s satisfies 0 ≤ f_m(x) − x² ≤ 4^−(m+1) on [0, 1], for ALL m."""

from fractions import Fraction

from verify.author.cases import UNIT, on_every
from verify.author.lemmas import tent_cases
from verify.author.theory import Theory
from verify.exact import pieces
from verify.network.builders import square
from verify.theorem import BENEFITS, BySolver, Certified, InCoq, Instances, Outcome, Theorem

SOURCE = f"{BENEFITS}: Parting thoughts"


def theory() -> Theory:
    t = Theory("smooth.square", SOURCE)
    t.library("D", "quarter")
    t.recursion("sum(m, x)", start="0", step="sum(m, x) + quarter(m + 1)*D(m + 1, x)")
    cases = tent_cases(t)
    inside = t.lemma(
        "0 <= x <= 1 implies 0 <= D(k, x) <= 1", name="inside", k="Z from 0", induction="k",
        use=["IH(x)", "D(k + 1, x)", cases("D(k, x)"), "D(0, x)"],
    )
    step = t.lemma(
        "0 <= x <= 1 implies x*(1 - x) = tent(x)/4 + tent(x)*(1 - tent(x))/4", name="step", use=[cases("x")],
    )
    positive = t.lemma("quarter(m) > 0", name="quarter_positive", m="Z from 0", induction="m", use=["IH", "quarter(m + 1)"])
    exact = t.theorem(
        "0 <= x <= 1 implies x - sum(m, x) - x^2 = quarter(m)*D(m, x)*(1 - D(m, x))", name="smooth.square.exact",
        m="Z from 0", induction="m",
        use=["IH(x)", "sum(m + 1, x)", "quarter(m + 1)", "D(m + 1, x)", inside("m", "x"), step("D(m, x)"),
             "D(0, x)", "sum(0, x)", "quarter(0)"],
    )
    most = t.lemma("c > 0 and 0 <= y <= 1 implies 0 <= c*y*(1 - y) <= c/4", name="most", squares=["y - 1/2"], degree=3)
    t.theorem(
        "0 <= x <= 1 implies 0 <= x - sum(m, x) - x^2 <= quarter(m + 1)", m="Z from 0",
        use=[exact("m", "x"), inside("m", "x"), positive("m"), most("quarter(m)", "D(m, x)"), "quarter(m + 1)"],
    )
    return t


def decide() -> Outcome:
    """q(x) = x (1 − x) satisfies q(x) = Δ(x)/4 + q(Δ(x))/4, and 0 ≤ q ≤ ¼, on [0, 1]."""
    import z3

    from verify.author.decide import unsat

    x, y = z3.Reals("x y")
    return unsat(
        left=[x >= 0, 2 * x <= 1, y == 2 * x, x * (1 - x) != y / 4 + y * (1 - y) / 4],
        right=[2 * x > 1, x <= 1, y == 2 - 2 * x, x * (1 - x) != y / 4 + y * (1 - y) / 4],
        range=[x >= 0, x <= 1, z3.Or(x * (1 - x) < 0, x * (1 - x) > z3.Q(1, 4))],
    )


def interpolates(m: int) -> bool:
    """f_m is x² at the multiples of 2^−m and affine between them, so f_m − x² ≥ 0 is largest, 4^−(m+1), in the middles."""
    f = pieces(square(m), UNIT)
    middles = [Fraction(2 * i + 1, 2 ** (m + 1)) for i in range(2**m)]
    return (
        f.breakpoints == tuple(Fraction(i, 2**m) for i in range(2**m + 1))
        and all(value == x * x for x, value in zip(f.breakpoints, f.values, strict=True))
        and all(f(x) - x * x == Fraction(1, 4 ** (m + 1)) for x in middles)
    )


def instances() -> Outcome:
    return on_every("m = 0..8, exactly on all of [0, 1]", ((m,) for m in range(9)), interpolates)


THEOREM = Theorem(
    name="smooth.square",
    statement="f_m(x) = x − Σ_{s≤m} Δ^s(x)/4^s satisfies 0 ≤ f_m(x) − x² ≤ 4^−(m+1) on [0, 1], for all m",
    source=SOURCE,
    evidence=[Certified(theory), InCoq("smooth_square"), BySolver(decide), Instances(instances)],
    note="From q(x) = x (1 − x) = Δ(x)/4 + q(Δ(x))/4, so that f_m − x² = q(Δ^m)/4^m exactly.",
)
