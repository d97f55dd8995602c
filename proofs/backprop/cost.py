"""backprop.cost — one backward pass takes at most one multiplication and one addition for each edge."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import prod

from verify.author.cases import all_of, on_every, shapes
from verify.author.theory import Theory, definition
from verify.exact.gradient import gradient
from verify.network.builders import dense, random_network, sawtooth, zigzag
from verify.network.network import Network
from verify.theorem import NOTES, Certified, Instances, Outcome, Theorem

SOURCE = f"{NOTES}: Backprop"


def theory() -> Theory:
    t = Theory("backprop.cost", SOURCE)
    t.free("degree(k)", sort="Z", k="Z")
    t.assume("counted", "degree(k) >= 0", k="Z from 0")
    t.recursion("edges(m)", start="0", step="edges(m) + degree(m)", sort="Z")
    t.recursion("cost(j, n)", start="0", step="cost(j, n) + 2*degree(n - j)", sort="Z", n="Z")
    whole = t.lemma(
        "j <= n + 1 implies cost(j, n) = 2*edges(n + 1) - 2*edges(n + 1 - j)", name="so_far", j="Z from 0", n="Z from 0", induction="j",
        use=["IH(n)", "cost(j + 1, n)", "edges(n - j + 1)"], base=["cost(0, n)"],
    )
    fewer = t.lemma("edges(m) >= 0", name="fewer", m="Z from 0", induction="m", use=["IH", "edges(m + 1)", "counted(m)"], base=["edges(0)"])
    t.theorem(
        "0 <= inputs <= n + 1 implies cost(n + 1 - inputs, n) <= 2*edges(n + 1)", n="Z from 0", inputs="Z",
        use=[whole("n + 1 - inputs", "n"), fewer("inputs")],
    )
    w = t.witness(degree=definition("degree(k) = k", "Z", k="Z"))
    w.theorem("degree(k) >= 0", name="counted", k="Z from 0", use=["degree(k)"])
    return t


def cheap(network: Network, point: Fraction) -> bool:
    found = gradient(network, [point] * network.input_size)
    return found.operations <= 2 * found.edges


def networks() -> Iterator[tuple[Network, Fraction]]:
    for seed, widths in enumerate(shapes(3, 4)):
        yield random_network(widths, seed, skips=seed % 2 == 1, inputs=1 + seed % 3), Fraction(seed - 40, 7)


def doubling(depth: int) -> bool:
    """Widths 2, …, 2, all weights 1: 2^L paths from input to output, 4L edges and 2L units; so sums over paths would cost 2^L."""
    hidden = [([[1, 1], [1, 1]], [0, 0])] * (depth - 1)
    found = gradient(dense([([[1], [1]], [0, 0]), *hidden, ([[1, 1]], [0])]), [Fraction(1)])
    return found.gradient == (Fraction(2**depth),) and found.edges == 4 * depth + 2 * depth and found.operations <= 2 * found.edges


def linear(k: int) -> bool:
    """Δ^k: 4 edges and 2 units for each of k layers."""
    found = gradient(sawtooth(k), [Fraction(1, 3)])
    return found.edges == 6 * k and abs(found.gradient[0]) == 2**k and found.operations <= 12 * k


def dense_count(widths: tuple[int, ...]) -> bool:
    """The edges of a network without zero weights: Σ m_i m_(i+1), with a width of 1 at both ends, and the units."""
    network = zigzag(widths)
    sizes = (1, *widths, 1)
    return gradient(network, [Fraction(1, 7)]).edges == sum(map(prod, pairwise(sizes))) + sum(widths)


def instances() -> Outcome:
    return all_of(
        on_every("random networks, all widths from 1 to 4, L = 1..3, counted: at most 2 operations an edge", networks(), cheap),
        on_every("2^L paths, 6L edges, L = 1..60", ((depth,) for depth in range(1, 61)), doubling),
        on_every("Δ^k, k = 1..60", ((k,) for k in range(1, 61)), linear),
        on_every("zigzag networks, widths 3 and 4, L = 1..3", ((w,) for w in shapes(3, 4, least=3)), dense_count),
    )


THEOREM = Theorem(
    name="backprop.cost",
    statement="a pass in which each node, once, sends along each of its edges a product that is added up costs at most 2M operations, "
    "M the number of edges, whatever the graph",
    source=SOURCE,
    says="Time: O(M)",
    evidence=[Certified(theory), Instances(instances)],
    note="The kernel's part is the count, for all graphs; the instances count the additions and multiplications of "
    "verify.exact.gradient. Summing over paths instead costs 2^L on L layers of two units.",
)
