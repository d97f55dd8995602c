"""separation.frontier.table — the least ∫₀¹ |Δ^k − g| over continuous g with p pieces, bracketed for k ≤ 6 and all p."""

from collections.abc import Iterator
from fractions import Fraction

from verify.answers.frontier import CELLS, MOST_K, Row, box_ends, check_cell, check_upper, lower_ends, table
from verify.answers.separate import bound
from verify.author.cases import UNIT, all_of, on_every
from verify.exact import pieces
from verify.theorem import BENEFITS, Instances, Outcome, Theorem

RATIO = Fraction(124, 100)


def rows() -> Iterator[tuple[Row]]:
    return ((row,) for row in table().rows)


def upper(row: Row) -> bool:
    """The network has p pieces, and the kernel accepts that its distance is the upper end."""
    return check_upper(row) and pieces(row.network, UNIT).pieces == row.pieces


def lower(k: int) -> bool:
    """The lower ends are what the certified cells give, found again; the others are ¼ for p = 1 and separation.sharp."""
    listed = [(row.lower, row.by) for row in table().rows if row.k == k]
    others = [(row.lower, row.pieces) for row in table().rows if row.k == k and row.by != CELLS]
    return listed == lower_ends(k, table().costs) and all(low == (bound(p, k) if p > 1 else Fraction(1, 4)) for low, p in others)


def boxes(k: int) -> bool:
    """The lower ends by boxes are the shortest paths."""
    ends = box_ends(k) or []
    listed = [row for row in table().rows if row.k == k and row.boxes is not None]
    return bool(listed) and all(row.boxes == ends[row.pieces - 1] for row in listed)


def near(row: Row) -> bool:
    """For p ≤ 2^k − 2 without continuity; at p = 2^k − 1 with it, and exactly; at p = 2^k both ends are 0."""
    if row.pieces == 2**row.k:
        return row.lower == row.upper == 0
    if row.pieces == 2**row.k - 1:
        return row.best_ratio == 1
    return row.ratio is not None and row.ratio <= RATIO


def instances() -> Outcome:
    costs = table().costs
    return all_of(
        on_every("upper ends, each attained by a network with p units, its distance re-checked by the kernel", rows(), upper),
        on_every(
            "cells: no affine function comes closer to the zigzag there, each re-checked by the kernel",
            costs.cells.items(),
            lambda cell, dual: check_cell(cell, dual, costs.steps),
        ),
        on_every("lower ends for k = 1..6: shortest paths over the cells, found again", ((k,) for k in range(1, MOST_K + 1)), lower),
        on_every("lower ends for k = 2 by boxes: shortest paths, found again", [(2,)], boxes),
        on_every("upper/lower ≤ 1.24 wherever p ≤ 2^k − 2, and 1 at p = 2^k − 1", rows(), near),
    )


THEOREM = Theorem(
    name="separation.frontier.table",
    statement="for k ≤ 6 and p ≤ 2^k the least ∫₀¹ |Δ^k − g| over continuous g with at most p pieces, e(k, p), is between the two "
    "ends of the table in verify/answers/frontier.json; their quotient is at most 1.24 for p ≤ 2^k − 2, and e(k, 2^k − 1) is the upper end",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[Instances(instances)],
    rests_on=[
        "separation.sharp",
        "separation.duality",
        "separation.frontier.reduction",
        "separation.frontier.images",
        "separation.frontier.boxes",
        "separation.frontier.last",
    ],
    note="For all k: separation.frontier. Lower ends in the table, sharper where p is small: a shortest path over certified "
    "cells, which also holds for g that jump. Upper ends: follow Δ^k for p − 2 pieces, leave it inside the next, run "
    "straight to the end; so 2^k e(k, p) ≤ T(2^k − p) with T independent of k: T(1) = 5/9, T(2) ≈ 0.7925, T(3) ≈ 1.0794, "
    "T(4) ≈ 1.3244. We know of nothing better; T(1) is the least for every k: separation.frontier.last. Lower ends by boxes, "
    "which use continuity: that each cost is a lower bound is the argument at the head of verify/answers/boxes.py, in words; those for "
    "k = 3 (within 1.04, p ≤ 6) and k = 4 (1.15, p ≤ 11) take a minute and are run by python -m verify.answers.regenerate, not here.",
)
