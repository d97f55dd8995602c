"""JSON, read more strictly than usual, and its trees taken apart.

UTF-8 only, no repeated key, no fraction or exponent (exact numbers are strings), no NaN, integers
of at most 18 digits.
"""

import json
import re
from typing import Any

from .errors import OverBudget, expected, need, want
from .limits import MOST_BYTES, MOST_NESTING, Budget

# Strings, brackets, numbers, and what is refused: numbers that are not exact, and a comma too many,
# of which Python's versions say different things. A string that does not end is taken as one too,
# so that no letter is looked at twice.
_MARK = re.compile(
    r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]|'
    r"(?P<refused>-?[0-9]++(?:\.[0-9]|[eE][-+]?[0-9])|-?[0-9]{19}|-?Infinity|NaN"
    r"|,[ \t\n\r]*+[\]}])|"
    r"-?[0-9]++",
    re.DOTALL,
)
_REFUSED = 'numbers have at most 18 digits or are strings such as "-3/4"; no comma ends a list'
_COST = {"[": 25, "{": 60}  # of anything else 20, and half its letters


def tree(data: bytes, budget: Budget) -> Any:
    """The tree of dict, list, str, int, bool and None that `data` writes. Raises `BadInput` with
    line and column, `OverBudget`."""
    need(len(data) <= MOST_BYTES, f"more than {MOST_BYTES} bytes", OverBudget)
    budget.spend(5 * len(data))
    try:
        text = data.decode("utf-8")
        _scan(text, budget)
        return json.loads(text, object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise expected("", "UTF-8", f"{data[error.start]:#x} at byte {error.start}") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        found = text[error.pos : error.pos + 20] or "the end"
        raise expected(place, f"JSON ({error.msg})", found) from None


def _scan(text: str, budget: Budget) -> None:
    """Refuses, before anything is built, what is too large, too deep, or not exact."""
    deep = 0
    for mark in _MARK.finditer(text):
        word = mark[0]
        budget.spend(_COST.get(word, 20 + len(word) // 2))
        if mark["refused"]:
            raise json.JSONDecodeError(_REFUSED, text, mark.start())
        if word in "]}":
            deep -= 1
        elif word in "[{":
            deep += 1
            need(deep <= MOST_NESTING, f"nested more than {MOST_NESTING} deep", OverBudget)


def _object(pairs: list[tuple[str, Any]]) -> Any:
    whole: Any = {}
    for key, value in pairs:
        want(key not in whole, "each key once", key)
        whole[key] = value
    return whole


def contents(data: bytes, form: str, budget: Budget, *names: str) -> list[Any]:
    """The values under these keys of a file of this format."""
    found, *values = fields(tree(data, budget), "format", *names)
    want(found == form, form, found)
    return values


def fields(item: Any, *names: str) -> list[Any]:
    """The values under exactly these keys of an object."""
    if type(item) is not dict or set(item) != set(names):
        found = ", ".join(item) if type(item) is dict and item else item
        raise expected("", f"an object with the keys {', '.join(names)}", found)
    return [item[name] for name in names]


def listed(value: Any, length: int | None = None) -> list[Any]:
    """The value, which must be a list, of this length if one is given."""
    what = "a list" if length is None else f"a list of {length}"
    want(type(value) is list and length in (None, len(value)), what, value)
    return list(value)
