"""separation.sup — every continuous g with p < 2^k affine pieces has |Δ^k − g| ≥ ½ somewhere on [0, 1]."""

from fractions import Fraction

from verify.author.cases import UNIT, all_of, on_every, product_bound, samples, shapes, teeth, waves
from verify.exact import PiecewiseLinear, pieces
from verify.network.builders import constant
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

HEIGHTS = (Fraction(0), Fraction(1, 2), Fraction(1))
BOUND = Fraction(1, 2)


def greatest(f: PiecewiseLinear, g: PiecewiseLinear) -> Fraction:
    return max(abs(f(x) - g(x)) for x in (*f.breakpoints, *g.breakpoints))


def apart(k: int, g: PiecewiseLinear) -> bool:
    return g.pieces >= 2**k or greatest(teeth(k), g) >= BOUND


def network_apart(k: int, widths: tuple[int, ...], network: Network) -> bool:
    return product_bound(widths) >= 2**k or greatest(teeth(k), pieces(network, UNIT)) >= BOUND


def instances() -> Outcome:
    return all_of(
        on_every(
            "g affine between multiples of ¼ with values 0, ½, 1 there, k = 1..4",
            ((k, g) for k in range(1, 5) for g in waves(4, HEIGHTS)),
            apart,
        ),
        on_every(
            "random networks, all widths from 1 to 3, L = 1, 2, k = 1..5",
            ((k, widths, g) for k in range(1, 6) for widths, _, g in samples(shapes(2, 3), seeds=3)),
            network_apart,
        ),
        on_every(
            "equality for ½, k = 1..8",
            ((k,) for k in range(1, 9)),
            lambda k: greatest(teeth(k), pieces(constant(Fraction(1, 2)), UNIT)) == BOUND,
        ),
    )


THEOREM = Theorem(
    name="separation.sup",
    statement="for every continuous g with p < 2^k affine pieces on [0, 1] there is x in [0, 1] with |Δ^k(x) − g(x)| ≥ ½; so for "
    "every network with ∏ (m_i + 1) < 2^k",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[InCoq("separation_sup_continuous"), InCoq("separation_sup_network"), Instances(instances)],
    note="The best: the constant ½ is at distance ½, and Δ^k has 2^k pieces. A g that is nearer crosses ½ within each of the 2^k "
    "cells, and bends between two crossings. For g that jump: separation.sup.jumps.",
)
