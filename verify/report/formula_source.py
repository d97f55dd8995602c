"""Formulas read from the kernel's texts, as trees (`formula`).

The grammar is the kernel's (verify/kernel/formulas.py). Nothing here is trusted: a test reads every
tree's text back with the kernel.
"""

import re
from typing import NamedTuple

from ..kernel.errors import BadInput, OverBudget
from .formula import LEVEL, RELATIONS, TO_THE_RIGHT, Apply, Binary, Chain, Name, Node, Number, Unary

MOST_TOKENS = 400  # longer texts are shown as they are; it also bounds how deep a tree is
_TOKEN = re.compile(
    r" *(?:(?P<number>0|[1-9][0-9]*)|(?P<word>[A-Za-z][A-Za-z0-9_]*)|<=|>=|!=|[-+*/^(),<>=])",
    re.ASCII,
)
_WORDS = {"implies", "or", "and", "not"}


def parsed(text: str) -> Node:
    """The tree of a formula or term.

    Raises `BadInput` where the kernel would, `OverBudget` beyond MOST_TOKENS words and signs.

    >>> parsed("2*x")
    Binary(sign='*', left=Number(text='2'), right=Name(name='x'))
    """
    reading = _Reading(text)
    found = reading.expression(0)
    if reading.sign() != "":
        raise BadInput(f"column {reading.column()}", f"expected an operator, found {reading.sign()}")
    return found


class _Token(NamedTuple):
    """A word of the text. `kind`: number, name, mark (words such as `not` are marks too) or end; `column`: from 1."""

    kind: str
    text: str
    column: int


def _tokens(text: str) -> list[_Token]:
    """The words of the text, and the end after them."""
    found: list[_Token] = []
    position, body = 0, text.rstrip(" ")
    while position < len(body):
        match = _TOKEN.match(body, position)
        if match is None:
            raise BadInput(f"column {position + 1}", "expected a name, a number or an operator")
        found.append(_Token(_kind(match), match[0].lstrip(" "), position + 1))
        position = match.end()
        if len(found) > MOST_TOKENS:
            raise OverBudget("", f"a text of more than {MOST_TOKENS} words and signs")
    found.append(_Token("end", "", len(body) + 1))
    return found


def _kind(match: re.Match[str]) -> str:
    if match["number"]:
        return "number"
    if match["word"] and match["word"] not in _WORDS:
        return "name"
    return "mark"


class _Reading:
    """Reads one text from left to right, by the levels of its operators."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.next = 0
        self.chained = False  # whether what was read last is a comparison without brackets

    def sign(self) -> str:
        """The next word; "" at the end."""
        return self.tokens[self.next].text

    def column(self) -> int:
        """Where the next word begins."""
        return self.tokens[self.next].column

    def expression(self, least: int) -> Node:
        """Reads on as long as operators are of this level or a higher one."""
        left = self.operand()
        while LEVEL.get(self.sign(), -1) >= least and self.sign() != "not":
            sign, chained = self.sign(), self.chained
            self.next += 1
            right = self.expression(_level_to_the_right(sign))
            if sign not in RELATIONS:
                left = Binary(sign, left, right)
            elif isinstance(left, Chain) and chained:
                left = Chain((*left.operands, right), (*left.relations, sign))
            else:
                left = Chain((left, right), (sign,))
            self.chained = sign in RELATIONS
        return left

    def operand(self) -> Node:
        """Reads a number, a name, an application, what is in brackets, or one of these after `not` or a minus."""
        token = self.tokens[self.next]
        self.next += 1
        self.chained = False
        if token.kind == "number":
            return Number(token.text)
        if token.kind == "name" and self.sign() == "(":
            return Apply(token.text, self.arguments())
        if token.kind == "name":
            return Name(token.text)
        if token.text == "not":
            return Unary("not", self.expression(LEVEL["not"]))
        if token.text == "-":
            return Unary("-", self.expression(LEVEL["^"]))
        if token.text != "(":
            raise BadInput(f"column {token.column}", f"expected a term or formula, found {token.text or 'the end'}")
        found = self.expression(0)
        self.closed()
        self.chained = False
        return found

    def arguments(self) -> tuple[Node, ...]:
        """Reads what is in the brackets after a function's name."""
        self.next += 1
        found = [self.expression(0)]
        while self.sign() == ",":
            self.next += 1
            found.append(self.expression(0))
        self.closed()
        return tuple(found)

    def closed(self) -> None:
        """Reads the closing bracket."""
        if self.sign() != ")":
            raise BadInput(f"column {self.column()}", f"expected ), found {self.sign() or 'the end'}")
        self.next += 1


def _level_to_the_right(sign: str) -> int:
    """The least level of what is read to the right of an operator.

    It is the operator's own if that groups to the right, otherwise the next one.
    """
    if sign in TO_THE_RIGHT:
        return LEVEL[sign]
    return LEVEL[sign] + 1
