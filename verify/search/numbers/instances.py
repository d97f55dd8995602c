"""What a proof may start with: instances of known statements, those the author names and those that the terms at hand suggest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice
from typing import Any

from ...kernel.declare import Statement
from ...kernel.errors import BadInput, DepthproofError
from ...kernel.formulas import HYPOTHESIS, Scope, formula, term
from ...kernel.rules import RULES, Context
from ...kernel.terms import Atom, Comparison, Facts, Formula, Junction, Polynomial, Terms, constant, minus
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
    """A proof as its author sees it. In the step of an induction on k the author's k is one less than the kernel's, so that the statement
    is known for k and to be shown for k + 1; in its base there is no k, but its least value."""

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
    """The step's facts, by the kernel's own rule.

        instance(context, "use", "floor", ["x/2"])      floor(x/2) <= x/2 < floor(x/2) + 1
    """
    return Instance(step, RULES[step[0]].apply(context, (), *step[1:])[0])


def hinted(view: View, hints: Sequence[str], ground: Facts) -> Iterator[Instance]:
    """The instances that the hints name: "floor(2*u)", "D(k + 1, x)", "IH(x)"; a bare name stands for all that match."""
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
            rest, own = iter(view.texts(values or ())), list[str]()
            for p in statement.scope.values():
                variable = p.terms[0][0][0]
                if variable in before:
                    own.append(written(context.vocabulary.terms, before[variable]))
                else:
                    own.append(next(rest, ""))
            yield instance(context, "use", name, [*filter(None, own), *rest])


def suggested(view: View, ground: Facts) -> list[Instance]:
    """Definitions at every application that occurs, in a few rounds, then congruences between applications of one symbol."""
    terms, found, met = view.context.vocabulary.terms, dict[tuple[str, ...], Instance](), ground
    for _ in range(_ROUNDS):
        for number in applications(terms, met):
            for new in _definitions(view, number, {*applications(terms, met)}):
                if len(found) < MOST_INSTANCES:
                    found.setdefault((new.step[1], *new.step[2]), new)
        met = ground + tuple(fact for new in found.values() for fact in new.added)
    return list(found.values())


def congruences(context: Context, ground: Facts) -> list[Instance]:
    """Congruences between applications of one symbol whose arguments are not plainly different.

        of D(k, x) and D(k, y)      x != y, or D(k, x) = D(k, y)
    """
    terms = context.vocabulary.terms
    pairs = combinations([number for number in applications(terms, ground) if _occurs_freely(context, number)], 2)
    alike = ((terms.atoms[a], terms.atoms[b]) for a, b in pairs if terms.atoms[a].name == terms.atoms[b].name)
    chosen = []
    for one, other in alike:
        differences = [terms.add(p, minus(q)).terms for p, q in zip(one.arguments or (), other.arguments or ())]
        if not any(len(d) == 1 and d[0][0] == () for d in differences):
            left = [written(terms, p) for p in one.arguments or ()]
            right = [written(terms, p) for p in other.arguments or ()]
            chosen.append((sum(map(len, differences)), ("congruence", one.name, left, right)))
    chosen.sort(key=lambda item: item[0])
    return [instance(context, *step) for _, step in chosen[:MOST_CONGRUENCES]]


def applications(terms: Terms, ground: Iterable[Formula]) -> list[int]:
    """The numbers of the applications in these facts, inner ones included, in order of creation.

        of floor(D(k, x)/2) <= 1      those of D(k, x) and floor(D(k, x)/2)
    """
    found = {atom for p in polynomials(ground) for atom in within(terms, p)}
    return [number for number, atom in enumerate(terms.atoms) if atom.arguments is not None and atom in found]


def within(terms: Terms, p: Polynomial) -> set[Atom]:
    """The atoms that occur in p, at any depth.

        within(terms, 2*D(k, x) + 1)      D(k, x), k, x
    """
    found: set[int] = set()
    waiting = [p]
    while waiting:
        new = {i for monomial, _ in waiting.pop().terms for i in monomial} - found
        found |= new
        waiting.extend(argument for i in new for argument in terms.atoms[i].arguments or ())
    return {terms.atoms[i] for i in found}


def polynomials(ground: Iterable[Formula]) -> Iterator[Polynomial]:
    """The polynomials of all comparisons in the facts, inside disjunctions too.

        polynomials of x <= 0 and (y = 1 or z < 0)      x, y - 1, z
    """
    for fact in ground:
        if isinstance(fact, Comparison):
            yield fact.polynomial
        else:
            yield from polynomials(fact.parts)


def _occurs_freely(context: Context, number: int) -> bool:
    """Whether every variable in the application is in scope, so that it can be written in a step."""
    terms, known = context.vocabulary.terms, [*context.statement.scope.values()]
    inner = within(terms, Polynomial((((number,), constant(1).terms[0][1]),)))
    return all(a.arguments is not None or a.name in terms.constants or terms.variable(a.name, a.sort) in known for a in inner)


def _definitions(view: View, number: int, all_numbers: set[int]) -> Iterator[Instance]:
    """The definition of an application; a recursive one only where the integer is more than the author's, or what it needs occurs."""
    context, terms = view.context, view.context.vocabulary.terms
    name, _, arguments = terms.atoms[number]
    if arguments is None or name not in context.vocabulary.facts or not _occurs_freely(context, number):
        return
    smallest = next((least(sort) for sort in context.vocabulary.facts[name].sorts.values()), None)
    if smallest is not None:
        before = terms.apply(name, [terms.add(arguments[0], constant(-1)), *arguments[1:]]).terms[0][0][0]
        offset, plain = _offset(view, arguments[0])
        enough = smallest if plain else 1
        if offset < enough and before not in all_numbers:
            return
    yield instance(context, "use", name, [written(terms, p) for p in arguments])


def _offset(view: View, p: Polynomial) -> tuple[Fraction, bool]:
    """The number in p, seen by the author, and whether p is a number."""
    offset, plain = Fraction(0), True
    for monomial, c in p.terms:
        known = len(monomial) == 1 and monomial[0] in view.before()
        if monomial == ():
            offset += c
        elif known and view.base:
            offset += c * view.least()
        elif known:
            offset, plain = offset + c, False
        else:
            plain = False
    return offset, plain


def _matching(view: View, name: str, statement: Statement, ground: Facts, before: Mapping[int, Polynomial]) -> Iterator[Instance]:
    """Instances of a statement at which one of its applications becomes one that occurs; also at variables of the same names."""
    context, terms = view.context, view.context.vocabulary.terms
    variables = {p.terms[0][0][0]: name for name, p in statement.scope.items()}
    integers = {number for number in variables if terms.atoms[number].sort == "Z"}
    patterns = applications(terms, [formula(statement.text, terms, {**context.statement.scope, **statement.scope})])
    grounds = [number for number in applications(terms, ground) if _occurs_freely(context, number)]
    bindings: list[dict[int, Polynomial]] = [dict(before)]
    for pattern in patterns:
        bindings.extend(islice(_extended(terms, bindings, pattern, grounds, {*variables}, integers), 200))
    own = context.statement.scope
    same = {number: view.scope[v] for number, v in variables.items() if own.get(v) == statement.scope[v] and v in view.scope}
    seen: set[tuple[str, ...]] = set()
    for binding in [{**same, **before}, *bindings]:
        values = tuple(written(terms, binding[number]) for number in variables if number in binding)
        if len(values) == len(variables) and values not in seen and len(seen) < MOST_INSTANCES:
            seen.add(values)
            try:
                yield instance(context, "use", name, list(values))
            except DepthproofError:
                continue
    if not seen:
        raise BadInput("", f"expected terms for {name}({', '.join(statement.sorts)}): nothing here suggests them")


def _extended(
    terms: Terms, bindings: list[dict[int, Polynomial]], pattern: int, grounds: list[int], variables: set[int], integers: set[int]
) -> Iterator[dict[int, Polynomial]]:
    name, _, shapes = terms.atoms[pattern]
    for binding in list(bindings):
        for number in grounds:
            if terms.atoms[number].name == name:
                found = _bound(terms, dict(binding), shapes or (), terms.atoms[number].arguments or (), variables, integers)
                if found is not None and len(found) > len(binding):
                    yield found


def _bound(
    terms: Terms, binding: dict[int, Polynomial], shapes: Iterable[Polynomial], values: Iterable[Polynomial],
    variables: set[int], integers: set[int],
) -> dict[int, Polynomial] | None:
    """The binding extended so that shapes become values, where a shape is a variable plus a number; other shapes are let pass."""
    for shape, value in zip(shapes, values):
        own = [i for monomial, _ in shape.terms for i in monomial if i in variables]
        linear = [c for monomial, c in shape.terms if monomial == tuple(own)]
        rest = Polynomial(tuple(term for term in shape.terms if term[0] != tuple(own)))
        if len(own) != 1 or linear != [1] or any(monomial for monomial, _ in rest.terms):
            continue
        wanted = terms.add(value, minus(rest))
        if binding.setdefault(own[0], wanted) != wanted or (own[0] in integers and not terms.is_integral(wanted)):
            return None
    return binding


def derived(context: Context, sources: Facts, rounds: int) -> list[str]:
    """Equations among the facts, or under a guard, times monomials that make a term of them one that occurs: as text.

        of x - y = 0, where y*z occurs      ["x*z - y*z = 0"]
    """
    terms, equations = context.vocabulary.terms, list[tuple[int, Polynomial]]()
    for number, fact in enumerate(sources):
        last = fact.parts[-1] if isinstance(fact, Junction) and fact.parts else fact
        if isinstance(last, Comparison) and last.relation == "=":
            equations.append((number, last.polynomial))
    wanted = {monomial for p in polynomials(sources) for monomial, _ in p.terms if len(monomial) > 1}
    products = (terms.multiply(p, Polynomial(((monomial, Fraction(1)),))) for _, p, monomial in multiples(equations, wanted, rounds=rounds))
    return [f"{written(terms, p)} = 0" for p in islice(products, MOST_DERIVED)]
