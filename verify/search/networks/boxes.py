"""Finds a proof for a formula over a box, or a point where it is false. Untrusted: the kernel re-checks every step.

Each region is tried with the usual slopes first, then with multipliers from a linear system; a region that resists is cut, along an input
while boxes help, on the sign of a pre-activation when few units are open. Only units that can change sign in a region are ever cut.
"""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, product
from typing import Any

from ...kernel.numerals import numeral
from ...kernel.rules import RULES, Context
from ...kernel.terms import Comparison, Facts, Junction, facts, junction, negate
from .backward import Made, Region, Side, backward, near, polynomial, relation, units
from .linear import multipliers, solution
from .setting import Setting
from .system import System, floating

FEW_UNITS = 8  # open units up to which their signs are cut, not inputs
MOST_UNITS = 48  # open units up to which a linear system is tried
FEW_INPUTS = 3
SAMPLES = 200
LP_SECONDS = 10.0
UNCLEAR = 1e-9  # an optimum nearer to 0 than this is left to exact arithmetic

Sides = Sequence[tuple[Fraction, Fraction]]


class Stuck(Exception):
    """Why no proof was found: the claim is undecided."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Counterexample(Exception):
    """A point where the goal is false; or numbers with these names, for which it is."""

    def __init__(self, point: Sequence[Fraction], names: Sequence[str] | None = None) -> None:
        super().__init__(point)
        self.point, self.names = tuple(point), names


class Search:
    """The search for a proof of a goal, which begins with the facts `start`, its negation. Raises `Counterexample` or `Stuck`."""

    def __init__(self, setting: Setting, context: Context, start: Facts, seconds: float) -> None:
        self.setting, self.context, self.start, self.graph = setting, context, start, setting.graph
        self.goal = negate(junction("and", start))
        self.ends = sides(setting, start)
        self.box = [(low.number, high.number) for low, high in self.ends]
        self.end = time.monotonic() + seconds

    def steps(self) -> list[Any]:
        """The steps of the proof, in the kernel's order."""
        for point in samples(self.box):
            self._try(point)
        rows = [place for place, fact in enumerate(self.start) if isinstance(fact, Comparison) and not _is_end(self.setting, fact)]
        return self.regions(Region(self.start, tuple(rows), self.ends))

    def regions(self, whole: Region) -> list[Any]:
        """The steps that close a region, cut as often as needed."""
        steps: list[Any] = []
        waiting = [whole]
        while waiting:
            if time.monotonic() > self.end:
                raise Stuck(f"time is over, with {len(steps)} steps found and {len(waiting)} regions open")
            region = waiting.pop()
            inside = Region(region.branch + tuple(self.graph.relaxed(region.branch)), region.rows, region.sides)
            values = units(self.graph, inside.branch, len(region.branch))
            closing = self._closing(inside, values, frozenset())
            if closing is not None:
                steps += [["units"], *closing]
                continue
            text, parts = self._parts(region, values)
            steps.append(["cut", text])
            waiting.extend(reversed(parts))
        return steps

    def _try(self, point: Sequence[Fraction]) -> None:
        if not self.setting.holds(self.goal, self.setting.at(list(point))):
            raise Counterexample(point)

    def _closing(self, region: Region, values: list[Made], split: frozenset[int]) -> list[Any] | None:
        """Steps that close the region, by cases on its disjunctions where they are needed; None if it resists."""
        leaf = self._leaf(region, values)
        if leaf is not None:
            return [["leaf", leaf]]
        for place, fact in enumerate(region.branch):
            if isinstance(fact, Junction) and place not in split:
                break
        else:
            return None
        steps: list[Any] = [["cases", place]]
        for part in fact.parts:
            new = facts(part)
            rows = [len(region.branch) + i for i, one in enumerate(new) if isinstance(one, Comparison)]
            inner = self._closing(Region(region.branch + new, (*region.rows, *rows), region.sides), values, split | {place})
            if inner is None:
                return None
            steps += inner
        return steps

    def _leaf(self, region: Region, values: list[Made]) -> list[Any] | None:
        """The entries of a leaf that closes the region, if one is found: by one row alone, or several."""
        for chosen in region.rows:
            for weight in (1, -1) if relation(region.branch[chosen]) == "=" else (1,):
                found = self._written(region, values, {chosen: Fraction(weight)}, {})
                if found is not None:
                    return found
        return self._solved(region, values) if sum(value.open for value in values) <= MOST_UNITS else None

    def _written(self, region: Region, values: list[Made], weights: Mapping[int, Fraction], slopes: Mapping[int, Any]) -> list[Any] | None:
        """The entries of a leaf with these weights of rows, if it closes the region: first in floats, then exactly."""
        used = [place for place, weight in weights.items() if weight]
        strict = any(relation(region.branch[place]) == "<" for place in used)
        for exact in (False, True):
            form: dict[int, Any] = {}
            for place, weight in weights.items():
                for monomial, c in polynomial(region.branch[place]).terms:
                    value = monomial[0] if monomial else 0
                    if len(monomial) > 1:
                        return None
                    form[value] = form.get(value, 0) - (weight * c if exact else near(weight * c))
            rest, entries = backward(form, values, region, slopes, exact)
            if rest > (0 if exact else UNCLEAR * (1 + sum(abs(c) for c, _ in entries))):
                return None
        strict = strict or any(relation(region.branch[place]) == "<" for _, place in entries)
        if rest == 0 and not strict:
            return None
        whole = [(c, place) for place, c in weights.items() if c] + entries
        return [[numeral(c), [place]] for c, place in whole]

    def _solved(self, region: Region, values: list[Made]) -> list[Any] | None:
        """Multipliers from the linear system: in floats where that is clear, from z3 where it is not.

        A solution of the system itself is tried as a counterexample.
        """
        system = System(region, values, exact=False)
        found = floating(system) if system.rows else None
        if found is None or abs(found.margin) <= UNCLEAR:
            return self._solved_exactly(region, values) if system.rows else None
        if found.margin < 0:
            self._try_near(region, found.point)
            return None
        return self._rounded(region, values, system, found.multipliers)

    def _rounded(self, region: Region, values: list[Made], system: System, weights: Sequence[Any]) -> list[Any] | None:
        exact = [Fraction(weight) for weight in weights]
        for bits in (8, 16, 32, None):
            chosen, slopes = system.closing(exact, bits)
            found = self._written(region, values, dict(zip(region.rows, chosen, strict=True)), slopes)
            if found is not None:
                return found
        return None

    def _solved_exactly(self, region: Region, values: list[Made]) -> list[Any] | None:
        system = System(region, values, exact=True)
        left = max(0.1, min(LP_SECONDS, self.end - time.monotonic()))
        point = solution(system.exact_rows(), system.size, left)
        if point is not None:
            self._try(point[: len(region.sides)])
            return None
        weights = multipliers(system.exact_rows(), system.size, left)
        return None if weights is None else self._rounded(region, values, system, weights)

    def _try_near(self, region: Region, point: Sequence[float]) -> None:
        """Tries a float point, moved to short rationals of the region."""
        exact = [Fraction(round(x * 2**20), 2**20) for x in point]
        self._try([min(max(x, low.number), high.number) for x, (low, high) in zip(exact, region.sides, strict=True)])

    def _parts(self, region: Region, values: list[Made]) -> tuple[str, list[Region]]:
        """A formula to cut the region by, and its two parts."""
        waiting = [value for value in values if value.open]
        if not waiting:
            raise Stuck("a region in which everything is affine was not settled in time")
        entry = max(range(len(region.sides)), key=lambda i: region.sides[i][1].number - region.sides[i][0].number)
        low, high = region.sides[entry]
        if len(waiting) > FEW_UNITS and len(region.sides) <= FEW_INPUTS and low.number < high.number:
            at, place = between(low.number, high.number), len(region.branch)
            text = f"{self.setting.inputs[entry]} <= {numeral(at)}"
            below, above = Side(at, place, Fraction(1)), Side(at, place, Fraction(-1))
            halves = [[*region.sides[:entry], side, *region.sides[entry + 1 :]] for side in ((low, below), (above, high))]
            rows: tuple[int, ...] = ()
        else:
            first = min(self.setting.depth[value.value] for value in waiting)
            unit = max((value for value in waiting if self.setting.depth[value.value] == first), key=lambda value: value.form[0])
            text, halves, rows = f"value{unit.before} <= 0", [list(region.sides)] * 2, (len(region.branch),)
        branches = RULES["cut"].apply(self.context, region.branch, text)
        parts = [Region(region.branch + new, region.rows + rows, tuple(sides)) for new, sides in zip(branches, halves, strict=True)]
        return text, parts


def sides(setting: Setting, start: Facts) -> tuple[tuple[Side, Side], ...]:
    """The tightest bounds of the inputs among the facts. Raises `Stuck` where there are none."""
    low, high = setting.graph.bounds(start)
    if not all(entry in low and entry in high for entry in range(1, setting.graph.inputs + 1)):
        raise Stuck("expected bounds for every input, from below and from above")
    found: list[tuple[Side, Side]] = []
    for entry in range(1, setting.graph.inputs + 1):
        ends = []
        for side, sign in ((low, -1), (high, 1)):
            # a strict bound says more than another with the same number
            for place, fact in sorted(enumerate(start), key=lambda pair: relation(pair[1]) != "<"):
                if isinstance(fact, Comparison) and _is_end(setting, fact, entry):
                    c = dict(fact.polynomial.terms)[(entry,)]
                    if (sign * c > 0 or fact.relation == "=") and setting.graph.bounds([fact])[sign > 0][entry] == side[entry]:
                        ends.append(Side(side[entry], place, c))
                        break
        found.append((ends[0], ends[1]))
    return tuple(found)


def _is_end(setting: Setting, fact: Comparison, entry: int = 0) -> bool:
    """Whether it bounds an input, the one named if any, and nothing else."""
    own = {monomial for monomial, _ in fact.polynomial.terms if monomial}
    return len(own) == 1 and own <= ({(entry,)} if entry else {(i,) for i in range(1, setting.graph.inputs + 1)})


def between(low: Fraction, high: Fraction) -> Fraction:
    """A short number near the middle."""
    bits = 2
    while (high - low) * 2**bits < 4:
        bits += 1
    return Fraction(round((low + high) / 2 * 2**bits), 2**bits)


def samples(sides: Sides) -> Iterator[tuple[Fraction, ...]]:
    """The middle, corners, and points strewn over the box: the same ones every time."""
    source = random.Random(1)
    yield tuple((low + high) / 2 for low, high in sides)
    if all(low == high for low, high in sides):
        return
    yield from islice(product(*sides), SAMPLES)
    for _ in range(SAMPLES):
        yield tuple(low + (high - low) * Fraction(source.randrange(1025), 1024) for low, high in sides)
