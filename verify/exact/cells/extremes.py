"""Extremes over a domain, and the greatest difference of two networks: by a complex, or, for one
unit on a box, at a corner."""

from collections.abc import Sequence
from fractions import Fraction

from ...kernel.errors import BadInput
from ...network import builders
from ...network.network import Network
from ..evaluate import evaluate
from .complex import Complex, Extreme, absolute
from .domains import Box, Domain, Point
from .line import regions


def extreme(network: Network, domain: Domain, sign: int = 1) -> Extreme:
    """The maximum (sign 1) or minimum (−1) of a network with one output, and a point. Exact.

    One unit after another can only hold back: an affine map, and a monotone function of one unit,
    are extreme at a corner of a box, in any dimension."""
    if isinstance(domain, Box) and network.input_size == domain.size and network.output_size == 1:
        direction = _direction(network)
        if direction is not None:
            corners = _corner(domain, direction), _corner(domain, [-entry for entry in direction])
            best = max(corners, key=lambda corner: sign * evaluate(network, corner)[0])
            return Extreme(evaluate(network, best)[0], best)
    found = regions(network, domain)
    return found.maximum if sign > 0 else found.minimum


def _corner(box: Box, direction: Sequence[Fraction]) -> Point:
    """The corner that is farthest in this direction."""
    sides = zip(box.sides, direction, strict=True)
    return tuple(side.high if entry > 0 else side.low for side, entry in sides)


def _direction(network: Network) -> Point | None:
    """The weights of the only affine map that a function of one affine map depends on; None for
    other networks."""
    nodes = network.lowered.nodes
    if len(nodes) == 1:
        return nodes[0].matrix("weight")[0]
    is_layer = [node.op for node in nodes] == ["Gemm", "Relu", "Gemm"]
    if not is_layer or nodes[2].inputs != (nodes[1].name,):
        return None
    used = [i for i, weight in enumerate(nodes[2].matrix("weight")[0]) if weight]
    rows = nodes[0].matrix("weight")
    return rows[used[0]] if len(used) == 1 else None


def apart(f: Network, g: Network, domain: Domain) -> Extreme:
    """max |f − g|, and where."""
    return regions(builders.subtract(f, g), domain).sup()


def area_between(f: Network, g: Network, domain: Domain) -> Fraction:
    """∫ |f − g|: f − g is one more unit."""
    difference = builders.subtract(f, g)
    if difference.output_size > 1:
        raise BadInput(
            "",
            f"expected networks with one output, found {difference.output_size}; "
            "choose one with --component I",
        )
    return Complex(absolute(difference), domain).integral()
