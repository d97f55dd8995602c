"""separation.size — one hidden layer represents Δ^k on [0, 1] with 2^k units, not fewer; with an input-output edge, 2^k − 1."""

from fractions import Fraction
from itertools import count, pairwise, product

from verify.author.cases import UNIT, all_of, most_pieces, on_every, teeth
from verify.exact import pieces
from verify.network.builders import interpolating, skip
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def shallow(k: int) -> Network:
    """Through Δ^k at the multiples of 2^−k."""
    return interpolating([Fraction(i, 2**k) for i in range(2**k + 1)], [i % 2 for i in range(2**k + 1)])


def with_edge(k: int) -> Network:
    """2^k x + Σ ∓2^(k+1) σ(x − i/2^k), i = 1, …, 2^k − 1."""
    kinks = [Fraction(i, 2**k) for i in range(1, 2**k)]
    jumps = [(-1) ** i * 2 ** (k + 1) for i in range(1, 2**k)]
    return skip([([[1]] * len(kinks), [-x for x in kinks]), ([[2**k, *jumps]], [0])])


def represents(network: Network, k: int, units: int) -> bool:
    return network.depth == 1 and network.units == units and pieces(network, UNIT) == teeth(k)


def too_few(k: int) -> bool:
    """2^k − 1 kinks, a unit each; were there no unit besides, the first slope would be a sum of jumps of the left-active ones."""
    slopes = teeth(k).slopes
    return (
        len(teeth(k).interior) == 2**k - 1 and all((b - a) % 2 ** (k + 1) == 0 for a, b in pairwise(slopes)) and slopes[0] == 2**k
    )


def deep_enough(k: int, depth: int) -> bool:
    """The fewest nodes n that may have 2^k pieces in `depth` layers: n ≥ L (2^(k/L) − 1), written (n + L)^L ≥ L^L 2^k."""
    nodes = next(n for n in count(depth) if most_pieces(depth, n) >= 2**k)
    return (nodes + depth) ** depth >= depth**depth * 2**k


def instances() -> Outcome:
    return all_of(
        on_every("2^k units, k = 1..8", ((shallow(k), k, 2**k) for k in range(1, 9)), represents),
        on_every("2^k − 1 units and an edge, k = 1..8", ((with_edge(k), k, 2**k - 1) for k in range(1, 9)), represents),
        on_every("fewest nodes with ∏ (m_i + 1) ≥ 2^k, k = 1..12, L = 1..8", product(range(1, 13), range(1, 9)), deep_enough),
        on_every("kinks, jumps and first slope of Δ^k, k = 1..10", ((k,) for k in range(1, 11)), too_few),
    )


THEOREM = Theorem(
    name="separation.size",
    statement="a network with one hidden layer and no direct input-output edge represents Δ^k on [0, 1] exactly with 2^k units, "
    "not with fewer; with that edge with 2^k − 1, not with fewer; and depth L ≥ 1, skips or not, needs n ≥ L (2^(k/L) − 1) nodes",
    source=f"{BENEFITS}: What do deep networks learn?",
    says="can we exhibit even one function that is a small deep network, but not a small shallow one?",
    evidence=[InCoq("separation_size"), Instances(instances)],
    note="Δ^k has 2^k − 1 kinks; with no unit to spare and no edge, its first slope, 2^k, would be a multiple of 2^(k+1). "
    "The deep network has 2k units: sawtooth.size.",
)
