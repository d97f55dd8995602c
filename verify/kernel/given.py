"""Claims about given networks. On an interval the evidence is points between which everything is affine; on a box it is a proof.

Let p < q be neighbouring points such that no unit's pre-activation has strictly opposite signs at p and q. Then by induction along
the nodes every value is affine on [p, q]: the input is; a Gemm of affine functions is; and a pre-activation that is affine on
[p, q], with no opposite signs at the ends, is >= 0 on all of [p, q] or <= 0 on all of it, so its Relu is that function or 0. So
the values at the points determine every function of the claim on the whole interval: its pieces, integrals and extrema are read
off a polygon.

The variables of a claim are x, or x1, x2, ... for several inputs, and for a network f its output f, or outputs f1, f2, ...; a proof
may also name every value v of the networks, as valuev.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import prod
from operator import eq, ge, gt, le, lt
from typing import Any

from .declare import Vocabulary, fields, listed
from .errors import BadInput, displayed, need, placed, want
from .network import Graph, combinations
from .numeral import numeral
from .proof import Context, Facts, refute
from .syntax import WORDS, Scope, formula, term
from .terms import Comparison, Formula, Junction, Polynomial, Terms, atom, constant, facts, junction, minus, negate

RELATIONS: dict[str, Callable[[Any, Any], bool]] = {"<=": le, "<": lt, "=": eq, ">=": ge, ">": gt, "!=": lambda a, b: a != b}
Side = tuple[Fraction, Fraction]
Values = Sequence[int]  # of a graph at a point
Finding = tuple[bool, str, str]  # whether the statement holds or is refuted; what it says; what was found


class Setting:
    """The variables of networks with these outputs; the first atoms of its terms are the networks' values."""

    def __init__(self, graph: Graph, outputs: Mapping[str, tuple[int, ...]]) -> None:
        self.graph, self.budget, self.terms, self.scope = graph, graph.budget, Terms(graph.budget), dict[str, Polynomial]()
        self.values = {f"value{v}": self.terms.variable(f"value{v}", "R") for v in range(len(graph.scales))}
        want(outputs, "at least one network", {}, "claim: /networks")
        for name, values in (("x", tuple(range(1, graph.inputs + 1))), *outputs.items()):
            for entry, value in enumerate(values, 1):
                variable = f"{name}{entry}" if len(values) > 1 else name
                new = variable not in (*WORDS, "floor", "div") and variable not in self.scope and variable not in self.values
                want(new, "names that give each variable once", variable, "claim: /networks")
                self.scope[variable] = atom(value)

    def read(self, reader: Callable[[Any, Terms, Scope], Any], text: Any) -> Any:
        """The term or formula that the text writes."""
        with placed(displayed(text)):
            return reader(text, self.terms, self.scope)

    def numbers(self, texts: Any, count: int | None = None) -> list[Fraction]:
        """The rationals that a list of texts writes."""
        return [self.budget.rational(text) for text in listed(texts, count)]

    def sides(self, box: Any) -> list[Side]:
        """The sides of a box of inputs, none of them empty."""
        pairs = [self.numbers(side, 2) for side in listed(box, self.graph.inputs)]
        need(all(low <= high for low, high in pairs), "expected intervals from a smaller to a larger number", BadInput, "/statement")
        return [(low, high) for low, high in pairs]

    def value(self, p: Polynomial, at: Values) -> Fraction:
        """The value of an expression where the networks have these values."""
        total = Fraction(0)
        self.budget.spend(60)  # what is done with the value, too
        for monomial, c in p.terms:
            bits = 60 + sum(at[v].bit_length() + at[0].bit_length() + self.graph.scales[v].bit_length() for v in monomial)
            self.budget.spend(40, bits + total.denominator.bit_length(), bits)
            total += c * prod(Fraction(at[v], at[0] * self.graph.scales[v]) for v in monomial)
        return total

    def holds(self, found: Formula, at: Values) -> bool:
        """Whether a formula is true there."""
        self.budget.spend(20)
        if isinstance(found, Junction):
            return (all if found.connective == "and" else any)(self.holds(part, at) for part in found.parts)
        return bool(RELATIONS[found.relation](self.value(found.polynomial, at), 0))


def comparisons(found: Formula) -> list[Comparison]:
    """The comparisons in a formula."""
    return [found] if isinstance(found, Comparison) else [c for part in found.parts for c in comparisons(part)]


class Polygon:
    """The values of the networks at points of an interval between which they are affine. Raises `Rejected` if some unit is not."""

    def __init__(self, setting: Setting, interval: Any, points: Any) -> None:
        self.setting, self.xs = setting, setting.numbers(points)
        need(setting.graph.inputs == 1, "expected networks with one input", BadInput, "/statement")
        ((low, high),) = setting.sides([interval])
        need(low < high, "expected an interval of positive length", BadInput, "/statement")
        ordered = all(p < q for p, q in pairwise(self.xs)) and self.xs[:1] == [low] and self.xs[-1:] == [high]
        need(ordered, "expected increasing points from one end of the interval to the other", where="/evidence/points")
        self.values = [setting.graph.values([x]) for x in self.xs]
        units = [source for layer in setting.graph.layers if not layer.rows for source in layer.sources]
        self.patterns = []  # for every segment: the units that are active inside it
        for number, (before, after) in enumerate(pairwise(self.values), 1):
            bent = any(before[u] < 0 < after[u] or after[u] < 0 < before[u] for u in units)
            need(not bent, f"a unit changes sign between point {number} and the one before it", where="/evidence/points")
            self.patterns.append([u for u in units if before[u] > 0 or after[u] > 0])

    def along(self, p: Polynomial) -> list[Fraction]:
        """The values of an affine expression at the points."""
        need(all(len(monomial) < 2 for monomial, _ in p.terms), "expected only affine expressions", BadInput)
        return [self.setting.value(p, at) for at in self.values]

    def pieces(self, p: Polynomial) -> int:
        """The number of maximal intervals on which the expression is affine."""
        slopes = [(w - v) / (y - x) for (x, y), (v, w) in zip(pairwise(self.xs), pairwise(self.along(p)))]
        return 1 + sum(s != t for s, t in pairwise(slopes))

    def integral(self, p: Polynomial, mean: Callable[[Fraction, Fraction], Fraction], signs: list[Fraction] | None = None) -> Fraction:
        """The sum over the segments of sign * width * mean(value at the left, value at the right)."""
        total, ends = Fraction(0), zip(pairwise(self.xs), pairwise(self.along(p)))
        for sign, ((x, y), (v, w)) in zip(signs or [Fraction(1)] * len(self.xs), ends):
            area = sign * (y - x) * mean(v, w)
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
                             lambda polygon, p: Fraction(1 + sum(s != t for s, t in pairwise(polygon.patterns)))),
    "integral": ("bound", "the integral of {}", lambda polygon, p: polygon.integral(p, _mean)),
    "integral_abs": ("bound", "the integral of |{}|", lambda polygon, p: polygon.integral(p, _mean_size)),
    "sup_abs": ("bound", "the maximum of |{}|", lambda polygon, p: max(map(abs, polygon.along(p)))),
}


def _quantity(kind: str, body: Any, setting: Setting, evidence: Any) -> Finding:
    key, words, quantity = QUANTITIES[kind]
    of, on, relation, bound = fields(body, "of", "on", "is", key)
    p = setting.read(term, of)
    want(key != "count" or type(bound) is int, "a whole number", bound, "/statement")
    want(kind != "activation_intervals" or list(setting.scope) == ["x", of], "the name of the claim's only network", of, "/statement")
    number = quantity(Polygon(setting, on, fields(evidence, "points")[0]), p)
    return _decided(setting, number, number, relation, str(bound) if key == "count" else bound, f"{words.format(of)} on {_tuple(on)}")


def _value(kind: str, body: Any, setting: Setting, evidence: Any) -> Finding:
    of, at, relation, bound = fields(body, "of", "at", "is", "value")
    fields(evidence)
    number = setting.value(setting.read(term, of), setting.graph.values(setting.numbers(at, setting.graph.inputs)))
    return _decided(setting, number, number, relation, bound, f"{of} at {_inputs(setting)} = {_tuple(at, '()')}")


def _distance(kind: str, body: Any, setting: Setting, evidence: Any) -> Finding:
    """The infimum over real c of the integral of |f - sum c_i p_i|.

    If |s| <= 1 and every integral of s p_i is 0, it is at least the integral of s f, since
    integral |f - sum c_i p_i| >= integral s (f - sum c_i p_i) = integral s f. Any coefficients give an upper bound.
    """
    of, span, on, relation, bound = fields(body, "of", "span", "on", "is", "bound")
    rest, basis = setting.read(term, of), [setting.read(term, text) for text in listed(span)]
    points, signs, coefficients = fields(evidence, "points", "signs", "coefficients")
    polygon = Polygon(setting, on, points)
    s = setting.numbers(signs, len(polygon.xs) - 1)
    dual = all(abs(sign) <= 1 for sign in s) and not any(polygon.integral(p, _mean, s) for p in basis)
    need(dual, "expected numbers from -1 to 1, against which everything in the span has the integral 0", where="/evidence/signs")
    low = max(Fraction(0), polygon.integral(rest, _mean, s))
    for p, c in zip(basis, setting.numbers(coefficients, len(basis))):
        rest = setting.terms.add(rest, setting.terms.multiply(constant(-c), p))
    names = [f"c{number + 1}" for number in range(len(basis))]
    need(not set(names) & set(setting.scope), "expected no output with the name of a coefficient: c1, c2, ...", BadInput, "/statement/span")
    sums = "".join(f" - {c}*({p})" for c, p in zip(names, span))
    says = f"the infimum over real {', '.join(names)} of the integral of |{of}{sums}| on {_tuple(on)}"
    return _decided(setting, low, polygon.integral(rest, _mean_size), relation, bound, says)


def _decided(setting: Setting, low: Fraction, high: Fraction, relation: Any, text: Any, says: str) -> Finding:
    """Whether a number that is somewhere from low to high is in this relation to the bound. `Rejected` if that depends on where."""
    want(type(relation) is str and relation in RELATIONS, f"a relation: {', '.join(RELATIONS)}", relation, "/statement")
    bound = setting.budget.rational(text)
    found = f"it is {shown(low)}" if low == high else f"it is from {shown(low)} to {shown(high)}"
    true = {RELATIONS[relation](end, bound) for end in (low, min(max(low, bound), high), high)}  # the bound itself, if it is between
    need(len(true) == 1, f"does not decide the claim: {found}", where="/evidence")
    return true.pop(), f"{says} {relation} {text}", found


def _forall(kind: str, body: Any, setting: Setting, evidence: Any) -> Finding:
    """For all points of a box (where a condition holds, of which there must be a witness): a formula. Or a counterexample."""
    where = ["where"] if type(body) is dict and "where" in body else []
    box, text, *conditions = fields(body, "box", "holds", *where)
    sides, condition = setting.sides(box), setting.read(formula, conditions[0] if where else "true")
    claim = junction("or", (negate(condition), setting.read(formula, text)))
    says = f"for all {_inputs(setting)} in {' x '.join(map(_tuple, box))}{f' where {conditions[0]}' if where else ''}: {text}"
    way = next((key for key in ("counterexample", "points") if type(evidence) is dict and key in evidence), "proof")
    proof, *witness = fields(evidence, way, *(["witness"] if where and way != "counterexample" else []))
    point = setting.numbers(proof if way == "counterexample" else witness[0] if witness else [side[0] for side in box], len(sides))
    inside = all(low <= x <= high for x, (low, high) in zip(point, sides))
    need(inside, "expected a point of the box", where="/evidence")
    at = setting.graph.values(point)
    if way == "counterexample":
        need(not setting.holds(claim, at), "is none: the formula is true there", where="/evidence/counterexample")
        return False, says, f"not at {', '.join(f'{name} = {numeral(setting.value(p, at))}' for name, p in setting.scope.items())}"
    need(setting.holds(condition, at), "does not satisfy the condition", where="/evidence/witness")
    if way == "proof":
        context = Context(Vocabulary(setting.terms), {**setting.values, **setting.scope}, graph=setting.graph)
        refute(context, beginning(setting, sides, claim), proof, "proof")
    else:
        _hold_along(Polygon(setting, listed(box, 1)[0], proof), claim)
    return True, says, f"such a point is {_tuple(list(map(numeral, point)), '()')}"


def beginning(setting: Setting, sides: list[Side], claim: Formula) -> Facts:
    """What a proof of a claim on a box has to refute: a point of the box, the networks' values there, and the claim's negation."""
    box = [Comparison("<=", setting.terms.add(p, minus(q)))
           for v, (low, high) in enumerate(sides, 1) for p, q in ((constant(low), atom(v)), (atom(v), constant(high)))]
    return (*box, *combinations(setting.graph, setting.terms), *facts(negate(claim)))


def _hold_along(polygon: Polygon, claim: Formula) -> None:
    """Where no comparison's expression changes sign inside a segment, its truth inside the segment is its truth in the middle."""
    for comparison in comparisons(claim):
        bent = any(v * w < 0 for v, w in pairwise(polygon.along(comparison.polynomial)))
        need(not bent, "an expression of the formula changes sign between two of the points", where="/evidence/points")
    middles = [polygon.setting.graph.values([(x + y) / 2]) for x, y in pairwise(polygon.xs)]
    true = all(polygon.setting.holds(claim, at) for at in polygon.values + middles)
    need(true, "the formula is false at one of the points, or between two of them", where="/evidence/points")


def _inputs(setting: Setting) -> str:
    names = list(setting.scope)[:setting.graph.inputs]  # the first ones; a network may say that its output is its input
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
}


def check(statement: Any, setting: Setting, evidence: Any) -> Finding:
    """Decides a statement about the networks of the setting. Raises `Rejected` where the evidence does not decide it."""
    kinds = [kind for kind in STATEMENTS if statement.keys() == {kind}]
    want(kinds, f"an object with one of the keys {', '.join(STATEMENTS)}", statement, "/statement")
    return STATEMENTS[kinds[0]](kinds[0], statement[kinds[0]], setting, evidence)
