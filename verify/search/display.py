"""Verdicts shown in a notebook: the word, what the kernel checked, the counterexample. Names are
foreign text, and escaped."""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from ..kernel.numerals import numeral

if TYPE_CHECKING:
    from .proving import Proved, Refuted, Undecided

LONGEST = 60


def proved(it: "Proved") -> str:
    """HOLDS, and the kernel's lines."""
    return _shown("HOLDS", it.lines, f"certificate of {len(it.certificate)} bytes")


def refuted(it: "Refuted") -> str:
    """REFUTED, the kernel's lines, and the counterexample."""
    equations = []
    for name, value in {**it.point, **it.outputs}.items():
        text = numeral(value)
        if len(text) > LONGEST:
            text = "…"
        equations.append(f"{name} = {text}")
    return _shown("REFUTED", it.lines[1:], f"{it.goal} is false at {', '.join(equations)}")


def undecided(it: "Undecided") -> str:
    """UNDECIDED, and why.

    >>> from verify.search import Undecided
    >>> undecided(Undecided("time is over"))
    '<div><p><strong>UNDECIDED</strong></p><p>time is over</p></div>'
    """
    return _shown("UNDECIDED", [], it.reason)


def _shown(word: str, lines: Sequence[str], last: str) -> str:
    checked = "\n".join(escape(line.strip()) for line in lines)
    body = f"<pre>{checked}</pre>" if checked else ""
    return f"<div><p><strong>{word}</strong></p>{body}<p>{escape(last)}</p></div>"
