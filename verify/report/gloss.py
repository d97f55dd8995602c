"""An author's prose with mathematics in Unicode, taken apart: what is raised, what is lowered, what names a theorem, what is plain."""

import re
from collections.abc import Iterator

_RAISED = r"\^(?:(?P<minus>[−-]?)\((?P<bracket>(?:[^()]|\([^()]*\))*)\)|(?P<up>[−-]?[0-9A-Za-z]+))"
_LETTER = r"(?<=[A-Za-z∏Σ∑])(?<![A-Za-z][A-Za-z])_"
_LOWERED = r"(?:\((?P<low>(?:[^()]|\([^()]*\))*)\)|\{(?P<braced>[^{}]*)\}|(?P<down>[0-9A-Za-z](?![A-Za-z0-9_])))"
_NAME = r"(?P<name>(?<![\w./])[a-z][a-z_]*(?:\.[a-z0-9_]+)+)"
_PART = re.compile(f"{_RAISED}|{_LETTER}{_LOWERED}|{_NAME}")
MOST = 20_000


def parts(text: str, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """("plain" | "up" | "down" | "name", the text); only names that are among `names` are names. Joined, nothing but marks is missing."""
    if len(text) > MOST:
        yield "plain", text
        return
    done = 0
    for match in _PART.finditer(text):
        kind = "name" if match["name"] else "up" if match["bracket"] or match["up"] else "down"
        signed = f"{match['minus']}({match['bracket']})" if match["minus"] else match["bracket"]
        found = match["name"] or signed or match["up"] or match["low"] or match["braced"] or match["down"]
        if not found or (kind == "name" and found not in names):
            continue
        if match.start() > done:
            yield "plain", text[done : match.start()]
        yield kind, found
        done = match.end()
    if done < len(text):
        yield "plain", text[done:]
