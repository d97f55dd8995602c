"""Finds a proof for a formula over a box, or a point where it is false. Untrusted: the kernel
re-checks every step.

Each region is tried with the usual slopes first, then with multipliers from a linear system. A
region that resists is cut: along an input while boxes help, on the sign of a pre-activation when
few units are open. Only units that can change sign in a region are ever cut.
"""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, product
from typing import Any

from ...kernel.numerals import numeral
from ...kernel.rules import RULES, Context
from ...kernel.terms import Comparison, Facts, Formula, Junction, facts, junction, negate
from ..workers import Team
from .backward import (
    Made,
    Region,
    Side,
    Sum,
    backward,
    near,
    of_monomial,
    polynomial,
    relation,
    units,
)
from .linear import multipliers, solution
from .setting import Setting
from .system import System, floating

FEW_UNITS = 8  # open units up to which their signs are cut, not inputs
MOST_UNITS = 48  # open units up to which a linear system is tried
MUCH = 0.5  # of the greatest loss: with less a unit is not cut
FEW_INPUTS = 3
SAMPLES = 200
LP_SECONDS = 10.0
UNCLEAR = 1e-9  # an optimum nearer to 0 than this is left to exact arithmetic

Box = Sequence[tuple[Fraction, Fraction]]  # every input's range


class Unsettled(Exception):
    """No proof was found, so the claim is undecided; the reason says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Counterexample(Exception):
    """The goal is false at this point; or, with names, where the numbers of these names are so."""

    def __init__(self, point: Sequence[Fraction], names: Sequence[str] | None = None) -> None:
        super().__init__(point)
        self.point, self.names = tuple(point), names


class Search:
    """The search for a proof of a goal. The proof begins with the facts `start`: the goal's
    negation.

        Search(setting, *beginning(vocabulary, statement), seconds=10).steps()
    """

    def __init__(
        self,
        setting: Setting,
        context: Context,
        start: Facts,
        seconds: float,
        team: Team | None = None,
    ) -> None:
        self.setting, self.context, self.start, self.graph = setting, context, start, setting.graph
        self.goal = negate(junction("and", start))
        self.ends = sides(setting, start)
        self.box = [(low.number, high.number) for low, high in self.ends]
        self.end, self.team = time.monotonic() + seconds, team
        self.losses = dict[int, float]()  # of the units of the region that was tried last
        self.found, self.open = list[Any](), list[Region]()

    def steps(self) -> list[Any]:
        """The steps of the proof, in the kernel's order. Raises `Counterexample`, `Unsettled`."""
        for point in samples(self.box):
            self.attempt(point)
        return self.regions(self.whole())

    def whole(self) -> Region:
        """The box with all facts."""
        rows = []
        for place, fact in enumerate(self.start):
            if isinstance(fact, Comparison) and not is_bound(self.setting, fact):
                rows.append(place)
        return Region(self.start, tuple(rows), self.ends)

    def regions(self, whole: Region) -> list[Any]:
        """The steps that close a region, cut as often as needed."""
        self.begin(whole)
        return self.resumed()

    def begin(self, whole: Region) -> None:
        """Nothing is found of the region."""
        self.found, self.open = [], [whole]

    def resumed(self) -> list[Any]:
        """The steps that close what `begin` was given, from where time was over, if it was."""
        while self.open:
            if time.monotonic() > self.end:
                sizes = f"{len(self.found)} steps found and {len(self.open)} regions open"
                raise Unsettled(f"time is over, with {sizes}")
            region = self.open[-1]
            known = region.branch + tuple(self.graph.relaxed(region.branch))
            inside = Region(known, region.rows, region.sides)
            values = units(self.graph, known, len(region.branch))
            self.losses = {}
            closing = self._closing(inside, values, frozenset())
            if closing is not None:
                self.found += [["units"], *closing]
                self.open.pop()
                continue
            text, halves = self._halves(region, values)
            self.found.append(["cut", text])
            self.open[-1:] = reversed(halves)
        return self.found

    def attempt(self, point: Sequence[Fraction]) -> None:
        """Raises `Counterexample` if the goal is false at the point."""
        if not self.setting.holds(self.goal, self.setting.at(list(point))):
            raise Counterexample(point)

    def _closing(
        self, region: Region, values: list[Made], split: frozenset[int]
    ) -> list[Any] | None:
        """Steps that close the region, by cases on its disjunctions where they are needed; None if
        it resists. `split`: the places of the disjunctions that were taken apart already."""
        leaf = self._leaf(region, values)
        if leaf is not None:
            return [["leaf", leaf]]
        for place, fact in enumerate(region.branch):
            if isinstance(fact, Junction) and place not in split:
                return self._by_cases(region, values, split | {place}, place, fact)
        return None

    def _by_cases(
        self, region: Region, values: list[Made], split: frozenset[int], place: int, fact: Junction
    ) -> list[Any] | None:
        """Steps that close the region with each part of the disjunction at this place."""
        steps: list[Any] = [["cases", place]]
        for part in fact.parts:
            new = facts(part)
            rows = list(region.rows)
            for number, one in enumerate(new, len(region.branch)):
                if isinstance(one, Comparison):
                    rows.append(number)
            inside = Region(region.branch + new, tuple(rows), region.sides)
            closing = self._closing(inside, values, split)
            if closing is None:
                return None
            steps += closing
        return steps

    def _leaf(self, region: Region, values: list[Made]) -> list[Any] | None:
        """The entries of a leaf that closes the region: of one row alone, or else of several."""
        for row in region.rows:
            signs = (1, -1) if relation(region.branch[row]) == "=" else (1,)
            for sign in signs:
                entries = self._written(region, values, {row: Fraction(sign)}, {})
                if entries is not None:
                    return entries
        open_units = [value for value in values if value.open]
        return self._solved(region, values) if len(open_units) <= MOST_UNITS else None

    def _written(
        self,
        region: Region,
        values: list[Made],
        weights: Mapping[int, Fraction],
        slopes: Mapping[int, Any],
    ) -> list[Any] | None:
        """The entries of a leaf with these weights of rows, if it closes the region: first in
        floats, then exactly."""
        quick = self._summed(region, values, weights, slopes, exact=False)
        if quick is None:
            return None
        if quick.constant > UNCLEAR * (1 + sum(abs(c) for c, _ in quick.entries)):
            return None
        total = self._summed(region, values, weights, slopes, exact=True)
        if total is None or total.constant > 0:
            return None
        own = [(weight, place) for place, weight in weights.items() if weight]
        entries = own + total.entries
        strict = any(relation(region.branch[place]) == "<" for _, place in entries)
        if total.constant == 0 and not strict:
            return None
        return [[numeral(weight), [place]] for weight, place in entries]

    def _summed(
        self,
        region: Region,
        values: list[Made],
        weights: Mapping[int, Fraction],
        slopes: Mapping[int, Any],
        exact: bool,
    ) -> Sum | None:
        """What is left of the rows with these weights; None if one of them has a product."""
        form: dict[int, Any] = {}
        for row, weight in weights.items():
            for monomial, c in polynomial(region.branch[row]).terms:
                if len(monomial) > 1:
                    return None
                value = of_monomial(monomial)
                product = weight * c
                number = product if exact else near(product)
                form[value] = form.get(value, 0) - number
        return backward(form, values, region, slopes, exact)

    def _solved(self, region: Region, values: list[Made]) -> list[Any] | None:
        """A leaf's entries from the linear system: in floats where they are clear, else from z3.

        A solution of the system itself is tried as a counterexample.
        """
        system = System(region, values, exact=False)
        if not system.rows:
            return None
        optimum = floating(system)
        if optimum is not None:
            self.losses = optimum.losses
        if optimum is None or abs(optimum.margin) <= UNCLEAR:
            return self._solved_exactly(region, values)
        if optimum.margin < 0:
            self._try_near(region, optimum.point)
            return None
        return self._rounded(region, values, system, optimum.multipliers)

    def _rounded(
        self, region: Region, values: list[Made], system: System, weights: Sequence[Any]
    ) -> list[Any] | None:
        """A leaf's entries from multipliers, rounded as much as may be."""
        exact = [Fraction(weight) for weight in weights]
        for bits in (8, 16, 32, None):
            chosen, slopes = system.closing(exact, bits)
            own = dict(zip(region.rows, chosen, strict=True))
            entries = self._written(region, values, own, slopes)
            if entries is not None:
                return entries
        return None

    def _solved_exactly(self, region: Region, values: list[Made]) -> list[Any] | None:
        system = System(region, values, exact=True)
        left = max(0.1, min(LP_SECONDS, self.end - time.monotonic()))
        point = solution(system.exact_rows(), system.size, left)
        if point is not None:
            self.attempt(point[: len(region.sides)])
            return None
        weights = multipliers(system.exact_rows(), system.size, left)
        return None if weights is None else self._rounded(region, values, system, weights)

    def _try_near(self, region: Region, point: Sequence[float]) -> None:
        """Tries a float point, moved to short rationals of the region."""
        moved = []
        for x, (low, high) in zip(point, region.sides, strict=True):
            short = Fraction(round(x * 2**20), 2**20)
            moved.append(min(max(short, low.number), high.number))
        self.attempt(moved)

    def _halves(self, region: Region, values: list[Made]) -> tuple[str, list[Region]]:
        """A formula to cut the region by, and the two regions that this makes."""
        waiting = [value for value in values if value.open]
        if not waiting:
            raise Unsettled("a region in which everything is affine was not settled in time")
        widths = [high.number - low.number for low, high in region.sides]
        widest = widths.index(max(widths))
        many = len(waiting) > FEW_UNITS
        if many and len(region.sides) <= FEW_INPUTS and widths[widest] > 0:
            return self._cut_input(region, widest)
        return self._cut_sign(region, waiting)

    def _cut_input(self, region: Region, index: int) -> tuple[str, list[Region]]:
        """Cuts the range of one input near its middle."""
        low, high = region.sides[index]
        at, place = between(low.number, high.number), len(region.branch)
        text = f"{self.setting.inputs[index]} <= {numeral(at)}"
        branches = RULES["cut"].apply(self.context, region.branch, text)
        ranges = [(low, Side(at, place, Fraction(1))), (Side(at, place, Fraction(-1)), high)]
        halves = []
        for new, span in zip(branches, ranges, strict=True):
            ends = (*region.sides[:index], span, *region.sides[index + 1 :])
            halves.append(Region(region.branch + new, region.rows, ends))
        return text, halves

    def _cut_sign(self, region: Region, waiting: Sequence[Made]) -> tuple[str, list[Region]]:
        """Cuts on the sign of a pre-activation: of those units whose lines lose much in the linear
        system, as far as one was solved, and among them of those of the least depth, that one which
        loses most; or else whose upper bound lies highest at 0."""
        depth = self.setting.depth
        losses = {value.value: self.losses.get(value.value, 0.0) for value in waiting}
        much = MUCH * max(losses.values())
        costly = [value for value in waiting if losses[value.value] >= much]
        first = min(depth[value.value] for value in costly)
        earliest = [value for value in costly if depth[value.value] == first]
        unit = max(earliest, key=lambda value: (losses[value.value], value.form[0]))
        text = f"value{unit.before} <= 0"
        rows = (*region.rows, len(region.branch))
        branches = RULES["cut"].apply(self.context, region.branch, text)
        return text, [Region(region.branch + new, rows, region.sides) for new in branches]


def sides(setting: Setting, start: Facts) -> tuple[tuple[Side, Side], ...]:
    """The tightest bounds of the inputs among the facts. Raises `Unsettled` where there are none.

    Of the facts -x <= 0 and 2*x - 1 <= 0: ((Side(0, 0, -1), Side(1/2, 1, 2)),).
    """
    low, high = setting.graph.bounds(start)
    inputs = range(1, setting.graph.inputs + 1)
    if not all(entry in low and entry in high for entry in inputs):
        raise Unsettled("expected bounds for every input, from below and from above")
    bounds = [(place, fact) for place, fact in enumerate(start) if isinstance(fact, Comparison)]
    # a strict bound says more than another with the same number
    bounds.sort(key=lambda bound: bound[1].relation != "<")

    def end(entry: int, number: Fraction, sign: int) -> Side:
        for place, fact in bounds:
            if _bounded_input(setting, fact) != entry:
                continue
            terms = dict(fact.polynomial.terms)
            c = terms[(entry,)]
            fits = sign * c > 0 or fact.relation == "="
            if fits and -terms.get((), Fraction(0)) / c == number:
                return Side(number, place, c)
        raise Unsettled(f"expected a fact that bounds input {entry} by {numeral(number)}")

    return tuple((end(entry, low[entry], -1), end(entry, high[entry], 1)) for entry in inputs)


def is_bound(setting: Setting, fact: Formula) -> bool:
    """Whether the fact bounds one input alone."""
    return isinstance(fact, Comparison) and bool(_bounded_input(setting, fact))


def _bounded_input(setting: Setting, fact: Comparison) -> int:
    """The number of the input, from 1, that the comparison bounds; 0 if it speaks of anything
    else."""
    monomials = [monomial for monomial, _ in fact.polynomial.terms if monomial]
    if len(monomials) != 1 or len(monomials[0]) != 1:
        return 0
    (entry,) = monomials[0]
    return entry if entry <= setting.graph.inputs else 0


def between(low: Fraction, high: Fraction) -> Fraction:
    """A short number near the middle."""
    bits = 2
    while (high - low) * 2**bits < 4:
        bits += 1
    return Fraction(round((low + high) / 2 * 2**bits), 2**bits)


def samples(box: Box) -> Iterator[tuple[Fraction, ...]]:
    """The middle, corners, and points strewn over the box: the same ones every time."""
    source = random.Random(1)
    yield tuple((low + high) / 2 for low, high in box)
    if all(low == high for low, high in box):
        return
    yield from islice(product(*box), SAMPLES)
    for _ in range(SAMPLES):
        parts = [Fraction(source.randrange(1025), 1024) for _ in box]
        yield tuple(low + (high - low) * part for (low, high), part in zip(box, parts, strict=True))
