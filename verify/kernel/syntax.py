"""Terms and formulas are short ASCII text, read in one pass; what is printed as the statement is the very text that was read.

    formula   implies (groups to the right)  <  or  <  and  <  not  <  comparisons = != <= < >= >, chained as in 0 <= x < 1
    term      + -  <  * and / by a number  <  unary -  <  ^ by a positive number (to the right);  names, f(a, b), 12, brackets
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from typing import Any, NamedTuple, cast

from .errors import BadInput, OverBudget, need, placed, want
from .terms import MOST_DEGREE, Comparison, Formula, Polynomial, Terms, constant, junction, minus, negate, number

MOST_CHARACTERS = 20_000
MOST_DEPTH = 40
WORDS = ("implies", "or", "and", "not", "true", "false", "if", "else", "in", "for", "all")  # the last ones in printed lines
_TOKEN = re.compile(r" *(?:(?P<number>0|[1-9][0-9]{0,400})|(?P<name>[A-Za-z][A-Za-z0-9_]*)|"
                    r"(?P<mark>[<>!]=|[-+*/^(),<>=])|(?P<other>(?s:.))|\Z)", re.ASCII)
_COMPARISONS = {"<=": "<=", "<": "<", "=": "=", "!=": "!=", ">=": "<=", ">": "<"}
_LEVEL = {"implies": 1, "or": 2, "and": 3, "not": 4, **dict.fromkeys(_COMPARISONS, 5), "+": 6, "-": 6, "*": 7, "/": 7, "^": 8}

Scope = Mapping[str, Polynomial]
Value = Any  # a Polynomial or a Formula


class _Token(NamedTuple):
    kind: str  # number, name, mark (operators, words and brackets) or end
    text: str
    place: str


def formula(text: object, terms: Terms, scope: Scope) -> Formula:
    """The formula that `text` writes, its variables being those in scope. Raises `BadInput` with the column."""
    return cast(Formula, _Reading(text, terms, scope).whole(False))


def term(text: object, terms: Terms, scope: Scope) -> Polynomial:
    """The term that `text` writes."""
    return cast(Polynomial, _Reading(text, terms, scope).whole(True))


def _tokens(text: Any) -> list[_Token]:
    want(type(text) is str, "a text", text)
    need(len(text) <= MOST_CHARACTERS, f"a text of {len(text)} characters; at most {MOST_CHARACTERS} are read", OverBudget)
    tokens = []
    for match in _TOKEN.finditer(text):
        kind, place = match.lastgroup or "end", f"column {match.start(match.lastgroup or 0) + 1}"
        want(kind != "other", "a name, a number or an operator", text[match.end() - 1:match.end() + 19], place)
        word = match[kind] if match.lastgroup else "the end"
        tokens.append(_Token("mark" if word in WORDS else kind, word, place))
    return tokens


class _Reading:
    """One text being read, by precedence of operators; as deep as the text nests, which is bounded. A value is a term or a formula."""

    def __init__(self, text: object, terms: Terms, scope: Scope) -> None:
        self.tokens, self.next, self.terms, self.scope = _tokens(text), 0, terms, scope
        terms.budget.spend(len(self.tokens) * (90 + len(self.tokens) // 20))  # a chain of n comparisons is copied n times

    def whole(self, term: bool) -> Value:
        value = self.expression(0, 0)
        self.expect("the end", "an operator")
        return self.of(term, value, self.tokens[0])

    def of(self, term: bool, value: Value, token: _Token) -> Value:
        """The value, which must be a term, or else a formula; it stands beside the token."""
        wanted, found = ("term", "formula") if term else ("formula", "term")
        need(isinstance(value, Polynomial) == term, f'expected a {wanted} beside "{token.text}", found a {found}', BadInput, token.place)
        return value

    def taken(self, mark: str) -> bool:
        """Whether the next token is this mark, which is then behind us."""
        found = self.tokens[self.next].text == mark
        self.next += found
        return found

    def expect(self, mark: str, what: str) -> None:
        token = self.tokens[self.next]
        need(self.taken(mark), f"expected {what}, found {token.text}", BadInput, token.place)

    def expression(self, least: int, depth: int) -> Value:
        """An expression whose operators outside brackets bind at least as tightly as `least`."""
        need(depth <= MOST_DEPTH, f"nested more than {MOST_DEPTH} deep", OverBudget, self.tokens[self.next].place)
        left, middle = self.operand(depth), None
        while (level := _LEVEL.get((token := self.tokens[self.next]).text, -1)) >= least and token.text != "not":
            self.next += 1
            right = self.expression(level + (token.text not in ("implies", "^")), depth + 1)
            if middle is None:
                left = self.combined(token, left, right)
            else:  # in 0 <= x < 1 the x is both to the right of <= and to the left of <
                left = junction("and", (self.of(False, left, token), self.combined(token, middle, right)))
            middle = right if _LEVEL.get(self.tokens[self.next].text) == level == _LEVEL["="] else None
        return left

    def combined(self, token: _Token, left: Value, right: Value) -> Value:
        """left token right."""
        p, q = (self.of(_LEVEL[token.text] > _LEVEL["not"], value, token) for value in (left, right))
        if token.text in ("implies", "or", "and"):
            return junction("or", (negate(p), q)) if token.text == "implies" else junction(token.text, (p, q))
        if token.text in _COMPARISONS:
            return Comparison(_COMPARISONS[token.text], self.terms.add(*((q, minus(p)) if token.text[0] == ">" else (p, minus(q)))))
        if token.text in "+-":
            return self.terms.add(p, q if token.text == "+" else minus(q))
        if token.text == "*":
            return self.terms.multiply(p, q)
        value = number(q) or Fraction(0)
        if token.text == "/":
            need(value, "expected a number other than 0 after /", BadInput, token.place)
            return self.terms.multiply(p, constant(1 / value))
        powers = f"expected a whole number from 1 to {MOST_DEGREE} after ^"
        need(value.denominator == 1 and 0 < value <= MOST_DEGREE, powers, BadInput, token.place)
        return reduce(self.terms.multiply, [p] * int(value))

    def operand(self, depth: int) -> Value:
        """What stands between binary operators: a name, a number, an application, something in brackets, not ..., -..."""
        token = self.tokens[self.next]
        self.next += 1
        if token.kind == "number":
            return constant(int(token.text))
        if token.kind == "name":
            return self.scope[token.text] if token.text in self.scope else self.application(token, depth)
        if token.text in ("true", "false"):
            return junction("and" if token.text == "true" else "or", ())
        if token.text == "not":
            return negate(self.of(False, self.expression(_LEVEL["not"], depth + 1), token))
        if token.text == "-":
            return minus(self.of(True, self.expression(_LEVEL["^"], depth + 1), token))
        need(token.text == "(", f"expected a term or formula, found {token.text}", BadInput, token.place)
        inside = self.expression(0, depth + 1)
        self.expect(")", "an operator or )")
        return inside

    def application(self, token: _Token, depth: int) -> Polynomial:
        arguments: list[Polynomial] = []
        if self.taken("("):
            while not arguments or self.taken(","):
                arguments.append(self.of(True, self.expression(0, depth + 1), token))
            self.expect(")", "an operator, a comma or )")
        with placed(token.place):
            return self.terms.apply(token.text, arguments)
