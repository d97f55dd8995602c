"""Truth values that depend on the input, and Where on them: read where the result is continuous,
hence piecewise linear.

A comparison says that an affine form z is positive. Where it chooses between a and b, the result is
b + [z > 0] (a − b). With every unit in a − b replaced by what it is where z >= 0, if that is c·z
for a number c, the result is b + c·Relu(z). The other way round, if b − a is c·z where z <= 0, it
is a + c·(z − Relu(z)). If a − b depends on z alone and is 0 where z = 0, it is b and a sum of Relus
of z less numbers (see `curves`). Whatever else is not seen to be continuous, and is refused by that
reason.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from fractions import Fraction
from math import prod
from typing import Any

import numpy

from ...kernel.errors import BadInput, OverBudget
from .curves import Alone
from .drawing import Drawing, times, total
from .tensors import (
    ONE,
    ZERO,
    Array,
    Call,
    Condition,
    Number,
    Tensor,
    Variable,
    constant,
    exact_array,
    fitting,
    pointwise,
    scalar,
    shape,
    to_shape,
    within_budget,
)

Atom = tuple[str, int]  # an entry of an input or of a node that bends
Form = dict[Atom | None, Fraction]  # Σ weight · atom; None for the number 1
MOST_STEPS = 2_000_000

JUMPS = (
    "expected a function that is continuous as a whole, found branches that are not seen to meet"
    " where the condition changes"
)


def comparison(op: str) -> Callable[[Drawing, Call], Tensor]:
    compare: dict[str, Callable[[Any, Any], bool]] = {
        "Greater": lambda a, b: a > b,
        "GreaterOrEqual": lambda a, b: a >= b,
        "Less": lambda a, b: a < b,
        "LessOrEqual": lambda a, b: a <= b,
        "Equal": lambda a, b: a == b,
    }

    def meaning(drawing: Drawing, call: Call) -> Tensor:
        one, two = call.given(0), call.given(1)
        if not isinstance(one, Variable) and not isinstance(two, Variable):
            return pointwise(lambda a, b: int(compare[op](a, b)), [one, two])
        first, second = (two, one) if op.startswith("Less") else (one, two)
        difference = total(drawing, [first, times(drawing, second, scalar(-ONE))])
        kind = "zero" if op == "Equal" else "positive"
        return Condition(kind, (difference,))

    return meaning


def connective(kind: str) -> Callable[[Drawing, Call], Tensor]:
    on_constants: dict[str, Callable[..., int]] = {
        "not": lambda a: int(not a),
        "and": lambda a, b: int(bool(a) and bool(b)),
        "or": lambda a, b: int(bool(a) or bool(b)),
        "xor": lambda a, b: int(bool(a) != bool(b)),
    }

    def meaning(drawing: Drawing, call: Call) -> Tensor:
        values = [call.any(index) for index in range(len(call.inputs))]
        if all(isinstance(value, numpy.ndarray) for value in values):
            return pointwise(on_constants[kind], values)  # type: ignore[arg-type]
        if kind == "xor" or any(isinstance(value, Variable) for value in values):
            raise BadInput("", f"expected truth values for {call.op}, found another value")
        return Condition(kind, tuple(values))

    return meaning


def truth(drawing: Drawing, value: Variable) -> Condition:
    """A number as a truth value: whether it is not 0."""
    return Condition("not", (Condition("zero", (value,)),))


def where(drawing: Drawing, call: Call) -> Tensor:
    condition = call.any(0)
    if isinstance(condition, Variable):
        condition = truth(drawing, condition)
    return chosen(drawing, condition, call.given(1), call.given(2))


def masked(drawing: Drawing, condition: Condition, value: Tensor) -> Number:
    """A product with a truth value."""
    return chosen(drawing, condition, value, scalar(ZERO))


def chosen(drawing: Drawing, condition: Tensor, yes: Tensor, no: Tensor) -> Number:
    with fitting("shapes that broadcast together"):
        sizes = numpy.broadcast_shapes(shape(yes), shape(no), shape(condition))
    within_budget(prod(sizes))
    yes, no = to_shape(yes, sizes), to_shape(no, sizes)
    if isinstance(condition, numpy.ndarray):
        return _picked(drawing, to_shape(condition, sizes), yes, no)
    if not isinstance(condition, Condition):
        raise BadInput("", "expected truth values, found numbers")
    if condition.kind == "not":
        return chosen(drawing, condition.parts[0], no, yes)
    if condition.kind in ("and", "or"):
        return _nested(drawing, condition, yes, no)
    if condition.kind not in ("positive", "zero"):
        raise BadInput("", JUMPS)
    z = drawing.variable(to_shape(condition.parts[0], sizes))
    return _joined(drawing, condition.kind, z, yes, no)


def _nested(drawing: Drawing, condition: Condition, yes: Tensor, no: Tensor) -> Number:
    """One condition within the other, in the order in which every step is continuous."""
    one, two = condition.parts
    for outer, inner in ((one, two), (two, one)):
        with suppress(BadInput):
            within = chosen(drawing, inner, yes, no)
            branches = (within, no) if condition.kind == "and" else (yes, within)
            return chosen(drawing, outer, *branches)
    raise BadInput("", JUMPS)


def _picked(drawing: Drawing, mask: Array, yes: Any, no: Any) -> Number:
    if isinstance(yes, numpy.ndarray) and isinstance(no, numpy.ndarray):
        return constant(numpy.where(mask.astype(bool), yes, no))
    flags = mask.astype(bool)
    if flags.all() or not flags.any():
        whole: Number = yes if flags.all() else no
        return whole
    if isinstance(yes, Variable) and isinstance(no, Variable):
        return drawing.assembled([yes, no], lambda numbers: numpy.where(flags, *numbers))
    variable, other, factor = (yes, no, flags) if isinstance(yes, Variable) else (no, yes, ~flags)
    ones = exact_array([int(flag) for flag in factor.flat]).reshape(factor.shape)
    shift = numpy.where(factor, 0 * ones, other)
    return drawing.scaled(variable, ones, shift)


def _joined(drawing: Drawing, kind: str, z: Variable, yes: Any, no: Any) -> Number:
    """The choice by [z > 0], entry by entry: base + Σ c·Relu(±z − b), with base one of the two."""
    forms = Forms(drawing)
    first, second = drawing.variable(yes), drawing.variable(no)
    bases, ramps, signs = [], [], []
    triples = zip(z.position.flat, first.position.flat, second.position.flat, strict=True)
    for p, a, b in triples:
        sign_of, one, two = (
            (name, int(i)) for name, i in ((z.name, p), (first.name, a), (second.name, b))
        )
        base, ramp, sign = _entry(forms, kind, forms.of(sign_of), forms.of(one), forms.of(two))
        bases.append(base)
        ramps.append([(b, c) for b, c in ramp.items() if c])
        signs.append(sign)
    sizes = z.position.shape
    flags = numpy.array(bases, dtype=object).reshape(sizes)
    summands = [_picked(drawing, flags, yes, no)]
    turns = exact_array(signs).reshape(sizes)
    for level in range(max(map(len, ramps), default=0)):
        own = [ramp[level] if level < len(ramp) else (ZERO, ZERO) for ramp in ramps]
        shifts = exact_array([-b for b, _ in own]).reshape(sizes)
        factors = exact_array([c for _, c in own]).reshape(sizes)
        bent = drawing.elementwise("Relu", [drawing.scaled(z, turns, shifts)])
        summands.append(drawing.scaled(drawing.variable(bent), factors, scalar(ZERO)))
    return summands[0] if len(summands) == 1 else total(drawing, summands)


def _entry(
    forms: "Forms", kind: str, z: Form, yes: Form, no: Form
) -> tuple[int, Mapping[Fraction, Fraction], Fraction]:
    """(whether the base is `yes`, the c by their b, sign of z)."""
    if not any(atom is not None for atom in z):
        value = z.get(None, ZERO)
        holds = value > 0 if kind == "positive" else value == 0
        return int(holds), {}, ONE
    difference = combined(yes, no, -ONE)
    if kind == "zero":
        if ratio(difference, z) is None:
            raise BadInput("", JUMPS)
        return 0, {}, ONE
    c = ratio(forms.where_positive(difference, z), z)
    if c is not None:
        return 0, {ZERO: c}, ONE
    negated = {atom: -weight for atom, weight in z.items()}
    c = ratio(forms.where_positive(difference, negated), z)
    if c is not None:
        return 1, {ZERO: c}, -ONE
    curve = Alone(forms, z).curve(difference)
    ramp = None if curve is None else curve.beyond_zero()
    if ramp is None:
        raise BadInput("", JUMPS)
    return 0, ramp, ONE


def combined(one: Form, two: Form, factor: Fraction) -> Form:
    result = dict(one)
    for atom, weight in two.items():
        result[atom] = result.get(atom, ZERO) + factor * weight
    return {atom: weight for atom, weight in result.items() if weight}


def ratio(form: Form, z: Form) -> Fraction | None:
    """c with form = c·z, for a z that is not constant."""
    if not form:
        return ZERO
    atom = next(atom for atom in z if atom is not None)
    c = form.get(atom, ZERO) / z[atom]
    return c if c and not combined(form, z, -c) else None


class Forms:
    """Entries of values as affine forms in the inputs and the entries of nodes that bend."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing, self.known, self.steps = drawing, dict[Atom, Form](), 0

    def spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise OverBudget(
                "", f"a condition whose continuity takes more than {MOST_STEPS} steps to see"
            )

    def of(self, atom: Atom) -> Form:
        """Without recursion, since graphs may be deep."""
        stack = [atom]
        while stack:
            top = stack[-1]
            terms = self._terms(top) if top not in self.known else []
            missing = [a for a, _ in terms if a is not None and a != top and a not in self.known]
            if missing:
                stack += missing
                continue
            stack.pop()
            if top not in self.known:
                self.known[top] = self._summed(top, terms)
        return self.known[atom]

    def _summed(self, atom: Atom, terms: list[tuple[Atom | None, Fraction]]) -> Form:
        result: Form = {}
        for part, weight in terms:
            self.spend(1)
            own = {part: ONE} if part is None or part == atom else self.known[part]
            result = combined(result, own, weight)
        return result

    def _terms(self, atom: Atom) -> list[tuple[Atom | None, Fraction]]:
        """The entry as a sum of entries of earlier values; of itself where it bends."""
        name, index = atom
        node = self.drawing.nodes.get(name)
        if node is None:
            return [(atom, ONE)]
        match node.op:
            case "Gemm":
                row = node.matrix("weight").row(index)
                terms = [(self._place(node.inputs, column), w) for column, w in row]
                return [*terms, (None, node.vector("bias")[index])]
            case "Add":
                return [((source, index), ONE) for source in node.inputs]
            case "Sub":
                one, other = node.inputs
                return [((one, index), ONE), ((other, index), -ONE)]
            case "Neg":
                return [((node.inputs[0], index), -ONE)]
            case "Mul":
                return [((node.inputs[0], index), node.vector("factor")[index])]
            case "Concat":
                return [(self._place(node.inputs, index), ONE)]
        return [(atom, ONE)]

    def _place(self, sources: tuple[str, ...], column: int) -> Atom:
        for source in sources:
            if column < self.drawing.sizes[source]:
                return source, column
            column -= self.drawing.sizes[source]
        raise BadInput("", "expected an entry of the inputs, found none")

    def where_positive(self, form: Form, z: Form, depth: int = 0) -> Form:
        """The form with every unit replaced whose side is known where z >= 0."""
        result = form
        for atom in list(form):
            self.spend(1)
            instead = self._replaced(atom, z, depth) if atom is not None else None
            if instead is not None:
                weight = result.get(atom, ZERO)
                without = {key: w for key, w in result.items() if key != atom}
                result = combined(without, instead, weight)
        return result

    def _replaced(self, atom: Atom, z: Form, depth: int) -> Form | None:
        name, index = atom
        node = self.drawing.nodes.get(name)
        if (
            node is None
            or node.op not in ("Relu", "Abs", "LeakyRelu", "Max", "Min", "Clip")
            or depth > 20
        ):
            return None
        sides = [self.where_positive(self.of((s, index)), z, depth + 1) for s in node.inputs]
        if node.op in ("Max", "Min"):
            if len(sides) != 2:
                return None
            gap = self._side(combined(sides[0], sides[1], -ONE), z)
            if gap is None:
                return None
            larger, smaller = sides if gap > 0 else reversed(sides)
            return larger if node.op == "Max" else smaller
        if node.op == "Clip":
            return self._clipped(sides[0], node.rational("min"), node.rational("max"), z)
        side = self._side(sides[0], z)
        if side is None:
            return None
        if side > 0:
            return sides[0]
        if node.op == "LeakyRelu":
            slope = node.rational("alpha")
        else:
            slope = {"Relu": ZERO, "Abs": -ONE}[node.op]
        return combined({}, sides[0], slope)

    def _clipped(self, form: Form, least: Fraction, most: Fraction, z: Form) -> Form | None:
        low = self._side(combined(form, {None: ONE}, -least), z)
        high = self._side(combined(form, {None: ONE}, -most), z)
        if low is not None and low < 0:
            return combined({}, {None: ONE}, least)
        if high is not None and high > 0:
            return combined({}, {None: ONE}, most)
        return form if low is not None and high is not None else None

    def _side(self, form: Form, z: Form) -> int | None:
        """1 where form >= 0 wherever z >= 0, -1 where it is <= 0 there, None where that is not
        seen: form = α z + β."""
        atom = next(atom for atom in z if atom is not None)
        alpha = form.get(atom, ZERO) / z[atom]
        rest = combined(form, z, -alpha)
        if any(key is not None for key in rest):
            return None
        beta = rest.get(None, ZERO)
        if alpha >= 0 and beta >= 0:
            return 1
        return -1 if alpha <= 0 and beta <= 0 else None
