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

from .declare import MEANING, Statement, Vocabulary, for_all
from .errors import displayed, need, placed, want
from .formulas import formula
from .rules import RULES, Context
from .strict_json import fields, listed
from .terms import Facts, Formula, facts, negate, size


def check(statement: Any, evidence: Any, vocabulary: Vocabulary) -> list[str]:
    """What a claim says, in readable lines, all its goals being proved. Raises `Rejected`,
    `BadInput`, `OverBudget`."""
    declarations, goals = map(listed, fields(statement, "declare", "goals"))
    assumed = [item for item in declarations if type(item) is dict and "assume" in item]
    items, *witness = fields(evidence, "items", *(["witness"] if assumed else []))
    lines = _proved(vocabulary, declarations, goals, items, trusted=True)
    if assumed:
        with placed("witness"):
            _check_witness(vocabulary, declarations, assumed, witness[0])
        lines.append("The assumptions were shown to hold for some choice of the free symbols.")
    written = "\n".join(lines).replace(" ", "")
    return [text for mark, text in MEANING.items() if mark in written] + lines


def _proved(
    vocabulary: Vocabulary, declarations: list[Any], goals: list[Any], items: Any, trusted: bool
) -> list[str]:
    """Reads all goals, so that nothing in the evidence can change what they say; takes the items
    in order; misses no goal."""
    waiting, lines = {}, []
    for index, item in enumerate(declarations):
        with placed(f"declaration {index}"):
            lines.append(vocabulary.declare(item, trusted))
    for index, goal in enumerate(goals):
        with placed(f"goal {index}"):
            name, pairs, text = fields(goal, "goal" if trusted else "assume", "for", "holds")
            waiting[vocabulary.fresh(name)] = vocabulary.statement(pairs, text)
            vocabulary.facts[name] = None  # until it is proved
            lines.append(f"proved {name}: {for_all(pairs)}{text}")
    for index, item in enumerate(listed(items)):
        vocabulary.budget.spend(300)
        proofs = [key for key in ("goal", "lemma") if type(item) is dict and key in item]
        title = f" ({displayed(item[proofs[0]])})" if proofs else ""
        with placed(f"item {index}{title}"):
            if proofs:
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
        need(
            type(name) is str and name in waiting, f"{displayed(name)} is no goal, or proved before"
        )
        statement = waiting.pop(name)
    else:
        name, pairs, text, induction, steps = fields(
            item, "lemma", "for", "holds", "induction", "proof"
        )
        vocabulary.fresh(name)
        statement = vocabulary.statement(pairs, text)
    refute(*beginning(vocabulary, statement, induction), steps)
    vocabulary.facts[name] = statement


def beginning(
    vocabulary: Vocabulary, statement: Statement, induction: Any = None
) -> tuple[Context, Facts]:
    """What a proof has to refute: the statement's negation. By induction on one of the variables
    of sort "Z from n", the proof may use the statement wherever that one is smaller; where it is
    below n, the statement says nothing."""
    want(induction in [None, *statement.bounded], 'a variable of sort "Z from n"', induction)
    stated = formula(statement.text, vocabulary.terms, statement.scope)
    return Context(vocabulary, statement, induction), facts(negate(stated))


def refute(context: Context, beginning: Facts, steps: Any) -> None:
    """Checks that the steps lead from these facts to no open branch. Raises `Rejected` with the
    step and its rule."""
    budget, branch = context.vocabulary.budget, list[Formula]()
    waiting = [(0, beginning)]  # how many facts of the last branch an open one has, and its others
    for index, step in enumerate(listed(steps)):
        name, *arguments = step if type(step) is list and step else [None]
        with placed(f"proof {index} ({displayed(name)})"):
            need(waiting, "a step after the last branch was closed")
            shared, added = waiting.pop()
            branch[shared:] = added
            budget.spend(100)
            what = f"one of the rules {', '.join(RULES)} with its arguments"
            rule = want(type(name) is str and RULES.get(name), what, name)
            want(len(arguments) == rule.arity, what, name)
            for new in reversed(rule.apply(context, branch, *arguments)):
                budget.spend(50 + 40 * sum(2 + size(fact) for fact in new))
                waiting.append((len(branch), new))
    need(not waiting, f"{len(waiting)} branches are open after the last step of the proof")


def _check_witness(
    claimed: Vocabulary, declarations: list[Any], assumed: list[Any], witness: Any
) -> None:
    """Checks that the claim is not vacuous: with the witness's definitions, which are the claim's
    and others for its free symbols, each assumption is a theorem."""
    declared, items = fields(witness, "declare", "items")
    model, rest = Vocabulary(claimed.graph, claimed.networks), iter(listed(declared))
    defined = [item for item in declarations if not {"free", "assume"} & set(item)]
    need(all(item in rest for item in defined), "expected the claim's definitions in order")
    _proved(model, declared, assumed, items, trusted=False)
    for item in declarations:
        if "free" in item:
            name = item["free"]
            need(
                model.terms.symbols.get(name) == claimed.terms.symbols[name],
                f"expected a definition of {name} with the sorts of the claim",
            )
            need(
                name not in model.dependent, f"the choice of {name} depends on the networks' input"
            )
