"""The linear system that a counterexample in a region of a box satisfies: in the inputs, and one
variable for each unit that is open there.

The same code builds it from floats, to be quick, and from Fractions, to be exact: the entries of
the arrays are one or the other.
"""

import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from .backward import Made, Region, near, of_monomial, polynomial, relation
from .linear import Constraint
from .simplex import maximum

Array = np.ndarray


class System:
    """A linear system. Every line of `table` is coefficients and, last, a constant; their sum is
    ≤ 0.

    First come the region's rows, whose own relations are `relations`; then three lines for each
    open unit y of z: y ≥ 0, y ≥ z, and the bound above; then two for each input: its ends.
    """

    def __init__(self, region: Region, values: Sequence[Made], exact: bool) -> None:
        self.exact, self.inputs, self.rows = exact, len(region.sides), len(region.rows)
        self.units = [value for value in values if value.open]
        self.size = self.inputs + len(self.units)
        self.one = self._vector(self.size)
        forms = self._forms(values)
        rows = [region.branch[place] for place in region.rows]
        self.relations = [relation(row) for row in rows]
        self.equations = [index for index, said in enumerate(self.relations) if said == "="]
        lines = []
        for row in rows:
            terms = polynomial(row).terms
            own = {of_monomial(monomial): self._number(c) for monomial, c in terms}
            lines.append(self._combined(own, forms))
        for unit in self.units:
            y, z = forms[unit.value], forms[unit.before]
            lines += [-y, z - y, y - self._combined(unit.parts(exact), forms)]
        for index, (low, high) in enumerate(region.sides):
            least, most = self._number(low.number), self._number(high.number)
            lines += [self._vector(index) - self.one * most, self.one * least - self._vector(index)]
        self.table = np.array(lines)

    def _number(self, value: Fraction) -> Any:
        return value if self.exact else near(value)

    def _combined(self, parts: Mapping[int, Any], forms: Mapping[int, Array]) -> Array:
        """What the values add up to with these coefficients, as an affine form."""
        total = 0 * self.one
        for value, c in parts.items():
            total = total + forms[value] * c
        return total

    def _vector(self, index: int) -> Array:
        kind = object if self.exact else float
        entries: list[Any] = [self._number(Fraction(0))] * (self.size + 1)
        entries[index] = self._number(Fraction(1))
        return np.array(entries, dtype=kind)

    def _forms(self, values: Sequence[Made]) -> dict[int, Array]:
        """Every value as an affine form: an open unit is a variable, any other is what it is made
        of."""
        forms = {0: self.one}
        for index in range(self.inputs):
            forms[index + 1] = self._vector(index)
        variables = itertools.count(self.inputs)
        for value in values:
            if value.open:
                forms[value.value] = self._vector(next(variables))
            else:
                forms[value.value] = self._combined(value.parts(self.exact), forms)
        return forms

    def exact_rows(self) -> list[Constraint]:
        """The rows for z3."""
        relations = self.relations + ["<="] * (len(self.table) - self.rows)
        rows = []
        for line, said in zip(self.table.tolist(), relations, strict=True):
            *coefficients, constant = line
            form = {index: c for index, c in enumerate(coefficients) if c}
            rows.append(Constraint(form, constant, said))
        return rows

    def closing(
        self, multipliers: Sequence[Fraction], bits: int | None
    ) -> tuple[list[Fraction], dict[int, Fraction]]:
        """Weights of the region's rows, and slopes of the open units, from multipliers of all
        lines; rounded to so many bits."""

        def rounded(value: Fraction) -> Fraction:
            return value if bits is None else Fraction(round(value * 2**bits), 2**bits)

        slopes = {}
        for index, unit in enumerate(self.units):
            first = self.rows + 3 * index
            zero, below = multipliers[first : first + 2]
            if zero + below:
                slopes[unit.value] = rounded(below / (zero + below))
        return [rounded(value) for value in multipliers[: self.rows]], slopes


class Floating(NamedTuple):
    """The best point: there the greatest line of the system, scaled, is least. `margin` is that
    greatest line; if it is positive, the multipliers show that the system has no solution.

    `losses`: for each open unit how much greater the weighted sum of the lines would be there if
    its own three lines were the function Relu."""

    margin: float
    multipliers: list[float]
    point: list[float]
    losses: dict[int, float]


def floating(system: System) -> Floating | None:
    """Multipliers with which the variables cancel and the constant is greatest; the point is the
    dual solution. None if that failed."""
    table = system.table
    if not np.isfinite(table).all():
        return None
    rows = np.concatenate([table, *(-table[index : index + 1] for index in system.equations)])
    scale = np.maximum(np.abs(rows[:, :-1]).max(axis=1, initial=0.0), 1e-12)
    rows = rows / scale[:, None]
    columns = np.concatenate([rows[:, :-1].T, np.ones((1, len(rows)))])
    best = maximum(rows[:, -1], columns, np.concatenate([np.zeros(system.size), [1.0]]))
    if best is None:
        return None
    weights = np.maximum(best.weights, 0.0) / scale
    for position, index in enumerate(system.equations):
        weights[index] -= weights[len(table) + position]
    weights = weights[: len(table)]
    point = -best.prices[: system.size]
    losses = _losses(system, weights, point)
    greatest = np.abs(weights).max()
    of_rows = np.abs(weights[: system.rows]).max(initial=0.0)
    size = of_rows if of_rows > 1e-6 * greatest else greatest
    weights /= size
    return Floating(best.value, weights.tolist(), point[: system.inputs].tolist(), losses)


def _losses(system: System, weights: Array, point: Array) -> dict[int, float]:
    """What the lines of each open unit lose at the point, with their weights."""
    end = system.rows + 3 * len(system.units)
    with np.errstate(over="ignore", invalid="ignore"):
        lines = system.table[system.rows : end] @ np.append(point, 1.0)
        minus_y, under, over = lines.reshape(-1, 3).T
        z, line = under - minus_y, -minus_y - over
        relu = np.maximum(z, 0.0)
        slack = np.stack([relu, relu - z, line - relu], 1)
        lost = (weights[system.rows : end].reshape(-1, 3) * slack).sum(1)
    known = np.nan_to_num(np.maximum(lost, 0.0)).tolist()
    return {unit.value: own for unit, own in zip(system.units, known, strict=True)}
