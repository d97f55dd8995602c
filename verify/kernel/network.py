"""Given networks, exactly: outputs are affine in values, which are the inputs and what the networks' ReLUs make of earlier values.

Value 0 is the number 1, the next ones are the inputs, which all networks of a claim share; then come two for each unit: z, and Relu(z).
Relu(c z) = c Relu(z) for c > 0, so a unit is taken times what makes its weights integers: at inputs that are integers over `under`, every
value is an integer over `under`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, pairwise, repeat
from math import ceil, floor
from operator import mul
from typing import Any, NamedTuple

from .language import Comparison, Formula, Monomial, Polynomial, Terms, atom, constant, length
from .reader import BadInput, Budget, fields, listed, need, placed, tree, want


class Unit(NamedTuple):
    """Value z is the sum of integer weights times earlier values, as the equation says; value z + 1 is its Relu."""

    z: int
    sources: tuple[int, ...]
    weights: tuple[int, ...]
    bits: int  # no weight is longer
    equation: Comparison


class Graph:
    """Networks with a common input. `size` is the number of values."""

    def __init__(self, budget: Budget) -> None:
        self.budget, self.terms, self.inputs, self.size, self.units = budget, Terms(budget), 0, 1, list[Unit]()

    def read(self, data: bytes) -> list[Polynomial]:
        """Adds the network that the bytes write in canonical relu-network/1 (one input, Gemm and Relu only); its outputs."""
        form, inputs, items, output = fields(tree(data, budget=self.budget), "format", "inputs", "nodes", "output")
        title, size = fields(listed(inputs, 1)[0], "name", "size")
        fits = form == "relu-network/1" and title == "x" and type(size) is int and size > 0 and self.inputs in (0, size)
        need(fits, "expected relu-network/1 with one input x, of the same size in all networks", BadInput)
        self.budget.spend(2_000 + 500 * size)
        self.budget.keep(500 * size)
        self.inputs, self.size = size, max(self.size, 1 + size)
        known = {"x": [atom(value) for value in range(1, 1 + size)]}
        for index, item in enumerate(listed(items)):
            with placed(f"/nodes/{index}"):
                self.budget.spend(300)
                affine = type(item) is dict and item.get("op") == "Gemm"
                name, op, names, *rows = fields(item, "name", "op", "inputs", *["weight", "bias"] * affine)
                want(affine or op == "Relu", "a Gemm or Relu", op)
                want(type(name) is str and name not in known, "a new name", name)
                sources = self._sources(listed(names, None if affine else 1), known)
                known[name] = [self._kept(p) for p in (self._affine(sources, *rows) if affine else map(self._relu, sources))]
        return self._sources([output], known)

    def _kept(self, p: Polynomial) -> Polynomial:
        self.budget.keep(length(p))
        self.budget.begin()
        return p

    def _sources(self, names: list[Any], known: dict[str, list[Polynomial]]) -> list[Polynomial]:
        for name in names:
            want(type(name) is str and name in known, "the name of the input or of an earlier node", name)
        self.budget.spend(200 * sum(len(known[name]) for name in names))
        return [p for name in names for p in known[name]]

    def _affine(self, sources: list[Polynomial], weight: Any, bias: Any) -> Iterator[Polynomial]:
        need(sources and listed(weight), "expected at least one row and one column", BadInput)
        for texts, own in zip(weight, listed(bias, len(weight))):
            products = self._products(listed(texts, len(sources)), sources)
            yield self.terms.collect(chain(products, [((), self.budget.rational(own))]))

    def _products(self, texts: list[Any], sources: list[Polynomial]) -> Iterator[tuple[Monomial, Fraction]]:
        for text, p in zip(texts, sources):
            weight = self.budget.rational(text)
            self.budget.spend(30 * len(p.terms))
            for monomial, c in p.terms:
                yield monomial, weight * c

    def _relu(self, p: Polynomial) -> Polynomial:
        """Adds a unit, of p times what makes the coefficients integers."""
        z, under = self.size, self.budget.common(c.denominator for _, c in p.terms)
        scaled = self.terms.multiply(constant(under), p).terms
        sources, weights = tuple(value for monomial, _ in scaled for value in monomial or (0,)), tuple(c.numerator for _, c in scaled)
        equation = Comparison("=", Polynomial((*scaled, ((z,), Fraction(-1)))))
        self.budget.keep(2 * length(equation.polynomial))
        self.units.append(Unit(z, sources, weights, max(map(int.bit_length, weights), default=0), equation))
        self.size += 2
        return Polynomial((((z + 1,), Fraction(1, under)),))

    def ranges(self, low: Mapping[int, Fraction], high: Mapping[int, Fraction]) -> tuple[list[int], list[int]]:
        """Integers, over the first of them, between which all values lie, where all inputs, and perhaps other values, are known to lie from
        `low` to `high`. Nothing is rounded but what is known of the others."""
        inputs, wide, bits = range(1, 1 + self.inputs), low is not high, 64
        need(all(v in low and v in high for v in inputs), "the inputs have no bounds here")
        under = self.budget.common(side[v].denominator for side in (low, high) for v in inputs)
        self.budget.make(2 * len(inputs) * (40 + under.bit_length() // 8))
        self.budget.spend(2 * len(inputs) * (1 + under.bit_length() // 32))
        lows, highs = ([under, *(side[v].numerator * (under // side[v].denominator) for v in inputs)] for side in (low, high))
        for z, sources, weights, weight_bits, _ in self.units:
            self.budget.spend(50 + (1 + 3 * wide) * len(sources) + bits // 8, bits, max(weight_bits, 32))
            sums = sum(map(mul, weights, map(lows.__getitem__, sources)))
            spreads = [w * (highs[source] - lows[source]) for w, source in zip(weights, sources)] if wide else []
            a, b = (sums + sum(spread for spread in spreads if (spread > 0) == up) for up in (False, True))
            a, b = max(a, floor(low[z] * under) if z in low else a), min(b, ceil(high[z] * under) if z in high else b)
            lows += a, max(a, 0)
            highs += b, max(b, 0)
            bits = max(bits, a.bit_length(), b.bit_length())
            self.budget.make(160 + bits // 2)
        return lows, highs

    def relaxed(self, branch: Sequence[Formula]) -> Iterator[Comparison]:
        """What every unit y = Relu(z) satisfies where the facts hold: what z is, y >= 0, y >= z, and y <= a z + t.

        The numbers low <= z <= high follow from the facts' bounds; a is 1 if low >= 0, 0 if high <= 0, otherwise nearly
        high / (high - low); t is such that a z + t >= Relu(z) at both ends, hence between them, Relu being convex.
        """
        lows, highs = self.ranges(*self.bounds(branch))
        for z, *_, equation in self.units:
            low, high = lows[z], highs[z]
            yield equation
            self.budget.spend(500, lows[0].bit_length(), max(low.bit_length(), high.bit_length()))
            slope = Fraction(int(high > 0) if low >= 0 or high <= 0 else Fraction((high << 10) // (high - low), 1 << 10))
            above = Fraction(ceil(max(-slope * low, high - slope * high) / lows[0] * 2**96), 2**96)
            for row in ((((z + 1,), -1),), (((z,), 1), ((z + 1,), -1)), (((), -above), ((z,), -slope), ((z + 1,), 1))):
                yield Comparison("<=", Polynomial(tuple((monomial, Fraction(c)) for monomial, c in row if c)))

    def bounds(self, branch: Sequence[Formula]) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
        """The greatest lower and the least upper bounds that facts about one atom alone give, by the atom's number."""
        low, high = dict[int, Fraction](), dict[int, Fraction]()
        self.budget.spend(25 * len(branch))
        for fact in branch:
            match fact:
                case Comparison(relation, Polynomial((((v,), c),) | (((), _), ((v,), c)))) if relation != "!=":
                    self.budget.spend(20, bits := sum(n.bit_length() for _, x in fact.polynomial.terms for n in x.as_integer_ratio()), bits)
                    bound = -sum((a for _, a in fact.polynomial.terms[:-1]), Fraction(0)) / c
                    for side, tighter, fits in ((low, max, c < 0), (high, min, c > 0)):
                        if fits or relation == "=":
                            side[v] = tighter(bound, side.get(v, bound))
        return low, high


class Polygon:
    """The values of the networks at points between which they are affine in their only input. Raises `Rejected` if some unit is not.

    Let p < q be neighbours such that no unit's pre-activation has strictly opposite signs at p and q. Then by induction along
    the nodes every value is affine on [p, q]: the input is; a Gemm of affine functions is; and a pre-activation that is affine on
    [p, q], with no opposite signs at the ends, is >= 0 on all of [p, q] or <= 0 on all of it, so its Relu is that function or 0. So
    the values at the points determine every function of the networks from the first point to the last.
    """

    def __init__(self, graph: Graph, points: Any) -> None:
        self.graph, self.xs, self.terms = graph, [graph.budget.rational(text) for text in listed(points)], Terms(graph.budget)
        need(graph.inputs == 1, "expected networks with one input", BadInput)
        need(len(self.xs) > 1 and all(p < q for p, q in pairwise(self.xs)), "expected two or more increasing points")
        self.values, self.widths = [graph.ranges(at := {1: x}, at)[0] for x in self.xs], [y - x for x, y in pairwise(self.xs)]
        for place, (before, after) in enumerate(pairwise(self.values), 1):
            bent = any(before[u] < 0 < after[u] or after[u] < 0 < before[u] for u, *_ in graph.units)
            need(not bent, f"a unit changes sign between point {place} and the one before it")

    def along(self, p: Polynomial) -> list[Fraction]:
        """The values at the points of an affine expression in values of networks, which are the first atoms."""
        need(all(not m or (len(m) == 1 and 0 < m[0] < self.graph.size) for m, _ in p.terms), "expected an affine expression in networks' values", BadInput)
        return [self.sum(c * at[monomial[0] if monomial else 0] for monomial, c in p.terms) / at[0] for at in self.values]

    def sum(self, summands: Iterable[Fraction]) -> Fraction:
        """Their sum, charged to the budget."""
        return sum((c for _, c in self.terms.collect(((), summand) for summand in summands).terms), Fraction(0))

    def pieces(self, p: Polynomial) -> Fraction:
        """The number of maximal intervals on which the expression is affine."""
        slopes = [(w - v) / width for width, (v, w) in zip(self.widths, pairwise(self.along(p)))]
        return Fraction(1 + sum(s != t for s, t in pairwise(slopes)))

    def integral(self, p: Polynomial, signs: Sequence[Fraction] = ()) -> Fraction:
        """The integral of the expression, perhaps times a function that is constant on the segments."""
        segments = zip(signs or repeat(Fraction(1)), self.widths, pairwise(self.along(p)))
        return self.sum(sign * width * (v + w) / 2 for sign, width, (v, w) in segments)

    def integral_abs(self, p: Polynomial) -> Fraction:
        """The integral of the expression's absolute value: a segment on which the sign changes has two triangles."""
        means = ((h / 2, v, w) for h, (v, w) in zip(self.widths, pairwise(self.along(p))))
        return self.sum(h * (abs(v + w) if v * w >= 0 else (v * v + w * w) / (abs(v) + abs(w))) for h, v, w in means)


MEASURES: dict[str, tuple[str, Callable[[Polygon, Polynomial], Any]]] = {
    "pieces": ("the number of maximal intervals with affine {}", Polygon.pieces),
    "integral": ("the integral of {}", Polygon.integral),
    "integral_abs": ("the integral of |{}|", Polygon.integral_abs),
    "sup_abs": ("the maximum of |{}|", lambda polygon, p: max(map(abs, polygon.along(p)))),
    "distance": ("the distance in L1 from the span of {span} to {}", Polygon.integral_abs),
}
