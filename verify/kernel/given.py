"""Claims about given networks on an interval. The evidence is a list of points between which everything is affine; the rest is arithmetic.

Let p < q be neighbouring points such that no unit's pre-activation has strictly opposite signs at p and q. Then by induction along
the nodes every value is affine on [p, q]: the input is; a Gemm of affine functions is; and a pre-activation that is affine on
[p, q], with no opposite signs at the ends, is >= 0 on all of [p, q] or <= 0 on all of it, so its Relu is that function or 0. So
the values at the points determine every function of the claim on the whole interval: its pieces, integrals and extrema are read
off a polygon.
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from operator import eq, ge, gt, le, lt
from typing import Any

from .boxes import refute_everywhere
from .declare import fields, listed
from .errors import BadInput, Rejected, expected
from .numeral import numeral
from .setting import Setting, Valuation, comparisons
from .terms import Formula, Polynomial, constant, junction, negate

RELATIONS: dict[Any, Callable[[Any, Any], bool]] = {"<=": le, "<": lt, "=": eq, ">=": ge, ">": gt}
Finding = tuple[bool, str, str]  # whether the statement holds or is refuted; what it says; what was found


def check(statement: Any, setting: Setting, evidence: Any) -> Finding:
    """Decides a statement about the networks of the setting. Raises `Rejected` where the evidence does not decide it."""
    if type(statement) is not dict or len(statement) != 1 or next(iter(statement)) not in STATEMENTS:
        raise expected("/statement", f"an object with one of the keys {', '.join(STATEMENTS)}", statement)
    ((kind, body),) = statement.items()
    return STATEMENTS[kind](kind, body, setting, evidence)


class Polygon:
    """The values of all variables at points of an interval between which they are affine. Raises `Rejected` if some unit is not."""

    def __init__(self, setting: Setting, interval: Any, points: Any) -> None:
        self.setting, self.xs = setting, setting.numbers(points)
        ((low, high),) = setting.sides([interval]) if setting.graph.sizes[0] == 1 else [(0, 0)]
        if low == high:
            raise BadInput("/statement", "expected networks with one input and an interval of positive length")
        if not self.xs or (self.xs[0], self.xs[-1]) != (low, high) or any(p >= q for p, q in pairwise(self.xs)):
            raise Rejected("/evidence/points", "expected increasing points from one end of the interval to the other")
        self.valuations: list[Valuation] = []
        self.patterns: list[list[bool]] = []  # for every segment: the units that are active inside it
        before: list[int] = []
        for x in self.xs:
            ranges = setting.ranges_at([x])
            signs = [(z > 0) - (z < 0) for node in setting.graph.nodes if not node.rows for z in ranges[node.sources[0]].centre]
            setting.budget.keep(10 + len(signs), 256)
            if -1 in map(int.__mul__, before, signs):
                raise Rejected("/evidence/points", f"a unit changes sign between {shown(x)} and the point before it")
            if self.valuations:
                self.patterns.append([s > 0 or t > 0 for s, t in zip(before, signs)])
            self.valuations.append(setting.valuation(ranges))
            before = signs

    def along(self, p: Polynomial) -> list[Fraction]:
        """The values of an expression at the points."""
        return [self.setting.value(p, at) for at in self.valuations]

    def pieces(self, p: Polynomial) -> int:
        """The number of maximal intervals on which the expression is affine."""
        slopes = [(w - v) / (y - x) for (x, y), (v, w) in zip(pairwise(self.xs), pairwise(self.along(p)))]
        return 1 + sum(s != t for s, t in pairwise(slopes))

    def activation_intervals(self) -> int:
        """The number of maximal intervals whose interior keeps one activation pattern."""
        return 1 + sum(p != q for p, q in pairwise(self.patterns))

    def integral(self, p: Polynomial, mean: Callable[[Fraction, Fraction], Fraction], signs: list[Fraction] | None = None) -> Fraction:
        """The sum over the segments of sign * width * mean(value at the left, value at the right)."""
        total, values = Fraction(0), self.along(p)
        for number, (x, y) in enumerate(pairwise(self.xs)):
            area = (y - x) * mean(values[number], values[number + 1]) * (signs[number] if signs else 1)
            length = area.denominator.bit_length()
            self.setting.budget.spend(200, length + total.denominator.bit_length(), length)
            total += area
        return total


def _mean(v: Fraction, w: Fraction) -> Fraction:
    return (v + w) / 2


def _mean_size(v: Fraction, w: Fraction) -> Fraction:
    """The mean of |h| for h affine from v to w: two triangles if the signs are opposite."""
    return abs(v + w) / 2 if v * w >= 0 else (v * v + w * w) / (2 * (abs(v) + abs(w)))


QUANTITIES: dict[str, tuple[str, str, Callable[[Polygon, Polynomial], Fraction]]] = {
    "pieces": ("count", "the number of affine pieces of {}", lambda polygon, p: Fraction(polygon.pieces(p))),
    "activation_intervals": ("count", "the number of activation intervals of {}",
                             lambda polygon, p: Fraction(polygon.activation_intervals())),
    "integral": ("bound", "the integral of {}", lambda polygon, p: polygon.integral(p, _mean)),
    "integral_abs": ("bound", "the integral of |{}|", lambda polygon, p: polygon.integral(p, _mean_size)),
    "sup_abs": ("bound", "the maximum of |{}|", lambda polygon, p: max(map(abs, polygon.along(p)))),
}


def _quantity(kind: str, body: Any, setting: Setting, evidence: Any) -> Finding:
    key, words, quantity = QUANTITIES[kind]
    of, on, relation, bound = fields(body, "of", "on", "is", key)
    p = setting.expression(of)
    if key == "count" and type(bound) is not int:
        raise expected("/statement", "a whole number", bound)
    if kind == "activation_intervals" and list(setting.scope) != ["x", of]:
        raise expected("/statement", "the name of the claim's only network", of)
    number = quantity(Polygon(setting, on, fields(evidence, "points")[0]), p)
    limit = Fraction(bound) if key == "count" else setting.budget.rational(bound)
    return _decided(number, number, relation, limit, f"{words.format(of)} on {_tuple(on)}")


def _value(kind: str, body: Any, setting: Setting, evidence: Any) -> Finding:
    of, at, relation, bound = fields(body, "of", "at", "is", "value")
    fields(evidence)
    point = setting.numbers(at, setting.graph.sizes[0])
    number = setting.value(setting.expression(of), setting.valuation(setting.ranges_at(point)))
    return _decided(number, number, relation, setting.budget.rational(bound), f"{of} at {_inputs(setting)} = {_tuple(at, '()')}")


def _distance(kind: str, body: Any, setting: Setting, evidence: Any) -> Finding:
    """The infimum over real c of the integral of |f - sum c_i p_i|.

    If |s| <= 1 and every integral of s p_i is 0, it is at least the integral of s f, since
    integral |f - sum c_i p_i| >= integral s (f - sum c_i p_i) = integral s f. Any coefficients give an upper bound.
    """
    of, span, on, relation, bound = fields(body, "of", "span", "on", "is", "bound")
    rest, basis = setting.expression(of), [setting.expression(text) for text in listed(span)]
    points, signs, coefficients = fields(evidence, "points", "signs", "coefficients")
    polygon = Polygon(setting, on, points)
    s = setting.numbers(signs, len(polygon.xs) - 1)
    if any(abs(sign) > 1 for sign in s) or any(polygon.integral(p, _mean, s) for p in basis):
        raise Rejected("/evidence/signs", "expected numbers from -1 to 1, against which everything in the span has the integral 0")
    low = max(Fraction(0), polygon.integral(rest, _mean, s))
    for p, c in zip(basis, setting.numbers(coefficients, len(basis))):
        rest = setting.terms.add(rest, setting.terms.multiply(constant(-c), p))
    names = [f"c{number + 1}" for number in range(len(basis))]
    if any(name in setting.scope for name in names):
        raise BadInput("/statement/span", "expected no output with the name of a coefficient: c1, c2, ...")
    sums = "".join(f" - {c}*({p})" for c, p in zip(names, span))
    says = f"the infimum over real {', '.join(names)} of the integral of |{of}{sums}| on {_tuple(on)}"
    return _decided(low, polygon.integral(rest, _mean_size), relation, setting.budget.rational(bound), says)


def _separation(kind: str, body: Any, setting: Setting, evidence: Any) -> Finding:
    """What separation.sharp says of a function with p pieces on [0, 1]: the integral of |D^k - f| is at least (1 - p/2^k)/4, where
    D^k is the k-fold tent. The number p is counted here; the theorem is not proved here, and what is printed says so.
    """
    of, k, bound = fields(body, "of", "k", "bound")
    if type(k) is not int or not 0 <= k <= 10_000:
        raise expected("/statement/k", "a whole number from 0 to 10000", k)
    p = Polygon(setting, ["0", "1"], fields(evidence, "points")[0]).pieces(setting.expression(of))
    setting.budget.spend(k)
    low = Fraction(2**k - p, 2**(k + 2))
    if setting.budget.rational(bound) > low:
        raise Rejected("/evidence", f"{of} has {p} pieces, so only {shown(low)} follows")
    says = f"provided separation.sharp, which is not checked here: the integral of |D^{k} - ({of})| on [0, 1] >= {bound}"
    return True, says, f"{of} has {p} affine pieces on [0, 1], and (1 - {p}/2^{k})/4 = {shown(low)}; D^{k} is the {k}-fold tent"


def _decided(low: Fraction, high: Fraction, relation: Any, bound: Fraction, says: str) -> Finding:
    """Whether a number that is somewhere from low to high is in this relation to the bound. `Rejected` if that depends on where."""
    if type(relation) is not str or relation not in RELATIONS:
        raise expected("/statement", f"a relation: {', '.join(RELATIONS)}", relation)
    found = f"it is {shown(low)}" if low == high else f"it is from {shown(low)} to {shown(high)}"
    true = {RELATIONS[relation](low, bound), RELATIONS[relation](high, bound)}
    if len(true) > 1 or (relation == "=" and low < bound < high):
        raise Rejected("/evidence", f"does not decide the claim: {found}")
    return true.pop(), f"{says} {relation} {numeral(bound)}", found


def _forall(kind: str, body: Any, setting: Setting, evidence: Any) -> Finding:
    """For all points of a box (where a condition holds, of which there must be a witness): a formula. Or a counterexample."""
    where = ["where"] if type(body) is dict and "where" in body else []
    box, text, *conditions = fields(body, "box", "holds", *where)
    sides, condition = setting.sides(box), setting.formula(conditions[0] if where else "true")
    claim = junction("or", (negate(condition), setting.formula(text)))
    says = f"for all {_inputs(setting)} in {' x '.join(map(_tuple, box))}{f' where {conditions[0]}' if where else ''}: {text}"
    way = next((key for key in ("counterexample", "points") if type(evidence) is dict and key in evidence), "tree")
    proof, *witness = fields(evidence, way, *(["witness"] if where and way != "counterexample" else []))
    if way == "counterexample":
        valuation = setting.at(proof, sides)
        if setting.holds(claim, valuation):
            raise Rejected("/evidence/counterexample", "is none: the formula is true there")
        return False, says, f"not at {', '.join(f'{name} = {numeral(number)}' for name, number in zip(setting.scope, valuation))}"
    if witness and not setting.holds(condition, setting.at(witness[0], sides)):
        raise Rejected("/evidence/witness", "does not satisfy the condition")
    if way == "tree":
        refute_everywhere(setting, sides, negate(claim), proof)
    else:
        _hold_along(Polygon(setting, listed(box, 1)[0], proof), claim)
    return True, says, f"such a point is {_tuple(witness[0] if witness else [side[0] for side in box], '()')}"


def _hold_along(polygon: Polygon, claim: Formula) -> None:
    """Where no comparison's expression changes sign inside a segment, its truth inside the segment is its truth in the middle."""
    for comparison in comparisons(claim):
        if any(v * w < 0 for v, w in pairwise(polygon.along(comparison.polynomial))):
            raise Rejected("/evidence/points", "an expression of the formula changes sign between two of the points")
    middles = [[(v + w) / 2 for v, w in zip(left, right)] for left, right in pairwise(polygon.valuations)]
    if not all(polygon.setting.holds(claim, valuation) for valuation in polygon.valuations + middles):
        raise Rejected("/evidence/points", "the formula is false at one of the points, or between two of them")


def _inputs(setting: Setting) -> str:
    names = list(setting.scope)[:setting.graph.sizes[0]]  # the first ones; a network may say that its output is its input
    return names[0] if len(names) == 1 else f"({', '.join(names)})"


def _tuple(numbers: list[str], brackets: str = "[]") -> str:
    return brackets[0] + ", ".join(numbers) + brackets[1]


def shown(number: Fraction) -> str:
    """A number for the reader: exact if it is short, otherwise its first decimals, cut off."""
    text = numeral(number)
    digits = abs(number.numerator) * 10**30 // number.denominator
    decimals = f"{'-' * (number < 0)}{numeral(digits // 10**30)}.{digits % 10**30:030}..."
    return text if len(text) <= 200 else f"{decimals} (exactly, a fraction of {len(text)} characters)"


STATEMENTS: dict[str, Callable[[str, Any, Setting, Any], Finding]] = {
    **dict.fromkeys(QUANTITIES, _quantity), "value": _value, "distance_to_span": _distance, "forall": _forall,
    "separation": _separation,
}
