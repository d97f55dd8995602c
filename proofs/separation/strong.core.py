"""separation.strong.core — ∏ (m_i + 1) ≤ 2^(L²) for L ≥ 2 and Σ m_i ≤ 2^L; hence the constant ¼ (1 − 2^−j) at depth L² + j."""

from verify.author.cases import most_pieces, on_every
from verify.author.lemmas import half_power, power_least, power_sum
from verify.author.theory import Theory, definition
from verify.theorem import BENEFITS, Certified, Instances, Outcome, Theorem

SOURCE = f"{BENEFITS}: Shallow g's can't approximate f"


def theory() -> Theory:
    t = Theory("separation.strong.core", SOURCE)
    t.library("pow2", "half")
    t.free("m(i)", sort="Z", i="Z")
    t.assume("widths", "m(i) >= 1", i="Z from 1")
    t.recursion("units(n)", start="0", step="units(n) + m(n + 1)", sort="Z")
    t.recursion("product(i)", start="1", step="(m(i + 1) + 1)*product(i)", sort="Z")
    least, power, width = power_least(t), power_sum(t), half_power(t)
    many = t.lemma("units(n) >= n", name="units_least", n="Z from 0", induction="n", use=["IH", "units(n + 1)", "widths(n + 1)"])
    one = t.lemma(
        "i <= n implies units(n) >= m(i) + n - 1", name="one_width", n="Z from 1", i="Z from 1", induction="n",
        use=["IH(i)", "units(n + 1)", many("n"), "widths(n + 1)"], base=["units(1)", "units(0)"], split=["i - n", "i - 1"],
    )
    positive = t.lemma("product(i) >= 1", name="product_least", i="Z from 0", induction="i", use=["IH", "product(i + 1)", "widths(i + 1)"])
    partial = t.lemma(
        "i <= L and units(L) <= pow2(L) implies product(i) <= pow2(L*i)", name="partial", i="Z from 0", L="Z from 2", induction="i",
        use=["IH(L)", "product(i + 1)", one("L", "i + 1"), power("L*i", "L"), positive("i"), least("L"), "pow2(0)", "product(0)"],
        have=["L*i >= 0"],
    )
    whole = t.theorem(
        "units(L) <= pow2(L) implies product(L) <= pow2(L*L)", name="separation.strong.core.product", L="Z from 2", use=[partial("L", "L")],
    )
    t.theorem(
        "units(L) <= pow2(L) and p <= product(L) implies 1/4*(1 - div(p, pow2(L*L + j))) >= 1/4*(1 - half(j))",
        name="separation.strong.core.bound", L="Z from 2", j="Z from 0", p="R",
        use=[whole("L"), power("L*L", "j"), width("j"), least("L*L"), least("j"), "div(p, pow2(L*L + j))"],
        have=["L*L >= 0", "pow2(L*L + j) = pow2(L*L)*pow2(j)",
              "units(L) <= pow2(L) and p <= product(L) implies p <= pow2(L*L)",
              "pow2(L*L)*pow2(j) >= 1", "pow2(L*L)*pow2(j)*half(j) = pow2(L*L)"],
    )
    t.theorem(
        "1/4*(1 - div(3, pow2(3))) = 5/32", name="separation.strong.core.first",
        use=["pow2(3)", "pow2(2)", "pow2(1)", "pow2(0)", "div(3, pow2(3))"],
    )
    w = t.witness(m=definition("m(i) = 1", "Z", i="Z"))
    w.theorem("m(i) >= 1", name="widths", i="Z from 1")
    return t


def instances() -> Outcome:
    cases = ((depth,) for depth in range(2, 21))
    return on_every("the largest ∏ (m_i + 1), L = 2..20", cases, lambda depth: most_pieces(depth, 2**depth) <= 2 ** (depth * depth))


THEOREM = Theorem(
    name="separation.strong.core",
    statement="for all L ≥ 2 and widths ≥ 1 with Σ m_i ≤ 2^L: ∏ (m_i + 1) ≤ 2^(L²); so p ≤ ∏ (m_i + 1) gives ¼ (1 − "
    "p/2^(L²+j)) ≥ ¼ (1 − 2^−j) for all j ≥ 0; and L = 1 (p ≤ 3, k = 3) gives 5/32",
    source=SOURCE,
    evidence=[Certified(theory), Instances(instances)],
    note="With separation.sharp this is separation.strong. Each width is at most 2^L − (L − 1), so m_i + 1 ≤ 2^L for L ≥ 2.",
)
