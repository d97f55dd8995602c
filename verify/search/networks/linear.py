"""Linear systems: a point of one, or multipliers that refute it. Both are models of queries to z3,
so no `unsat` is ever believed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ...kernel.errors import OverBudget

if TYPE_CHECKING:
    import z3

Form = Mapping[int, Fraction]  # the coefficients of the variables 0, 1, 2, …


@dataclass(frozen=True)
class Constraint:
    """form · variables + constant ≤ 0, < 0 or = 0."""

    form: Form
    constant: Fraction
    relation: str = "<="


def solution(rows: Sequence[Constraint], size: int, seconds: float) -> list[Fraction] | None:
    """Values of variables 0 … size − 1 that satisfy the rows; None if z3 finds none.

        solution([Constraint({0: 2}, -1, "=")], 1, seconds=1)      [1/2]
    """
    import z3

    from ...compile.z3_context import context
    from ...compile.z3_form import number

    variables = [z3.Real(f"v{index}", context()) for index in range(size)]
    solver = _solver(seconds)
    for row in rows:
        products = [number(c) * variables[index] for index, c in row.form.items()]
        left = z3.Sum([number(row.constant), *products])
        solver.add({"<=": left <= 0, "<": left < 0, "=": left == 0}[row.relation])
    return _values(solver, variables)


def multipliers(rows: Sequence[Constraint], size: int, seconds: float) -> list[Fraction] | None:
    """Weights of the rows that refute them: the variables cancel, and a positive constant is left,
    or 0 from strict rows. Weights of inequalities are ≥ 0. None if z3 finds none.

        multipliers([Constraint({0: 1}, 1), Constraint({0: -1}, 0)], 1, seconds=1)      [1, 1]
    """
    import z3

    from ...compile.z3_context import context
    from ...compile.z3_form import number

    weights = [z3.Real(f"v{index}", context()) for index in range(len(rows))]
    solver = _solver(seconds)
    for row, weight in zip(rows, weights, strict=True):
        if row.relation != "=":
            solver.add(weight >= 0)
    for index in range(size):
        column = []
        for row, weight in zip(rows, weights, strict=True):
            if index in row.form:
                column.append(number(row.form[index]) * weight)
        if column:
            solver.add(z3.Sum(column) == 0)
    weighted = list(zip(rows, weights, strict=True))
    constant = z3.Sum([number(row.constant) * weight for row, weight in weighted])
    strict = [weight for row, weight in weighted if row.relation == "<"]
    solver.add(constant >= 0, z3.Sum([constant, *strict]) == 1)
    return _values(solver, weights)


def _solver(seconds: float) -> "z3.Solver":
    import z3

    from ...compile.z3_context import context

    solver = z3.SolverFor("QF_LRA", ctx=context())
    solver.set("timeout", max(1, int(1000 * seconds)))
    return solver


def _values(solver: "z3.Solver", variables: Sequence["z3.ArithRef"]) -> list[Fraction] | None:
    import z3

    from ...compile.z3_form import fraction

    if solver.check() != z3.sat:
        return None
    model = solver.model()
    try:
        return [fraction(model.eval(variable, model_completion=True)) for variable in variables]
    except OverBudget:
        return None
