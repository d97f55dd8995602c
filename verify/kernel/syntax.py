"""Terms and formulas are short ASCII text, read in one pass; what is printed as the statement is the very text that was read.

    formula   implies (groups to the right)  <  or  <  and  <  not  <  comparisons = != <= < >= >, chained as in 0 <= x < 1
    term      + -  <  * and / by a number  <  unary -  <  ^ by a positive number (to the right);  names, f(a, b), 12, brackets
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from .errors import BadInput, OverBudget, displayed, expected, placed
from .terms import MOST_DEGREE, Comparison, Formula, Polynomial, Terms, constant, junction, minus, negate

MOST_CHARACTERS = 20_000
MOST_DEPTH = 40
WORDS = ("implies", "or", "and", "not", "true", "false", "if", "else", "in", "for", "all")  # the last ones in printed lines
_TOKEN = re.compile(r" *(?:(0|[1-9][0-9]{0,400})|([A-Za-z][A-Za-z0-9_]*)|(<=|>=|!=|[-+*/^(),<>=]))", re.ASCII)
_COMPARISONS = {"<=": "<=", "<": "<", "=": "=", "!=": "!=", ">=": "<=", ">": "<"}
_LEVEL = {"implies": 1, "or": 2, "and": 3, **dict.fromkeys(_COMPARISONS, 5), "+": 6, "-": 6, "*": 7, "/": 7, "^": 8}
_RIGHTWARD, _NOT = ("implies", "^"), 4

Scope = Mapping[str, Polynomial]


class _Token(NamedTuple):
    kind: str  # number, name, mark (operators, words and brackets) or end
    text: str
    column: int


def formula(text: object, terms: Terms, scope: Scope) -> Formula:
    """The formula that `text` writes, its variables being those in scope. Raises `BadInput` with the column."""
    reading = _Reading(text, terms, scope)
    return reading.as_formula(reading.whole(), reading.tokens[0])


def term(text: object, terms: Terms, scope: Scope) -> Polynomial:
    """The term that `text` writes."""
    reading = _Reading(text, terms, scope)
    return reading.as_term(reading.whole(), reading.tokens[0])


def _tokens(text: object) -> list[_Token]:
    if type(text) is not str:
        raise expected("", "a text", text)
    if len(text) > MOST_CHARACTERS:
        raise OverBudget("", f"a text of {len(text)} characters; at most {MOST_CHARACTERS} are read")
    tokens, position, body = [], 0, text.rstrip(" ")
    while position < len(body):
        match = _TOKEN.match(body, position)
        if match is None:
            rest = body[position:].lstrip(" ")
            raise expected(f"column {len(body) - len(rest) + 1}", "a name, a number or an operator", rest[:20])
        kind = "number" if match[1] else "name" if match[2] and match[2] not in WORDS else "mark"
        word = match[0].lstrip(" ")
        tokens.append(_Token(kind, word, match.end() - len(word) + 1))
        position = match.end()
    return [*tokens, _Token("end", "the end", len(body) + 1)]


class _Reading:
    """One text being read, by precedence of operators; as deep as the text nests, which is bounded."""

    def __init__(self, text: object, terms: Terms, scope: Scope) -> None:
        self.tokens, self.next, self.terms, self.scope = _tokens(text), 0, terms, scope
        terms.budget.spend(len(self.tokens) * (30 + len(self.tokens) // 200))  # a chain of n comparisons is copied n times

    def whole(self) -> Polynomial | Formula:
        value = self.expression(0, 0)
        if self.tokens[self.next].kind != "end":
            raise self.unexpected("an operator")
        return value

    def taken(self, mark: str) -> bool:
        """Whether the next token is this mark, which is then behind us."""
        found = self.tokens[self.next].text == mark
        self.next += found
        return found

    def unexpected(self, what: str) -> BadInput:
        return BadInput(f"column {self.tokens[self.next].column}", f"expected {what}, found {self.tokens[self.next].text}")

    def as_term(self, value: Polynomial | Formula, token: _Token) -> Polynomial:
        if not isinstance(value, Polynomial):
            raise BadInput(f"column {token.column}", f"expected a term beside {displayed(token.text)}, found a formula")
        return value

    def as_formula(self, value: Polynomial | Formula, token: _Token) -> Formula:
        if isinstance(value, Polynomial):
            raise BadInput(f"column {token.column}", f"expected a formula beside {displayed(token.text)}, found a term")
        return value

    def expression(self, least: int, depth: int) -> Polynomial | Formula:
        """An expression whose operators outside brackets bind at least as tightly as `least`."""
        if depth > MOST_DEPTH:
            raise OverBudget(f"column {self.tokens[self.next].column}", f"nested more than {MOST_DEPTH} deep")
        left, middle = self.operand(depth), None
        while (level := _LEVEL.get((token := self.tokens[self.next]).text, -1)) >= least:
            self.next += 1
            right = self.expression(level + (token.text not in _RIGHTWARD), depth + 1)
            if middle is None:
                left = self.combined(token, left, right)
            else:  # in 0 <= x < 1 the x is both to the right of <= and to the left of <
                left = junction("and", (self.as_formula(left, token), self.as_formula(self.combined(token, middle, right), token)))
            middle = right if _LEVEL.get(self.tokens[self.next].text) == level == _LEVEL["="] else None
        return left

    def combined(self, token: _Token, left: Polynomial | Formula, right: Polynomial | Formula) -> Polynomial | Formula:
        """left token right."""
        if _LEVEL[token.text] <= _LEVEL["and"]:
            one, other = self.as_formula(left, token), self.as_formula(right, token)
            return junction("or", (negate(one), other)) if token.text == "implies" else junction(token.text, (one, other))
        p, q = self.as_term(left, token), self.as_term(right, token)
        if token.text in _COMPARISONS:
            return Comparison(_COMPARISONS[token.text], self.terms.add(*((q, minus(p)) if token.text[0] == ">" else (p, minus(q)))))
        if token.text in "+-":
            return self.terms.add(p, q if token.text == "+" else minus(q))
        if token.text == "*":
            return self.terms.multiply(p, q)
        number = q.terms[0][1] if len(q.terms) == 1 and q.terms[0][0] == () else None
        if number is None or (token.text == "^" and not (number.denominator == 1 and 0 < number <= MOST_DEGREE)):
            what = f"a whole number from 1 to {MOST_DEGREE}" if token.text == "^" else "a number other than 0"
            raise BadInput(f"column {token.column}", f"expected {what} after {token.text}")
        if token.text == "/":
            return self.terms.multiply(p, constant(1 / number))
        power = p
        for _ in range(int(number) - 1):
            power = self.terms.multiply(power, p)
        return power

    def operand(self, depth: int) -> Polynomial | Formula:
        """What stands between binary operators: a name, a number, an application, something in brackets, not ..., -..."""
        token = self.tokens[self.next]
        if token.kind == "end" or (token.text not in ("not", "-", "(", "true", "false") and token.kind == "mark"):
            raise self.unexpected("a term or formula")
        self.next += 1
        if token.kind == "number":
            return constant(int(token.text))
        if token.kind == "name":
            return self.scope[token.text] if token.text in self.scope else self.application(token, depth)
        if token.text in ("true", "false"):
            return junction("and" if token.text == "true" else "or", ())
        if token.text == "not":
            return negate(self.as_formula(self.expression(_NOT, depth + 1), token))
        if token.text == "-":
            return minus(self.as_term(self.expression(_LEVEL["^"], depth + 1), token))
        inside = self.expression(0, depth + 1)
        if not self.taken(")"):
            raise self.unexpected("an operator or )")
        return inside

    def application(self, token: _Token, depth: int) -> Polynomial:
        arguments: list[Polynomial] = []
        if self.taken("("):
            while not arguments or self.taken(","):
                arguments.append(self.as_term(self.expression(0, depth + 1), token))
            if not self.taken(")"):
                raise self.unexpected("an operator, a comma or )")
        with placed(f"column {token.column}"):
            return self.terms.apply(token.text, arguments)
