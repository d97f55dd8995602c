"""The author's notation as text, taken apart and put together. The kernel reads every text again,
so nothing here is trusted."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from ..kernel.errors import BadInput
from ..kernel.formulas import WORDS
from ..kernel.numerals import numeral
from ..kernel.terms import Formula, Junction, Polynomial, Terms

Declaration = dict[str, object]
_HEAD = re.compile(r" *+([A-Za-z][A-Za-z0-9_.]*+) *+(?:\((.*)\))? *+", re.ASCII | re.DOTALL)
_NAME = re.compile(r"(?<![A-Za-z0-9_.])([A-Za-z][A-Za-z0-9_]*)(?![A-Za-z0-9_.])(?! *\()", re.ASCII)


def application(text: str) -> tuple[str, list[str] | None]:
    """("D", ["k", "x + 1"]) of "D(k, x + 1)"; ("D", None) of "D"."""
    match = _HEAD.fullmatch(text)
    if match is None:
        raise BadInput("", f"expected a name or name(term, ...), found {text!r}")
    if match[2] is None:
        return match[1], None
    if not match[2].strip():
        return match[1], []
    arguments, depth = [""], 0
    for letter in match[2]:
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
        if letter == "," and not depth:
            arguments.append("")
        else:
            arguments[-1] += letter
    return match[1], [argument.strip() for argument in arguments]


def free_names(text: str, symbols: Iterable[str]) -> list[str]:
    """The variables of the text, in order: names that are not applied, nor words of the syntax, nor
    among the symbols.

        free_names("D(k, x) <= c", ["c"])      ["k", "x"]
    """
    known = {*WORDS, *symbols}
    return list(dict.fromkeys(name for name in _NAME.findall(text) if name not in known))


def definition(text: str, sort: str = "R", **sorts: str) -> Declaration:
    """The declaration that "abs(x) = x if x >= 0 else -x" writes. Variables are real unless `sorts`
    says "Z"."""
    head, _, body = text.partition("=")
    name, variables = application(head)
    *choices, otherwise = body.split(" else ")
    cases = []
    for choice in choices:
        value, separator, guard = choice.partition(" if ")
        if not separator:
            raise BadInput("", f"expected VALUE if FORMULA else ..., found {choice!r}")
        cases.append([guard.strip(), value.strip()])
    pairs = [[variable, sorts.get(variable, "R")] for variable in variables or []]
    last = otherwise.strip()
    return {"define": name, "for": pairs, "sort": sort, "cases": cases, "otherwise": last}


def recursion(head: str, start: str, step: str, sort: str = "R", **sorts: str) -> Declaration:
    """The declaration of a function by recursion on its first variable.

    `head` is the function with its variables, such as "D(k, x)"; the first one begins at 0 unless
    `sorts` says otherwise. `start` is the value at its least integer, and `step` the value at
    k + 1, in terms of k and D(k, ...). It is declared by cases, with k - 1 for this k.

        recursion("pow2(n)", "1", "2*pow2(n)")      pow2(n) = 1 if n = 0 else 2*pow2(n - 1)
    """
    name, variables = application(head)
    first, *others = variables or [""]
    pairs = [[first, sorts.get(first, "Z from 0")]]
    pairs += [[other, sorts.get(other, "R")] for other in others]
    least = pairs[0][1].removeprefix("Z from ")
    cases, otherwise = [[f"{first} = {least}", start]], _shifted(step, first)
    return {"define": name, "for": pairs, "sort": sort, "cases": cases, "otherwise": otherwise}


def defined(declaration: Mapping[str, Any]) -> str:
    """The text of a definition: "s(n) = 0 if n = 0 else s(n - 1) + 1"."""
    variables = ", ".join(name for name, _ in declaration["for"])
    cases = "".join(f"{value} if {guard} else " for guard, value in declaration["cases"])
    head = f"{declaration['define']}({variables})" if variables else declaration["define"]
    return f"{head} = {cases}{declaration['otherwise']}"


_TOKEN = re.compile(r"([A-Za-z][A-Za-z0-9_.]*|[0-9]+|\S)", re.ASCII)
_OPEN, _CLOSE = ("", "(", ","), ("", ")", ",")


def _shifted(text: str, name: str) -> str:
    """The term with NAME - 1 for NAME, token by token: in brackets, unless it is all of an argument
    or bracket. A NAME + 1 that is a summand of its own becomes NAME."""
    tokens = [match[1] for match in _TOKEN.finditer(text)] + ["", "", "", ""]
    result, end, index = "", 0, 0
    for match in _TOKEN.finditer(text):
        index += 1
        if match.start(1) < end or match[1] != name:
            continue
        before = tokens[index - 2] if index > 1 else ""
        after = tokens[index : index + 3]
        result += text[end : match.start(1)]
        end = match.end(1)
        one_more = after[:2] == ["+", "1"]
        if one_more and before in (*_OPEN, "+") and after[2] in (*_CLOSE, "+", "-"):
            result += name
            end = _end_of(text, index + 2)
        elif before in _OPEN and after[0] in _CLOSE:
            result += f"{name} - 1"
        else:
            result += f"({name} - 1)"
    return result + text[end:]


def _end_of(text: str, count: int) -> int:
    """Where the token with this number, from 1, ends."""
    return [match.end(1) for match in _TOKEN.finditer(text)][count - 1]


def written(terms: Terms, p: Polynomial) -> str:
    """The polynomial as text that the kernel reads back as the same polynomial.

    >>> from verify.kernel.limits import Budget
    >>> written(Terms(Budget()), Polynomial((((), Fraction(-1, 2)),)))
    '-1/2'
    """
    summands = [_summand(terms, monomial, coefficient) for monomial, coefficient in p.terms]
    first, *rest = summands or ["0"]
    text = first
    for summand in rest:
        if summand.startswith("-"):
            text += f" - {summand[1:]}"
        else:
            text += f" + {summand}"
    return text


def written_formula(terms: Terms, formula: Formula) -> str:
    """The formula as text, positive terms to the left and negative ones to the right.

        written_formula(terms, formula("x - y <= 0", terms, scope))      "x <= y"
    """
    if isinstance(formula, Junction):
        parts = [written_formula(terms, part) for part in formula.parts]
        return "(" + f" {formula.connective} ".join(parts) + ")"
    left = Polynomial(tuple(term for term in formula.polynomial.terms if term[1] > 0))
    right = Polynomial(tuple((monomial, -c) for monomial, c in formula.polynomial.terms if c < 0))
    return f"{written(terms, left)} {formula.relation} {written(terms, right)}"


def _summand(terms: Terms, monomial: tuple[int, ...], coefficient: Fraction) -> str:
    factors = []
    for number, power in Counter(monomial).items():
        factor = _atom(terms, number)
        if power > 1:
            factor = f"{factor}^{power}"
        factors.append(factor)
    return multiple(coefficient, "*".join(factors))


def multiple(c: Fraction, text: str) -> str:
    """The text times a number: "x", "-x" or "2*x"; the number alone if there is no text."""
    if not text:
        return numeral(c)
    if abs(c) == 1:
        return text if c > 0 else f"-{text}"
    return f"{numeral(c)}*{text}"


def _atom(terms: Terms, number: int) -> str:
    name, _, arguments = terms.atoms[number]
    if not arguments:
        return name
    texts = [written(terms, argument) for argument in arguments]
    return f"{name}({', '.join(texts)})"
