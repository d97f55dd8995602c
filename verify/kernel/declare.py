"""The vocabulary of a theory: every declaration of a symbol adds a function that exists, and the
fact that defines it.

    {"define": "relu", "for": [["x", "R"]], "sort": "R", "cases": [["x <= 0", "0"]], "otherwise":
    "x"}
    {"define": "D", "for": [["k", "Z from 0"], ["x", "R"]], "sort": "R", "cases": [["k = 0", "x"]],
     "otherwise": "tent(D(k - 1, x))"}
    {"free": "m", "arguments": ["Z"], "sort": "Z"}            (only in a claim: any such function)
    {"assume": "widths", "for": [["i", "Z from 1"]], "holds": "m(i) >= 1"}       (only in a claim)
    {"measure": "n", "is": "pieces", "of": "f - g", "on": ["0", "1"]}  (a distance has also a
    "span")

Given networks are declared by the claim: their input is the constant x, or x1, x2, ... if there
are several; the output of a network f is f, or f1, f2, ...; value1, value2, ... are the inputs and
what is computed inside. So "0 <= x <= 1 implies f <= 1" is said for all x.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from .errors import BadInput, Rejected, expected, need, want, written
from .formulas import WORDS, Scope, formula, term
from .network import Graph
from .numerals import rational
from .polygon import MEASURES
from .strict_json import fields, listed
from .terms import Formula, Polynomial, Terms, constant

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}")
_PATH = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}(\.[a-z][a-z0-9_]{0,40}){0,4}")
_SORT = re.compile(r"R|Z|Z from (0|-?[1-9][0-9]{0,8})")
MEANING = {
    "floor(": "floor(x) is the integer with floor(x) <= x < floor(x) + 1",
    "div(": "div(a, b) is a / b, and 0 for b = 0",
}
BUILT_IN = {  # facts that are known from the beginning
    "integers": ([["n", "Z"]], "n <= 0 or n >= 1"),
    "squares": ([["x", "R"]], "x^2 >= 0"),
    "floor": ([["x", "R"]], "floor(x) <= x < floor(x) + 1"),
    "div": (
        [["a", "R"], ["b", "R"]],
        "b = 0 and div(a, b) = 0 or b != 0 and b * div(a, b) = a",
    ),
}


class Statement(NamedTuple):
    """For all values of the variables, the formula that the text writes. It is read anew at every
    use, with terms for the variables.

    A sort is "R", "Z" or "Z from n"; for variables of the last sort, which are `bounded`, the text
    begins with "v >= n implies".
    """

    sorts: dict[str, str]
    scope: Scope
    text: str
    bounded: list[str]


class Measure(NamedTuple):
    """A number that networks with one input have on an interval."""

    kind: str
    of: Polynomial
    span: list[Polynomial]
    ends: list[Fraction]


class Vocabulary:
    """The symbols and facts declared so far; from the beginning `floor` and `div`, what is
    BUILT_IN, and the given networks."""

    def __init__(self, graph: Graph, networks: Mapping[str, list[Polynomial]]) -> None:
        self.graph, self.networks = graph, networks
        self.budget, self.terms = graph.budget, Terms(graph.budget)
        self.facts: Any = {}  # statements by name; None is a goal that waits for its proof
        self.measures: Any = {}
        self.dependent: Any = set()  # names of what the networks' input determines
        self.titles = set[str]()  # what a printed header names: no other name may look like them
        # The first atoms, in this order. No variable has such a name, since names have no spaces.
        values = [self.terms.variable(f"value {v}", "R") for v in range(graph.size)]
        self.terms.symbols.update(floor=(("R",), "Z"), div=(("R", "R"), "R"))
        for name, (pairs, text) in BUILT_IN.items():
            self.facts[name] = self.statement(pairs, text)
        if networks:
            named = {f"value{number}": value for number, value in enumerate(values[1:], 1)}
            named.update(zip(entries("x", graph.inputs), values[1:]))
            self.titles = {"value", "x"}
            for key in sorted(networks, key=len):  # f before f1, which belongs to it
                self.titles.add(self.fresh(key, NAME))
                named.update(zip(entries(key, len(networks[key])), networks[key]))
            self.terms.constants.update(named)
            self.dependent.update(named)

    def is_free(self, name: str) -> bool:
        """Whether no printed header mentions the name: not x, value or a network's key, with or
        without a number behind it."""
        shortest = len(name.rstrip("0123456789"))
        return all(name[:end] not in self.titles for end in range(shortest, 1 + len(name)))

    def fresh(self, name: Any, pattern: re.Pattern[str] = _PATH, known: Any = None) -> Any:
        """The name, if it may be given to something new: to a fact, or to a symbol and the fact of
        that name; or, where variables are `known`, to another variable."""
        written(pattern, "a name", name)
        known = self.facts if known is None else known
        new = name not in WORDS and name not in self.terms.symbols and name not in known
        want(new, "a new name", name)
        want(self.is_free(name), "a new name, which does not belong to the networks", name)
        return name

    def statement(self, pairs: Any, text: Any) -> Statement:
        """For all variables in [[name, sort], ...], what the text says."""
        sorts, scope, bounds, bounded = dict[str, str](), {}, "", []
        for pair in listed(pairs):
            name, sort = listed(pair, 2)
            self.budget.spend(100)
            self.fresh(name, NAME, sorts)
            least = written(_SORT, 'a sort: "R", "Z" or "Z from 0"', sort)[1]
            sorts[name], scope[name] = sort, self.terms.variable(name, sort[0])
            if least is not None:
                bounds += f"{name} >= {least} implies "
                bounded.append(name)
        formula(text, self.terms, scope)
        return Statement(sorts, scope, bounds + text, bounded)

    def instance(self, statement: Statement, values: list[Polynomial]) -> Formula:
        """The statement at these values."""
        self.terms.fit(values, statement.sorts.values(), Rejected)
        return formula(statement.text, self.terms, dict(zip(statement.sorts, values)))

    def declare(self, item: Any, trusted: bool) -> str:
        """Adds one declaration; `free` and `assume` only if trusted, that is, from a claim.
        Returns it as a readable line."""
        keys = item if type(item) is dict else {}
        if "define" in keys:
            return self._define(*fields(item, "define", "for", "sort", "cases", "otherwise"))
        if "free" in keys and trusted:
            return self._free(*fields(item, "free", "arguments", "sort"))
        if "assume" in keys and trusted:
            name, pairs, text = fields(item, "assume", "for", "holds")
            self.facts[self.fresh(name)] = self.statement(pairs, text)
            return f"assume {name}: {for_all(pairs)}{text}"
        if "measure" in keys:
            span = ["span"] if keys.get("is") == "distance" else []
            return self._measure(*fields(item, "measure", "is", "of", "on", *span))
        raise expected("", "a declaration (define, measure; in a claim also free, assume)", item)

    def _symbol(self, name: Any, sorts: list[Any], sort: Any) -> None:
        for each in (*sorts, sort):
            want(each in ("R", "Z"), 'a sort: "R" or "Z"', each)
        self.terms.symbols[self.fresh(name, NAME)] = tuple(sorts), sort

    def _free(self, name: Any, sorts: Any, sort: Any) -> str:
        self._symbol(name, listed(sorts), sort)
        if sorts:
            return f"for any function {name}({', '.join(sorts)}) in {sort}"
        return f"for any constant {name} in {sort}"

    def _define(self, name: Any, pairs: Any, sort: Any, cases: Any, otherwise: Any) -> str:
        """name(variables) = the value of the first case whose guard holds. If the first variable
        is a k in "Z from n", this is so from n on, and the values may mention name(k - 1, ...): by
        recursion on k such a function exists, whatever it is below n.

        Each text is read alone before it is put between brackets, so that none can close them.
        """
        own, terms = self.statement(pairs, "true"), self.terms
        guarded = [*(listed(case, 2) for case in listed(cases)), ["true", otherwise]]
        known = len(terms.atoms)
        for guard, _ in guarded:
            formula(guard, terms, own.scope)
        self._symbol(name, [each[0] for each in own.sorts.values()], sort)
        values = [term(value, terms, own.scope) for _, value in guarded]
        first, before = next(iter(own.sorts), ""), None
        if first in own.bounded:
            before = terms.add(own.scope[first], constant(-1))
        for atom in terms.atoms[known:]:  # which the texts made
            falls = atom.name != name or atom.arguments[:1] == (before,)
            need(falls, f"expected {name} in its own values only at the integer before", BadInput)
        terms.fit(values, [sort] * len(values), BadInput)
        applied = f"{name}({', '.join(own.sorts)})" if own.sorts else name
        earlier, options = "", ""
        for guard, value in guarded:
            self.budget.spend(len(earlier) + len(applied))
            options += f"{earlier}({guard}) and {applied} = {value} or "
            earlier += f"not ({guard}) and "
        self.facts[name] = self.statement(pairs, options.removesuffix(" or "))
        if not self.dependent.isdisjoint(NAME.findall(options)):
            self.dependent.add(name)
        cased = "".join(f"{value} if {guard}, else " for guard, value in guarded[:-1])
        integer = "   (an integer)" if sort == "Z" else ""
        return f"define {for_all(pairs)}{applied} = {cased}{otherwise}{integer}"

    def _measure(self, name: Any, kind: Any, of: Any, on: Any, *spans: Any) -> str:
        """A constant, the number that networks with one input have on an interval."""
        want(type(kind) is str and kind in MEASURES, f"one of {', '.join(MEASURES)}", kind)
        span = [text for texts in spans for text in listed(texts)]
        body, *basis = (term(text, self.terms, {}) for text in (of, *span))
        for p in (body, *basis):
            self.graph.affine(p)
        need(self.graph.inputs == 1, "expected networks with one input", BadInput)
        ends = [rational(text, self.budget) for text in listed(on, 2)]
        self._symbol(name, [], "R")
        self.measures[name] = Measure(kind, body, basis, ends)
        words = MEASURES[kind][0].format(of, span=", ".join(span))
        return f"define {name} = {words} on [{', '.join(on)}]"


def entries(title: str, size: int) -> list[str]:
    """The names of so many inputs, outputs or values: f, or f1, f2, ..."""
    return [title] if size == 1 else [f"{title}{number}" for number in range(1, size + 1)]


def for_all(pairs: list[list[str]]) -> str:
    """The quantifier that these variables make, in words."""
    variables = ", ".join(f"{name} in {sort}" for name, sort in pairs)
    return f"for all {variables}: " if pairs else ""
