"""Goes back through the networks: a weighted sum of facts becomes the entries of a leaf.

Every value is replaced by what it is made of, from the last to the first. The same code runs in
floats, to see at once what cannot work, and in Fractions, for the entries themselves. Nothing here
is trusted: the kernel adds the entries up again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from ...kernel.network import Graph
from ...kernel.terms import Comparison, Formula, Monomial, Polynomial

Number = Any  # a float or a Fraction
Form = dict[int, Number]  # the coefficients of values; value 0 is the number 1


class Made(NamedTuple):
    """A value of the networks, and what it is made of.

    A value without a `before` equals `form`. A value with one is Relu(`before`): it is at least 0,
    at least `before`, and at most `form`. `place` is that of the first fact which says so.
    `open`: in the region both signs of `before` are possible, so that the Relu is not affine there.
    `slope` is the slope of the lower bound that is usual for it, 0 or 1.
    """

    value: int
    place: int
    form: Form
    floats: Form  # the same as `form`
    before: int = 0
    open: bool = False
    slope: int = 0

    def parts(self, exact: bool) -> Form:
        """The form, in Fractions or in floats."""
        return self.form if exact else self.floats


class Side(NamedTuple):
    """An end of an input's range. The fact at `place` says so; the input has the coefficient
    `scale` in it."""

    number: Fraction
    place: int
    scale: Fraction


@dataclass(frozen=True)
class Region:
    """A branch of the proof.

    `branch`: its facts, as the kernel numbers them. `rows`: the places of those that are to be
    given weights. `sides`: the least and the greatest number that each input can be.
    """

    branch: tuple[Formula, ...]
    rows: tuple[int, ...]
    sides: tuple[tuple[Side, Side], ...]


class Sum(NamedTuple):
    """A sum of facts: the number that is left, and each fact's weight and place."""

    constant: Number
    entries: list[tuple[Number, int]]


def near(value: Fraction) -> float:
    """The nearest float; infinity beyond all of them.

    >>> near(Fraction(1, 4)), near(Fraction(-(10**400)))
    (0.25, -inf)
    """
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def of_monomial(monomial: Monomial) -> int:
    """The number of the value that a monomial of degree 1 is; 0 for the empty monomial, 1.

    >>> of_monomial((3,)), of_monomial(())
    (3, 0)
    """
    return monomial[0] if monomial else 0


def made(value: int, place: int, p: Polynomial) -> Made:
    """The value with what a fact makes it of: of y - 2*z = 0 and the value y, the form 2*z."""
    terms = dict(p.terms)
    own = terms.pop((value,))
    form = {of_monomial(monomial): -c / own for monomial, c in terms.items()}
    return Made(value, place, form, {v: near(c) for v, c in form.items()})


def units(graph: Graph, facts: Sequence[Formula], start: int) -> list[Made]:
    """The values that the units of a region make: for each unit z, and then Relu(z).

    The kernel adds four facts for a unit, the first ones at the place `start`: what z equals, that
    Relu(z) >= 0, that Relu(z) >= z, and what Relu(z) is at most.
    """
    values = []
    for number, (z, *_) in enumerate(graph.units):
        first = start + 4 * number
        values.append(made(z, first, polynomial(facts[first])))
        above = made(z + 1, first + 1, polynomial(facts[first + 3]))
        is_open = 0 in above.form
        slope = 1 if above.form.get(z, Fraction(0)) > Fraction(1, 2) else 0
        values.append(above._replace(before=z, open=is_open, slope=slope))
    return values


def polynomial(fact: Formula) -> Polynomial:
    """The polynomial of a comparison.

        polynomial of x <= 1      x - 1
    """
    if not isinstance(fact, Comparison):
        raise TypeError(fact)
    return fact.polynomial


def relation(fact: Formula) -> str:
    """The relation of a comparison; "" for a disjunction."""
    return fact.relation if isinstance(fact, Comparison) else ""


def backward(
    form: Form, values: Sequence[Made], region: Region, slopes: Mapping[int, Number], exact: bool
) -> Sum:
    """The greatest number that the form can be in the region, as far as one pass through the
    networks tells; and the facts that say so. The form is used up.

    `values`: all that are made of others, in order. A Relu y of z with a slope s from 0 to 1 is
    bounded from below by s times y >= z and 1 - s times y >= 0.

        backward({1: 2}, [], region, {}, exact=True)      2*x, at most twice the end of x's range
    """
    number: Callable[[Fraction], Number] = Fraction if exact else near
    entries: list[tuple[Number, int]] = []

    def add(parts: Mapping[int, Number], factor: Number) -> None:
        for source, weight in parts.items():
            form[source] = form.get(source, 0) + factor * weight

    for value in reversed(values):
        c = form.pop(value.value, 0)
        if not c:
            continue
        if not value.before:
            add(value.parts(exact), c)
            entries.append((-c, value.place))
        elif c > 0:
            add(value.parts(exact), c)
            entries.append((c, value.place + 2))
        else:
            slope = slopes.get(value.value, value.slope)
            add({value.before: slope}, c)
            entries += [(-c * (1 - slope), value.place), (-c * slope, value.place + 1)]
    constant = form.pop(0, 0)
    for entry, c in form.items():
        if c:
            low, high = region.sides[entry - 1]
            end = high if c > 0 else low
            constant += c * number(end.number)
            entries.append((c / number(end.scale), end.place))
    return Sum(constant, [(weight, place) for weight, place in entries if weight])
