"""One input: the proof that a set of facts is false, segment by segment; or a point where it holds.

On a segment the facts are refuted by one of them, or by a lower and an upper bound of x. So claims
about one input are decided. Nothing here is trusted.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ...kernel.numerals import numeral
from ...kernel.terms import (
    Comparison,
    Formula,
    Junction,
    atom,
    bit_size,
    constant,
    facts,
    minus,
)
from .boxes import Counterexample, Search
from .lines import Bounds, Branch, Half, Path, Segments, simplest
from .setting import Values, comparisons

_OTHER = {"<=": "<", "<": "<="}  # the relation of -p where p's is denied
FEW = 3  # segments up to which equations of lines are used, not one range of an expression
X = atom(1)

Places = Sequence[int]


def steps(search: Search, grid: Mapping[Fraction, Values]) -> list[Any]:
    """The steps of the proof. `grid`: points from one end to the other between which no unit
    changes sign, and what the networks compute there. Raises `Counterexample`.

        steps(search, evaluated(setting, low, high))
    """
    proof = _Proof(search, Segments(search.setting, grid))
    return proof.whole()


class _Proof:
    """The proof as it is written. Equations of lines stand before all else: until they are
    counted, the place of the one with number n is -1 - n."""

    def __init__(self, search: Search, segments: Segments) -> None:
        self.search, self.segments = search, segments
        self.lines = dict[tuple[int, int], int]()
        # of disjunctions, by their ids and where x is on one segment
        self.halves = dict[tuple[int, int | None], tuple[Formula, list[Half]]]()

    def whole(self) -> list[Any]:
        """The steps, with the definitions of names and the equations of lines before them."""
        setting, start = self.search.setting, len(self.search.start)
        path = Path(self.search.start)
        written = self._closed(path, _junctions(path.branch, 0))
        used = set[int]()
        for core, _ in self.lines:
            used.update(setting.definitions(self.segments.cores[core]))
        defined = {v: place for place, v in enumerate(sorted(used), start)}
        first: list[Any] = [["use", setting.named[v][0], []] for v in defined]
        for place, (core, segment) in enumerate(self.lines, start + len(defined)):
            first += self._line(core, segment, defined, place)
        by = len(defined) + len(self.lines)
        return first + [_moved(step, start, len(defined), by) for step in written]

    def _line(
        self, core: int, segment: int, defined: Mapping[int, int], place: int
    ) -> list[list[Any]]:
        """The steps that say which line a core is on a segment, which is one fact, at this place.
        Names stand for long expressions: the range is one of these, and the fact, which a cut
        introduces, is the same of the names. `defined`: where it is said what they stand for."""
        setting, ends = self.search.setting, self.segments.grid[segment : segment + 2]
        on, polynomial = self.segments.core_line(core, segment), self.segments.cores[core]
        rest = setting.terms.multiply(constant(-on.slope), X)
        level = setting.terms.add(polynomial, rest)
        known = setting.terms.add(setting.unnamed(polynomial), rest)
        low, high = map(numeral, ends)
        found = ["range", setting.text(known), [low, high]]
        if not setting.names(polynomial):
            return [found]
        at, text = numeral(on.height), setting.text(level)
        said = f"x < {low} or {at} <= {text} and {text} <= {at} or {high} < x"
        meant = [(c, defined[v]) for v, c in setting.definitions(polynomial).items()]
        below = [(Fraction(1), place + 6), (Fraction(1), place + 4)]
        below += [(-c, where) for c, where in meant]
        above = [(Fraction(1), place + 6), (Fraction(1), place + 5), *meant]
        return [
            ["cut", f"not ({said})"],
            found,
            ["cases", place + 3],
            ["leaf", _written([(Fraction(1), place), (Fraction(1), place + 4)])],
            ["cases", place + 1],
            ["leaf", _written(below)],
            ["leaf", _written(above)],
            ["leaf", _written([(Fraction(1), place + 2), (Fraction(1), place + 4)])],
        ]

    def _closed(self, path: Path, left: Places) -> list[Any]:
        """Steps that refute the branch. `left`: the places of disjunctions that were not taken
        apart yet, nor hold everywhere. Raises `Counterexample`."""
        segments, here = self.segments, self.segments.bounds(path, None)
        if here.empty:
            return [_leaf(here)]
        first, last = segments.around(here)
        open_at = self._open(path, first, last)
        if open_at is None:
            return self._by_segments(path, first, last)
        ends = here.low.number, here.high.number
        waiting = list(left)
        if len(left) > 1:
            on = first if first == last else None
            waiting = [one for one in left if not self._is_idle(path.branch[one], ends, on)]
        if not waiting:
            raise Counterexample([simplest(segments.bounds(path, open_at))])
        place: int | None = waiting[0]
        if len(waiting) > 1:
            refuted = (one for one in waiting if self._all_refuted(path, path.branch[one]))
            place = next(refuted, None)
        if place is None:
            return self._cut(path, here, waiting)
        return self._cases(path, place, [one for one in waiting if one != place])

    def _is_idle(
        self, fact: Formula, ends: tuple[Fraction, Fraction], segment: int | None
    ) -> bool:
        """Whether a disjunction holds everywhere between these ends, since a part of it does that
        is about x alone or, where the ends are on one segment, about outputs too."""
        key = id(fact), segment
        if key not in self.halves:
            found = [half for part in _parts(fact) for half in self._half(part, segment)]
            self.halves[key] = fact, found
        return any(half.holds(*ends) for half in self.halves[key][1])

    def _half(self, part: Formula, segment: int | None) -> list[Half]:
        """Where a comparison holds, on a segment or if it is about x alone; nothing for others."""
        if not isinstance(part, Comparison) or part.relation not in ("<=", "<"):
            return []
        if segment is None and self.segments.split(part.polynomial).core:
            return []
        return [Half(part.relation, self.segments.line(part.polynomial, segment or 0))]

    def _cases(self, path: Path, place: int, left: Places) -> list[Any]:
        """One branch for each part of a disjunction. A line that several of them need is
        introduced once, before."""
        found, after = list[Any](), list[Any]()
        for core, segment in self._shared(path, path.branch[place]):
            before, path, behind = self._on_line(path, core, segment)
            found += before
            after = behind + after
        weaker = dict[int, tuple[Comparison, int]]()  # by ids; it is denied by the fact there
        for parts in self._directions(path, path.branch[place]):
            weakest = min(parts, key=self._reach)
            weaker.update(dict.fromkeys(map(id, parts), (weakest, len(path.branch))))
            denied = Comparison(_OTHER[weakest.relation], minus(weakest.polynomial))
            text = self.search.setting.text(denied.polynomial)
            found.append(["cut", f"{text} {denied.relation} 0"])
            after = self._closed(path.more(weakest), left) + after
            path = path.more(denied)
        found.append(["cases", place])
        for part in _parts(path.branch[place]):
            more = path.more(*facts(part))
            if isinstance(part, Comparison) and id(part) in weaker:
                found.append(self._stronger(part, len(path.branch), *weaker[id(part)]))
                continue
            new = _junctions(more.branch, len(path.branch))
            found += self._closed(more, [*left, *new])
        return found + after

    def _directions(self, path: Path, fact: Formula) -> list[list[Comparison]]:
        """The parts of a disjunction that bound the same expression from the same side, two or
        more; none where x is on one segment. If the weakest of them is false, all are."""
        first, last = self.segments.around(self.segments.bounds(path, None))
        if first == last:
            return []
        found = defaultdict[tuple[int, Fraction, Fraction], list[Comparison]](list)
        for part in _parts(fact):
            if isinstance(part, Comparison) and part.relation in _OTHER:
                core, factor, slope, _ = self.segments.split(part.polynomial)
                found[core, factor / abs(factor), slope / abs(factor)].append(part)
        return [parts for (core, *_), parts in found.items() if core and len(parts) > 1]

    def _reach(self, part: Comparison) -> tuple[Fraction, bool]:
        """Least for the weakest of comparisons that bound the same expression."""
        _, factor, _, number = self.segments.split(part.polynomial)
        return number / abs(factor), part.relation == "<"

    def _stronger(
        self, part: Comparison, place: int, weakest: Comparison, denied: int
    ) -> list[Any]:
        """The leaf of a fact of which a weaker one is denied."""
        own, other = (abs(self.segments.split(it.polynomial).factor) for it in (part, weakest))
        longest = max(own, other, key=bit_size)
        return ["leaf", _written([(longest / own, place), (longest / other, denied)])]

    def _shared(self, path: Path, fact: Formula) -> list[tuple[int, int]]:
        """The cores of which several parts of a disjunction speak, with the segment; none where x
        is not on one segment."""
        first, last = self.segments.around(self.segments.bounds(path, None))
        if first != last:
            return []
        polynomials = [comparison.polynomial for comparison in comparisons(fact)]
        found = Counter(self.segments.split(p).core for p in polynomials)
        return [
            (core, first)
            for core, times in found.items()
            if core and times > 1 and core not in path.lines
        ]

    def _on_line(
        self, path: Path, core: int, segment: int
    ) -> tuple[list[Any], Path, list[Any]]:
        """The steps before a branch in which it is known which line a core is, that branch, and the
        steps after it."""
        number = self.lines.setdefault((core, segment), len(self.lines))
        outside = self.segments.bounds(path, None)
        below, above = _outside(outside, len(path.branch))
        on, terms = self.segments.core_line(core, segment), self.search.setting.terms
        rest = terms.multiply(constant(-on.slope), X)
        gap = terms.add(self.segments.cores[core], rest, constant(-on.height))
        more = path.with_line(core, Comparison("<=", minus(gap)), Comparison("<=", gap))
        return [["cases", -1 - number], ["leaf", below]], more, [["leaf", above]]

    def _open(self, path: Path, first: int, last: int) -> int | None:
        """The first of these segments on which the comparisons allow some x."""
        for segment in range(first, last + 1):
            if not self.segments.bounds(path, segment).empty:
                return segment
        return None

    def _all_refuted(self, path: Path, fact: Formula) -> bool:
        """Whether every part of a disjunction is refuted by comparisons, on all segments."""
        segments = self.segments
        for part in _parts(fact):
            more = facts(part)
            here = segments.narrowed(segments.bounds(path, None), more, None)
            if here.empty:
                continue
            first, last = segments.around(here)
            for segment in range(first, last + 1):
                known = segments.bounds(path, segment)
                if not segments.narrowed(known, more, segment).empty:
                    return False
        return True

    def _cut(self, path: Path, here: Bounds, waiting: Places) -> list[Any]:
        """Several disjunctions, of which none is refuted as a whole: cut at a point where some
        comparison changes its sign; where none does, one of them is false."""
        low, high = here.low.number, here.high.number
        first, last = self.segments.around(here)
        found = sorted(self._changes(path.branch, waiting, first, last, low, high))
        if found:
            return self._halved(path, waiting, found[len(found) // 2], "<=")
        if low < high and not here.low.strict:
            return self._halved(path, waiting, low, "<=")
        if low < high and not here.high.strict:
            return self._halved(path, waiting, high, "<")
        middle = (low + high) / 2
        at = self.search.setting.at([middle])
        for place in waiting:
            if not self.search.setting.holds(path.branch[place], at):
                return self._cases(path, place, [one for one in waiting if one != place])
        raise Counterexample([middle])

    def _changes(
        self,
        branch: Branch,
        waiting: Places,
        first: int,
        last: int,
        low: Fraction,
        high: Fraction,
    ) -> set[Fraction]:
        """Points strictly inside where to cut: of the grid; or, on one segment, zeros."""
        if first < last:
            return {x for x in self.segments.grid[first + 1 : last + 1] if low < x < high}
        found = set[Fraction]()
        own = [fact for fact in branch if isinstance(fact, Comparison)]
        for fact in (*own, *(branch[place] for place in waiting)):
            for comparison in comparisons(fact):
                line = self.segments.line(comparison.polynomial, first)
                if line.slope and low < line.zero < high:
                    found.add(line.zero)
        return found

    def _halved(self, path: Path, left: Places, x: Fraction, relation: str) -> list[Any]:
        below, above = self._sides(x, relation)
        first, second = self._closed(path.more(below), left), self._closed(path.more(above), left)
        return [["cut", f"x {relation} {numeral(x)}"], *first, *second]

    def _sides(self, x: Fraction, relation: str) -> tuple[Comparison, Comparison]:
        """x <= c and its negation, c < x; or x < c and c <= x."""
        other = "<" if relation == "<=" else "<="
        level = self.search.setting.terms.add(X, constant(-x))
        return Comparison(relation, level), Comparison(other, minus(level))

    def _by_segments(self, path: Path, first: int, last: int) -> list[Any]:
        """Steps for a branch whose comparisons refute each other on each of these segments: by
        one range of one of them, in halves, or by the lines of a segment."""
        if first == last:
            return self._on_segment(path, first)
        if last - first >= FEW:
            for place, fact in enumerate(path.branch):
                if isinstance(fact, Comparison) and self._impossible(fact, first, last):
                    return self._by_range(path, first, last, place, fact)
        x = self.segments.grid[(first + last + 1) // 2]
        below, above = self._sides(x, "<=")
        left = self._by_segments(path.more(below), first, (first + last - 1) // 2)
        right = self._by_segments(path.more(above), (first + last + 1) // 2, last)
        return [["cut", f"x <= {numeral(x)}"], *left, *right]

    def _on_segment(self, path: Path, segment: int) -> list[Any]:
        """Steps for one segment: cases on the equations of lines that are needed, and a leaf."""
        here, outside = self.segments.bounds(path, segment), self.segments.bounds(path, None)
        if outside.empty:
            return [_leaf(outside)]
        entries = _entries(here)
        cores = dict[int, Fraction]()
        for weight, place in entries:
            fact = path.branch[place]
            if isinstance(fact, Comparison):
                core, factor, *_ = self.segments.split(fact.polynomial)
                cores[core] = cores.get(core, Fraction(0)) + weight * factor
        found, after = list[Any](), list[Any]()
        for core, weight in cores.items():
            if not core or not weight:
                continue
            if core not in path.lines:
                before, path, behind = self._on_line(path, core, segment)
                found += before
                after = behind + after
            side = path.lines[core] if weight > 0 else path.lines[core] + 1
            entries.append((abs(weight), side))
        return [*found, ["leaf", _written(entries)], *after]

    def _impossible(self, fact: Comparison, first: int, last: int) -> bool:
        """Whether the fact contradicts its polynomial's range on these segments. Ranges speak of no
        names."""
        if self.search.setting.names(fact.polynomial):
            return False
        least = min(self.segments.along(fact.polynomial, first, last))
        return least > 0 or (least == 0 and fact.relation == "<")

    def _by_range(
        self, path: Path, first: int, last: int, place: int, fact: Comparison
    ) -> list[Any]:
        """The steps that close a branch by the range of one of its facts."""
        xs = [numeral(x) for x in self.segments.grid[first : last + 2]]
        text = self.search.setting.text(fact.polynomial)
        count = len(path.branch)
        below, above = _outside(self.segments.bounds(path, None), count + 1)
        inside = [["1", [place]], ["1", [count + 1]]]
        cases = [["cases", count], ["leaf", below], ["leaf", inside], ["leaf", above]]
        return [["range", text, xs], *cases]


def _junctions(branch: Branch, start: int) -> list[int]:
    """The places of disjunctions from this one on."""
    return [place for place in range(start, len(branch)) if isinstance(branch[place], Junction)]


def _parts(fact: Formula) -> Sequence[Formula]:
    return fact.parts if isinstance(fact, Junction) else ()


def _entries(bounds: Bounds) -> list[tuple[Fraction, int]]:
    """Weights of the facts, by their places, that refute each other: of the one with the longest
    slope 1 or -1."""
    if bounds.false is not None:
        return [bounds.false]
    low, high = bounds.low, bounds.high
    longest = max(abs(low.slope), abs(high.slope), key=bit_size)
    return [(longest / high.slope, high.place), (-longest / low.slope, low.place)]


def _leaf(bounds: Bounds) -> list[Any]:
    return ["leaf", _written(_entries(bounds))]


def _written(entries: Sequence[tuple[Fraction, int]]) -> list[Any]:
    return [[numeral(weight), [place]] for weight, place in entries]


def _outside(bounds: Bounds, new: int) -> tuple[list[Any], list[Any]]:
    """The entries that refute x < p, and those that refute q < x: the fact at the place `new`
    against a bound of x."""
    low, high = bounds.low, bounds.high
    below = [(Fraction(1), new), (-1 / low.slope, low.place)]
    return _written(below), _written([(Fraction(1), new), (1 / high.slope, high.place)])


def _moved(step: list[Any], start: int, lines: int, by: int) -> list[Any]:
    """The step with its places as they are once `by` facts stand from place `start` on, after
    `lines` of them the equations of lines."""

    def moved(place: int) -> int:
        if place < 0:
            return start + lines - 1 - place
        return place if place < start else place + by

    if step[0] == "cases":
        return ["cases", moved(step[1])]
    if step[0] == "leaf":
        return ["leaf", [[weight, list(map(moved, places))] for weight, places in step[1]]]
    return step
