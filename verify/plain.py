"""Formulas as a person writes them, in the kernel's notation: decimals become fractions, and what
compares abs(...), max(..., ...) or min(..., ...) becomes comparisons without them.

    plain("abs(f - g) <= 0.01")      "-1/100 <= f - g <= 1/100"
    plain("max(f, g) < 1")           "f < 1 and g < 1"
    plain("x*abs(y) <= 1")           "y >= 0 and x*y <= 1 or -y >= 0 and x*-y <= 1"

The two say the same for all numbers. A text in the kernel's notation stays as it is.
"""

import re
from collections.abc import Container, Sequence
from fractions import Fraction

from .expression import Tree, constant, joined, minus, read, replaced, written
from .kernel.errors import BadInput, OverBudget, expected
from .kernel.numerals import numeral
from .rational import sign

FUNCTIONS = ("abs", "max", "min")
MOST_COMPARISONS = 2_000
_FUNCTION = re.compile(r"\b(abs|max|min) ?\(", re.ASCII)
_FRACTION = re.compile(r"[0-9]\.|\.[0-9]|\b[0-9]+[eE]", re.ASCII)
_DECIMAL = re.compile(r"[0-9.]+(?:[eE][+-]?[0-9]+)?", re.ASCII)
_FLIPPED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<"}
_BOTH = {"=": ("and", "<=", ">="), "!=": ("or", "<", ">")}


def is_plain(text: object, declared: Container[str] = ()) -> bool:
    """Whether nothing in the text is beyond the kernel's notation; then it is left as it is."""
    if type(text) is not str:
        return True
    functions = [word for word in _FUNCTION.findall(text) if word not in declared]
    return not functions and _FRACTION.search(text) is None


def plain(text: object, declared: Container[str] = ()) -> object:
    """The formula in the kernel's notation; a term, if nothing but decimals is beyond that. What
    is declared (abs in a theory, say) is no function of this notation. Raises `BadInput` with the
    column, `OverBudget`."""
    if is_plain(text, declared):
        return text
    return written(rewritten(read(text), declared))


def compared(left: str, relation: str, right: str, declared: Container[str] = ()) -> str:
    """The comparison of two terms in the kernel's notation. Terms in that notation stand as they
    are, unread."""
    if is_plain(left, declared) and is_plain(right):
        return f"{left} {relation} {right}"
    ends = read(left), read(right)
    for end in ends:
        if end.is_formula:
            raise BadInput("", f"expected a term, found a formula: {written(end)[:60]}")
    return written(rewritten(Tree("chain", ends, relations=(relation,)), declared))


def fraction(text: object) -> object:
    """The numeral of what a decimal writes: "-3/5" for "-0.60"; any other text as it is."""
    if is_plain(text):
        return text
    value, digits = constant(read(text)), str(text).removeprefix("-")
    if value is None or _DECIMAL.fullmatch(digits) is None:
        raise expected("", 'a number such as "-3/4" or "0.75"', text)
    return numeral(value)


def rewritten(tree: Tree, declared: Container[str] = ()) -> Tree:
    """The same of an expression that was read."""
    names = [function for function in FUNCTIONS if function not in declared]
    return _Rewriting(names).whole(tree)


class _Rewriting:
    """One formula being rewritten; `count`: its comparisons so far."""

    def __init__(self, functions: Sequence[str]) -> None:
        self.functions, self.count = functions, 0

    def whole(self, tree: Tree) -> Tree:
        for node in tree.nodes():
            if self.of_these(node) and node.text == "abs" and len(node.parts) != 1:
                raise BadInput("", f"expected abs of one term, found {len(node.parts)}")
        if not tree.is_formula and self.found(tree) is not None:
            what = "abs, max and min in formulas only; what is measured is affine"
            raise BadInput("", f"expected {what}, found {written(tree)[:60]}")
        return self.formula(tree)

    def of_these(self, tree: Tree) -> bool:
        return tree.kind == "apply" and tree.text in self.functions

    def found(self, tree: Tree) -> Tree | None:
        """The first of the functions that is in no other."""
        return next(filter(self.of_these, tree.nodes()), None)

    def formula(self, tree: Tree) -> Tree:
        if self.found(tree) is None:
            return tree
        if tree.kind != "chain":
            parts = tuple(self.formula(part) for part in tree.parts)
            is_many = tree.kind in ("and", "or")
            return joined(tree.kind, parts) if is_many else Tree(tree.kind, parts, tree.text)
        links = zip(tree.parts, tree.relations, tree.parts[1:], strict=False)
        return joined("and", [self.comparison(*link) for link in links])

    def comparison(self, left: Tree, relation: str, right: Tree) -> Tree:
        """left relation right, without the functions."""
        it = Tree("chain", (left, right), relations=(relation,))
        function = self.found(it)
        if function is None:
            self.count += 1
            if self.count > MOST_COMPARISONS:
                what = "comparisons once abs, max and min are written out"
                raise OverBudget("", f"more than {MOST_COMPARISONS} {what}")
            return it
        short = self.between(left, relation, right) or self.between(right, _FLIPPED.get(relation, ""), left)
        if short is not None:
            return short
        slope = self.slope(it, function)
        if slope is None:
            return self.by_cases(it, function)
        if relation in _BOTH:
            connective, *two = _BOTH[relation]
            return joined(connective, [self.comparison(left, each, right) for each in two])
        values = _values(function)
        if not slope:
            return self.replaced(it, function, values[0])
        at_most = (slope > 0) == (relation in ("<=", "<"))
        every = at_most == (function.text != "min")
        connective = "and" if every else "or"
        return joined(connective, [self.replaced(it, function, value) for value in values])

    def replaced(self, it: Tree, function: Tree, value: Tree) -> Tree:
        """The comparison with the value for the function wherever it stands."""
        left, right = (_put(part, function, value) for part in it.parts)
        return self.comparison(left, it.relations[0], right)

    def between(self, left: Tree, relation: str, right: Tree) -> Tree | None:
        """abs(t) <= c as -c <= t <= c, abs(t) >= c as t >= c or t <= -c; None for anything else."""
        is_abs = self.of_these(left) and left.text == "abs"
        if not is_abs or relation not in _FLIPPED or self.found(right) or self.found(left.parts[0]):
            return None
        self.count += 2
        if relation in ("<=", "<"):
            return Tree("chain", (minus(right), left.parts[0], right), relations=(relation, relation))
        above = Tree("chain", (left.parts[0], right), relations=(relation,))
        below = Tree("chain", (left.parts[0], minus(right)), relations=(_FLIPPED[relation],))
        return joined("or", [above, below])

    def slope(self, it: Tree, function: Tree) -> int | None:
        """The sign of the function's coefficient in left - right, wherever it stands; None if it
        has none, or several."""
        left, right = (_signs(part, function) for part in it.parts)
        if left is None or right is None:
            return None
        signs = left | {-sign for sign in right}
        return None if len(signs) > 1 else next(iter(signs))

    def by_cases(self, it: Tree, function: Tree) -> Tree:
        """For each value that the function may take: where it takes it, and what holds there."""
        cases = []
        values = _values(function)
        relation = "<=" if function.text == "min" else ">="
        for value in values:
            others = [other for other in values if other is not value]
            guard = [self.comparison(*_guard(value, relation, other, function)) for other in others]
            cases.append(joined("and", [*guard, self.replaced(it, function, value)]))
        return joined("or", cases)


def _values(function: Tree) -> Sequence[Tree]:
    """The terms of which the function is always one."""
    if function.text == "abs":
        return [function.parts[0], minus(function.parts[0])]
    return function.parts


def _guard(value: Tree, relation: str, other: Tree, function: Tree) -> tuple[Tree, str, Tree]:
    """What holds where the function is this value: it is compared with the other."""
    return (value, ">=", Tree("number")) if function.text == "abs" else (value, relation, other)


def _put(tree: Tree, function: Tree, value: Tree) -> Tree:
    """The term with the value for the function; a sign before it is drawn in."""

    def by(part: Tree) -> Tree | None:
        if part == function:
            return value
        return minus(value) if part.kind == "-" and part.parts[0] == function else None

    return replaced(tree, by)


def _signs(tree: Tree, function: Tree) -> set[int] | None:
    """The signs of the coefficients with which the function stands in a term; None if some place
    is not of this kind."""
    if tree == function:
        return {1}
    if function not in tree.nodes():
        return set()
    if tree.kind == "*":
        one, other = tree.parts
        return _multiplied(one, other, function) or _multiplied(other, one, function)
    if tree.kind == "/":
        over, under = tree.parts
        return _multiplied(Tree("/", (Tree("number", number=Fraction(1)), under)), over, function)
    if tree.kind not in ("+", "-"):
        return None
    found = set[int]()
    for part in tree.parts:
        signs = _signs(part, function)
        if signs is None:
            return None
        found |= signs
    return {-sign for sign in found} if tree.kind == "-" else found


def _multiplied(factor: Tree, tree: Tree, function: Tree) -> set[int] | None:
    """The same of a number times a term; None where the factor is no number."""
    value, signs = constant(factor), _signs(tree, function)
    if value is None or signs is None:
        return None
    return {sign(value) * each for each in signs}
