"""A proof is a list of steps, each taken by one rule in the first open branch; it refutes the facts that the proof began with.

A branch is a list of facts, numbered from 0. A rule returns the branches that remain, each as the facts to be added; `leaf`
returns none, because its branch is contradictory. After the last step no branch is open. The rules are listed in RULES:

    ["use", NAME, [TERM, ...]]          adds a known statement at these terms
    ["congruence", F, [TERM, ...], [TERM, ...]]   adds: the arguments differ somewhere, or F takes the same value at them
    ["cases", I]                        one branch for each part of the disjunction that is fact I
    ["cut", FORMULA]                    one branch where it holds, one where it does not
    ["leaf", [[WEIGHT, [I, ...]], ...]]   closes the branch: see `leaf`
    ["units"]                           adds what the networks' units satisfy where their inputs have the bounds known here
"""

from collections.abc import Callable
from functools import reduce
from typing import Any, NamedTuple

from .declare import HYPOTHESIS, Statement, Variable, Vocabulary, listed, scope
from .errors import Rejected, displayed, need, placed, want
from .network import Graph, relaxed
from .syntax import Scope, formula, term
from .terms import Comparison, Formula, Junction, Polynomial, constant, facts, minus, negate, number, size

Facts = tuple[Formula, ...]


class Context(NamedTuple):
    """What the rules may use in one proof: the vocabulary, the variables in scope, the hypothesis of an induction, or networks."""

    vocabulary: Vocabulary
    scope: Scope
    hypothesis: Statement | None = None
    graph: Graph | None = None

    def term(self, text: Any) -> Polynomial:
        return term(text, self.vocabulary.terms, self.scope)


def prove(vocabulary: Vocabulary, statement: Statement, proof: dict[str, Any]) -> None:
    """Checks {"proof": steps}, or {"induction": k, "base": steps, "step": steps}."""
    for part, context, beginning in beginnings(vocabulary, statement, proof.get("induction")):
        refute(context, beginning, proof[part], part)


def beginnings(vocabulary: Vocabulary, statement: Statement, induction: Any) -> list[tuple[str, Context, Facts]]:
    """What a proof has to refute: the statement's negation; or by induction on one variable k of sort "Z from n" two things:
    the negation at n, where k is not in scope, and the negation at k + 1, with the statement at this k as the hypothesis."""
    variables, terms = statement.variables, vocabulary.terms
    if induction is None:
        return [("proof", *_denied(vocabulary, variables, statement.text, {}))]
    k = need(next((v for v in variables if v.name == induction and v.least is not None), None),
             f'{displayed(induction)} is not a variable of sort "Z from n", so there is no induction on it')
    others = tuple(v for v in variables if v != k)
    base = _denied(vocabulary, others, statement.text, {k.name: constant(k.least)})
    context, beginning = _denied(vocabulary, variables, statement.text, {k.name: terms.add(k.value, constant(1))})
    return [("base", *base), ("step", context._replace(hypothesis=Statement(others, statement.text)), beginning)]


def refute(context: Context, beginning: Facts, steps: Any, part: str) -> None:
    """Checks that the steps lead from these facts to no open branch. Raises `Rejected` with the step and its rule."""
    waiting: list[tuple[Facts, Facts]] = [(beginning, ())]
    for index, step in enumerate(listed(steps, where=part)):
        need(waiting, "a step after the last branch was closed", where=f"{part} {index}")
        known, new = waiting.pop()
        branch = known + new
        title = displayed(step[0] if type(step) is list and step else step)
        with placed(f"{part} {index} ({title})"):
            name, *arguments = listed(step) or [None]
            rule = RULES.get(name) if type(name) is str else None
            fits = rule and len(arguments) == rule.__code__.co_argcount - 2
            branches = want(fits and rule, f"one of the rules {', '.join(RULES)} with its arguments", name)(context, branch, *arguments)
        context.vocabulary.terms.budget.spend(100 + 2 * len(branch) + 20 * sum(2 + size(fact) for new in branches for fact in new))
        waiting.extend((branch, added) for added in reversed(branches))
    need(not waiting, f"{len(waiting)} branches are open after the last step", where=part)


def instance(vocabulary: Vocabulary, statement: Statement, values: list[Polynomial], others: Scope) -> Formula:
    """The statement at these values. A bound "Z from n" becomes a case: the value is below n, or the formula holds."""
    variables, terms = statement.variables, vocabulary.terms
    need(len(values) == len(variables), f"expected {len(variables)} terms, one for each variable, found {len(values)}")
    pairs = list(zip(variables, values))
    for variable, value in pairs:
        need(variable.sort == "R" or terms.is_integral(value), f"expected a term that is visibly an integer for {variable.name}")
    guards = [Comparison("<", terms.add(value, constant(-v.least))) for v, value in pairs if v.least is not None]
    holds = formula(statement.text, terms, {**others, **{v.name: value for v, value in pairs}})
    return Junction("or", (*guards, holds)) if guards else holds


def use(context: Context, branch: Facts, name: Any, values: Any) -> list[Facts]:
    """Adds an instance of what is known: a definition, an assumption, a lemma or goal already proved, or the hypothesis."""
    known = context.hypothesis if name == HYPOTHESIS else context.vocabulary.facts.get(name) if type(name) is str else None
    statement = need(known, f"{displayed(name)} is not known here")
    others = context.scope if name == HYPOTHESIS else {}
    return [facts(instance(context.vocabulary, statement, [context.term(value) for value in listed(values)], others))]


def congruence(context: Context, branch: Facts, name: Any, left: Any, right: Any) -> list[Facts]:
    """Equal arguments give equal values. The premises are those pairs of arguments that are not the same polynomial."""
    terms = context.vocabulary.terms
    one, other = ([context.term(text) for text in listed(side)] for side in (left, right))
    need(type(name) is str and len(one) == len(other), "expected a symbol and two lists of as many arguments")
    differ = [negate(terms.equal(p, q)) for p, q in zip(one, other) if p != q]
    return [facts(Junction("or", (*differ, terms.equal(terms.apply(name, one), terms.apply(name, other)))))]


def cases(context: Context, branch: Facts, index: Any) -> list[Facts]:
    """One of the parts of a disjunction holds."""
    fact = _fact(branch, index)
    need(isinstance(fact, Junction), f"fact {index} is not a disjunction")
    return [facts(part) for part in fact.parts]


def cut(context: Context, branch: Facts, text: Any) -> list[Facts]:
    """A formula holds or does not."""
    split = formula(text, context.vocabulary.terms, context.scope)
    return [facts(split), facts(negate(split))]


def units(context: Context, branch: Facts) -> list[Facts]:
    """The units of the given networks, enclosed by lines on the part of the box where this branch is."""
    return [tuple(relaxed(need(context.graph, "there are no networks here"), branch))]


def leaf(context: Context, branch: Facts, entries: Any) -> list[Facts]:
    """A sum of products, each >= 0 by the facts, that is a negative number; or one that is 0 although a summand is positive.

    An entry is a weight times -p for each of its facts p <= 0, p < 0 or p = 0. Where a fact is an equation the product is 0
    and the weight may be any term; otherwise it is a positive number, and the product is positive if all its facts are strict.
    """
    terms, summands, positive = context.vocabulary.terms, list[Polynomial](), False
    for weight, indices in (listed(entry, 2) for entry in listed(entries)):
        factor, rows = context.term(weight), [_fact(branch, index) for index in listed(indices)]
        need(all(isinstance(row, Comparison) and row.relation != "!=" for row in rows), "a disjunction cannot stand in a sum")
        if all(row.relation != "=" for row in rows):
            need((number(factor) or 0) > 0, f"the weight {displayed(weight)} of an inequality is not a positive number")
            positive = positive or all(row.relation == "<" for row in rows)
        summands.append(reduce(terms.multiply, (minus(row.polynomial) for row in rows), factor))
    total = number(terms.add(*summands))
    found = "variables remain in the sum" if total is None else f"the sum is {displayed(str(total))}: no contradiction"
    need(total is not None and (total < 0 or (total == 0 and positive)), found)
    return []


RULES: dict[str, Callable[..., list[Facts]]] = {rule.__name__: rule for rule in (use, congruence, cases, cut, units, leaf)}


def _fact(branch: Facts, index: Any) -> Any:
    if type(index) is not int or not 0 <= index < len(branch):
        raise Rejected("", f"there is no fact {displayed(index)} here")
    return branch[index]


def _denied(vocabulary: Vocabulary, variables: tuple[Variable, ...], text: str, at: Scope) -> tuple[Context, Facts]:
    """The variables, n <= k for those of sort "Z from n", and that the text is false where the variables in `at` have these values."""
    terms, names = vocabulary.terms, scope(variables)
    bounds = tuple(Comparison("<=", terms.add(constant(v.least), minus(v.value))) for v in variables if v.least is not None)
    return Context(vocabulary, names), bounds + facts(negate(formula(text, terms, {**names, **at})))
