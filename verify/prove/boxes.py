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
from ..kernel.terms import Formula, Polynomial, negate
from .linear import Row, multipliers, solution

FEW_UNITS = 8  # open units up to which their signs are split, not inputs
MOST_UNITS = 48  # open units up to which a linear system is tried
FEW_INPUTS = 3
SAMPLES = 200
LP_SECONDS = 10.0

Affine = tuple[dict[int, Fraction], Fraction]  # of the inputs 0 … d − 1 and the open units d, d + 1, …


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
            if closing is None and len(self._open(ranges, region)) <= MOST_UNITS:
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
        """Multipliers from a linear system; a solution of the system itself is tried as a counterexample."""
        system = _System(self.setting, region, ranges, self._open(ranges, region), rows)
        left = max(0.1, min(LP_SECONDS, self.end - time.monotonic()))
        point = solution(system.rows, system.size, left)
        if point is not None:
            self._try(point[: len(region.sides)])
            return None
        weights = multipliers(system.rows, system.size, left)
        if weights is None:
            return None
        for bits in (12, 24, 48, None):
            closing = system.closing(weights, bits)
            if self._accepted(region, ranges, rows, closing):
                return closing
        return None

    def _open(self, ranges: list[Range], region: Region) -> list[Unit]:
        """The units whose sign is not known in the region."""
        found = []
        for number, node in enumerate(self.setting.graph.nodes, 1):
            if not node.rows:
                source = ranges[node.sources[0]]
                pairs = enumerate(zip(source.centre, source.radius, strict=True))
                found += [(number, entry) for entry, (c, r) in pairs if -r < c < r and (number, entry) not in region.active]
        return found

    def _split(self, region: Region, ranges: list[Range]) -> tuple[dict[str, Any], list[Region]]:
        units = self._open(ranges, region)
        if not units:
            raise Stuck("a region in which everything is affine was not settled in time")
        if len(units) > FEW_UNITS and len(region.sides) <= FEW_INPUTS:
            entry = max(range(len(region.sides)), key=lambda i: region.sides[i][1] - region.sides[i][0])
            low, high = region.sides[entry]
            if low < high:
                at = _between(low, high)
                parts = [Region([*region.sides[:entry], side, *region.sides[entry + 1 :]], region.active) for side in ((low, at), (at, high))]
                return {"input": entry, "at": numeral(at)}, parts

        def width(unit: Unit) -> Fraction:
            source = ranges[self.setting.graph.nodes[unit[0] - 1].sources[0]]
            return Fraction(source.radius[unit[1]] - abs(source.centre[unit[1]]), source.under)

        first = min(number for number, _ in units)
        unit = max((unit for unit in units if unit[0] == first), key=width)
        return {"unit": list(unit)}, [Region(region.sides, region.active | {unit: on}) for on in (True, False)]


class _System:
    """The linear system that a counterexample in the region satisfies, in the inputs and one variable for each open unit."""

    def __init__(self, setting: Setting, region: Region, ranges: list[Range], units: list[Unit], rows: Rows) -> None:
        self.region, self.units = region, units
        inputs = len(region.sides)
        self.size = inputs + len(units)
        variables = {unit: inputs + index for index, unit in enumerate(units)}
        self.forms = _forms(setting, region, ranges, variables)
        self.slopes: list[Fraction] = []
        self.rows = [Row(*self._form(setting, row.polynomial), row.relation) for row in rows]
        self.split_start = len(self.rows)
        for (number, entry), on in region.active.items():
            self.rows.append(_scaled(self._before(setting, number, entry), Fraction(-1 if on else 1)))
        self.unit_start = len(self.rows)
        for (number, entry), variable in variables.items():
            source = ranges[setting.graph.nodes[number - 1].sources[0]]
            low = Fraction(source.centre[entry] - source.radius[entry], source.under)
            high = Fraction(source.centre[entry] + source.radius[entry], source.under)
            before, slope = self._before(setting, number, entry), high / (high - low)
            self.slopes.append(slope)
            above = _sum([(-slope, before), (Fraction(1), ({variable: Fraction(1)}, slope * low))])
            below = _sum([(Fraction(1), before), (Fraction(-1), ({variable: Fraction(1)}, Fraction(0)))])
            self.rows += [Row({variable: Fraction(-1)}, Fraction(0)), Row(*below), Row(*above)]
        for index, (low, high) in enumerate(region.sides):
            self.rows += [Row({index: Fraction(1)}, -high), Row({index: Fraction(-1)}, low)]

    def _before(self, setting: Setting, number: int, entry: int) -> Affine:
        return self.forms[setting.graph.nodes[number - 1].sources[0]][entry]

    def _form(self, setting: Setting, p: Polynomial) -> Affine:
        one: Affine = ({}, Fraction(1))
        places = [(c, setting.places[monomial[0]] if monomial else None) for monomial, c in p.terms]
        return _sum([(c, self.forms[place[0]][place[1]] if place else one) for c, place in places])

    def closing(self, weights: list[Fraction], bits: int | None) -> dict[str, Any]:
        """The multipliers as the kernel takes them, each rounded to that many bits after the point."""

        def text(value: Fraction) -> str:
            return numeral(value if bits is None else Fraction(round(value * 2**bits), 2**bits))

        slopes = []
        for index, unit in enumerate(self.units):
            zero, below, above = weights[self.unit_start + 3 * index : self.unit_start + 3 * index + 3]
            if above > zero + below:
                slopes.append([list(unit), text(self.slopes[index])])
            elif zero + below:
                slopes.append([list(unit), text(min(Fraction(1), max(Fraction(0), below / (zero + below))))])
        return {
            "weights": [text(weight) for weight in weights[: self.split_start]],
            "splits": [text(weight) for weight in weights[self.split_start : self.unit_start]],
            "slopes": slopes,
        }


def _forms(setting: Setting, region: Region, ranges: list[Range], variables: dict[Unit, int]) -> list[list[Affine]]:
    """Every value as an affine form: an open unit is a variable, any other is its pre-activation or 0."""
    forms: list[list[Affine]] = [[({index: Fraction(1)}, Fraction(0)) for index in range(len(region.sides))]]
    for number, node in enumerate(setting.graph.nodes, 1):
        behind = [form for source in node.sources for form in forms[source]]
        if node.rows:
            weights = [[Fraction(w, node.scale) for w in row] for row in node.rows]
            forms.append([_sum([*zip(row, behind, strict=True), (Fraction(b, node.scale), ({}, Fraction(1)))])
                          for row, b in zip(weights, node.bias, strict=True)])  # fmt: skip
            continue
        source, found = ranges[node.sources[0]], []
        for entry, form in enumerate(behind):
            on = region.active.get((number, entry), source.centre[entry] >= source.radius[entry])
            variable = variables.get((number, entry))
            found.append(({variable: Fraction(1)}, Fraction(0)) if variable is not None else form if on else ({}, Fraction(0)))
        forms.append(found)
    return forms


def _sum(parts: Sequence[tuple[Fraction, Affine]]) -> Affine:
    form: dict[int, Fraction] = {}
    constant = Fraction(0)
    for factor, (other, more) in parts:
        if factor:
            constant += factor * more
            for index, c in other.items():
                form[index] = form.get(index, Fraction(0)) + factor * c
    return {index: c for index, c in form.items() if c}, constant


def _scaled(affine: Affine, factor: Fraction) -> Row:
    return Row(*_sum([(factor, affine)]))


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
