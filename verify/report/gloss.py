"""An author's prose with mathematics in Unicode, taken apart.

Some parts are raised, some are lowered, some name a theorem; the rest is plain.
"""

import re
from collections.abc import Callable, Iterator

_RAISED = r"\^(?:(?P<minus>[−-]?)\((?P<bracket>(?:[^()]|\([^()]*\))*)\)|(?P<up>[−-]?[0-9A-Za-z]+))"
_LETTER = r"(?<=[A-Za-z∏Σ∑])(?<![A-Za-z][A-Za-z])_"
_LOWERED = r"(?:\((?P<low>(?:[^()]|\([^()]*\))*)\)|\{(?P<braced>[^{}]*)\}|(?P<down>[0-9A-Za-z](?![A-Za-z0-9_])))"
_NAME = r"(?P<name>(?<![\w./])[a-z][a-z_]*(?:\.[a-z0-9_]+)+)"
_PART = re.compile(f"{_RAISED}|{_LETTER}{_LOWERED}|{_NAME}")
MOST = 20_000


def parts(text: str, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The kind and the text of each part. A kind is "plain", "up", "down" or "name".

    Only names among `names` are names. The texts joined are the whole, but for the marks that raise and lower.

    >>> list(parts("see x^(k-1) by sawtooth.map", frozenset({"sawtooth.map"})))
    [('plain', 'see x'), ('up', 'k-1'), ('plain', ' by '), ('name', 'sawtooth.map')]
    """
    if len(text) > MOST:
        yield "plain", text
        return
    done = 0
    for match in _PART.finditer(text):
        kind, found = _part(match)
        is_other_name = kind == "name" and found not in names
        if not found or is_other_name:
            continue
        if match.start() > done:
            yield "plain", text[done : match.start()]
        yield kind, found
        done = match.end()
    if done < len(text):
        yield "plain", text[done:]


def woven(
    text: str,
    names: frozenset[str],
    named: Callable[[str], str],
    marked: Callable[[str, str], str],
) -> str:
    """The text as a writer prints it: each name by `named`, every other part by `marked`, with its kind.

    >>> woven("x^(2)", frozenset(), str, lambda kind, words: f"[{kind} {words}]")
    '[plain x][up 2]'
    """
    found = ""
    for kind, words in parts(text, names):
        if kind == "name":
            found += named(words)
        else:
            found += marked(kind, words)
    return found


def _part(match: re.Match[str]) -> tuple[str, str]:
    """The kind and the text of a part that is not plain; the text is empty between empty brackets."""
    if match["name"]:
        return "name", match["name"]
    if match["minus"] and match["bracket"] is not None:
        return "up", f"{match['minus']}({match['bracket']})"
    if match["bracket"] or match["up"]:
        return "up", match["bracket"] or match["up"]
    return "down", match["low"] or match["braced"] or match["down"] or ""
