"""Lemmas that several theorems share.

Each is stated in the theory that wants it and proved there again, so that nothing is taken on trust.
"""

from .theory import Lemma, Script


def tent_cases(t: Script) -> Lemma:
    """The two halves of the tent."""
    return t.lemma(
        "(x <= 0 or x > 1 or x <= 1/2 and tent(x) = 2*x or x >= 1/2 and tent(x) = 2 - 2*x)"
        " and (x = 0 implies tent(x) = 0)",
        name="tent_cases",
    )


def power_least(t: Script) -> Lemma:
    """2^n >= 1."""
    return t.lemma("pow2(n) >= 1", name="power_least", n="Z from 0", induction="n", use=["IH", "pow2(n + 1)"])


def power_sum(t: Script) -> Lemma:
    """2^(a + b) = 2^a * 2^b."""
    return t.lemma(
        "pow2(a + b) = pow2(a)*pow2(b)", name="power_sum", a="Z from 0", b="Z from 0", induction="b",
        use=["IH(a)", "pow2(b + 1)", "pow2(a + b + 1)"],
    )


def half_power(t: Script) -> Lemma:
    """(1/2)^k * 2^k = 1."""
    return t.lemma(
        "half(k)*pow2(k) = 1", name="half_power", k="Z from 0", induction="k", use=["IH", "half(k + 1)", "pow2(k + 1)"],
    )


def half_positive(t: Script) -> Lemma:
    """(1/2)^k > 0."""
    return t.lemma("half(k) > 0", name="half_positive", k="Z from 0", induction="k", use=["IH", "half(k + 1)"])


def teeth(t: Script) -> Lemma:
    """The pieces of D(k, .), the k-fold tent.

    On [0, 1] between the multiples of 2^-k its slopes are 2^k and -2^k in turn.

    The step: y = 2^k x lies in [i/2, (i + 1)/2], where D(k, x) is y - 2*j or 2*j + 2 - y with j = floor(i/2).
    """
    cases = tent_cases(t)
    parity = t.lemma("i = 2*floor(i/2) or i = 2*floor(i/2) + 1", name="parity", i="Z")
    return t.lemma(
        "0 <= x <= 1 implies (2*i <= pow2(k)*x <= 2*i + 1 implies D(k, x) = pow2(k)*x - 2*i)"
        " and (2*i + 1 <= pow2(k)*x <= 2*i + 2 implies D(k, x) = 2*i + 2 - pow2(k)*x)",
        name="teeth", k="Z from 0", i="Z", induction="k",
        use=["IH(floor(i/2), x)", parity("i"), "D(k + 1, x)", "pow2(k + 1)", cases("D(k, x)")],
    )


def mean_swing(t: Script) -> Lemma:
    """The mean of |affine| is at least a quarter of the change: the function less its mean, times the sign of that."""
    return t.lemma("mean(y, z) >= (y - z)/4 and mean(y, z) >= (z - y)/4", name="mean_swing", squares=["y + z", "y - z"])
