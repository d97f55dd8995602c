"""regions.zaslavsky.attained — some layer has exactly Σ_{j ≤ d} C(m, j) patterns."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import comb

from verify.author.cases import on_every
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def from_roots(roots: Sequence[Fraction]) -> list[Fraction]:
    """The coefficients of the monic polynomial with these roots, the highest left out."""
    result = [Fraction(1)]
    for root in roots:
        raised, kept = [Fraction(0), *result], [*result, Fraction(0)]
        result = [a - root * b for a, b in zip(raised, kept, strict=True)]
    return result[:-1]


def patterns(m: int, d: int) -> set[tuple[bool, ...]]:
    """Those seen at the polynomials with some of their roots half way between the places of the
    units, and the others beyond all of them."""
    gaps = [Fraction(1, 2) - k for k in range(m)]
    found = set()
    for j in range(min(m, d) + 1):
        for roots in combinations(gaps, j):
            x = from_roots([*roots, *[Fraction(-m - 1)] * (d - j)])
            places = [Fraction(-k) for k in range(m)]
            values = (sum(a * t**i for i, a in enumerate(x)) + t**d for t in places)
            found.add(tuple(value > 0 for value in values))
    return found


def attained(m: int, d: int) -> bool:
    return len(patterns(m, d)) == sum(comb(m, j) for j in range(d + 1))


def instances() -> Outcome:
    cases = ((m, d) for m in range(9) for d in range(5))
    return on_every("the layer of the proof, all m ≤ 8 and d ≤ 4", cases, attained)


THEOREM = Theorem(
    name="regions.zaslavsky.attained",
    statement="for all m and d some layer of m units on R^d has Σ_{j ≤ d} C(m, j) activation "
    "patterns",
    source=f"{BENEFITS}: Modern iterations of depth separation",
    says="bound on number of linear regions for ReLU networks",
    evidence=[InCoq("regions_zaslavsky_attained"), Instances(instances)],
    note="Unit k reads the polynomial t^d + x_(d−1) t^(d−1) + … + x_0 at t = −k: the points x of "
    "R^d are the monic polynomials of degree d, whose signs at m places change at most d times.",
)
