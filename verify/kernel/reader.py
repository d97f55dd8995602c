"""The strict reader: bytes of JSON from a stranger become a tree of dict, list, str, int, bool and None, or one error.

Stricter than JSON: UTF-8 only, no repeated key, no fraction or exponent (exact numbers are strings), no NaN, integers of at most 18
digits; size and nesting are bounded before anything is parsed.
"""

import json
import re
from collections import Counter
from itertools import accumulate
from typing import Any

from .errors import BadInput, OverBudget, displayed, need

MOST_BYTES = 8_000_000
MOST_NESTING = 60
MOST_CONTAINERS = 300_000
# A string that does not end is taken as one too, so that no byte is looked at twice.
_STRING, _BRACKET = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL), re.compile(rb"[\[\]{}]")
_REFUSED = re.compile(rb"-?[0-9]++(?:\.[0-9]|[eE][-+]?[0-9])[-+.0-9eE]*|-?[0-9]{19,}|-?Infinity|NaN")


def tree(data: bytes, where: str = "") -> Any:
    """The tree that `data` writes. Raises `BadInput` with a line and column, `OverBudget` if too large."""
    need(len(data) <= MOST_BYTES, f"{len(data)} bytes; at most {MOST_BYTES} are read", OverBudget, where)
    bare = bytearray(data)  # with its strings blanked
    for string in _STRING.finditer(data):
        bare[string.start():string.end()] = b" " * (string.end() - string.start())
    brackets = _BRACKET.findall(bare)
    deepest = max(accumulate(1 if bracket in b"[{" else -1 for bracket in brackets), default=0)
    most = f"more than {MOST_NESTING} lists and objects inside each other, or more than {MOST_CONTAINERS} in all"
    need(len(brackets) <= 2 * MOST_CONTAINERS and deepest <= MOST_NESTING, most, OverBudget, where)
    prefix = f"{where}: " if where else ""
    try:
        text, refused = data.decode("utf-8"), _REFUSED.search(bare)
        if refused:
            spot, found = json.JSONDecodeError("", text, len(data[:refused.start()].decode("utf-8"))), refused[0][:40].decode("ascii")
            exact = 'an exact number (an integer of at most 18 digits, or a string such as "-3/4")'
            raise BadInput(f"{prefix}line {spot.lineno} column {spot.colno}", f"expected {exact}, found {found}")
        return json.loads(text, object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise BadInput(where, f"expected UTF-8, found byte 0x{data[error.start]:02x} at {error.start}") from None
    except json.JSONDecodeError as error:
        found = displayed(text[error.pos:error.pos + 12]) if error.pos < len(text) else "the end"
        raise BadInput(f"{prefix}line {error.lineno} column {error.colno}", f"expected JSON, found {found} ({error.msg})") from None


def _object(pairs: list[tuple[str, Any]]) -> Any:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise BadInput("", f"expected each key once, found {displayed(Counter(key for key, _ in pairs).most_common(1)[0][0])} again")
    return result
