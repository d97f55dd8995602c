"""regions.serra.function — the bound of Serra, Tjandraatmadja and Ramalingam, for affine maps."""

from math import comb

from verify.author.cases import on_every
from verify.exact.cells import Box, regions
from verify.network.builders import random_network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

SHAPES = [(1, (3, 2)), (1, (2, 2, 2)), (2, (4,)), (2, (3, 3)), (2, (1, 4)), (3, (3, 2))]


def serra(d: int, widths: tuple[int, ...]) -> int:
    if not widths:
        return 1
    m, rest = widths[0], widths[1:]
    return sum(comb(m, j) * serra(min(d, m - j), rest) for j in range(min(d, m) + 1))


def at_most(d: int, widths: tuple[int, ...], seed: int) -> bool:
    """On a cube the network takes no more affine maps."""
    network = random_network(widths, seed, inputs=d)
    return regions(network, Box.cube(-4, 4, d)).affine <= serra(d, widths)


def instances() -> Outcome:
    cases = ((d, widths, seed) for d, widths in SHAPES for seed in range(10))
    return on_every("random networks with 1 to 3 inputs and layers", cases, at_most)


THEOREM = Theorem(
    name="regions.serra.function",
    statement="a layered ReLU network on R^d with hidden widths m_1, …, m_L equals at most S(d; "
    "m_1, …, m_L) different affine maps on boxes, where S(d; ) = 1 and S(d; m, ms) = Σ_{j ≤ d} "
    "C(m, j) S(min(d, m − j); ms)",
    source=f"{BENEFITS}: Modern iterations of depth separation",
    says="bound on number of linear regions for ReLU networks [Montufar, Pascanu, Cho, Bengio "
    "'14]",
    evidence=[InCoq("regions_serra_function"), Instances(instances)],
    note="There are no more affine maps than activation patterns: regions.serra.",
)
