"""Schematic statements, for ALL integers and reals: declarations and goals come from the claim, proofs from the certificate.

Statement: {"declare": [DECLARATION, ...], "goals": [{"goal": NAME, "for": [[VARIABLE, SORT], ...], "holds": FORMULA}, ...]}
Evidence: {"items": [ITEM, ...]}, an item being a declaration (define, recursion), {"goal": NAME, PROOF} or
{"lemma": NAME, "for": ..., "holds": ..., PROOF}; see declare.py and proof.py. A claim that assumes something needs also
"witness": {"free": {NAME: [DECLARATION, ...], ...}, "items": [ITEM, ...]}, definitions of the free symbols under which the
assumptions are proved as goals.
"""

from typing import Any

from .declare import Statement, Vocabulary, fields, for_all, listed
from .errors import displayed, need, placed
from .numeral import Budget
from .proof import prove
from .terms import Terms

_MEANING = {"floor(": "floor(x) is the integer with floor(x) <= x < floor(x) + 1", "div(": "div(a, b) is a / b, and 0 for b = 0"}


def check(statement: Any, evidence: Any, budget: Budget | None = None) -> list[str]:
    """Checks every goal of the claim. Returns what was proved, in readable lines. Raises `Rejected`, `BadInput`, `OverBudget`."""
    declarations, goals = (listed(part) for part in fields(statement, "declare", "goals"))
    assumed = [item for item in declarations if type(item) is dict and "assume" in item]
    items, *witness = fields(evidence, "items", *(["witness"] if assumed else []))
    vocabulary, lines = Vocabulary(Terms(budget)), []
    for number, item in enumerate(declarations):
        with placed(f"declaration {number}"):
            lines.append(vocabulary.declare(item, trusted=True))
    lines += _proved(vocabulary, goals, items)
    if assumed:
        with placed("witness"):
            _check_witness(vocabulary, declarations, assumed, witness[0])
        lines.append("The assumptions were shown to hold for some choice of the free symbols.")
    used = [text for mark, text in _MEANING.items() if any(mark in line.replace(" ", "") for line in lines)]
    return [f"  {line}" for line in used + lines]


def _proved(vocabulary: Vocabulary, goals: list[Any], items: Any) -> list[str]:
    """Reads all goals, so that nothing in the evidence can change what they say; takes the items in order; misses no goal."""
    waiting, lines = dict[str, Statement](), []
    for number, goal in enumerate(goals):
        with placed(f"goal {number}"):
            vocabulary.terms.budget.spend(300)
            name, pairs, text = fields(goal, "goal", "for", "holds")
            waiting[vocabulary.fresh(name)] = vocabulary.statement(pairs, text)
            vocabulary.facts[name] = None  # until it is proved
            lines.append(f"proved {name}: {for_all(pairs)}{text}")
    for number, item in enumerate(listed(items)):
        title = next((f" ({displayed(item[key])})" for key in ("goal", "lemma") if type(item) is dict and key in item), "")
        with placed(f"item {number}{title}"):
            _take(vocabulary, waiting, item, bool(title))
    need(goals and not waiting, f"no proof of {', '.join(waiting) or 'anything'}")
    return lines


def _take(vocabulary: Vocabulary, waiting: dict[str, Statement], item: Any, stated: bool) -> None:
    """One item of the evidence: a definition, or a lemma or goal with its proof, known from then on."""
    vocabulary.terms.budget.spend(300)
    if not stated:
        vocabulary.declare(item, trusted=False)
        return
    proof = ("induction", "base", "step") if item.get("induction") is not None else ("proof",)
    if "goal" in item:
        name = fields(item, "goal", *proof)[0]
        statement = need(type(name) is str and waiting.pop(name, None), f"{displayed(name)} is no goal, or proved before")
    else:
        name, pairs, text = fields(item, "lemma", "for", "holds", *proof)[:3]
        vocabulary.fresh(name)
        statement = vocabulary.statement(pairs, text)
    prove(vocabulary, statement, item)
    vocabulary.facts[name] = statement


def _check_witness(claimed: Vocabulary, declarations: list[Any], assumed: list[Any], witness: Any) -> None:
    """Checks that the claim is not vacuous: with these definitions for its free symbols, each assumption is a theorem."""
    models, items = fields(witness, "free", "items")
    fields(models, *(item["free"] for item in declarations if "free" in item))
    vocabulary = Vocabulary(Terms(claimed.terms.budget))
    for item in declarations:
        if "assume" not in item:
            for definition in listed(models[item["free"]]) if "free" in item else [item]:
                vocabulary.declare(definition, trusted="free" not in item)
    for name in models:
        need(vocabulary.terms.symbols.get(name) == claimed.terms.symbols[name], f"{name} is not defined with the sorts of the claim")
    _proved(vocabulary, [{"goal": item["assume"], "for": item["for"], "holds": item["holds"]} for item in assumed], items)
