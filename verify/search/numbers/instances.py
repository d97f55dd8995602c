"""What a proof may start with: instances of known statements, those that the author names and those
that the terms at hand suggest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice
from typing import Any

from ...kernel.declare import Statement
from ...kernel.errors import BadInput, DepthproofError
from ...kernel.formulas import HYPOTHESIS, Scope, formula, term
from ...kernel.rules import RULES, Context
from ...kernel.terms import (
    Atom,
    Comparison,
    Facts,
    Formula,
    Junction,
    Polynomial,
    Terms,
    atom,
    constant,
    minus,
)
from ..notation import application, written
from .multipliers import multiples

MOST_INSTANCES = 120
MOST_CONGRUENCES = 60
MOST_DERIVED = 60
_ROUNDS = 2


@dataclass(frozen=True)
class Instance:
    """A step of the kernel that only adds facts, and the facts that it adds."""

    step: tuple[Any, ...]
    added: Facts


@dataclass(frozen=True)
class View:
    """A proof as its author sees it.

    In the step of an induction on k the author's k is one less than the kernel's, so that the
    statement is known for k and to be shown for k + 1. In its base there is no k, but its least
    value.
    """

    context: Context
    scope: Scope
    base: bool = False

    def term(self, text: str) -> Polynomial:
        """The term that the author writes."""
        return term(text, self.context.vocabulary.terms, self.scope)

    def texts(self, values: Iterable[str]) -> list[str]:
        """The author's terms as the kernel reads them."""
        return [written(self.context.vocabulary.terms, self.term(value)) for value in values]

    def before(self) -> dict[int, Polynomial]:
        """By its number, the induction's variable: one less than the kernel's."""
        if self.context.induction is None:
            return {}
        k = self.context.statement.scope[self.context.induction]
        return {k.terms[0][0][0]: self.context.vocabulary.terms.add(k, constant(-1))}

    def least(self) -> int:
        """The least value of the induction's variable."""
        return least(self.context.statement.sorts.get(self.context.induction, "R")) or 0


def least(sort: str) -> int | None:
    """The n of "Z from n"."""
    return int(sort.removeprefix("Z from ")) if len(sort) > 1 else None


def instance(context: Context, *step: Any) -> Instance:
    """The step's facts, by the kernel's own rule."""
    return Instance(step, RULES[step[0]].apply(context, (), *step[1:])[0])


def hinted(view: View, hints: Sequence[str], ground: Facts) -> Iterator[Instance]:
    """The instances that the hints name: "floor(2*u)", "D(k + 1, x)", "IH(x)". A bare name stands
    for all that match."""
    context = view.context
    for hint in hints:
        name, values = application(hint)
        before = view.before() if name == HYPOTHESIS else {}
        statement = context.statement if before else context.vocabulary.facts.get(name)
        if statement is None:
            raise BadInput("", f"expected what is known by now, found {hint}")
        if values is None and statement.sorts:
            yield from _matching(view, name, statement, ground, before)
        else:
            texts = view.texts(values or ())
            for place, variable in enumerate(statement.scope.values()):
                number = variable.terms[0][0][0]
                if number in before:  # the induction's variable, which the author leaves out
                    texts.insert(place, written(context.vocabulary.terms, before[number]))
            yield instance(context, "use", name, texts)


def suggested(view: View, ground: Facts) -> list[Instance]:
    """Definitions at every application that occurs, in a few rounds."""
    terms, chosen, met = view.context.vocabulary.terms, dict[tuple[str, ...], Instance](), ground
    for _ in range(_ROUNDS):
        occurring = applications(terms, met)
        for number in occurring:
            new = _definition(view, number, {*occurring})
            if new is not None and len(chosen) < MOST_INSTANCES:
                chosen.setdefault((new.step[1], *new.step[2]), new)
        met = ground
        for new in chosen.values():
            met += new.added
    return list(chosen.values())


def congruences(context: Context, ground: Facts) -> list[Instance]:
    """Congruences between applications of one symbol whose arguments are not plainly different."""
    terms = context.vocabulary.terms
    free = [number for number in applications(terms, ground) if _occurs_freely(context, number)]
    chosen = []
    for a, b in combinations(free, 2):
        one, other = terms.atoms[a], terms.atoms[b]
        if one.name != other.name:
            continue
        pairs = zip(one.arguments, other.arguments)
        differences = [terms.add(p, minus(q)).terms for p, q in pairs]
        if not any(len(d) == 1 and d[0][0] == () for d in differences):
            left = [written(terms, p) for p in one.arguments]
            right = [written(terms, p) for p in other.arguments]
            chosen.append((sum(map(len, differences)), ("congruence", one.name, left, right)))
    chosen.sort(key=lambda item: item[0])
    return [instance(context, *step) for _, step in chosen[:MOST_CONGRUENCES]]


def applications(terms: Terms, ground: Iterable[Formula]) -> list[int]:
    """The numbers of the applications in these facts, inner ones included, in order of creation."""
    met = set[Atom]()
    for p in polynomials(ground):
        met |= within(terms, p)
    numbers = []
    for number, one in enumerate(terms.atoms):
        if one.arguments is not None and one in met:
            numbers.append(number)
    return numbers


def within(terms: Terms, p: Polynomial) -> set[Atom]:
    """The atoms that occur in p, at any depth."""
    met: set[int] = set()
    waiting = [p]
    while waiting:
        new = {i for monomial, _ in waiting.pop().terms for i in monomial} - met
        met |= new
        for i in new:
            waiting.extend(terms.atoms[i].arguments or ())
    return {terms.atoms[i] for i in met}


def polynomials(ground: Iterable[Formula]) -> Iterator[Polynomial]:
    """The polynomials of all comparisons in the facts."""
    for fact in ground:
        if isinstance(fact, Comparison):
            yield fact.polynomial
        else:
            yield from polynomials(fact.parts)


def _occurs_freely(context: Context, number: int) -> bool:
    """Whether every variable in the application is in scope, so that it can be written in a
    step."""
    terms, known = context.vocabulary.terms, [*context.statement.scope.values()]
    for inner in within(terms, atom(number)):
        is_variable = inner.arguments is None and inner.name not in terms.constants
        if is_variable and terms.variable(inner.name, inner.sort) not in known:
            return False
    return True


def _definition(view: View, number: int, occurring: set[int]) -> Instance | None:
    """The definition of an application, if it may help; a recursive one does where the integer is
    more than the author's, or where what it needs occurs."""
    context, terms = view.context, view.context.vocabulary.terms
    name, _, arguments = terms.atoms[number]
    if name not in context.vocabulary.facts or not _occurs_freely(context, number):
        return None
    smallest = next(map(least, context.vocabulary.facts[name].sorts.values()), None)
    if smallest is not None:
        first, *others = arguments
        before = terms.apply(name, [terms.add(first, constant(-1)), *others]).terms[0][0][0]
        offset, is_number = _offset(view, first)
        lowest = smallest if is_number else 1
        if offset < lowest and before not in occurring:
            return None
    return instance(context, "use", name, [written(terms, p) for p in arguments])


def _offset(view: View, p: Polynomial) -> tuple[Fraction, bool]:
    """The number in p, seen by the author, and whether p is a number: of the kernel's k + 2, which
    is the author's k + 3, 3 in the step; and in the base, where k is 0, 2."""
    offset, is_number = Fraction(0), True
    of_induction = [(number,) for number in view.before()]
    for monomial, c in p.terms:
        if monomial == ():
            offset += c
        elif monomial not in of_induction:
            is_number = False
        elif view.base:
            offset += c * view.least()
        else:
            offset += c
            is_number = False
    return offset, is_number


def _matching(
    view: View, name: str, statement: Statement, ground: Facts, before: Mapping[int, Polynomial]
) -> Iterator[Instance]:
    """Instances of a statement at which one of its applications becomes one that occurs; also at
    variables of the same names."""
    context, terms = view.context, view.context.vocabulary.terms
    own = context.statement.scope
    variables = {p.terms[0][0][0]: variable for variable, p in statement.scope.items()}
    patterns = applications(terms, [formula(statement.text, terms, {**own, **statement.scope})])
    grounds = [number for number in applications(terms, ground) if _occurs_freely(context, number)]
    bindings: list[dict[int, Polynomial]] = [dict(before)]
    for pattern in patterns:
        extended = _extended(terms, bindings, pattern, grounds, {*variables})
        bindings.extend(islice(extended, 200))
    same = {}
    for number, variable in variables.items():
        if own.get(variable) == statement.scope[variable] and variable in view.scope:
            same[number] = view.scope[variable]
    seen: set[tuple[str, ...]] = set()
    for binding in [{**same, **before}, *bindings]:
        if not binding.keys() >= variables.keys():
            continue
        values = tuple(written(terms, binding[number]) for number in variables)
        if values not in seen and len(seen) < MOST_INSTANCES:
            seen.add(values)
            try:
                yield instance(context, "use", name, list(values))
            except DepthproofError:
                continue
    if not seen:
        wanted = f"expected terms for {name}({', '.join(statement.sorts)})"
        raise BadInput("", f"{wanted}: nothing here suggests them")


def _extended(
    terms: Terms,
    bindings: list[dict[int, Polynomial]],
    pattern: int,
    grounds: list[int],
    variables: set[int],
) -> Iterator[dict[int, Polynomial]]:
    """The bindings extended so that the pattern becomes an application that occurs."""
    name, _, shapes = terms.atoms[pattern]
    for binding in list(bindings):
        for number in grounds:
            if terms.atoms[number].name == name:
                values = terms.atoms[number].arguments
                new = _bound(terms, dict(binding), shapes, values, variables)
                if new is not None and len(new) > len(binding):
                    yield new


def _bound(
    terms: Terms,
    binding: dict[int, Polynomial],
    shapes: Iterable[Polynomial],
    values: Iterable[Polynomial],
    variables: set[int],
) -> dict[int, Polynomial] | None:
    """The binding extended so that shapes become values, where a shape is a variable plus a number;
    other shapes are let pass. None if that cannot be."""
    for shape, value in zip(shapes, values):
        coefficients = dict(shape.terms)
        number = coefficients.pop((), Fraction(0))
        if list(coefficients.values()) != [1]:
            continue
        (monomial,) = coefficients
        if len(monomial) != 1 or monomial[0] not in variables:
            continue
        (own,) = monomial
        wanted = terms.add(value, constant(-number))
        if binding.setdefault(own, wanted) != wanted:
            return None
        if terms.atoms[own].sort == "Z" and not terms.is_integral(wanted):
            return None
    return binding


def derived(context: Context, sources: Facts, rounds: int) -> list[str]:
    """Equations among the facts, or under a guard, times monomials that make a term of them one
    that occurs: as text."""
    terms, equations = context.vocabulary.terms, list[tuple[int, Polynomial]]()
    for number, fact in enumerate(sources):
        last = fact.parts[-1] if isinstance(fact, Junction) and fact.parts else fact
        if isinstance(last, Comparison) and last.relation == "=":
            equations.append((number, last.polynomial))
    monomials = {monomial for p in polynomials(sources) for monomial, _ in p.terms}
    wanted = {monomial for monomial in monomials if len(monomial) > 1}
    texts = []
    for _, p, monomial in islice(multiples(equations, wanted, rounds=rounds), MOST_DERIVED):
        multiple = terms.multiply(p, Polynomial(((monomial, Fraction(1)),)))
        texts.append(f"{written(terms, multiple)} = 0")
    return texts
