"""backprop.cost.sweep — the sweep takes 2M + n operations, M the edges and n the units."""

from verify.theorem import NOTES, InCoq, Theorem

THEOREM = Theorem(
    name="backprop.cost.sweep",
    statement="for every graph of n units with M edges the sweep of backprop.lemma, counted as it "
    "runs, takes exactly M multiplications and M additions along the edges and one multiplication "
    "for each unit: 2M + n operations",
    source=f"{NOTES}: Backprop",
    says="Time: O(M)",
    evidence=[InCoq("backprop_cost")],
    note="The slope of a unit is taken as known. backprop.cost is the same count without the "
    "units' own multiplications.",
)
