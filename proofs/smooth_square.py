"""smooth.square — f_m(x) = x − Σ_{s≤m} Δ^s(x)/4^s satisfies 0 ≤ f_m(x) − x² ≤ 4^−(m+1) on [0, 1], for ALL m."""

from verify.prove.lemmas import tent_cases
from verify.prove.theory import Theory
from verify.theorem import BENEFITS, Certified, Theorem

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


THEOREM = Theorem(
    name="smooth.square",
    statement="f_m(x) = x − Σ_{s≤m} Δ^s(x)/4^s satisfies 0 ≤ f_m(x) − x² ≤ 4^−(m+1) on [0, 1], for all m",
    source=SOURCE,
    evidence=[Certified(theory)],
    note="From q(x) = x (1 − x) = Δ(x)/4 + q(Δ(x))/4, so that f_m − x² = q(Δ^m)/4^m exactly.",
)
