"""Schematic statements, for ALL integers and reals: declarations and goals come from the claim, proofs from the certificate.

Statement: {"declare": [DECLARATION, ...], "goals": [{"goal": NAME, "for": [[VARIABLE, SORT], ...], "holds": FORMULA}, ...]}
Evidence: {"items": [ITEM, ...]}, an item being a declaration (define, recursion), {"goal": NAME, PROOF} or
{"lemma": NAME, "for": ..., "holds": ..., PROOF}; see declare.py and proof.py. A claim that assumes something needs also
"witness": {"free": {NAME: [DECLARATION, ...], ...}, "items": [ITEM, ...]}, definitions of the free symbols under which the
assumptions are proved as goals.
"""

from typing import Any

from .budget import Budget
from .declare import Statement, Vocabulary, fields, for_all, listed
from .errors import Rejected, displayed, placed
from .proof import prove
from .terms import Terms


def check(statement: Any, evidence: Any, where: str = "", budget: Budget | None = None) -> list[str]:
    """Checks every goal of the claim. Returns what was proved, in readable lines. Raises `Rejected`, `BadInput`, `OverBudget`."""
    with placed(where):
        declarations, goals = (listed(part) for part in fields(statement, "declare", "goals"))
        assumptions = [item for item in declarations if type(item) is dict and "assume" in item]
        items, witness = fields(evidence, "items", "witness") if assumptions else (*fields(evidence, "items"), None)
        vocabulary, lines = Vocabulary(Terms(budget)), []
        for number, item in enumerate(declarations):
            with placed(f"declaration {number}"):
                lines.append(vocabulary.declare(item, trusted=True))
        lines.extend(_prove_all(vocabulary, goals, items))
        if assumptions:
            with placed("witness"):
                _check_witness(declarations, assumptions, witness, vocabulary.terms.budget)
            lines.append("The assumptions were shown to hold for some choice of the free symbols.")
        meaning = {"floor(": "floor(x) is the integer with floor(x) <= x < floor(x) + 1", "div(": "div(a, b) is a / b, and 0 for b = 0"}
        used = [text for mark, text in meaning.items() if any(mark in line.replace(" ", "") for line in lines)]
        return [f"  {line}" for line in used + lines]


def _prove_all(vocabulary: Vocabulary, goals: list[Any], items: Any) -> list[str]:
    """Reads all goals, so that nothing in the evidence can change what they say; takes the items in order; misses no goal."""
    waiting: dict[str, Statement] = {}
    lines = []
    for number, goal in enumerate(goals):
        with placed(f"goal {number}"):
            vocabulary.terms.budget.spend(300)
            name, pairs, text = fields(goal, "goal", "for", "holds")
            waiting[vocabulary.fresh(name)] = vocabulary.statement(pairs, text)
            vocabulary.reserved.add(name)
            lines.append(f"proved {name}: {for_all(pairs)}{text}")
    for number, item in enumerate(listed(items)):
        title = next((f" ({displayed(item[key])})" for key in ("goal", "lemma") if type(item) is dict and key in item), "")
        with placed(f"item {number}{title}"):
            _take(vocabulary, waiting, item)
    if waiting or not goals:
        raise Rejected("", f"no proof of {', '.join(waiting) or 'anything'}")
    return lines


def _take(vocabulary: Vocabulary, waiting: dict[str, Statement], item: Any) -> None:
    """One item of the evidence: a definition, or a lemma or goal with its proof, known from then on."""
    vocabulary.terms.budget.spend(300)
    if type(item) is not dict or not {"goal", "lemma"} & set(item):
        vocabulary.declare(item, trusted=False)
        return
    proof = ("induction", "base", "step") if item.get("induction") is not None else ("proof",)
    if "goal" in item:
        name = fields(item, "goal", *proof)[0]
        if type(name) is not str or name not in waiting:
            raise Rejected("", f"{displayed(name)} is no goal, or proved before")
        statement = waiting.pop(name)
    else:
        name, pairs, text = fields(item, "lemma", "for", "holds", *proof)[:3]
        vocabulary.fresh(name)
        statement = vocabulary.statement(pairs, text)
    prove(vocabulary, statement, item)
    vocabulary.facts[name] = statement


def _check_witness(declarations: list[Any], assumptions: list[Any], witness: Any, budget: Budget) -> None:
    """Checks that the claim is not vacuous: with these definitions for its free symbols, each assumption is a theorem."""
    models, items = fields(witness, "free", "items")
    free = [item for item in declarations if "free" in item]
    fields(models, *(item["free"] for item in free))
    claimed, vocabulary = Vocabulary(Terms(budget)), Vocabulary(Terms(budget))
    for item in declarations:
        if "free" in item:
            claimed.declare(item, trusted=True)
            for definition in listed(models[item["free"]]):
                vocabulary.declare(definition, trusted=False)
            if vocabulary.terms.symbols.get(item["free"]) != claimed.terms.symbols[item["free"]]:
                raise Rejected("", f"{item['free']} is not defined with the sorts that the claim gives it")
        elif "assume" not in item:
            vocabulary.declare(item, trusted=True)
    _prove_all(vocabulary, [{"goal": item["assume"], "for": item["for"], "holds": item["holds"]} for item in assumptions], items)
