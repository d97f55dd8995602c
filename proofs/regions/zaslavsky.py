"""regions.zaslavsky — one layer of m units on R^d has at most Σ_{j ≤ d} C(m, j) patterns."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="regions.zaslavsky",
    statement="one layer of m units on R^d has at most Σ_{j ≤ d} C(m, j) activation patterns, "
    "whatever its weights",
    source=f"{BENEFITS}: Modern iterations of depth separation",
    says="bound on number of linear regions for ReLU networks",
    evidence=[InCoq("regions_zaslavsky")],
    note="Any arrangement of m hyperplanes, in general position or not: by the patterns of m − 1 "
    "of them, and those that the last one splits, which live on a copy of R^(d−1). A unit is "
    "active where its pre-activation is positive.",
)
