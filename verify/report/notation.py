"""Trees of formulas as mathematics, in MathML, TeX or Typst.

One walk (`Setter`) knows brackets and customs; each language says how the same dozen `shapes` are written.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from ..kernel.errors import BadInput
from . import formula as f
from .formula import LEVEL, Node, needs
from .shapes import Shapes

_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "implies": "⇒", "-": "−"}
_SUBSCRIPT = re.compile(r"([A-Za-z])([0-9]+)", re.ASCII)


def _defined(head: str, sort: str, cases: list[list[str]], otherwise: str, **variables: str) -> dict[str, Any]:
    """A definition as claims have it."""
    pairs = [list(pair) for pair in variables.items()]
    return {"define": head, "for": pairs, "sort": sort, "cases": cases, "otherwise": otherwise}


# Symbols with a usual notation, used only where a claim declares them exactly so.
USUAL: dict[str, dict[str, Any]] = {
    "relu": _defined("relu", "R", [["x <= 0", "0"]], "x", x="R"),
    "abs": _defined("abs", "R", [["x >= 0", "x"]], "-x", x="R"),
    "tent": _defined("tent", "R", [], "2*relu(x) - 2*relu(2*x - 1)", x="R"),
    "D": _defined("D", "R", [["k = 0", "x"]], "tent(D(k - 1, x))", k="Z from 0", x="R"),
    "pow2": _defined("pow2", "Z", [["n = 0", "1"]], "2*pow2(n - 1)", n="Z from 0"),
    "half": _defined("half", "R", [["n = 0", "1"]], "1/2*half(n - 1)", n="Z from 0"),
    "quarter": _defined("quarter", "R", [["n = 0", "1"]], "1/4*quarter(n - 1)", n="Z from 0"),
}


class Setter:
    r"""Sets trees in one kind of shapes. `usual`: the names that a claim declares as USUAL does.

    >>> from verify.report.formula_source import parsed
    >>> from verify.report.shapes import TeX
    >>> Setter(TeX()).whole(parsed("x1 <= 1/2"))
    '\\({x}_{1}\\leq \\frac{1}{2}\\)'
    """

    def __init__(self, shapes: Shapes, usual: frozenset[str] = frozenset()) -> None:
        self.s, self.usual = shapes, usual

    def whole(self, node: Node) -> str:
        """A tree as a formula of its own, with the kernel's text where it has one."""
        try:
            source = f.written(node)
        except BadInput:  # a tree that is not the kernel's text, such as an integral
            source = ""
        return self.s.whole(self.put(node), source)

    def put(self, node: Node) -> str:
        """A tree as a part of a formula."""
        return _PUT[type(node)](self, node)

    def within(self, node: Node, sign: str, right: bool = False) -> str:
        """An operand of `sign`, the left one or the `right` one, in brackets if it needs them."""
        is_compound_base = sign == "^" and isinstance(node, f.Binary) and not right
        if needs(node, sign, right) or is_compound_base:
            return self.s.fenced("(", self.put(node), ")")
        return self.put(node)

    def name(self, name: str) -> str:
        """A name; of x1 the number is lowered."""
        match = _SUBSCRIPT.fullmatch(name)
        if match is None:
            return self.s.letters(name)
        return self.s.lowered(self.s.letters(match[1]), self.s.number(match[2]))

    def commas(self, parts: Sequence[str]) -> str:
        """Written parts with commas between them."""
        found = list[str]()
        for part in parts:
            if found:
                found.append(self.s.sign(","))
            found.append(part)
        return self.s.row(found)

    def apply(self, node: f.Apply) -> str:
        arguments = [self.put(part) for part in node.arguments]
        has_custom = node.name in self.usual or node.name in ("floor", "div")
        if has_custom and node.name in _CUSTOMS:
            return _CUSTOMS[node.name](self.s, arguments)
        return self.s.row([self.name(node.name), self.s.fenced("(", self.commas(arguments), ")")])

    def binary(self, node: f.Binary) -> str:
        if node.sign == "/":
            return self.s.fraction(self.put(node.left), self.put(node.right))
        if node.sign == "^":
            return self.s.raised(self.within(node.left, "^"), self.put(node.right))
        left, right = self.within(node.left, node.sign), self.within(node.right, node.sign, True)
        return self.s.row([left, self.between(node), right])

    def between(self, node: f.Binary) -> str:
        """The operator between its operands."""
        if node.sign == "*" and _is_dotted(node):
            return self.s.sign("·")
        if node.sign == "*":
            return self.s.apart()
        if node.sign in ("and", "or"):
            return self.s.words(f" {node.sign} ")
        return self.s.sign(_SIGNS.get(node.sign, node.sign))

    def unary(self, node: f.Unary) -> str:
        is_loose = f.level(node.operand) < LEVEL["*"]
        if node.sign == "not":
            body = self.within(node.operand, "not") if is_loose else self.put(node.operand)
            return self.s.row([self.s.words("not "), body])
        body = self.within(node.operand, "^") if is_loose else self.put(node.operand)
        return self.s.row([self.s.sign("−"), body])

    def chain(self, node: f.Chain) -> str:
        parts = [self.within(node.operands[0], "=")]
        for relation, part in zip(node.relations, node.operands[1:], strict=True):
            parts += [self.s.sign(_SIGNS.get(relation, relation)), self.within(part, "=", True)]
        return self.s.row(parts)

    def for_all(self, node: f.ForAll) -> str:
        """Variables of one sort together: for all k, n ∈ ℤ, x ∈ ℝ."""
        parts = []
        for sort, variables in groupby(node.variables, key=lambda variable: variable[1]):
            names = self.commas([self.name(name) for name, _ in variables])
            parts.append(self.s.row([names, self.s.sign("∈"), self.put(sort)]))
        return self.s.row([self.s.words("for all "), self.commas(parts), self.s.words(": ")])

    def sort(self, node: f.Sort) -> str:
        letter, _, least = node.sort.partition(" from ")
        base = self.s.letters({"R": "ℝ", "Z": "ℤ"}.get(letter, letter))
        if not least:
            return base
        return self.s.lowered(base, self.s.row([self.s.sign("≥"), self.put(f.fraction(least))]))

    def cases(self, node: f.Cases) -> str:
        rows = []
        for guard, value in node.choices:
            rows.append((self.put(value), self.s.row([self.s.words("if "), self.put(guard)])))
        rows.append((self.put(node.otherwise), self.s.words("otherwise")))
        return self.s.cases(rows)


def _is_dotted(node: f.Binary) -> bool:
    """Whether a product needs its dot.

    It does before a number or a fraction, between equal names, and where x (y) would read as an application.
    """
    first = node.right
    while isinstance(first, f.Binary) and first.sign in "*^":
        first = first.left
    if needs(node.right, "*", True) or isinstance(first, f.Number):
        return True
    if isinstance(first, f.Binary) and first.sign == "/":
        return True
    if isinstance(first, f.Apply) and first.name in ("pow2", "half", "quarter", "div"):
        return True
    if not isinstance(node.left, f.Name):
        return False
    return len(node.left.name) > 1 or node.left == first


_CUSTOMS: Mapping[str, Callable[[Shapes, list[str]], str]] = {
    "floor": lambda s, a: s.fenced("⌊", a[0], "⌋"),
    "div": lambda s, a: s.fraction(a[0], a[1]),
    "abs": lambda s, a: s.fenced("|", a[0], "|"),
    "relu": lambda s, a: s.row([s.letters("σ"), s.fenced("(", a[0], ")")]),
    "tent": lambda s, a: s.row([s.letters("Δ"), s.fenced("(", a[0], ")")]),
    "D": lambda s, a: s.row([s.raised(s.letters("Δ"), a[0]), s.fenced("(", a[1], ")")]),
    "pow2": lambda s, a: s.raised(s.number("2"), a[0]),
    "half": lambda s, a: s.raised(s.fenced("(", s.fraction(s.number("1"), s.number("2")), ")"), a[0]),
    "quarter": lambda s, a: s.raised(s.fenced("(", s.fraction(s.number("1"), s.number("4")), ")"), a[0]),
}
_PUT: Mapping[type, Callable[[Setter, Any], str]] = {
    f.Number: lambda p, n: p.s.number(n.text),
    f.Name: lambda p, n: p.name(n.name),
    f.Words: lambda p, n: p.s.words(n.text),
    f.Juxtaposition: lambda p, n: p.s.row([p.put(part) for part in n.parts]),
    f.Apply: Setter.apply,
    f.Unary: Setter.unary,
    f.Binary: Setter.binary,
    f.Chain: Setter.chain,
    f.ForAll: Setter.for_all,
    f.Sort: Setter.sort,
    f.Interval: lambda p, n: p.s.fenced("[", p.commas([p.put(n.low), p.put(n.high)]), "]"),
    f.Cases: Setter.cases,
    f.Integral: lambda p, n: p.s.integral(p.put(n.low), p.put(n.high), p.put(n.body), p.name(n.variable)),
    f.Extreme: lambda p, n: p.s.under(n.word, p.put(n.under), p.put(n.body)),
    f.Absolute: lambda p, n: p.s.fenced("|", p.put(n.body), "|"),
}  # fmt: skip
