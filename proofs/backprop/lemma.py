"""backprop.lemma — away from kinks, the sum of the values that a node receives is the partial derivative of the output by it."""

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from verify.author.cases import all_of, on_every, shapes
from verify.exact import evaluate
from verify.exact.gradient import gradient, region
from verify.network.builders import random_network
from verify.network.network import Network
from verify.theorem import NOTES, InCoq, Instances, Outcome, Theorem

Point = tuple[Fraction, ...]


def cases(inputs: int, skips: bool) -> Iterator[tuple[Network, Point]]:
    """Random networks, and for each a random point where no pre-activation is 0."""
    for seed, widths in enumerate(shapes(3, 3)):
        network, random = random_network(widths, seed, skips, inputs), Random(f"backprop {seed}")
        points = (tuple(Fraction(random.randint(-40, 40), 17) for _ in range(inputs)) for _ in range(50))
        point = next((p for p in points if gradient(network, p).is_derivative), None)
        if point is not None:
            yield network, point


def by_inputs(network: Network, point: Point) -> bool:
    """Within the region a difference quotient is the derivative, exactly: both ways, along each input."""
    found, step = gradient(network, point), region(network, point).radius
    for i, received in enumerate(found.gradient):
        for h in (step, -step):
            moved = (*point[:i], point[i] + h, *point[i + 1 :])
            if (evaluate(network, moved)[0] - found.value) / h != received:
                return False
    return True


def by_units(network: Network, point: Point) -> bool:
    """What a unit received is the derivative by its value: cut the network there, make that value an input, and ask the cut network."""
    found = gradient(network, point)
    for name, received in found.received.items():
        if name == "x":
            continue
        rest = after(network.lowered, name)
        values = [*point, *value_of(network.lowered, name, point)]
        if gradient(rest, values).gradient[len(point) :] != received or not by_inputs(rest, tuple(values)):
            return False
    return True


def value_of(network: Network, name: str, point: Point) -> Point:
    return evaluate(Network(network.inputs, network.nodes, name), point)


def after(network: Network, name: str) -> Network:
    """The network with the node's value as a further input, in place of the node."""
    from verify.network.network import Input

    nodes = tuple(node for node in network.nodes if node.name != name)
    return Network((*network.inputs, Input(name, network.sizes[name])), nodes, network.output)


def instances() -> Outcome:
    return all_of(
        on_every("layered networks with 1 input, all widths from 1 to 3, L = 1..3, by difference quotients", cases(1, False), by_inputs),
        on_every("networks with 3 inputs and skip connections, the same widths, by difference quotients", cases(3, True), by_inputs),
        on_every("the same, and what every node received, with the network cut there", list(cases(2, True))[:20], by_units),
    )


THEOREM = Theorem(
    name="backprop.lemma",
    statement="for every directed acyclic graph, every node, and activations that are differentiable "
    "where they are used (ReLU away from its kink), the sum of the values that a node receives is the "
    "partial derivative of the output by that node's value",
    source=f"{NOTES}: Backprop",
    says="δ = ∂f/∂u, by induction and the chain rule; before it, Σ w_i w_(i,i₁), which drops the factor "
    "u_i′",
    evidence=[InCoq("backprop_lemma"), Instances(instances)],
    note="The sum, not each value; and a node may send only when all above it have. For one given network "
    "the kernel checks it on a region: backprop.lemma.network. At a kink it fails: backprop.kink, "
    "backprop.lemma.kink.",
)
