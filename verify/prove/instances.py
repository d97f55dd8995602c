"""What a proof may start with: instances of known statements, those the author names and those that the terms at hand suggest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice
from typing import Any

from ..kernel.declare import HYPOTHESIS, Statement, Variable, scope
from ..kernel.errors import BadInput, DepthproofError
from ..kernel.proof import RULES, Context, Facts
from ..kernel.syntax import formula
from ..kernel.terms import Atom, Comparison, Formula, Junction, Polynomial, Terms, constant, minus
from .multipliers import multiples
from .notation import application, written

MOST_INSTANCES = 120
MOST_CONGRUENCES = 60
MOST_DERIVED = 60
_ROUNDS = 2


@dataclass(frozen=True)
class Instance:
    """A step of the kernel that only adds facts, and the facts that it adds."""

    step: tuple[Any, ...]
    added: Facts


def instance(context: Context, *step: Any) -> Instance:
    """The step's facts, by the kernel's own rule."""
    return Instance(step, RULES[step[0]](context, (), *step[1:])[0])


def hinted(context: Context, hints: Sequence[str], ground: Facts) -> Iterator[Instance]:
    """The instances that the hints name: "floor(2*u)", "D(k + 1, x)", "IH(x)"; a bare name stands for all that match."""
    for hint in hints:
        name, values = application(hint)
        statement = context.hypothesis if name == HYPOTHESIS else context.vocabulary.facts.get(name)
        if values is None and statement is not None and statement.variables:
            yield from _matching(context, name, statement, ground)
        elif values is not None and statement is None and f"{name}.step" in context.vocabulary.facts:
            yield unfolding(context, name, [context.term(value) for value in values])
        elif statement is None:
            raise BadInput("", f"expected what is known by now, found {hint}")
        else:
            yield instance(context, "use", name, list(values or ()))


def unfolding(context: Context, name: str, values: Sequence[Polynomial]) -> Instance:
    """The instance of a recursion's equations that gives name(values): its start, or its step at one less."""
    terms, first = context.vocabulary.terms, context.vocabulary.facts[f"{name}.step"].variables[0]
    start = values[0] == constant(first.least or 0)
    arguments = list(values[1:]) if start else [terms.add(values[0], constant(-1)), *values[1:]]
    return instance(context, "use", f"{name}.{'start' if start else 'step'}", [written(terms, value) for value in arguments])


def suggested(context: Context, ground: Facts) -> list[Instance]:
    """Definitions at every application that occurs, in a few rounds, then congruences between applications of one symbol."""
    terms, found, met = context.vocabulary.terms, dict[tuple[str, ...], Instance](), ground
    for _ in range(_ROUNDS):
        for number in applications(terms, met):
            for new in _definitions(context, number, {*applications(terms, met)}):
                if len(found) < MOST_INSTANCES:
                    found.setdefault((new.step[1], *new.step[2]), new)
        met = ground + tuple(fact for new in found.values() for fact in new.added)
    return list(found.values())


def congruences(context: Context, ground: Facts) -> list[Instance]:
    """Congruences between applications of one symbol whose arguments are not plainly different."""
    terms = context.vocabulary.terms
    pairs = combinations([number for number in applications(terms, ground) if _occurs_freely(context, number)], 2)
    alike = ((terms.atoms[a], terms.atoms[b]) for a, b in pairs if terms.atoms[a].name == terms.atoms[b].name)
    chosen = []
    for one, other in alike:
        differences = [terms.add(p, minus(q)).terms for p, q in zip(one.arguments or (), other.arguments or ())]
        if not any(len(d) == 1 and d[0][0] == () for d in differences):
            sides = ([written(terms, p) for p in atom.arguments or ()] for atom in (one, other))
            chosen.append((sum(map(len, differences)), ("congruence", one.name, *sides)))
    chosen.sort(key=lambda item: item[0])
    return [instance(context, *step) for _, step in chosen[:MOST_CONGRUENCES]]


def applications(terms: Terms, ground: Iterable[Formula]) -> list[int]:
    """The numbers of the applications in these facts, inner ones included, in order of creation."""
    found = {atom for p in polynomials(ground) for atom in within(terms, p)}
    return [number for number, atom in enumerate(terms.atoms) if atom.arguments is not None and atom in found]


def within(terms: Terms, p: Polynomial) -> set[Atom]:
    """The atoms that occur in p, at any depth."""
    found: set[int] = set()
    waiting = [p]
    while waiting:
        new = {i for monomial, _ in waiting.pop().terms for i in monomial} - found
        found |= new
        waiting.extend(argument for i in new for argument in terms.atoms[i].arguments or ())
    return {terms.atoms[i] for i in found}


def polynomials(ground: Iterable[Formula]) -> Iterator[Polynomial]:
    for fact in ground:
        if isinstance(fact, Comparison):
            yield fact.polynomial
        else:
            yield from polynomials(fact.parts)


def _occurs_freely(context: Context, number: int) -> bool:
    """Whether every variable in the application is in scope, so that it can be written in a step."""
    terms, known = context.vocabulary.terms, {p.terms[0][0][0] for p in context.scope.values()}
    inner = within(terms, Polynomial((((number,), constant(1).terms[0][1]),)))
    return all(atom.arguments is not None or terms.variable(atom.name, atom.sort).terms[0][0][0] in known for atom in inner)


def _definitions(context: Context, number: int, all_numbers: set[int]) -> Iterator[Instance]:
    terms, facts = context.vocabulary.terms, context.vocabulary.facts
    name, _, arguments = terms.atoms[number]
    if arguments is None or not _occurs_freely(context, number):
        return
    if name in facts:
        yield instance(context, "use", name, [written(terms, p) for p in arguments])
    elif f"{name}.step" in facts:
        least = facts[f"{name}.step"].variables[0].least or 0
        before = terms.apply(name, [terms.add(arguments[0], constant(-1)), *arguments[1:]]).terms[0][0][0]
        offset = arguments[0].terms[0][1] if arguments[0].terms and arguments[0].terms[0][0] == () else 0
        plain = not arguments[0].terms or (len(arguments[0].terms) == 1 and offset != 0)
        if offset >= (least if plain else 1) or before in all_numbers:
            yield unfolding(context, name, arguments)


def _matching(context: Context, name: str, statement: Statement, ground: Facts) -> Iterator[Instance]:
    """Instances of a statement at which one of its applications becomes one that occurs; also at variables of the same names."""
    terms = context.vocabulary.terms
    variables = {v.value.terms[0][0][0]: v for v in statement.variables}
    patterns = applications(terms, [formula(statement.text, terms, {**context.scope, **scope(statement.variables)})])
    grounds = [number for number in applications(terms, ground) if _occurs_freely(context, number)]
    bindings: list[dict[int, Polynomial]] = [{}]
    for pattern in patterns:
        bindings.extend(islice(_extended(terms, bindings, pattern, grounds, variables), 200))
    same = {number: context.scope[v.name] for number, v in variables.items() if context.scope.get(v.name) == v.value}
    seen: set[tuple[str, ...]] = set()
    for binding in [same, *bindings]:
        values = tuple(written(terms, binding[number]) for number in variables if number in binding)
        if len(values) == len(variables) and values not in seen and len(seen) < MOST_INSTANCES:
            seen.add(values)
            try:
                yield instance(context, "use", name, list(values))
            except DepthproofError:
                continue
    if not seen:
        raise BadInput("", f"expected terms for {name}({', '.join(v.name for v in statement.variables)}): nothing here suggests them")


def _extended(
    terms: Terms, bindings: list[dict[int, Polynomial]], pattern: int, grounds: list[int], variables: Mapping[int, Variable]
) -> Iterator[dict[int, Polynomial]]:
    name, _, shapes = terms.atoms[pattern]
    for binding in list(bindings):
        for number in grounds:
            if terms.atoms[number].name == name:
                found = _bound(terms, dict(binding), shapes or (), terms.atoms[number].arguments or (), variables)
                if found is not None and len(found) > len(binding):
                    yield found


def _bound(
    terms: Terms, binding: dict[int, Polynomial], shapes: Iterable[Polynomial], values: Iterable[Polynomial],
    variables: Mapping[int, Variable],
) -> dict[int, Polynomial] | None:
    """The binding extended so that shapes become values, where a shape is a variable plus a number; other shapes are let pass."""
    for shape, value in zip(shapes, values):
        own = [i for monomial, _ in shape.terms for i in monomial if i in variables]
        linear = [c for monomial, c in shape.terms if monomial == tuple(own)]
        rest = Polynomial(tuple(term for term in shape.terms if term[0] != tuple(own)))
        if len(own) != 1 or linear != [1] or any(monomial for monomial, _ in rest.terms):
            continue
        wanted = terms.add(value, minus(rest))
        if binding.setdefault(own[0], wanted) != wanted or (variables[own[0]].sort == "Z" and not terms.is_integral(wanted)):
            return None
    return binding


def derived(context: Context, sources: Facts) -> list[str]:
    """Equations among the facts, or under a guard, times monomials that make a term of them one that occurs: as text."""
    terms, equations = context.vocabulary.terms, list[tuple[int, Polynomial]]()
    for number, fact in enumerate(sources):
        last = fact.parts[-1] if isinstance(fact, Junction) and fact.parts else fact
        if isinstance(last, Comparison) and last.relation == "=":
            equations.append((number, last.polynomial))
    wanted = {monomial for p in polynomials(sources) for monomial, _ in p.terms if len(monomial) > 1}
    products = (terms.multiply(p, Polynomial(((monomial, Fraction(1)),))) for _, p, monomial in multiples(equations, wanted, rounds=1))
    return [f"{written(terms, p)} = 0" for p in islice(products, MOST_DERIVED)]
