"""Finds a tree of splits for a formula over a box, or a point where it is false. Untrusted: the kernel re-checks every leaf.

Each region is tried with the usual slopes first, then with multipliers from a linear system; a region that resists is split, along an input
while boxes help, on the sign of a unit when few units are open. Only units that can change sign in a region are ever split.
"""

import random
import time
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, product
from typing import Any

from ..kernel.boxes import Region, Rows, Side, alternatives, ranges_on, refute
from ..kernel.errors import Rejected
from ..kernel.network import Range, Unit
from ..kernel.numeral import numeral
from ..kernel.setting import Setting
from ..kernel.terms import Formula, negate
from .linear import multipliers, solution
from .system import System, Weights, floating, open_units

FEW_UNITS = 8  # open units up to which their signs are split, not inputs
MOST_UNITS = 48  # open units up to which a linear system is tried
FEW_INPUTS = 3
SAMPLES = 200
LP_SECONDS = 10.0
UNCLEAR = 1e-9  # an optimum nearer to 0 than this is left to exact arithmetic


class Stuck(Exception):
    """Why no tree was found: the claim is undecided."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Counterexample(Exception):
    """A point of the box where the formula is false."""

    def __init__(self, point: Sequence[Fraction]) -> None:
        super().__init__(point)
        self.point = tuple(point)


class Search:
    """The search for a tree: `claim` is to hold in the whole box of `sides`. Raises `Counterexample` or `Stuck`."""

    def __init__(self, setting: Setting, sides: Sequence[Side], claim: Formula, seconds: float) -> None:
        self.setting, self.sides, self.claim = setting, list(sides), claim
        self.rows = alternatives(negate(claim), setting.budget)
        self.weights = Weights(setting.graph)
        self.end = time.monotonic() + seconds

    def tree(self) -> list[dict[str, Any]]:
        """The items of the tree, in the kernel's order."""
        for point in _samples(self.sides):
            self._try(point)
        items: list[dict[str, Any]] = []
        waiting = [Region(self.sides, {})]
        while waiting:
            if time.monotonic() > self.end:
                raise Stuck(f"time is over, with {len(items)} parts of the tree found and {len(waiting)} regions open")
            region = waiting.pop()
            ranges = ranges_on(self.setting, region)
            closing = self._closing(region, ranges) if ranges else []
            if closing is not None:
                items.append({"leaf": closing})
                continue
            item, parts = self._split(region, ranges)
            items.append(item)
            waiting.extend(reversed(parts))
        return items

    def _try(self, point: Sequence[Fraction]) -> None:
        if not self.setting.holds(self.claim, self.setting.valuation(self.setting.ranges_at(list(point)))):
            raise Counterexample(point)

    def _closing(self, region: Region, ranges: list[Range]) -> list[dict[str, Any]] | None:
        """What closes each alternative in the region; None if one resists."""
        found = []
        for rows in self.rows:
            closing = self._usual(region, ranges, rows)
            if closing is None and len(open_units(self.setting.graph, region, ranges)) <= MOST_UNITS:
                closing = self._solved(region, ranges, rows)
            if closing is None:
                return None
            found.append(closing)
        return found

    def _usual(self, region: Region, ranges: list[Range], rows: Rows) -> dict[str, Any] | None:
        """One row alone, no split used, the kernel's own slopes."""
        for chosen in range(len(rows)):
            weights = ["1" if index == chosen else "0" for index in range(len(rows))]
            closing = {"weights": weights, "splits": ["0"] * len(region.active), "slopes": []}
            if self._accepted(region, ranges, rows, closing):
                return closing
        return None

    def _accepted(self, region: Region, ranges: list[Range], rows: Rows, closing: dict[str, Any]) -> bool:
        try:
            refute(self.setting, region, ranges, rows, closing)
        except Rejected:
            return False
        return True

    def _solved(self, region: Region, ranges: list[Range], rows: Rows) -> dict[str, Any] | None:
        """Multipliers from the linear system: in floats where that is clear, from z3 where it is not.

        A solution of the system itself is tried as a counterexample.
        """
        system = System(self.setting, region, ranges, self.weights, rows, exact=False)
        found = floating(system)
        if found is None or abs(found.margin) <= UNCLEAR:
            return self._solved_exactly(region, ranges, rows)
        if found.margin < 0:
            self._try_near(region, found.point)
            return None
        return self._rounded(region, ranges, rows, system, found.multipliers)

    def _rounded(self, region: Region, ranges: list[Range], rows: Rows, system: System, weights: Sequence[Any]) -> dict[str, Any] | None:
        exact = [Fraction(weight) for weight in weights]
        for bits in (8, 16, 32, None):
            closing = system.closing(exact, bits)
            if self._accepted(region, ranges, rows, closing):
                return closing
        return None

    def _solved_exactly(self, region: Region, ranges: list[Range], rows: Rows) -> dict[str, Any] | None:
        system = System(self.setting, region, ranges, self.weights, rows, exact=True)
        left = max(0.1, min(LP_SECONDS, self.end - time.monotonic()))
        point = solution(system.exact_rows(), system.size, left)
        if point is not None:
            self._try(point[: len(region.sides)])
            return None
        weights = multipliers(system.exact_rows(), system.size, left)
        return None if weights is None else self._rounded(region, ranges, rows, system, weights)

    def _try_near(self, region: Region, point: Sequence[float]) -> None:
        """Tries a float point, moved to short rationals of the region."""
        exact = [Fraction(round(x * 2**20), 2**20) for x in point]
        self._try([min(max(x, low), high) for x, (low, high) in zip(exact, region.sides, strict=True)])

    def _split(self, region: Region, ranges: list[Range]) -> tuple[dict[str, Any], list[Region]]:
        units = open_units(self.setting.graph, region, ranges)
        if not units:
            raise Stuck("a region in which everything is affine was not settled in time")
        if len(units) > FEW_UNITS and len(region.sides) <= FEW_INPUTS:
            entry = max(range(len(region.sides)), key=lambda i: region.sides[i][1] - region.sides[i][0])
            low, high = region.sides[entry]
            if low < high:
                at = _between(low, high)
                halves = [[*region.sides[:entry], side, *region.sides[entry + 1 :]] for side in ((low, at), (at, high))]
                return {"input": entry, "at": numeral(at)}, [Region(sides, region.active) for sides in halves]

        def width(unit: Unit) -> Fraction:
            source = ranges[self.setting.graph.nodes[unit[0] - 1].sources[0]]
            return Fraction(source.radius[unit[1]] - abs(source.centre[unit[1]]), source.under)

        first = min(number for number, _ in units)
        unit = max((unit for unit in units if unit[0] == first), key=width)
        return {"unit": list(unit)}, [Region(region.sides, region.active | {unit: on}) for on in (True, False)]


def _between(low: Fraction, high: Fraction) -> Fraction:
    """A short number near the middle."""
    bits = 2
    while (high - low) * 2**bits < 4:
        bits += 1
    return Fraction(round((low + high) / 2 * 2**bits), 2**bits)


def _samples(sides: Sequence[Side]) -> Iterator[tuple[Fraction, ...]]:
    """The middle, corners, and points strewn over the box: the same ones every time."""
    source = random.Random(1)
    yield tuple((low + high) / 2 for low, high in sides)
    yield from islice(product(*sides), SAMPLES)
    for _ in range(SAMPLES):
        yield tuple(low + (high - low) * Fraction(source.randrange(1025), 1024) for low, high in sides)
