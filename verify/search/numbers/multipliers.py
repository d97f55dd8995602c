"""Finds the sum of products that closes a branch: its weights are a model of a linear query to z3,
the dual of the refutation.

z3 is never asked for a proof: weights that it returns are rational numbers, and the kernel adds the
sum up again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, product

import z3

from ...compile.z3_context import context
from ...compile.z3_context import numeral as number
from ...kernel.terms import Comparison, Formula, Monomial, Polynomial, Terms, constant, minus
from ..notation import written
from .solver import times

Known = tuple[int, Formula]  # a fact and its label
MOST_MULTIPLES = 400
_EFFORT = 20_000_000


@dataclass(frozen=True)
class Product:
    """Facts with the labels `rows`, times a monomial and squares; `value` is what they multiply to,
    which is at least 0.

    It is more than 0 if `positive`. It is 0, so that its weight may have any sign, if `signed`:
    such a product is of one equation, and only it has a monomial.
    """

    value: Polynomial
    rows: tuple[int, ...]
    positive: bool = False
    signed: bool = False
    monomial: Monomial = ()
    squares: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One summand of a leaf, its facts still by label."""

    weight: str
    rows: tuple[int, ...]
    squares: tuple[str, ...]


def closing(
    terms: Terms,
    branch: Sequence[Known],
    degree: int,
    squares: Sequence[tuple[str, Polynomial]] = (),
) -> list[Entry] | None:
    """The entries of a leaf that closes the branch with products of up to `degree` facts; None if
    there is none.

    Of the facts 5: x <= 0 and 7: 1 - x <= 0, in degree 1: both with the weight 1.
    """
    rows = [(label, fact) for label, fact in branch if isinstance(fact, Comparison)]
    first = {fact: label for label, fact in reversed(rows)}  # of equal facts the first
    rows = [(label, fact) for fact, label in reversed(first.items())]
    weighted = _weights(list(_products(terms, rows, degree, squares)))
    if weighted is None:
        return None
    entries = []
    for weight, it in weighted:
        factor = written(terms, Polynomial(((it.monomial, weight),)))
        entries.append(Entry(factor, it.rows, it.squares))
    return entries


def _products(
    terms: Terms,
    rows: list[tuple[int, Comparison]],
    degree: int,
    squares: Sequence[tuple[str, Polynomial]],
) -> Iterator[Product]:
    """What may be added up: the facts, of inequalities what is at least 0; and beyond degree 1
    products of them, with squares, and multiples of equations."""
    equations, plain = list[tuple[int, Polynomial]](), list[Product]()
    for label, fact in rows:
        if fact.relation == "=":
            equations.append((label, minus(fact.polynomial)))
        else:
            plain.append(Product(minus(fact.polynomial), (label,), fact.relation == "<"))
    for label, value in equations:
        yield Product(value, (label,), signed=True)
    yield from plain
    if degree == 1:
        return
    higher = []
    for count in range(2, degree + 1):
        for factors in combinations_with_replacement(plain, count):
            higher.append(_product(terms, factors))
    for text, base in squares:
        square = terms.multiply(base, base)
        higher.append(Product(square, (), squares=(text,)))
        for one in plain:
            higher.append(Product(terms.multiply(square, one.value), one.rows, squares=(text,)))
    yield from higher
    values = [it.value for it in (*plain, *higher)] + [value for _, value in equations]
    wanted = {monomial for value in values for monomial, _ in value.terms}
    for label, value, monomial in multiples(equations, wanted):
        multiple = terms.multiply(value, Polynomial(((monomial, Fraction(1)),)))
        yield Product(multiple, (label,), signed=True, monomial=monomial)


def _product(terms: Terms, factors: Sequence[Product]) -> Product:
    """The product of inequalities."""
    value = constant(1)
    for factor in factors:
        value = terms.multiply(value, factor.value)
    labels = tuple(label for factor in factors for label in factor.rows)
    return Product(value, labels, all(factor.positive for factor in factors))


def multiples(
    equations: Iterable[tuple[int, Polynomial]], wanted: set[Monomial], rounds: int = 2
) -> Iterator[tuple[int, Polynomial, Monomial]]:
    """Monomials by which equations may usefully be multiplied: those that make one of their terms a
    wanted monomial. Yields label, equation, monomial.

    Of the equation 3: x - y = 0 and the wanted monomial x*z: the multiple by z.
    """
    seen: set[tuple[int, Monomial]] = set()
    equations, todo, reached = list(equations), set(wanted), set(wanted)
    for _ in range(rounds):
        new: set[Monomial] = set()
        for label, value in equations:
            own = [monomial for monomial, _ in value.terms if monomial]
            for divisor, target in product(own, sorted(todo)):
                monomial = _quotient(target, divisor)
                fits = 0 < len(monomial) <= 4
                if fits and (label, monomial) not in seen and len(seen) < MOST_MULTIPLES:
                    seen.add((label, monomial))
                    new |= {tuple(sorted(m + monomial)) for m, _ in value.terms}
                    yield label, value, monomial
        todo = new - reached
        reached |= new


def _quotient(target: Monomial, divisor: Monomial) -> Monomial:
    """target / divisor; 1, which is (), if that is no monomial."""
    rest = Counter(target)
    rest.subtract(divisor)
    if min(rest.values(), default=0) < 0:
        return ()
    return tuple(sorted(rest.elements()))


def _weights(products: list[Product]) -> list[tuple[Fraction, Product]] | None:
    """Weights that make the sum the constant -1; or else 0, with the weights of positive products
    adding up to 1."""
    rows: dict[Monomial, list[z3.ArithRef]] = {(): []}
    variables = [z3.Real(f"v{i}", context()) for i in range(len(products))]
    for variable, one in zip(variables, products):
        for monomial, c in one.value.terms:
            rows.setdefault(monomial, []).append(times(c, variable))
    total = z3.Sum(rows[()]) if rows[()] else number(Fraction(0))
    positive = [variable for variable, one in zip(variables, products) if one.positive]
    solver = z3.SolverFor("QF_LRA", ctx=context())
    solver.set("rlimit", _EFFORT)
    for variable, one in zip(variables, products):
        if not one.signed:
            solver.add(variable >= 0)
    solver.add(*(z3.Sum(summands) == 0 for monomial, summands in rows.items() if monomial))
    goals = [total == -1]
    if positive:
        goals.append(z3.And(total == 0, z3.Sum(positive) == 1))
    for goal in goals:
        solver.push()
        solver.add(goal)
        if solver.check() == z3.sat:
            values = _values(solver.model(), variables)
            return [(weight, one) for weight, one in zip(values, products) if weight]
        solver.pop()
    return None


def _values(model: z3.ModelRef, variables: Sequence[z3.ArithRef]) -> list[Fraction]:
    values = [model.eval(variable, model_completion=True) for variable in variables]
    return [Fraction(x.numerator_as_long(), x.denominator_as_long()) for x in values]
