"""Random claims about small networks, through the search and the kernel: how each of them ends.

    python -m tests.search.random_claims 1000      (make nightly runs more)

Thresholds are often what the network attains, relations strict or not, units dead or tied. What
the search finds and the kernel refuses counts as `refused`; what is proved, but false at a point
where this module evaluates the network itself, as `wrong`. Both must be 0.
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
from operator import ge, gt, le, lt
from typing import Any

from verify.claim import Claim
from verify.kernel.errors import DepthproofError, OverBudget
from verify.network.builders import dense
from verify.search.proving import certified, judged

SECONDS = 2.0
RELATIONS = {"<=": le, "<": lt, ">=": ge, ">": gt}
NUMBERS = [Fraction(n, d) for n in range(-4, 5) for d in (1, 2, 3, 8)]
POINTS = 40

Layer = tuple[list[list[Fraction]], list[Fraction]]
Point = Sequence[Fraction]


@dataclass(frozen=True)
class Case:
    """A claim: at all points of the box one of the alternatives holds, each being comparisons that
    all hold."""

    layers: list[Layer]
    box: list[tuple[Fraction, Fraction]]
    alternatives: list[list[tuple[list[Fraction], str, Fraction]]]

    def statement(self) -> dict[str, Any]:
        texts = [" and ".join(map(self._text, part)) for part in self.alternatives]
        holds = " or ".join(f"({text})" for text in texts)
        return {"forall": {"box": [[str(x) for x in side] for side in self.box], "holds": holds}}

    def _text(self, comparison: tuple[list[Fraction], str, Fraction]) -> str:
        """f and the inputs, each with its coefficient, in relation to a number."""
        coefficients, relation, number = comparison
        one = len(self.box) == 1
        names = ["f", *(["x"] if one else [f"x{i + 1}" for i in range(len(self.box))])]
        parts = [f"{c}*{name}" for c, name in zip(coefficients, names, strict=True) if c]
        return f"{' + '.join(parts) or '0'} {relation} {number}".replace("+ -", "- ")

    def value(self, point: Point) -> Fraction:
        values = list(point)
        for place, (weight, bias) in enumerate(self.layers):
            if place:
                values = [max(v, Fraction(0)) for v in values]
            rows = zip(weight, bias, strict=True)
            values = [sum((w * v for w, v in zip(row, values, strict=True)), b) for row, b in rows]
        return values[0]

    def true_at(self, point: Point) -> bool:
        numbers = [self.value(point), *point]

        def holds(comparison: tuple[list[Fraction], str, Fraction]) -> bool:
            coefficients, relation, number = comparison
            left = sum((c * v for c, v in zip(coefficients, numbers, strict=True)), Fraction(0))
            return bool(RELATIONS[relation](left, number))

        return any(all(map(holds, part)) for part in self.alternatives)

    def points(self, source: random.Random) -> list[Point]:
        corners = [[source.choice(side) for side in self.box] for _ in range(8)]
        inside = [[low + (high - low) * Fraction(source.randrange(17), 16) for low, high in self.box]
                  for _ in range(POINTS)]  # fmt: skip
        return [*corners, *inside]


def case(number: int) -> Case:
    """The claim of this number, always the same."""
    source = random.Random(number)
    inputs = source.choice([1, 1, 2, 2, 3])
    widths = [inputs, *(source.randrange(1, 6) for _ in range(source.choice([1, 1, 2]))), 1]
    layers = [_layer(source, a, b) for a, b in pairwise(widths)]
    box = []
    for _ in range(inputs):
        low = source.choice(NUMBERS)
        box.append((low, low + source.choice([Fraction(0), Fraction(1, 3), Fraction(1), Fraction(2)])))
    drawn = Case(layers, box, [])
    points = drawn.points(source)
    alternatives = []
    for _ in range(source.choice([1, 1, 1, 2, 3])):
        part = []
        for _ in range(source.choice([1, 1, 2])):
            coefficients = [Fraction(source.choice([1, 1, 1, -1, 2, 0]))]
            coefficients += [source.choice([Fraction(0), Fraction(0), Fraction(1), Fraction(-1, 2)])
                             for _ in range(inputs)]  # fmt: skip
            reached = [coefficients[0] * drawn.value(p) + sum(
                (c * x for c, x in zip(coefficients[1:], p, strict=True)), Fraction(0)) for p in points]  # fmt: skip
            relation = source.choice(list(RELATIONS))
            number = max(reached) if "<" in relation else min(reached)
            number += source.choice([0, 0, Fraction(1, 1000), -Fraction(1, 1000), 1, -1])
            part.append((coefficients, relation, number))
        alternatives.append(part)
    return Case(layers, box, alternatives)


def _layer(source: random.Random, before: int, size: int) -> Layer:
    """Some weights 0, some rows repeated, some dead."""
    weight = [[source.choice(NUMBERS) for _ in range(before)] for _ in range(size)]
    if size > 1 and source.random() < 0.3:
        weight[1] = list(weight[0])
    if source.random() < 0.2:
        weight[0] = [Fraction(0)] * before
    return weight, [source.choice(NUMBERS) for _ in range(size)]


def ending(number: int) -> str:
    """How a claim ends: proved, refuted, undecided; or refused, wrong, which are faults."""
    it = case(number)
    claim = Claim.from_short("claim", it.statement(), {"f": dense(it.layers)})
    try:
        found = certified(claim, SECONDS)
    except OverBudget:
        return "undecided"
    try:
        judged(claim, found)
    except OverBudget:
        return "undecided"
    except DepthproofError as error:
        return f"refused: {error}"
    points = it.points(random.Random(-number))
    if found.goal:
        point = [found.values[f"x{i + 1}" if len(it.box) > 1 else "x"] for i in range(len(it.box))]
        return "wrong" if it.true_at(point) else "refuted"
    return "proved" if all(map(it.true_at, points)) else "wrong"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--from", dest="first", type=int, default=0)
    given = parser.parse_args()
    counts, start = Counter[str](), time.monotonic()
    for number in range(given.first, given.first + given.count):
        found = ending(number)
        counts[found.partition(":")[0]] += 1
        if found.startswith(("refused", "wrong")):
            print(f"claim {number}: {found}", flush=True)
        if (number + 1 - given.first) % 1000 == 0:
            print(f"{number + 1 - given.first}: {dict(counts)}", flush=True)
    print(f"{given.count} claims in {time.monotonic() - start:.0f} s: "
          + ", ".join(f"{counts[kind]} {kind}" for kind in ("proved", "refuted", "undecided", "refused", "wrong")))  # fmt: skip
    return 1 if counts["refused"] or counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
