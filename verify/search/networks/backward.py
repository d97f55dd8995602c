"""Goes back through the networks: a weighted sum of facts becomes a leaf's entries, every value replaced by what it is made of.

The same code runs in floats, to see at once what cannot work, and in Fractions, for the entries themselves. Nothing here is trusted: the
kernel adds the entries up again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from ...kernel.network import Graph
from ...kernel.terms import Comparison, Formula, Polynomial

Number = Any  # a float or a Fraction
Form = dict[int, Number]  # the coefficients of values; value 0 is the number 1


class Made(NamedTuple):
    """A value that equals `form`; or the Relu of the value `before`, which is at least 0 and `before`, and at most `form`.

    `place`: of its first fact. Only a Relu has a `before`. An `open` one is not affine in the region; `slope` is the usual one of its lower
    bound.
    """

    value: int
    place: int
    form: Form
    floats: Form
    before: int = 0
    open: bool = False
    slope: int = 0


class Side(NamedTuple):
    """An end of an input's range, the place of the fact that says so, and the input's coefficient in it."""

    number: Fraction
    place: int
    scale: Fraction


@dataclass(frozen=True)
class Region:
    """A branch of the proof: its facts, as the kernel numbers them; which of them are rows, to be given weights; the sides of the box."""

    branch: tuple[Formula, ...]
    rows: tuple[int, ...]
    sides: tuple[tuple[Side, Side], ...]


class Sum(NamedTuple):
    """What is left of a sum of facts, and the facts in it, each with its weight."""

    constant: Number
    entries: list[tuple[Number, int]]


def near(value: Fraction) -> float:
    """The nearest float; infinity beyond all of them."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def made(value: int, place: int, p: Polynomial) -> Made:
    """From the fact value = ... or value <= ...: what stands on the other side."""
    own = next(c for monomial, c in p.terms if monomial == (value,))
    form = {(monomial[0] if monomial else 0): -c / own for monomial, c in p.terms if monomial != (value,)}
    return Made(value, place, form, {v: near(c) for v, c in form.items()})


def units(graph: Graph, facts: Sequence[Formula], start: int) -> list[Made]:
    """The units of a region, from the four facts for each that the kernel adds there: two values each, z and Relu(z)."""
    found = []
    for place, (z, *_) in enumerate(graph.units):
        first = start + 4 * place
        above = made(z + 1, first + 1, polynomial(facts[first + 3]))
        slope = above.form.get(z, Fraction(0))
        found += [made(z, first, polynomial(facts[first])), above._replace(before=z, open=0 in above.form, slope=int(slope * 2 > 1))]
    return found


def polynomial(fact: Formula) -> Polynomial:
    """The polynomial of a comparison."""
    if not isinstance(fact, Comparison):
        raise TypeError(fact)
    return fact.polynomial


def relation(fact: Formula) -> str:
    """The relation of a comparison; "" for a disjunction."""
    return fact.relation if isinstance(fact, Comparison) else ""


def backward(form: Form, values: Sequence[Made], region: Region, slopes: Mapping[int, Number], exact: bool) -> Sum:
    """The greatest that the form can be in the region, as far as one pass from the last value to the first tells.

    `values`: all that are made of others, in order. A slope s from 0 to 1 says in which parts y >= z and y >= 0 bound an open unit
    from below.
    """
    entries: list[tuple[Number, int]] = []
    for value in reversed(values):
        c = form.pop(value.value, 0)
        if not c:
            continue
        if value.before and c < 0:
            slope = slopes.get(value.value, value.slope)
            form[value.before] = form.get(value.before, 0) + c * slope
            entries += [(-c * (1 - slope), value.place), (-c * slope, value.place + 1)]
            continue
        for source, weight in (value.form if exact else value.floats).items():
            form[source] = form.get(source, 0) + c * weight
        entries.append((c, value.place + 2) if value.before else (-c, value.place))
    constant = form.pop(0, 0)
    for entry, c in form.items():
        if c:
            end = region.sides[entry - 1][c > 0]
            constant += c * (end.number if exact else near(end.number))
            entries.append((c / (end.scale if exact else near(end.scale)), end.place))
    return Sum(constant, [(weight, place) for weight, place in entries if weight])
