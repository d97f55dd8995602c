"""z3 as a judge beside the kernel: a statement is written as the negations of its steps.

Unsat for each of them is the only success.
"""

from collections.abc import Sequence
from fractions import Fraction

import z3

from ..compile.z3_form import fraction, number
from ..kernel.errors import OverBudget
from ..theorem import Outcome, holds, refuted, undecided

HALF, QUARTER = z3.Q(1, 2), z3.Q(1, 4)


def unsat(seconds: float = 20, **negations: Sequence[z3.BoolRef | bool]) -> Outcome:
    """HOLDS only if z3 answers unsat for each keyword.

    The conjunction of a keyword's formulas is the negation of the step that it names.
    A model refutes, with its exact values. An unknown, a time-out (seconds, each step) and irrational values leave it
    undecided.

    >>> x = z3.Real("x")
    >>> unsat(least=[tent(x) < 0, x >= 0, x <= 1]).verdict.name
    'HOLDS'
    """
    if not negations:
        return undecided("no step was given")
    for step, formulas in negations.items():
        solver = z3.Solver()
        solver.set("timeout", max(1, int(seconds * 1000)))
        solver.add(*formulas)
        answer = solver.check()
        if answer == z3.sat:
            return _refuted(step, solver.model())
        if answer != z3.unsat:
            return undecided(f"z3 {z3.get_version_string()}: {step}: {solver.reason_unknown()}")
    return holds(f"z3 {z3.get_version_string()}: unsat: the negation of {', '.join(negations)}")


def _refuted(step: str, model: z3.ModelRef) -> Outcome:
    values = {}
    try:
        for variable in model.decls():
            if z3.is_arith(model[variable]):
                values[str(variable.name())] = _exactly(model[variable])
    except OverBudget as error:
        return undecided(f"z3 {z3.get_version_string()}: {step}: {error.reason}")
    return refuted(f"z3 {z3.get_version_string()}: a model of the negation of {step}", **values)


def _exactly(value: z3.ExprRef) -> Fraction:
    """A number of a model. Raises `OverBudget` where it is irrational."""
    return Fraction(value.as_long()) if z3.is_int_value(value) else fraction(value)


def relu(x: z3.ArithRef) -> z3.ArithRef:
    """σ(x) = max(x, 0)."""
    return z3.If(x > 0, x, number(0))


def tent(x: z3.ArithRef) -> z3.ArithRef:
    """Δ(x) = 2σ(x) − 2σ(2x − 1)."""
    return 2 * relu(x) - 2 * relu(2 * x - 1)


def magnitude(x: z3.ArithRef) -> z3.ArithRef:
    """|x|."""
    return z3.If(x > 0, x, -x)
