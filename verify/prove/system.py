"""The linear system that a counterexample in a region of a box satisfies: in the inputs, and one variable for each unit that is open there.

The same code builds it from floats, to be quick, and from Fractions, to be exact: the entries of the arrays are one or the other.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from ..kernel.boxes import Region, Rows
from ..kernel.network import Graph, Range, Unit
from ..kernel.numeral import numeral
from ..kernel.setting import Setting
from .linear import Row
from .simplex import maximum

Array = np.ndarray


class Weights:
    """The affine maps of a graph as arrays, one of floats and one of Fractions for each node: (rows, sources + bias)."""

    def __init__(self, graph: Graph) -> None:
        lines = [[(*row, b) for row, b in zip(node.rows, node.bias, strict=True)] for node in graph.nodes]
        exact = [[[Fraction(w, node.scale) for w in line] for line in block] for block, node in zip(lines, graph.nodes, strict=True)]
        self.of = {False: [np.array(rows, dtype=float) for rows in exact], True: [np.array(rows, dtype=object) for rows in exact]}


def open_units(graph: Graph, region: Region, ranges: Sequence[Range]) -> list[Unit]:
    """The units whose sign is not known in the region."""
    found = []
    for number, node in enumerate(graph.nodes, 1):
        if not node.rows:
            source = ranges[node.sources[0]]
            pairs = enumerate(zip(source.centre, source.radius, strict=True))
            found += [(number, entry) for entry, (c, r) in pairs if -r < c < r and (number, entry) not in region.active]
    return found


class System:
    """`table`: rows of coefficients and, last, a constant, each meaning ≤ 0: the alternative's rows, the splits' rows, three rows for each
    open unit y of z (y ≥ 0, y ≥ z, the line above), two for each input. `relations` of the alternative's rows."""

    def __init__(self, setting: Setting, region: Region, ranges: list[Range], weights: Weights, rows: Rows, exact: bool) -> None:
        self.exact, self.units = exact, open_units(setting.graph, region, ranges)
        self.inputs, self.alternatives, self.splits = len(region.sides), len(rows), len(region.active)
        self.relations = [row.relation for row in rows]
        self.equations = [index for index, row in enumerate(rows) if row.relation == "="]
        self.size = self.inputs + len(self.units)
        self.one = self._vector(self.size)
        graph, lines = setting.graph, []
        forms = self._forms(graph, region, ranges, weights)
        for row in rows:
            parts = [(c, setting.places[monomial[0]] if monomial else None) for monomial, c in row.polynomial.terms]
            lines.append(sum(((forms[at[0]][at[1]] if at else self.one) * self._number(c) for c, at in parts), 0 * self.one))
        for (number, entry), on in region.active.items():
            lines.append(forms[graph.nodes[number - 1].sources[0]][entry] * (-1 if on else 1))
        self.slopes: list[Any] = []
        for index, (number, entry) in enumerate(self.units):
            source = ranges[graph.nodes[number - 1].sources[0]]
            low, high = (self._number(Fraction(source.centre[entry] + sign * source.radius[entry], source.under)) for sign in (-1, 1))
            before, unit, slope = forms[graph.nodes[number - 1].sources[0]][entry], self._vector(self.inputs + index), high / (high - low)
            self.slopes.append(slope)
            lines += [-unit, before - unit, unit - (before - self.one * low) * slope]
        for index, side in enumerate(region.sides):
            low, high = map(self._number, side)
            lines += [self._vector(index) - self.one * high, self.one * low - self._vector(index)]
        self.table = np.array(lines)

    def _number(self, value: Fraction) -> Any:
        return value if self.exact else float(value)

    def _vector(self, index: int) -> Array:
        entries: list[Any] = [self._number(Fraction(0))] * (self.size + 1)
        entries[index] = self._number(Fraction(1))
        return np.array(entries, dtype=object if self.exact else float)

    def _forms(self, graph: Graph, region: Region, ranges: list[Range], weights: Weights) -> list[Array]:
        """Every value as an affine form: an open unit is a variable, any other is its pre-activation or 0."""
        variables = {unit: self._vector(self.inputs + index) for index, unit in enumerate(self.units)}
        forms = [np.array([self._vector(index) for index in range(self.inputs)])]
        for number, node in enumerate(graph.nodes, 1):
            behind = np.concatenate([forms[source] for source in node.sources])
            if node.rows:
                forms.append(weights.of[self.exact][number - 1] @ np.concatenate([behind, self.one[None]]))
                continue
            source, found = ranges[node.sources[0]], []
            for entry, form in enumerate(behind):
                on = region.active.get((number, entry), source.centre[entry] >= source.radius[entry])
                found.append(variables.get((number, entry), form if on else 0 * form))
            forms.append(np.array(found))
        return forms

    def exact_rows(self) -> list[Row]:
        """The rows for z3."""
        relations = self.relations + ["<="] * (len(self.table) - self.alternatives)
        return [Row({i: c for i, c in enumerate(line[:-1]) if c}, line[-1], relation)
                for line, relation in zip(self.table.tolist(), relations, strict=True)]  # fmt: skip

    def closing(self, multipliers: Sequence[Fraction], bits: int | None) -> dict[str, Any]:
        """Multipliers of the rows as the kernel takes them, each rounded to that many bits after the point."""

        def text(value: Fraction) -> str:
            return numeral(value if bits is None else Fraction(round(value * 2**bits), 2**bits))

        slopes = []
        for index, unit in enumerate(self.units):
            start = self.alternatives + self.splits + 3 * index
            zero, below, above = multipliers[start : start + 3]
            if above > zero + below:
                slopes.append([list(unit), text(Fraction(self.slopes[index]))])
            elif zero + below:
                slopes.append([list(unit), text(below / (zero + below))])
        return {
            "weights": [text(value) for value in multipliers[: self.alternatives]],
            "splits": [text(value) for value in multipliers[self.alternatives : self.alternatives + self.splits]],
            "slopes": slopes,
        }


class Floating(NamedTuple):
    """The least that some row of the system, scaled, must exceed 0 by at the best point; if positive, multipliers show it."""

    margin: float
    multipliers: list[float]
    point: list[float]


def floating(system: System) -> Floating | None:
    """Multipliers with which the variables cancel and the constant is greatest; the point is the dual solution. None if that failed."""
    table = system.table
    rows = np.concatenate([table, *(-table[index : index + 1] for index in system.equations)])
    scale = np.maximum(np.abs(rows[:, :-1]).max(axis=1, initial=0.0), 1e-12)
    rows = rows / scale[:, None]
    columns = np.concatenate([rows[:, :-1].T, np.ones((1, len(rows)))])
    found = maximum(rows[:, -1], columns, np.concatenate([np.zeros(system.size), [1.0]]))
    if found is None:
        return None
    weights = np.maximum(found.weights, 0.0) / scale
    for position, index in enumerate(system.equations):
        weights[index] -= weights[len(table) + position]
    weights = weights[: len(table)]
    largest = np.abs(weights[: system.alternatives]).max(initial=0.0)
    weights /= largest if largest > 1e-6 * np.abs(weights).max() else np.abs(weights).max()
    return Floating(found.value, weights.tolist(), (-found.prices[: system.inputs]).tolist())
