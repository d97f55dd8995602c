"""A claim as lines of mathematics: what the kernel read, in its order, nothing left out."""

import json
import re
from collections.abc import Mapping
from typing import Any

from ..kernel.errors import BadInput, DepthproofError
from . import formula as f
from .document import Formula, Line, Text
from .formula import Node, fraction, parsed, row
from .notation import USUAL

LONGEST = 60  # characters of a name


def usual(claim: Mapping[str, Any]) -> frozenset[str]:
    """The names of a claim that have their usual meaning, and so their usual notation."""
    found: set[str] = set()
    for item in claim["statement"]["declare"]:
        name = item.get("define")
        if USUAL.get(name) == item and {"tent": {"relu"}, "D": {"tent"}}.get(name, set()) <= found:
            found.add(name)
    return frozenset(found)


def lines(data: bytes) -> tuple[frozenset[str], list[Line]]:
    """The claim's usual names and its lines. Raises `BadInput` for bytes that are no claim."""
    try:
        claim = json.loads(data)
        networks, statement = claim["networks"], claim["statement"]
        declared = [_declaration(item, networks) for item in statement["declare"]]
        return usual(claim), [*declared, *(_goal(item, networks) for item in statement["goals"])]
    except DepthproofError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadInput("", "expected a claim, found another form") from None


def _quantified(pairs: list[list[str]]) -> list[Node]:
    return [f.ForAll(tuple((name, f.Sort(sort)) for name, sort in pairs))] if pairs else []


def _declaration(item: Mapping[str, Any], networks: Mapping[str, str]) -> Line:
    if "measure" in item:
        return _measure(item, networks)
    if "define" in item:
        left = _head(item["define"], [f.Name(name) for name, _ in item["for"]])
        choices = tuple((parsed(guard), parsed(value)) for guard, value in item["cases"])
        body = f.Cases(choices, parsed(item["otherwise"])) if choices else parsed(item["otherwise"])
        return [Text("define "), Formula(f.Chain((left, body), ("=",))), Text(_sorts(item["for"], item["sort"]))]
    if "free" in item:
        what = "for any function " if item["arguments"] else "for any constant "
        sorts = " × ".join({"R": "ℝ", "Z": "ℤ"}[sort] for sort in item["arguments"])
        target = {"R": "ℝ", "Z": "ℤ"}[item["sort"]]
        return [Text(what), Formula(f.Name(item["free"])), Text(f" : {sorts} → {target}" if sorts else f" ∈ {target}")]
    return [Text(f"assume ({item['assume']}) "), Formula(row(*_quantified(item["for"]), parsed(item["holds"])))]


def _head(name: str, arguments: list[Node]) -> Node:
    return f.Apply(name, tuple(arguments)) if arguments else f.Name(name)


def _sorts(pairs: list[list[str]], sort: str) -> str:
    """For the reader: which arguments are integers, and that values are."""
    least = {name: kind.removeprefix("Z from ") for name, kind in pairs if " from " in kind}
    integers = [f"{name} ∈ ℤ" + (f", {name} ≥ {least[name]}" if name in least else "") for name, kind in pairs if kind != "R"]
    said = [*integers, *(["values in ℤ"] if sort == "Z" else [])]
    return f"   ({'; '.join(said)})" if said else ""


def _goal(item: Mapping[str, Any], networks: Mapping[str, str]) -> Line:
    return [Text("proved: ", "strong"), Formula(row(*_quantified(item["for"]), _shown(item["holds"], networks)))]


def _measure(item: Mapping[str, Any], networks: Mapping[str, str]) -> Line:
    """A number that networks with one input have on an interval."""
    name, on, of = f.Name(item["measure"]), f.intervals([item["on"]]), _shown(item["of"], networks, one_input=True)
    low, high = map(fraction, item["on"])
    if item["is"] == "pieces":
        return [Text("define "), Formula(name), Text(" as the number of affine pieces of "), Formula(of), Text(" on "), Formula(on)]
    quantity: Node = f.Integral(f.Absolute(of) if item["is"] == "integral_abs" else of, "x", low, high)
    if item["is"] == "sup_abs":
        quantity = f.Extreme("max", row(f.Name("x"), f.Words(" in "), on), f.Absolute(of))
    elif item["is"] == "distance":
        rest: Node = of
        for number, text in enumerate(item["span"], 1):
            rest = f.Binary("-", rest, f.Binary("*", f.Name(f"c{number}"), _shown(text, networks, one_input=True)))
        names = ", ".join(f"c{number + 1}" for number in range(len(item["span"])))
        quantity = f.Extreme("inf", f.Words(f"{names} real"), f.Integral(f.Absolute(rest), "x", low, high))
    elif item["is"] not in ("integral", "integral_abs"):
        raise BadInput("", "expected a measure of a known kind")
    return [Text("define "), Formula(f.Chain((name, quantity), ("=",)))]


def _shown(text: str, networks: Mapping[str, str], one_input: bool = False) -> Node:
    """The expression with f as f(x) where it is about the only input x, f2 as f2(x)."""
    names = set(re.findall(r"[A-Za-z][A-Za-z0-9_]*", text))
    known = {name for name in names if _is_output(name, networks)}
    tree = parsed(text)
    return f.substituted(tree, {name: f.Apply(name, (f.Name("x"),)) for name in known}) if one_input or "x" in names else tree


def _is_output(name: str, networks: Mapping[str, str]) -> bool:
    """Whether it is a network's name, or such a name and a number after it."""
    ends = range(len(name.rstrip("0123456789")), len(name) + 1)
    return len(name) <= LONGEST and any(name[:end] in networks for end in ends)
