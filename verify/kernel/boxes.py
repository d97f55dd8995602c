"""Formulas over a box. The evidence is a tree of splits, on signs of units and on inputs, with multipliers at its leaves.

A leaf must show that no point of its region satisfies all the comparisons p_i <= 0 (or < 0, = 0) of one alternative of the
formula. With multipliers w_i >= 0 for them and m_u >= 0 for the units u whose sign was split (pre-activation z_u >= 0 if active,
<= 0 if not) put L = sum w_i p_i - sum over active m_u z_u + sum over inactive m_u z_u, which is <= 0 at such a point, and < 0 if
a strict comparison has a positive multiplier. L is bounded below on the region by going back through the nodes: a Gemm is
substituted; a unit y = Relu(z) with low <= z <= high is z or 0 where its sign is known; otherwise c*y >= c*a*z for c > 0 and any
0 <= a <= 1, and c*y >= c*(a*z + t) for c < 0 and any a, with t such that a*z + t >= Relu(z) at z = low and z = high, hence
between, Relu being convex. An affine function of the inputs is left, which is least in a corner of the box. Everything but the
multipliers and the slopes a is computed here.
"""

from fractions import Fraction
from itertools import islice
from operator import mul
from typing import Any, NamedTuple

from .budget import Budget
from .declare import fields, listed
from .errors import Rejected, expected, placed
from .network import Node, Range, Unit
from .setting import Setting
from .terms import Comparison, Formula, minus

Side = tuple[Fraction, Fraction]
Rows = tuple[Comparison, ...]
Form = tuple[list[int], int]  # coefficients of the entries of a value, over a common denominator


class Region(NamedTuple):
    """A part of the box, and the split units with whether they are active there."""

    sides: list[Side]
    active: dict[Unit, bool]


def refute_everywhere(setting: Setting, sides: list[Side], formula: Formula, tree: Any) -> None:
    """Raises `Rejected` unless the tree shows the formula false in all of the box.

    It is written root first; of the two parts of a split, the active or lower one comes first.
    """
    rows, waiting = alternatives(formula, setting.budget), [Region(sides, {})]
    for number, item in enumerate(listed(tree)):
        with placed(f"/evidence/tree/{number}"):
            if not waiting:
                raise Rejected("", "the tree has ended before this")
            waiting.extend(_parts(setting, waiting.pop(), rows, item))
    if waiting:
        raise Rejected("/evidence/tree", f"{len(waiting)} parts of the box are missing at its end")


def alternatives(formula: Formula, budget: Budget) -> list[Rows]:
    """The formula as a disjunction of conjunctions of comparisons <=, < and =."""
    if isinstance(formula, Comparison):
        p = formula.polynomial
        return [(formula,)] if formula.relation != "!=" else [(Comparison("<", p),), (Comparison("<", minus(p)),)]
    parts = [alternatives(part, budget) for part in formula.parts]
    if formula.connective == "or":
        return [rows for part in parts for rows in part]
    found: list[Rows] = [()]
    for part in parts:
        budget.keep(len(found) * len(part), 256 * len(parts))
        found = [rows + more for rows in found for more in part]
    return found


def _parts(setting: Setting, region: Region, rows: list[Rows], item: Any) -> list[Region]:
    """The two parts into which an item of the tree splits a region, the first to come last; none, if the item is a leaf that closes it."""
    sides, active = region
    if type(item) is not dict:
        raise expected("", "an object", item)
    setting.budget.keep(1 + len(active) + len(sides), 256)
    if "unit" in item:
        unit = _unit(setting, fields(item, "unit")[0])
        if unit in active:
            raise Rejected("", "this unit has been split before")
        return [Region(sides, active | {unit: False}), Region(sides, active | {unit: True})]
    if "input" in item:
        entry, text = fields(item, "input", "at")
        at = setting.budget.rational(text)
        if type(entry) is not int or not 0 <= entry < len(sides) or not sides[entry][0] < at < sides[entry][1]:
            raise Rejected("", "expected an input and a number inside its side")
        low, high = sides[entry]
        return [Region([*sides[:entry], side, *sides[entry + 1:]], active) for side in ((at, high), (low, at))]
    ranges = ranges_on(setting, region)
    for alternative, closing in zip(rows, listed(fields(item, "leaf")[0], len(rows) if ranges else 0)):
        refute(setting, region, ranges, alternative, closing)
    return []


def ranges_on(setting: Setting, region: Region) -> list[Range]:
    """Ranges of all values on the region; none if they show that it is empty."""
    centre, radius = ([(high + sign * low) / 2 for low, high in region.sides] for sign in (1, -1))
    ranges = setting.graph.ranges(centre, radius, region.active)
    for (number, entry), on in region.active.items():
        source = ranges[setting.graph.nodes[number - 1].sources[0]]
        if source.centre[entry] + source.radius[entry] < 0 if on else source.centre[entry] - source.radius[entry] > 0:
            return []
    return ranges


def _unit(setting: Setting, item: Any) -> Unit:
    number, entry = listed(item, 2)
    graph = setting.graph
    if type(number) is not int or type(entry) is not int or not 0 < number < len(graph.sizes) or graph.nodes[number - 1].rows \
            or not 0 <= entry < graph.sizes[number]:
        raise expected("", "a unit: the number of a Relu's value, an entry", f"{number}, {entry}")
    return number, entry


def refute(setting: Setting, region: Region, ranges: list[Range], rows: Rows, item: Any) -> None:
    """Raises `Rejected` unless these multipliers and slopes show that no point of the region satisfies all the rows."""
    graph, budget, strict, constant = setting.graph, setting.budget, False, Fraction(0)
    weights, splits, chosen = fields(item, "weights", "splits", "slopes")
    budget.spend(150 * len(graph.nodes))
    start: dict[Unit, Fraction] = {}  # L = sum of start * entries of values + constant
    for row, weight in zip(rows, setting.numbers(weights, len(rows))):
        if weight < 0 and row.relation != "=":
            raise Rejected("", "expected a weight of at least 0 for an inequality")
        strict = strict or (weight > 0 and row.relation == "<")
        for monomial, coefficient in row.polynomial.terms:
            budget.spend(30)
            if monomial:
                place = setting.places[monomial[0]]
                start[place] = start.get(place, Fraction(0)) + weight * coefficient
            else:
                constant += weight * coefficient
    for ((number, entry), on), multiplier in zip(region.active.items(), setting.numbers(splits, len(region.active))):
        if multiplier < 0:
            raise Rejected("", "expected a multiplier of at least 0 for a split")
        place = graph.nodes[number - 1].sources[0], entry
        start[place] = start.get(place, Fraction(0)) + (-multiplier if on else multiplier)
    slopes = {_unit(setting, unit): budget.rational(slope) for unit, slope in (listed(pair, 2) for pair in listed(chosen))}
    forms: list[list[Form]] = [[] for _ in graph.sizes]  # L is the sum of all of them and the constant
    for number in {number for number, _ in start}:
        forms[number].append(graph.integers(start.get((number, entry), Fraction(0)) for entry in range(graph.sizes[number])))
    for number, node in reversed(list(enumerate(graph.nodes, 1))):
        if forms[number]:
            form = _total(setting, forms[number])
            if node.rows:
                constant += _substituted(setting, forms, form, node)
            else:
                constant += _relaxed(setting, forms, form, number, ranges, region, slopes)
    if forms[0]:
        entries, under = _total(setting, forms[0])
        for c, (low, high) in zip(entries, region.sides):
            budget.spend(40, under.bit_length() + constant.denominator.bit_length(), under.bit_length())
            constant += Fraction(c, under) * (low if c > 0 else high)
    if constant < 0 or (constant == 0 and not strict):
        raise Rejected("", "the multipliers do not refute an alternative of the formula")


def _total(setting: Setting, forms: list[Form]) -> Form:
    """Their sum, over a common denominator."""
    under = setting.budget.common(denominator for _, denominator in forms)
    setting.budget.keep(len(forms) * len(forms[0][0]), 2 * under.bit_length())
    if len(forms) == 1:
        return forms[0]
    return [sum(column) for column in zip(*([c * (under // own) for c in entries] for entries, own in forms))], under


def _substituted(setting: Setting, forms: list[list[Form]], form: Form, node: Node) -> Fraction:
    """Moves a form on a Gemm's value to its sources; returns the constant that arises."""
    entries, under = form
    bits = max(max(map(abs, entries)), under).bit_length()
    setting.budget.spend(len(entries) * (2 + len(node.rows[0])), bits, node.bits)
    setting.budget.keep(len(node.rows[0]), bits + node.bits)
    columns = zip(*node.rows)
    for source in node.sources:
        moved = [sum(map(mul, entries, column)) for column in islice(columns, setting.graph.sizes[source])]
        forms[source].append((moved, under * node.scale))
    return Fraction(sum(map(mul, entries, node.bias)), under * node.scale)


def _relaxed(setting: Setting, forms: list[list[Form]], form: Form, number: int, ranges: list[Range], region: Region,
             slopes: dict[Unit, Fraction]) -> Fraction:
    """Moves a form on a Relu's value to its source, not increasing the whole; returns the constant that arises."""
    (entries, under), (behind,) = form, setting.graph.nodes[number - 1].sources
    source, lines = ranges[behind], list[tuple[Fraction, Fraction]]()  # for every entry, a * z + t, to take the place of Relu(z)
    setting.budget.keep(len(entries), 256)
    for entry, c in enumerate(entries):
        low, high = source.centre[entry] - source.radius[entry], source.centre[entry] + source.radius[entry]
        on = region.active.get((number, entry), True if low >= 0 else False if high <= 0 else None)
        if on is None and c:
            usual = Fraction(int(low + high > 0)) if c > 0 else Fraction((high << 10) // (high - low), 1 << 10)
            slope = slopes.get((number, entry), usual)
            if c > 0 and not 0 <= slope <= 1:
                raise Rejected("", "expected a slope from 0 to 1")
            setting.budget.spend(40, source.under.bit_length(), slope.denominator.bit_length())
            lines.append((slope, Fraction(0) if c > 0 else max(-slope * low, high - slope * high)))
        else:
            lines.append((Fraction(int(bool(on))), Fraction(0)))
    factors, scale = setting.graph.integers(part for line in lines for part in line)
    forms[behind].append(([c * a for c, a in zip(entries, factors[0::2])], under * scale))
    return Fraction(sum(c * t for c, t in zip(entries, factors[1::2])), under * scale * source.under)
