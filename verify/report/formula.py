"""The kernel's texts as trees that keep the author's shape, so that they can be set as mathematics; and a way back to the same text.

The grammar is the kernel's (verify/kernel/formulas.py). Nothing here is trusted: a test reads every tree's text back with the kernel.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..kernel.errors import BadInput, OverBudget

_TOKEN = re.compile(r" *(?:(0|[1-9][0-9]*)|([A-Za-z][A-Za-z0-9_]*)|(<=|>=|!=|[-+*/^(),<>=]))", re.ASCII)
_WORDS = {"implies", "or", "and", "not"}
LEVEL = {
    "implies": 1,
    "or": 2,
    "and": 3,
    "not": 4,
    **dict.fromkeys(("<=", "<", "=", "!=", ">=", ">"), 5),
    "+": 6,
    "-": 6,
    "*": 7,
    "/": 7,
    "^": 8,
}
_RELATIONS = frozenset(("<=", "<", "=", "!=", ">=", ">"))
_ATOM = 10
MOST_TOKENS = 400  # longer texts are shown as they are; it also bounds how deep a tree is


@dataclass(frozen=True)
class Number:
    text: str


@dataclass(frozen=True)
class Name:
    name: str


@dataclass(frozen=True)
class Apply:
    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class Unary:
    """not or -, before its operand."""

    sign: str
    operand: "Node"


@dataclass(frozen=True)
class Binary:
    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Chain:
    """0 <= x < 1: operands with the relations between them."""

    operands: tuple["Node", ...]
    relations: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """Upright words inside a formula."""

    text: str


@dataclass(frozen=True)
class Row:
    """Parts side by side."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class ForAll:
    """For all variables, each in its sort (R, Z, "Z from n") or in an interval."""

    variables: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True)
class Sort:
    sort: str


@dataclass(frozen=True)
class Interval:
    low: "Node"
    high: "Node"


@dataclass(frozen=True)
class Product:
    """A × B."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Cases:
    """A value for each guard, the last without one."""

    choices: tuple[tuple["Node", "Node"], ...]
    otherwise: "Node"


@dataclass(frozen=True)
class Integral:
    body: "Node"
    variable: str
    low: "Node"
    high: "Node"


@dataclass(frozen=True)
class Extreme:
    """max, sup or inf of a body under a condition."""

    word: str
    under: "Node"
    body: "Node"


@dataclass(frozen=True)
class Absolute:
    body: "Node"


Node = (
    Number
    | Name
    | Apply
    | Unary
    | Binary
    | Chain
    | Words
    | Row
    | ForAll
    | Sort
    | Interval
    | Product
    | Cases
    | Integral
    | Extreme
    | Absolute
)


def parsed(text: str) -> Node:
    """The tree of a formula or term. Raises `BadInput` where the kernel would."""
    reading = _Reading(text)
    found = reading.expression(0)
    if reading.peek() != "":
        raise BadInput(f"column {reading.tokens[reading.next][2]}", f"expected an operator, found {reading.peek()}")
    return found


class _Reading:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str, int]] = []
        self.next = 0
        self.chained = False  # whether what was read last is a comparison without brackets
        position, body = 0, text.rstrip(" ")
        while position < len(body):
            match = _TOKEN.match(body, position)
            if match is None:
                raise BadInput(f"column {position + 1}", "expected a name, a number or an operator")
            kind = "number" if match[1] else "name" if match[2] and match[2] not in _WORDS else "mark"
            self.tokens.append((kind, match[0].lstrip(" "), position + 1))
            position = match.end()
            if len(self.tokens) > MOST_TOKENS:
                raise OverBudget("", f"a text of more than {MOST_TOKENS} words and signs")
        self.tokens.append(("end", "", len(body) + 1))

    def peek(self) -> str:
        return self.tokens[self.next][1]

    def expression(self, least: int) -> Node:
        left = self.operand()
        while LEVEL.get(self.peek(), -1) >= least and self.peek() != "not":
            sign, chained = self.peek(), self.chained
            self.next += 1
            right = self.expression(LEVEL[sign] + (sign not in ("implies", "^")))
            if sign not in _RELATIONS:
                left = Binary(sign, left, right)
            elif isinstance(left, Chain) and chained:
                left = Chain((*left.operands, right), (*left.relations, sign))
            else:
                left = Chain((left, right), (sign,))
            self.chained = sign in _RELATIONS
        return left

    def operand(self) -> Node:
        kind, text, column = self.tokens[self.next]
        self.next += 1
        self.chained = False
        if kind == "number":
            return Number(text)
        if kind == "name":
            return Apply(text, self.arguments()) if self.peek() == "(" else Name(text)
        if text in ("not", "-"):
            inside = self.expression(LEVEL["not"] if text == "not" else LEVEL["^"])
            return Unary(text, inside)
        if text != "(":
            raise BadInput(f"column {column}", f"expected a term or formula, found {text or 'the end'}")
        found = self.expression(0)
        self.closed()
        self.chained = False
        return found

    def arguments(self) -> tuple[Node, ...]:
        self.next += 1
        found = [self.expression(0)]
        while self.peek() == ",":
            self.next += 1
            found.append(self.expression(0))
        self.closed()
        return tuple(found)

    def closed(self) -> None:
        if self.peek() != ")":
            raise BadInput(f"column {self.tokens[self.next][2]}", f"expected ), found {self.peek() or 'the end'}")
        self.next += 1


def level(node: Node) -> int:
    """How tightly the outermost operator binds."""
    if isinstance(node, Binary):
        return LEVEL[node.sign]
    if isinstance(node, Unary):
        return LEVEL["not"] if node.sign == "not" else 7
    return LEVEL["="] if isinstance(node, Chain) else 0 if isinstance(node, Row) else _ATOM


def needs(node: Node, sign: str, right: bool = False) -> bool:
    """Whether an operand of `sign` is bracketed: to the right of a sign that groups to the left, also at the same level."""
    inner, outer = level(node), LEVEL[sign]
    if sign == "^":
        return inner <= outer if not right else inner < outer
    if isinstance(node, Unary) and node.sign == "-":
        return right and sign in "+-*/"
    return inner < outer or (inner == outer and (right if sign != "implies" else not right))


def written(node: Node) -> str:
    """The tree as text that the kernel reads as the same formula."""
    if isinstance(node, Number):
        return node.text
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Apply):
        return f"{node.name}({', '.join(map(written, node.arguments))})"
    if isinstance(node, Unary):
        return f"not ({written(node.operand)})" if node.sign == "not" else f"-{_within(node.operand, '^')}"
    if isinstance(node, Binary):
        return f"{_within(node.left, node.sign)} {node.sign} {_within(node.right, node.sign, True)}"
    if isinstance(node, Chain):
        parts = [_within(part, "=") if level(part) > LEVEL["="] else f"({written(part)})" for part in node.operands]
        return parts[0] + "".join(f" {relation} {part}" for relation, part in zip(node.relations, parts[1:], strict=True))
    raise BadInput("", f"expected a formula of a claim, found {type(node).__name__}")


def _within(node: Node, sign: str, right: bool = False) -> str:
    return f"({written(node)})" if needs(node, sign, right) else written(node)


def substituted(node: Node, names: dict[str, Node]) -> Node:
    """The tree with names that stand alone replaced."""
    if isinstance(node, Name):
        return names.get(node.name, node)
    if isinstance(node, Apply):
        return Apply(node.name, tuple(substituted(part, names) for part in node.arguments))
    if isinstance(node, Unary):
        return Unary(node.sign, substituted(node.operand, names))
    if isinstance(node, Binary):
        return Binary(node.sign, substituted(node.left, names), substituted(node.right, names))
    if isinstance(node, Chain):
        return Chain(tuple(substituted(part, names) for part in node.operands), node.relations)
    return node


def row(*parts: Node) -> Row:
    return Row(tuple(parts))


def fraction(text: str) -> Node:
    """A rational numeral as a tree."""
    over, slash, under = text.removeprefix("-").partition("/")
    value: Node = Binary("/", Number(over), Number(under)) if slash else Number(over)
    return Unary("-", value) if text.startswith("-") else value


def intervals(pairs: Sequence[Sequence[str]]) -> Node:
    """[a, b] × [c, d] × …"""
    sides = tuple(Interval(fraction(low), fraction(high)) for low, high in pairs)
    return sides[0] if len(sides) == 1 else Product(sides)
