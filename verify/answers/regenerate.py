"""`python -m verify.answers.regenerate` finds the frontier anew and writes frontier.json: half an
hour, then every cell is checked.

The search certifies what the shortest paths on [0, 4] and [0, 8] (k = 2, 3) use, on a grid of 64
steps to a unit, until they use nothing else; then throws away cells without which these bounds stay
within 2^−10 of what they were. The same for [0, 16], 9 to 13 pieces, with a limit of rounds. All
other k are content with those cells.
"""

import sys
from fractions import Fraction

from ..files import write_bytes
from .dynamic import Costs, Goal, prune, refine
from .frontier import FILE, MOST_K, Row, box_ends, check_cell, check_upper, lower_ends, written
from .tails import distance_of, graph

STEPS, LONGEST = 64, 13
SLACK = Fraction(1, 2**10)
SMALL = (Goal(4, 2, 3), Goal(8, 2, 7))
LARGE = Goal(16, 9, 13)


def main() -> None:
    """Searches, prunes, checks, writes."""
    costs = Costs(STEPS)
    for goal in SMALL:
        refine(costs, goal, LONGEST, 3000, _say)
    costs = prune(costs, SMALL, SLACK, 64, (), _say)
    before = set(costs.cells)
    refine(costs, LARGE, LONGEST, 400, _say)
    costs = prune(costs, [LARGE], SLACK, 32, before, _say)
    rows = [row for k in range(1, MOST_K + 1) for row in rows_for(k, costs)]
    for cell, dual in costs.cells.items():
        if not check_cell(cell, dual, STEPS):
            raise SystemExit(f"the kernel does not accept the cell {cell}")
    for row in rows:
        if not check_upper(row):
            raise SystemExit(f"the kernel does not accept the upper end of {row}")
    write_bytes(FILE, written(rows, costs).encode("ascii"))
    _say(f"wrote {FILE}: {len(costs.cells)} cells, {len(rows)} rows")


def rows_for(k: int, costs: Costs) -> list[Row]:
    """The rows of Δ^k."""
    rows, boxes = [], box_ends(k) or []
    for count, (low, by) in enumerate(lower_ends(k, costs), 1):
        points, values = graph(k, count)
        box = boxes[count - 1] if count <= len(boxes) else None
        better = box if box is not None and box > low else None
        upper = distance_of(k, points, values)
        rows.append(Row(k, count, low, by, better, upper, tuple(points), tuple(values)))
    return rows


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
