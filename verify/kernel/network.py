"""Given networks, exactly: outputs are affine in values, which are the inputs and what the
networks' ReLUs make of earlier values.

Value 0 is the number 1, the next ones are the inputs, which all networks of a claim share; then
come two for each unit: z, and Relu(z). Relu(c z) = c Relu(z) for c > 0, so a unit is taken times
what makes its weights integers: at inputs that are integers over `under`, every value is an
integer over `under`.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from operator import mul
from typing import Any, NamedTuple

from .errors import BadInput, need, placed, want
from .limits import Budget
from .numerals import rational
from .strict_json import contents, fields, listed
from .terms import Comparison, Formula, Monomial, Polynomial, Terms, atom, bit_size, constant

Bounds = Mapping[int, Fraction]  # by the value's number


class Unit(NamedTuple):
    """Value z is the sum of integer weights times earlier values, as the equation says; value z +
    1 is its Relu."""

    z: int
    sources: list[int]
    weights: list[int]
    bits: int  # no weight is longer
    equation: Comparison


class Graph:
    """Networks with a common input. `size` is the number of values."""

    def __init__(self, budget: Budget) -> None:
        self.budget, self.terms = budget, Terms(budget)
        self.inputs, self.size, self.units = 0, 1, list[Unit]()

    def read(self, data: bytes) -> list[Polynomial]:
        """Adds the network that the bytes write in canonical relu-network/1 (one input, Gemm and
        Relu only); its outputs."""
        inputs, items, output = contents(
            data, "relu-network/1", self.budget, "inputs", "nodes", "output"
        )
        title, size = fields(listed(inputs, 1)[0], "name", "size")
        fits = title == "x" and type(size) is int and size > 0 and self.inputs in (0, size)
        want(fits, "one input x, of the same size in all networks", f"{title} of size {size}")
        self.budget.spend(2_000 + 500 * size)
        self.inputs, self.size = size, max(self.size, 1 + size)
        self.known = {"x": [atom(value) for value in range(1, 1 + size)]}
        for index, item in enumerate(listed(items)):
            with placed(f"/nodes/{index}"):
                self._add(item)
        return self._sources([output])

    def _add(self, item: Any) -> None:
        """Adds a node: what it makes is known from then on, until the next network."""
        self.budget.spend(300)
        if type(item) is dict and item.get("op") == "Gemm":
            name, _, names, weight, bias = fields(item, "name", "op", "inputs", "weight", "bias")
            rows = self._affine(self._sources(names), weight, bias)
        else:
            name, op, names = fields(item, "name", "op", "inputs")
            want(op == "Relu", "a Gemm or Relu", op)
            rows = map(self._relu, self._sources(listed(names, 1)))
        want(type(name) is str and name not in self.known, "a new name", name)
        self.known[name] = list(rows)

    def _sources(self, names: Any) -> list[Polynomial]:
        sources = []
        for name in listed(names):
            known = type(name) is str and name in self.known
            want(known, "the name of the input or of an earlier node", name)
            self.budget.spend(200 * len(self.known[name]))
            sources += self.known[name]
        return sources

    def _affine(self, sources: list[Polynomial], weight: Any, bias: Any) -> Iterator[Polynomial]:
        """A Gemm: one row of weights and one number for each output."""
        need(sources and listed(weight), "expected at least one row and one column", BadInput)
        for texts, own in zip(weight, listed(bias, len(weight))):
            row = [constant(rational(own, self.budget))]
            for text, source in zip(listed(texts, len(sources)), sources):
                row.append(self.terms.scaled(rational(text, self.budget), source))
            yield self.terms.add(*row)

    def _relu(self, p: Polynomial) -> Polynomial:
        """Adds a unit, whose z is p times what makes its coefficients integers. Relu(p) is Relu(z)
        divided by that."""
        z, under = self.size, self.budget.common(c.denominator for _, c in p.terms)
        scaled = self.terms.scaled(under, p)
        numbers = self.affine(scaled)
        sources, weights = [v for v, _ in numbers], [c.numerator for _, c in numbers]
        equation = self.terms.compare(scaled, "=", atom(z))
        bits = max(map(int.bit_length, weights), default=0)
        self.units.append(Unit(z, sources, weights, bits, equation))
        self.size += 2
        return Polynomial((((z + 1,), Fraction(1, under)),))

    def affine(self, p: Polynomial) -> list[tuple[int, Fraction]]:
        """The values that p sums, with coefficients. Raises `BadInput` if p is another term."""
        for monomial, _ in p.terms:
            value = len(monomial) < 2 and sum(monomial) < self.size
            need(value, "expected an affine expression in networks' values", BadInput)
        return [(sum(monomial), c) for monomial, c in p.terms]  # the sum of one number, or 0

    def at(self, point: Bounds) -> list[int]:
        """All values where the inputs are the point: integers over the first of them."""
        (values,) = self._integers(point)
        return self.along(values)

    def along(self, vector: list[int]) -> list[int]:
        """All values where 1 and the inputs are these integers: what the networks make of x / w,
        times w, for (w, x) with w > 0."""
        values = list(vector)
        bits = max(map(int.bit_length, values))
        for _, sources, weights, weight_bits, _ in self.units:
            self.budget.spend(50 + len(sources) + bits // 8, bits, max(weight_bits, 32))
            before = sum(map(mul, weights, map(values.__getitem__, sources)))
            values += before, max(before, 0)
            bits = max(bits, before.bit_length())
        return values

    def between(self, low: Bounds, high: Bounds) -> tuple[list[int], list[int]]:
        """Integers, over the first of them, between which all values lie, where all inputs, and
        perhaps other values, are known to lie from `low` to `high`. Nothing is rounded but what is
        known of the others."""
        lows, highs = self._integers(low, high)
        bits = max(map(int.bit_length, lows + highs))
        for z, sources, weights, weight_bits, _ in self.units:
            self.budget.spend(50 + 4 * len(sources) + bits // 8, bits, max(weight_bits, 32))
            least = greatest = sum(map(mul, weights, map(lows.__getitem__, sources)))
            for weight, source in zip(weights, sources):
                change = weight * (highs[source] - lows[source])
                if weight > 0:
                    greatest += change
                else:
                    least += change
            if z in low:
                least = max(least, floor(low[z] * lows[0]))
            if z in high:
                greatest = min(greatest, ceil(high[z] * lows[0]))
            lows += least, max(least, 0)
            highs += greatest, max(greatest, 0)
            bits = max(bits, least.bit_length(), greatest.bit_length())
        return lows, highs

    def _integers(self, *sides: Bounds) -> Iterator[list[int]]:
        """For each side 1 and the inputs, as integers over one denominator, the least."""
        inputs = range(1, 1 + self.inputs)
        known = all(v in side for side in sides for v in inputs)
        need(known, "the inputs have no bounds here")
        under = self.budget.common(side[v].denominator for side in sides for v in inputs)
        for side in sides:
            self.budget.spend(self.inputs * (11 + under.bit_length() // 32))
            numbers = (side[v] for v in inputs)
            yield [under, *(x.numerator * (under // x.denominator) for x in numbers)]

    def relaxed(self, branch: Sequence[Formula]) -> Iterator[Comparison]:
        """What every unit y = Relu(z) satisfies where the facts hold: what z is, y >= 0, y >= z,
        and y <= a z + t.

        The numbers low <= z <= high follow from the facts' bounds; a is 1 if low >= 0, 0 if
        high <= 0, otherwise nearly high / (high - low); t is such that a z + t >= Relu(z) at both
        ends, hence between them, Relu being convex.
        """
        lows, highs = self.between(*self.bounds(branch))
        one = Fraction(1)
        for z, *_, equation in self.units:
            low, high = lows[z], highs[z]
            yield equation
            bits = max(low.bit_length(), high.bit_length())
            self.budget.spend(500, lows[0].bit_length(), bits)
            slope = Fraction(0)  # of a line above Relu; any number from 0 to 1 will do
            if high > 0:
                slope = one
            if low < 0 < high:
                slope = Fraction((high << 10) // (high - low), 1 << 10)
            above = max(-slope * low, high - slope * high) / lows[0]
            above = Fraction(ceil(above * 2**96), 2**96)
            yield _at_most_zero(((z + 1,), -one))
            yield _at_most_zero(((z,), one), ((z + 1,), -one))
            yield _at_most_zero(((), -above), ((z,), -slope), ((z + 1,), one))

    def bounds(self, branch: Sequence[Formula]) -> tuple[Bounds, Bounds]:
        """The greatest lower and the least upper bounds that facts about one atom alone give, by
        the atom's number."""
        low, high = dict[int, Fraction](), dict[int, Fraction]()
        self.budget.spend(25 * len(branch))
        for fact in branch:
            match fact:
                case Comparison(relation, Polynomial((((v,), c),))):
                    own = Fraction(0)
                case Comparison(relation, Polynomial((((), own), ((v,), c)))):
                    pass
                case _:
                    continue
            bits = bit_size(own) + bit_size(c)
            self.budget.spend(90, bits, bits)
            bound = -own / c
            if relation == "=" or ("<" in relation and c < 0):
                low[v] = max(bound, low.get(v, bound))
            if relation == "=" or ("<" in relation and c > 0):
                high[v] = min(bound, high.get(v, bound))
        return low, high


def _at_most_zero(*terms: tuple[Monomial, Fraction]) -> Comparison:
    return Comparison("<=", Polynomial(tuple(term for term in terms if term[1])))
