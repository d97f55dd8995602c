"""regions.patterns — activation patterns that are all there are: none is missing, each occurs."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="regions.patterns",
    statement="if each of n activation patterns of a ReLU network on R^d is the pattern on some box "
    "with an interior in a domain, and at each point of the domain one of them is not contradicted "
    "(z ≥ 0 where it says active, z ≤ 0 where it says inactive), then no other pattern is the "
    "pattern on a box in the domain",
    source=f"{BENEFITS}: Q: what can deep networks do easily?",
    says="we can subdivide domain of f into a finite number of polyhedral pieces, s.t. in each "
    "piece f is linear",
    evidence=[InCoq("activation_patterns_counted")],
    note="What `depthproof regions NET --certificate PATH` rests on: its claim says these two things; "
    "so n is the number of activation regions with an interior. Layered networks and skips; a unit "
    "is active where z > 0, so one that is 0 on all of a region is inactive there. That 0 "
    "contradicts neither sign makes the regions closed, so that they cover; that each pattern "
    "occurs is needed: `active` does not contradict a unit that is 0 everywhere.",
)
