"""A formula or term as a tree: read from what a person writes, and written in the kernel's
notation. Beyond that notation it has decimals (0.6, 1e-3) and applications of any name.

    written(read("abs(f) <= 0.60"))      "abs(f) <= 3/5"

Nothing here is trusted: the kernel reads again whatever is written.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .kernel.errors import BadInput, OverBudget, displayed
from .kernel.limits import MOST_CHARACTERS, MOST_DEPTH
from .kernel.numerals import natural, numeral

MOST_FACTORS = 100  # of a product
MOST_EXPONENT = 1_000  # of a decimal such as 1e-3
_DECIMAL = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_TOKEN = re.compile(rf"\s*({_DECIMAL}|[A-Za-z][A-Za-z0-9_]*|[<>!]=|\Z|(?s:.))", re.ASCII)
_NUMBER = re.compile(r"([0-9]*+)(?:\.([0-9]*+))?(?:[eE]([+-]?[0-9]++))?", re.ASCII)
_LEVELS = ("implies", "or", "and", "<= < = != >= >", "+ -", "* /", "^")
_LEVEL = {sign: level for level, signs in enumerate(_LEVELS, 1) for sign in signs.split()}
_COMPARED, _SUM, _PRODUCT, _POWER, _OPERAND = 4, 5, 6, 7, 8
_RIGHT = ("implies", "^")  # which group to the right
_WORDS = ("implies", "or", "and", "not", "true", "false")


@dataclass(frozen=True)
class Tree:
    """An expression. `kind`: "name", "number", "apply"; "-" of one part, "+" of any number (of which
    a - b is one), "*", "/", "^"; a "chain" of terms with the relations between them; "not", "and"
    and "or" of any number, "implies". `text`: of a name or what is applied; `number`: of a number,
    at least 0."""

    kind: str
    parts: "tuple[Tree, ...]" = ()
    text: str = ""
    number: Fraction = Fraction(0)
    relations: tuple[str, ...] = ()

    @property
    def is_formula(self) -> bool:
        """Whether it is true or false, not a number."""
        is_constant = self.kind == "name" and self.text in ("true", "false")
        return is_constant or self.kind in ("chain", "not", "and", "or", "implies")

    def nodes(self) -> "Iterator[Tree]":
        """It and all below, what is written first before the rest."""
        yield self
        for part in self.parts:
            yield from part.nodes()


def name(text: str) -> Tree:
    """A name as an expression."""
    return Tree("name", text=text)


def number(value: Fraction) -> Tree:
    """A number as an expression."""
    return Tree("number", number=value) if value >= 0 else minus(number(-value))


def minus(tree: Tree) -> Tree:
    """The negative of a term, short: -(a - b) is b - a."""
    if tree.kind == "-":
        return tree.parts[0]
    if tree.kind in ("*", "/") and tree.parts[0].kind in ("number", "-"):
        return Tree(tree.kind, (minus(tree.parts[0]), tree.parts[1]))
    if tree.kind == "+" and len(tree.parts) == 2 and tree.parts[1].kind == "-":
        return Tree("+", (tree.parts[1].parts[0], Tree("-", tree.parts[:1])))
    return Tree("-", (tree,))


def joined(kind: str, parts: Sequence[Tree]) -> Tree:
    """The sum, conjunction or disjunction of the parts; those of the same kind are merged in."""
    whole = list[Tree]()
    for part in parts:
        own = part.parts if part.kind == kind else (part,)
        whole.extend(own)
    return whole[0] if len(whole) == 1 else Tree(kind, tuple(whole))


def replaced(tree: Tree, by: Callable[[Tree], Tree | None]) -> Tree:
    """The expression where every outermost part for which `by` gives another is that one."""
    other = by(tree)
    if other is not None:
        return other
    parts = tuple(replaced(part, by) for part in tree.parts)
    return tree if parts == tree.parts else Tree(tree.kind, parts, tree.text, tree.number, tree.relations)


def constant(tree: Tree) -> Fraction | None:
    """The number that a term is, whatever its names are; None if it depends on them, or is no
    number."""
    form = linear(tree, ())
    return None if form is None else form[""]


def linear(tree: Tree, names: tuple[str, ...]) -> dict[str, Fraction] | None:
    """The coefficients of an affine term in these names, and its constant under ""; None for
    another term."""
    if tree.kind == "number":
        return {**dict.fromkeys(names, Fraction(0)), "": tree.number}
    if tree.kind == "name" and tree.text in names:
        return {**dict.fromkeys(names, Fraction(0)), "": Fraction(0), tree.text: Fraction(1)}
    if tree.kind not in ("+", "-", "*", "/", "^"):
        return None
    forms = [linear(part, names) for part in tree.parts]
    known = [form for form in forms if form is not None]
    if len(known) != len(forms):
        return None
    return _combined(tree.kind, known)


def _combined(kind: str, forms: list[dict[str, Fraction]]) -> dict[str, Fraction] | None:
    """The form of an operation on forms; None where it is not affine."""
    left, right = forms[0], forms[-1]
    if kind == "-":
        return _scaled(left, Fraction(-1))
    if kind == "+":
        return _total(forms)
    value = _number(right)
    if kind == "*" and value is None:
        value, left = _number(left), right
    if value is None:
        return None
    if kind == "*":
        return _scaled(left, value)
    if kind == "/":
        return _scaled(left, 1 / value) if value else None
    base, small = _number(left), value.denominator == 1 and 1 <= value <= MOST_DEPTH
    if base is None or not small:
        return left if value == 1 else None
    form = dict.fromkeys(left, Fraction(0))
    form[""] = base**value.numerator
    return form


def _total(forms: Sequence[Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """The sum of forms in the same names."""
    return {key: sum((form[key] for form in forms), Fraction(0)) for key in forms[0]}


def _scaled(form: Mapping[str, Fraction], factor: Fraction) -> dict[str, Fraction]:
    return {key: factor * value for key, value in form.items()}


def _number(form: Mapping[str, Fraction]) -> Fraction | None:
    return None if any(value for key, value in form.items() if key) else form[""]


def read(text: object) -> Tree:
    """The expression that a text writes. Raises `BadInput` with the column, `OverBudget` for what
    is too long or too deep."""
    if type(text) is not str or not text.isascii():
        raise BadInput("", f"expected a text in ASCII, found {displayed(text)}")
    if len(text) > MOST_CHARACTERS:
        raise OverBudget("", f"more than {MOST_CHARACTERS} characters")
    return _Reading(text).whole()


class _Reading:
    """One text being read, by precedence of operators."""

    def __init__(self, text: str) -> None:
        self.tokens, self.next = list(_TOKEN.finditer(text)), 0

    def whole(self) -> Tree:
        value = self.expression(0, 0)
        self.must(self.word() == "", "an operator")
        return value

    def word(self) -> str:
        return self.tokens[self.next][1]

    def must(self, condition: bool, what: str, token: re.Match[str] | None = None) -> None:
        if not condition:
            token = token or self.tokens[self.next]
            found = displayed(token[1]) if token[1] else "the end"
            raise BadInput(f"column {token.start(1) + 1}", f"expected {what}, found {found}")

    def term(self, tree: Tree, token: re.Match[str]) -> Tree:
        self.must(not tree.is_formula, "a term beside this", token)
        return tree

    def formula(self, tree: Tree, token: re.Match[str]) -> Tree:
        self.must(tree.is_formula, "a formula beside this", token)
        return tree

    def expression(self, least: int, depth: int) -> Tree:
        """An expression whose operators outside brackets bind at least as tightly as `least`."""
        if depth > MOST_DEPTH:
            raise OverBudget("", f"nested more than {MOST_DEPTH} deep")
        left, is_open, count = self.operand(depth), False, 0
        while _LEVEL.get(self.word(), -1) >= least:
            token = self.tokens[self.next]
            sign, level = token[1], _LEVEL[token[1]]
            self.next += 1
            tightest = level if sign in _RIGHT else level + 1
            right = self.expression(tightest, depth + 1)
            if level != _COMPARED:
                left = self.combined(token, left, right)
            elif is_open:
                after = self.term(right, token)
                left = Tree("chain", (*left.parts, after), relations=(*left.relations, sign))
            else:
                ends = self.term(left, token), self.term(right, token)
                left = Tree("chain", ends, relations=(sign,))
            is_open = level == _COMPARED
            count = count + 1 if level >= _PRODUCT else 0
            self.must(count <= MOST_FACTORS, f"at most {MOST_FACTORS} factors", token)
        return left

    def combined(self, token: re.Match[str], left: Tree, right: Tree) -> Tree:
        """left token right, where that is no comparison."""
        sign = token[1]
        if sign in ("and", "or"):
            return joined(sign, [self.formula(left, token), self.formula(right, token)])
        if sign == "implies":
            return Tree(sign, (self.formula(left, token), self.formula(right, token)))
        first, second = self.term(left, token), self.term(right, token)
        if sign == "-":
            return joined("+", [first, Tree("-", (second,))])
        if sign == "+":
            return joined("+", [first, second])
        return Tree(sign, (first, second))

    def operand(self, depth: int) -> Tree:
        token = self.tokens[self.next]
        word = token[1]
        self.next += 1
        if word[:1].isdigit() or (word[:1] == "." and len(word) > 1):
            return Tree("number", number=self.decimal(word, token))
        if word == "not":
            return Tree("not", (self.formula(self.expression(_COMPARED, depth + 1), token),))
        if word == "-":
            return Tree("-", (self.term(self.expression(_POWER, depth + 1), token),))
        if word == "(":
            inside = self.expression(0, depth + 1)
            self.must(self.word() == ")", "an operator or )")
            self.next += 1
            return inside
        is_name = word[:1].isalpha() and word not in ("implies", "or", "and")
        self.must(is_name, "a term or formula", token)
        return Tree("apply", self.arguments(token, depth), word) if self.word() == "(" else name(word)

    def arguments(self, token: re.Match[str], depth: int) -> tuple[Tree, ...]:
        found: list[Tree] = []
        while not found or self.word() == ",":
            self.next += 1
            found.append(self.term(self.expression(0, depth + 1), token))
        self.must(self.word() == ")", "an operator, a comma or )")
        self.next += 1
        return tuple(found)

    def decimal(self, word: str, token: re.Match[str]) -> Fraction:
        match = _NUMBER.fullmatch(word)
        whole, digits, exponent = match.groups("") if match is not None else ("", "", "")
        self.must(len(exponent) <= 6, f"an exponent of at most {MOST_EXPONENT}", token)
        power = int(exponent or "0") - len(digits)
        short = abs(power) <= max(MOST_EXPONENT, len(digits)) and len(word) <= 6_000
        self.must(short, f"a number of at most 6000 digits, exponents to {MOST_EXPONENT}", token)
        value = natural((whole + digits) or "0")
        return Fraction(value * 10**power) if power >= 0 else Fraction(value, 10**-power)


def written(tree: Tree) -> str:
    """The expression in the kernel's notation, with the fewest brackets; an application stands as
    it is."""
    return _text(tree)[0]


def _text(tree: Tree) -> tuple[str, int]:
    """The text, and how tightly its outermost operator binds."""
    kind = tree.kind
    if kind == "name":
        return tree.text, _OPERAND
    if kind == "number":
        tightness = _OPERAND if tree.number.denominator == 1 else _PRODUCT
        return numeral(tree.number), tightness
    if kind == "apply":
        return f"{tree.text}({', '.join(map(written, tree.parts))})", _OPERAND
    if kind == "not":
        return f"not {_inside(tree.parts[0], _SUM)}", _OPERAND
    if kind == "chain":
        return _chain(tree), _COMPARED
    if kind == "-":
        return _negative(tree.parts[0])
    if kind == "+":
        return _sum(tree), _SUM
    if kind in ("and", "or"):
        level = _LEVEL[kind]
        return f" {kind} ".join(_inside(part, level + 1) for part in tree.parts), level
    return _binary(tree)


def _sum(tree: Tree) -> str:
    first, *others = tree.parts
    text = _inside(first, _SUM)
    for part in others:
        if part.kind == "-":
            text += f" - {_inside(part.parts[0], _PRODUCT)}"
        else:
            text += f" + {_inside(part, _PRODUCT)}"
    return text


def _binary(tree: Tree) -> tuple[str, int]:
    """The text of an operation on two parts, of which one may bind as it does."""
    (left, right), level = tree.parts, _LEVEL[tree.kind]
    if tree.kind in _RIGHT:
        first, second = _inside(left, level + 1), _inside(right, level)
    else:
        first, second = _inside(left, level), _inside(right, level + 1)
    space = "" if level >= _PRODUCT else " "
    return f"{first}{space}{tree.kind}{space}{second}", level


def _negative(part: Tree) -> tuple[str, int]:
    """The text of -part. A numeral is read as the same number, whichever binds first."""
    if part.kind == "number":
        text, level = _text(part)
        return f"-{text}", min(level, _POWER)
    return f"-{_inside(part, _POWER)}", _POWER


def _chain(tree: Tree) -> str:
    first, *others = (_inside(part, _SUM) for part in tree.parts)
    pairs = zip(tree.relations, others, strict=True)
    return first + "".join(f" {relation} {other}" for relation, other in pairs)


def _inside(tree: Tree, least: int) -> str:
    """The text as it stands where only what binds at least so tightly needs no brackets."""
    text, level = _text(tree)
    return text if level >= least else f"({text})"
