"""Trees of formulas as mathematics. One walk knows brackets and customs; MathML, TeX and Typst are tables of the same dozen shapes."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import formula as f
from .escape import html, tex
from .formula import LEVEL, Node, needs

_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "implies": "⇒", "-": "−", "*": "·", "in": "∈", "times": "×"}
_TEX_SIGNS = {
    "≤": r"\leq ",
    "≥": r"\geq ",
    "≠": r"\neq ",
    "⇒": r"\Rightarrow ",
    "−": "-",
    "·": r"\cdot ",
    "∈": r"\in ",
    "×": r"\times ",
    "∀": r"\forall ",
}
_SUBSCRIPT = re.compile(r"([A-Za-z])([0-9]+)", re.ASCII)

# Symbols with a usual notation, used only where a claim declares them exactly so.
USUAL: dict[str, dict[str, Any]] = {
    "relu": {"define": "relu", "for": [["x", "R"]], "sort": "R", "cases": [["x <= 0", "0"]], "otherwise": "x"},
    "abs": {"define": "abs", "for": [["x", "R"]], "sort": "R", "cases": [["x >= 0", "x"]], "otherwise": "-x"},
    "tent": {"define": "tent", "for": [["x", "R"]], "sort": "R", "cases": [], "otherwise": "2*relu(x) - 2*relu(2*x - 1)"},
    "D": {"define": "D", "for": [["k", "Z from 0"], ["x", "R"]], "sort": "R", "cases": [["k = 0", "x"]], "otherwise": "tent(D(k - 1, x))"},
    "pow2": {"define": "pow2", "for": [["n", "Z from 0"]], "sort": "Z", "cases": [["n = 0", "1"]], "otherwise": "2*pow2(n - 1)"},
    "half": {"define": "half", "for": [["n", "Z from 0"]], "sort": "R", "cases": [["n = 0", "1"]], "otherwise": "1/2*half(n - 1)"},
    "quarter": {"define": "quarter", "for": [["n", "Z from 0"]], "sort": "R", "cases": [["n = 0", "1"]], "otherwise": "1/4*quarter(n - 1)"},
}


class Shapes:
    """The shapes that formulas are made of; a subclass says how each is written. Every method takes and gives written parts."""

    def number(self, text: str) -> str:
        raise NotImplementedError

    def letters(self, name: str) -> str:
        raise NotImplementedError

    def words(self, text: str) -> str:
        raise NotImplementedError

    def sign(self, text: str) -> str:
        raise NotImplementedError

    def apart(self) -> str:
        raise NotImplementedError

    def row(self, parts: Sequence[str]) -> str:
        raise NotImplementedError

    def fraction(self, over: str, under: str) -> str:
        raise NotImplementedError

    def raised(self, base: str, exponent: str) -> str:
        raise NotImplementedError

    def lowered(self, base: str, index: str) -> str:
        raise NotImplementedError

    def fenced(self, left: str, body: str, right: str) -> str:
        raise NotImplementedError

    def cases(self, rows: Sequence[tuple[str, str]]) -> str:
        raise NotImplementedError

    def integral(self, low: str, high: str, body: str, variable: str) -> str:
        raise NotImplementedError

    def under(self, word: str, below: str, body: str) -> str:
        raise NotImplementedError

    def whole(self, body: str, source: str) -> str: raise NotImplementedError  # fmt: skip


class MathML(Shapes):
    def number(self, text: str) -> str:
        return f"<mn>{html(text)}</mn>"

    def letters(self, name: str) -> str:
        return f"<mi>{html(name)}</mi>"

    def words(self, text: str) -> str:
        return f"<mtext>{html(text)}</mtext>".replace("> ", ">\u00a0").replace(" <", "\u00a0<")

    def sign(self, text: str) -> str:
        return f"<mo>{html(text)}</mo>"

    def apart(self) -> str:
        return '<mo lspace=".12em" rspace=".06em">\u2062</mo>'

    def row(self, parts: Sequence[str]) -> str:
        return f"<mrow>{''.join(parts)}</mrow>"

    def fraction(self, over: str, under: str) -> str:
        return f"<mfrac>{over}{under}</mfrac>"

    def raised(self, base: str, exponent: str) -> str:
        return f"<msup>{base}{exponent}</msup>"

    def lowered(self, base: str, index: str) -> str:
        return f"<msub>{base}{index}</msub>"

    def fenced(self, left: str, body: str, right: str) -> str:
        tight = "" if "<mfrac" in body or "<mtable" in body or "<msubsup" in body else ' stretchy="false"'
        return f'<mrow><mo form="prefix"{tight}>{left}</mo>{body}<mo form="postfix"{tight}>{right}</mo></mrow>'

    def cases(self, rows: Sequence[tuple[str, str]]) -> str:
        cells = "".join(f'<mtr><mtd class="left">{value}</mtd><mtd class="left">{guard}</mtd></mtr>' for value, guard in rows)
        return f'<mrow><mo form="prefix" stretchy="true">{{</mo><mtable>{cells}</mtable></mrow>'

    def integral(self, low: str, high: str, body: str, variable: str) -> str:
        return f"<mrow><msubsup><mo>∫</mo>{low}{high}</msubsup>{body}<mspace width='.17em'/><mi>d</mi>{variable}</mrow>"

    def under(self, word: str, below: str, body: str) -> str:
        return f"<mrow><munder><mo>{html(word)}</mo>{below}</munder>{body}</mrow>"

    def whole(self, body: str, source: str) -> str:
        return f'<math alttext="{html(source)}">{body}</math>' if source else f"<math>{body}</math>"


class TeX(Shapes):
    def number(self, text: str) -> str:
        return text

    def letters(self, name: str) -> str:
        greek = {"Δ": r"\Delta ", "σ": r"\sigma ", "ℝ": r"\mathbb{R}", "ℤ": r"\mathbb{Z}"}
        return greek.get(name) or (name if len(name) == 1 else rf"\mathrm{{{tex(name)}}}")

    def words(self, text: str) -> str:
        return rf"\text{{{tex(text)}}}"

    def sign(self, text: str) -> str:
        return _TEX_SIGNS.get(text, text if text in "+-<>=,:/" else rf"\mathbin{{\text{{{tex(text)}}}}}")

    def apart(self) -> str:
        return r"\,"

    def row(self, parts: Sequence[str]) -> str:
        return "".join(parts)

    def fraction(self, over: str, under: str) -> str:
        return rf"\frac{{{over}}}{{{under}}}"

    def raised(self, base: str, exponent: str) -> str:
        return rf"{{{base}}}^{{{exponent}}}"

    def lowered(self, base: str, index: str) -> str:
        return rf"{{{base}}}_{{{index}}}"

    def fenced(self, left: str, body: str, right: str) -> str:
        names = {"⌊": r"\lfloor", "⌋": r"\rfloor", "|": "|"}
        return rf"\left{names.get(left, left)} {body}\right{names.get(right, right)} "

    def cases(self, rows: Sequence[tuple[str, str]]) -> str:
        return r"\begin{cases}" + r"\\".join(f"{value} & {guard}" for value, guard in rows) + r"\end{cases}"

    def integral(self, low: str, high: str, body: str, variable: str) -> str:
        return rf"\int_{{{low}}}^{{{high}}}{body}\,d{variable}"

    def under(self, word: str, below: str, body: str) -> str:
        return rf"\operatorname*{{{word}}}_{{{below}}}{body}"

    def whole(self, body: str, source: str) -> str:
        return rf"\({body}\)"


class Typst(Shapes):
    """Typst's mathematics; every name is a string there, so that none is ever read as code."""

    def number(self, text: str) -> str:
        return text

    def letters(self, name: str) -> str:
        return f"italic({_string(name)})" if len(name) == 1 and name.isascii() else f"upright({_string(name)})"

    def words(self, text: str) -> str:
        return _string(text)

    def sign(self, text: str) -> str:
        kind = "relation" if text in "<=>≤≥≠⇒∈" else "punctuation" if text in ",:" else "binary"
        return f'class("{kind}", {_string(text)})'

    def apart(self) -> str:
        return " thin "

    def row(self, parts: Sequence[str]) -> str:
        return "".join(parts)

    def fraction(self, over: str, under: str) -> str:
        return f"frac({over}, {under})"

    def raised(self, base: str, exponent: str) -> str:
        return f"attach({base}, t: {exponent})"

    def lowered(self, base: str, index: str) -> str:
        return f"attach({base}, b: {index})"

    def fenced(self, left: str, body: str, right: str) -> str:
        marks = {"⌊": "floor.l", "⌋": "floor.r", "|": "bar.v", "(": "paren.l", ")": "paren.r", "[": "bracket.l", "]": "bracket.r"}
        return f"lr({marks[left]} {body} {marks[right]})"

    def cases(self, rows: Sequence[tuple[str, str]]) -> str:
        return f"cases({', '.join(f'{value} & quad {guard}' for value, guard in rows)})"

    def integral(self, low: str, high: str, body: str, variable: str) -> str:
        return f"attach(integral, b: {low}, t: {high}){body} thin dif {variable}"

    def under(self, word: str, below: str, body: str) -> str:
        return f"attach(limits(op({_string(word)})), b: {below}){body}"

    def whole(self, body: str, source: str) -> str:
        return f"${body.strip()}$"


def _string(text: str) -> str:
    from .escape import printable

    return '"' + printable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


class Setter:
    """Sets trees in one kind of shapes. `usual`: the names that a claim declares as USUAL does."""

    def __init__(self, shapes: Shapes, usual: frozenset[str] = frozenset()) -> None:
        self.s, self.usual = shapes, usual

    def whole(self, node: Node) -> str:
        try:
            source = f.written(node)
        except Exception:  # a tree that is not the kernel's text, such as an integral
            source = ""
        return self.s.whole(self.put(node), source)

    def put(self, node: Node) -> str:
        return _PUT[type(node)](self, node)

    def within(self, node: Node, sign: str, right: bool = False) -> str:
        bracketed = needs(node, sign, right) or (sign == "^" and isinstance(node, f.Binary) and not right)
        return self.s.fenced("(", self.put(node), ")") if bracketed else self.put(node)

    def name(self, name: str) -> str:
        match = _SUBSCRIPT.fullmatch(name)
        return self.s.lowered(self.s.letters(match[1]), self.s.number(match[2])) if match else self.s.letters(name)

    def commas(self, parts: Sequence[str]) -> str:
        return self.s.row([piece for part in parts for piece in (self.s.sign(","), part)][1:])

    def apply(self, node: f.Apply) -> str:
        arguments = [self.put(part) for part in node.arguments]
        if node.name in _CUSTOMS and (node.name in self.usual or node.name in ("floor", "div")):
            return _CUSTOMS[node.name](self.s, arguments)
        return self.s.row([self.name(node.name), self.s.fenced("(", self.commas(arguments), ")")])

    def binary(self, node: f.Binary) -> str:
        if node.sign == "/":
            return self.s.fraction(self.put(node.left), self.put(node.right))
        if node.sign == "^":
            return self.s.raised(self.within(node.left, "^"), self.put(node.right))
        left, right = self.within(node.left, node.sign), self.within(node.right, node.sign, True)
        if node.sign == "*":
            return self.s.row([left, self.s.sign("·") if _dotted(node) else self.s.apart(), right])
        sign = self.s.words(f" {node.sign} ") if node.sign in ("and", "or") else self.s.sign(_SIGNS.get(node.sign, node.sign))
        return self.s.row([left, sign, right])

    def unary(self, node: f.Unary) -> str:
        body = self.within(node.operand, "^" if node.sign == "-" else "not") if level_low(node) else self.put(node.operand)
        return self.s.row([self.s.words("not ") if node.sign == "not" else self.s.sign("−"), body])

    def chain(self, node: f.Chain) -> str:
        parts = [self.within(node.operands[0], "=")]
        for relation, part in zip(node.relations, node.operands[1:], strict=True):
            parts += [self.s.sign(_SIGNS.get(relation, relation)), self.within(part, "=", True)]
        return self.s.row(parts)

    def for_all(self, node: f.ForAll) -> str:
        groups: list[tuple[list[str], Node]] = []
        for name, sort in node.variables:
            if groups and groups[-1][1] == sort:
                groups[-1][0].append(name)
            else:
                groups.append(([name], sort))
        parts = [self.s.row([self.commas([self.name(n) for n in names]), self.s.sign("∈"), self.put(sort)]) for names, sort in groups]
        return self.s.row([self.s.words("for all "), self.commas(parts), self.s.words(": ")])

    def sort(self, node: f.Sort) -> str:
        letter, _, least = node.sort.partition(" from ")
        base = self.s.letters({"R": "ℝ", "Z": "ℤ"}.get(letter, letter))
        return self.s.lowered(base, self.s.row([self.s.sign("≥"), self.put(f.fraction(least))])) if least else base


def level_low(node: f.Unary) -> bool:
    return f.level(node.operand) < LEVEL["*"] or (node.sign == "not" and f.level(node.operand) <= LEVEL["="])


def _dotted(node: f.Binary) -> bool:
    """Whether a product needs its dot: before a number or a fraction, between equal names, and where x (y) would read as an
    application."""
    first = node.right
    while isinstance(first, f.Binary) and first.sign in "*^":
        first = first.left
    if isinstance(first, f.Number) or needs(node.right, "*", True) or (isinstance(first, f.Binary) and first.sign == "/"):
        return True
    if isinstance(first, f.Apply) and first.name in ("pow2", "half", "quarter", "div"):
        return True
    return isinstance(node.left, f.Name) and (len(node.left.name) > 1 or node.left == first)


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
    f.Row: lambda p, n: p.s.row([p.put(part) for part in n.parts]),
    f.Apply: Setter.apply,
    f.Unary: Setter.unary,
    f.Binary: Setter.binary,
    f.Chain: Setter.chain,
    f.ForAll: Setter.for_all,
    f.Sort: Setter.sort,
    f.Interval: lambda p, n: p.s.fenced("[", p.commas([p.put(n.low), p.put(n.high)]), "]"),
    f.Product: lambda p, n: p.s.row([piece for part in n.parts for piece in (p.s.sign("×"), p.put(part))][1:]),
    f.Cases: lambda p, n: p.s.cases([(p.put(value), p.s.row([p.s.words("if "), p.put(guard)])) for guard, value in n.choices]
                                    + [(p.put(n.otherwise), p.s.words("otherwise"))]),
    f.Integral: lambda p, n: p.s.integral(p.put(n.low), p.put(n.high), p.put(n.body), p.name(n.variable)),
    f.Extreme: lambda p, n: p.s.under(n.word, p.put(n.under), p.put(n.body)),
    f.Absolute: lambda p, n: p.s.fenced("|", p.put(n.body), "|"),
}  # fmt: skip
