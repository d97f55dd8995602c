"""Text of the SMT-LIB kind as nested lists of words, each with its line and column; numbers in it,
exactly."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ...kernel.errors import BadInput, OverBudget, displayed, expected

MOST_NESTING = 60
MOST_DIGITS = 400
MOST_EXPONENT = 400
_TOKEN = re.compile(r"""(?P<space>\s+|;[^\n]*)|[()]|\|[^|]*\||"[^"]*"|[^\s()|";]+""")
_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?", re.ASCII)


@dataclass(frozen=True)
class Word:
    text: str
    place: str  # "line 3, column 7"


@dataclass(frozen=True)
class List:
    parts: "tuple[Tree, ...]"
    place: str

    @property
    def head(self) -> str:
        """The first word; "" for a list that begins with none."""
        first = self.parts[0] if self.parts else None
        return first.text if isinstance(first, Word) else ""

    def rest(self, least: int, most: int | None = None) -> "tuple[Tree, ...]":
        """What follows the head, so many."""
        count = len(self.parts) - 1
        if count < least or (most is not None and count > most):
            wanted = f"{least} to {most}"
            if most is None:
                wanted = f"at least {least}"
            elif least == most:
                wanted = str(least)
            raise BadInput(
                self.place, f"expected {wanted} after {displayed(self.head)}, found {count}"
            )
        return self.parts[1:]


Tree = Word | List


def decoded(data: bytes) -> str:
    """UTF-8, perhaps with a mark at its beginning. Only comments may hold more than ASCII.

    >>> decoded(b"; \\xc3\\xa9")
    '; é'
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(
            f"line {line}", f"expected UTF-8, found the byte 0x{data[error.start]:02x}"
        ) from None


def trees(text: str) -> tuple[List, ...]:
    """The lists that the text consists of.

    >>> [found.head for found in trees("(assert (< x 1)) (check-sat)")]
    ['assert', 'check-sat']
    """
    open_lists: list[tuple[str, list[Tree]]] = [("", [])]
    places, position = _Places(text), 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        place = places.at(position)
        if match is None:
            raise expected(place, "a word or a bracket", text[position])
        position = match.end()
        if match["space"] is not None:
            continue
        _taken(match[0], place, open_lists)
    if len(open_lists) != 1:
        raise BadInput(open_lists[-1][0], "expected a bracket that is closed, found the end")
    return tuple(part for part in open_lists[0][1] if isinstance(part, List))


def _taken(word: str, place: str, open_lists: list[tuple[str, list[Tree]]]) -> None:
    if word == "(":
        open_lists.append((place, []))
        if len(open_lists) > MOST_NESTING:
            raise OverBudget(place, f"nested more than {MOST_NESTING} deep")
    elif word == ")" and len(open_lists) > 1:
        start, parts = open_lists.pop()
        open_lists[-1][1].append(List(tuple(parts), start))
    elif word == ")" or len(open_lists) == 1:
        raise expected(place, "an opening bracket", word)
    elif not word.isascii():
        raise expected(place, "ASCII outside comments", word)
    else:
        open_lists[-1][1].append(Word(word, place))


class _Places:
    """Lines and columns of increasing positions."""

    def __init__(self, text: str) -> None:
        self.text, self.line, self.start, self.known = text, 1, 0, 0

    def at(self, position: int) -> str:
        self.line += self.text.count("\n", self.known, position)
        last = self.text.rfind("\n", self.known, position)
        if last >= 0:
            self.start = last + 1
        self.known = position
        return f"line {self.line}, column {position - self.start + 1}"


def decimal(word: Word) -> Fraction | None:
    """The number that a word such as 1, -0.5, +1e-3, .5 or 1. is; None for another word. Raises
    `OverBudget` beyond 400 digits."""
    match = _DECIMAL.fullmatch(word.text)
    if match is None or not (match[2] or match[3]):
        return None
    sign, whole, part, exponent = match[1], match[2] or "", match[3] or "", match[4] or "0"
    if len(whole) + len(part) > MOST_DIGITS:
        raise OverBudget(
            word.place,
            f"a number of {len(whole) + len(part)} digits; at most {MOST_DIGITS} are read",
        )
    if len(exponent) > 6 or abs(int(exponent)) > 1000:
        raise OverBudget(
            word.place,
            f"a number with the exponent {displayed(exponent)[1:-1]}; at most 1000 are read",
        )
    digits, power = int(f"{sign}{whole}{part}"), int(exponent) - len(part)
    return Fraction(digits * 10**power) if power >= 0 else Fraction(digits, 10**-power)


def listed(words: Sequence[str]) -> str:
    """The first six of the words.

    >>> listed("abcdefgh")
    'a, b, c, d, e, f, …'
    """
    first = ", ".join(words[:6])
    return first if len(words) <= 6 else f"{first}, …"
