"""A proof is a list of steps, each taken by one rule in the first open branch; it refutes the facts that the proof began with.

A branch is a list of facts, numbered from 0. A rule returns the branches that remain, each as the facts to be added; `leaf`
returns none, because its branch is contradictory. After the last step no branch is open. The rules are listed in RULES:

    ["use", NAME, [TERM, ...]]          adds a known statement at these terms
    ["congruence", F, [TERM, ...], [TERM, ...]]   adds: the arguments differ somewhere, or F takes the same value at them
    ["cases", I]                        one branch for each part of the disjunction that is fact I
    ["cut", FORMULA]                    one branch where it holds, one where it does not
    ["integer", TERM]                   TERM <= 0 or TERM >= 1, for an integer-valued term
    ["leaf", [[WEIGHT, [I, ...], [TERM, ...]], ...]]   closes the branch: see `leaf`
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .declare import HYPOTHESIS, Statement, Variable, Vocabulary, listed, scope
from .errors import BadInput, Rejected, displayed, placed
from .syntax import Scope, formula, term
from .terms import Comparison, Formula, Junction, Polynomial, constant, facts, minus, negate

Facts = tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules may use in one proof: the vocabulary, the variables in scope, the hypothesis of an induction."""

    vocabulary: Vocabulary
    scope: Scope
    hypothesis: Statement | None = None

    def term(self, text: Any) -> Polynomial:
        return term(text, self.vocabulary.terms, self.scope)


def prove(vocabulary: Vocabulary, statement: Statement, proof: dict[str, Any]) -> None:
    """Checks {"proof": steps}, or {"induction": k, "base": steps, "step": steps}."""
    for part, context, beginning in beginnings(vocabulary, statement, proof.get("induction")):
        refute(context, beginning, proof[part], part)


def beginnings(vocabulary: Vocabulary, statement: Statement, induction: Any) -> list[tuple[str, Context, Facts]]:
    """What a proof has to refute: the statement's negation; or by induction on one variable k of sort "Z from n" two things:
    the negation at n, where k is not in scope, and the negation at k + 1, with the statement at this k as the hypothesis."""
    variables, claim, terms = statement.variables, statement.formula, vocabulary.terms
    if induction is None:
        return [("proof", Context(vocabulary, scope(variables)), _bounds(vocabulary, variables) + facts(negate(claim)))]
    k = next((v for v in variables if v.name == induction), None)
    if k is None or k.least is None:
        raise Rejected("", f'{displayed(induction)} is not a variable of sort "Z from n", so there is no induction on it')
    others, number = tuple(v for v in variables if v != k), k.value.terms[0][0][0]
    first = terms.substitute(claim, {number: constant(k.least)})
    following = terms.substitute(claim, {number: terms.add(k.value, constant(1))})
    hypothesis = Context(vocabulary, scope(variables), Statement(others, claim))
    return [("base", Context(vocabulary, scope(others)), _bounds(vocabulary, others) + facts(negate(first))),
            ("step", hypothesis, _bounds(vocabulary, variables) + facts(negate(following)))]


def refute(context: Context, beginning: Facts, steps: Any, part: str) -> None:
    """Checks that the steps lead from these facts to no open branch. Raises `Rejected` with the step and its rule."""
    waiting: list[tuple[Facts, Facts]] = [(beginning, ())]
    for number, step in enumerate(listed(steps)):
        if not waiting:
            raise Rejected(f"{part} {number}", "a step after the last branch was closed")
        known, new = waiting.pop()
        branch = known + new
        title = displayed(step[0] if type(step) is list and step else step)
        with placed(f"{part} {number} ({title})"):
            name, *arguments = listed(step) or [None]
            rule, arity = RULES.get(name, (None, 0)) if type(name) is str else (None, 0)
            if rule is None or len(arguments) != arity:
                raise BadInput("", f"expected one of the rules {', '.join(RULES)} with its arguments, found {displayed(name)}")
            branches = rule(context, branch, *arguments)
        context.vocabulary.terms.budget.spend(100 + 2 * len(branch) + 40 * len(branches))
        waiting.extend((branch, added) for added in reversed(branches))
    if waiting:
        raise Rejected(part, f"{len(waiting)} branches are open after the last step")


def instance(vocabulary: Vocabulary, statement: Statement, values: list[Polynomial]) -> Formula:
    """The statement at these values. A bound "Z from n" becomes a case: the value is below n, or the formula holds."""
    if len(values) != len(statement.variables):
        raise Rejected("", f"expected {len(statement.variables)} terms, one for each variable, found {len(values)}")
    change: dict[int, Polynomial] = {}
    guards: list[Formula] = []
    for variable, value in zip(statement.variables, values):
        if variable.sort == "Z" and not vocabulary.terms.is_integral(value):
            raise Rejected("", f"expected a term that is visibly an integer for {variable.name}")
        if variable.least is not None:
            guards.append(Comparison("<", vocabulary.terms.add(value, constant(-variable.least))))
        change[variable.value.terms[0][0][0]] = value
    holds = vocabulary.terms.substitute(statement.formula, change)
    return Junction("or", (*guards, holds)) if guards else holds


def use(context: Context, branch: Facts, name: Any, values: Any) -> list[Facts]:
    """Adds an instance of what is known: a definition, an assumption, a lemma or goal already proved, or the hypothesis."""
    known = context.vocabulary.facts.get(name) if type(name) is str else None
    statement = context.hypothesis if name == HYPOTHESIS else known
    if statement is None:
        raise Rejected("", f"{displayed(name)} is not known here")
    return [facts(instance(context.vocabulary, statement, [context.term(value) for value in listed(values)]))]


def congruence(context: Context, branch: Facts, name: Any, left: Any, right: Any) -> list[Facts]:
    """Equal arguments give equal values. The premises are those pairs of arguments that are not the same polynomial."""
    terms = context.vocabulary.terms
    one, other = ([context.term(text) for text in listed(side)] for side in (left, right))
    if type(name) is not str or len(one) != len(other):
        raise Rejected("", "expected a symbol and two lists of as many arguments")
    differ = [negate(terms.equal(p, q)) for p, q in zip(one, other) if p != q]
    return [facts(Junction("or", (*differ, terms.equal(terms.apply(name, one), terms.apply(name, other)))))]


def cases(context: Context, branch: Facts, index: Any) -> list[Facts]:
    """One of the parts of a disjunction holds."""
    fact = _fact(branch, index)
    if not isinstance(fact, Junction):
        raise Rejected("", f"fact {index} is not a disjunction")
    return [facts(part) for part in fact.parts]


def cut(context: Context, branch: Facts, text: Any) -> list[Facts]:
    """A formula holds or does not."""
    split = formula(text, context.vocabulary.terms, context.scope)
    return [facts(split), facts(negate(split))]


def integer(context: Context, branch: Facts, text: Any) -> list[Facts]:
    """No integer lies strictly between 0 and 1."""
    p, terms = context.term(text), context.vocabulary.terms
    if not terms.is_integral(p):
        raise Rejected("", f"{displayed(text)} is not visibly an integer")
    return [(Comparison("<=", p),), (Comparison("<=", terms.add(constant(1), minus(p))),)]


def leaf(context: Context, branch: Facts, entries: Any) -> list[Facts]:
    """A sum of products, each >= 0 by the facts, that is a negative number; or one that is 0 although a summand is positive.

    An entry is a weight times -p for each of its facts p <= 0, p < 0 or p = 0, times squares. Where a fact is an equation the
    product is 0 and the weight may be any term; otherwise it is a positive number, and the product is positive if there are
    no squares and all its facts are strict.
    """
    terms, summands, positive = context.vocabulary.terms, list[Polynomial](), False
    for entry in listed(entries):
        weight, indices, squares = entry if type(entry) is list and len(entry) == 3 else [*listed(entry, 2), []]
        product, rows = context.term(weight), [_fact(branch, index) for index in listed(indices)]
        for row in rows:
            if not isinstance(row, Comparison) or row.relation == "!=":
                raise Rejected("", "a disjunction cannot stand in a sum")
            product = terms.multiply(product, minus(row.polynomial))
        relations = [row.relation for row in rows if isinstance(row, Comparison)]
        if "=" not in relations:
            if _number(context.term(weight)) <= 0:
                raise Rejected("", f"the weight {displayed(weight)} of an inequality is not a positive number")
            positive = positive or (not listed(squares) and all(relation == "<" for relation in relations))
        for text in listed(squares):
            base = context.term(text)
            product = terms.multiply(product, terms.multiply(base, base))
        summands.append(product)
    total = _number(terms.add(*summands))
    if not (total < 0 or (total == 0 and positive)):
        raise Rejected("", f"the sum is {displayed(str(total))}: no contradiction")
    return []


RULES: dict[str, tuple[Callable[..., list[Facts]], int]] = {
    "use": (use, 2), "congruence": (congruence, 3), "cases": (cases, 1), "cut": (cut, 1), "integer": (integer, 1), "leaf": (leaf, 1),
}


def _fact(branch: Facts, index: Any) -> Formula:
    if type(index) is not int or not 0 <= index < len(branch):
        raise Rejected("", f"there is no fact {displayed(index)} here")
    return branch[index]


def _number(p: Polynomial) -> Fraction:
    """The number that p is."""
    if p.terms and (len(p.terms) > 1 or p.terms[0][0] != ()):
        raise Rejected("", "a number is expected here, but variables remain")
    return p.terms[0][1] if p.terms else Fraction(0)


def _bounds(vocabulary: Vocabulary, variables: tuple[Variable, ...]) -> Facts:
    """n <= k for every variable k of sort "Z from n"."""
    return tuple(Comparison("<=", vocabulary.terms.add(constant(v.least), minus(v.value))) for v in variables if v.least is not None)
