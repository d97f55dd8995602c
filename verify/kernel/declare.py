"""The vocabulary of a theory: every declaration of a symbol adds a function that exists, and the fact that defines it.

    {"define": "relu", "for": [["x", "R"]], "sort": "R", "cases": [["x <= 0", "0"]], "otherwise": "x"}
    {"define": "D", "for": [["k", "Z from 0"], ["x", "R"]], "sort": "R", "cases": [["k = 0", "x"]], "otherwise": "tent(D(k - 1, x))"}
    {"free": "m", "arguments": ["Z"], "sort": "Z"}                               (only in a claim: any such function)
    {"assume": "widths", "for": [["i", "Z from 1"]], "holds": "m(i) >= 1"}       (only in a claim)
    {"measure": "n", "is": "pieces", "of": "f - g", "on": ["0", "1"]}            (of given networks; a distance has also a "span")

Given networks are declared by the claim: their input is the constant x, or x1, x2, ... if there are several; the output of a network f is
f, or f1, f2, ...; value1, value2, ... are the inputs and what is computed inside. So "0 <= x <= 1 implies f <= 1" is said for all x.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from .language import WORDS, Comparison, Formula, Junction, Polynomial, Scope, Terms, constant, formula, term
from .network import MEASURES, Graph
from .reader import BadInput, expected, fields, listed, need, want

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}", re.ASCII)
_PATH = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}(\.[a-z][a-z0-9_]{0,40}){0,4}", re.ASCII)
_SORT = re.compile(r"R|Z|Z from (-?(?:0|[1-9][0-9]{0,8}))", re.ASCII)
HYPOTHESIS = "IH"
MEANING = {"floor(": "floor(x) is the integer with floor(x) <= x < floor(x) + 1", "div(": "div(a, b) is a / b, and 0 for b = 0"}


class Statement(NamedTuple):
    """For all values of the variables, the formula that the text writes. It is read anew at every use, with terms for the variables.

    A sort is "R", "Z" or "Z from n"; for variables of the last sort the text begins with "v >= n implies".
    """

    sorts: dict[str, str]
    scope: Scope
    text: str


class Vocabulary:
    """The symbols and facts declared so far. From the beginning there are `floor` and `div`, with div(a, 0) = 0, what `integers` and
    `squares` satisfy, and the given networks."""

    def __init__(self, graph: Graph, networks: Mapping[str, list[Polynomial]]) -> None:
        self.graph, self.networks, self.terms = graph, networks, Terms(graph.budget)
        self.facts = dict[str, Any]()  # statements by name; None is a goal that waits for its proof
        self.measures = dict[str, tuple[str, Polynomial, list[Polynomial], list[Fraction]]]()  # kind, expression, span, interval
        # The first atoms, in this order. No variable has such a name, since names have no spaces.
        values = [self.terms.variable(f"value {v}", "R") for v in range(graph.size)]
        self.dependent = set[str]()  # symbols that a definition makes depend on the networks' input
        self.titles = list[str]()  # what the printed header names: no other name may look like them
        self.terms.symbols.update(floor=(("R",), "Z"), div=(("R", "R"), "R"))
        self.facts["integers"] = self.statement([["n", "Z"]], "n <= 0 or n >= 1")
        self.facts["squares"] = self.statement([["x", "R"]], "x^2 >= 0")
        self.facts["floor"] = self.statement([["x", "R"]], "floor(x) <= x < floor(x) + 1")
        self.facts["div"] = self.statement([["a", "R"], ["b", "R"]], "b = 0 and div(a, b) = 0 or b != 0 and b * div(a, b) = a")
        if networks:
            self._name([("value", values[1:]), ("x", values[1 : 1 + graph.inputs]), *networks.items()])

    def _name(self, rows: list[tuple[str, list[Polynomial]]]) -> None:
        """Gives the networks' values, inputs and outputs their names: f, or f1, f2, ..."""
        self.titles = [title for title, _ in rows]
        for title, parts in rows:
            want(NAME.fullmatch(title) and title not in (*WORDS, HYPOTHESIS, *self.facts), "a name of a network", title)
            need(sum(self._reserves(one, title) for one in self.titles) == 1, f"{title} is a name of another network or of its input", BadInput)
            for number, part in enumerate(parts, 1):
                self.terms.constants[f"{title}{number}" if len(parts) > 1 else title] = part

    @staticmethod
    def _reserves(title: str, name: str) -> bool:
        return name.startswith(title) and (name == title or name[len(title):].isdigit())

    def is_free(self, name: str) -> bool:
        """Whether no printed header mentions the name: not x, value or a network's key, with or without a number behind it."""
        return not any(self._reserves(title, name) for title in self.titles)

    def fresh(self, name: Any, pattern: re.Pattern[str] = _PATH) -> str:
        """The name, if it may be given to something new: to a fact, or to a symbol and the fact of that name."""
        want(type(name) is str and pattern.fullmatch(name) and name not in (*WORDS, HYPOTHESIS), "a name", name)
        need(name not in self.terms.symbols and name not in self.facts, f"expected a new name, found {name} again", BadInput)
        need(self.is_free(name), f"expected a new name, found {name}, which belongs to the networks", BadInput)
        return str(name)

    def statement(self, pairs: Any, text: Any) -> Statement:
        """For all variables in [[name, sort], ...], what the text says."""
        sorts, scope, bounds = dict[str, str](), dict[str, Polynomial](), ""
        for name, sort in (listed(pair, 2) for pair in listed(pairs)):
            self.terms.budget.spend(40)
            self.terms.budget.keep(300)
            new = type(name) is str and NAME.fullmatch(name) and not (name in WORDS or name in sorts or name in self.terms.symbols)
            want(new and self.is_free(name), "the name of a new variable", name)
            least = want(type(sort) is str and _SORT.fullmatch(sort), 'a sort: "R", "Z" or "Z from 0"', sort)[1]
            sorts[name], scope[name] = sort, self.terms.variable(name, sort[0])
            bounds += f"{name} >= {least} implies " if least else ""
        formula(text, self.terms, scope)
        self.terms.budget.keep(len(bounds) + len(text))
        return Statement(sorts, scope, bounds + text)

    def instance(self, statement: Statement, values: list[Polynomial]) -> Formula:
        """The statement at these values."""
        need(len(values) == len(statement.sorts), f"expected {len(statement.sorts)} terms, one for each variable, found {len(values)}")
        for (name, sort), value in zip(statement.sorts.items(), values):
            need(sort == "R" or self.terms.is_integral(value), f"expected a term that is visibly an integer for {name}")
        return formula(statement.text, self.terms, dict(zip(statement.sorts, values)))

    def declare(self, item: Any, trusted: bool) -> str:
        """Adds one declaration; `free` and `assume` only if trusted, that is, from a claim. Returns it as a readable line."""
        keys = item if type(item) is dict else {}
        if "define" in keys:
            return self._define(*fields(item, "define", "for", "sort", "cases", "otherwise"))
        if "free" in keys and trusted:
            name, sorts, sort = fields(item, "free", "arguments", "sort")
            self._symbol(name, listed(sorts), sort)
            return f"for any function {name}({', '.join(sorts)}) in {sort}" if sorts else f"for any constant {name} in {sort}"
        if "assume" in keys and trusted:
            name, pairs, text = fields(item, "assume", "for", "holds")
            self.facts[self.fresh(name)] = self.statement(pairs, text)
            return f"assume {name}: {for_all(pairs)}{text}"
        if "measure" in keys:
            return self._measure(*fields(item, "measure", "is", "of", "on", *(["span"] if keys.get("is") == "distance" else [])))
        raise expected("", "a declaration (define, measure; in a claim also free or assume)", item)

    def _symbol(self, name: Any, sorts: list[Any], sort: Any) -> None:
        want(all(each in ("R", "Z") for each in (*sorts, sort)), 'sorts: "R" or "Z"', str([*sorts, sort]))
        self.terms.symbols[self.fresh(name, NAME)] = tuple(sorts), sort

    def _define(self, name: Any, pairs: Any, sort: Any, cases: Any, otherwise: Any) -> str:
        """name(variables) = the value of the first case whose guard holds. If the first variable is a k in "Z from n", this is so from
        n on, and the values may mention name(k - 1, ...): by recursion on k such a function exists, whatever it is below n.

        Each text is read alone before it is put between brackets, so that none can close them.
        """
        (sorts, scope, _), terms, earlier, options = self.statement(pairs, "true"), self.terms, "", list[str]()
        guarded, known = [listed(case, 2) for case in listed(cases)], len(terms.atoms)
        guards = [formula(guard, terms, scope) for guard, _ in guarded]
        self._symbol(name, [sort[0] for sort in sorts.values()], sort)
        values = [term(value, terms, scope) for value in (*(value for _, value in guarded), otherwise)]
        before = next((terms.add(scope[k], constant(-1)) for k, sort in [*sorts.items()][:1] if sort > "Z"), None)
        own = (atom.arguments for atom in terms.atoms[known:] if atom.name == name and atom.arguments is not None)
        falls = all(arguments[:1] == (before,) for arguments in own)
        need(falls, f"expected {name} in its own definition only at the integer before", BadInput)
        need(sort == "R" or all(map(terms.is_integral, values)), f"expected values of {name} that are visibly integers", BadInput)
        if any(map(self._depends, (*guards, *values))):
            self.dependent.add(name)
        applied = f"{name}({', '.join(sorts)})" if sorts else name
        for guard, value in (*guarded, ("true", otherwise)):
            options.append(f"{earlier}({guard}) and {applied} = {value}")
            earlier += f"not ({guard}) and "
            terms.budget.spend(len(options[-1]))
        self.facts[name] = self.statement(pairs, " or ".join(options))
        cased = "".join(f"{value} if {guard}, else " for guard, value in guarded)
        return f"define {for_all(pairs)}{applied} = {cased}{otherwise}{'   (an integer)' * (sort == 'Z')}"

    def _depends(self, value: Polynomial | Formula) -> bool:
        """Whether it mentions what the networks' input determines."""
        if isinstance(value, Junction):
            return any(map(self._depends, value.parts))
        p = value.polynomial if isinstance(value, Comparison) else value
        self.terms.budget.spend(20 * len(p.terms))
        atoms = [(number, self.terms.atoms[number]) for monomial, _ in p.terms for number in monomial]
        return any(number < self.graph.size or atom.name in self.dependent or any(map(self._depends, atom.arguments or ()))
                   for number, atom in atoms)

    def _measure(self, name: Any, kind: Any, of: Any, on: Any, *spans: Any) -> str:
        """A constant, the number that networks with one input have on an interval."""
        want(type(name) is str and type(kind) is str and kind in MEASURES, f"a name and one of {', '.join(MEASURES)}", kind)
        span = [text for texts in spans for text in listed(texts)]
        body, *basis = (term(text, self.terms, {}) for text in (of, *span))
        self.measures[name] = kind, body, basis, [self.terms.budget.rational(text) for text in listed(on, 2)]
        self._symbol(name, [], "R")
        return f"define {name} = {MEASURES[kind][0].format(of, span=', '.join(span))} on [{', '.join(on)}]"


def for_all(pairs: list[list[str]]) -> str:
    """The quantifier that these variables make, in words."""
    return f"for all {', '.join(f'{name} in {sort}' for name, sort in pairs)}: " if pairs else ""
