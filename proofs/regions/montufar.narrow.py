"""regions.montufar.narrow — where the last layer has one unit, affine maps do not attain it."""

from fractions import Fraction

from verify.author.cases import all_of, on_every
from verify.exact.cells import Box, regions
from verify.network.builders import dense, random_network
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def maps(network: Network) -> int:
    return regions(network, Box.cube(0, 1, 1)).affine


def at_most(w: int, seed: int) -> bool:
    """A network of widths w and 1 takes no more than w + 2 affine maps."""
    return maps(random_network([w, 1], seed)) <= w + 2


def attained(w: int) -> bool:
    """σ(h) takes w + 2, where h has w kinks; each of its w + 1 lines is positive somewhere."""
    kinks = [Fraction(4 * i - 1, 4 * w) for i in range(1, w + 1)]
    first = ([[-1], *([1] for _ in kinks[1:])], [kinks[0], *(-kink for kink in kinks[1:])])
    second = ([[-1, *(1 for _ in kinks[1:])]], [Fraction(1, 4 * w)])
    return maps(dense([first, second, ([[1]], [0])])) == w + 2


def instances() -> Outcome:
    cases = ((w, seed) for w in range(3, 9) for seed in range(30))
    return all_of(
        on_every("random networks of widths w = 3..8 and 1: at most w + 2", cases, at_most),
        on_every("one has w + 2, w = 3..20", ((w,) for w in range(3, 21)), attained),
    )


THEOREM = Theorem(
    name="regions.montufar.narrow",
    statement="for w > 2 no layered ReLU network on R with hidden widths w and 1 takes as many as "
    "2w different affine maps on boxes in (0,1)",
    source=f"{BENEFITS}: Modern iterations of depth separation",
    says="number of linear regions [Montufar, Pascanu, Cho, Bengio '14]",
    evidence=[InCoq("regions_montufar_narrow"), Instances(instances)],
    note="Some have 2w activation patterns: regions.montufar. But where the last unit is not active "
    "the network is constant, which is one map, and where it is active there are at most w + 1. So "
    "regions.montufar.function needs m > d.",
)
