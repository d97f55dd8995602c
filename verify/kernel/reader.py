"""The strict reader: bytes of JSON from a stranger become a tree of dict, list, str, int, bool and None, or one error.

Stricter than JSON: UTF-8 only, no repeated key, no fraction or exponent (exact numbers are strings), no NaN, integers of at most 18
digits; size and nesting are bounded before anything is parsed.
"""

import json
import re
from collections import Counter
from typing import Any

from .errors import BadInput, OverBudget, displayed, need
from .limits import MOST_BYTES, MOST_MARKS, MOST_NESTING

# Strings, brackets, and what is refused: numbers that are not exact, and a comma too many, of which Python's versions say different
# things. A string that does not end is taken as one too, so that no letter is looked at twice.
_MARK = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]|'
                   r'(?P<refused>-?[0-9]++(?:\.[0-9]|[eE][-+]?[0-9])|-?[0-9]{19}|-?Infinity|NaN|,[ \t\n\r]*+[\]}])', re.DOTALL)
_REFUSED = 'exact numbers have at most 18 digits or are strings such as "-3/4"; no comma ends a list'
_WORD = re.compile(r"[^\s,\]}]{1,40}|.", re.DOTALL)


def tree(data: bytes, where: str = "") -> Any:
    """The tree that `data` writes. Raises `BadInput` with a line and column, `OverBudget` if too large."""
    need(len(data) <= MOST_BYTES, f"{len(data)} bytes; at most {MOST_BYTES} are read", OverBudget, where)
    most = f"more than {MOST_NESTING} lists and objects inside each other, or more than {MOST_MARKS} strings and brackets"
    deep = count = 0
    try:
        text = data.decode("utf-8")
        for mark in _MARK.finditer(text):
            count, deep = count + 1, deep + (mark[0] in "[{") - (mark[0] in "]}")
            need(count <= MOST_MARKS and deep <= MOST_NESTING, most, OverBudget, where)
            if mark["refused"]:
                raise json.JSONDecodeError(_REFUSED, text, mark.start())
        return json.loads(text, object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise BadInput(where, f"expected UTF-8, found byte 0x{data[error.start]:02x} at {error.start}") from None
    except json.JSONDecodeError as error:
        word, place = _WORD.match(text, error.pos), f"line {error.lineno} column {error.colno}"
        found = displayed(word[0]) if word else "the end"
        raise BadInput(f"{where}: {place}" if where else place, f"expected JSON, found {found} ({error.msg})") from None


def _object(pairs: list[tuple[str, Any]]) -> Any:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise BadInput("", f"expected each key once, found {displayed(Counter(key for key, _ in pairs).most_common(1)[0][0])} again")
    return result
