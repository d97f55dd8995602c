"""Networks with any number of inputs: simplices that cover where some facts hold, and at whose
corners it is seen what networks do between them.

A vector is a row of integers (w, x_1, ..., x_d), w >= 0: the point x / w, or the direction x at
infinity where w = 0. The networks are taken as functions of vectors, with w for the number 1:
their values are then integers, and where they are affine in x they are linear.
"""

from collections.abc import Sequence
from itertools import combinations, groupby
from math import gcd
from operator import itemgetter
from typing import Any, NamedTuple

from .errors import BadInput, need, placed, want
from .network import Graph
from .numerals import rational
from .strict_json import listed
from .terms import Comparison, Formula, Polynomial, size


class Corner(NamedTuple):
    """A vector, all values there, and the rows that are positive there, or negative, as bits."""

    vector: list[int]
    values: list[int]
    positive: int
    negative: int


class Cover:
    """Simplices that cover where the facts hold, and on each of which one of them is false: so
    there is no such place. Raises `Rejected` if they do not.

    Facts p <= 0 and p < 0 about the inputs alone are walls, as w >= 0 is; the other facts are to be
    false. A simplex is spanned by d + 1 vectors: it is the cone of their sums with weights >= 0.

    On each simplex every value is linear: by induction along the nodes, since a pre-activation
    that is linear, with no opposite signs at the corners, keeps its sign, so that its Relu is it
    or 0. So p > 0 on a simplex, but for directions, if p >= 0 at all corners and p > 0 at its
    points: in the sum that a point is, some point has a positive weight.

    The simplices cover what the walls enclose. Otherwise some vector y within, and all others near
    it, are in no simplex. From inside a simplex go straight to y, by a way that meets facets only
    inside them, and crosses them. The last facet that is met lies in no wall, since the way is
    within; so another simplex has it, on its other side, and the way goes on in that one.
    """

    def __init__(self, graph: Graph, facts: Sequence[Formula], points: Any, simplices: Any) -> None:
        self.graph, self.budget, self.corners = graph, graph.budget, list[Corner]()
        need(graph.inputs, "expected networks", BadInput)
        self.rows = [[(0, -1)]]  # affine expressions: integers, each times a value of this number
        self.rows += [[(unit.z, 1)] for unit in graph.units]
        self.linear = (1 << len(self.rows)) - 1
        self.tests = [self._test(fact) for fact in facts]
        self.least, self.equal = self._those("<="), self._those("=")
        known = [row != [] and row[-1][0] <= graph.inputs for row in self.rows]  # at each point
        self.walls = self._those("<=", "<") & _bits(known) | 1
        for number, point in enumerate(listed(points)):
            with placed(f"point {number}"):
                self.corners.append(self._corner(self._vector(point)))
        facets = list[tuple[tuple[int, ...], int, int]]()
        for number, simplex in enumerate(listed(simplices)):
            with placed(f"simplex {number}"):
                chosen = listed(simplex, 1 + graph.inputs)
                corners = [self._found(self.corners, i) for i in chosen]
                self.budget.spend(100 + len(chosen) ** 2 * (10 + len(self.rows) // 50))
                self._refute(corners)
                chosen.sort()
                side = self._orientation([self.corners[i].vector for i in chosen])
                need(side, "is flat")
                for facet in combinations(chosen, graph.inputs):  # without the last, the one before
                    facets.append((facet, side, number))
                    side = -side
        need(facets, "expected at least one simplex")
        for facet, found in groupby(sorted(facets), itemgetter(0)):
            _, sides, numbers = zip(*found)
            with placed(f"simplex {numbers[0]}"):
                paired = sides == (-1, 1)
                need(paired or len(sides) == 1, "a facet has neighbours on one side")
                inside = _either([self.corners[i] for i in facet])[1]  # of these walls
                closed = paired or self.walls & ~inside
                need(closed, "a facet has no neighbour and lies on no boundary")

    def _those(self, *relations: str) -> int:
        """The rows of the facts that are such comparisons, as bits."""
        single = {row: relation for relation, row in self.tests if relation in relations}
        return _bits(row in single for row in range(len(self.rows)))

    def _row(self, p: Polynomial) -> list[tuple[int, int]]:
        """The affine expression, times what makes its coefficients integers."""
        self.budget.spend(50 + 20 * size(p))
        under = self.budget.common(c.denominator for _, c in p.terms)
        whole = self.graph.terms.scaled(under, p)
        return [(value, c.numerator) for value, c in self.graph.affine(whole)]

    def _test(self, fact: Formula) -> tuple[str, Any]:
        """The fact with the number of a row for each polynomial."""
        if isinstance(fact, Comparison):
            self.rows.append(self._row(fact.polynomial))
            return fact.relation, len(self.rows) - 1
        return fact.connective, [self._test(part) for part in fact.parts]

    def _vector(self, point: Any) -> list[int]:
        """d + 1 rationals, times what makes them integers; or, as the numbers of two points and of
        a unit, where its z vanishes between them."""
        if type(point) is list and point and type(point[0]) is int:
            return self._between(*listed(point, 3))
        numbers = [rational(text, self.budget) for text in listed(point, 1 + self.graph.inputs)]
        under = self.budget.common(x.denominator for x in numbers)
        self.budget.spend(10 * len(numbers), under.bit_length(), under.bit_length())
        return [int(under * x) for x in numbers]

    def _between(self, one: Any, other: Any, unit: Any) -> list[int]:
        p, q = self._found(self.corners, one), self._found(self.corners, other)
        z = self._found(self.graph.units, unit).z
        a, b = p.values[z], q.values[z]
        need(min(a, b) < 0 < max(a, b), "the unit does not change its sign between the two points")
        bits = 2 * max(map(int.bit_length, (a, b, *p.vector, *q.vector)))
        self.budget.spend(20 * len(p.vector), bits, bits)
        vector = [abs(b) * x + abs(a) * y for x, y in zip(p.vector, q.vector)]
        common = gcd(*vector) or 1
        return [x // common for x in vector]

    def _found(self, things: Sequence[Any], number: Any) -> Any:
        """The point or unit with this number."""
        known = type(number) is int and 0 <= number < len(things)
        want(known, f"a number below {len(things)}", number)
        return things[number]

    def _corner(self, vector: list[int]) -> Corner:
        values = self.graph.along(vector)
        bits, levels = max(map(int.bit_length, values)), []
        for row in self.rows:
            self.budget.spend(
                20 + 5 * len(row), bits, max((c.bit_length() for _, c in row), default=0)
            )
            levels.append(sum(c * values[v] for v, c in row))
        positive, negative = _bits(x > 0 for x in levels), _bits(x < 0 for x in levels)
        need(not positive & self.walls, "lies outside of where the facts hold")
        return Corner(vector, values, positive, negative)

    def _refute(self, corners: Sequence[Corner]) -> None:
        """Checks that no unit changes its sign on a simplex, and that the facts contradict each
        other there.

        Where p <= 0 holds although p >= 0 at all corners, no weight is on those with p > 0; the
        others span a face, on which it is enough that some fact is false.
        """
        positive, negative = _either(corners)
        need(not positive & negative & self.linear, "a unit changes its sign")
        held = self.least & ~negative | self.equal & ~(positive & negative)
        face = [c for c in corners if not (c.positive | c.negative) & held]
        points = [c for c in face if c.vector[0]]
        positive, negative = _either(face)
        above = below = -1  # all bits are set
        for corner in points:
            above &= corner.positive
            below &= corner.negative
        false = {
            "<=": above & ~negative,
            "<": ~negative,
            "=": above & ~negative | below & ~positive,
            "!=": ~(positive | negative),
        }
        self.budget.spend(10 * len(self.rows) * (1 + len(self.rows) // 500))
        refuted = not points or any(_fails(test, false) for test in self.tests)
        need(refuted, "the facts do not contradict each other")

    def _orientation(self, rows: list[list[int]]) -> int:
        """1, -1 or 0, as the determinant, by elimination without fractions: the entries are minors,
        and the last one is the determinant. As a function of its last row it vanishes on the plane
        of the others: so it tells the sides of a facet, by the vector put last."""
        side = divisor = 1
        bits = max(max(map(int.bit_length, row)) for row in rows)
        for order in range(1, 1 + len(rows)):
            self.budget.spend(20 + 5 * len(rows) ** 2, order * bits, order * bits)
            place = next((i for i, row in enumerate(rows) if row[0]), None)
            if place is None:
                return 0
            head, *tail = rows.pop(place)
            side *= (-1) ** place
            rows = [
                [(head * b - first * a) // divisor for a, b in zip(tail, rest)]
                for first, *rest in rows
            ]
            divisor = head
        return side if divisor > 0 else -side


def _either(corners: Sequence[Corner]) -> tuple[int, int]:
    """The rows that are positive at one of the corners, and those that are negative."""
    positive = negative = 0
    for corner in corners:
        positive |= corner.positive
        negative |= corner.negative
    return positive, negative


def _bits(flags: Any) -> int:
    """The number with these bits, the first one the lowest."""
    return int("".join("1" if flag else "0" for flag in flags)[::-1], 2)


def _fails(test: tuple[str, Any], false: dict[str, int]) -> Any:
    """Whether a fact is false on all of a simplex, where the comparisons with these rows are."""
    kind, inside = test
    if kind in false:
        return false[kind] >> inside & 1
    parts = (_fails(part, false) for part in inside)
    return all(parts) if kind == "or" else any(parts)
