"""regions.montufar.folds — ∏ ⌊m_i/d⌋^d affine maps and pieces, for all widths."""

from functools import reduce
from math import prod

from verify.author.cases import fold, on_every, sizes
from verify.exact.cells import Box, regions
from verify.network.builders import affine, compose
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

CASES = [(1, (1,)), (1, (5,)), (1, (2, 3, 4)), (2, (2,)), (2, (4,)), (2, (5, 7)), (2, (4, 4, 4))]
CASES += [(3, (6,)), (3, (7, 6)), (4, (8,))]


def attained(d: int, widths: tuple[int, ...]) -> bool:
    """The folds with the output weights 1, t, t², … take exactly as many affine maps on the cube."""
    most = prod((w // d) ** d for w in widths)
    output = affine([[(2 * most + 1) ** j for j in range(d)]], [0])
    network = reduce(compose, [fold(d, w) for w in reversed(widths)], output)
    return regions(network, Box.cube(0, 1, d)).affine == most


def instances() -> Outcome:
    listed = f"the affine maps of the network of the proof, {sizes(CASES)}"
    return on_every(listed, CASES, attained)


THEOREM = Theorem(
    name="regions.montufar.folds",
    statement="for all d and hidden widths m_1, …, m_L some layered ReLU network equals each of "
    "∏ ⌊m_i / d⌋^d different affine maps on some box in (0,1)^d; so (0,1)^d is covered by no fewer "
    "sets, of whatever shape, on each of which it is affine",
    source=f"{BENEFITS}: Q: what can deep networks do easily?",
    says="Deeper networks can make a larger number of pieces",
    evidence=[InCoq("regions_montufar_folds"), Instances(instances)],
    note="All layers fold. With a last layer that does not: regions.montufar.function. With one "
    "line more for each coordinate: regions.serra.attained.",
)
