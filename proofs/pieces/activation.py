"""pieces.activation — activations with t pieces: at most ∏ ((t − 1) m_i + 1) pieces."""

from collections.abc import Sequence
from fractions import Fraction
from math import prod

from verify.author.cases import WIDE, on_every, shapes
from verify.exact import pieces
from verify.network.builders import random_network
from verify.network.network import Network
from verify.network.operations import Node
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

ACTIVATIONS: dict[str, tuple[int, dict[str, Fraction]]] = {
    "LeakyRelu": (2, {"alpha": Fraction(1, 10)}),
    "Abs": (2, {}),
    "Clip": (3, {"min": Fraction(-1), "max": Fraction(1)}),  # the hard tanh
}


def bound(t: int, widths: Sequence[int]) -> int:
    return prod((t - 1) * m + 1 for m in widths)


def activated(op: str, network: Network) -> Network:
    """The same network with another activation in place of σ."""
    nodes = (Node(n.name, op, n.inputs, ACTIVATIONS[op][1]) if n.op == "Relu" else n for n in network.nodes)
    return Network(network.inputs, tuple(nodes), network.output)


def within(op: str, widths: tuple[int, ...], skips: bool) -> bool:
    f = activated(op, random_network(widths, seed=1, skips=skips))
    return pieces(f, WIDE).pieces <= bound(ACTIVATIONS[op][0], widths)


def instances() -> Outcome:
    cases = ((op, widths, skips) for op in ACTIVATIONS for widths in shapes(3, 3) for skips in (False, True))
    return on_every(
        f"random networks with leaky ReLU, abs (t = 2) and hard tanh (t = 3), with skips and without, all widths from 1 to 3, "
        f"L = 1..3, on {WIDE}",
        cases,
        within,
    )


THEOREM = Theorem(
    name="pieces.activation",
    statement="a network whose activations have at most t pieces, with m_i of them at depth i, has at most ∏ ((t − 1) m_i + "
    "1) pieces",
    source=f"{BENEFITS}: Parting thoughts",
    says="can be generalized to lots of other activation functions",
    evidence=[InCoq("pieces_activation"), Instances(instances)],
    note="t = 2 for leaky ReLU and abs, 3 for hard tanh; t − 1 breakpoints a unit and cell.",
)
