"""How far a network is from a polynomial, on a box: the network is affine on simplices, and there
the difference is a polynomial, known by its coefficients in Bernstein's basis."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import combinations, pairwise
from math import factorial, prod

from flint import fmpq, fmpq_mat

from ...kernel.errors import BadInput, OverBudget
from ...network.network import Network
from ..pieces import pieces
from .complex import Complex
from .domains import Box, Domain, Point
from .incidence import simplex_count, simplices

Exponents = tuple[int, ...]
Terms = Mapping[Exponents, Fraction]
Form = dict[Exponents, Fraction]  # a polynomial in the barycentric coordinates
MOST_SIMPLICES, MOST_CUTS = 100_000, 20_000


@dataclass(frozen=True)
class Apart:
    """max |f − p| is at least `low`, attained at `at`, and at most `high`; for polynomials of
    degree at most 2 the two are equal."""

    low: Fraction
    high: Fraction
    at: Point


def apart_from_polynomial(
    network: Network, terms: Terms, domain: Domain, goal: Fraction | None = None
) -> Apart:
    """max |f − p| on a bounded domain, p = Σ c x^e. Exact for degree ≤ 2: on a simplex a quadratic
    is extreme where its derivative along some face vanishes. Beyond, a bracket: simplices are cut
    in two until the goal is decided, or the ends are equal to one part in a thousand. Raises
    `OverBudget`.

    >>> from verify import Box, load
    >>> apart_from_polynomial(load("tent"), {(2,): Fraction(1)}, Box.cube(0, 1, 1)).high
    Fraction(1, 1)
    """
    if any(len(exponents) != network.input_size for exponents in terms):
        wanted = f"{network.input_size} exponents for each coefficient"
        raise BadInput("", f"expected {wanted}, found others")
    if isinstance(domain, Box) and domain.size == network.input_size == 1:
        given = _segments(network, domain)
    else:
        given = _simplices(network, domain)
    degree = max((sum(exponents) for exponents in terms), default=0)
    if degree <= 2:
        return _exactly(given, terms)
    return _bracketed(given, terms, degree, goal)


@dataclass(frozen=True)
class _Part:
    """A simplex, and the network's values at its corners."""

    corners: Sequence[Point]
    values: Sequence[Fraction]

    def at(self, weights: Sequence[Fraction]) -> Point:
        pairs = [zip(weights, column, strict=True) for column in zip(*self.corners, strict=True)]
        return tuple(sum((w * x for w, x in pair), Fraction(0)) for pair in pairs)

    def net(self, terms: Terms, degree: int) -> Form:
        """The coefficients of f − p in Bernstein's basis of this degree on the simplex: between the
        least and the greatest of them all its values lie."""
        size = len(self.corners)
        ones = _one_each([Fraction(1)] * size)
        columns = [_one_each(column) for column in zip(*self.corners, strict=True)]
        total = _times(_one_each(self.values), [ones] * (degree - 1))
        for exponents, c in terms.items():
            factors = [
                column for column, e in zip(columns, exponents, strict=True) for _ in range(e)
            ]
            whole = _times({(0,) * size: -c}, [*factors, *[ones] * (degree - len(factors))])
            for key, value in whole.items():
                total[key] = total.get(key, Fraction(0)) + value
        return {key: value * _ways(key) for key, value in total.items()}

    def length(self, edge: tuple[int, int]) -> Fraction:
        """The square of the length of the edge between two corners."""
        ends = zip(self.corners[edge[0]], self.corners[edge[1]], strict=True)
        return sum(((a - b) ** 2 for a, b in ends), Fraction(0))

    def halves(self) -> list["_Part"]:
        """The simplex cut in the middle of its longest edge."""
        pairs = combinations(range(len(self.corners)), 2)
        first, second = max(pairs, key=self.length)
        ends = zip(self.corners[first], self.corners[second], strict=True)
        middle = tuple((a + b) / 2 for a, b in ends)
        value = (self.values[first] + self.values[second]) / 2
        found = []
        for index in (first, second):
            corners, values = list(self.corners), list(self.values)
            corners[index], values[index] = middle, value
            found.append(_Part(corners, values))
        return found


def _segments(network: Network, box: Box) -> list[_Part]:
    """The pieces of a network with one input."""
    (side,) = box.sides
    curve = pieces(network, side)
    if curve.pieces > MOST_SIMPLICES:
        raise OverBudget("", f"{curve.pieces} pieces; at most {MOST_SIMPLICES} are compared")
    ends = pairwise(zip(curve.breakpoints, curve.values, strict=True))
    return [_Part([(a,), (b,)], [v, w]) for (a, v), (b, w) in ends]


def _simplices(network: Network, domain: Domain) -> list[_Part]:
    cells = Complex(network, domain)
    if not cells.finite.all():
        raise BadInput("", f"expected a bounded domain for a distance, found {domain}")
    count = simplex_count(cells.lattice)
    if count > MOST_SIMPLICES:
        raise OverBudget("", f"{count} simplices; at most {MOST_SIMPLICES} are compared")
    values = cells.values()
    found = []
    for corners in simplices(cells.lattice)[1].tolist():
        found.append(_Part([cells.points[v] for v in corners], [values[v] for v in corners]))
    return found


def _one_each(entries: Sequence[Fraction]) -> Form:
    """A linear form in the barycentric coordinates."""
    return {_unit(index, len(entries)): entry for index, entry in enumerate(entries)}


def _unit(index: int, size: int, times: int = 1) -> Exponents:
    """The exponents of a power of one coordinate."""
    return (*(0,) * index, times, *(0,) * (size - index - 1))


def _times(form: Form, factors: Sequence[Form]) -> Form:
    return reduce(multiplied, factors, form)


def multiplied(one: Terms, other: Terms) -> dict[Exponents, Fraction]:
    """The product of two polynomials. Exact.

    >>> multiplied({(1,): Fraction(1)}, {(1,): Fraction(2), (0,): Fraction(3)})
    {(2,): Fraction(2, 1), (1,): Fraction(3, 1)}
    """
    found = dict[Exponents, Fraction]()
    for e, a in one.items():
        for f, b in other.items():
            key = tuple(map(sum, zip(e, f, strict=True)))
            found[key] = found.get(key, Fraction(0)) + a * b
    return found


def _ways(exponents: Exponents) -> Fraction:
    """One over the multinomial coefficient."""
    return Fraction(prod(map(factorial, exponents)), factorial(sum(exponents)))


def _exactly(parts: Sequence[_Part], terms: Terms) -> Apart:
    """The greatest of |q| over all simplices, for quadratics q; of several places the first, in the
    order of coordinates."""
    best, at = Fraction(-1), parts[0].corners[0]
    for part in parts:
        net = part.net(terms, 2)
        if max(map(abs, net.values())) < best:
            continue
        for value, weights in _critical(net, len(part.corners)):
            found = abs(value)
            if found >= best:
                place = part.at(weights)
                at = place if found > best else min(at, place)
                best = found
    return Apart(best, best, at)


def _critical(net: Form, size: int) -> list[tuple[Fraction, list[Fraction]]]:
    """The values of a quadratic Σ b_ij λ_i λ_j, and the places λ, where its derivative along a face
    of the simplex vanishes. Where that is a line, or nowhere, the quadratic is extreme at the
    face's border."""
    found = []
    for count in range(1, size + 1):
        for face in combinations(range(size), count):
            rows = [[_entry(net, i, j, size) for j in face] + [fmpq(-1)] for i in face]
            system = fmpq_mat([*rows, [fmpq(1)] * count + [fmpq(0)]])
            try:
                solution = system.solve(fmpq_mat([[0]] * count + [[1]]))
            except ZeroDivisionError:
                continue
            entries = [Fraction(int(x.p), int(x.q)) for x in solution.entries()]
            if min(entries[:-1]) >= 0:
                weights = dict(zip(face, entries[:-1], strict=True))
                found.append((entries[-1], [weights.get(i, Fraction(0)) for i in range(size)]))
    return found


def _entry(net: Form, i: int, j: int, size: int) -> fmpq:
    pairs = zip(_unit(i, size), _unit(j, size), strict=True)
    value = net[tuple(map(sum, pairs))]
    return fmpq(value.numerator, value.denominator)


def _bracketed(parts: Sequence[_Part], terms: Terms, degree: int, goal: Fraction | None) -> Apart:
    """Cuts the simplex with the greatest bound, again and again."""
    low, at = Fraction(0), parts[0].corners[0]
    heap: list[tuple[Fraction, int, _Part]] = []
    waiting, made = list(parts), 0
    for _ in range(MOST_CUTS):
        for part in waiting:
            net = part.net(terms, degree)
            for index, corner in enumerate(part.corners):
                value = abs(net[_unit(index, len(part.corners), degree)])
                if value > low:
                    low, at = value, corner
            made += 1
            heapq.heappush(heap, (-max(map(abs, net.values())), made, part))
        high = -heap[0][0]
        decided = goal is not None and (high <= goal or low > goal)
        if decided or high - low <= high / 1000:
            break
        waiting = heapq.heappop(heap)[2].halves()
    return Apart(low, high, at)
