"""The linear system that a counterexample in a region of a box satisfies: in the inputs, and one variable for each unit that is open there.

The same code builds it from floats, to be quick, and from Fractions, to be exact: the entries of the arrays are one or the other.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from ...kernel.terms import Comparison
from .backward import Made, Region, near, polynomial
from .linear import Row
from .simplex import maximum

Array = np.ndarray


class System:
    """`table`: rows of coefficients and, last, a constant, each meaning ≤ 0: the region's rows, three for each open unit y of z
    (y ≥ 0, y ≥ z, the line above), two for each input. `relations` of the region's rows."""

    def __init__(self, region: Region, values: Sequence[Made], exact: bool) -> None:
        self.exact, self.inputs, self.rows = exact, len(region.sides), len(region.rows)
        self.units = [value for value in values if value.open]
        self.size = self.inputs + len(self.units)
        self.one = self._vector(self.size)
        forms = self._forms(values)
        comparisons = [fact for fact in (region.branch[place] for place in region.rows) if isinstance(fact, Comparison)]
        self.relations = [fact.relation for fact in comparisons]
        self.equations = [index for index, relation in enumerate(self.relations) if relation == "="]
        lines = []
        for fact in comparisons:
            parts = [(m[0] if m else 0, self._number(c)) for m, c in polynomial(fact).terms]
            lines.append(sum((forms[value] * c for value, c in parts), 0 * self.one))
        for unit in self.units:
            above = sum((forms[value] * c for value, c in self._made(unit)), 0 * self.one)
            lines += [-forms[unit.value], forms[unit.before] - forms[unit.value], forms[unit.value] - above]
        for index, (low, high) in enumerate(region.sides):
            least, most = self._number(low.number), self._number(high.number)
            lines += [self._vector(index) - self.one * most, self.one * least - self._vector(index)]
        self.table = np.array(lines)

    def _number(self, value: Fraction) -> Any:
        return value if self.exact else near(value)

    def _made(self, value: Made) -> list[tuple[int, Any]]:
        return list((value.form if self.exact else value.floats).items())

    def _vector(self, index: int) -> Array:
        entries: list[Any] = [self._number(Fraction(0))] * (self.size + 1)
        entries[index] = self._number(Fraction(1))
        return np.array(entries, dtype=object if self.exact else float)

    def _forms(self, values: Sequence[Made]) -> dict[int, Array]:
        """Every value as an affine form: an open unit is a variable, any other is what it is made of."""
        forms = {0: self.one} | {index + 1: self._vector(index) for index in range(self.inputs)}
        free = {unit.value: self._vector(self.inputs + index) for index, unit in enumerate(self.units)}
        for value in values:
            made = free.get(value.value)
            forms[value.value] = sum((forms[v] * c for v, c in self._made(value)), 0 * self.one) if made is None else made
        return forms

    def exact_rows(self) -> list[Row]:
        """The rows for z3."""
        relations = self.relations + ["<="] * (len(self.table) - self.rows)
        return [Row({i: c for i, c in enumerate(line[:-1]) if c}, line[-1], relation)
                for line, relation in zip(self.table.tolist(), relations, strict=True)]  # fmt: skip

    def closing(self, multipliers: Sequence[Fraction], bits: int | None) -> tuple[list[Fraction], dict[int, Fraction]]:
        """Weights of the region's rows, and slopes of the open units, from multipliers of all rows, rounded to so many bits."""

        def rounded(value: Fraction) -> Fraction:
            return value if bits is None else Fraction(round(value * 2**bits), 2**bits)

        slopes = {}
        for index, unit in enumerate(self.units):
            zero, below, _ = multipliers[self.rows + 3 * index : self.rows + 3 * index + 3]
            if zero + below:
                slopes[unit.value] = rounded(below / (zero + below))
        return [rounded(value) for value in multipliers[: self.rows]], slopes


class Floating(NamedTuple):
    """The least that some row of the system, scaled, must exceed 0 by at the best point; if positive, multipliers show it."""

    margin: float
    multipliers: list[float]
    point: list[float]


def floating(system: System) -> Floating | None:
    """Multipliers with which the variables cancel and the constant is greatest; the point is the dual solution. None if that failed."""
    table = system.table
    if not np.isfinite(table).all():
        return None
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
    largest = np.abs(weights[: system.rows]).max(initial=0.0)
    weights /= largest if largest > 1e-6 * np.abs(weights).max() else np.abs(weights).max()
    return Floating(found.value, weights.tolist(), (-found.prices[: system.inputs]).tolist())
