"""A lower bound of the frontier: a shortest path over a grid, each step certified, the cell around
each breakpoint given away.

Scaled by 2^k, Δ^k is the zigzag z on [0, N], N = 2^k. Let g be affine on p pieces, jumps allowed,
and let [c_j h, (c_j + 1) h] be the grid cells of its p − 1 breakpoints. Piece j covers at least
[(c_(j−1) + 1) h, c_j h], and the least L1 distance from z to affine functions grows with the
interval; so ∫|z − g| is at least the sum of the costs of these intervals, and at least the shortest
path over all choices of cells.

A cost on [a, b] is any of: the bound of a certified sign function (`duals`) on an interval within
[a, b], or within its image under shifts by 2 and reflection, which keep z; ∫ d − ¼ with d = dist(x,
ℤ), the lemma under separation.sharp; 0. Costs are whole multiples of 2^−40, rounded down, so the
shortest path is exact.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain, pairwise
from math import floor
from operator import ge

import numpy

from .duals import Dual, dual

UNIT = 2**40
Cell = tuple[int, int]  # an interval in grid steps
Array = numpy.ndarray


def canonical(cell: Cell, steps: int) -> Cell:
    """The representative of an interval under shifts by 2 and reflection; `steps` grid steps make
    1."""
    low, high = cell
    start = min(low % (2 * steps), -high % (2 * steps))
    return start, start + high - low


@dataclass
class Costs:
    """Certified cells, in steps of 1/`steps`, by canonical form."""

    steps: int
    cells: dict[Cell, Dual] = field(default_factory=dict)

    def certify(self, cell: Cell) -> None:
        key = canonical(cell, self.steps)
        if key not in self.cells:
            self.cells[key] = dual(Fraction(key[0], self.steps), Fraction(key[1], self.steps))

    def table(self, size: int) -> Array:
        """[length, start] → cost of the interval of that many steps from there, on [0, size]."""
        total = size * self.steps
        table = numpy.zeros((total + 1, total + 1), dtype=numpy.int64)
        whole = _distances_to_integers(total, self.steps)
        for length in range(1, total + 1):
            starts = total - length + 1
            table[length, :starts] = numpy.maximum(
                whole[length:] - whole[:starts] - UNIT // 4 - 1, 0
            )
        for cell, certificate in self.cells.items():
            cost, length = floor(certificate.bound * UNIT), cell[1] - cell[0]
            for start in _images(cell, total, self.steps):
                table[length, start] = max(table[length, start], cost)
        for length in range(1, total + 1):  # costs grow with the interval
            starts = total - length + 1
            shorter = numpy.maximum(table[length - 1, :starts], table[length - 1, 1 : starts + 1])
            table[length, :starts] = numpy.maximum(table[length, :starts], shorter)
        return table


def _distances_to_integers(total: int, steps: int) -> Array:
    """∫₀^(i/steps) dist(x, ℤ) dx for i = 0 … total, rounded to multiples of 2^−40 (within one,
    which the costs allow for)."""
    values = []
    for i in range(total + 1):
        whole, rest = divmod(i, steps)
        near = min(rest, steps - rest)
        inside = Fraction(near * near, 2 * steps * steps)
        if 2 * rest > steps:
            inside = Fraction(1, 4) - inside
        values.append(int((Fraction(whole, 4) + inside) * UNIT))
    return numpy.array(values, dtype=numpy.int64)


def _images(cell: Cell, total: int, steps: int) -> Iterator[int]:
    """The starts of all images of a cell that fit in [0, total]."""
    low, high = cell
    for first in {low % (2 * steps), -high % (2 * steps)}:
        yield from range(first, total - (high - low) + 1, 2 * steps)


def shortest(table: Array, most: int) -> list[tuple[Fraction, list[Cell]]]:
    """For p = 1 … `most` pieces: the least total cost, and the intervals of a path that has it."""
    total = table.shape[0] - 1
    # step[e, s]: from the breakpoint cell s = [s, s + 1] to the breakpoint cell e, e ≥ s: the
    # interval [s + 1, e]. Nothing is read where e < s.
    step = numpy.zeros((total, total), dtype=numpy.int64)
    for length in range(total - 1):
        starts = numpy.arange(total - length - 1)
        step[starts + 1 + length, starts] = table[length, 1 : total - length]
    cells = numpy.arange(total)
    value = table[cells, 0].copy()  # the first piece covers [0, e]
    last = table[total - 1 - cells, cells + 1]  # and the last [e + 1, total]
    before: list[Array] = []
    result = [(Fraction(int(table[total, 0]), UNIT), [(0, total)])]
    for _ in range(2, most + 1):
        end = int(numpy.argmin(value + last))
        result.append((Fraction(int(value[end] + last[end]), UNIT), _path(before, end, total)))
        choice = numpy.empty(total, dtype=numpy.int64)
        following = numpy.empty_like(value)
        for e in range(total):
            candidates = value[: e + 1] + step[e, : e + 1]
            choice[e] = int(numpy.argmin(candidates))
            following[e] = candidates[choice[e]]
        before.append(choice)
        value = following
    return result


def _path(before: list[Array], end: int, total: int) -> list[Cell]:
    ends = [end]
    for choice in reversed(before):
        ends.append(int(choice[ends[-1]]))
    ends.reverse()
    cells = [(0, ends[0]), *((s + 1, e) for s, e in pairwise(ends)), (ends[-1] + 1, total)]
    return [(a, b) for a, b in cells if b > a]


@dataclass(frozen=True)
class Goal:
    """Lower bounds on [0, `size`] for `fewest` to `most` pieces."""

    size: int
    fewest: int
    most: int

    def paths(self, costs: Costs) -> list[tuple[Fraction, list[Cell]]]:
        """The least total costs and their paths."""
        return shortest(costs.table(self.size), self.most)[self.fewest - 1 :]

    def bounds(self, costs: Costs) -> list[Fraction]:
        """The least total costs."""
        return [low for low, _ in self.paths(costs)]


def refine(costs: Costs, goal: Goal, longest: int, rounds: int, say: Callable[[str], None]) -> None:
    """Certifies the intervals of the goal's shortest paths, those at most `longest` units long,
    until they are all certified."""
    for count in range(rounds):
        known = len(costs.cells)
        paths = goal.paths(costs)
        for _, path in paths:
            for cell in path:
                if cell[1] - cell[0] <= longest * costs.steps:
                    costs.certify(cell)
        is_done = len(costs.cells) == known
        if is_done or count % 20 == 0:
            bounds = ", ".join(f"{float(low):.5f}" for low, _ in paths)
            say(f"[0, {goal.size}], round {count + 1}: {len(costs.cells)} cells, {bounds}")
        if is_done:
            return


def prune(
    costs: Costs,
    goals: Sequence[Goal],
    slack: Fraction,
    block: int,
    kept: Collection[Cell],
    say: Callable[[str], None],
) -> Costs:
    """The costs without the cells that the goals' bounds, less the slack, do not need. Cells that
    are `kept` stay. Blocks of cells are tried, halved each time."""
    wanted = [low - slack for low in _bounds(goals, costs)]
    while block:
        candidates = [cell for cell in costs.cells if cell not in kept]
        for start in range(0, len(candidates), block):
            left = dict(costs.cells)
            for cell in candidates[start : start + block]:
                del left[cell]
            trial = Costs(costs.steps, left)
            if all(map(ge, _bounds(goals, trial), wanted)):
                costs = trial
        say(f"blocks of {block}: {len(costs.cells)} cells are left")
        block //= 2
    return costs


def _bounds(goals: Sequence[Goal], costs: Costs) -> Iterator[Fraction]:
    """The bounds of all goals, found as they are asked for."""
    return chain.from_iterable(goal.bounds(costs) for goal in goals)
