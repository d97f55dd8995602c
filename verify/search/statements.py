"""What a user says of given networks, in short, as the claim that the kernel checks.

    {"forall": {"box": [["0", "1"]], "holds": "f - g <= 1/100"}}                 perhaps with "where": a formula
    {"pieces": {"of": "f", "on": ["0", "1"], "is": "<=", "count": 40}}           also integral, integral_abs, sup_abs, with a "bound"
    {"distance_to_span": {"of": "f", "span": ["1", "x"], "on": ["0", "1"], "is": ">=", "bound": "1/32"}}
    {"value": {"of": "f", "at": ["1/2"], "is": "=", "value": "1"}}

What the kernel reads itself, {"declare": [...], "goals": [...]}, may be written too.
"""

from collections.abc import Mapping
from typing import Any

from ..kernel.errors import BadInput, expected, need, placed
from ..kernel.formulas import formula, term
from ..kernel.numerals import numeral
from ..kernel.strict_json import fields, listed
from .networks.setting import Setting, is_affine

RELATIONS = ("<=", "<", "=", ">=", ">", "!=")
NAMES = {"pieces": "pieces", "integral": "integral", "integral_abs": "integral", "sup_abs": "maximum", "distance_to_span": "distance"}
KINDS = ("forall", "value", *NAMES)
GOAL = "claim"

Statement = dict[str, Any]


def is_whole(statement: Any) -> bool:
    """Whether it is what the kernel reads itself."""
    return type(statement) is dict and statement.keys() == {"declare", "goals"}


def declared(statement: Any, setting: Setting) -> list[Statement]:
    """Declares what a whole statement declares and reads its goals, which are returned. Raises `BadInput` with the place in it."""
    with placed("/statement"):
        parts = fields(statement, "declare", "goals")
    with placed("/statement/declare"):
        declarations = listed(parts[0])
    with placed("/statement/goals"):
        goals = listed(parts[1])
    for index, item in enumerate(declarations):
        with placed(f"/statement/declare/{index}"):
            setting.vocabulary.declare(item, trusted=True)
    for index, goal in enumerate(goals):
        with placed(f"/statement/goals/{index}"):
            name, pairs, text = fields(goal, "goal", "for", "holds")
            setting.vocabulary.statement(pairs, text)
            setting.vocabulary.facts[setting.vocabulary.fresh(name)] = None
    if not goals:
        raise expected("/statement/goals", "at least one goal", goals)
    return goals


def claimed(statement: Any, setting: Setting) -> Statement:
    """The statement as the kernel reads it. Raises `BadInput` with the place in the statement."""
    if type(statement) is not dict or len(statement) != 1 or next(iter(statement)) not in KINDS:
        keys = ", ".join(statement) if type(statement) is dict else statement
        raise expected("/statement", f"an object with one of the keys {', '.join(KINDS)}, or with declare and goals", keys)
    if not setting.inputs:
        raise expected("/networks", "at least one network", {})
    ((kind, body),) = statement.items()
    items, text = _measured(kind, body, setting) if kind in NAMES else ([], _everywhere(kind, body, setting))
    return {"declare": items, "goals": [{"goal": GOAL, "for": [], "holds": text}]}


def condition(statement: Any, setting: Setting) -> str:
    """The points that a statement with `where` is about, as a formula; "" for other statements."""
    body = statement.get("forall") if type(statement) is dict else None
    return _inside(body, setting) if type(body) is dict and "where" in body else ""


def _everywhere(kind: str, body: Any, setting: Setting) -> str:
    if kind == "forall":
        _keys(kind, body, "box", "holds", *(["where"] if type(body) is dict and "where" in body else []))
        return f"{_inside(body, setting)} implies {_text(kind, 'holds', body, setting, formula)}"
    _keys(kind, body, "of", "at", "is", "value")
    with placed(f"/statement/{kind}/at"):
        point = [setting.number(x) for x in listed(body["at"], len(setting.inputs))]
    premise = " and ".join(f"{name} = {numeral(x)}" for name, x in zip(setting.inputs, point, strict=True))
    return f"{premise} implies {_text(kind, 'of', body, setting, term)} {_comparison(kind, 'value', body, setting)}"


def _inside(body: Mapping[str, Any], setting: Setting) -> str:
    """That the inputs are in the box, and where the statement is about a part of it only, in that."""
    parts = []
    with placed("/statement/forall/box"):
        for name, side in zip(setting.inputs, listed(body["box"], len(setting.inputs)), strict=True):
            low, high = (numeral(x) for x in setting.side(side))
            parts.append(f"{name} = {low}" if low == high else f"{low} <= {name} <= {high}")
    return " and ".join(parts + ([f"({_text('forall', 'where', body, setting, formula)})"] if "where" in body else []))


def _measured(kind: str, body: Any, setting: Setting) -> tuple[list[Statement], str]:
    bound = "count" if kind == "pieces" else "bound"
    _keys(kind, body, "of", "on", "is", bound, *(["span"] if kind == "distance_to_span" else []))
    with placed(f"/statement/{kind}/on"):
        low, high = setting.side(body["on"])
        need(low < high and len(setting.inputs) == 1, "expected networks with one input, and an interval of positive length", BadInput)
    name = NAMES[kind]
    while name in setting.terms.symbols or not setting.vocabulary.is_free(name):
        name += "_"
    of = _text(kind, "of", body, setting, term)
    item = {"measure": name, "is": kind.removesuffix("_to_span"), "of": of, "on": list(body["on"])}
    if kind == "distance_to_span":
        with placed(f"/statement/{kind}/span"):
            span = listed(body["span"])
        item["span"] = [_text(kind, "span", {"span": text}, setting, term) for text in span]
    return [item], f"{name} {_comparison(kind, bound, body, setting)}"


def _keys(kind: str, body: Any, *keys: str) -> None:
    with placed(f"/statement/{kind}"):
        fields(body, *keys)


def _text(kind: str, key: str, body: Mapping[str, Any], setting: Setting, reader: Any) -> str:
    """The text under this key, which is read, so that it means the same between brackets. What is measured is affine."""
    with placed(f"/statement/{kind}/{key}"):
        found = setting.read(reader, body[key])
        if kind in NAMES and not is_affine(found):
            raise expected("", "an affine expression", body[key])
    return str(body[key])


def _comparison(kind: str, key: str, body: Mapping[str, Any], setting: Setting) -> str:
    """The relation, and the whole number or numeral under this key."""
    value = body[key]
    if body["is"] not in RELATIONS:
        raise expected(f"/statement/{kind}/is", f"a relation: {', '.join(RELATIONS)}", body["is"])
    with placed(f"/statement/{kind}/{key}"):
        if key == "count" and type(value) is not int:
            raise expected("", "a whole number", value)
        return f"{body['is']} {value if key == 'count' else numeral(setting.number(value))}"
