"""separation.sharp.core — an affine g gains at most ¼ on any interval: its two arms and the cells between."""

from verify.prove.lemmas import mean_swing
from verify.prove.theory import Theory
from verify.theorem import BENEFITS, BySolver, Certified, Outcome, Theorem

SOURCE = f"{BENEFITS}: Shallow g's can't approximate f"


def theory() -> Theory:
    t = Theory("separation.sharp.core", SOURCE)
    t.library("mean")
    t.define("arm(u) = u^2/2 if u <= 1/2 else 1/4 - (1 - u)^2/2")
    t.define("excess(q) = (2 - abs(q))/8 if abs(q) <= 2 else 0")
    swing = mean_swing(t)
    t.theorem(
        "0 <= u <= 1 implies arm(u) - u*mean(y, y + q*u) <= excess(q)", name="separation.sharp.core.arm",
        use=[swing("y", "y + q*u"), "abs(q)", "arm(u)", "excess(q)"],
        squares=["u", "u - 1/2", "1 - u"],
        have=["abs(q) >= 0", "0 <= u <= 1/2 implies u^2 <= 1/4", "0 <= u <= 1 implies u*mean(y, y + q*u) >= u^2*abs(q)/4",
              "0 <= u <= 1/2 implies u^2/2 - u^2*abs(q)/4 <= excess(q)",
              "1/2 <= u <= 1 implies 1/4 - (1 - u)^2/2 - u^2*abs(q)/4 <= excess(q)"],
    )
    t.theorem(
        "1/4 - mean(y, y + q) <= 1/4 - abs(q)/4", name="separation.sharp.core.cell", use=[swing("y", "y + q"), "abs(q)"],
    )
    t.theorem(
        "1/2 - mean(-b, 1 - m - b) - mean(1 - m - b, -2*m - b) <= 0", name="separation.sharp.core.cells",
        use=[swing("-b", "1 - m - b"), swing("1 - m - b", "-2*m - b")],
    )
    t.theorem("0 <= u <= 1 implies arm(u) <= 1/4", name="separation.sharp.core.inside", squares=["u", "1 - u"])
    t.theorem("excess(1 - m) + excess(-1 - m) <= 1/4", name="separation.sharp.core.even")
    t.theorem("2*excess(1 - m) + (1/4 - abs(1 + m)/4) <= 1/4", name="separation.sharp.core.odd")
    t.theorem("2*excess(-1 - m) + (1/4 - abs(1 - m)/4) <= 1/4", name="separation.sharp.core.odd_mirrored")
    return t


def decide() -> Outcome:
    """The mean of |affine|, the two kinds of arm, two whole cells, and both parities of their number, for every slope m."""
    import z3

    from verify.prove.decide import magnitude, relu, unsat

    m, q, u, y, z = z3.Reals("m q u y z")
    quarter = z3.Q(1, 4)

    def excess(q: z3.ArithRef) -> z3.ArithRef:
        return relu(2 - magnitude(q)) / 8

    loss = u * u * magnitude(q) / 4  # of an arm of length u, where |affine| has at least the mean |difference of the ends| / 4
    return unsat(
        mean_opposite=[y * z < 0, 2 * (y * y + z * z) < (y - z) * (y - z)],
        mean_alike=[y * z >= 0, 2 * magnitude(y + z) < magnitude(y - z)],
        short_arm=[u >= 0, 2 * u <= 1, u * u / 2 - loss > excess(q)],
        long_arm=[2 * u >= 1, u <= 1, quarter - (1 - u) * (1 - u) / 2 - loss > excess(q)],
        two_cells=[z3.Q(1, 2) > magnitude(1 - m) / 4 + magnitude(1 + m) / 4],
        even=[excess(1 - m) + excess(-1 - m) > quarter],
        odd=[2 * excess(1 - m) + quarter - magnitude(1 + m) / 4 > quarter],
        odd_mirrored=[2 * excess(-1 - m) + quarter - magnitude(1 - m) / 4 > quarter],
    )


THEOREM = Theorem(
    name="separation.sharp.core",
    statement="for affine g of slope m and the zigzag z of slopes ±1, with d the distance to the nearest integer: ∫ (d − |z − "
    "g|) ≤ ¼ over any interval, by its two arms and n whole cells",
    source=SOURCE,
    evidence=[Certified(theory), BySolver(decide)],
    note="arm(u) is ∫ d over an arm of length u; excess(q) bounds what an arm gains when z − g has slope q there; two whole "
    "cells gain nothing. Even n: both arms with slopes 1 − m and −1 − m; odd n: twice the same, and one cell of the other.",
)
