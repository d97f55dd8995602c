"""A claim as lines of mathematics: what the kernel read, in its order, nothing left out."""

import json
import re
from collections.abc import Mapping
from typing import Any

from ..kernel.errors import BadInput, DepthproofError
from . import formula as f
from .document import Formula, Line, Text
from .formula import Node, fraction, interval, side_by_side
from .formula_source import parsed
from .notation import USUAL

LONGEST = 60  # characters of a name
SETS = {"R": "ℝ", "Z": "ℤ"}
_NEEDS = {"tent": "relu", "D": "tent"}  # of the usual definitions: what one uses


def usual(claim: Mapping[str, Any]) -> frozenset[str]:
    """The names of a claim that have their usual meaning, and so their usual notation.

    >>> usual({"statement": {"declare": [USUAL["relu"], USUAL["D"]]}})
    frozenset({'relu'})
    """
    found: set[str] = set()
    for item in claim["statement"]["declare"]:
        name = item.get("define")
        has_what_it_needs = name not in _NEEDS or _NEEDS[name] in found
        if USUAL.get(name) == item and has_what_it_needs:
            found.add(name)
    return frozenset(found)


def lines(data: bytes) -> tuple[frozenset[str], list[Line]]:
    """The claim's usual names and its lines. Raises `BadInput` for bytes that are no claim.

    >>> goal = {"goal": "g", "for": [["x", "R"]], "holds": "x = x"}
    >>> claim = {"networks": {}, "statement": {"declare": [USUAL["relu"]], "goals": [goal]}}
    >>> names, found = lines(json.dumps(claim).encode())
    >>> [line[0].text for line in found]
    ['define ', 'proved: ']
    """
    try:
        claim = json.loads(data)
        networks, statement = claim["networks"], claim["statement"]
        declared = [_declaration(item, networks) for item in statement["declare"]]
        goals = [_goal(item, networks) for item in statement["goals"]]
        return usual(claim), declared + goals
    except DepthproofError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadInput("", "expected a claim, found another form") from None


def _declaration(item: Mapping[str, Any], networks: Mapping[str, str]) -> Line:
    if "measure" in item:
        return _measure(item, networks)
    if "define" in item:
        return _definition(item)
    if "free" in item:
        return _free(item)
    return [Text(f"assume ({item['assume']}) "), Formula(_quantified(item["for"], parsed(item["holds"])))]


def _definition(item: Mapping[str, Any]) -> Line:
    """A function by cases, or a constant."""
    head: Node = f.Name(item["define"])
    if item["for"]:
        head = f.Apply(item["define"], tuple(f.Name(name) for name, _ in item["for"]))
    choices = tuple((parsed(guard), parsed(value)) for guard, value in item["cases"])
    body = parsed(item["otherwise"])
    if choices:
        body = f.Cases(choices, body)
    return [Text("define "), Formula(_equation(head, body)), Text(_sorts(item["for"], item["sort"]))]


def _free(item: Mapping[str, Any]) -> Line:
    """Any function between these sets, or any constant of one."""
    target = SETS[item["sort"]]
    what, where = "for any constant ", f" ∈ {target}"
    if item["arguments"]:
        source = " × ".join(SETS[sort] for sort in item["arguments"])
        what, where = "for any function ", f" : {source} → {target}"
    return [Text(what), Formula(f.Name(item["free"])), Text(where)]


def _equation(left: Node, right: Node) -> Node:
    return f.Chain((left, right), ("=",))


def _quantified(pairs: list[list[str]], body: Node) -> Node:
    """For all variables, if there are any: the body."""
    if not pairs:
        return side_by_side(body)
    variables = tuple((name, f.Sort(sort)) for name, sort in pairs)
    return side_by_side(f.ForAll(variables), body)


def _sorts(pairs: list[list[str]], sort: str) -> str:
    """For the reader: which arguments are integers, and that values are."""
    said = [_integer(name, kind) for name, kind in pairs if kind != "R"]
    if sort == "Z":
        said.append("values in ℤ")
    return f"   ({'; '.join(said)})" if said else ""


def _integer(name: str, kind: str) -> str:
    """The words for a variable of the sort Z or "Z from n"."""
    _, least_is_said, least = kind.partition("Z from ")
    if least_is_said:
        return f"{name} ∈ ℤ, {name} ≥ {least}"
    return f"{name} ∈ ℤ"


def _goal(item: Mapping[str, Any], networks: Mapping[str, str]) -> Line:
    body = parsed(item["holds"])
    if "x" in _names(item["holds"]):
        body = _at_x(item["holds"], networks)
    return [Text("proved: ", "strong"), Formula(_quantified(item["for"], body))]


def _measure(item: Mapping[str, Any], networks: Mapping[str, str]) -> Line:
    """A number that networks with one input have on an interval."""
    name, of = f.Name(item["measure"]), _at_x(item["of"], networks)
    if item["is"] == "pieces":
        what, on = Text(" as the number of affine pieces of "), Formula(interval(item["on"]))
        return [Text("define "), Formula(name), what, Formula(of), Text(" on "), on]
    return [Text("define "), Formula(_equation(name, _quantity(item, of, networks)))]


def _quantity(item: Mapping[str, Any], of: Node, networks: Mapping[str, str]) -> Node:
    """What a measure other than the number of pieces is."""
    low, high = map(fraction, item["on"])
    if item["is"] == "integral":
        return f.Integral(of, "x", low, high)
    if item["is"] == "integral_abs":
        return f.Integral(f.Absolute(of), "x", low, high)
    if item["is"] == "sup_abs":
        x_in_it = side_by_side(f.Name("x"), f.Words(" in "), interval(item["on"]))
        return f.Extreme("max", x_in_it, f.Absolute(of))
    if item["is"] != "distance":
        raise BadInput("", "expected a measure of a known kind")
    rest, names = of, []
    for number, text in enumerate(item["span"], 1):
        names.append(f"c{number}")
        rest = f.Binary("-", rest, f.Binary("*", f.Name(names[-1]), _at_x(text, networks)))
    return f.Extreme("inf", f.Words(f"{', '.join(names)} real"), f.Integral(f.Absolute(rest), "x", low, high))


def _at_x(text: str, networks: Mapping[str, str]) -> Node:
    """The expression about the only input x: f as f(x), f2 as f2(x)."""
    outputs = [name for name in _names(text) if _is_output(name, networks)]
    return f.substituted(parsed(text), {name: f.Apply(name, (f.Name("x"),)) for name in outputs})


def _names(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z][A-Za-z0-9_]*", text))


def _is_output(name: str, networks: Mapping[str, str]) -> bool:
    """Whether it is a network's name, or such a name and a number after it."""
    ends = range(len(name.rstrip("0123456789")), len(name) + 1)
    return len(name) <= LONGEST and any(name[:end] in networks for end in ends)
