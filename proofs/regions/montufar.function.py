"""regions.montufar.function — the same product counts affine maps and pieces, where m > d."""

from functools import reduce
from math import comb, prod

from verify.author.cases import fold, on_every, sizes
from verify.exact.cells import Box, regions
from verify.network.builders import compose, dense
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

CASES = [(1, (2,)), (1, (3, 2)), (1, (2, 3, 4)), (2, (3,)), (2, (2, 3)), (2, (4, 3)), (2, (4, 4))]
CASES += [(2, (5, 4, 3)), (3, (4,)), (3, (6, 4))]


def last(d: int, m: int, least: int) -> Network:
    """m units t^d + Σ t^j x_j, t ≥ `least`, x = B (2 u − 1), of which every second is turned."""
    numbers = [least + m - k for k in range(m)]
    large = (2 * numbers[0]) ** d
    rows, offsets, weights = [], [], []
    for k, t in enumerate(numbers):
        turn, powers = (-1) ** k, [t**j for j in range(d)]
        rows.append([turn * 2 * large * power for power in powers])
        offsets.append(turn * (t**d - large * sum(powers)))
        weights.append(turn * 1000**k)
    return dense([(rows, offsets), ([weights], [0])])


def attained(d: int, widths: tuple[int, ...]) -> bool:
    """The network of the proof takes exactly as many affine maps on the cube."""
    *folds, m = widths
    count = prod((w // d) ** d for w in folds)
    network = reduce(compose, [fold(d, w) for w in reversed(folds)], last(d, m, 2 * count + 1))
    most = count * sum(comb(m, j) for j in range(d + 1))
    return regions(network, Box.cube(0, 1, d)).affine == most


def instances() -> Outcome:
    listed = f"the affine maps of the network of the proof, {sizes(CASES)}"
    return on_every(listed, CASES, attained)


THEOREM = Theorem(
    name="regions.montufar.function",
    statement="for all d and hidden widths m_1, …, m_L, m with m > d some layered ReLU network "
    "equals each of ∏ ⌊m_i / d⌋^d · Σ_{j ≤ d} C(m, j) different affine maps on some box in (0,1)^d; "
    "so (0,1)^d is covered by no fewer sets, of whatever shape, on each of which it is affine",
    source=f"{BENEFITS}: Modern iterations of depth separation",
    says="number of linear regions [Montufar, Pascanu, Cho, Bengio '14]",
    evidence=[InCoq("regions_montufar_function"), Instances(instances)],
    note="Of the last layer every second unit is turned round, so that some unit is active "
    "everywhere: where none is, the network is constant, and that is one map for all cells. For "
    "m = d = 1 this cannot be had: regions.montufar.narrow. For any m: regions.montufar.any.",
)
