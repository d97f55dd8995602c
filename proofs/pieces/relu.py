"""pieces.relu — if h is continuous with p pieces, then σ∘h has at most 2p, and sharply at most ⌊3p/2⌋ + 1."""

from fractions import Fraction
from itertools import product

from verify.author.cases import on_every
from verify.exact import Interval, pieces
from verify.network.builders import compose, dense, interpolating
from verify.network.network import Network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

RELU = dense([([[1]], [0]), ([[1]], [0])])


def bound(p: int) -> int:
    return 3 * p // 2 + 1


def through(values: tuple[int, ...]) -> tuple[Network, Interval]:
    """h through (0, values[0]), (1, values[1]), …, and the interval on which it is looked at."""
    return interpolating(range(len(values)), values), Interval(Fraction(0), Fraction(len(values) - 1))


def rectified(values: tuple[int, ...]) -> tuple[int, int]:
    """The pieces of h and of σ∘h."""
    h, interval = through(values)
    return pieces(h, interval).pieces, pieces(compose(RELU, h), interval).pieces


def within(*values: int) -> bool:
    p, after = rectified(values)
    return after <= bound(p) <= 2 * p


def instances() -> Outcome:
    values = (v for p in range(1, 5) for v in product((-1, 0, 1), repeat=p + 1))
    return on_every("h through (0, v_0), …, (p, v_p), all v_i in {−1, 0, 1}, p = 1..4", values, within)


THEOREM = Theorem(
    name="pieces.relu",
    statement="if h is continuous with p pieces, then σ∘h has at most 2p, and in fact at most ⌊3p/2⌋ + 1",
    source=f"{BENEFITS}: Shallow functions have few linear pieces",
    says="applying ReLU can at most double the number of pieces",
    evidence=[InCoq("pieces_relu"), Instances(instances)],
    note="Breakpoints of σ∘h: kinks of h at height ≥ 0, and crossings, at most one a piece; a crossing interior piece has "
    "one end below 0. Attained: pieces.relu.attained.",
)
