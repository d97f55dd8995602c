"""Which units have both signs where some facts about the inputs hold, and on which affine function
of the inputs that depends. Nothing here is trusted."""

from collections.abc import Mapping
from fractions import Fraction
from operator import mul

from ...exact.cells import Domain
from ...exact.cells.domains import row_of
from ...kernel.network import Unit
from ...kernel.terms import Comparison, atom, constant
from .setting import Setting

Form = dict[int, Fraction]  # coefficients by the input's number; 0 is the number 1


def divider(setting: Setting, where: Domain) -> tuple[str, Comparison] | None:
    """The claim, as text and read, that the first unit which has both signs on a domain is at most
    0, as a comparison of inputs; None if there is no such unit."""
    form = _first_open(setting, where)
    if form is None:
        return None
    return at_most_zero(setting, form)


def at_most_zero(setting: Setting, form: Form) -> tuple[str, Comparison]:
    """That an affine function of the inputs is at most 0, as text and read."""
    terms = setting.terms
    parts = [terms.scaled(c, atom(v)) for v, c in form.items() if v and c]
    p = terms.add(constant(form.get(0, Fraction(0))), *parts)
    return f"{setting.text(p)} <= 0", Comparison("<=", p)


def forms(setting: Setting, signs: Mapping[int, bool]) -> dict[int, Form]:
    """What goes into units, by their numbers, where of some units it is known whether they are
    active: of those that read no others."""
    found: dict[int, Form] = {}
    known: dict[int, Form] = {v: {v: Fraction(1)} for v in range(1 + setting.graph.inputs)}
    for number, unit in enumerate(setting.graph.units):
        if any(source not in known for source in unit.sources):
            continue
        found[number] = _sum(unit, known)
        if number in signs:
            known[unit.z + 1] = found[number] if signs[number] else {}
    return found


def _sum(unit: Unit, known: Mapping[int, Form]) -> Form:
    """What goes into a unit, of what its sources are."""
    form: Form = {}
    for source, weight in zip(unit.sources, unit.weights, strict=True):
        for v, c in known[source].items():
            form[v] = form.get(v, Fraction(0)) + weight * c
    return form


def _first_open(setting: Setting, where: Domain) -> Form | None:
    """What goes into that unit. Those before it keep their signs, so that this is affine."""
    size, (_, rows) = setting.graph.inputs, where.start
    known: dict[int, Form] = {v: {v: Fraction(1)} for v in range(1 + size)}
    for unit in setting.graph.units:
        form = _sum(unit, known)
        factors = row_of([form.get(v, Fraction(0)) for v in (*range(1, 1 + size), 0)])[:-1]
        heights = [sum(map(mul, factors, row)) for row in rows]  # times what makes them integers
        if min(heights) < 0 < max(heights):
            return form
        known[unit.z + 1] = form if max(heights) > 0 else {}
    return None
