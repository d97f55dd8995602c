"""The vocabulary of a theory: every declaration of a symbol adds a function that exists and is unique, and the fact that defines it.

    {"define": "relu", "for": [["x", "R"]], "sort": "R", "cases": [["x <= 0", "0"]], "otherwise": "x"}
    {"recursion": "D", "for": [["k", "Z from 0"], ["x", "R"]], "sort": "R", "start": "x", "step": "tent(D(k, x))"}
    {"free": "m", "arguments": ["Z"], "sort": "Z"}                               (only in a claim: any such function)
    {"assume": "widths", "for": [["i", "Z from 1"]], "holds": "m(i) >= 1"}       (only in a claim)
"""

import re
from typing import Any, NamedTuple

from .errors import BadInput, displayed, expected, need, want
from .syntax import WORDS, Scope, formula, term
from .terms import Polynomial, Terms

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}", re.ASCII)
_PATH = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}(\.[a-z][a-z0-9_]{0,40}){0,4}", re.ASCII)
_SORT = re.compile(r"R|Z|Z from (-?(?:0|[1-9][0-9]{0,8}))", re.ASCII)
_INTEGER = {"R": "", "Z": "   (an integer)"}
HYPOTHESIS = "IH"


class Variable(NamedTuple):
    """A variable bound by "for all": a real, an integer, or an integer from `least` on. `value` is it as a polynomial."""

    name: str
    sort: str
    least: int | None
    value: Polynomial


class Statement(NamedTuple):
    """For all values of the variables, the formula that the text writes. It is read anew at every use, with terms for the variables."""

    variables: tuple[Variable, ...]
    text: str


def fields(item: Any, *names: str) -> list[Any]:
    """The values under exactly these keys."""
    keys = item if type(item) is dict else {}
    want(type(item) is dict and set(keys) == set(names), f"an object with the keys {', '.join(names)}", ", ".join(keys) if keys else item)
    return [item[name] for name in names]


def listed(value: Any, length: int | None = None, where: str = "") -> list[Any]:
    """The value, which must be a list, of this length if one is given."""
    want(type(value) is list and length in (None, len(value)), "a list" if length is None else f"a list of {length}", value, where)
    return list(value)


class Vocabulary:
    """The symbols and facts declared so far. From the beginning there are `floor` and `div`, with div(a, 0) = 0, and what `integers` and
    `squares` satisfy."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.facts: dict[str, Any] = {}  # statements; None is a goal that waits for its proof
        self.terms.symbols.update(floor=(("R",), "Z"), div=(("R", "R"), "R"))
        self.facts["integers"] = self.statement([["n", "Z"]], "n <= 0 or n >= 1")
        self.facts["squares"] = self.statement([["x", "R"]], "x^2 >= 0")
        self.facts["floor"] = self.statement([["x", "R"]], "floor(x) <= x < floor(x) + 1")
        self.facts["div"] = self.statement([["a", "R"], ["b", "R"]], "b = 0 and div(a, b) = 0 or b != 0 and b * div(a, b) = a")

    def fresh(self, name: Any, symbol: bool = False) -> str:
        """The name, if it may be given to something new: to a fact, or to a symbol and the fact of that name."""
        pattern = NAME if symbol else _PATH
        want(type(name) is str and pattern.fullmatch(name) and name not in (*WORDS, HYPOTHESIS), "a name", name)
        need(name not in self.terms.symbols and name not in self.facts, f"expected a new name, found {name} again", BadInput)
        return str(name)

    def variables(self, pairs: Any) -> tuple[Variable, ...]:
        """Reads [[name, sort], ...], the sort being "R", "Z" or "Z from n"."""
        found: dict[str, Variable] = {}
        for name, sort in (listed(pair, 2) for pair in listed(pairs)):
            self.terms.budget.spend(40)
            new = type(name) is str and NAME.fullmatch(name) and not (name in WORDS or name in found or name in self.terms.symbols)
            want(new, "the name of a new variable", name)
            least = want(type(sort) is str and _SORT.fullmatch(sort), 'a sort: "R", "Z" or "Z from 0"', sort)[1]
            found[name] = Variable(name, sort[0], int(least) if least else None, self.terms.variable(name, sort[0]))
        return tuple(found.values())

    def statement(self, pairs: Any, text: Any) -> Statement:
        """For all these variables, what the text says."""
        variables = self.variables(pairs)
        formula(text, self.terms, scope(variables))
        return Statement(variables, text)

    def declare(self, item: Any, trusted: bool) -> str:
        """Adds one declaration; `free` and `assume` only if trusted, that is, from a claim. Returns it as a readable line."""
        keys = item if type(item) is dict else {}
        if "define" in keys:
            return self._define(*fields(item, "define", "for", "sort", "cases", "otherwise"))
        if "recursion" in keys:
            return self._recursion(*fields(item, "recursion", "for", "sort", "start", "step"))
        if "free" in keys and trusted:
            name, sorts, sort = fields(item, "free", "arguments", "sort")
            self._symbol(name, listed(sorts), sort)
            return f"for any function {name}({', '.join(sorts)}) in {sort}" if sorts else f"for any constant {name} in {sort}"
        if "assume" in keys and trusted:
            name, pairs, text = fields(item, "assume", "for", "holds")
            self.facts[self.fresh(name)] = self.statement(pairs, text)
            return f"assume {name}: {for_all(pairs)}{text}"
        raise expected("", "a declaration (define or recursion; in a claim also free or assume)", item)

    def _symbol(self, name: Any, sorts: list[Any], sort: Any) -> None:
        for each in (*sorts, sort):
            want(type(each) is str and each in ("R", "Z"), 'a sort: "R" or "Z"', each)
        self.terms.symbols[self.fresh(name, True)] = tuple(sorts), sort

    def _valued(self, name: str, sort: str, values: list[Polynomial]) -> None:
        integral = sort == "R" or all(map(self.terms.is_integral, values))
        need(integral, f"expected values of {name} that are visibly integers", BadInput)

    def _define(self, name: Any, pairs: Any, sort: Any, cases: Any, otherwise: Any) -> str:
        """name(variables) = the value of the first case whose guard holds. Nothing here may mention the name: it is new.

        Each text is read alone before it is put between brackets, so that none can close them.
        """
        variables, earlier, options = self.variables(pairs), "", list[str]()
        names, guarded = scope(variables), [listed(case, 2) for case in listed(cases)]
        need(all(v.least is None for v in variables), f'expected the sorts "R" and "Z" in the definition of {displayed(name)}', BadInput)
        for guard, _ in guarded:
            formula(guard, self.terms, names)
        values = [term(value, self.terms, names) for value in (*(value for _, value in guarded), otherwise)]
        self._symbol(name, [v.sort for v in variables], sort)
        self._valued(name, sort, values)
        applied = f"{name}({', '.join(names)})" if names else name
        for guard, value in (*guarded, ("true", otherwise)):
            options.append(f"{earlier}({guard}) and {applied} = {value}")
            earlier += f"not ({guard}) and "
            self.terms.budget.spend(len(options[-1]))
        self.facts[name] = self.statement(pairs, " or ".join(options))
        cased = "".join(f"{value} if {guard}, else " for guard, value in guarded)
        return f"define {for_all(pairs)}{applied} = {cased}{otherwise}{_INTEGER[sort]}"

    def _recursion(self, name: Any, pairs: Any, sort: Any, start: Any, step: Any) -> str:
        """name(n0, others) = start, and for n >= n0: name(n + 1, others) = step, in which the name occurs only as name(n, ...)."""
        variables, terms = self.variables(pairs), self.terms
        bounded = [v.least is not None for v in variables]
        words = f'expected a first variable "Z from n" and then sorts "R" and "Z" in the recursion {displayed(name)}'
        need(bounded[:1] == [True] and True not in bounded[1:], words, BadInput)
        n, first = variables[0], term(start, terms, scope(variables[1:]))
        self._symbol(name, [v.sort for v in variables], sort)
        before = len(terms.atoms)
        self._valued(name, sort, [first, term(step, terms, scope(variables))])
        own = all(atom.arguments[0] == n.value for atom in terms.atoms[before:] if atom.name == name and atom.arguments)
        need(own, f"expected {name} in its own step only at the value before", BadInput)
        tail = "".join(f", {v.name}" for v in variables[1:])
        begins, continues = f"{name}({n.least}{tail}) = {start}", f"{name}({n.name} + 1{tail}) = {step}"
        self.facts[self.fresh(f"{name}.start")] = self.statement(pairs[1:], begins)
        self.facts[self.fresh(f"{name}.step")] = self.statement(pairs, continues)
        return f"define {for_all(pairs)}{begins}, {continues}{_INTEGER[sort]}"


def scope(variables: tuple[Variable, ...]) -> Scope:
    """The variables by name."""
    return {v.name: v.value for v in variables}


def for_all(pairs: list[list[str]]) -> str:
    """The quantifier that these variables make, in words."""
    return f"for all {', '.join(f'{name} in {sort}' for name, sort in pairs)}: " if pairs else ""
