"""Claims, for ALL integers and reals: declarations and goals come from the claim, proofs from the
certificate.

Statement: {"declare": [DECLARATION, ...], "goals": [{"goal": NAME, "for": [[VARIABLE, SORT], ...],
"holds": FORMULA}, ...]}
Evidence: {"items": [ITEM, ...]}, an item being a definition, {"goal": NAME, "proof": STEPS} or
{"lemma": NAME, "for": ..., "holds": ..., "proof": STEPS}, the last two perhaps with
"induction": VARIABLE. A claim that assumes something needs also "witness": {"declare":
[DEFINITION, ...], "items": [ITEM, ...]}: its definitions and others for its free symbols, with
which the assumptions are proved.

A proof is a list of steps, each taken by one rule (rules.py) in the first open branch; it refutes
the facts that the proof began with. `leaf` leaves no branch, because this one is contradictory.
After the last step no branch is open.
"""

from typing import Any

from .declare import MEANING, Statement, Vocabulary, for_all, has_least
from .errors import displayed, need, placed, want
from .formulas import formula
from .rules import RULES, Context, Rule
from .strict_json import fields, listed
from .terms import Facts, Formula, facts, negate, size


def check(statement: Any, evidence: Any, vocabulary: Vocabulary) -> list[str]:
    """What a claim says, in readable lines, all its goals being proved. Raises `Rejected`,
    `BadInput`, `OverBudget`."""
    declarations, goals = (listed(part) for part in fields(statement, "declare", "goals"))
    assumed = [item for item in declarations if type(item) is dict and "assume" in item]
    items, *witness = fields(evidence, "items", *(["witness"] if assumed else []))
    lines = _proved(vocabulary, declarations, goals, items, trusted=True)
    if assumed:
        with placed("witness"):
            _check_witness(vocabulary, declarations, assumed, witness[0])
        lines.append("The assumptions were shown to hold for some choice of the free symbols.")
    written = [line.replace(" ", "") for line in lines]
    meant = [text for mark, text in MEANING.items() if any(mark in line for line in written)]
    return meant + lines


def _proved(
    vocabulary: Vocabulary, declarations: list[Any], goals: list[Any], items: Any, trusted: bool
) -> list[str]:
    """Reads all goals, so that nothing in the evidence can change what they say; takes the items
    in order; misses no goal."""
    waiting, lines = dict[str, Statement](), list[str]()
    for index, item in enumerate(declarations):
        with placed(f"declaration {index}"):
            lines.append(vocabulary.declare(item, trusted))
    for index, goal in enumerate(goals):
        with placed(f"goal {index}"):
            name, pairs, text = fields(goal, "goal", "for", "holds")
            waiting[vocabulary.fresh(name)] = vocabulary.statement(pairs, text)
            vocabulary.facts[name] = None  # until it is proved
            lines.append(f"proved {name}: {for_all(pairs)}{text}")
    for index, item in enumerate(listed(items)):
        vocabulary.budget.spend(300)
        _take(vocabulary, waiting, index, item)
    need(goals and not waiting, f"no proof of {', '.join(waiting) or 'anything'}")
    return lines


def _take(vocabulary: Vocabulary, waiting: dict[str, Statement], index: int, item: Any) -> None:
    """A definition, lemma or goal of the evidence, known from then on."""
    for kind in ("goal", "lemma"):
        if type(item) is dict and kind in item:
            with placed(f"item {index} ({displayed(item[kind])})"):
                _prove(vocabulary, waiting, item)
            return
    with placed(f"item {index}"):
        vocabulary.declare(item, trusted=False)


def _prove(vocabulary: Vocabulary, waiting: dict[str, Statement], item: Any) -> None:
    """A lemma or goal with its proof, known from then on."""
    item = {"induction": None, **item}
    if "goal" in item:
        name, induction, steps = fields(item, "goal", "induction", "proof")
        known = waiting.pop(name, None) if type(name) is str else None
        statement = need(known, f"{displayed(name)} is no goal, or proved before")
    else:
        keys = ("lemma", "for", "holds", "induction", "proof")
        name, pairs, text, induction, steps = fields(item, *keys)
        vocabulary.fresh(name)
        statement = vocabulary.statement(pairs, text)
    context, start = beginning(vocabulary, statement, induction)
    refute(context, start, steps)
    vocabulary.facts[name] = statement


def beginning(
    vocabulary: Vocabulary, statement: Statement, induction: Any = None
) -> tuple[Context, Facts]:
    """What a proof has to refute: the statement's negation. By induction on one of the variables
    of sort "Z from n", the proof may use the statement wherever that one is smaller; where it is
    below n, the statement says nothing."""
    inductive = [name for name, sort in statement.sorts.items() if has_least(sort)]
    want(induction in [None, *inductive], 'a variable of sort "Z from n"', induction)
    stated = formula(statement.text, vocabulary.terms, statement.scope)
    return Context(vocabulary, statement, induction), facts(negate(stated))


def refute(context: Context, beginning: Facts, steps: Any) -> None:
    """Checks that the steps lead from these facts to no open branch. Raises `Rejected` with the
    step and its rule."""
    branch = list[Formula]()
    waiting = [(0, beginning)]  # how many facts of the last branch an open one has, and its others
    with placed("proof"):
        steps = listed(steps)
    for index, step in enumerate(steps):
        shown = step[0] if type(step) is list and step else step
        with placed(f"proof {index} ({displayed(shown)})"):
            need(waiting, "a step after the last branch was closed")
            shared, added = waiting.pop()
            branch[shared:] = added
            for new in reversed(_taken(context, branch, step)):
                amount = sum(2 + size(fact) for fact in new)
                context.vocabulary.budget.spend(50 + 40 * amount)
                waiting.append((len(branch), new))
    with placed("proof"):
        need(not waiting, f"{len(waiting)} branches are open after the last step")


def _taken(context: Context, branch: list[Formula], step: Any) -> list[Facts]:
    """What a step adds to the branch, as often as it divides it."""
    context.vocabulary.budget.spend(100)
    name, *arguments = listed(step) or [None]
    what = f"one of the rules {', '.join(RULES)} with its arguments"
    rule: Rule = want(RULES.get(name) if type(name) is str else None, what, name)
    want(len(arguments) == rule.arity, what, name)
    return rule.apply(context, branch, *arguments)


def _check_witness(
    claimed: Vocabulary, declarations: list[Any], assumed: list[Any], witness: Any
) -> None:
    """Checks that the claim is not vacuous: with the witness's definitions, which are the claim's
    and others for its free symbols, each assumption is a theorem."""
    declared, items = fields(witness, "declare", "items")
    model, rest = Vocabulary(claimed.graph, claimed.networks), iter(listed(declared))
    defined = [item for item in declarations if not {"free", "assume"} & set(item)]
    need(all(item in rest for item in defined), "expected the claim's definitions in order")
    goals = [
        {"goal": item["assume"], "for": item["for"], "holds": item["holds"]} for item in assumed
    ]
    _proved(model, declared, goals, items, trusted=False)
    for item in declarations:
        if "free" in item:
            name = item["free"]
            sorts = claimed.terms.symbols[name]
            same = model.terms.symbols.get(name) == sorts
            need(same, f"expected a definition of {name} with the sorts of the claim")
            free = name not in model.dependent
            need(free, f"the choice of {name} depends on the networks' input")
