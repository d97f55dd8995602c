"""The shapes that formulas are made of, and how MathML, TeX and Typst write each."""

from collections.abc import Sequence

from .escape import html, printable, tex

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
_TEX_LETTERS = {"Δ": r"\Delta ", "σ": r"\sigma ", "ℝ": r"\mathbb{R}", "ℤ": r"\mathbb{Z}"}
_TYPST_FENCES = {
    "⌊": "floor.l",
    "⌋": "floor.r",
    "|": "bar.v",
    "(": "paren.l",
    ")": "paren.r",
    "[": "bracket.l",
    "]": "bracket.r",
}


class Shapes:
    """The shapes that formulas are made of; a subclass says how each is written.

    Every method takes and gives written parts.
    """

    def number(self, text: str) -> str:
        """A numeral."""
        raise NotImplementedError

    def letters(self, name: str) -> str:
        """A name; one letter is set as a variable, more upright."""
        raise NotImplementedError

    def words(self, text: str) -> str:
        """Upright words."""
        raise NotImplementedError

    def sign(self, text: str) -> str:
        """An operator, a relation or a comma."""
        raise NotImplementedError

    def apart(self) -> str:
        """What stands between factors without a dot."""
        raise NotImplementedError

    def row(self, parts: Sequence[str]) -> str:
        """Parts side by side."""
        raise NotImplementedError

    def fraction(self, over: str, under: str) -> str:
        """One over the other."""
        raise NotImplementedError

    def raised(self, base: str, exponent: str) -> str:
        """With an exponent."""
        raise NotImplementedError

    def lowered(self, base: str, index: str) -> str:
        """With an index."""
        raise NotImplementedError

    def fenced(self, left: str, body: str, right: str) -> str:
        """In brackets, or other fences, that grow with the body."""
        raise NotImplementedError

    def cases(self, rows: Sequence[tuple[str, str]]) -> str:
        """(value, guard) below each other, after a brace."""
        raise NotImplementedError

    def integral(self, low: str, high: str, body: str, variable: str) -> str:
        """The integral of a body over a variable."""
        raise NotImplementedError

    def under(self, word: str, below: str, body: str) -> str:
        """An operator such as max with a condition below it, before a body."""
        raise NotImplementedError

    def whole(self, body: str, source: str) -> str:
        """A formula of its own; `source`: the kernel's text of it, or ""."""
        raise NotImplementedError


class MathML(Shapes):
    """MathML, for a page."""

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
        is_tall = "<mfrac" in body or "<mtable" in body or "<msubsup" in body
        tight = "" if is_tall else ' stretchy="false"'
        return f'<mrow><mo form="prefix"{tight}>{left}</mo>{body}<mo form="postfix"{tight}>{right}</mo></mrow>'

    def cases(self, rows: Sequence[tuple[str, str]]) -> str:
        cells = ""
        for value, guard in rows:
            cells += f'<mtr><mtd class="left">{value}</mtd><mtd class="left">{guard}</mtd></mtr>'
        return f'<mrow><mo form="prefix" stretchy="true">{{</mo><mtable>{cells}</mtable></mrow>'

    def integral(self, low: str, high: str, body: str, variable: str) -> str:
        sign = f"<msubsup><mo>∫</mo>{low}{high}</msubsup>"
        return f"<mrow>{sign}{body}<mspace width='.17em'/><mi>d</mi>{variable}</mrow>"

    def under(self, word: str, below: str, body: str) -> str:
        return f"<mrow><munder><mo>{html(word)}</mo>{below}</munder>{body}</mrow>"

    def whole(self, body: str, source: str) -> str:
        if not source:
            return f"<math>{body}</math>"
        return f'<math alttext="{html(source)}">{body}</math>'


class TeX(Shapes):
    r"""TeX with amsmath, between \( and \)."""

    def number(self, text: str) -> str:
        return text

    def letters(self, name: str) -> str:
        if name in _TEX_LETTERS:
            return _TEX_LETTERS[name]
        return name if len(name) == 1 else rf"\mathrm{{{tex(name)}}}"

    def words(self, text: str) -> str:
        return rf"\text{{{tex(text)}}}"

    def sign(self, text: str) -> str:
        if text in _TEX_SIGNS:
            return _TEX_SIGNS[text]
        return text if text in "+-<>=,:/" else rf"\mathbin{{\text{{{tex(text)}}}}}"

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
        lines = r"\\".join(f"{value} & {guard}" for value, guard in rows)
        return rf"\begin{{cases}}{lines}\end{{cases}}"

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
        if len(name) == 1 and name.isascii():
            return f"italic({_string(name)})"
        return f"upright({_string(name)})"

    def words(self, text: str) -> str:
        return _string(text)

    def sign(self, text: str) -> str:
        return f'class("{_class(text)}", {_string(text)})'

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
        return f"lr({_TYPST_FENCES[left]} {body} {_TYPST_FENCES[right]})"

    def cases(self, rows: Sequence[tuple[str, str]]) -> str:
        lines = ", ".join(f"{value} & quad {guard}" for value, guard in rows)
        return f"cases({lines})"

    def integral(self, low: str, high: str, body: str, variable: str) -> str:
        return f"attach(integral, b: {low}, t: {high}){body} thin dif {variable}"

    def under(self, word: str, below: str, body: str) -> str:
        return f"attach(limits(op({_string(word)})), b: {below}){body}"

    def whole(self, body: str, source: str) -> str:
        return f"${body.strip()}$"


def _class(sign: str) -> str:
    """What Typst calls a sign, by which it sets the space around it."""
    if sign in "<=>≤≥≠⇒∈":
        return "relation"
    return "punctuation" if sign in ",:" else "binary"


def _string(text: str) -> str:
    """A string of Typst's code."""
    return '"' + printable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
