"""regions.serra — all layers: the bound of Serra, Tjandraatmadja and Ramalingam."""

from math import comb, prod

from verify.author.cases import on_every, product_bound, shapes
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def serra(d: int, widths: tuple[int, ...]) -> int:
    if not widths:
        return 1
    m, rest = widths[0], widths[1:]
    return sum(comb(m, j) * serra(min(d, m - j), rest) for j in range(min(d, m) + 1))


def zaslavsky(m: int, d: int) -> int:
    return sum(comb(m, j) for j in range(d + 1))


def at_most(d: int, widths: tuple[int, ...]) -> bool:
    """No more than the product bound, and on the line no more than ∏ (m_i + 1)."""
    found = serra(d, widths)
    line = d > 1 or found <= product_bound(widths)
    return line and found <= prod(zaslavsky(m, d) for m in widths)


def instances() -> Outcome:
    cases = ((d, widths) for d in range(1, 5) for widths in shapes(3, 6))
    return on_every("the numbers, all widths from 1 to 6, L = 1..3, d = 1..4", cases, at_most)


THEOREM = Theorem(
    name="regions.serra",
    statement="a layered ReLU network on R^d with hidden widths m_1, …, m_L has at most S(d; m_1, "
    "…, m_L) activation patterns, where S(d; ) = 1 and S(d; m, ms) = Σ_{j ≤ d} C(m, j) S(min(d, m "
    "− j); ms)",
    source=f"{BENEFITS}: Modern iterations of depth separation",
    says="bound on number of linear regions for ReLU networks [Montufar, Pascanu, Cho, Bengio "
    "'14]",
    evidence=[InCoq("regions_serra"), Instances(instances)],
    note="j units of a layer are inactive, and the values of the others lie in a space of "
    "dimension m − j: Serra, Tjandraatmadja and Ramalingam (2018). At most the product of "
    "Zaslavsky's bounds: regions.product.",
)
