"""separation.slide_ng — N_g ≤ (2n)^L ≤ 2^(2L²) for ALL L ≥ 1 and widths ≥ 1 with n = Σ m_i ≤ 2^L."""

from math import prod

from verify.author.cases import on_every, shapes
from verify.author.lemmas import power_least, power_sum
from verify.author.theory import Theory, definition
from verify.theorem import BENEFITS, Certified, InCoq, Instances, Outcome, Theorem

SOURCE = f"{BENEFITS}: Shallow g's can't approximate f"


def theory() -> Theory:
    t = Theory("separation.slide_ng", SOURCE)
    t.library("pow2")
    t.free("m(i)", sort="Z", i="Z")
    t.assume("widths", "m(i) >= 1", i="Z from 1")
    t.recursion("units(n)", start="0", step="units(n) + m(n + 1)", sort="Z")
    t.recursion("product(i)", start="1", step="m(i + 1)*product(i)", sort="Z", i="Z from 1")
    t.recursion("power(L, b)", start="1", step="b*power(L, b)")
    least, sums = power_least(t), power_sum(t)
    many = t.lemma("units(n) >= 0", name="units_least", n="Z from 0", induction="n", use=["IH", "units(n + 1)", "widths(n + 1)"])
    one = t.lemma(
        "i <= n implies units(n) >= m(i)", name="one_width", n="Z from 1", i="Z from 1", induction="n",
        use=["IH(i)", "units(n + 1)", many("n"), "widths(n + 1)"], base=["units(1)", "units(0)"], split=["i - n", "i - 1"],
    )
    t.lemma("product(i) >= 1", name="product_least", i="Z from 1", induction="i", use=["IH", "product(i + 1)", "widths(i + 1)"])
    grows = t.lemma("b >= 1 implies power(L, b) >= 1", name="grows", L="Z from 0", induction="L", use=["IH(b)", "power(L + 1, b)"])
    count = t.lemma(
        "i <= L and units(L) = n implies pow2(i - 1)*(m(1) + 1)*product(i) <= power(i, 2*n)", name="count",
        i="Z from 1", L="Z from 1", induction="i",
        use=["IH(L, n)", "product(i + 1)", "product(1)", "product_least(i)", "pow2(0)", "pow2(i)", one("L", "i + 1"), one("L", "1"),
             "widths(i + 1)", "widths(1)", "power(i + 1, 2*n)", "power(1, 2*n)", "power(0, 2*n)", grows("i", "2*n")],
    )
    t.theorem(
        "units(L) = n implies pow2(L - 1)*(m(1) + 1)*product(L) <= power(L, 2*n)", name="separation.slide_ng.count", L="Z from 1", n="R",
        use=[count("L", "L", "n")],
    )
    bounded = t.lemma(
        "0 <= b <= c implies 0 <= power(L, b) <= power(L, c)", name="bounded", L="Z from 0", induction="L",
        use=["IH(b, c)", "power(L + 1, b)", "power(L + 1, c)"],
    )
    exact = t.lemma(
        "power(L, pow2(a)) = pow2(a*L)", name="exact", L="Z from 0", a="Z from 0", induction="L",
        use=["IH(a)", "power(L + 1, pow2(a))", sums("a*L", "a"), "pow2(0)"], have=["a*L >= 0"],
    )
    monotone = t.lemma("pow2(a) <= pow2(a + b)", name="monotone", a="Z from 0", b="Z from 0", use=[sums("a", "b"), least("a"), least("b")])
    t.theorem(
        "1 <= n <= pow2(L) implies power(L, 2*n) <= pow2(2*L^2)", name="separation.slide_ng.bound", L="Z from 1", n="R",
        use=[bounded("L", "2*n", "pow2(L + 1)"), "pow2(L + 1)", exact("L", "L + 1"), monotone("(L + 1)*L", "L^2 - L")],
        have=["L^2 >= L"],
    )
    w = t.witness(m=definition("m(i) = 1", "Z", i="Z"))
    w.theorem("m(i) >= 1", name="widths", i="Z from 1")
    return t


def steps(*widths: int) -> bool:
    depth, n = len(widths), sum(widths)
    lecture = 2 ** (depth - 1) * (widths[0] + 1) * prod(widths[1:])
    return lecture <= (2 * n) ** depth <= 2 ** (2 * depth**2)


def instances() -> Outcome:
    all_widths = (w for depth in (1, 2, 3) for w in shapes(depth, 2**depth) if len(w) == depth and sum(w) <= 2**depth)
    return on_every("all widths with Σ m_i ≤ 2^L, L = 1..3", all_widths, steps)


THEOREM = Theorem(
    name="separation.slide_ng",
    statement="for all L ≥ 1, widths ≥ 1 with n = Σ m_i ≤ 2^L: 2^(L−1) (m_1 + 1) m_2 ⋯ m_L ≤ (2n)^L ≤ 2^(2L²)",
    source=SOURCE,
    says="N_g ≤ (2n)^L ≤ 2^(2L²)",
    evidence=[Certified(theory), InCoq("separation_slide_ng"), Instances(instances)],
    note="The first step fails at n = 0, where N_g = 1.",
)
