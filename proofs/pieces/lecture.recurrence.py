"""pieces.lecture.recurrence — P(1) ≤ m_1 + 1 and P(i+1) ≤ 2 m_(i+1) P(i) give P(L) ≤ 2^(L−1) (m_1 + 1) m_2 ⋯ m_L, for ALL L and widths."""

from verify.author.theory import Theory, definition, recursion
from verify.theorem import BENEFITS, BySolver, Certified, Outcome, Theorem

SOURCE = f"{BENEFITS}: Shallow functions have few linear pieces"


def theory() -> Theory:
    t = Theory("pieces.lecture.recurrence", SOURCE)
    t.library("pow2")
    t.free("m(i)", sort="Z", i="Z")
    t.free("P(i)", i="Z")
    t.assume("widths", "m(i) >= 1", i="Z from 1")
    t.assume("first", "P(1) <= m(1) + 1")
    t.assume("layer", "P(i + 1) <= 2*m(i + 1)*P(i)", i="Z from 1")
    t.recursion("product(i)", start="1", step="m(i + 1)*product(i)", sort="Z", i="Z from 1")
    t.theorem(
        "P(L) <= pow2(L - 1)*(m(1) + 1)*product(L)", L="Z from 1", induction="L",
        use=["IH", "layer(L)", "product(L + 1)", "pow2(L)", "widths(L + 1)", "first", "product(1)", "pow2(0)"],
    )
    w = t.witness(m=definition("m(i) = 3", "Z", i="Z"), P=recursion("P(i)", start="4", step="2*m(i + 1)*P(i)", i="Z from 1"))
    w.theorem("m(i) >= 1", name="widths", i="Z from 1")
    w.theorem("P(1) <= m(1) + 1", name="first")
    w.theorem("P(i + 1) <= 2*m(i + 1)*P(i)", name="layer", i="Z from 1", use=["P(i + 1)"])
    return t


def decide() -> Outcome:
    """The step: b is the bound for i layers, p ≤ b the count, q the count for one layer more, of width m."""
    import z3

    from verify.author.decide import unsat

    b, p, q, m = z3.Reals("b p q m")
    return unsat(step=[m >= 1, p <= b, q <= 2 * m * p, q > 2 * m * b])


THEOREM = Theorem(
    name="pieces.lecture.recurrence",
    statement="for all L and widths ≥ 1: P_1 ≤ m_1 + 1 and P_(i+1) ≤ 2 m_(i+1) P_i imply P_L ≤ 2^(L−1) (m_1 + 1) m_2 ⋯ m_L",
    source=SOURCE,
    evidence=[Certified(theory), BySolver(decide)],
    note="The arithmetic of pieces.lecture; that networks satisfy the recurrence is not in the kernel.",
)
