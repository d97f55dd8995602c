"""smooth.separation — x²: depth m and 3m units come within 4^−(m+1); few layers with (n + 1)^L ≤ 2^(m−2) stay 4^−m away."""

from fractions import Fraction

from verify.author.cases import UNIT, all_of, most_pieces, on_every
from verify.exact import pieces
from verify.network.builders import square
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def deep(m: int) -> bool:
    """The network of smooth.square meets x² at the multiples of 2^−m, and is 4^−(m+1) above it between them."""
    f = pieces(square(m), UNIT)
    middles = [Fraction(2 * i + 1, 2 ** (m + 1)) for i in range(2**m)]
    return all(f(x) - x * x == Fraction(1, 4 ** (m + 1)) for x in middles)


def shallow(depth: int, nodes: int) -> bool:
    """The most pieces of all widths are at most (n + 1)^L: the count that the theorem uses."""
    return most_pieces(depth, nodes) <= (nodes + 1) ** depth


def instances() -> Outcome:
    sizes = ((depth, nodes) for depth in range(1, 6) for nodes in range(41))
    return all_of(
        on_every("deep networks, m = 1..8", ((m,) for m in range(1, 9)), deep),
        on_every("the most pieces of L = 1..5 layers with n = 0..40 units", sizes, shallow),
    )


THEOREM = Theorem(
    name="smooth.separation",
    statement="for all L and m ≥ 2: some ReLU network with depth m and 3m units has |x² − N(x)| ≤ 4^−(m+1) on [0, 1], and every "
    "network g of depth at most L whose number of units n satisfies (n + 1)^L ≤ 2^(m−2) has ∫₀¹ |x² − g| ≥ 4^−m; for 0 < ε ≤ "
    "1 a network of depth at most log₄(1/ε), three units a layer, is within ε on [0, 1], and every network with n units in L "
    "layers and ∫₀¹ |x² − g| ≤ ε has (n + 1)^L ≥ 1/(4 √ε)",
    source=f"{BENEFITS}: Parting thoughts",
    says="There can be benefits of depth to approximating smooth functions",
    evidence=[InCoq("smooth_separation"), InCoq("smooth_separation_eps"), InCoq("smooth_square_network"), Instances(instances)],
    note="With or without skip connections. A separation for a smooth function, both sides with constants: "
    "smooth.square.mean below, smooth.square above. Yarotsky (2017) and Liang and Srikant (2017) have such theorems, "
    "for errors at a point.",
)
