"""Which units have both signs where some facts about the inputs hold, and on which affine function
of the inputs that depends. Nothing here is trusted."""

from fractions import Fraction
from operator import mul

from ...exact.cells import Domain
from ...exact.cells.domains import row_of
from ...kernel.terms import Comparison, atom, constant
from .setting import Setting

Form = dict[int, Fraction]  # coefficients by the input's number; 0 is the number 1


def divider(setting: Setting, where: Domain) -> tuple[str, Comparison] | None:
    """The claim, as text and read, that the first unit which has both signs on a domain is at most
    0, as a comparison of inputs; None if there is no such unit."""
    form = _first_open(setting, where)
    if form is None:
        return None
    terms = setting.terms
    parts = [terms.scaled(c, atom(v)) for v, c in form.items() if v and c]
    p = terms.add(constant(form.get(0, Fraction(0))), *parts)
    return f"{setting.text(p)} <= 0", Comparison("<=", p)


def _first_open(setting: Setting, where: Domain) -> Form | None:
    """What goes into that unit. Those before it keep their signs, so that this is affine."""
    size, (_, rows) = setting.graph.inputs, where.start
    known: dict[int, Form] = {v: {v: Fraction(1)} for v in range(1 + size)}
    for unit in setting.graph.units:
        form: Form = {}
        for source, weight in zip(unit.sources, unit.weights, strict=True):
            for v, c in known[source].items():
                form[v] = form.get(v, Fraction(0)) + weight * c
        factors = row_of([form.get(v, Fraction(0)) for v in (*range(1, 1 + size), 0)])[:-1]
        heights = [sum(map(mul, factors, row)) for row in rows]  # times what makes them integers
        if min(heights) < 0 < max(heights):
            return form
        known[unit.z + 1] = form if max(heights) > 0 else {}
    return None
