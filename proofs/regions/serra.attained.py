"""regions.serra.attained — ∏ (⌊m_i/d⌋ + 1)^d · Σ_{j ≤ d} C(m, j) maps and pieces, m_i ≥ 3d."""

from fractions import Fraction
from functools import reduce
from math import prod

from verify.author.cases import UNIT, all_of, on_every, sizes
from verify.exact import pieces
from verify.exact.cells import Box, regions
from verify.network.builders import affine, compose, concatenate, dense
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

CASES = [(1, (3,)), (1, (5,)), (1, (3, 4)), (1, (3, 3, 3)), (2, (6,)), (2, (9,)), (2, (6, 6))]
CASES += [(3, (9,))]


def bent(p: int) -> Network:
    """p ≥ 3 units for p + 1 lines, which end at 1, 2, 3, 3 + ½, 4 + ½, …, divided by p + ½.

    The units of 2 and 3 look to the left. The line from 3 to 3 + ½ is twice as steep.
    """
    c, half = Fraction(2 * p + 1, 2), Fraction(1, 2)
    rows = [[c], [-c], [-c], *([c] for _ in range(3, p))]
    offsets = [-1, 2, 3, *(-(i + half) for i in range(3, p))]
    turns = [3, *(-2 if i % 2 == 0 else 2 for i in range(4, p))]
    return dense([(rows, offsets), ([[-2, 2, -3, *turns[: p - 3]]], [5])])


def folded(p: int) -> bool:
    """Between 0 and 1, from end to end, p + 1 times."""
    fold = pieces(bent(p), UNIT)
    doubled = [0, 2, 4, 6, *(2 * i + 1 for i in range(3, p + 1))]
    ends = tuple(Fraction(end, 2 * p + 1) for end in doubled)
    return fold.breakpoints == ends and fold.values == tuple(i % 2 for i in range(p + 2))


def on_each(d: int, fold: Network) -> Network:
    """The fold, of each of d coordinates."""
    copies = []
    for k in range(d):
        row = [0] * d
        row[k] = 1
        copies.append(compose(fold, affine([row], [0])))
    return concatenate(*copies)


def attained(d: int, widths: tuple[int, ...]) -> bool:
    """The folds with the output weights 1, t, t², … take exactly as many affine maps."""
    most = prod((w // d + 1) ** d for w in widths)
    output = affine([[(8 * most) ** j for j in range(d)]], [0])
    network = reduce(compose, [on_each(d, bent(w // d)) for w in reversed(widths)], output)
    return regions(network, Box.cube(0, 1, d)).affine == most


def instances() -> Outcome:
    listed = f"the affine maps of the folds of the proof, {sizes(CASES)}"
    return all_of(
        on_every("the fold, p = 3..40", ((p,) for p in range(3, 41)), folded),
        on_every(listed, CASES, attained),
    )


THEOREM = Theorem(
    name="regions.serra.attained",
    statement="for all d and hidden widths m_1, …, m_L ≥ 3d, m > d some layered ReLU network equals "
    "each of ∏ (⌊m_i / d⌋ + 1)^d · Σ_{j ≤ d} C(m, j) different affine maps on some box in (0,1)^d; so "
    "(0,1)^d is covered by no fewer sets, of whatever shape, on each of which it is affine, and there "
    "are as many activation patterns",
    source=f"{BENEFITS}: Modern iterations of depth separation",
    says="bound on number of linear regions for ReLU networks [Montufar, Pascanu, Cho, Bengio "
    "'14]",
    evidence=[
        InCoq("regions_serra_attained"),
        InCoq("regions_serra_attained_patterns"),
        Instances(instances),
    ],
    note="Serra, Tjandraatmadja and Ramalingam (2018), from below. p ≥ 3 units fold a coordinate p "
    "+ 1 times when two of them look to the left and one line is twice as steep. The last layer is "
    "that of regions.montufar.function.",
)
