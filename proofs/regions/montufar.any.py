"""regions.montufar.any — for a last layer of any width: ∏ ⌊m_i/d⌋^d · (Σ − 1) + 1 maps and pieces."""

from math import comb, prod

from verify.author.cases import on_every, sizes
from verify.exact.cells import Box, regions
from verify.network.builders import folding
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

CASES = [(1, (3, 4)), (1, (2, 3, 1)), (2, (4, 4)), (2, (5, 4, 3)), (2, (4, 2))]
CASES += [(2, (5, 5, 2)), (3, (7, 3))]


def attained(d: int, widths: tuple[int, ...]) -> bool:
    """`folding` takes exactly as many affine maps on the cube, where m ≥ d."""
    *folds, m = widths
    patterns = sum(comb(m, j) for j in range(d + 1))
    most = prod((w // d) ** d for w in folds) * (patterns - 1) + 1
    return regions(folding(d, widths), Box.cube(0, 1, d)).affine == most


def instances() -> Outcome:
    listed = f"the affine maps of folding:D:WIDTHS, {sizes(CASES)}"
    return on_every(listed, CASES, attained)


THEOREM = Theorem(
    name="regions.montufar.any",
    statement="for all d ≥ 1 and hidden widths m_1, …, m_L ≥ d, m some layered ReLU network equals "
    "each of ∏ ⌊m_i / d⌋^d · (Σ_{j ≤ d} C(m, j) − 1) + 1 different affine maps on some box in (0,1)^d; "
    "so (0,1)^d is covered by no fewer sets, of whatever shape, on each of which it is affine",
    source=f"{BENEFITS}: Modern iterations of depth separation",
    says="number of linear regions [Montufar, Pascanu, Cho, Bengio '14]",
    evidence=[InCoq("regions_montufar_any"), Instances(instances)],
    note="Where no unit of the last layer is active the network is constant: one map for all cells. "
    "If m > d some unit can be active everywhere, and there is one for each cell: "
    "regions.montufar.function.",
)
