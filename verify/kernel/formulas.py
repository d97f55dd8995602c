"""The text of terms and formulas, short and in ASCII, read in one pass.

What is printed as a statement is the text that was read.

    formula  implies (groups to the right) < or < and < not < comparisons = != <= < >= >, chained
    as in 0 <= x < 1
    term     + - < * and / by a number < unary - < ^ by a positive number (to the right); names,
             f(a, b), 12, brackets
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from typing import Any, cast

from .errors import BadInput, OverBudget, displayed, need, placed, want
from .limits import MOST_CHARACTERS, MOST_DEGREE, MOST_DEPTH
from .numerals import natural
from .terms import (
    COST,
    Formula,
    Junction,
    Polynomial,
    Terms,
    constant,
    junction,
    minus,
    negate,
    number,
    size,
)  # fmt: skip

HYPOTHESIS = "IH"  # what is to be proved by induction, in its proof
# No name is one of these. Those from "if" on stand in printed lines only.
WORDS = f"implies or and not true false if else in for all {HYPOTHESIS}".split()
_TOKEN = re.compile(r" ?(0|[1-9][0-9]{0,5999}|[A-Za-z][A-Za-z0-9_]*|[<>!]=|\Z|(?s:.))")
_LEVELS = ("implies", "or", "and", "<= < = != >= >", "+ -", "* /", "^")
_LEVEL = {sign: level for level, signs in enumerate(_LEVELS, 1) for sign in signs.split()}
_COMPARED = _LEVEL["="]

Scope = Mapping[str, Polynomial]


def formula(text: object, terms: Terms, scope: Scope) -> Formula:
    """The formula that `text` writes, its variables being those in scope. Raises `BadInput` with
    the column."""
    return cast(Formula, _Reading(text, terms, scope).whole("formula"))


def term(text: object, terms: Terms, scope: Scope) -> Polynomial:
    """The term that `text` writes."""
    return cast(Polynomial, _Reading(text, terms, scope).whole("term"))


class _Reading:
    """One text being read, by precedence of operators; as deep as the text nests, which is
    bounded. It gives a term or a formula."""

    def __init__(self, text: Any, terms: Terms, scope: Scope) -> None:
        want(type(text) is str and text.isascii(), "a text in ASCII", text)
        need(len(text) <= MOST_CHARACTERS, f"more than {MOST_CHARACTERS} characters", OverBudget)
        want("  " not in text and text == text.strip(" "), "single spaces, none at the ends", text)
        self.terms, self.scope, self.next = terms, scope, 0
        self.tokens = list(_TOKEN.finditer(text))
        terms.budget.spend(len(self.tokens) * 100)

    def whole(self, kind: str) -> Any:
        """The whole text, which must be a term or a formula."""
        value = self.expression(0, 0)
        self.must(self.taken(""), "an operator")
        return self.of(kind, value, self.tokens[0])

    def word(self) -> str:
        """The next token's text; at the end an empty one."""
        return self.tokens[self.next][1]

    def must(self, condition: Any, what: str, token: re.Match[str] | None = None) -> None:
        """What is read, which must have this form, at this token or else the next; `BadInput`
        otherwise."""
        if not condition:
            token = token or self.tokens[self.next]
            found = displayed(token[1]) if token[1] else "the end"
            raise BadInput(f"column {token.start(1) + 1}", f"expected {what}, found {found}")

    def of(self, kind: str, value: Any, token: re.Match[str]) -> Any:
        """The value, which must be a term or a formula and stands beside the token."""
        self.must(isinstance(value, Polynomial) == (kind == "term"), f"a {kind} beside this", token)
        return value

    def taken(self, mark: str) -> bool:
        """Whether the next token is this mark, which is then behind us."""
        if self.word() != mark:
            return False
        self.next += 1
        return True

    def expression(self, least: int, depth: int) -> Any:
        """An expression whose operators outside brackets bind at least as tightly as `least`."""
        need(depth <= MOST_DEPTH, f"nested more than {MOST_DEPTH} deep", OverBudget)
        left, middle = self.operand(depth), None
        self.terms.budget.spend(COST * size(left))
        while _LEVEL.get(self.word(), -1) >= least:
            token = self.tokens[self.next]
            level = _LEVEL[token[1]]
            self.next += 1
            groups_right = token[1] in ("implies", "^")
            right = self.expression(level if groups_right else level + 1, depth + 1)
            if middle is None:
                left = self.combined(token, left, right)
            else:  # In 0 <= x < 1 the x is both to the right of <= and to the left of <.
                left = junction("and", (left, self.combined(token, middle, right)))
                self.terms.budget.spend(len(left.parts))  # copied with each more
            chained = level == _COMPARED and _LEVEL.get(self.word()) == _COMPARED
            middle = right if chained else None
        return left

    def combined(self, token: re.Match[str], left: Any, right: Any) -> Any:
        """left token right."""
        sign, terms = token[1], self.terms
        kind = "formula" if _LEVEL[sign] < _COMPARED else "term"
        p, q = self.of(kind, left, token), self.of(kind, right, token)
        if kind == "formula":  # their parts are copied
            terms.budget.spend(sum(len(f.parts) for f in (p, q) if isinstance(f, Junction)))
            if sign == "implies":
                sign, p = "or", negate(p)
            return junction(sign, (p, q))
        if ">" in sign:
            return terms.compare(q, sign.replace(">", "<"), p)
        if _LEVEL[sign] == _COMPARED:
            return terms.compare(p, sign, q)
        if sign in "+-":
            return terms.add(p, q if sign == "+" else minus(q))
        if sign == "*":
            return terms.multiply(p, q)
        value = number(q) or Fraction(0)
        if sign == "/":
            self.must(value, "a number other than 0 after this", token)
            return terms.scaled(1 / value, p)
        whole = value in range(1, 1 + MOST_DEGREE)
        self.must(whole, f"a whole number from 1 to {MOST_DEGREE} after this", token)
        return reduce(terms.multiply, [p] * int(value))

    def operand(self, depth: int) -> Any:
        """What stands between binary operators: a name, a number, an application, something in
        brackets, not ..., -..."""
        token = self.tokens[self.next]
        word = token[1]
        self.next += 1
        if word.isdigit():
            self.terms.budget.spend(len(word) ** 2 // 2_000)  # 6,000 digits take a millisecond
            return constant(natural(word))
        known = self.scope.get(word, self.terms.constants.get(word))
        if known is not None:
            return known
        if word == "not":
            return negate(self.of("formula", self.expression(_COMPARED, depth + 1), token))
        if word == "-":
            return minus(self.of("term", self.expression(_LEVEL["^"], depth + 1), token))
        if word == "(":
            inside = self.expression(0, depth + 1)
            self.must(self.taken(")"), "an operator or )")
            return inside
        self.must(word[:1].isalpha(), "a term or formula", token)
        arguments = list[Polynomial]()
        if self.taken("("):
            while not arguments or self.taken(","):
                arguments.append(self.of("term", self.expression(0, depth + 1), token))
            self.must(self.taken(")"), "an operator, a comma or )")
        with placed(f"column {token.start(1) + 1}"):
            return self.terms.apply(word, arguments)
