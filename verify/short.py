"""What a user says of given networks, in short, as the claim that the kernel checks.

    {"forall": {"box": [["0", "1"]], "holds": "f - g <= 1/100"}}     perhaps with "where": a formula
    {"forall": {"box": "R", "where": "x1 <= x2", "holds": "f = x2"}}
    {"pieces": {"of": "f", "on": ["0", "1"], "is": "<=", "count": 40}}
    {"integral": {"of": "f", "on": ["0", "1"], "is": "=", "bound": "1/2"}}
    {"distance_to_span": {"of": "f", "span": ["1", "x"], "on": ["0", "1"], "is": ">=",
     "bound": "1/32"}}
    {"value": {"of": "f", "at": ["1/2"], "is": "=", "value": "1"}}

Like `integral` are `integral_abs` and `sup_abs`. Numbers may be decimals, and formulas compare abs,
max and min (see `plain`). Each is read with the kernel's vocabulary of the networks, in which
nothing is declared yet.

A formula that speaks often of large networks with one input gets short names for their outputs
(define y = f): the kernel reads an output anew, with all its units, wherever it stands.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from .kernel.declare import Vocabulary, entries
from .kernel.errors import BadInput, displayed, expected, need, placed
from .kernel.formulas import formula, term
from .kernel.numerals import numeral, rational
from .kernel.strict_json import fields, listed
from .kernel.terms import Formula, Junction, Polynomial
from .plain import compared, fraction, is_plain, plain
from .spelling import advised

RELATIONS = ("<=", "<", "=", ">=", ">", "!=")
NAMES = {
    "pieces": "pieces",
    "integral": "integral",
    "integral_abs": "integral",
    "sup_abs": "maximum",
    "distance_to_span": "distance",
}
KINDS = ("forall", "value", *NAMES)
GOAL = "claim"
LONG = 10_000  # coefficients of outputs in a formula's text, up to which they are written out
EVERYWHERE = "R"
_EVERYWHERE = '; all of R^n is "box": "R"'
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)

Body = Mapping[str, Any]


class Meant(NamedTuple):
    """What a short statement means: the kernel's declarations, the goal's formula; and a formula
    that some point must satisfy, or else the statement says nothing ("" if there is none)."""

    declarations: list[dict[str, Any]]
    holds: str
    where: str


def meant(statement: Any, known: Vocabulary) -> Meant:
    """What the statement means. Raises `BadInput` with the place in the statement."""
    is_object = type(statement) is dict
    if not is_object or len(statement) != 1 or next(iter(statement)) not in KINDS:
        keys = ", ".join(statement) if is_object else statement
        kinds = ", ".join(KINDS)
        what = f"an object with one of the keys {kinds}, or with declare and goals"
        raise expected("/statement", what, keys)
    if not known.graph.inputs:
        raise expected("/networks", "at least one network", {})
    ((kind, body),) = statement.items()
    if kind in NAMES:
        return _measured(kind, body, known)
    return _everywhere(body, known) if kind == "forall" else _at_a_point(body, known)


def in_notation(statement: Body) -> dict[str, Any]:
    """A statement with `declare` and `goals`, its texts in the kernel's notation. What is not of
    its form is left for the kernel to refuse."""
    items = [item for part in statement.values() if type(part) is list for item in part]
    declared = list[str]()
    for item in items:
        if type(item) is dict:
            names = [item.get(key) for key in ("define", "free", "measure")]
            declared += [name for name in names if type(name) is str]
    found = dict(statement)
    for key, part in statement.items():
        if type(part) is list:
            places = [f"/statement/{key}/{index}" for index in range(len(part))]
            found[key] = [_item(item, place, declared) for item, place in zip(part, places, strict=True)]
    return found


def _item(item: Any, place: str, declared: Sequence[str]) -> Any:
    """A declaration or goal in the kernel's notation."""
    if type(item) is not dict:
        return item
    found = dict(item)
    for key in item.keys() & {"holds", "of", "otherwise"}:
        with placed(f"{place}/{key}"):
            found[key] = plain(item[key], declared)
    for key in item.keys() & {"cases", "span"}:
        with placed(f"{place}/{key}"):
            found[key] = _each(item[key], lambda text: plain(text, declared))
    if "on" in item:
        with placed(f"{place}/on"):
            found["on"] = _each(item["on"], fraction)
    return found


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    """The value with every text in it changed."""
    return [_each(one, change) for one in value] if type(value) is list else change(value)


def is_affine(p: Polynomial) -> bool:
    """Whether it is a sum of multiples of values."""
    return all(len(monomial) < 2 for monomial, _ in p.terms)


def _everywhere(body: Any, known: Vocabulary) -> Meant:
    is_restricted = type(body) is dict and "where" in body
    if type(body) is dict and "box" not in body:
        raise BadInput("/statement/forall", f"expected a box, found none{_EVERYWHERE}")
    keys = ("box", "holds", "where") if is_restricted else ("box", "holds")
    _keys("forall", body, *keys)
    inside = _inside(body["box"], known)
    texts = {}
    for key in ("where", "holds"):
        if key in body:
            with placed(f"/statement/forall/{key}"), advised(body[key], _spoken(known)):
                texts[key] = plain(body[key], known.terms.symbols)
    declared, said = _named(texts, known)
    if is_restricted:
        inside.append(f"({said['where']})")
    points = " and ".join(inside)
    holds = f"{points} implies {said['holds']}" if inside else said["holds"]
    restricted = points if is_restricted else ""
    return Meant(declared, holds, restricted)


def _inside(box: Any, known: Vocabulary) -> list[str]:
    """The formulas that say that each input is within its side of the box; none of all of R^n."""
    inputs = _inputs(known)
    if box == EVERYWHERE:
        return []
    with placed("/statement/forall/box"):
        endless = _endless(box)
        if endless is not None:
            what = 'expected a side such as ["-1", "0.5"] for each input'
            raise BadInput("", f"{what}, found {displayed(endless)}{_EVERYWHERE}")
        inside = []
        for name, side in zip(inputs, listed(box, len(inputs)), strict=True):
            low, high = map(numeral, _side(side, known))
            within = f"{name} = {low}" if low == high else f"{low} <= {name} <= {high}"
            inside.append(within)
    return inside


def _endless(box: Any) -> str | None:
    """The text, such as R or inf, that stands for a line without an end where numbers were expected; None if there is none."""
    if type(box) is not list:
        return box if type(box) is str else None
    ends = [end for side in box if type(side) is list for end in side]
    for end in [*box, *ends]:
        if type(end) is str and end.lower().lstrip("+-") in {"r", "inf", "infinity", "oo"}:
            return end
    return None


def _spoken(known: Vocabulary) -> list[str]:
    """The names of outputs and inputs."""
    found = []
    for key, parts in known.networks.items():
        found += entries(key, len(parts))
    return found + _inputs(known)


def _named(texts: Mapping[str, Any], known: Vocabulary) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The formulas, which are read, so that they mean the same between brackets; and definitions of
    the names that they have for outputs where these would be long."""
    names = _names(texts.values(), known)
    scope = {name: known.terms.variable(name, "R") for name in names}
    every_one_is_affine = True
    for key, text in texts.items():
        place, shown = placed(f"/statement/forall/{key}"), placed(displayed(text))
        with place, shown, advised(text, _spoken(known)):
            every_one_is_affine &= _compares_affine(formula(text, known.terms, scope))
    if not names or not every_one_is_affine:
        return [], dict(texts)
    declared = [
        {"define": short, "for": [], "sort": "R", "cases": [], "otherwise": name}
        for name, short in names.items()
    ]

    def renamed(match: re.Match[str]) -> str:
        return names.get(match[0], match[0])

    return declared, {key: _WORD.sub(renamed, text) for key, text in texts.items()}


def _names(texts: Iterable[Any], known: Vocabulary) -> dict[str, str]:
    """A new name for each output in the texts, of networks with one input; none where it does not
    pay."""
    words = Counter(word for text in texts if type(text) is str for word in _WORD.findall(text))
    length, found = 0, []
    for key, parts in known.networks.items():
        for name, output in zip(entries(key, len(parts)), parts, strict=True):
            length += words[name] * len(output.terms)
            if name in words:
                found.append(name)
    if known.graph.inputs != 1 or length <= LONG:
        return {}
    title = "y"
    while not all(map(known.is_free, entries(title, len(found)))):
        title += "_"
    return dict(zip(found, entries(title, len(found)), strict=True))


def _compares_affine(said: Formula) -> bool:
    """Whether all its comparisons are of sums of multiples of values."""
    if isinstance(said, Junction):
        return all(map(_compares_affine, said.parts))
    return is_affine(said.polynomial)


def _at_a_point(body: Any, known: Vocabulary) -> Meant:
    _keys("value", body, "of", "at", "is", "value")
    inputs = _inputs(known)
    with placed("/statement/value/at"):
        point = [_number(text, known) for text in listed(body["at"], len(inputs))]
    equations = [f"{name} = {numeral(x)}" for name, x in zip(inputs, point, strict=True)]
    relation, value = _comparison("value", "value", body, known)
    with placed("/statement/value/of"), advised(body["of"], _spoken(known)):
        if is_plain(body["of"], known.terms.symbols):
            _read(body["of"], term, known)
        said = compared(body["of"], relation, value, known.terms.symbols)
        _read(said, formula, known)
    return Meant([], f"{' and '.join(equations)} implies {said}", "")


def _measured(kind: str, body: Any, known: Vocabulary) -> Meant:
    bound = "count" if kind == "pieces" else "bound"
    spanned = ["span"] if kind == "distance_to_span" else []
    _keys(kind, body, "of", "on", "is", bound, *spanned)
    with placed(f"/statement/{kind}/on"):
        low, high = _side(body["on"], known)
        what = "expected networks with one input, and an interval of positive length"
        need(low < high and known.graph.inputs == 1, what, BadInput)
    name = NAMES[kind]
    while name in known.terms.symbols or not known.is_free(name):
        name += "_"
    of = _affine(kind, "of", body["of"], known)
    ends = [numeral(low), numeral(high)]
    item = {"measure": name, "is": kind.removesuffix("_to_span"), "of": of, "on": ends}
    if spanned:
        with placed(f"/statement/{kind}/span"):
            span = listed(body["span"])
        item["span"] = [_affine(kind, "span", text, known) for text in span]
    relation, value = _comparison(kind, bound, body, known)
    return Meant([item], f"{name} {relation} {value}", "")


def _inputs(known: Vocabulary) -> list[str]:
    return entries("x", known.graph.inputs)


def _side(interval: Any, known: Vocabulary) -> tuple[Fraction, Fraction]:
    """The ends of an interval that is not empty."""
    low, high = (_number(text, known) for text in listed(interval, 2))
    found = f"[{numeral(low)}, {numeral(high)}]"
    what = f"expected an interval from a smaller to a larger number, found {found}"
    need(low <= high, what, BadInput)
    return low, high


def _keys(kind: str, body: Any, *keys: str) -> None:
    with placed(f"/statement/{kind}"):
        fields(body, *keys)


def _number(text: Any, known: Vocabulary) -> Fraction:
    if type(text) is int:
        raise expected("", f'"{text}", a number in quotes', text)
    return rational(fraction(text), known.budget)


def _affine(kind: str, key: str, text: Any, known: Vocabulary) -> str:
    """The same of an affine term."""
    with placed(f"/statement/{kind}/{key}"), advised(text, _spoken(known)):
        said = plain(text, known.terms.symbols)
        if not is_affine(_read(said, term, known)):
            raise expected("", "an affine expression", text)
    return str(said)


def _read(text: Any, reader: Any, known: Vocabulary) -> Any:
    """What the kernel reads there, the text being the place of errors."""
    with placed(displayed(text)):
        return reader(text, known.terms, {})


def _comparison(kind: str, key: str, body: Body, known: Vocabulary) -> tuple[str, str]:
    """The relation, and the whole number or numeral under this key."""
    relation, value = body["is"], body[key]
    if relation not in RELATIONS:
        raise expected(f"/statement/{kind}/is", f"a relation: {', '.join(RELATIONS)}", relation)
    with placed(f"/statement/{kind}/{key}"):
        if key != "count":
            return relation, numeral(_number(value, known))
        if type(value) is not int:
            raise expected("", "a whole number", value)
        return relation, str(value)
