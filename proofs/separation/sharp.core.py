"""separation.sharp.core — an affine g gains at most ¼ on any interval: its two arms and the cells between."""

from verify.author.lemmas import mean_swing, power_least
from verify.author.theory import Theory, definition
from verify.theorem import BENEFITS, BySolver, Certified, Outcome, Theorem

SOURCE = f"{BENEFITS}: Shallow g's can't approximate f"


def theory() -> Theory:
    t = Theory("separation.sharp.core", SOURCE)
    t.library("mean", "pow2")
    t.define("arm(u) = u^2/2 if u <= 1/2 else 1/4 - (1 - u)^2/2")
    t.define("excess(q) = (2 - abs(q))/8 if abs(q) <= 2 else 0")
    t.define("zigzag(j) = j - 2*floor(j/2)", sort="Z", j="Z")
    t.define("above(j, m, b) = zigzag(j) - (m*j + b)", j="Z")
    t.recursion("cells(n, m, b)", start="0", step="cells(n, m, b) + 1/4 - mean(above(n, m, b), above(n + 1, m, b))")
    t.free("gain(i)", i="Z")
    t.assume("piece", "gain(i) <= 1/4", i="Z from 0")
    t.recursion("total(p)", start="0", step="total(p) + gain(p)")
    swing = mean_swing(t)
    arm = t.theorem(
        "0 <= u <= 1 implies arm(u) - u*mean(y, y + q*u) <= excess(q)", name="separation.sharp.core.arm",
        use=[swing("y", "y + q*u"), "abs(q)", "arm(u)", "excess(q)"],
        squares=["u", "u - 1/2", "1 - u"],
        have=["abs(q) >= 0", "0 <= u <= 1/2 implies u^2 <= 1/4", "0 <= u <= 1 implies u*mean(y, y + q*u) >= u^2*abs(q)/4",
              "0 <= u <= 1/2 implies u^2/2 - u^2*abs(q)/4 <= excess(q)",
              "1/2 <= u <= 1 implies 1/4 - (1 - u)^2/2 - u^2*abs(q)/4 <= excess(q)"],
    )
    cell = t.theorem(
        "1/4 - mean(y, y + q) <= 1/4 - abs(q)/4", name="separation.sharp.core.cell", use=[swing("y", "y + q"), "abs(q)"],
    )
    t.theorem("0 <= u <= 1 implies arm(u) <= 1/4", name="separation.sharp.core.inside", squares=["u", "1 - u"])
    even = t.theorem("excess(1 + m) + excess(1 - m) <= 1/4", name="separation.sharp.core.even")
    odd = t.theorem("2*excess(1 + m) + (1/4 - abs(1 - m)/4) <= 1/4", name="separation.sharp.core.odd")
    mirrored = t.lemma("excess(-q) = excess(q)", name="mirrored")
    tips = t.lemma("zigzag(2*i) = 0 and zigzag(2*i + 1) = 1", name="tips", i="Z")
    ends = t.lemma(
        "above(2*i + 1, m, b) = above(2*i, m, b) + (1 - m) and above(2*i + 2, m, b) = above(2*i + 1, m, b) - (1 + m)",
        name="ends", i="Z", use=[tips("i"), tips("i + 1")],
    )
    pairs = t.theorem(
        "cells(2*i, m, b) <= 0", name="separation.sharp.core.cells", i="Z from 0", induction="i",
        use=["IH(m, b)", "cells(2*i + 1, m, b)", "cells(2*i + 2, m, b)", ends("i", "m", "b"), "cells(0, m, b)",
             swing("above(2*i, m, b)", "above(2*i + 1, m, b)"), swing("above(2*i + 1, m, b)", "above(2*i + 2, m, b)")],
    )
    t.theorem(
        "0 <= u <= 1 and 0 <= v <= 1 implies arm(u) - u*mean(-b, -b + (1 + m)*u) + cells(2*i, m, b)"
        " + arm(v) - v*mean(above(2*i, m, b), above(2*i, m, b) + (1 - m)*v) <= 1/4",
        name="separation.sharp.core.interval_even", i="Z from 0",
        use=[arm("u", "-b", "1 + m"), arm("v", "above(2*i, m, b)", "1 - m"), pairs("i", "m", "b"), even("m")],
    )
    t.theorem(
        "0 <= u <= 1 and 0 <= v <= 1 implies arm(u) - u*mean(-b, -b + (1 + m)*u) + cells(2*i + 1, m, b)"
        " + arm(v) - v*mean(above(2*i + 1, m, b), above(2*i + 1, m, b) - (1 + m)*v) <= 1/4",
        name="separation.sharp.core.interval_odd", i="Z from 0",
        use=[arm("u", "-b", "1 + m"), arm("v", "above(2*i + 1, m, b)", "-(1 + m)"), pairs("i", "m", "b"), odd("m"), mirrored("1 + m"),
             "cells(2*i + 1, m, b)", ends("i", "m", "b"), cell("above(2*i, m, b)", "1 - m")],
        have=["mean(above(2*i, m, b), above(2*i + 1, m, b)) = mean(above(2*i, m, b), above(2*i, m, b) + (1 - m))"],
    )
    pieces(t)
    return t


def pieces(t: Theory) -> None:
    """p pieces of gain at most 1/4; the witness has them all gain 1/4."""
    summed = t.lemma("total(p) <= p/4", name="summed", p="Z from 0", induction="p", use=["IH", "total(p + 1)", "piece(p)"])
    least = power_least(t)
    t.theorem(
        "div(pow2(k)/4 - total(p), pow2(k)) >= 1/4*(1 - div(p, pow2(k)))", name="separation.sharp.core.sum",
        k="Z from 0", p="Z from 0", use=[summed("p"), least("k"), "div(pow2(k)/4 - total(p), pow2(k))", "div(p, pow2(k))"],
    )
    w = t.witness(gain=definition("gain(i) = 1/4", i="Z"))
    w.theorem("gain(i) <= 1/4", name="piece", i="Z from 0")


def decide() -> Outcome:
    """The mean of |affine|, the two kinds of arm, two whole cells, and both parities of their number, for every slope m."""
    import z3

    from verify.author.decide import magnitude, relu, unsat

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
    statement="for all slopes m: affine g and the zigzag z of slopes ±1, with d the distance to the nearest integer, have "
    "∫ (d − |z − g|) ≤ ¼ over any interval, of two arms and n whole cells, for all n; hence ¼ (1 − p/2^k) from p pieces",
    source=SOURCE,
    evidence=[Certified(theory), BySolver(decide)],
    note="arm(u) is ∫ d over an arm of length u; excess(q) bounds what an arm gains where z − g has slope q; two whole cells gain "
    "nothing. In the intervals, the whole cells begin where z rises from 0 (else mirror z and g at ½), b is g there, above(j, m, b) is "
    "z − g after j cells. Even n: arms with slopes 1 + m and 1 − m; odd n: twice 1 + m, and one cell. The sum, over pieces i of gain "
    "at most ¼: scaled by 2^k, ∫ d over all cells is 2^k/4.",
)
