"""Networks with any number of inputs: simplices that cover where some facts hold, and at whose
corners it is seen what networks do between them.

A vector is a row of integers (w, x_1, ..., x_d), w >= 0: the point x / w, or the direction x at
infinity where w = 0. The networks are taken as functions of vectors, with w for the number 1:
their values are then integers, and where they are affine in x they are linear.
"""

from collections.abc import Sequence
from itertools import combinations
from math import gcd
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

    How a certificate writes them: a point is a list of numbers w, x_1, ..., x_d; or three integers,
    see `_vector`. A simplex is a list of points; or one integer n, for the simplex beyond the last
    facet in front, which is one with a simplex on one side only: its other corner is n after the
    greatest of the facet. 0 says that nothing is beyond, and takes the facet from the front.
    """

    def __init__(self, graph: Graph, facts: Sequence[Formula], points: Any, simplices: Any) -> None:
        self.graph, self.budget, self.corners = graph, graph.budget, list[Corner]()
        need(graph.inputs, "expected networks", BadInput)
        self.rows = [[(0, -1)], *([(unit.z, 1)] for unit in graph.units)]  # of c * value
        self.linear = (1 << len(self.rows)) - 1
        self.tests = [self._test(fact) for fact in facts]
        self.least, self.equal = self._those("<="), self._those("=")
        known = [row and row[-1][0] <= graph.inputs for row in self.rows]  # at each point
        self.walls = self._those("<=", "<") & _bits(known) | 1
        rest = iter(listed(points))
        for point in rest:
            with placed(f"point {len(self.corners)}"):
                self.corners.append(self._corner(self._vector(point, rest)))
        facets: Any = {}  # on which sides of each are simplices
        front: Any = {}
        for number, simplex in enumerate(listed(simplices)):
            with placed(f"simplex {number}"):
                if type(simplex) is int:
                    facet, _ = need(front, "there is no facet left").popitem()
                    if not simplex:
                        continue
                    simplex = [*facet, facet[-1] + simplex]
                chosen = listed(simplex, 1 + graph.inputs)
                self._refute(chosen)
                chosen.sort()
                rows = [self.corners[i].vector for i in chosen]
                side = need(self._orientation(rows), "is flat")
                for facet in combinations(chosen, graph.inputs):  # without the last, the one before
                    sides = facets.setdefault(facet, [])
                    sides.append(side)
                    need(sides in ([side], [-side, side]), "a facet has neighbours on one side")
                    front[facet] = 0
                    if sides[1:]:
                        del front[facet]
                    side = -side
        need(facets, "expected at least one simplex")
        for facet, sides in facets.items():
            inside = _either([self.corners[i] for i in facet])[1]  # of these walls
            closed = sides[1:] or self.walls & ~inside
            need(closed, f"the facet {[*facet]} has no neighbour and lies on no boundary")

    def _those(self, *relations: str) -> int:
        """The rows of the facts that are such comparisons, as bits."""
        return sum(1 << row for relation, row in self.tests if relation in relations)

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

    def _vector(self, point: Any, rest: Any) -> list[int]:
        """d + 1 rationals, times what makes them integers; or, of three numbers, where the z of
        the unit with the last one vanishes: between the point so far back, and one before that."""
        if type(point) is int:
            return self._between(point, next(rest, None), next(rest, None))
        numbers = [rational(text, self.budget) for text in listed(point, 1 + self.graph.inputs)]
        under = self.budget.common(x.denominator for x in numbers)
        self.budget.spend(10 * len(numbers), under.bit_length(), under.bit_length())
        return [int(under * x) for x in numbers]

    def _between(self, back: int, more: Any, unit: Any) -> list[int]:
        last = len(self.corners) - back
        q = self._found(self.corners, last)
        p = self.corners[last - self._found(range(last + 1), more)]
        z = self._found(self.graph.units, unit).z
        a, b = p.values[z], q.values[z]
        bits = 2 * max(map(int.bit_length, (a, b, *p.vector, *q.vector)))
        self.budget.spend(20 * len(p.vector), bits, bits)
        need(a * b < 0, "the unit does not change its sign between the two points")
        vector = [abs(b) * x + abs(a) * y for x, y in zip(p.vector, q.vector)]
        common = gcd(*vector) or 1
        return [x // common for x in vector]

    def _found(self, things: Sequence[Any], number: Any) -> Any:
        """The point or unit with this number."""
        want(
            type(number) is int and 0 <= number < len(things),
            f"a number below {len(things)}",
            number
        )  # fmt: skip
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

    def _refute(self, simplex: Sequence[Any]) -> None:
        """Checks that no unit changes its sign on a simplex, and that the facts contradict each
        other there.

        Where p <= 0 holds although p >= 0 at all corners, no weight is on those with p > 0; the
        others span a face, on which it is enough that some fact is false.
        """
        corners = [self._found(self.corners, i) for i in simplex]
        self.budget.spend(100 + len(corners) ** 2 * (10 + len(self.rows) // 50))
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
        need(
            not points or any(_fails(test, false) for test in self.tests),
            "the facts do not contradict each other"
        )  # fmt: skip

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
    return sum(1 << place for place, flag in enumerate(flags) if flag)


def _fails(test: tuple[str, Any], false: dict[str, int]) -> Any:
    """Whether a fact is false on all of a simplex, where the comparisons with these rows are."""
    kind, inside = test
    if kind in false:
        return false[kind] >> inside & 1
    parts = (_fails(part, false) for part in inside)
    return all(parts) if kind == "or" else any(parts)
