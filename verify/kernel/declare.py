"""The vocabulary of a theory: every declaration of a symbol adds a function that exists and is unique, and the fact that defines it.

    {"define": "relu", "for": [["x", "R"]], "sort": "R", "cases": [["x <= 0", "0"]], "otherwise": "x"}
    {"recursion": "D", "for": [["k", "Z from 0"], ["x", "R"]], "sort": "R", "start": "x", "step": "tent(D(k, x))"}
    {"free": "m", "arguments": ["Z"], "sort": "Z"}                               (only in a claim: any such function)
    {"assume": "widths", "for": [["i", "Z from 1"]], "holds": "m(i) >= 1"}       (only in a claim)
"""

import re
from dataclasses import dataclass
from typing import Any

from .errors import BadInput, expected
from .syntax import WORDS, Scope, formula, term
from .terms import Formula, Polynomial, Terms, constant, junction, negate

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}", re.ASCII)
_PATH = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}(\.[a-z][a-z0-9_]{0,40}){0,4}", re.ASCII)
_SORT = re.compile(r"R|Z|Z from (-?(?:0|[1-9][0-9]{0,8}))", re.ASCII)
_INTEGER = {"R": "", "Z": "   (an integer)"}
HYPOTHESIS = "IH"


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable bound by "for all": a real, an integer, or an integer from `least` on. `value` is it as a polynomial."""

    name: str
    sort: str
    least: int | None
    value: Polynomial


@dataclass(frozen=True, slots=True)
class Statement:
    """For all values of the variables, the formula."""

    variables: tuple[Variable, ...]
    formula: Formula


def fields(item: Any, *names: str) -> list[Any]:
    """The values under exactly these keys."""
    if type(item) is not dict or set(item) != set(names):
        raise expected("", f"an object with the keys {', '.join(names)}", ", ".join(item) if type(item) is dict else item)
    return [item[name] for name in names]


def listed(value: Any, length: int | None = None) -> list[Any]:
    """The value, which must be a list, of this length if one is given."""
    if type(value) is not list or (length is not None and len(value) != length):
        raise expected("", "a list" if length is None else f"a list of {length}", value)
    return value


class Vocabulary:
    """The symbols and facts declared so far. `floor` and `div` are there from the beginning; div(a, 0) = 0."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.facts: dict[str, Statement] = {}
        self.reserved: set[str] = set()  # names that goals wait for
        self.terms.symbols.update(floor=(("R",), "Z"), div=(("R", "R"), "R"))
        self._know("floor", [["x", "R"]], "floor(x) <= x < floor(x) + 1")
        self._know("div", [["a", "R"], ["b", "R"]], "b = 0 and div(a, b) = 0 or b != 0 and b * div(a, b) = a")

    def fresh(self, name: Any, symbol: bool = False) -> str:
        """The name, if it may be given to something new: to a fact, or to a symbol and the fact of that name."""
        if type(name) is not str or not (_NAME if symbol else _PATH).fullmatch(name) or name in (*WORDS, HYPOTHESIS):
            raise expected("", "a name", name)
        if name in self.terms.symbols or name in self.facts or name in self.reserved:
            raise BadInput("", f"expected a new name, found {name} again")
        return name

    def variables(self, pairs: Any) -> tuple[Variable, ...]:
        """Reads [[name, sort], ...], the sort being "R", "Z" or "Z from n"."""
        found: dict[str, Variable] = {}
        for pair in listed(pairs):
            self.terms.budget.spend(40)
            name, sort = listed(pair, 2)
            match = _SORT.fullmatch(sort) if type(sort) is str else None
            if type(name) is not str or not _NAME.fullmatch(name) or name in WORDS or name in found or name in self.terms.symbols:
                raise expected("", "the name of a new variable", name)
            if match is None:
                raise expected("", 'a sort: "R", "Z" or "Z from 0"', sort)
            found[name] = Variable(name, sort[0], int(match[1]) if match[1] else None, self.terms.variable(name, sort[0]))
        return tuple(found.values())

    def statement(self, pairs: Any, text: Any) -> Statement:
        """For all these variables, what the text says."""
        variables = self.variables(pairs)
        return Statement(variables, formula(text, self.terms, scope(variables)))

    def declare(self, item: Any, trusted: bool) -> str:
        """Adds one declaration; `free` and `assume` only if trusted, that is, from a claim. Returns it as a readable line."""
        if type(item) is dict and "define" in item:
            return self._define(*fields(item, "define", "for", "sort", "cases", "otherwise"))
        if type(item) is dict and "recursion" in item:
            return self._recursion(*fields(item, "recursion", "for", "sort", "start", "step"))
        if type(item) is dict and "free" in item and trusted:
            name, sorts, sort = fields(item, "free", "arguments", "sort")
            self.terms.symbols[self.fresh(name, True)] = tuple(_sort(s) for s in listed(sorts)), _sort(sort)
            return f"for any function {name}({', '.join(sorts)}) in {sort}" if sorts else f"for any constant {name} in {sort}"
        if type(item) is dict and "assume" in item and trusted:
            name, pairs, text = fields(item, "assume", "for", "holds")
            self._know(self.fresh(name), pairs, text)
            return f"assume {name}: {for_all(pairs)}{text}"
        raise expected("", "a declaration (define or recursion; in a claim also free or assume)", item)

    def _know(self, name: str, pairs: Any, text: Any) -> None:
        self.facts[name] = self.statement(pairs, text)

    def _symbol(self, name: Any, variables: tuple[Variable, ...], sort: Any, values: list[Polynomial]) -> None:
        if _sort(sort) == "Z" and not all(map(self.terms.is_integral, values)):
            raise BadInput("", f"expected values of {name} that are visibly integers")
        self.terms.symbols[self.fresh(name, True)] = tuple(v.sort for v in variables), sort

    def _define(self, name: Any, pairs: Any, sort: Any, cases: Any, otherwise: Any) -> str:
        """name(variables) = the value of the first case whose guard holds. Nothing here may mention the name: it is new."""
        variables = self.variables(pairs)
        if any(v.least is not None for v in variables):
            raise BadInput("", f'expected the sorts "R" and "Z" in the definition of {name}: it is total')
        names, others, options = scope(variables), list[Formula](), list[Formula]()
        choices = [listed(case, 2) for case in listed(cases)]
        read = [(formula(guard, self.terms, names), term(value, self.terms, names)) for guard, value in choices]
        read.append((junction("and", ()), term(otherwise, self.terms, names)))
        self._symbol(name, variables, sort, [value for _, value in read])
        left = self.terms.apply(name, names.values())
        for guard, value in read:
            self.terms.budget.keep(len(others), 256)
            options.append(junction("and", (*others, guard, self.terms.equal(left, value))))
            others.append(negate(guard))
        self.facts[name] = Statement(variables, junction("or", options))
        cased = "".join(f"{value} if {guard}, else " for guard, value in cases)
        applied = f"{name}({', '.join(names)})" if names else name
        return f"define {for_all(pairs)}{applied} = {cased}{otherwise}{_INTEGER[sort]}"

    def _recursion(self, name: Any, pairs: Any, sort: Any, start: Any, step: Any) -> str:
        """name(n0, others) = start, and for n >= n0: name(n + 1, others) = step, in which the name occurs only as name(n, ...)."""
        variables = self.variables(pairs)
        least = variables[0].least if variables else None
        if least is None or any(v.least is not None for v in variables[1:]):
            raise BadInput("", f'expected a first variable "Z from n" and then sorts "R" and "Z" in the recursion {name}')
        n, others, rest = variables[0], variables[1:], [v.value for v in variables[1:]]
        first = term(start, self.terms, scope(others))
        self._symbol(name, variables, sort, [first])
        following = term(step, self.terms, scope(variables))
        if sort == "Z" and not self.terms.is_integral(following):
            raise BadInput("", f"expected values of {name} that are visibly integers")
        for atom in self.terms.within(following):
            if atom.name == name and atom.arguments is not None and atom.arguments[0] != n.value:
                raise BadInput("", f"expected {name} in its own step only as {name}({n.name}, ...)")
        successor = self.terms.add(n.value, constant(1))
        begins = self.terms.equal(self.terms.apply(name, [constant(least), *rest]), first)
        continues = self.terms.equal(self.terms.apply(name, [successor, *rest]), following)
        self.facts[self.fresh(f"{name}.start")] = Statement(others, begins)
        self.facts[self.fresh(f"{name}.step")] = Statement(variables, continues)
        tail = "".join(f", {v.name}" for v in others)
        return f"define {for_all(pairs)}{name}({least}{tail}) = {start}, {name}({n.name} + 1{tail}) = {step}{_INTEGER[sort]}"


def scope(variables: tuple[Variable, ...]) -> Scope:
    """The variables by name."""
    return {v.name: v.value for v in variables}


def for_all(pairs: list[list[str]]) -> str:
    """The quantifier that these variables make, in words."""
    return f"for all {', '.join(f'{name} in {sort}' for name, sort in pairs)}: " if pairs else ""


def _sort(value: Any) -> str:
    if value not in ("R", "Z") or type(value) is not str:
        raise expected("", 'a sort: "R" or "Z"', value)
    return str(value)
