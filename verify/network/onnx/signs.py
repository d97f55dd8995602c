"""Sign(z), which jumps, where it is part of something that does not: |z| = z·Sign(z), and
Softshrink, which PyTorch writes as Where(|x| > l, x − l·Sign(x), 0·x).

A `Condition` of the kind "sign" is such a value: base + factor·Sign(z). Where it is chosen by t > 0
over another value n, let t be α·z + β with α > 0 >= β for z >= 0, so that it is chosen from −β/α
on, and base + factor − n be c·t there. Then on that side the result is n + c·Relu(α·z + β); and the
same with −z for z. At z = 0 both Relus are 0, and n is chosen, or, for β = 0, base is n.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy

from ...kernel.errors import BadInput
from .conditions import JUMPS, Form, Forms, chosen, combined, ratio, where
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
    exact_array,
    pointwise,
    product_of_constants,
    scalar,
    shape,
    to_shape,
)

SIGN = "sign"
Side = tuple[Fraction, Fraction, Fraction]  # α, β and c


def sign(drawing: Drawing, call: Call) -> Tensor:
    value = call.given(0)
    if isinstance(value, Variable):
        return Condition(SIGN, (scalar(ZERO), scalar(ONE), value))
    return pointwise(_sign, [value])


def _sign(entry: Any) -> Any:
    """-1, 0 or 1, of the entry's own type."""
    return type(entry)(int(entry > 0) - int(entry < 0))


def signed(values: Sequence[Tensor]) -> int | None:
    """The place of the only one of these values that jumps as a sign does."""
    found = [i for i, it in enumerate(values) if isinstance(it, Condition) and it.kind == SIGN]
    if len(found) > 1:
        raise BadInput("", JUMPS)
    return found[0] if found else None


def added(drawing: Drawing, one: Tensor, others: Sequence[Number]) -> Condition:
    """The sum of a value that jumps and others."""
    base, factor, z = parts(one)
    return Condition(SIGN, (total(drawing, [base, *others]), factor, z))


def scaled(drawing: Drawing, one: Tensor, other: Number) -> Tensor:
    """The product of a value that jumps with another: with one that depends on the input, where
    that is continuous."""
    base, factor, z = parts(one)
    if isinstance(other, numpy.ndarray):
        return Condition(
            SIGN, (times(drawing, base, other), product_of_constants(factor, other), z)
        )
    if isinstance(base, Variable):
        raise BadInput("", JUMPS)
    summands: list[Number] = [times(drawing, other, base)]
    for side in (ONE, -ONE):
        turned = times(drawing, z, scalar(side))
        there = chosen(drawing, Condition("positive", (turned,)), other, scalar(ZERO))
        summands.append(times(drawing, there, product_of_constants(factor, scalar(side))))
    return total(drawing, summands)


def parts(value: Any) -> tuple[Any, Any, Any]:
    """base, factor and z of base + factor·Sign(z): a number, a constant, a value of a node."""
    base, factor, z = value.parts
    return base, factor, z


def where_signed(drawing: Drawing, call: Call) -> Tensor:
    """Where, one of whose branches may jump."""
    condition, branches = call.any(0), [number(call.any(1)), number(call.any(2))]
    place = signed(branches)
    if place is None:
        step = _step(drawing, condition, *branches)
        return where(drawing, call) if step is None else step
    if _is_at_zero(drawing, condition, branches[place]):
        return branches[place]
    turn = place == 0
    while isinstance(condition, Condition) and condition.kind == "not":
        condition, turn = condition.parts[0], not turn
    if not isinstance(condition, Condition) or condition.kind != "positive":
        raise BadInput("", JUMPS)
    base, factor, z = parts(branches[place])
    other = call.given(2 - place)
    sizes = numpy.broadcast_shapes(*map(shape, (condition, base, factor, z, other)))
    t = times(drawing, condition.parts[0], scalar(ONE if turn else -ONE))
    gap = total(drawing, [base, times(drawing, other, scalar(-ONE))])
    gap, t = drawing.variable(to_shape(gap, sizes)), drawing.variable(to_shape(t, sizes))
    z, factor, other = to_shape(z, sizes), to_shape(factor, sizes), to_shape(other, sizes)
    return _bent(drawing, z, t, gap, factor, other)


def number(value: Tensor) -> Tensor:
    """A truth value, whether z > 0, as the number 0 or 1 that it is where it is added; anything
    else as it is."""
    if isinstance(value, Condition):
        step = _half(value, scalar(ONE), scalar(ZERO))
        return value if step is None else step
    return value


def _step(drawing: Drawing, condition: Tensor, yes: Tensor, no: Tensor) -> Condition | None:
    """One of two constants, by the side of z; None for any other choice."""
    if not isinstance(yes, numpy.ndarray) or not isinstance(no, numpy.ndarray):
        return None
    is_finite = all(type(entry) is not float for entry in (*yes.flat, *no.flat))
    differ = yes.shape != no.shape or bool((yes != no).any())
    return _half(condition, yes, no) if is_finite and differ else None


def _half(condition: Tensor, yes: Array, no: Array) -> Condition | None:
    """(yes + no) / 2 + (yes − no) / 2 · Sign(z), where the condition says z > 0."""
    if isinstance(condition, Condition) and condition.kind == "not":
        return _half(condition.parts[0], no, yes)
    if not isinstance(condition, Condition) or condition.kind != "positive":
        return None
    middle = pointwise(lambda a, b: Fraction(a + b) / 2, [yes, no])
    factor = pointwise(lambda a, b: Fraction(a - b) / 2, [yes, no])
    return Condition(SIGN, (middle, factor, condition.parts[0]))


def _is_at_zero(drawing: Drawing, condition: Tensor, branch: Tensor) -> bool:
    """Whether the condition says z = 0 of the z of a branch that jumps there: what is chosen at
    that one point does not matter where the whole is continuous."""
    if not isinstance(condition, Condition) or condition.kind != "zero":
        return False
    z, own = parts(branch)[2], condition.parts[0]
    if not isinstance(z, Variable) or not isinstance(own, Variable) or shape(z) != shape(own):
        return False
    forms = Forms(drawing)
    for one, two in zip(z.position.flat, own.position.flat, strict=True):
        first, second = forms.of((z.name, int(one))), forms.of((own.name, int(two)))
        if not any(atom is not None for atom in first) or not ratio(second, first):
            return False
    return True


def _bent(
    drawing: Drawing, z: Variable, t: Variable, gap: Variable, factor: Array, other: Number
) -> Number:
    """other + c·Relu(α·z + β) + c'·Relu(−α'·z + β'), entry by entry. `gap` is base − other."""
    forms = Forms(drawing)
    pairs: list[tuple[Side, Side]] = []
    places = zip(z.position.flat, t.position.flat, gap.position.flat, factor.flat, strict=True)
    for of_z, of_t, of_gap, jump in places:
        own = [forms.of((it.name, int(i))) for it, i in ((z, of_z), (t, of_t), (gap, of_gap))]
        pairs.append((_side(forms, own, jump), _side(forms, own, -jump, -ONE)))
    summands: list[Number] = [other]
    for place, way in enumerate((ONE, -ONE)):
        alpha, beta, c = (_numbers(pair[place][i] for pair in pairs) for i in range(3))
        sizes = z.position.shape
        turned = drawing.scaled(z, (way * alpha).reshape(sizes), beta.reshape(sizes))
        ramp = drawing.elementwise("Relu", [turned])
        summands.append(times(drawing, ramp, c.reshape(sizes)))
    return total(drawing, summands)


def _numbers(values: Any) -> Array:
    return exact_array(list(values))


def _side(forms: Forms, own: Sequence[Form], jump: Fraction, way: Fraction = ONE) -> Side:
    """α, β and c where way·z >= 0."""
    z, t, gap = own
    z = combined({}, z, way)
    atom = next((atom for atom in z if atom is not None), None)
    if atom is None:
        raise BadInput("", JUMPS)
    chosen_from = forms.where_positive(t, z)
    alpha = chosen_from.get(atom, ZERO) / z[atom]
    rest = combined(chosen_from, z, -alpha)
    beta = rest.pop(None, ZERO)
    if rest or beta > 0:
        raise BadInput("", JUMPS)
    if alpha <= 0:
        return ZERO, beta, ZERO  # nowhere on this side
    there = forms.where_positive(combined(gap, {None: jump}, ONE), z)
    c = ratio(there, chosen_from)
    if c is None:
        raise BadInput("", JUMPS)
    return alpha, beta, c
