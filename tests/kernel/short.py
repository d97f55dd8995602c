"""Short statements about given networks, as the claims that the kernel reads; and the steps that end a proof about a measure.

Written apart from `verify.short`, which does this for users.
"""

import json
from collections.abc import Callable
from typing import Any

from verify.kernel import theory
from verify.kernel.check import check
from verify.kernel.declare import Vocabulary
from verify.kernel.limits import MOST_WORK, Budget
from verify.kernel.network import Graph

from .small import NETWORKS, files

NAMES = {"pieces": "n", "integral": "a", "integral_abs": "a", "sup_abs": "m", "distance_to_span": "d"}


def whole(statement: dict[str, Any], size: int = 1) -> dict[str, Any]:
    """{"declare": ..., "goals": ...} of a forall, value, or measure; its goal is called claim."""
    ((kind, body),) = statement.items()
    names = ["x"] if size == 1 else [f"x{i + 1}" for i in range(size)]
    if kind == "forall":
        box = " and ".join(f"{low} <= {x} <= {high}" for x, (low, high) in zip(names, body["box"], strict=True))
        where = f" and ({body['where']})" if "where" in body else ""
        declare, text = [], f"{box}{where} implies {body['holds']}"
    elif kind == "value":
        at = " and ".join(f"{x} = {value}" for x, value in zip(names, body["at"], strict=True))
        declare, text = [], f"{at} implies {body['of']} {body['is']} {body['value']}"
    else:
        item = {"measure": NAMES[kind], "is": kind.removesuffix("_to_span"), "of": body["of"], "on": body["on"]}
        item |= {"span": body["span"]} if "span" in body else {}
        declare, text = [item], f"{NAMES[kind]} {body['is']} {body.get('count', body.get('bound'))}"
    return {"declare": declare, "goals": [{"goal": "claim", "for": [], "holds": text}]}


def items(*proof: Any) -> dict[str, Any]:
    """The evidence of one goal."""
    return {"items": [{"goal": "claim", "proof": list(proof)}]}


def measured(kind: str, relation: str, points: Any, signs: Any = (), coefficients: Any = (), above: bool = True) -> dict[str, Any]:
    """The evidence of a measure in a relation to a number; `above`: where they are not equal, the measure is the greater one."""
    begin = ["measure", NAMES[kind], points, list(signs), list(coefficients)]
    low, high = ["leaf", [["1", [0]], ["1", [1]]]], ["leaf", [["1", [0]], ["1", [2]]]]
    ends = {"<=": [high], "<": [high], ">=": [low], ">": [low], "!=": [low if above else ["leaf", [["-1", [0]], ["1", [2]]]]]}
    equal = [["cases", 0], ["leaf", [["1", [3]], ["1", [1]]]], ["leaf", [["1", [3]], ["1", [2]]]]]
    return items(begin, *ends.get(relation, equal))


def said(statement: Any, evidence: Any, **networks: str) -> tuple[str, ...]:
    """What the kernel says of a statement, short or whole, about networks of the table; `f` is the tent unless something else is said."""
    return check(*forged({"statement": statement, "evidence": evidence, "networks": networks or {"f": "tent"}}))


def forged(case: dict[str, Any]) -> tuple[bytes, bytes, Callable[[str], bytes]]:
    """What the checker needs: claim, certificate, and a way to the networks."""
    statement, networks = case["statement"], case["networks"]
    size = json.loads(NETWORKS[next(iter(networks.values()))])["inputs"][0]["size"]
    short = len(statement) == 1 and next(iter(statement)) in ("forall", "value", *NAMES)
    claim, certificate, data = files(whole(statement, size) if short else statement, case["evidence"], networks)
    return claim, certificate, data.__getitem__


def leaf(weights: dict[int, Any]) -> list[Any]:
    """The step that adds single facts, each with its weight."""
    return ["leaf", [[str(weight), [fact]] for fact, weight in weights.items()]]


def empty(work: int = MOST_WORK) -> Vocabulary:
    """What is known without networks."""
    return Vocabulary(Graph(Budget(work)), {})


def checked(statement: Any, evidence: Any, work: int = MOST_WORK) -> list[str]:
    """What the kernel says of a statement without networks."""
    return theory.check(statement, evidence, empty(work))
