"""Claims, for ALL integers and reals: declarations and goals come from the claim, proofs from the certificate.

Statement: {"declare": [DECLARATION, ...], "goals": [{"goal": NAME, "for": [[VARIABLE, SORT], ...], "holds": FORMULA}, ...]}
Evidence: {"items": [ITEM, ...]}, an item being a definition, {"goal": NAME, "proof": STEPS} or {"lemma": NAME, "for": ..., "holds": ...,
"proof": STEPS}, the last two perhaps with "induction": VARIABLE. A claim that assumes something needs also "witness": {"declare":
[DEFINITION, ...], "items": [ITEM, ...]}: its definitions and others for its free symbols, with which the assumptions are proved.

A proof is a list of steps, each taken by one rule in the first open branch; it refutes the facts that the proof began with. A branch is a
list of facts, numbered from 0. A rule returns the branches that remain, each as the facts to be added; `leaf` returns none, because its
branch is contradictory. After the last step no branch is open. The rules are listed in RULES:

    ["use", NAME, [TERM, ...]]             adds a known statement at these terms
    ["congruence", F, [TERM, ...], [TERM, ...]]   adds: the arguments differ somewhere, or F takes the same value at them
    ["cases", I]                           one branch for each part of the disjunction that is fact I
    ["cut", FORMULA]                       one branch where it holds, one where it does not
    ["leaf", [[WEIGHT, [I, ...]], ...]]    closes the branch: see `leaf`
    ["units"]                              adds what every unit of the networks is, and lines that enclose it within the bounds known here
    ["range", TERM, [X, ...]]              adds: the only input is below the points, or TERM is within its range at them, or above
    ["measure", NAME, [X, ...], [SIGN, ...], [COEFFICIENT, ...]]   adds bounds of the number of that name
"""

from collections.abc import Sequence
from functools import reduce
from typing import Any, NamedTuple

from .declare import HYPOTHESIS, MEANING, Statement, Vocabulary, for_all
from .language import (
    Comparison,
    Facts,
    Formula,
    Junction,
    Polynomial,
    atom,
    constant,
    facts,
    formula,
    held,
    minus,
    negate,
    number,
    size,
    term,
)
from .network import MEASURES, Polygon
from .reader import Rejected, displayed, fields, listed, need, numeral, placed, want


class Context(NamedTuple):
    """What the rules may use in one proof: the vocabulary, the statement to be proved, with its variables, and the one of an induction."""

    vocabulary: Vocabulary
    statement: Statement
    induction: Any = None

    def terms(self, texts: Any) -> list[Polynomial]:
        return [term(text, self.vocabulary.terms, self.statement.scope) for text in listed(texts)]


def check(statement: Any, evidence: Any, vocabulary: Vocabulary) -> list[str]:
    """What a claim says, in readable lines, all its goals being proved. Raises `Rejected`, `BadInput`, `OverBudget`."""
    declarations, goals = (listed(part) for part in fields(statement, "declare", "goals"))
    assumed = [item for item in declarations if type(item) is dict and "assume" in item]
    items, *witness = fields(evidence, "items", *(["witness"] if assumed else []))
    lines = _proved(vocabulary, declarations, goals, items, trusted=True)
    if assumed:
        with placed("witness"):
            _check_witness(vocabulary, declarations, assumed, witness[0])
        lines.append("The assumptions were shown to hold for some choice of the free symbols.")
    return [text for mark, text in MEANING.items() if any(mark in line.replace(" ", "") for line in lines)] + lines


def _proved(vocabulary: Vocabulary, declarations: list[Any], goals: list[Any], items: Any, trusted: bool) -> list[str]:
    """Reads all goals, so that nothing in the evidence can change what they say; takes the items in order; misses no goal."""
    waiting, lines = dict[str, Statement](), list[str]()
    for index, item in enumerate(declarations):
        with placed(f"declaration {index}"):
            vocabulary.terms.budget.begin()
            lines.append(vocabulary.declare(item, trusted))
    for index, goal in enumerate(goals):
        with placed(f"goal {index}"):
            vocabulary.terms.budget.begin()
            name, pairs, text = fields(goal, "goal", "for", "holds")
            waiting[vocabulary.fresh(name)] = vocabulary.statement(pairs, text)
            vocabulary.facts[name] = None  # until it is proved
            lines.append(f"proved {name}: {for_all(pairs)}{text}")
    for index, item in enumerate(listed(items)):
        kind = next((key for key in ("goal", "lemma") if type(item) is dict and key in item), "")
        with placed(f"item {index} ({displayed(item[kind])})" if kind else f"item {index}"):
            vocabulary.terms.budget.spend(300)
            vocabulary.terms.budget.begin()
            if kind:
                _prove(vocabulary, waiting, item)
            else:
                vocabulary.declare(item, trusted=False)
    need(goals and not waiting, f"no proof of {', '.join(waiting) or 'anything'}")
    return lines


def _prove(vocabulary: Vocabulary, waiting: dict[str, Statement], item: Any) -> None:
    """A lemma or goal with its proof, known from then on."""
    item = {"induction": None, **item}
    if "goal" in item:
        name, induction, steps = fields(item, "goal", "induction", "proof")
        statement = need(type(name) is str and waiting.pop(name, None), f"{displayed(name)} is no goal, or proved before")
    else:
        name, pairs, text, induction, steps = fields(item, "lemma", "for", "holds", "induction", "proof")
        vocabulary.fresh(name)
        statement = vocabulary.statement(pairs, text)
    refute(*beginning(vocabulary, statement, induction), steps)
    vocabulary.facts[name] = statement


def beginning(vocabulary: Vocabulary, statement: Statement, induction: Any = None) -> tuple[Context, Facts]:
    """What a proof has to refute: the statement's negation. By induction on one of the variables of sort "Z from n", the proof may use
    the statement wherever that one is smaller; where it is below n, the statement says nothing."""
    want(induction in [None, *(v for v, sort in statement.sorts.items() if sort > "Z")], 'a variable of sort "Z from n"', induction)
    return Context(vocabulary, statement, induction), facts(negate(formula(statement.text, vocabulary.terms, statement.scope)))


def refute(context: Context, beginning: Facts, steps: Any) -> None:
    """Checks that the steps lead from these facts to no open branch. Raises `Rejected` with the step and its rule."""
    budget, branch, kept = context.vocabulary.terms.budget, list[Formula](), list[int]()
    waiting = [(0, beginning)]  # open branches: how much of the last one they share, and what they add
    for index, step in enumerate(listed(steps, where="proof")):
        need(waiting, "a step after the last branch was closed", where=f"proof {index}")
        shared, new = waiting.pop()
        budget.keep(-sum(kept[shared:]))
        branch[shared:], kept[shared:] = new, [held(fact) for fact in new]
        budget.begin()
        budget.spend(100 + len(new))
        with placed(f"proof {index} ({displayed(step[0] if type(step) is list and step else step)})"):
            name, *arguments = listed(step) or [None]
            rule = RULES.get(name) if type(name) is str else None
            fits = rule and len(arguments) == rule.__code__.co_argcount - 2
            branches = want(fits and rule, f"one of the rules {', '.join(RULES)} with its arguments", name)(context, branch, *arguments)
        for new in reversed(branches):
            budget.spend(50 + 20 * sum(2 + size(fact) for fact in new))
            budget.keep(200 + sum(map(held, new)))
            waiting.append((len(branch), new))
    budget.keep(-sum(kept))
    need(not waiting, f"{len(waiting)} branches are open after the last step", where="proof")


def use(context: Context, branch: Sequence[Formula], name: Any, values: Any) -> list[Facts]:
    """Adds an instance of what is known: a definition, an assumption, a lemma or goal already proved; or the statement to be proved by
    induction on k, from which follows, as it were proved before: the value for k is not smaller than k, or it holds."""
    vocabulary, terms = context.vocabulary, context.terms(values)
    if name == HYPOTHESIS and context.induction is not None:
        statement, k = context.statement, context.induction
        holds = vocabulary.instance(statement, terms)
        later = vocabulary.terms.compare(statement.scope[k], "<=", dict(zip(statement.sorts, terms))[k])
        return [facts(Junction("or", (later, holds)))]
    known = vocabulary.facts.get(name) if type(name) is str else None
    return [facts(vocabulary.instance(need(known, f"{displayed(name)} is not known here"), terms))]


def congruence(context: Context, branch: Sequence[Formula], name: Any, left: Any, right: Any) -> list[Facts]:
    """Equal arguments give equal values. The premises are those pairs of arguments that are not the same polynomial."""
    terms, one, other = context.vocabulary.terms, context.terms(left), context.terms(right)
    need(type(name) is str and len(one) == len(other), "expected a symbol and two lists of as many arguments")
    differ = [negate(terms.compare(p, "=", q)) for p, q in zip(one, other) if p != q]
    return [facts(Junction("or", (*differ, terms.compare(terms.apply(name, one), "=", terms.apply(name, other)))))]


def cases(context: Context, branch: Sequence[Formula], index: Any) -> list[Facts]:
    """One of the parts of a disjunction holds."""
    fact = _fact(branch, index)
    need(isinstance(fact, Junction), f"fact {index} is not a disjunction")
    return [facts(part) for part in fact.parts]


def cut(context: Context, branch: Sequence[Formula], text: Any) -> list[Facts]:
    """A formula holds or does not."""
    split = formula(text, context.vocabulary.terms, context.statement.scope)
    return [facts(split), facts(negate(split))]


def leaf(context: Context, branch: Sequence[Formula], entries: Any) -> list[Facts]:
    """A sum of products, each >= 0 by the facts, that is a negative number; or one that is 0 although a summand is positive.

    An entry is a weight times -p for each of its facts p <= 0, p < 0 or p = 0. Where a fact is an equation the product is 0
    and the weight may be any term; otherwise it is a positive number, and the product is positive if all its facts are strict.
    """
    terms, summands, positive = context.vocabulary.terms, list[Polynomial](), False
    for weight, indices in (listed(entry, 2) for entry in listed(entries)):
        (factor,), rows = context.terms([weight]), [_fact(branch, index) for index in listed(indices)]
        need(all(isinstance(row, Comparison) and row.relation != "!=" for row in rows), "a disjunction cannot stand in a sum")
        if all(row.relation != "=" for row in rows):
            need((number(factor) or 0) > 0, f"the weight {displayed(weight)} of an inequality is not a positive number")
            positive = positive or all(row.relation == "<" for row in rows)
        summands.append(reduce(terms.multiply, (minus(row.polynomial) for row in rows), factor))
    total = number(terms.add(*summands))
    found = "variables remain in the sum" if total is None else f"the sum is {displayed(numeral(total))}: no contradiction"
    need(total is not None and (total < 0 or (total == 0 and positive)), found)
    return []


def units(context: Context, branch: Sequence[Formula]) -> list[Facts]:
    """The units of the networks on the part of the input where this branch is."""
    return [tuple(context.vocabulary.graph.relaxed(branch))]


def range_(context: Context, branch: Sequence[Formula], text: Any, points: Any) -> list[Facts]:
    """The only input is below the points, or above them, or the affine expression is between its least and its greatest value at them.

    So one step bounds f - g on an interval; and the range of f - s*x on a segment where f = s*x + t is the equation.
    """
    (p,), terms, x = context.terms([text]), context.vocabulary.terms, atom(1)
    at = (polygon := Polygon(context.vocabulary.graph, points)).along(p)
    inside = terms.compare(constant(min(at)), "<=", p), terms.compare(p, "<=", constant(max(at)))
    below, above = terms.compare(x, "<", constant(polygon.xs[0])), terms.compare(constant(polygon.xs[-1]), "<", x)
    return [(Junction("or", (below, Junction("and", inside), above)),)]


def measure(context: Context, branch: Sequence[Formula], name: Any, points: Any, signs: Any, coefficients: Any) -> list[Facts]:
    """What a declaration of a measure names is this number; or, if it is a distance from a span, between these numbers.

    A distance is the infimum over real c of the integral of |f - sum c_i p_i|. If |s| <= 1 and every integral of s p_i is 0, it is at
    least the integral of s f, since integral |f - sum c_i p_i| >= integral s (f - sum c_i p_i) = integral s f. Any c gives an upper bound.
    """
    vocabulary, terms = context.vocabulary, context.vocabulary.terms
    kind, of, span, ends = need(type(name) is str and vocabulary.measures.get(name), "expected the name of a measure")
    polygon = Polygon(vocabulary.graph, points)
    need(ends == [polygon.xs[0], polygon.xs[-1]], "expected points from one end of the measure's interval to the other")
    c = [terms.budget.rational(text) for text in listed(coefficients, len(span))]
    rest = terms.add(of, *(terms.multiply(constant(-factor), p) for factor, p in zip(c, span)))
    low = high = MEASURES[kind][1](polygon, rest)
    s = [terms.budget.rational(text) for text in listed(signs, (len(polygon.xs) - 1) * (kind == "distance"))]
    if kind == "distance":
        dual = all(abs(sign) <= 1 for sign in s) and not any(polygon.integral(p, s) for p in span)
        need(dual, "expected numbers from -1 to 1, against which what spans the distance has the integral 0")
        low = polygon.integral(of, s)
    d = terms.apply(name, ())
    return [(terms.compare(constant(low), "<=", d), terms.compare(d, "<=", constant(high)))]


RULES: dict[str, Any] = {rule.__name__.strip("_"): rule for rule in (use, congruence, cases, cut, leaf, units, range_, measure)}


def _fact(branch: Sequence[Formula], index: Any) -> Any:
    if type(index) is not int or not 0 <= index < len(branch):
        raise Rejected("", f"there is no fact {displayed(index)} here")
    return branch[index]


def _check_witness(claimed: Vocabulary, declarations: list[Any], assumed: list[Any], witness: Any) -> None:
    """Checks that the claim is not vacuous: with the witness's definitions, which are the claim's and others for its free symbols, each
    assumption is a theorem."""
    declared, items = fields(witness, "declare", "items")
    model, rest = Vocabulary(claimed.graph, claimed.networks), iter(listed(declared))
    need(all(item in rest for item in declarations if not {"free", "assume"} & set(item)), "expected the claim's definitions in order")
    goals = [{"goal": item["assume"], "for": item["for"], "holds": item["holds"]} for item in assumed]
    _proved(model, declared, goals, items, trusted=False)
    for name in (item["free"] for item in declarations if "free" in item):
        need(name not in model.dependent, f"the choice of {name} depends on the networks' input")
        need(model.terms.symbols.get(name) == claimed.terms.symbols[name], f"expected a definition of {name} with the sorts of the claim")
