"""One input: the lines that expressions are on segments, and what comparisons say of x there.

Between suitable points the networks are affine, so that every comparison bounds x. Nothing here is
trusted.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from ...kernel.terms import Comparison, Formula, Polynomial
from ..relations import false_weight
from .setting import Setting, Values

Branch = tuple[Formula, ...]


class Bound(NamedTuple):
    """What a fact says of x: at most, or at least, `number`. The fact's polynomial is there
    `slope` * x and a number."""

    number: Fraction
    strict: bool
    place: int
    slope: Fraction


class Bounds(NamedTuple):
    """The tightest bounds of x that some facts give; and of a fact that is false for every x the
    weight that shows it, and its place."""

    low: Bound
    high: Bound
    false: tuple[Fraction, int] | None = None

    @property
    def empty(self) -> bool:
        """Whether no x satisfies the facts."""
        low, high = self.low, self.high
        crossed = low.number > high.number
        touching = low.number == high.number and (low.strict or high.strict)
        return self.false is not None or crossed or touching


@dataclass(frozen=True)
class Path:
    """A branch, and the shorter one of which it came. `lines`: by cores, the places of two facts
    that say which line each is. `bounds`: what its comparisons say of x on a segment, once that was
    asked for."""

    branch: Branch
    before: "Path | None" = None
    lines: Mapping[int, int] = field(default_factory=dict)
    bounds: dict[int | None, Bounds] = field(default_factory=dict)

    def more(self, *new: Formula) -> "Path":
        """The branch with these facts too."""
        return Path(self.branch + new, self, self.lines)

    def with_line(self, core: int, least: Formula, greatest: Formula) -> "Path":
        """The branch with the two facts of a line too."""
        lines = {**self.lines, core: len(self.branch)}
        return Path((*self.branch, least, greatest), self, lines)


class Split(NamedTuple):
    """A polynomial: `factor` times the core of this index, without x and number; `slope` * x; and
    a number."""

    core: int
    factor: Fraction
    slope: Fraction
    number: Fraction


class Line(NamedTuple):
    """slope * x + height; `zero`: where it is 0, if it has a slope."""

    slope: Fraction
    height: Fraction
    zero: Fraction

    @classmethod
    def of(cls, slope: Fraction, height: Fraction) -> "Line":
        """The line, with its zero."""
        zero = -height / slope if slope else slope
        return cls(slope, height, zero)


class Half(NamedTuple):
    """Where a line is <= 0, or < 0: on a half-line, nowhere, or everywhere."""

    relation: str
    line: Line

    def holds(self, low: Fraction, high: Fraction) -> bool:
        """Whether it is at both of these numbers, and so between them."""
        slope, height, zero = self.line
        if slope:
            farthest = high if slope > 0 else low
            touches = farthest == zero and self.relation == "<="
            return touches or (zero - farthest) * slope > 0
        return height < 0 or (height == 0 and self.relation == "<=")


class Segments:
    """The segments of a grid, and the lines that polynomials are on them.

        grid = evaluated(setting, 0, 1)      of the tent: values at 0, 1/2, 1
        Segments(setting, grid).line(tent, 1)      Line(-2, 2, 1): the tent is 2 - 2*x there
    """

    def __init__(self, setting: Setting, grid: Mapping[Fraction, Values]) -> None:
        self.setting, self.grid, self.last = setting, list(grid), len(grid) - 2
        self.at = list(grid.values())
        self.cores, self._core_values = [Polynomial(())], [[Fraction(0)] * len(grid)]
        self._index, self._splits = {self.cores[0]: 0}, dict[int, tuple[Polynomial, Split]]()
        self._known = dict[Split, Split]()
        self._lines = dict[tuple[int, int], Line]()  # of splits, by their ids: those in _known
        self._core_lines = dict[tuple[int, int], Line]()

    def split(self, p: Polynomial) -> Split:
        """The polynomial's parts. Polynomials that differ by a factor, by multiples of x and by
        numbers have one core; core 0 is the number 0. Of equal polynomials it is one object."""
        if id(p) not in self._splits:  # a long polynomial's hash takes longer than all else here
            terms = dict(p.terms)
            number, slope = terms.pop((), Fraction(0)), terms.pop((1,), Fraction(0))
            factor = next(iter(terms.values()), Fraction(1))
            core = Polynomial(tuple((monomial, c / factor) for monomial, c in terms.items()))
            split = Split(self._core(core), factor, slope, number)
            self._splits[id(p)] = p, self._known.setdefault(split, split)
        return self._splits[id(p)][1]

    def _core(self, core: Polynomial) -> int:
        """The core's index."""
        if core not in self._index:
            self._index[core] = len(self.cores)
            self.cores.append(core)
            self._core_values.append([self.setting.value(core, at) for at in self.at])
        return self._index[core]

    def along(self, p: Polynomial, first: int, last: int) -> list[Fraction]:
        """A polynomial's values at the ends of these segments."""
        core, factor, slope, number = self.split(p)
        ends = slice(first, last + 2)
        pairs = zip(self.grid[ends], self._core_values[core][ends], strict=True)
        return [slope * x + factor * v + number for x, v in pairs]

    def core_line(self, core: int, segment: int) -> Line:
        """The line that a core is on a segment."""
        known = self._core_lines.get((core, segment))
        if known is None:
            x, y = self.grid[segment : segment + 2]
            v, w = self._core_values[core][segment : segment + 2]
            slope = (w - v) / (y - x)
            known = self._core_lines[core, segment] = Line.of(slope, v - slope * x)
        return known

    def line(self, p: Polynomial, segment: int) -> Line:
        """The line that a polynomial is on a segment."""
        return self._line(self.split(p), segment)

    def _line(self, split: Split, segment: int) -> Line:
        core, factor, slope, number = split
        own = segment if core else 0  # without a core it is one line on all segments
        place = id(split), own
        known = self._lines.get(place)
        if known is None:
            on = self.core_line(core, segment)
            known = Line.of(slope + factor * on.slope, number + factor * on.height)
            self._lines[place] = known
        return known

    def around(self, bounds: Bounds) -> tuple[int, int]:
        """The first and the last segment that x, between these bounds, can lie in."""
        first = bisect_right(self.grid, bounds.low.number) - 1
        last = bisect_left(self.grid, bounds.high.number) - 1
        first = max(0, min(first, self.last))
        return first, max(first, min(last, self.last))

    def bounds(self, path: Path, segment: int | None) -> Bounds:
        """What the comparisons say of x on a segment; without one, those about x alone say."""
        if segment not in path.bounds:
            first, found = 0, self._ends(segment)
            if path.before is not None:
                first, found = len(path.before.branch), self.bounds(path.before, segment)
            path.bounds[segment] = self.narrowed(found, path.branch, segment, first)
        return path.bounds[segment]

    def narrowed(
        self, found: Bounds, branch: Branch, segment: int | None, first: int = 0
    ) -> Bounds:
        """These bounds, and what the comparisons of a branch, from its first place on, say beyond
        them."""
        met = set[tuple[str, int]]()  # a fact that is repeated says nothing new
        for place in range(first, len(branch)):
            fact = branch[place]
            if not isinstance(fact, Comparison):
                continue
            split = self.split(fact.polynomial)
            said = fact.relation, id(split)
            if said in met or (segment is None and split.core):
                continue
            met.add(said)
            found = _tightened(found, fact.relation, self._line(split, segment or 0), place)
        return found

    def _ends(self, segment: int | None) -> Bounds:
        """A segment's own ends; they are of no fact."""
        first, last = (0, self.last) if segment is None else (segment, segment)
        low = Bound(self.grid[first], False, -1, Fraction(-1))
        return Bounds(low, Bound(self.grid[last + 1], False, -1, Fraction(1)))


def _tightened(found: Bounds, relation: str, line: Line, place: int) -> Bounds:
    """The bounds, and what a fact says of x: that its line is in relation to 0."""
    slope, height, zero = line
    strict = relation == "<"
    if not slope:
        weight = false_weight(height, relation)
        return found._replace(false=(Fraction(weight), place)) if weight else found
    new = Bound(zero, strict, place, slope)
    low, high = found.low, found.high
    if (slope > 0 or relation == "=") and _tighter(new, high, -1):
        high = new
    if (slope < 0 or relation == "=") and _tighter(new, low, 1):
        low = new
    return Bounds(low, high, found.false)


def _tighter(new: Bound, old: Bound, sign: int) -> bool:
    """Whether a bound says more than another, or the same of a fact where that one is of none."""
    if new.number != old.number:
        return sign * (new.number - old.number) > 0
    if new.strict != old.strict:
        return new.strict
    return old.place < 0


def simplest(bounds: Bounds) -> Fraction:
    """The number with the least denominator that satisfies the bounds.

    >>> low = Bound(Fraction(1, 3), False, 0, Fraction(-1))
    >>> high = Bound(Fraction(3, 4), False, 1, Fraction(1))
    >>> simplest(Bounds(low, high))
    Fraction(1, 2)
    """
    low, high = bounds.low, bounds.high
    found = [end.number for end in (low, high) if not end.strict]
    if low.number < high.number:
        found.append(_between(low.number, high.number))
    return min(found, key=lambda x: (x.denominator, abs(x)))


def _between(low: Fraction, high: Fraction) -> Fraction:
    """The number with the least denominator strictly between two others."""
    whole = low.numerator // low.denominator
    if low < 0 < high:
        return Fraction(0)
    if whole + 1 < high:
        return Fraction(whole + 1)
    rest, end = low - whole, high - whole
    if not rest:
        return whole + Fraction(1, end.denominator // end.numerator + 1)
    return whole + 1 / _between(1 / end, 1 / rest)
