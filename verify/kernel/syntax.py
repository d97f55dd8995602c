"""Terms and formulas are short ASCII text, read in one pass; what is printed as the statement is the very text that was read.

    formula   implies (groups to the right)  <  or  <  and  <  not  <  comparisons = != <= < >= >, chained as in 0 <= x < 1
    term      + -  <  * and / by a number  <  unary -  <  ^ by a positive number (to the right);  names, f(a, b), 12, brackets
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from typing import Any, cast

from .errors import BadInput, OverBudget, need, placed, want
from .limits import MOST_CHARACTERS, MOST_DEGREE, MOST_DEPTH, MOST_LITERAL
from .terms import COST, Comparison, Formula, Junction, Polynomial, Terms, constant, junction, minus, negate, number, size

WORDS = ("implies", "or", "and", "not", "true", "false", "if", "else", "in", "for", "all")  # the last ones in printed lines
_TOKEN = re.compile(rf" *(0|[1-9][0-9]{{0,{MOST_LITERAL - 1}}}|[A-Za-z][A-Za-z0-9_]*|[<>!]=|[-+*/^(),<>=]|\Z|(?P<other>(?s:.)))", re.ASCII)
_COMPARISONS = {"<=": "<=", "<": "<", "=": "=", "!=": "!=", ">=": "<=", ">": "<"}
_COMPARES = 4
_LEVEL = {"implies": 1, "or": 2, "and": 3, **dict.fromkeys(_COMPARISONS, _COMPARES), "+": 5, "-": 5, "*": 6, "/": 6, "^": 7}

Scope = Mapping[str, Polynomial]
Value = Any  # a Polynomial or a Formula
Token = re.Match[str]  # [1] is its text, "" at the end


def formula(text: object, terms: Terms, scope: Scope) -> Formula:
    """The formula that `text` writes, its variables being those in scope. Raises `BadInput` with the column."""
    return cast(Formula, _Reading(text, terms, scope).whole(False))


def term(text: object, terms: Terms, scope: Scope) -> Polynomial:
    """The term that `text` writes."""
    return cast(Polynomial, _Reading(text, terms, scope).whole(True))


class _Reading:
    """One text being read, by precedence of operators; as deep as the text nests, which is bounded. A value is a term or a formula."""

    def __init__(self, text: Any, terms: Terms, scope: Scope) -> None:
        want(type(text) is str, "a text", text)
        need(len(text) <= MOST_CHARACTERS, f"a text of {len(text)} characters; at most {MOST_CHARACTERS} are read", OverBudget)
        self.tokens, self.next, self.terms, self.scope = list(_TOKEN.finditer(text)), 0, terms, scope
        for token in self.tokens:
            want(not token["other"], "a name, a number or an operator", text[token.start(1):token.start(1) + 20], _place(token))
        terms.budget.spend(len(self.tokens) * 90 + len(text) // 100)

    def whole(self, term: bool) -> Value:
        value = self.expression(0, 0)
        self.expect("", "an operator")
        return self.of(term, value, self.tokens[0])

    def of(self, term: bool, value: Value, token: Token) -> Value:
        """The value, which must be a term, or else a formula; it stands beside the token."""
        wanted, found = ("term", "formula") if term else ("formula", "term")
        words = f'expected a {wanted} beside "{token[1]}", found a {found}'
        need(isinstance(value, Polynomial) == term, words, BadInput, _place(token))
        return value

    def taken(self, mark: str) -> bool:
        """Whether the next token is this mark, which is then behind us."""
        found = self.tokens[self.next][1] == mark
        self.next += found
        return found

    def expect(self, mark: str, what: str) -> None:
        token = self.tokens[self.next]
        need(self.taken(mark), f"expected {what}, found {token[1] or 'the end'}", BadInput, _place(token))

    def expression(self, least: int, depth: int) -> Value:
        """An expression whose operators outside brackets bind at least as tightly as `least`."""
        need(depth <= MOST_DEPTH, f"nested more than {MOST_DEPTH} deep", OverBudget, _place(self.tokens[self.next]))
        left, middle = self.operand(depth), None
        self.terms.budget.spend(COST * size(left))
        while (level := _LEVEL.get((token := self.tokens[self.next])[1], -1)) >= least:
            self.next += 1
            right = self.expression(level + (token[1] not in ("implies", "^")), depth + 1)
            whole = self.combined(token, left if middle is None else middle, right)
            # In 0 <= x < 1 the x is both to the right of <= and to the left of <.
            left = whole if middle is None else junction("and", (self.of(False, left, token), whole))
            self.terms.budget.spend(len(left.parts) if isinstance(left, Junction) else 1)  # the parts of a chain are copied with each more
            middle = right if _LEVEL.get(self.tokens[self.next][1]) == level == _COMPARES else None
        return left

    def combined(self, token: Token, left: Value, right: Value) -> Value:
        """left token right."""
        sign, place = token[1], _place(token)
        p, q = (self.of(_LEVEL[sign] >= _COMPARES, value, token) for value in (left, right))
        if sign in _COMPARISONS:
            return Comparison(_COMPARISONS[sign], self.terms.add(*((q, minus(p)) if sign[0] == ">" else (p, minus(q)))))
        if sign.isalpha():
            return junction("or", (negate(p), q)) if sign == "implies" else junction(sign, (p, q))
        if sign in "+-":
            return self.terms.add(p, q if sign == "+" else minus(q))
        if sign == "/":
            q = constant(1 / need(number(q), "expected a number other than 0 after /", BadInput, place))
        if sign in "*/":
            return self.terms.multiply(p, q)
        power = number(q) or Fraction(0)
        powers = f"expected a whole number from 1 to {MOST_DEGREE} after ^"
        need(power.denominator == 1 and 0 < power <= MOST_DEGREE, powers, BadInput, place)
        return reduce(self.terms.multiply, [p] * int(power))

    def operand(self, depth: int) -> Value:
        """What stands between binary operators: a name, a number, an application, something in brackets, not ..., -..."""
        token = self.tokens[self.next]
        word, self.next, arguments = token[1], self.next + 1, list[Polynomial]()
        if word.isdigit():
            return constant(int(word))
        if word in self.scope:
            return self.scope[word]
        if word in ("true", "false"):
            return junction("and" if word == "true" else "or", ())
        if word == "not":
            return negate(self.of(False, self.expression(_COMPARES, depth + 1), token))
        if word == "-":
            return minus(self.of(True, self.expression(_LEVEL["^"], depth + 1), token))
        if word == "(":
            inside = self.expression(0, depth + 1)
            self.expect(")", "an operator or )")
            return inside
        named = word[:1].isalpha() and word not in WORDS
        need(named, f"expected a term or formula, found {word or 'the end'}", BadInput, _place(token))
        if self.taken("("):
            while not arguments or self.taken(","):
                arguments.append(self.of(True, self.expression(0, depth + 1), token))
            self.expect(")", "an operator, a comma or )")
        with placed(_place(token)):
            return self.terms.apply(word, arguments)


def _place(token: Token) -> str:
    return f"column {token.start(1) + 1}"
