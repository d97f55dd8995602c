"""smooth.slide_sobolev — false: that bounded derivatives of order r alone are enough."""

from fractions import Fraction

from verify.author.cases import unequal
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem, undecided

N = 3
M = 64 * (2**N + 1) ** 2


def counterexample() -> Outcome:
    """A piece of length h = 1/8: a line within 1 of M x² at its quarters bends by at most 4."""
    h = Fraction(1, 2**N)
    low, middle, high = (M * (h * i / 4) ** 2 for i in (1, 2, 3))
    bend = low + high - 2 * middle
    if bend != M * h * h / 8 or bend <= 4:
        return undecided("M x² does not bend by more than 4")
    return unequal("M x² bends over a piece by", bend, Fraction(4), nodes=N, M=M, h=h)


THEOREM = Theorem(
    name="smooth.slide_sobolev",
    statement="for r = 3 and d = 1 there is a size, for each ε > 0, that is enough for every f on "
    "[0,1] whose derivative of order r is at most 1 in absolute value",
    source=f"{BENEFITS}: Parting thoughts",
    says="f has all partial derivs of order r coordinate-wise bdd in [−1, +1]",
    true=False,
    evidence=[InCoq("smooth_slide_sobolev_nodes", refutes=True), Instances(counterexample)],
    note="M x² has third derivative 0 for every M, and no network of n nodes, at any depth, is "
    "within 1 of all of them: it has at most 2^n pieces, and M x² bends by M h² / 8 over a piece "
    "of length h. With |f| ≤ 1 it is true: smooth.sobolev.",
)
