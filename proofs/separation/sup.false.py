"""separation.sup.false — false: that a g with p < 2^k affine pieces has |Δ^k − g| ≥ ½ somewhere, even if it jumps."""

from fractions import Fraction

from verify.author.cases import teeth
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem, refuted, undecided

K = 2
THIRD = Fraction(1, 3)
PIECES = [(Fraction(0), Fraction(2), Fraction(1, 4)), (THIRD, Fraction(0), THIRD), (2 * THIRD, Fraction(-2), Fraction(9, 4))]
CLAIMED = Fraction(1, 2)


def counterexample() -> Outcome:
    """The greatest |Δ² − g| for the lines slope·x + value from 0, ⅓ and ⅔ on, at their ends and at the vertices of Δ²."""
    f = teeth(K)
    errors = []
    for start, slope, value in PIECES:
        inside = [x for x in f.breakpoints if start < x < start + THIRD]
        errors += [abs(f(x) - slope * x - value) for x in (start, start + THIRD, *inside)]
    if max(errors) >= CLAIMED:
        return undecided("|Δ² − g| reaches what is claimed")
    return refuted(f"|Δ² − g| ≤ {max(errors)} on [0, 1]", k=K, p=len(PIECES), found=max(errors), claimed=CLAIMED)


THEOREM = Theorem(
    name="separation.sup.false",
    statement="for every g with p < 2^k affine pieces on [0, 1], continuous or not, there is x in [0, 1] with |Δ^k(x) − g(x)| ≥ ½",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    true=False,
    evidence=[InCoq("separation_sup_jumps", refutes=True), Instances(counterexample)],
    note="Three pieces of length ⅓ come within ⅓ of Δ². For continuous g it is true, separation.sup; with ¼ for all g, "
    "separation.sup.jumps.",
)
