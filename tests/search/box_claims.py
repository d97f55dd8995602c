"""Random claims f <= c on boxes with 3 to 8 inputs, judged by HiGHS: how each of them ends.

    python -m tests.search.box_claims 60      (make nightly runs it)

c is a little above the greatest value that climbing along the inputs finds, for every fourth claim a little below; so those that are true
are nearly false. The greatest value that f has is found by scipy's mixed-integer solver, which shares nothing with the search: what is
proved although HiGHS finds a point above c, or refuted although it bounds f below c, counts as `wrong`, and must not be. All with up to 6
inputs should be decided in 20 s.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from verify.claim import Claim
from verify.kernel.errors import DepthproofError, OverBudget
from verify.network.builders import dense
from verify.search.proving import certified, judged

SECONDS = 20.0
ALL_DECIDED = 6  # inputs, up to which every claim should be decided
WIDTHS = ((8,), (16,), (8, 8), (12, 12), (16, 16))
STARTS = 20
STEPS = [Fraction(n, 2) for n in range(-2, 3)]
MARGIN = Fraction(1, 20)  # of the range of the values at the starts
NEAR = 1e-6  # what floats do not decide

Layer = tuple[list[list[Fraction]], list[Fraction]]


@dataclass(frozen=True)
class Case:
    """f <= c on [-1, 1]^d."""

    layers: list[Layer]
    bound: Fraction

    @property
    def inputs(self) -> int:
        return len(self.layers[0][0][0])

    @property
    def claim(self) -> Claim:
        statement = {"forall": {"box": [["-1", "1"]] * self.inputs, "holds": f"f <= {self.bound}"}}
        return Claim.from_short("claim", statement, {"f": dense(self.layers)})

    def __str__(self) -> str:
        return "-".join(map(str, [self.inputs, *(len(bias) for _, bias in self.layers)]))


def case(number: int) -> Case:
    """The claim of this number, always the same: 3 to 8 inputs in turn."""
    source = random.Random(number)
    widths = [3 + number % 6, *source.choice(WIDTHS), 1]
    layers = [_layer(source, before, size) for before, size in pairwise(widths)]
    starts = [[source.choice(STEPS) for _ in range(widths[0])] for _ in range(STARTS)]
    values = [_value(layers, point) for point in starts]
    margin = MARGIN * (max(values) - min(values))
    highest = max(_climbed(layers, point) for point in starts)
    return Case(layers, highest + (margin if number % 4 else -margin))


def _climbed(layers: list[Layer], point: list[Fraction]) -> Fraction:
    """The greatest value that is found by changing one input after another."""
    best, at, still = _value(layers, point), list(point), 0
    while still < len(at):
        for place in range(len(at)):
            near = [[*at[:place], step, *at[place + 1 :]] for step in STEPS]
            value, other = max((_value(layers, one), one) for one in near)
            still = 0 if value > best else still + 1
            best, at = (value, other) if value > best else (best, at)
    return best


def _layer(source: random.Random, before: int, size: int) -> Layer:
    scale = (2 / before) ** 0.5
    weight = [[Fraction(round(64 * source.gauss(0, scale)), 64) for _ in range(before)] for _ in range(size)]
    return weight, [Fraction(round(64 * source.gauss(0, 0.1)), 64) for _ in range(size)]


def _value(layers: Sequence[Layer], point: Sequence[Fraction]) -> Fraction:
    values = list(point)
    for place, (weight, bias) in enumerate(layers):
        if place:
            values = [max(v, Fraction(0)) for v in values]
        rows = zip(weight, bias, strict=True)
        values = [sum((w * v for w, v in zip(row, values, strict=True)), b) for row, b in rows]
    return values[0]


def greatest(layers: Sequence[Layer]) -> tuple[float, float]:
    """The greatest value of f on [-1, 1]^d by HiGHS: at least and at most.

    The variables are the inputs, and of each unit its value y and whether it is active, a: y >= 0, y >= z, y <= z - l (1 - a), y <= u a,
    where l <= z <= u by interval arithmetic.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    *hidden, (last, end) = [(np.array(weight, float), np.array(bias, float)) for weight, bias in layers]
    inputs = hidden[0][0].shape[1]
    starts = np.cumsum([inputs, *(2 * len(bias) for _, bias in hidden)])  # where the y and then the a of a layer begin
    least, most, whole = np.zeros(starts[-1]), np.full(starts[-1], np.inf), np.zeros(starts[-1])
    low, high, columns = np.full(inputs, -1.0), np.full(inputs, 1.0), slice(0, inputs)
    least[columns], most[columns] = low, high
    rows, ends = list[Any](), list[Any]()
    for (weight, bias), start in zip(hidden, starts[:-1], strict=True):
        positive, negative, width = np.maximum(weight, 0), np.minimum(weight, 0), len(bias)
        under = np.minimum(positive @ low + negative @ high + bias, 0)
        over = np.maximum(positive @ high + negative @ low + bias, 0)
        z, y, a = (np.zeros((width, starts[-1])) for _ in range(3))
        z[:, columns] = weight
        columns, active = slice(start, start + width), slice(start + width, start + 2 * width)
        y[:, columns] = a[:, active] = np.eye(width)
        rows += [z - y, y - z - under[:, None] * a, y - over[:, None] * a]
        ends += [-bias, bias - under, np.zeros(width)]
        whole[active], most[active] = 1, 1
        low, high = np.zeros(width), over
    goal = np.zeros(starts[-1])
    goal[columns] = -last[0]
    system = LinearConstraint(np.concatenate(rows), ub=np.concatenate(ends))
    found = milp(goal, constraints=system, bounds=Bounds(least, most), integrality=whole)
    return end[0] - found.fun, end[0] - found.mip_dual_bound


def ending(it: Case, seconds: float = SECONDS) -> str:
    """How a claim ends: proved, refuted, undecided; or refused, which is a fault."""
    try:
        found = certified(it.claim, seconds)
    except DepthproofError as error:
        return f"undecided: {error}"
    try:
        judged(it.claim, found)
    except OverBudget as error:
        return f"undecided: what was found is not checked: {error}"
    except DepthproofError as error:
        return f"refused: {error}"
    return "refuted" if found.goal else "proved"


def truth(it: Case) -> str:
    """What HiGHS says: proved, refuted, or near."""
    least, most = greatest(it.layers)
    if most < it.bound - NEAR:
        return "proved"
    return "refuted" if least > it.bound + NEAR else "near"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    given = parser.parse_args()
    counts, faults = Counter[tuple[int, str]](), 0
    for number in range(given.first, given.first + given.count):
        it, begun = case(number), time.monotonic()
        said, expected = ending(it, given.seconds), truth(it)
        kind = said.partition(":")[0]
        is_wrong = kind == "refused" or (kind != "undecided" and expected not in (kind, "near"))
        faults += 1 if is_wrong else 0
        counts[it.inputs, kind] += 1
        print(f"{number}: {it}, {time.monotonic() - begun:.1f} s, HiGHS: {expected}, {'WRONG: ' if is_wrong else ''}{said}", flush=True)
    for inputs in range(3, 9):
        print(f"{inputs} inputs: " + ", ".join(f"{n} {kind}" for (d, kind), n in sorted(counts.items()) if d == inputs))
    few = sum(n for (d, kind), n in counts.items() if kind == "undecided" and d <= ALL_DECIDED)
    print(f"{given.count} claims: {faults} wrong, {few} undecided with up to {ALL_DECIDED} inputs")
    return 1 if faults or few else 0


if __name__ == "__main__":
    sys.exit(main())
