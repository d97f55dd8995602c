"""One input: points between which everything is affine, and proofs by the ranges of expressions between them. Nothing here is trusted."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ...kernel.numerals import numeral
from ...kernel.rules import RULES
from ...kernel.terms import Comparison, Facts, Formula, Junction, Polynomial, facts
from .backward import Region
from .boxes import Search, sides
from .setting import Setting
from .unknown import leaf


def points(setting: Setting, low: Fraction, high: Fraction, expressions: Sequence[Polynomial] = ()) -> list[Fraction]:
    """low, high, and between them every point where a unit of the networks or one of the expressions changes sign. Exact.

    Where no unit of earlier nodes changes sign between two points, a pre-activation is affine there, and its zero is a quotient.
    """
    done = [(low, setting.at([low]))]
    waiting = [(high, setting.at([high]))]
    while waiting:
        cuts = _first_cuts(setting, *done[-1], *waiting[-1])
        waiting.extend((x, setting.at([x])) for x in sorted(cuts, reverse=True))
        if not cuts:
            done.append(waiting.pop())
    found = {x for x, _ in done}
    for expression in expressions:
        values = [setting.value(expression, at) for _, at in done]
        for ((x, _), (y, _)), (v, w) in zip(pairwise(done), pairwise(values), strict=True):
            if v * w < 0:
                found.add(x + (y - x) * v / (v - w))
    return sorted(found)


def _first_cuts(setting: Setting, x: Fraction, left: list[int], y: Fraction, right: list[int]) -> set[Fraction]:
    """Where, between x and y, the units of the least depth with any sign change vanish. The first value is the common denominator."""
    for level in setting.levels:
        ends = [(left[z] * right[0], right[z] * left[0]) for z in level]
        parts = {Fraction(a, a - b) for a, b in ends if (a < 0 < b) or (b < 0 < a)}
        if parts:
            return {x + (y - x) * part for part in parts}
    return set()


def steps(search: Search, grid: Sequence[Fraction]) -> list[Any]:
    """The proof of a true goal about networks with one input. `grid`: points from one end to the other between which all units and
    all comparisons keep their signs."""
    return _closed(_Line(search, grid), search.start, 0, len(grid) - 1)


class _Line:
    """What the search along a line knows: the values of every comparison's polynomial at the points."""

    def __init__(self, search: Search, grid: Sequence[Fraction]) -> None:
        self.search, self.grid, self.known = search, grid, dict[Polynomial, list[Fraction]]()
        self.at = [search.setting.at([x]) for x in grid]

    def impossible(self, fact: Comparison, first: int, last: int) -> bool:
        """Whether the fact contradicts its polynomial's range between these points."""
        if fact.polynomial not in self.known:
            self.known[fact.polynomial] = [self.search.setting.value(fact.polynomial, at) for at in self.at]
        values = self.known[fact.polynomial][first : last + 1]
        return min(values) > 0 or (min(values) == 0 and fact.relation == "<") or (fact.relation == "=" and max(values) < 0)


def _closed(line: _Line, branch: Facts, first: int, last: int) -> list[Any]:
    """Steps that close the branch, in which the input is between these points: by ranges, or in halves, at last by the units' lines."""
    found = _by_ranges(line, branch, first, last, frozenset())
    if found is not None:
        return found
    if last - first == 1:
        rows = tuple(place for place, fact in enumerate(branch) if isinstance(fact, Comparison))
        return line.search.regions(Region(branch, rows, sides(line.search.setting, branch)))
    middle = (first + last) // 2
    text = f"x <= {numeral(line.grid[middle])}"
    below, above = RULES["cut"].apply(line.search.context, branch, text)
    return [["cut", text], *_closed(line, branch + below, first, middle), *_closed(line, branch + above, middle, last)]


def _by_ranges(line: _Line, branch: Facts, first: int, last: int, done: frozenset[int]) -> list[Any] | None:
    """One fact that its range contradicts; or else for each part of a disjunction one, of that with the fewest parts left."""
    open_parts = dict[int, int]()
    for place, fact in enumerate(branch):
        if isinstance(fact, Comparison):
            if line.impossible(fact, first, last):
                return _by_range(line, branch, first, last, place, fact)
        elif place not in done:
            new = [[one for one in facts(part) if isinstance(one, Comparison)] for part in fact.parts]
            open_parts[place] = sum(not any(line.impossible(one, first, last) for one in ones) for ones in new)
    if not open_parts:
        return None
    place = min(open_parts, key=lambda place: open_parts[place])
    parts = [_by_ranges(line, branch + facts(part), first, last, done | {place}) for part in _parts(branch[place])]
    return None if None in parts else [["cases", place], *(step for steps in parts for step in steps or ())]


def _parts(fact: Formula) -> Sequence[Formula]:
    return fact.parts if isinstance(fact, Junction) else ()


def _by_range(line: _Line, branch: Facts, first: int, last: int, place: int, fact: Comparison) -> list[Any]:
    """The steps that close a branch by the range of one of its facts."""
    high = fact.relation == "=" and max(line.known[fact.polynomial][first : last + 1]) < 0
    step = ["range", line.search.setting.text(fact.polynomial), [numeral(x) for x in line.grid[first : last + 1]]]
    ((either,),) = RULES["range"].apply(line.search.context, branch, *step[1:])
    below, inside, above = (leaf((*branch, either, *facts(part))) for part in _parts(either))
    inside = inside or [["-1" if high else "1", [place]], ["1", [len(branch) + 1 + high]]]
    return [step, ["cases", len(branch)], ["leaf", below], ["leaf", inside], ["leaf", above]]
