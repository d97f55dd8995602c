"""Claims and evidence with something wrong in them: left out, repeated, exchanged, added."""

import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.kernel.mutation import damaged

from .statements import FALSE
from .vocabularies import BROKEN, Live

LEAF = ["leaf", [["1", [0]]]]
STRANGE = [{}, {"declare": "c"}, {"assumed": "c"}, [], "c", {"free": "zz", "arguments": []}]
Way = Callable[[Any, Any, Live], None]


def a_goal(statement: Any, evidence: Any, name: str, text: str, proofs: list[Any]) -> None:
    """One more goal, with the proofs given for it, if any."""
    statement["goals"].append({"goal": name, "for": [], "holds": text})
    evidence["items"] += [{"goal": name, "proof": proof} for proof in proofs]


def unproved(statement: Any, evidence: Any, live: Live) -> None:
    a_goal(statement, evidence, "s9", live.source.choice(FALSE), [])


def by_itself(statement: Any, evidence: Any, live: Live) -> None:
    leaf = ["leaf", [["1", [live.source.randint(0, 1)]]]]
    a_goal(statement, evidence, "s9", live.source.choice(FALSE), [[["use", "s9", []], leaf]])


def without_a_proof(statement: Any, evidence: Any, live: Live) -> None:
    proof = live.source.choice([[], [["leaf", []]], [LEAF]])
    a_goal(statement, evidence, "s9", live.source.choice(FALSE), [proof])


def broken(statement: Any, evidence: Any, live: Live) -> None:
    text = live.source.choice([*BROKEN, "0 <=  0", " 0 <= 0", "0 <= 0 "])
    a_goal(statement, evidence, "s9", text, [[LEAF]])


def misnamed(statement: Any, evidence: Any, live: Live) -> None:
    name = live.source.choice(["IH", "integers", "squares", live.name()])
    a_goal(statement, evidence, name, "0 <= 0", [[LEAF]])


def spaced(statement: Any, evidence: Any, live: Live) -> None:
    for goal in statement["goals"][-1:]:
        goal["holds"] = goal["holds"].replace(" ", "  ", 1)


def cut_short(statement: Any, evidence: Any, live: Live) -> None:
    for item in chosen(evidence, live.source):
        del item["proof"][live.source.randrange(len(item["proof"]) + 1) :]


def too_long(statement: Any, evidence: Any, live: Live) -> None:
    more = [LEAF, ["leaf", []], ["cases", 0], ["nothing"], [], ["cut"]]
    for item in chosen(evidence, live.source):
        item["proof"].append(live.source.choice(more))


def chosen(evidence: Any, source: random.Random) -> list[Any]:
    """One of the items with a proof, if there is one."""
    proved = [item for item in evidence["items"] if "proof" in item]
    return source.sample(proved, min(1, len(proved)))


def mixed(statement: Any, evidence: Any, live: Live) -> None:
    live.source.shuffle(evidence["items"])


def twice(statement: Any, evidence: Any, live: Live) -> None:
    items = evidence["items"]
    items += live.source.sample(items, min(1, len(items)))


def of_nothing(statement: Any, evidence: Any, live: Live) -> None:
    statement["goals"] = []
    evidence["items"] = live.source.choice([[], evidence["items"]])


def half_a_witness(statement: Any, evidence: Any, live: Live) -> None:
    if "witness" in evidence:
        del evidence["witness"][live.source.choice(["declare", "items"])][-1:]


def a_lemma_of_its_name(statement: Any, evidence: Any, live: Live) -> None:
    for goal in statement["goals"][-1:]:
        lemma = {"lemma": goal["goal"], "for": [], "holds": "0 <= 0", "proof": [LEAF]}
        evidence["items"].insert(0, lemma)


def strange(statement: Any, evidence: Any, live: Live) -> None:
    statement["declare"].append(live.source.choice(STRANGE))


WAYS: list[Way] = [unproved, by_itself, without_a_proof, broken, misnamed, spaced, cut_short]
WAYS += [too_long, mixed, twice, of_nothing, half_a_witness, a_lemma_of_its_name, strange]


def spoilt(statement: Any, evidence: Any, live: Live) -> tuple[Any, Any]:
    """The same with something wrong in it, which is refused, unless it does not matter."""
    statement, evidence = deepcopy(statement), deepcopy(evidence)
    kind = live.source.randrange(6)
    if kind == 0:
        return damaged(statement, live.source), evidence
    if kind == 1:
        return statement, damaged(evidence, live.source)
    live.source.choice(WAYS)(statement, evidence, live)
    return statement, evidence
