"""pieces.product.recurrence — P(0) ≤ 1 and P(i+1) ≤ P(i) + m_(i+1) P(i) give P(L) ≤ ∏ (m_i + 1), never above the lecture's bound."""

from verify.author.lemmas import power_least
from verify.author.theory import Theory, definition, recursion
from verify.theorem import BENEFITS, BySolver, Certified, Outcome, Theorem

SOURCE = f"{BENEFITS}: Shallow functions have few linear pieces"


def theory() -> Theory:
    t = Theory("pieces.product.recurrence", SOURCE)
    t.library("pow2")
    t.free("m(i)", sort="Z", i="Z")
    t.free("P(i)", i="Z")
    t.assume("widths", "m(i) >= 1", i="Z from 1")
    t.assume("first", "P(0) <= 1")
    t.assume("layer", "P(i + 1) <= P(i) + m(i + 1)*P(i)", i="Z from 0")
    t.recursion("lecture(i)", start="1", step="m(i + 1)*lecture(i)", sort="Z", i="Z from 1")
    t.recursion("product(i)", start="1", step="(m(i + 1) + 1)*product(i)", sort="Z", i="Z from 0")
    t.theorem(
        "P(L) <= product(L)", L="Z from 0", induction="L",
        use=["IH", "layer(L)", "product(L + 1)", "widths(L + 1)", "first", "product(0)"],
    )
    least = power_least(t)
    positive = t.lemma(
        "lecture(i) >= 1", name="lecture_least", i="Z from 1", induction="i", use=["IH", "lecture(i + 1)", "widths(i + 1)", "lecture(1)"],
    )
    bound = t.lemma(
        "pow2(L - 1)*(m(1) + 1)*lecture(L) >= 0", name="bound", L="Z from 1",
        use=[least("L - 1"), positive("L"), "widths(1)"], have=["pow2(L - 1)*lecture(L) >= 0"],
    )
    t.theorem(
        "product(L) <= pow2(L - 1)*(m(1) + 1)*lecture(L)", name="pieces.product.recurrence.below_lecture", L="Z from 1", induction="L",
        use=["IH", "product(L + 1)", "lecture(L + 1)", "pow2(L)", "widths(L + 1)", bound("L")],
        base=["product(1)", "product(0)", "lecture(1)", "pow2(0)"],
    )
    w = t.witness(m=definition("m(i) = 3", "Z", i="Z"), P=recursion("P(i)", start="1", step="P(i) + m(i + 1)*P(i)"))
    w.theorem("m(i) >= 1", name="widths", i="Z from 1")
    w.theorem("P(0) <= 1", name="first")
    w.theorem("P(i + 1) <= P(i) + m(i + 1)*P(i)", name="layer", i="Z from 0", use=["P(i + 1)"])
    return t


def decide() -> Outcome:
    """The steps: b is the product for i layers, p ≤ b the count, q that for one layer more, of width m; c ≥ b the lecture's."""
    import z3

    from verify.author.decide import unsat

    b, c, p, q, m = z3.Reals("b c p q m")
    return unsat(
        step=[m >= 1, p <= b, q <= p + m * p, q > (m + 1) * b],
        below_lecture=[m >= 1, b >= 0, b <= c, (m + 1) * b > 2 * m * c],
    )


THEOREM = Theorem(
    name="pieces.product.recurrence",
    statement="for all L and widths ≥ 1: P_0 ≤ 1 and P_(i+1) ≤ P_i + m_(i+1) P_i imply P_L ≤ ∏ (m_i + 1), which for L ≥ 1 is "
    "at most 2^(L−1) (m_1 + 1) m_2 ⋯ m_L",
    source=SOURCE,
    evidence=[Certified(theory), BySolver(decide)],
    note="The arithmetic of pieces.product; that networks satisfy the recurrence is not in the kernel.",
)
