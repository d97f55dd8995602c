"""The networks of a claim as one network, and what its facts say of the inputs as a domain: what a
cell complex is built from. Nothing here is trusted."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from ...exact.cells import Box, Domain, Polyhedron, Space
from ...exact.piecewise_linear import Interval
from ...kernel.errors import OverBudget
from ...kernel.terms import Comparison, Formula, Polynomial
from ...network.matrix import Matrix
from ...network.network import Input, Network
from ...network.operations import Node
from .boxes import Unsettled
from .setting import Setting

ZERO, ONE = Fraction(0), Fraction(1)
MOST_INPUTS = 9  # a box alone has 3^n faces
LONG = 20  # bits of a weight beyond which a unit is scaled down, for the floats

Form = dict[int, Fraction]  # coefficients by the value's number; 0 is the number 1


class Joined:
    """One network with all units of a claim's networks, level by level, and expressions as its
    outputs. `number`: of each unit in the kernel's order, by level and place.

        Joined(setting, [f]).network([])     its Relu nodes are the levels of the setting
    """

    def __init__(self, setting: Setting, expressions: Sequence[Polynomial]) -> None:
        self.graph = setting.graph
        inputs = self.graph.inputs
        self.nodes: list[Node] = []
        self.sources = ["x"]
        self.columns = [*range(1, 1 + inputs)]
        self.scale: dict[int, Fraction] = dict.fromkeys(range(1 + inputs), ONE)
        self.number = [[(z - 1 - inputs) // 2 for z in level] for level in setting.levels]
        for level in setting.levels:
            rows = [self._sum(z) for z in level]
            scales = [_scale(row.values()) for row in rows]
            scaled = [_times(row, c) for row, c in zip(rows, scales, strict=True)]
            self._units(scaled)
            for z, c in zip(level, scales, strict=True):
                self.columns.append(z + 1)
                self.scale[z + 1] = c
        self.rows = [self._expression(p) for p in expressions]

    def network(self, cut: Sequence[int]) -> Network:
        """The network whose outputs are the expressions; those with the numbers `cut` go into
        units of a last level, which has no other use."""
        if cut:
            self._units([self.rows[number] for number in cut])
        width = len(self.columns) + len(cut)
        weight = [self._weights(row, width) for row in self.rows]
        bias = tuple(row.get(0, ZERO) for row in self.rows)
        self._gemm("values", weight, bias)
        return Network((Input("x", self.graph.inputs),), tuple(self.nodes), "values")

    def _units(self, rows: Sequence[Form]) -> None:
        weight = [self._weights(row, len(self.columns)) for row in rows]
        title = f"z{len(self.sources)}"
        self._gemm(title, weight, tuple(row.get(0, ZERO) for row in rows))
        self.sources.append(f"y{len(self.sources)}")
        self.nodes.append(Node(self.sources[-1], "Relu", (title,)))

    def _gemm(
        self, name: str, weight: Sequence[tuple[Fraction, ...]], bias: tuple[Fraction, ...]
    ) -> None:
        parameters: dict[str, Matrix | tuple[Fraction, ...]] = {
            "weight": Matrix.of(weight),
            "bias": bias,
        }
        self.nodes.append(Node(name, "Gemm", tuple(self.sources), parameters))

    def _weights(self, row: Form, width: int) -> tuple[Fraction, ...]:
        known = [row.get(v, ZERO) for v in self.columns]
        return (*known, *[ZERO] * (width - len(known)))

    def _sum(self, z: int) -> Form:
        """What a unit sums, of the values as the network's nodes have them."""
        unit = self.graph.units[(z - 1 - self.graph.inputs) // 2]
        row: Form = {}
        for source, weight in zip(unit.sources, unit.weights, strict=True):
            row[source] = row.get(source, ZERO) + weight / self.scale[source]
        return row

    def _expression(self, p: Polynomial) -> Form:
        """An affine expression; what goes into a unit is what that sums."""
        row: Form = {}
        for value, c in self.graph.affine(p):
            if value in self.scale:
                parts: Mapping[int, Fraction] = {value: 1 / self.scale[value]}
            else:
                parts = self._sum(value)
            for source, weight in parts.items():
                row[source] = row.get(source, ZERO) + c * weight
        return row


def _scale(weights: Iterable[Fraction]) -> Fraction:
    """A power of two, 1 where the weights are short, that makes the largest about 1."""
    largest = max(map(abs, weights), default=ZERO)
    bits = int(largest).bit_length()
    return Fraction(1, 2**bits) if bits > LONG else ONE


def _times(row: Form, factor: Fraction) -> Form:
    return {value: c * factor for value, c in row.items()}


def walls(setting: Setting, facts: Sequence[Formula]) -> list[Polynomial]:
    """The p of facts p <= 0 and p < 0 about inputs alone.

        walls(setting, facts) of x1 <= 1 and f <= 2      [x1 - 1]
    """
    found = []
    for fact in facts:
        if isinstance(fact, Comparison) and "<" in fact.relation and is_of_inputs(setting, fact):
            found.append(fact.polynomial)
    return found


def is_of_inputs(setting: Setting, fact: Comparison) -> bool:
    """Whether a comparison is about the inputs alone.

        x1 <= x2 is; x1 <= f is not
    """
    values = [value for value, _ in setting.graph.affine(fact.polynomial)]
    return max(values, default=0) <= setting.graph.inputs


def domain(setting: Setting, facts: Sequence[Formula]) -> Domain:
    """Where the facts about the inputs hold, taken as closed; but not their equations, which cut
    the complex. Raises `Unsettled` where there is one, and every input has bounds: a box with fewer
    dimensions is not for complexes."""
    size = setting.graph.inputs
    if size > MOST_INPUTS:
        raise OverBudget("", f"{size} inputs, more than {MOST_INPUTS}")
    low: list[Fraction | None] = [None] * size
    high: list[Fraction | None] = [None] * size
    several = []
    for p in walls(setting, facts):
        row = dict(setting.graph.affine(p))
        bias = row.pop(0, ZERO)
        if len(row) == 1:
            ((value, c),) = row.items()
            if c > 0:
                high[value - 1] = _least(high[value - 1], -bias / c)
            else:
                low[value - 1] = _greatest(low[value - 1], -bias / c)
        if row:
            weight = tuple(-row.get(value, ZERO) for value in range(1, 1 + size))
            several.append((weight, -bias))
    equations = _equations(setting, facts)
    ends = zip(low, high, strict=True)
    bounded = {place for place, pair in enumerate(ends, 1) if None not in pair}
    held = {value for row in equations if len(row) == 1 for value in row}
    if equations and len(bounded | held) == size:
        raise Unsettled("an equation of inputs leaves no interior")
    sides = [
        Interval(one, other)
        for one, other in zip(low, high, strict=True)
        if one is not None and other is not None and one < other
    ]
    if len(sides) < size:
        return Polyhedron(tuple(several), Space(size)) if several else Space(size)
    slanted = [pair for pair in several if _inputs_in(pair[0]) > 1]
    box = Box(tuple(sides))
    return Polyhedron(tuple(slanted), box) if slanted else box


def _equations(setting: Setting, facts: Sequence[Formula]) -> list[Form]:
    """The coefficients of the inputs in facts p = 0 about inputs alone."""
    found = []
    for fact in facts:
        if isinstance(fact, Comparison) and fact.relation == "=" and is_of_inputs(setting, fact):
            row = dict(setting.graph.affine(fact.polynomial))
            row.pop(0, ZERO)
            found.append(row)
    return found


def _inputs_in(weight: Sequence[Fraction]) -> int:
    """How many inputs have a weight that is not 0."""
    return len([c for c in weight if c])


def _least(known: Fraction | None, bound: Fraction) -> Fraction:
    """The lesser of an upper bound, if there is one, and another."""
    return bound if known is None else min(known, bound)


def _greatest(known: Fraction | None, bound: Fraction) -> Fraction:
    """The greater of a lower bound, if there is one, and another."""
    return bound if known is None else max(known, bound)
