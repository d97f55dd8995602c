"""Exact networks as one list of values: the number 1, the inputs, and what Gemm and Relu make of earlier values.

The networks of a claim share their input. Value v is an integer over scales[v] * under, where a point of the input is integers over
`under`: a Gemm with integer weights of such integers is one again, and so is a Relu, since Relu(c z) = c Relu(z) for c > 0.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from operator import mul
from typing import Any, NamedTuple

from .declare import fields, listed
from .errors import BadInput, need, placed, want
from .limits import MOST_INPUTS
from .numeral import Budget
from .reader import tree
from .terms import Comparison, Formula, Polynomial, Terms

FORMAT = "relu-network/1"


class Layer(NamedTuple):
    """The values first, first + 1, ...: the combinations `rows` of the values `sources`; or, without rows, the Relu of each of them."""

    first: int
    sources: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...] = ()
    bits: int = 0  # no weight is longer


class Graph:
    """Networks with a common input, which is the values 1 to `inputs`; value 0 is the number 1."""

    def __init__(self, budget: Budget) -> None:
        self.budget, self.inputs, self.scales, self.layers = budget, 0, [1], list[Layer]()

    def read(self, data: bytes) -> tuple[int, ...]:
        """Adds the network that the bytes write in canonical relu-network/1 (one input, Gemm and Relu only); its output's values."""
        self.budget.spend(2_000 + len(data))
        form, inputs, items, output = fields(tree(data), "format", "inputs", "nodes", "output")
        title, size = fields(listed(inputs, 1)[0], "name", "size")
        fits = form == FORMAT and title == "x" and type(size) is int and 0 < size <= MOST_INPUTS and self.inputs in (0, size)
        need(fits, f"expected {FORMAT} with one input x, of the same size in all networks, at most {MOST_INPUTS}", BadInput)
        self.inputs, self.scales = size, self.scales if self.inputs else [1] * (1 + size)
        known = {"x": tuple(range(1, size + 1))}
        for index, item in enumerate(listed(items)):
            with placed(f"/nodes/{index}"):
                self.budget.spend(300)
                op = item.get("op") if type(item) is dict else None
                want(op in ("Gemm", "Relu") if type(op) is str else False, "a Gemm or Relu", op)
                name, _, names, *affine = fields(item, "name", "op", "inputs", *(["weight", "bias"] if op == "Gemm" else []))
                want(type(name) is str and name not in known, "a new name", name)
                sources, first = self._sources(listed(names, None if affine else 1), known), len(self.scales)
                self.layers.append(Layer(first, (0, *sources), *self._rows(sources, *affine)) if affine else Layer(first, sources))
                self.scales += [] if affine else [self.scales[source] for source in sources]
                known[name] = tuple(range(first, len(self.scales)))
        return self._sources([output], known)

    def _sources(self, names: list[Any], known: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
        for name in names:
            want(type(name) is str and name in known, "the name of the input or of an earlier node", name)
        self.budget.keep(sum(len(known[name]) for name in names), 512)
        return tuple(value for name in names for value in known[name])

    def _rows(self, sources: tuple[int, ...], weight: Any, bias: Any) -> tuple[tuple[tuple[int, ...], ...], int]:
        """Integer weights, the bias first, on the integers that stand for the sources; adds the scales of their sums."""
        need(sources and listed(weight), "expected at least one row and one column", BadInput)
        rows, bits, scaled = list[tuple[int, ...]](), 0, sum(self.scales[source].bit_length() for source in sources)
        for texts, own in zip(weight, listed(bias, len(weight))):
            self.budget.keep(1, 600 + scaled)
            exact = [self.budget.rational(text) for text in (own, *listed(texts, len(sources)))]
            ratios = [w / self.scales[source] for w, source in zip(exact, (0, *sources))]
            self.scales.append(self.budget.common(w.denominator for w in ratios))
            self.budget.keep(len(ratios), self.scales[-1].bit_length())
            rows.append(tuple(w.numerator * (self.scales[-1] // w.denominator) for w in ratios))
            bits = max(bits, *map(int.bit_length, rows[-1]))
        return tuple(rows), bits

    def values(self, point: Sequence[Fraction]) -> list[int]:
        """All values at a point, as integers; the first of them is `under`."""
        at = dict(enumerate(point, 1))
        return self.ranges(at, at)[0]

    def ranges(self, low: Mapping[int, Fraction], high: Mapping[int, Fraction]) -> tuple[list[int], list[int]]:
        """Integers between which all values lie, where all inputs, and perhaps other values, are known to lie from `low` to `high`.

        A Gemm is taken at the sums and differences of the ends; both results have the same parity, so nothing is rounded.
        """
        inputs = range(1, self.inputs + 1)
        under = self.budget.common(side[v].denominator for side in (low, high) for v in inputs)
        self.budget.keep(2 * self.inputs, under.bit_length())
        lows, highs = ([under, *(side[v].numerator * (under // side[v].denominator) for v in inputs)] for side in (low, high))
        for layer in self.layers:
            ends = [(lows[source], highs[source]) for source in layer.sources]
            bits, wide = max(max(a.bit_length(), b.bit_length()) for a, b in ends), any(a != b for a, b in ends)
            self.budget.spend(50 + len(ends) * (4 + (1 + wide) * len(layer.rows)), max(bits, 32), max(layer.bits, 32))
            self.budget.keep(len(layer.rows), 256 + bits + layer.bits)
            if layer.rows:
                sums, spreads = [a + b for a, b in ends], [b - a for a, b in ends]
                pairs = [(sum(map(mul, row, sums)), sum(map(mul, map(abs, row), spreads)) if wide else 0) for row in layer.rows]
                ends = [((centre - radius) // 2, (centre + radius) // 2) for centre, radius in pairs]
            else:
                ends = [(max(a, 0), max(b, 0)) for a, b in ends]
            for value, (a, b) in enumerate(ends, layer.first):
                lows.append(max(a, floor(low[value] * self.scales[value] * under)) if value in low else a)
                highs.append(min(b, ceil(high[value] * self.scales[value] * under)) if value in high else b)
        return lows, highs


def combinations(graph: Graph, terms: Terms) -> Iterator[Comparison]:
    """Every value of a Gemm equals the combination of its sources: facts in `terms`, whose first atoms are the values."""
    for layer in graph.layers:
        for value, row in enumerate(layer.rows, layer.first):
            terms.budget.spend(100 * len(row))
            weights = [Fraction(w * graph.scales[source], graph.scales[value]) for w, source in zip(row, layer.sources)]
            monomials = [(source,) if source else () for source in layer.sources]
            yield Comparison("=", terms.collect([*zip(monomials, weights), ((value,), Fraction(-1))]))


def bounds(branch: Sequence[Formula]) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
    """The greatest lower and the least upper bounds that facts about one atom alone give, by the atom's number."""
    low, high = dict[int, Fraction](), dict[int, Fraction]()
    short = (fact for fact in branch if isinstance(fact, Comparison) and 0 < len(fact.polynomial.terms) < 3)
    for (*rest, (monomial, c)), relation in ((fact.polynomial.terms, fact.relation) for fact in short):
        if len(monomial) == 1 and relation != "!=" and all(other == () for other, _ in rest):
            (atom,), bound = monomial, sum((-a / c for _, a in rest), Fraction(0))
            if c > 0 or relation == "=":
                high[atom] = min(bound, high.get(atom, bound))
            if c < 0 or relation == "=":
                low[atom] = max(bound, low.get(atom, bound))
    return low, high


def relaxed(graph: Graph, branch: Sequence[Formula]) -> Iterator[Comparison]:
    """What every unit y = Relu(z) satisfies where the facts hold: y >= 0, y >= z, and y <= a z + t.

    The numbers low <= z <= high follow from the facts' bounds; a is 1 if low >= 0, 0 if high <= 0, otherwise nearly
    high / (high - low); t is such that a z + t >= Relu(z) at both ends, hence between them, Relu being convex.
    """
    graph.budget.spend(25 * len(branch))
    lows, highs = graph.ranges(*bounds(branch))
    for y, z in ((y, z) for layer in graph.layers if not layer.rows for y, z in enumerate(layer.sources, layer.first)):
        low, high, unit = lows[z], highs[z], graph.scales[z] * lows[0]
        graph.budget.spend(500, unit.bit_length(), max(low.bit_length(), high.bit_length()))
        slope = Fraction(int(high > 0) if low >= 0 or high <= 0 else Fraction((high << 10) // (high - low), 1 << 10))
        above = Fraction(ceil(max(-slope * low, high - slope * high) / unit * 2**96), 2**96)
        for row in ((((y,), -1),), (((z,), 1), ((y,), -1)), (((), -above), ((z,), -slope), ((y,), 1))):
            yield Comparison("<=", Polynomial(tuple((monomial, Fraction(c)) for monomial, c in row if c)))
