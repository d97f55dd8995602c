"""approximation.three_layers.mean — the slides' network of two hidden layers in the mean over the cube."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from verify.author.cases import on_every
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def trapezoid(i: int, cells: int, tau: Fraction, x: Fraction) -> Fraction:
    """0 outside of cell i, 1 at distance τ from its ends: four units."""
    a, b = Fraction(i, cells), Fraction(i + 1, cells)
    return sum((sign * max(x - at, Fraction(0)) for sign, at in ((1, a), (-1, a + tau), (-1, b - tau), (1, b))), Fraction(0)) / tau


def slope_one(v: Sequence[Fraction]) -> Fraction:
    """f of slope C = 1 in each coordinate, between −½ and d − ½."""
    return abs(v[0] - Fraction(1, 3)) + sum(v[1:], Fraction(0)) - Fraction(1, 2)


def network(v: Sequence[Fraction], cells: int, tau: Fraction) -> Fraction:
    """A unit for each of the N^d cells, weighted by f at its middle."""
    total = Fraction(0)
    for z in product(range(cells), repeat=len(v)):
        unit = sum((trapezoid(i, cells, tau, x) for i, x in zip(z, v, strict=True)), Fraction(1 - len(v)))
        total += max(unit, Fraction(0)) * slope_one([Fraction(2 * i + 1, 2 * cells) for i in z])
    return total


def walls(v: Sequence[Fraction], cells: int, tau: Fraction) -> Fraction:
    """What the trapezoids of each coordinate lack of 1."""
    return sum((1 - sum(trapezoid(i, cells, tau, x) for i in range(cells)) for x in v), Fraction(0))


def bound(v: Sequence[Fraction], cells: int, tau: Fraction) -> Fraction:
    """C d / (2N) and F times the walls: what the proof integrates."""
    return Fraction(len(v), 2 * cells) + (len(v) - Fraction(1, 2)) * walls(v, cells, tau)


def near(v: Sequence[Fraction], cells: int, tau: Fraction) -> bool:
    return abs(slope_one(v) - network(v, cells, tau)) <= bound(v, cells, tau)


def cases() -> Iterator[tuple[tuple[Fraction, ...], int, Fraction]]:
    for d, cells, tau, steps in ((1, 3, 12, 24), (2, 2, 8, 12), (2, 3, 6, 10), (3, 2, 4, 5)):
        places = [Fraction(i, steps) for i in range(steps + 1)]
        yield from ((v, cells, Fraction(1, tau)) for v in product(places, repeat=d))


def instances() -> Outcome:
    return on_every("at the points of a grid, d = 1, 2, 3, N = 2, 3: the bound that is integrated", cases(), near)


THEOREM = Theorem(
    name="approximation.three_layers.mean",
    statement="for f with slopes at most C on R^d and |f| ≤ F on [0,1]^d, N ≥ 1 and any τ > 0 with 2τN ≤ 1, a ReLU network of "
    "two hidden layers, with 4Nd + N^d units, has ∫ |f − g| ≤ C d / (2N) + 2 F d N τ over [0,1]^d",
    source=f"{BENEFITS}: Recap",
    says="a shallow (3-layer) neural network with ∼ (1/ε)^d neurons can approximate it to within ε error",
    evidence=[InCoq("approximation_three_layers_mean"), Instances(instances)],
    note="At every point of the cube |f − g| is at most C d / (2N) and F times what the trapezoids of its coordinates lack of 1, "
    "whose integral is at most 2Nτ each. τ is free, and costs no units: with N = C d / ε and a small τ the error is ε. "
    "Slopes: in the sum of the distances of the coordinates.",
)
