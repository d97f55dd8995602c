"""circuits.parity.dnf — an OR of ANDs for the parity of n bits has at least 2^(n−1) ANDs."""

from itertools import combinations, product

from verify.author.cases import on_every
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def value(terms: tuple[tuple[bool | None, ...], ...], bits: tuple[bool, ...]) -> bool:
    """An OR of ANDs; a term wants a bit to be True, to be False, or does not read it."""
    return any(all(want in (None, b) for want, b in zip(term, bits, strict=True)) for term in terms)


def none_smaller(n: int) -> bool:
    """No set of fewer than 2^(n−1) of the 3^n terms computes the parity."""
    points = list(product((False, True), repeat=n))
    parity = [sum(bits) % 2 == 1 for bits in points]
    terms = list(product((None, False, True), repeat=n))
    few = (chosen for size in range(2 ** (n - 1)) for chosen in combinations(terms, size))
    return all([value(chosen, bits) for bits in points] != parity for chosen in few)


def instances() -> Outcome:
    return on_every("all smaller ORs of ANDs, n = 1..3", ((n,) for n in range(1, 4)), none_smaller)


THEOREM = Theorem(
    name="circuits.parity.dnf",
    statement="every OR of ANDs of literals, with any number of inputs to a gate, that computes "
    "the parity of n ≥ 1 bits or its negation has at least 2^(n−1) ANDs",
    source=f"{BENEFITS}: A brief history of depth separation",
    says="parity cannot be approximated by a small constant-depth circuit with OR and AND gates",
    evidence=[InCoq("circuits_parity_dnf"), Instances(instances)],
    note="Depth 2. A term that is true somewhere has all variables, so it is true at one point "
    "only. Attained: circuits.parity.attained.",
)
