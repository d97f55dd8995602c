"""Questions to z3 about facts: which of them contradict each other, and which integers a term can be. Its answers only guide the search."""

import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

import z3

from ...compile.z3_context import context
from ...compile.z3_context import numeral as number
from ...kernel.terms import Comparison, Facts, Formula, Monomial, Polynomial, Terms

_SECONDS = 10
_MUCH, _LITTLE = 20_000_000, 2_000_000
_COMPARED = {"<=": operator.le, "<": operator.lt, "=": operator.eq, "!=": operator.ne}
MOST_VALUES = 6


@dataclass
class Encoding:
    """Facts as z3 sees them. `linear`: every monomial is a variable of its own; otherwise a product. `integers`: Z is Int, not Real."""

    terms: Terms
    linear: bool
    integers: bool
    variables: dict[Monomial, z3.ArithRef] = field(default_factory=dict)
    formulas: dict[Formula, z3.BoolRef] = field(default_factory=dict)

    def formula(self, formula: Formula) -> z3.BoolRef:
        if formula not in self.formulas:
            if isinstance(formula, Comparison):
                p, zero = self.polynomial(formula.polynomial), number(Fraction(0))
                self.formulas[formula] = _COMPARED[formula.relation](p, zero)
            else:
                parts = [self.formula(part) for part in formula.parts]
                self.formulas[formula] = z3.And(parts, context()) if formula.connective == "and" else z3.Or(parts, context())
        return self.formulas[formula]

    def polynomial(self, p: Polynomial) -> z3.ArithRef:
        parts = []
        for monomial, c in p.terms:
            part = self.monomial(monomial)
            if c != 1:
                part = number(c) * part
            parts.append(part)
        return z3.Sum(parts) if parts else number(Fraction(0))

    def monomial(self, monomial: Monomial) -> z3.ArithRef:
        if monomial == ():
            return number(Fraction(1))
        if not self.linear and len(monomial) != 1:
            return z3.Product([self.monomial((i,)) for i in monomial])
        if monomial not in self.variables:
            whole = self.integers and all(self.terms.atoms[i].sort == "Z" for i in monomial)
            name = f"v{len(self.variables)}"
            self.variables[monomial] = z3.Int(name, context()) if whole else z3.Real(name, context())
        variable = self.variables[monomial]
        return z3.ToReal(variable) if variable.is_int() else variable

    def solver(self, effort: int) -> z3.Solver:
        """A solver that gives up after `effort` of z3's resource units, the same on every machine (time is a last resort)."""
        solver = z3.Solver(ctx=context())
        solver.set("rlimit", effort)
        solver.set("timeout", _SECONDS * 1000)
        return solver


class Conflicts:
    """Which comparisons, taken as linear in their monomials, contradict each other; one solver for all questions of a search."""

    def __init__(self, encoding: Encoding) -> None:
        self._encoding, self._solver = encoding, encoding.solver(_MUCH)
        self._marks: dict[Formula, z3.BoolRef] = {}

    def among(self, comparisons: Iterable[Comparison]) -> list[Comparison] | None:
        """A few of them that cannot all hold; None if z3 does not find such."""
        asked: dict[str, Comparison] = {}
        for comparison in comparisons:
            if comparison not in self._marks:
                self._marks[comparison] = mark = z3.Bool(f"m{len(self._marks)}", context())
                self._solver.add(z3.Implies(mark, self._encoding.formula(comparison)))
            asked[self._marks[comparison].decl().name()] = comparison
        if self._solver.check(*(self._marks[comparison] for comparison in asked.values())) != z3.unsat:
            return None
        return [asked[mark.decl().name()] for mark in self._solver.unsat_core()]


def core(encoding: Encoding, base: Facts, added: Sequence[Facts], effort: int = _MUCH) -> list[int] | None:
    """Numbers of a small part of `added` that contradicts `base`, later ones dropped first; None if z3 does not say that all does.

        core(encoding, (x <= 0,), [(y >= 0,), (x >= 1,)])      [1]
    """
    solver = encoding.solver(effort)
    solver.set("unsat_core", True)
    solver.add(*(encoding.formula(fact) for fact in base))
    marks = [z3.Bool(f"a{i}", context()) for i in range(len(added))]
    for mark, facts in zip(marks, added):
        solver.add(z3.Implies(mark, z3.And([encoding.formula(fact) for fact in facts], context())))
    if solver.check(*marks) != z3.unsat:
        return None
    chosen = {mark.decl().name() for mark in solver.unsat_core()}
    needed = [i for i in range(len(added)) if f"a{i}" in chosen]
    solver.set("rlimit", _LITTLE)
    waiting = [needed]
    while waiting:  # drop the later half, or else the halves of the halves
        part = waiting.pop()
        rest = [i for i in needed if i not in set(part)]
        if part and solver.check(*(marks[i] for i in rest)) == z3.unsat:
            needed = rest
        elif len(part) > 1:
            waiting += [part[:len(part) // 2], part[len(part) // 2:]]
    return needed


def model(encoding: Encoding, facts: Facts) -> dict[Monomial, Fraction] | None:
    """Values of the monomials under which all the facts hold, if z3 finds some that are rational.

        model(encoding, (2*x = 1,))      x: 1/2
    """
    solver = encoding.solver(_MUCH)
    solver.add(*(encoding.formula(fact) for fact in facts))
    if solver.check() != z3.sat:
        return None
    found = {monomial: solver.model().eval(variable, model_completion=True) for monomial, variable in encoding.variables.items()}
    return {monomial: _rational(value) for monomial, value in found.items() if z3.is_int_value(value) or z3.is_rational_value(value)}


def cut_point(encoding: Encoding, facts: Facts, p: Polynomial) -> int | None:
    """A number c such that p <= c or p >= c + 1, for an integer p, says more than the facts do; None if p can be many integers."""
    solver, value = encoding.solver(_LITTLE), z3.Int("value", context())
    solver.add(*(encoding.formula(fact) for fact in facts))
    solver.push()
    solver.add(encoding.polynomial(p) == z3.ToReal(value))
    found: list[int] = []
    while (answer := solver.check()) == z3.sat:
        found.append(solver.model().eval(value, model_completion=True).as_long())
        if len(found) > MOST_VALUES:
            return None
        solver.add(value != found[-1])
    if answer != z3.unsat or len(found) > 1:
        return min(found) if answer == z3.unsat else None
    solver.pop()
    solver.add(*(encoding.polynomial(p) != only for only in found))
    if solver.check() != z3.sat:
        return None
    between = solver.model().eval(encoding.polynomial(p), model_completion=True)
    return floor(_rational(between)) if z3.is_rational_value(between) else None


def _rational(value: z3.ArithRef) -> Fraction:
    return Fraction(value.as_long()) if z3.is_int_value(value) else Fraction(value.numerator_as_long(), value.denominator_as_long())
