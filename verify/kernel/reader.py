"""The strict reader: bytes of JSON from a stranger become a tree of dict, list, str, int, bool and None, or one error.

Stricter than JSON: UTF-8 only, no repeated key, no fraction or exponent (exact numbers are strings), no NaN, no lone
surrogate, integers of at most 18 digits; size and nesting are bounded before anything is parsed.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from .errors import BadInput, OverBudget, displayed

MOST_BYTES = 8_000_000
MOST_NESTING = 60
MOST_CONTAINERS = 1_000_000
# A string that does not end is taken as one too, so that no byte is looked at twice.
_STRUCTURE = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|([\[{])|([\]}])', re.DOTALL)


class _Refused:
    """Stands in the tree for something that JSON allows and we do not, until its place is known."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def tree(data: bytes, where: str = "") -> Any:
    """The tree that `data` writes. Raises `BadInput` with a line and column or a JSON pointer, `OverBudget` if too large."""
    if len(data) > MOST_BYTES:
        raise OverBudget(where, f"{len(data)} bytes; at most {MOST_BYTES} are read")
    nesting = containers = 0
    for match in _STRUCTURE.finditer(data):
        if match.lastindex is None:
            continue
        nesting += 1 if match.lastindex == 1 else -1
        containers += match.lastindex == 1
        if nesting > MOST_NESTING or containers > MOST_CONTAINERS:
            most = f"{MOST_NESTING} deep" if nesting > MOST_NESTING else f"{MOST_CONTAINERS} lists and objects"
            raise OverBudget(where, f"more than {most} at byte {match.start()}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(where, f"expected UTF-8, found byte 0x{data[error.start]:02x} at {error.start}") from None
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_int=_whole, parse_float=_real, parse_constant=_real)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise BadInput(f"{where}: {place}" if where else place, f"expected JSON, found {_explained(error, text)}") from None
    _refuse_marks(value, where)
    return value


def _explained(error: json.JSONDecodeError, text: str) -> str:
    return f"{displayed(text[error.pos:error.pos + 12])} ({error.msg})" if error.pos < len(text) else f"the end ({error.msg})"


def _object(pairs: list[tuple[str, Any]]) -> Any:
    result = dict(pairs)
    if len(result) == len(pairs):
        return result
    seen: set[str] = set()
    repeated = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    return _Refused(f"expected each key once, found {displayed(repeated)} again")


def _whole(text: str) -> Any:
    return int(text) if len(text) <= 18 else _Refused(f"expected an integer of at most 18 digits, found one of {len(text)}")


def _real(text: str) -> Any:
    return _Refused(f'expected an exact number (a string such as "-3/4"), found {displayed(text)[1:-1]}')


def _refuse_marks(value: Any, where: str) -> None:
    """Refuses what the parser marked and lone surrogates. Depth first with one iterator a level: no list of the whole tree."""
    path: list[object] = []
    stack: list[Iterator[tuple[object, Any]]] = [iter([("", value)])]
    while stack:
        key, item = next(stack[-1], (None, None))
        if key is None:
            stack.pop()
            del path[len(stack) - 1:]
            continue
        reason = item.reason if type(item) is _Refused else "expected text, found a lone surrogate"
        if type(item) is _Refused or _is_broken(key) or _is_broken(item):
            pointer = "/" + "/".join(ascii(part).strip("'") for part in [*path, key][1:])
            raise BadInput(f"{where}: {pointer}" if where else pointer, reason)
        if type(item) is dict or type(item) is list:
            path.append(key)
            stack.append(iter(item.items() if type(item) is dict else enumerate(item)))


def _is_broken(item: object) -> bool:
    return type(item) is str and not item.isascii() and any(0xD800 <= ord(letter) < 0xE000 for letter in item)
