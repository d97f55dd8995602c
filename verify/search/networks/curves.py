"""One input: the proof of a goal with products, such as |f - x^2| <= 1/256, or a point where it is
false.

On a segment every value of the networks is a line in x, so that a fact is a polynomial in x
compared with 0. It is false where the polynomial has the right sign: where all its coefficients in
Bernstein's basis, sums of products of x - u >= 0 and v - x >= 0, have that sign. A segment on which
no fact is seen to be false is cut, at a rational root or in the middle. Nothing here is trusted.
"""

import time
from collections.abc import Sequence
from fractions import Fraction
from math import comb
from typing import Any, NamedTuple

from ...exact.bernstein import bernstein, rational_roots
from ...kernel.numerals import numeral
from ...kernel.rules import RULES
from ...kernel.terms import (
    Comparison,
    Facts,
    Formula,
    Junction,
    Polynomial,
    atom,
    constant,
    facts,
    minus,
)
from .boxes import Counterexample, Search, Unsettled
from .line import points
from .setting import comparisons

X = 1  # the number of the only input
NARROWEST = Fraction(1, 2**40)  # of the interval: a part that is cut no further


class Known(NamedTuple):
    """A sum of the networks' values that is a line on the segment, and the place of the fact that
    says so."""

    sum: Polynomial
    line: Polynomial
    place: int


class End(NamedTuple):
    """An end of x, and the place of the fact that says so: `scale` > 0 times x is its polynomial,
    but for a number and a sign."""

    at: Fraction
    place: int
    scale: Fraction = Fraction(1)

    @property
    def entry(self) -> list[Any]:
        """The fact, scaled to x."""
        return [numeral(1 / self.scale), [self.place]]


class Part(NamedTuple):
    """x between two ends."""

    lower: End
    upper: End

    @property
    def low(self) -> Fraction:
        return self.lower.at

    @property
    def high(self) -> Fraction:
        return self.upper.at


Half = tuple[Facts, Part]


def steps(search: Search) -> list[Any]:
    """The steps of the proof. Raises `Counterexample`, `Unsettled`.

    For "f >= x^2" and the network `square:2`: on each piece f - x^2 is a product (x - u)*(v - x),
    whose coefficients are >= 0.
    """
    lower, upper = (End(it.number, it.place, abs(it.scale)) for it in search.ends[0])
    grid = points(search.setting, lower.at, upper.at)
    return _Proof(search).on_grid(search.start, grid, Part(lower, upper))


class _Proof:
    def __init__(self, search: Search) -> None:
        self.search, self.setting, self.terms = search, search.setting, search.setting.terms
        (low, high), *_ = search.box
        self.narrowest = (high - low) * NARROWEST
        self.sums = _sums(search.start)

    def on_grid(self, branch: Facts, grid: Sequence[Fraction], part: Part) -> list[Any]:
        """Steps that refute the branch between the first and the last point."""
        if len(grid) == 2:
            return self._on_a_segment(branch, part)
        middle = len(grid) // 2
        step, below, above = self._halves(branch, part, grid[middle])
        left = self.on_grid(below[0], grid[: middle + 1], below[1])
        return [step, *left, *self.on_grid(above[0], grid[middle:], above[1])]

    def _halves(self, branch: Facts, part: Part, at: Fraction) -> tuple[Any, Half, Half]:
        """The step that cuts at a point; what is known on either side."""
        text, new = f"x <= {numeral(at)}", len(branch)
        below, above = RULES["cut"].apply(self.search.context, branch, text)
        left, right = Part(part.lower, End(at, new)), Part(End(at, new), part.upper)
        return ["cut", text], (branch + below, left), (branch + above, right)

    def _on_a_segment(self, branch: Facts, part: Part) -> list[Any]:
        """Each sum of values of which the facts speak is a line, which is cut in and then shown."""
        cuts, shown, known = list[Any](), list[Any](), list[Known]()
        ends = [self.setting.at([x]) for x in (part.low, part.high)]
        for p in self.sums:
            low, high = (self.setting.value(p, at) for at in ends)
            slope = (high - low) / (part.high - part.low)
            level = low - slope * part.low
            line = self.terms.add(constant(level), self.terms.multiply(constant(slope), atom(X)))
            text = f"{self.setting.text(p)} = {self.setting.text(line)}"
            holds, denied = RULES["cut"].apply(self.search.context, branch, text)
            cuts.append(["cut", text])
            shown.append(self._line(branch + denied, part, p, slope))
            known.append(Known(p, line, len(branch)))
            branch += holds
        proof = cuts + self._closed(branch, part, known)
        for lines in reversed(shown):  # the last cut's other part comes first
            proof += lines
        return proof

    def _line(self, branch: Facts, part: Part, p: Polynomial, slope: Fraction) -> list[Any]:
        """Steps that refute the last fact: that the sum is less, or more, than the line."""
        denied, new = branch[-1], len(branch)
        level = self.terms.add(p, self.terms.multiply(constant(-slope), atom(X)))
        ends = [numeral(part.low), numeral(part.high)]
        proof: list[Any] = [["range", self.setting.text(level), ends], ["cases", new]]
        proof.append(["leaf", [["1", [new + 1]], part.lower.entry]])
        proof.append(["cases", new - 1])
        leading, c = p.terms[-1]
        sides = denied.parts if isinstance(denied, Junction) else ()
        for side in sides:
            weight = dict(side.polynomial.terms)[leading] / c if isinstance(side, Comparison) else c
            bound = new + 1 if weight > 0 else new + 2  # at least the level; at most the level
            proof.append(["leaf", [["1", [new + 3]], [numeral(abs(weight)), [bound]]]])
        proof.append(["leaf", [["1", [new + 1]], part.upper.entry]])
        return proof

    def _closed(self, branch: Facts, part: Part, known: Sequence[Known]) -> list[Any]:
        """Steps that refute the branch on a part of a segment."""
        if time.monotonic() > self.search.end:
            raise Unsettled(f"time is over, with x from {part.low} to {part.high} open")
        closing = self._refuted(branch, 0, part, known)
        if closing is not None:
            return closing
        at = self._cut_at(branch, part, known)
        for x in (part.low, at, part.high):
            if not self.setting.holds(self.search.goal, self.setting.at([x])):
                raise Counterexample([x])
        if part.high - part.low < self.narrowest:
            where = f"near x = {float(part.low):.6g}"
            raise Unsettled(f"the goal is nearly an equation {where}, at no rational point found")
        step, below, above = self._halves(branch, part, at)
        return [step, *self._closed(*below, known), *self._closed(*above, known)]

    def _refuted(
        self, branch: Facts, first: int, part: Part, known: Sequence[Known]
    ) -> list[Any] | None:
        """The leaf of a fact, from place `first` on, that is false on all of the part; or the cases
        of a disjunction all of whose parts are."""
        places = range(first, len(branch))
        for place in places:
            leaf = self._leaf(branch[place], place, part, known)
            if leaf is not None:
                return [leaf]
        for place in places:
            found = self._cases(branch, place, part, known)
            if found is not None:
                return found
        return None

    def _cases(
        self, branch: Facts, place: int, part: Part, known: Sequence[Known]
    ) -> list[Any] | None:
        fact = branch[place]
        if not isinstance(fact, Junction):
            return None
        steps: list[Any] = [["cases", place]]
        for one in fact.parts:
            found = self._refuted(branch + facts(one), len(branch), part, known)
            if found is None:
                return None
            steps += found
        return steps

    def _leaf(
        self, fact: Formula, place: int, part: Part, known: Sequence[Known]
    ) -> list[Any] | None:
        """The leaf by which a comparison is false on the part; None if it is not seen to be."""
        if not isinstance(fact, Comparison):
            return None
        curve, quotients = self._along(fact.polynomial, known)
        found = bernstein(curve, part.low, part.high)
        signs = [1, -1] if fact.relation == "=" else [1]
        for sign in signs:
            least = min(sign * b for b in found)
            if least > 0 or (least == 0 and fact.relation == "<"):
                break
        else:
            return None
        entries: list[Any] = [[str(sign), [place]]]
        for q, equation in quotients:
            quotient = minus(q) if sign > 0 else q
            entries.append([self.setting.text(quotient), [equation]])
        last, (lower, upper) = len(found) - 1, part
        for i, b in enumerate(found):
            scale = (upper.at - lower.at) ** last * lower.scale**i * upper.scale ** (last - i)
            weight = (sign * b - least) * comb(last, i) / scale
            if weight:
                entries.append([numeral(weight), [lower.place] * i + [upper.place] * (last - i)])
        return ["leaf", entries]

    def _along(
        self, p: Polynomial, known: Sequence[Known]
    ) -> tuple[list[Fraction], list[tuple[Polynomial, int]]]:
        """The polynomial in x that p is where the sums are these lines; and polynomials q, with the
        places of the facts sum - line = 0, such that p is that polynomial and the sum of all
        q*(sum - line)."""
        quotients = []
        for total, line, place in known:
            p, q = self._divided(p, total, line)
            if q.terms:
                quotients.append((q, place))
        curve = [Fraction(0)] * (1 + max((len(monomial) for monomial, _ in p.terms), default=0))
        for monomial, c in p.terms:
            curve[len(monomial)] = c
        return curve, quotients

    def _divided(
        self, p: Polynomial, total: Polynomial, line: Polynomial
    ) -> tuple[Polynomial, Polynomial]:
        """What is left of p where the sum is the line, and the quotient by their difference."""
        if len(total.terms) > 1 or _is_linear(p):
            leading, c = total.terms[-1]
            q = constant(dict(p.terms).get(leading, Fraction(0)) / c)
            difference = self.terms.add(line, minus(total))
            return self.terms.add(p, self.terms.multiply(q, difference)), q
        (((v,), _),) = total.terms
        rest, quotient = list[Polynomial](), list[Polynomial]()
        for monomial, c in p.terms:
            power = monomial.count(v)
            others = Polynomial(((tuple(other for other in monomial if other != v), c),))
            powers = [constant(1)]
            for _ in range(power):
                powers.append(self.terms.multiply(powers[-1], line))
            rest.append(self.terms.multiply(others, powers[power]))
            for i in range(power):  # v^n - l^n is v - l times the sum of all v^i l^(n - 1 - i)
                one = Polynomial((((v,) * i, Fraction(1)),))
                one = self.terms.multiply(one, powers[power - 1 - i])
                quotient.append(self.terms.multiply(others, one))
        return self.terms.add(*rest), self.terms.add(*quotient)

    def _cut_at(self, branch: Facts, part: Part, known: Sequence[Known]) -> Fraction:
        """A rational root of a fact's polynomial inside the part, the one nearest to the middle; or
        the middle."""
        middle, roots = (part.low + part.high) / 2, list[Fraction]()
        for fact in branch:
            for comparison in comparisons(fact):
                curve, _ = self._along(comparison.polynomial, known)
                roots += [root for root in rational_roots(curve) if part.low < root < part.high]
        return min(roots, key=lambda x: abs(x - middle), default=middle)


def _sums(start: Facts) -> list[Polynomial]:
    """The sums of the networks' values of which facts speak, but for factors; or, where some fact
    has a product of values, these values."""
    said = [comparison.polynomial for fact in start for comparison in comparisons(fact)]
    if not all(map(_is_linear, said)):
        values = {v for p in said for monomial, _ in p.terms for v in monomial}
        return [atom(v) for v in sorted(values - {X})]
    found = dict[Polynomial, None]()
    for p in said:
        terms = [(monomial, c) for monomial, c in p.terms if set(monomial) - {X}]
        if terms:
            leading = terms[-1][1]
            found[Polynomial(tuple((monomial, c / leading) for monomial, c in terms))] = None
    return list(found)


def _is_linear(p: Polynomial) -> bool:
    """Whether values of the networks stand in no product; the input may."""
    return all(len(monomial) < 2 or set(monomial) == {X} for monomial, _ in p.terms)
