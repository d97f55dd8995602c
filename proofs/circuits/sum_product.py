"""circuits.sum_product — n − 1 gates deep, 2^(√n − 1) products shallow, for n = 4^i inputs."""

from verify.author.cases import on_every
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem

Monomials = frozenset[frozenset[int]]


def deep(i: int, first: int = 0) -> tuple[int, int, Monomials]:
    """The gates, the depth, and the monomials of the network on the inputs from `first` on."""
    if i == 0:
        return 0, 0, frozenset({frozenset({first})})
    n = 4 ** (i - 1)
    parts = [deep(i - 1, first + j * n) for j in range(4)]
    a, b, c, d = (monomials for _, _, monomials in parts)
    both = [x | y for x in a for y in b] + [x | y for x in c for y in d]
    gates = 3 + sum(count for count, _, _ in parts)
    return gates, 2 + max(depth for _, depth, _ in parts), frozenset(both)


def counted(i: int) -> bool:
    gates, depth, monomials = deep(i)
    return (gates, depth, len(monomials)) == (4**i - 1, 2 * i, 2 ** (2**i - 1))


def instances() -> Outcome:
    return on_every("gates, depth and monomials, i = 0..3", ((i,) for i in range(4)), counted)


THEOREM = Theorem(
    name="circuits.sum_product",
    statement="for n = 4^i a sum-product network of n − 1 gates and depth 2i = log₂ n computes a "
    "function that every sum of products, with any weights and any powers of the inputs, needs at "
    "least 2^(2^i − 1) products for, even if it agrees at inputs 0 and 1 only",
    source=f"{BENEFITS}: Modern iterations of depth separation",
    says="sum-product networks [Bengio, Delalleau '11]",
    evidence=[InCoq("circuits_sum_product"), InCoq("deep_size"), Instances(instances)],
    note="√n = 2^i. The function is the family F of Delalleau and Bengio: sums of two products of "
    "two, in alternation; it has 2^(2^i − 1) monomials, each once, and a coefficient that is not "
    "0 costs a product.",
)
