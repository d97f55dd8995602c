"""regions.maps — as many affine maps as differ and are each taken on some box."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="regions.maps",
    statement="if a function equals each of n different affine maps on some box with an interior, "
    "then no family of fewer than n affine maps meets it at all points of its domain",
    source=f"{BENEFITS}: Q: what can deep networks do easily?",
    says="a finite number of polyhedral pieces (P_1, …, P_N), s.t. in each piece f is linear",
    evidence=[InCoq("affine_maps_counted")],
    note="What `depthproof regions NET --notion affine --certificate PATH` rests on: its claim says "
    "that the network is one of n affine maps at each point, and each of them on some box; so n is "
    "the least number.",
)
