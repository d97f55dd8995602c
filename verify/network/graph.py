"""The kernel's graph of a network, made from the network at hand: what the kernel reads in its
canonical bytes, in a fraction of the time.

For those who look for certificates; the kernel itself reads bytes. Weights and bias are integers
over one denominator here, row by row; those that are 0 cost nothing.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain
from math import gcd, lcm
from operator import itemgetter

from ..kernel.errors import OverBudget, need, want
from ..kernel.limits import MOST_BYTES, Budget
from ..kernel.network import Graph, Unit
from ..kernel.terms import Comparison, Monomial, Polynomial
from .network import Network
from .operations import Node

MINUS_ONE = Fraction(-1)
FIRST = itemgetter(0)

Sum = tuple[Sequence[tuple[int, int]], int]  # values with integer weights, sorted, over a number


class Graphs:
    """The networks of a claim in one graph; reading them is not charged to its budget.

    Graphs(budget).read(network)      the outputs, as Graph.read(network.canonical) gives them
    """

    def __init__(self, budget: Budget) -> None:
        self.graph = Graph(budget)
        self.monomials = dict[int, Monomial]()

    def read(self, network: Network) -> list[Polynomial]:
        """Adds a network; its outputs. Raises `BadInput` where others have another number of
        inputs, `OverBudget` where the kernel would not read so many bytes."""
        graph, size = self.graph, network.input_size
        need(len(network.canonical) <= MOST_BYTES, f"more than {MOST_BYTES} bytes", OverBudget)
        fits = graph.inputs in (0, size)
        want(fits, "one input x, of the same size in all networks", f"x of size {size}")
        graph.inputs, graph.size = size, max(graph.size, 1 + size)
        known: dict[str, list[Sum]] = {"x": [(((value, 1),), 1) for value in range(1, 1 + size)]}
        lowered = network.lowered
        for node in lowered.nodes:
            sources = list(chain.from_iterable(known[name] for name in node.inputs))
            if node.op == "Gemm":
                known[node.name] = list(_affine(node, sources))
            else:
                known[node.name] = list(map(self._relu, sources))
        return [self._polynomial(form) for form in known[lowered.output]]

    def _relu(self, form: Sum) -> Sum:
        """Adds a unit: its Relu, over the number that makes its weights integers."""
        graph, (pairs, under) = self.graph, form
        z, common = graph.size, gcd(under, *(weight for _, weight in pairs))
        sources, weights = [value for value, _ in pairs], [weight // common for _, weight in pairs]
        terms = list(zip(map(self._monomial, sources), map(Fraction, weights), strict=True))
        equation = Comparison("=", Polynomial((*terms, (self._monomial(z), MINUS_ONE))))
        bits = max(map(int.bit_length, weights), default=0)
        graph.units.append(Unit(z, sources, weights, bits, equation))
        graph.size += 2
        return ((z + 1, 1),), under // common

    def _monomial(self, value: int) -> Monomial:
        """Value 0 is the number 1. Each is one object, however often it occurs."""
        return self.monomials.setdefault(value, (value,) if value else ())

    def _polynomial(self, form: Sum) -> Polynomial:
        pairs, under = form
        terms = ((self._monomial(value), Fraction(weight, under)) for value, weight in pairs)
        return Polynomial(tuple(terms))


def _affine(node: Node, sources: Sequence[Sum]) -> Iterator[Sum]:
    """What a Gemm makes of these: a row of weights times them, and a number."""
    matrix = node.matrix("weight")
    for index, bias in enumerate(node.vector("bias")):
        row = [(sources[column], weight) for column, weight in matrix.row(index)]
        common = lcm(bias.denominator, *(form[1] * weight.denominator for form, weight in row))
        summands = [(0, bias.numerator * (common // bias.denominator))] if bias else []
        for (pairs, under), weight in row:
            factor = weight.numerator * (common // (under * weight.denominator))
            summands += [(value, factor * own) for value, own in pairs]
        yield _collected(summands), common


def _collected(summands: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Their sum, by values; what is 0 is left out."""
    total = dict[int, int](summands)
    if len(total) < len(summands):
        total = {}
        for value, weight in summands:
            total[value] = total.get(value, 0) + weight
    return sorted(((value, weight) for value, weight in total.items() if weight), key=FIRST)
