"""separation.dimension — on [0,1]^d, for f(x) = Δ^k(x_1) and every network g: ∫ |f − g| ≥ ¼ (1 − ∏ (m_i + 1) / 2^k)."""

from fractions import Fraction
from itertools import product

from verify.author.cases import UNIT, on_every, product_bound, shapes, teeth
from verify.exact import distance
from verify.network.builders import on_line, random_network
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

PLACES = (Fraction(1, 3), Fraction(1))


def apart_on_line(k: int, widths: tuple[int, ...], others: tuple[Fraction, ...]) -> bool:
    """On the line x_1 = t, (x_2, …, x_d) = others: there g is a network with one input and the same widths."""
    g = on_line(random_network(widths, seed=k, inputs=1 + len(others)), (0, *others), (1, *others))
    return distance(teeth(k), g, UNIT).low >= (1 - Fraction(product_bound(widths), 2**k)) / 4


def instances() -> Outcome:
    return on_every(
        "random networks with 2 and 3 inputs, all widths from 1 to 3, L = 1, 2, on the lines x_2, x_3 in {⅓, 1}, k = 2..5",
        (
            (k, widths, others)
            for k in range(2, 6)
            for widths in shapes(2, 3)
            for d in (2, 3)
            for others in product(PLACES, repeat=d - 1)
        ),
        apart_on_line,
    )


THEOREM = Theorem(
    name="separation.dimension",
    statement="for f(x) = Δ^k(x_1) on [0,1]^d and every network g with d inputs and hidden widths m_i: ∫ |f − g| ≥ ¼ (1 − ∏ "
    "(m_i + 1) / 2^k)",
    source=f"{BENEFITS}: Parting thoughts",
    says="can be generalized to d dimensions; can be imitated for higher dim too",
    evidence=[InCoq("separation_dimension"), Instances(instances)],
    note="Restrict g to the lines parallel to the first axis, apply separation.sharp.network on each, and integrate.",
)
