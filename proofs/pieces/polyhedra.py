"""pieces.polyhedra — activation regions are convex, counted, and affine each."""

from verify.theorem import BENEFITS, InCoq, Theorem

THEOREM = Theorem(
    name="pieces.polyhedra",
    statement="for every layered ReLU network on R^d with hidden widths m_i: at most ∏ Σ_{j ≤ d} "
    "C(m_i, j) activation patterns occur, between two points with the same pattern all points "
    "have it, and on each pattern the network is one affine function A x + b",
    source=f"{BENEFITS}: Q: what can deep networks do easily?",
    says="we can subdivide domain of f into a finite number of polyhedral pieces, s.t. in each "
    "piece f is linear",
    evidence=[InCoq("pieces_polyhedra")],
    note="The pieces of the slide's parenthesis: once we know which ReLUs are in the linear "
    "regime. The largest pieces on which f is affine need not be convex: pieces.polyhedra.false.",
)
