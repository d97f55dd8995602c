"""circuits.parity.attained — 2^(n−1) ANDs are enough for the parity of n bits."""

from itertools import product

from verify.author.cases import on_every
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def computed(n: int) -> bool:
    """One term for each odd string, true there only."""
    strings = list(product((0, 1), repeat=n))
    terms = [bits for bits in strings if sum(bits) % 2 == 1]
    right = all(any(term == bits for term in terms) == bool(sum(bits) % 2) for bits in strings)
    return right and len(terms) == 2 ** (n - 1)


def instances() -> Outcome:
    return on_every("at all strings of n bits, n = 1..10", ((n,) for n in range(1, 11)), computed)


THEOREM = Theorem(
    name="circuits.parity.attained",
    statement="for every n ≥ 1 some OR of 2^(n−1) ANDs of literals computes the parity of n bits",
    source=f"{BENEFITS}: A brief history of depth separation",
    evidence=[InCoq("circuits_parity_dnf_attained"), Instances(instances)],
    note="One AND for each string of odd parity. So the least number at depth 2 is 2^(n−1), "
    "exactly.",
)
