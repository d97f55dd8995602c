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

_SIGN = {"<=": "≤", ">=": "≥"}


def usual(claim: Mapping[str, Any]) -> frozenset[str]:
    """The names of a schematic claim that have their usual meaning, and so their usual notation."""
    declared = claim["statement"].get("theory", {}).get("declare", [])
    found: set[str] = set()
    for item in declared:
        name = item.get("define") or item.get("recursion")
        if USUAL.get(name) == item and {"tent": {"relu"}, "D": {"tent"}}.get(name, set()) <= found:
            found.add(name)
    return frozenset(found)


def lines(data: bytes) -> tuple[frozenset[str], list[Line]]:
    """The claim's usual names and its lines. Raises `BadInput` for bytes that are no claim."""
    try:
        claim = json.loads(data)
        statement = claim["statement"]
        if "theory" in statement:
            theory = statement["theory"]
            return usual(claim), [*map(_declaration, theory["declare"]), *map(_goal, theory["goals"])]
        ((kind, body),) = statement.items()
        return frozenset(), [_given(kind, body, claim["networks"])]
    except DepthproofError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadInput("", "expected a claim, found another form") from None


def _quantified(pairs: list[list[str]]) -> list[Node]:
    return [f.ForAll(tuple((name, f.Sort(sort)) for name, sort in pairs))] if pairs else []


def _declaration(item: Mapping[str, Any]) -> Line:
    if "define" in item:
        left = _head(item["define"], [f.Name(name) for name, _ in item["for"]])
        choices = tuple((parsed(guard), parsed(value)) for guard, value in item["cases"])
        body = f.Cases(choices, parsed(item["otherwise"])) if choices else parsed(item["otherwise"])
        return [Text("define "), Formula(f.Chain((left, body), ("=",))), Text(_sorts(item["for"], item["sort"]))]
    if "recursion" in item:
        (n, sort), *others = item["for"]
        rest = [f.Name(name) for name, _ in others]
        starts = f.Chain((_head(item["recursion"], [fraction(sort.removeprefix("Z from ")), *rest]), parsed(item["start"])), ("=",))
        following = _head(item["recursion"], [f.Binary("+", f.Name(n), f.Number("1")), *rest])
        steps = f.Chain((following, parsed(item["step"])), ("=",))
        return [Text("define "), Formula(row(starts, f.Words(",  "), steps)), Text(_sorts(item["for"], item["sort"]))]
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


def _goal(item: Mapping[str, Any]) -> Line:
    return [Text("proved: ", "strong"), Formula(row(*_quantified(item["for"]), parsed(item["holds"])))]


def _given(kind: str, body: Mapping[str, Any], networks: Mapping[str, str]) -> Line:
    """One statement about given networks; a network's name stands for its output, so it is shown as f(x)."""
    if kind == "forall":
        inputs = tuple(f"x{number + 1}" for number in range(len(body["box"]))) if len(body["box"]) > 1 else ("x",)
        variables = tuple((name, f.intervals([side])) for name, side in zip(inputs, body["box"], strict=True))
        where = [f.Words("where "), _shown(body["where"], networks, inputs), f.Words(": ")] if "where" in body else []
        return [Text("for given networks: "), Formula(row(f.ForAll(variables), *where, _shown(body["holds"], networks, inputs)))]
    if kind == "value":
        at = tuple(map(fraction, body["at"]))
        inputs = tuple(f"x{number + 1}" for number in range(len(at))) if len(at) > 1 else ("x",)
        left: Node = f.substituted(_shown(body["of"], networks, inputs), dict(zip(inputs, at, strict=True)))
        return _compared(left, body["is"], fraction(body["value"]))
    if kind == "separation":
        of = _shown(body["of"], networks, ("x",))
        k, zero, one = f.Apply("D", (f.Number(str(body["k"])), f.Name("x"))), fraction("0"), fraction("1")
        distance = f.Integral(f.Absolute(f.Binary("-", k, of)), "x", zero, one)
        return [Text("provided separation.sharp, "), *_compared(distance, ">=", fraction(body["bound"]))]
    on = f.intervals([body["on"]])
    low, high = map(fraction, body["on"])
    of = _shown(body["of"], networks, ("x",))
    if kind == "distance_to_span":
        rest: Node = of
        for number, text in enumerate(body["span"]):
            rest = f.Binary("-", rest, f.Binary("*", f.Name(f"c{number + 1}"), _shown(text, networks, ("x",))))
        names = ", ".join(f"c{number + 1}" for number in range(len(body["span"])))
        infimum = f.Extreme("inf", f.Words(f"{names} real"), f.Integral(f.Absolute(rest), "x", low, high))
        return _compared(infimum, body["is"], fraction(body["bound"]))
    if kind in ("pieces", "activation_intervals"):
        words = "the number of affine pieces of " if kind == "pieces" else "the number of activation intervals of "
        relation = _SIGN.get(body["is"], body["is"])
        return [Text(words), Formula(of), Text(" on "), Formula(on), Text(f" is {relation} {body['count']}".replace("is =", "is"))]
    quantity: Node = f.Integral(f.Absolute(of) if kind == "integral_abs" else of, "x", low, high)
    if kind == "sup_abs":
        quantity = f.Extreme("max", row(f.Name("x"), f.Words(" in "), on), f.Absolute(of))
    elif kind not in ("integral", "integral_abs"):
        raise BadInput("", "expected a statement of a known kind")
    return _compared(quantity, body["is"], fraction(body["bound"]))


def _compared(left: Node, relation: str, right: Node) -> Line:
    return [Formula(f.Chain((left, right), (relation,)))]


def _shown(text: str, networks: Mapping[str, str], inputs: tuple[str, ...]) -> Node:
    """The expression with f as f(x), f2 as f2(x)."""
    tree = parsed(text)
    names = {name for name in re.findall(r"[A-Za-z][A-Za-z0-9_]*", text) if name not in inputs}
    known = {name for name in names if name in networks or any(re.fullmatch(re.escape(key) + "[0-9]+", name) for key in networks)}
    arguments = tuple(f.Name(name) for name in inputs)
    return f.substituted(tree, {name: f.Apply(name, arguments) for name in known})
