"""The rules of proofs. Each works on a branch, a list of facts numbered from 0, and returns the
branches that remain, each as the facts to be added.

    ["use", NAME, [TERM, ...]]
        adds a known statement at these terms
    ["congruence", F, [TERM, ...], [TERM, ...]]
        adds: the arguments differ somewhere, or F takes the same value at them
    ["cases", I]
        one branch for each part of the disjunction that is fact I
    ["cut", FORMULA]
        one branch where it holds, one where it does not
    ["leaf", [[WEIGHT, [I, ...]], ...]]
        closes the branch: a sum of products of its facts is a contradiction
    ["units"]
        adds what every unit of the networks is, and lines that enclose it within the bounds here
    ["range", TERM, [X, ...]]
        adds: the only input is below the points, or TERM is within its range at them, or above
    ["measure", NAME, [X, ...], [SIGN, ...], [COEFFICIENT, ...]]
        adds bounds of the number of that name
    ["cells", [I, ...], [POINT, ...], [SIMPLEX, ...]]
        closes the branch: on each of the simplices, which cover where the facts hold, one is false
        (cells.py)
    ["tree", [I, ...], [NODE, ...]]
        closes the branch: in each part of a box that is cut one of these facts is false (tree.py)

What is known without a rule: the facts with which a proof begins (`theory.beginning`), and for
`use` what is built in (`declare.BUILT_IN`), definitions (`Vocabulary._define`), assumptions of the
claim, lemmas and goals proved before, and in an induction the statement itself, called IH.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from .cells import Cover
from .declare import Measure, Statement, Vocabulary
from .errors import Rejected, displayed, need
from .formulas import HYPOTHESIS, formula, term
from .numerals import numeral, rational
from .polygon import MEASURES, Polygon
from .strict_json import listed
from .terms import (
    Comparison,
    Facts,
    Formula,
    Junction,
    Polynomial,
    atom,
    constant,
    facts,
    minus,
    negate,
    number,
)  # fmt: skip
from .tree import close

Branch = Sequence[Formula]


class Context(NamedTuple):
    """What the rules may use in one proof: all that is declared, the statement to be proved, and
    the variable of the induction, or None."""

    vocabulary: Vocabulary
    statement: Statement
    induction: Any = None

    def terms(self, texts: Any) -> list[Polynomial]:
        """What the texts write, with the statement's variables."""
        terms, scope = self.vocabulary.terms, self.statement.scope
        return [term(text, terms, scope) for text in listed(texts)]


class Rule(NamedTuple):
    """A rule's name in proofs, how many arguments it takes there, and what it does."""

    name: str
    arity: int
    apply: Callable[..., list[Facts]]  # (context, branch, *arguments)


def use(context: Context, branch: Branch, name: Any, values: Any) -> list[Facts]:
    """Adds an instance of what is known: a definition, an assumption, a lemma or goal already
    proved; or the statement to be proved by induction on k, from which follows, as it were proved
    before: the value for k is not smaller than k, or it holds."""
    vocabulary, terms = context.vocabulary, context.terms(values)
    if name == HYPOTHESIS and context.induction is not None:
        statement, k = context.statement, context.induction
        holds = vocabulary.instance(statement, terms)
        value = dict(zip(statement.sorts, terms))[k]
        later = vocabulary.terms.compare(statement.scope[k], "<=", value)
        return [facts(Junction("or", (later, holds)))]
    statement = need(
        type(name) is str and vocabulary.facts.get(name), f"{displayed(name)} is not known here"
    )
    return [facts(vocabulary.instance(statement, terms))]


def congruence(context: Context, branch: Branch, name: Any, left: Any, right: Any) -> list[Facts]:
    """Equal arguments give equal values. The premises are those pairs of arguments that are not
    the same polynomial."""
    terms, one, other = context.vocabulary.terms, context.terms(left), context.terms(right)
    need(type(name) is str and len(one) == len(other), "expected a symbol and as many terms twice")
    differ = [terms.compare(p, "!=", q) for p, q in zip(one, other) if p != q]
    equal = terms.compare(terms.apply(name, one), "=", terms.apply(name, other))
    return [facts(Junction("or", (*differ, equal)))]


def cases(context: Context, branch: Branch, index: Any) -> list[Facts]:
    """One of the parts of a disjunction holds."""
    fact = _fact(branch, index)
    need(isinstance(fact, Junction), f"fact {index} is not a disjunction")
    return [facts(part) for part in fact.parts]


def cut(context: Context, branch: Branch, text: Any) -> list[Facts]:
    """A formula holds or does not."""
    split = formula(text, context.vocabulary.terms, context.statement.scope)
    return [facts(split), facts(negate(split))]


def leaf(context: Context, branch: Branch, entries: Any) -> list[Facts]:
    """A sum of products, each >= 0 by the facts, that is a negative number; or one that is 0
    although a summand is positive.

    An entry is a weight times -p for each of its facts p <= 0, p < 0 or p = 0. Where a fact is an
    equation the product is 0 and the weight may be any term; otherwise it is a positive number,
    and the product is positive if all its facts are strict.
    """
    terms, summands, positive = context.vocabulary.terms, [], False
    for entry in listed(entries):
        weight, indices = listed(entry, 2)
        (factor,) = context.terms([weight])
        rows = [_fact(branch, index) for index in listed(indices)]
        for row in rows:
            need(isinstance(row, Comparison), "a disjunction cannot stand in a sum")
        relations = {row.relation for row in rows}
        if "=" not in relations:
            need((number(factor) or 0) > 0, f"the weight {displayed(weight)} is not positive")
            positive |= relations <= {"<"}
        for row in rows:
            factor = terms.multiply(minus(factor), row.polynomial)
        summands.append(factor)
    total = number(terms.add(*summands))
    need(total is not None, "variables remain in the sum")
    contradiction = total < 0 or (total == 0 and positive)
    need(contradiction, f"the sum is {displayed(numeral(total))}: no contradiction")
    return []


def units(context: Context, branch: Branch) -> list[Facts]:
    """The units of the networks on the part of the input where this branch is."""
    return [tuple(context.vocabulary.graph.relaxed(branch))]


def range_(context: Context, branch: Branch, text: Any, points: Any) -> list[Facts]:
    """The only input is below the points, or above them, or the affine expression is between its
    least and its greatest value at them.

    So one step bounds f - g on an interval; and the range of f - s*x on a segment where f = s*x +
    t is the equation.
    """
    (p,), terms, x = context.terms([text]), context.vocabulary.terms, atom(1)
    polygon = Polygon(context.vocabulary.graph, points)
    at = polygon.along(p)
    least = terms.compare(constant(min(at)), "<=", p)
    greatest = terms.compare(p, "<=", constant(max(at)))
    below = terms.compare(x, "<", constant(polygon.xs[0]))
    above = terms.compare(constant(polygon.xs[-1]), "<", x)
    return [(Junction("or", (below, Junction("and", (least, greatest)), above)),)]


def measure(
    context: Context, branch: Branch, name: Any, points: Any, signs: Any, coefficients: Any
) -> list[Facts]:
    """What a declaration of a measure names is this number; or, if it is a distance from a span,
    between these numbers."""
    vocabulary, terms = context.vocabulary, context.vocabulary.terms
    declared = need(
        type(name) is str and vocabulary.measures.get(name), "expected the name of a measure"
    )
    polygon = Polygon(vocabulary.graph, points)
    whole = declared.ends == [polygon.xs[0], polygon.xs[-1]]
    need(whole, "expected points from one end of the measure's interval to the other")
    rest = declared.of
    for text, p in zip(listed(coefficients, len(declared.span)), declared.span):
        rest = terms.add(rest, terms.scaled(-rational(text, vocabulary.budget), p))
    high = MEASURES[declared.kind][1](polygon, rest)
    if declared.kind == "distance":
        low = _below_distance(declared, polygon, signs)
    else:
        listed(signs, 0)
        low = high
    d = terms.apply(name, [])
    return [(terms.compare(constant(low), "<=", d), terms.compare(d, "<=", constant(high)))]


def tree(context: Context, branch: Branch, indices: Any, nodes: Any) -> list[Facts]:
    """In each part of the box, which the nodes cut, one of these facts is false."""
    facts = [_fact(branch, index) for index in listed(indices)]
    close(context.vocabulary.graph, branch, facts, nodes)
    return []


def _below_distance(declared: Measure, polygon: Polygon, signs: Any) -> Fraction:
    """A lower bound of a distance from a span, by a function s that is constant on the segments.

    A distance is the infimum over real c of the integral of |f - sum c_i p_i|. If |s| <= 1 and
    every integral of s p_i is 0, it is at least the integral of s f, since
    integral |f - sum c_i p_i| >= integral s (f - sum c_i p_i) = integral s f.
    """
    budget = polygon.graph.budget
    s = [rational(text, budget) for text in listed(signs, len(polygon.widths))]
    need(all(abs(sign) <= 1 for sign in s), "expected numbers from -1 to 1")
    need(
        all(polygon.against(p, s) == 0 for p in declared.span),
        "expected numbers against which the span has the integral 0"
    )  # fmt: skip
    return polygon.against(declared.of, s)


def cells(
    context: Context, branch: Branch, indices: Any, points: Any, simplices: Any
) -> list[Facts]:
    """The facts contradict each other wherever the inputs are."""
    facts = [_fact(branch, index) for index in listed(indices)]
    Cover(context.vocabulary.graph, facts, points, simplices)
    return []


RULES = {
    rule.name: rule
    for rule in (
        Rule("use", 2, use),
        Rule("congruence", 3, congruence),
        Rule("cases", 1, cases),
        Rule("cut", 1, cut),
        Rule("leaf", 1, leaf),
        Rule("units", 0, units),
        Rule("range", 2, range_),
        Rule("measure", 4, measure),
        Rule("cells", 3, cells),
        Rule("tree", 2, tree)
    )
}  # fmt: skip


def _fact(branch: Branch, index: Any) -> Any:
    if type(index) is not int or not 0 <= index < len(branch):
        raise Rejected("", f"there is no fact {displayed(index)} here")
    return branch[index]
