"""Formulas as trees that keep the author's shape, so that they can be set as mathematics.

`formula_source` reads them from the kernel's texts; `written` gives a tree's text again. Nothing
here is trusted: a test reads every tree's text back with the kernel.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..kernel.errors import BadInput

LEVEL = {  # of each operator; the higher binds more tightly
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
RELATIONS = frozenset(("<=", "<", "=", "!=", ">=", ">"))
TO_THE_RIGHT = ("implies", "^")  # a ^ b ^ c is a ^ (b ^ c)
_NEGATIVE = 7  # the level of a minus before its operand
_ATOM = 10


@dataclass(frozen=True)
class Number:
    """A numeral, as it is written."""

    text: str


@dataclass(frozen=True)
class Name:
    """A variable, or a constant."""

    name: str


@dataclass(frozen=True)
class Apply:
    """A function at its arguments."""

    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class Unary:
    """not or -, before its operand."""

    sign: str
    operand: "Node"


@dataclass(frozen=True)
class Binary:
    """An operator between its two operands."""

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
class Juxtaposition:
    """Parts side by side, without a sign between them."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class ForAll:
    """For all variables, each in a `Sort` or in an interval."""

    variables: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True)
class Sort:
    """R, Z or "Z from n"."""

    sort: str


@dataclass(frozen=True)
class Interval:
    """A closed interval."""

    low: "Node"
    high: "Node"


@dataclass(frozen=True)
class Cases:
    """A value for each guard, the last without one."""

    choices: tuple[tuple["Node", "Node"], ...]
    otherwise: "Node"


@dataclass(frozen=True)
class Integral:
    """The integral of a body over a variable, from low to high."""

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
    """|body|."""

    body: "Node"


Node = (
    Number
    | Name
    | Apply
    | Unary
    | Binary
    | Chain
    | Words
    | Juxtaposition
    | ForAll
    | Sort
    | Interval
    | Cases
    | Integral
    | Extreme
    | Absolute
)


def level(node: Node) -> int:
    """How tightly the outermost operator binds: a number of `LEVEL`; a greater one where there is none.

    >>> from verify.report.formula_source import parsed
    >>> level(parsed("x + 1")) < level(parsed("2*x")) < level(parsed("x"))
    True
    """
    if isinstance(node, Binary):
        return LEVEL[node.sign]
    if isinstance(node, Unary) and node.sign == "not":
        return LEVEL["not"]
    if isinstance(node, Unary):
        return _NEGATIVE
    if isinstance(node, Chain):
        return LEVEL["="]
    if isinstance(node, Juxtaposition):
        return 0
    return _ATOM


def needs(node: Node, sign: str, right: bool = False) -> bool:
    """Whether an operand of `sign`, the left one or the `right` one, is bracketed.

    >>> from verify.report.formula_source import parsed
    >>> needs(parsed("b - c"), "-"), needs(parsed("b - c"), "-", right=True)
    (False, True)
    """
    if isinstance(node, Unary) and node.sign == "-" and sign != "^":
        return right and sign in "+-*/"
    inner, outer = level(node), LEVEL[sign]
    if inner != outer:
        return inner < outer
    groups_to_the_right = sign in TO_THE_RIGHT
    return right != groups_to_the_right


def written(node: Node) -> str:
    """The tree as text that the kernel reads as the same formula.

    Raises `BadInput` for a tree that is no formula of a claim, such as an integral.

    >>> from verify.report.formula_source import parsed
    >>> written(parsed("2*x<=(1)"))
    '2 * x <= 1'
    """
    if isinstance(node, Number):
        return node.text
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Apply):
        return f"{node.name}({', '.join(map(written, node.arguments))})"
    if isinstance(node, Unary) and node.sign == "not":
        return f"not ({written(node.operand)})"
    if isinstance(node, Unary):
        return f"-{_within(node.operand, '^')}"
    if isinstance(node, Binary):
        return f"{_within(node.left, node.sign)} {node.sign} {_within(node.right, node.sign, True)}"
    if isinstance(node, Chain):
        parts = [_compared(node.operands[0])]
        for relation, operand in zip(node.relations, node.operands[1:], strict=True):
            parts += [relation, _compared(operand)]
        return " ".join(parts)
    raise BadInput("", f"expected a formula of a claim, found {type(node).__name__}")


def _compared(operand: Node) -> str:
    """An operand of a chain, in brackets if it is a formula itself."""
    if level(operand) > LEVEL["="]:
        return _within(operand, "=")
    return f"({written(operand)})"


def _within(node: Node, sign: str, right: bool = False) -> str:
    return f"({written(node)})" if needs(node, sign, right) else written(node)


def substituted(node: Node, names: dict[str, Node]) -> Node:
    """The tree with names that stand alone replaced.

    >>> from verify.report.formula_source import parsed
    >>> written(substituted(parsed("f - g(f)"), {"f": parsed("f(x)")}))
    'f(x) - g(f(x))'
    """
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


def side_by_side(*parts: Node) -> Juxtaposition:
    """These parts as one tree.

    >>> len(side_by_side(Number("2"), Name("x")).parts)
    2
    """
    return Juxtaposition(tuple(parts))


def fraction(text: str) -> Node:
    """A rational numeral as a tree.

    >>> fraction("-1/2")
    Unary(sign='-', operand=Binary(sign='/', left=Number(text='1'), right=Number(text='2')))
    """
    over, slash, under = text.removeprefix("-").partition("/")
    value: Node = Number(over)
    if slash:
        value = Binary("/", value, Number(under))
    if text.startswith("-"):
        value = Unary("-", value)
    return value


def interval(ends: Sequence[str]) -> Interval:
    """The interval between two rational numerals.

    >>> interval(["0", "1"])
    Interval(low=Number(text='0'), high=Number(text='1'))
    """
    low, high = ends
    return Interval(fraction(low), fraction(high))
