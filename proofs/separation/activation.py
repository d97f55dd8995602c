"""separation.activation — with t-piece activations, L ≥ 2 and f = Δ^(L² + L⌈log₂(t−1)⌉ + j): ∫₀¹ |f − g| ≥ ¼ (1 − 2^−j)."""

from fractions import Fraction

from verify.author.cases import UNIT, all_of, most_pieces, on_every, shapes, teeth
from verify.exact import distance
from verify.network.builders import random_network
from verify.network.network import Network
from verify.network.operations import Node
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

ACTIVATIONS: dict[str, tuple[int, dict[str, Fraction]]] = {
    "LeakyRelu": (2, {"alpha": Fraction(1, 10)}),
    "Abs": (2, {}),
    "Clip": (3, {"min": Fraction(-1), "max": Fraction(1)}),  # the hard tanh
}


def compositions(depth: int, t: int, j: int) -> int:
    """L² + L⌈log₂(t−1)⌉ + j, and one more for L = 1."""
    count = depth**2 + depth * (t - 2).bit_length() + j
    return count + 1 if depth == 1 else count


def arithmetic(depth: int, t: int, j: int) -> bool:
    """What separation.sharp gives for the most pieces, ∏ ((t−1) m_i + 1), that L layers and 2^L nodes can have."""
    return Fraction(most_pieces(depth, 2**depth, t), 2 ** compositions(depth, t, j)) <= Fraction(1, 2**j)


def activated(op: str, network: Network) -> Network:
    """The same network with another activation in place of σ."""
    nodes = (Node(n.name, op, n.inputs, ACTIVATIONS[op][1]) if n.op == "Relu" else n for n in network.nodes)
    return Network(network.inputs, tuple(nodes), network.output)


def apart(op: str, widths: tuple[int, ...], depth: int, j: int) -> bool:
    f = teeth(compositions(depth, ACTIVATIONS[op][0], j))
    return distance(f, activated(op, random_network(widths, seed=j)), UNIT).low >= (1 - Fraction(1, 2**j)) / 4


def instances() -> Outcome:
    small = [(w, L) for L in (1, 2) for w in shapes(L, 2**L) if sum(w) <= 2**L]
    return all_of(
        on_every(
            "∏ ((t−1) m_i + 1) ≤ 2^(k − j), L = 1..12, t = 2..20, j = 1..3",
            ((L, t, j) for L in range(1, 13) for t in range(2, 21) for j in (1, 2, 3)),
            arithmetic,
        ),
        on_every(
            "random networks with leaky ReLU, abs and hard tanh, depth ≤ L, ≤ 2^L nodes, all widths, L = 1, 2, j = 1, 2",
            ((op, w, L, j) for op in ACTIVATIONS for w, L in small for j in (1, 2)),
            apart,
        ),
    )


THEOREM = Theorem(
    name="separation.activation",
    statement="for activations with at most t ≥ 2 pieces, L ≥ 2, j ≥ 1, f = Δ^(L² + L⌈log₂(t−1)⌉ + j) and every network g "
    "of depth ≤ L with ≤ 2^L nodes: ∫₀¹ |f − g| ≥ ¼ (1 − 2^−j); for every L ≥ 1 with one more composition",
    source=f"{BENEFITS}: Parting thoughts",
    says="can be generalized to lots of other activation functions",
    evidence=[InCoq("separation_activation"), Instances(instances)],
    note="pieces.activation bounds the pieces of g, and separation.sharp does the rest.",
)
