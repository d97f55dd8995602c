"""Finds the sum of products that closes a branch: its weights are a model of a linear query to z3, the dual of the refutation.

z3 is never asked for a proof: weights that it returns are rational numbers, and the kernel adds the sum up again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement

import z3

from ...compile.z3_context import context
from ...compile.z3_context import numeral as number
from ...kernel.terms import Comparison, Formula, Monomial, Polynomial, Terms, constant, minus
from ..notation import written

Known = tuple[int, Formula]  # a fact and its label
MOST_MULTIPLES = 400
_EFFORT = 20_000_000


@dataclass(frozen=True)
class Product:
    """Facts with these labels, times a monomial (only with an equation) and squares; `value` is what they multiply to."""

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


def closing(terms: Terms, branch: Sequence[Known], degree: int, squares: Sequence[tuple[str, Polynomial]] = ()) -> list[Entry] | None:
    """The entries of a leaf that closes the branch with products of up to `degree` facts; None if there is none.

        of x <= 0 and 1 - x <= 0      both, each with the weight 1
    """
    rows = [(label, fact) for label, fact in branch if isinstance(fact, Comparison)]
    distinct = {fact: label for label, fact in reversed(rows)}
    rows = [(label, fact) for fact, label in reversed(distinct.items())]
    found = _weights(list(_products(terms, rows, degree, squares)))
    if found is None:
        return None
    return [Entry(written(terms, Polynomial(((p.monomial, weight),))), p.rows, p.squares) for weight, p in found]


def _products(
    terms: Terms, rows: list[tuple[int, Comparison]], degree: int, squares: Sequence[tuple[str, Polynomial]]
) -> Iterator[Product]:
    equations = [(label, minus(fact.polynomial)) for label, fact in rows if fact.relation == "="]
    inequalities = [(label, minus(fact.polynomial), fact.relation == "<") for label, fact in rows if fact.relation != "="]
    plain = [Product(value, (label,), strict) for label, value, strict in inequalities]
    yield from (Product(value, (label,), signed=True) for label, value in equations)
    yield from plain
    if degree == 1:
        return
    found = list(plain)
    for count in range(2, degree + 1):
        for chosen in combinations_with_replacement(inequalities, count):
            value = constant(1)
            for _, factor, _ in chosen:
                value = terms.multiply(value, factor)
            found.append(Product(value, tuple(label for label, _, _ in chosen), all(strict for _, _, strict in chosen)))
    for text, base in squares:
        square = terms.multiply(base, base)
        found.append(Product(square, (), squares=(text,)))
        found.extend(Product(terms.multiply(square, value), (label,), squares=(text,)) for label, value, _ in inequalities)
    yield from found[len(plain):]
    wanted = {monomial for p in found for monomial, _ in p.value.terms} | {m for _, value in equations for m, _ in value.terms}
    for label, value, monomial in multiples(equations, wanted):
        yield Product(terms.multiply(value, Polynomial(((monomial, Fraction(1)),))), (label,), signed=True, monomial=monomial)


def multiples(
    equations: Iterable[tuple[int, Polynomial]], wanted: set[Monomial], rounds: int = 2
) -> Iterator[tuple[int, Polynomial, Monomial]]:
    """Monomials by which equations may usefully be multiplied: those that make one of their terms a wanted monomial."""
    seen: set[tuple[int, Monomial]] = set()
    equations, todo, reached = list(equations), set(wanted), set(wanted)
    for _ in range(rounds):
        new: set[Monomial] = set()
        for label, value in equations:
            for part in (Counter(monomial) for monomial, _ in value.terms if monomial):
                for target in sorted(todo):
                    rest = Counter(target)
                    rest.subtract(part)
                    monomial = tuple(sorted(rest.elements()))
                    fits = min(rest.values(), default=0) >= 0 and 0 < len(monomial) <= 4
                    if fits and (label, monomial) not in seen and len(seen) < MOST_MULTIPLES:
                        seen.add((label, monomial))
                        new |= {tuple(sorted(m + monomial)) for m, _ in value.terms}
                        yield label, value, monomial
        todo = new - reached
        reached |= new


def _weights(products: list[Product]) -> list[tuple[Fraction, Product]] | None:
    """Weights that make the sum the constant -1, or 0 with the weights of positive products adding up to 1."""
    rows: dict[Monomial, list[z3.ArithRef]] = {(): []}
    variables = [z3.Real(f"v{i}", context()) for i in range(len(products))]
    for variable, product in zip(variables, products):
        for monomial, c in product.value.terms:
            weighted = variable if c == 1 else number(c) * variable
            rows.setdefault(monomial, []).append(weighted)
    total = z3.Sum(rows[()]) if rows[()] else number(Fraction(0))
    positive = [variable for variable, product in zip(variables, products) if product.positive]
    solver = z3.SolverFor("QF_LRA", ctx=context())
    solver.set("rlimit", _EFFORT)
    solver.add(*(variable >= 0 for variable, product in zip(variables, products) if not product.signed))
    solver.add(*(z3.Sum(parts) == 0 for monomial, parts in rows.items() if monomial))
    goals = [total == -1]
    if positive:
        goals.append(z3.And(total == 0, z3.Sum(positive) == 1))
    for goal in goals:
        solver.push()
        solver.add(goal)
        if solver.check() == z3.sat:
            model = solver.model()
            values = [model.eval(variable, model_completion=True) for variable in variables]
            weights = [Fraction(value.numerator_as_long(), value.denominator_as_long()) for value in values]
            return [(weight, product) for weight, product in zip(weights, products) if weight]
        solver.pop()
    return None
