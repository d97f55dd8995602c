"""Sizes as the Coq development says them: arithmetic read from its statements, as coqc printed them, and computed here."""

import json
import re
from functools import cache
from pathlib import Path

COQ = Path(__file__).parents[2] / "proofs" / "coq"


@cache
def statements() -> dict[str, str]:
    theorems = json.loads((COQ / "record.json").read_text())["theorems"]
    return {name: " ".join(one["statement"].split()) for name, one in theorems.items()}


def computed(text: str, **values: int) -> int:
    """A term of natural numbers, in Coq's notation."""
    power = re.compile(r"PeanoNat\.Nat\.pow (\d+) (\w+|\([^()]*\))")
    while power.search(text):
        text = power.sub(r"(\1 ^ \2)", text)
    text = re.sub(r"\bS (\w+)", r"(\1 + 1)", text).replace("^", "**").replace("%nat", "")
    return eval(text, {}, values)


def said(theorem: str, pattern: str, **values: int) -> int:
    """What stands at the pattern's group in a theorem's statement, with these values for its names."""
    found = re.search(pattern, statements()[theorem])
    assert found, (theorem, pattern, statements()[theorem])
    return computed(found[1], **values)


def defined(file: str, name: str, **values: int) -> int:
    """The right side of a definition in a file, with these values for its names."""
    found = re.search(rf"Definition {name} .*?:=\s*(.*?)\.\n", (COQ / file).read_text(), re.DOTALL)
    assert found, (file, name)
    return computed(found[1], **values)
