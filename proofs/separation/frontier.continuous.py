"""separation.frontier.continuous — continuity counts: for k = 2 the frontier is known to one percent."""

from fractions import Fraction

from verify.answers.frontier import box_ends, table
from verify.author.cases import all_of, on_every
from verify.theorem import BENEFITS, Instances, Outcome, Theorem

K, RATIO = 2, Fraction(101, 100)


def found_again(k: int) -> bool:
    """The table's lower ends by boxes are the shortest paths."""
    ends = box_ends(k) or []
    listed = [row for row in table().rows if row.k == k and row.boxes is not None]
    return bool(listed) and all(row.boxes == ends[row.pieces - 1] for row in listed)


def near(k: int) -> bool:
    return all(row.upper <= RATIO * row.boxes for row in table().rows if row.k == k and row.boxes is not None)


def instances() -> Outcome:
    return all_of(
        on_every("k = 2, shortest paths over boxes, in exact whole numbers", [(K,)], found_again),
        on_every("upper/lower at most 1.01 there", [(K,)], near),
    )


THEOREM = Theorem(
    name="separation.frontier.continuous",
    statement="for k = 2 and p = 2, 3 the lower ends by boxes in verify/answers/frontier.json hold; upper/lower is at most 1.01 there",
    source=f"{BENEFITS}: Shallow g's can't approximate f",
    evidence=[Instances(instances)],
    rests_on=["separation.frontier.boxes"],
    note="So 0.1970 ≤ e(2, 2) ≤ 0.1982; and 0.1379 ≤ e(2, 3), which is 5/36 = 0.1388… exactly (separation.frontier.three). "
    "That each cost is a lower bound is the argument at the head "
    "of verify/answers/boxes.py, in words. The table's ends for k = 3 (within 1.04, p ≤ 6) and k = 4 (1.15, p ≤ 11) come from the same "
    "computation, which takes a minute and is run by python -m verify.answers.regenerate, not here.",
)
