"""separation.gap.core — tents without a breakpoint cost half their width each: the count behind separation.gap, for ALL k and n."""

from verify.author.lemmas import half_positive, half_power, mean_swing, power_least, teeth
from verify.author.theory import Theory, definition
from verify.theorem import BENEFITS, BySolver, Certified, Outcome, Theorem

SOURCE = f"{BENEFITS}: Shallow g's can't approximate f"


def theory() -> Theory:
    t = Theory("separation.gap.core", SOURCE)
    t.library("D", "pow2", "half", "mean")
    t.free("K", sort="Z")
    t.free("g(x)")
    t.free("kinks(i)", sort="Z", i="Z")
    t.free("cost(i)", i="Z")
    t.define("gap(j) = D(K, j*half(K)) - g(j*half(K))", j="Z")
    t.assume("depth", "K >= 1")
    t.assume("kinks_least", "kinks(i) >= 0", i="Z from 0")
    t.assume("cost_least", "cost(i) >= 0", i="Z from 0")
    t.assume(
        "no_kink",
        "kinks(i) = 0 and i + 1 <= pow2(K - 1) implies 2*g((2*i + 1)*half(K)) = g(2*i*half(K)) + g((2*i + 2)*half(K))"
        " and cost(i) = half(K)*(mean(gap(2*i), gap(2*i + 1)) + mean(gap(2*i + 1), gap(2*i + 2)))",
        i="Z from 0",
    )
    t.recursion("distance(n)", start="0", step="distance(n) + cost(n)")
    t.recursion("count(n)", start="0", step="count(n) + kinks(n)", sort="Z")
    shape, swing, width = teeth(t), mean_swing(t), half_power(t)
    least, positive = power_least(t), half_positive(t)
    double = t.lemma("pow2(K) = 2*pow2(K - 1)", name="double", use=["depth", "pow2(K)"])
    point = t.lemma("pow2(K)*(n*half(K)) = n", name="point", n="Z", use=[width("K"), "depth"])
    inside = t.lemma(
        "n <= pow2(K) implies 0 <= n*half(K) <= 1", name="inside", n="Z from 0", use=[width("K"), positive("K"), "depth"],
    )
    zigzag = t.lemma(
        "i + 1 <= pow2(K - 1) implies D(K, 2*i*half(K)) = 0 and D(K, (2*i + 1)*half(K)) = 1 and D(K, (2*i + 2)*half(K)) = 0",
        name="zigzag", i="Z from 0",
        use=["depth", double, point("2*i"), point("2*i + 1"), point("2*i + 2"), inside("2*i"), inside("2*i + 1"), inside("2*i + 2"),
             shape("K", "i", "2*i*half(K)"), shape("K", "i", "(2*i + 1)*half(K)"), shape("K", "i", "(2*i + 2)*half(K)")],
    )
    tent_cost = t.lemma(
        "kinks(i) = 0 and i + 1 <= pow2(K - 1) implies cost(i) >= half(K)/2", name="tent_cost", i="Z from 0",
        use=["depth", "no_kink(i)", zigzag("i"), "gap(2*i)", "gap(2*i + 1)", "gap(2*i + 2)", positive("K"),
             swing("gap(2*i)", "gap(2*i + 1)"), swing("gap(2*i + 1)", "gap(2*i + 2)")],
        have=["kinks(i) = 0 and i + 1 <= pow2(K - 1) implies mean(gap(2*i), gap(2*i + 1)) + mean(gap(2*i + 1), gap(2*i + 2)) >= 1/2"],
    )
    summed = t.lemma(
        "n <= pow2(K - 1) implies distance(n) >= (n - count(n))*half(K)/2", name="summed", n="Z from 0", induction="n",
        use=["IH", "distance(n + 1)", "count(n + 1)", tent_cost("n"), "kinks_least(n)", "cost_least(n)", positive("K"), "depth"],
        split=["kinks(n)"],
    )
    t.theorem(
        "distance(pow2(K - 1)) >= 1/4*(1 - div(count(pow2(K - 1)), pow2(K - 1)))",
        use=["depth", summed("pow2(K - 1)"), double, least("K - 1"), width("K"), "div(count(pow2(K - 1)), pow2(K - 1))"],
        have=["half(K)*pow2(K - 1) = 1/2", "count(pow2(K - 1))*half(K) = div(count(pow2(K - 1)), pow2(K - 1))/2"],
    )
    witness(t)
    return t


def witness(t: Theory) -> None:
    """K = 1 and g = 0: no kinks, and the cost is the integral."""
    w = t.witness(
        K=definition("K = 1", "Z"), g=definition("g(x) = 0"), kinks=definition("kinks(i) = 0", "Z", i="Z"),
        cost=[
            definition("rise(j) = D(K, j*half(K)) - g(j*half(K))", j="Z"),
            definition("cost(i) = half(K)*(mean(rise(2*i), rise(2*i + 1)) + mean(rise(2*i + 1), rise(2*i + 2)))", i="Z"),
        ],
    )
    w.theorem("K >= 1", name="depth")
    w.theorem("kinks(i) >= 0", name="kinks_least", i="Z from 0")
    change, short = mean_swing(w), half_positive(w)
    w.theorem(
        "cost(i) >= 0", name="cost_least", i="Z from 0",
        use=["K", short("K"), change("rise(2*i)", "rise(2*i + 1)"), change("rise(2*i + 1)", "rise(2*i + 2)"), "cost(i)"],
        have=["mean(rise(2*i), rise(2*i + 1)) + mean(rise(2*i + 1), rise(2*i + 2)) >= 0"],
    )
    w.theorem(
        "kinks(i) = 0 and i + 1 <= pow2(K - 1) implies 2*g((2*i + 1)*half(K)) = g(2*i*half(K)) + g((2*i + 2)*half(K))"
        " and cost(i) = half(K)*(mean(gap(2*i), gap(2*i + 1)) + mean(gap(2*i + 1), gap(2*i + 2)))",
        name="no_kink", i="Z from 0",
        use=["cost(i)", "gap(2*i)", "gap(2*i + 1)", "gap(2*i + 2)", "rise(2*i)", "rise(2*i + 1)", "rise(2*i + 2)"],
        have=["gap(2*i) = rise(2*i)", "gap(2*i + 1) = rise(2*i + 1)", "gap(2*i + 2) = rise(2*i + 2)"],
    )


def decide() -> Outcome:
    """A tent without a breakpoint of g, of slope d, costs w, half its width; the step of the sum over tents."""
    import z3

    from verify.author.decide import magnitude, unsat

    d = z3.Real("d")
    tents, breakpoints, here, total, cost, w = z3.Reals("tents breakpoints here total cost w")
    step = [w > 0, total >= (tents - breakpoints) * w, cost >= 0, total + cost < (tents + 1 - breakpoints - here) * w]
    return unsat(tent=[magnitude(1 + d) + magnitude(1 - d) < 2], without=[*step, here == 0, cost >= w], with_one=[*step, here >= 1])


THEOREM = Theorem(
    name="separation.gap.core",
    statement="for all k ≥ 1: if each of the 2^(k−1) tents of Δ^k without a breakpoint of g in it costs what affine g costs "
    "there, then ∫₀¹ |Δ^k − g| ≥ ¼ (1 − n/2^(k−1)), n the number of breakpoints",
    source=SOURCE,
    evidence=[Certified(theory), BySolver(decide)],
    note="The finite core of separation.gap: cost(i) is the integral over tent i, of width 2·half(k), half(k) = 2^−k; the "
    "integral itself is not in the kernel.",
)
