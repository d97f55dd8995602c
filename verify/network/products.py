"""Products and polynomials by sums of sawtooths: the networks of smooth.product.network and
smooth.polynomial, with as many units and layers as proofs/coq/Multiplication.v and Polynomials.v
count."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ..kernel.errors import BadInput
from .layered import Layered, Row, beside, row

Exponents = tuple[int, ...]
HALF = Fraction(1, 2)


def squared(m: int) -> Layered:
    """x² for |x| ≤ 1, at most 4^−(m+1) too large: m + 1 layers, 3m + 2 units.

    |x|, then three units a layer: the two of the next sawtooth, and one for the sum so far.
    """
    found = Layered.identity(1).layer([row([1]), row([-1])], [row([1, 1])])
    if m == 0:
        return found
    found = found.layer([row([1]), row([2], -1), row([1])], [row([2, -2]), _sum(1)])
    for s in range(2, m + 1):
        found = found.layer([row([1]), row([2], -1), row([0, 1])], [row([2, -2]), _sum(s)])
    return found.after([row([0, 1])])


def _sum(s: int) -> Row:
    """x − Σ_{t ≤ s} Δ^t(x)/4^t, from the sum before it and the units of Δ^s."""
    step = Fraction(2, 4**s)
    return row([-step, step, 1])


def multiplied(m: int, bound: Fraction) -> Layered:
    """uv for |u|, |v| ≤ bound, within bound²/4^m: m + 1 layers, 9m + 6 units.

    uv = 2B² (((u + v)/2B)² − (u/2B)² − (v/2B)²), three squares side by side. Source:
    smooth.product.network.

    >>> multiplied(3, Fraction(2)).network
    <Network 2-6-9-9-9-1, 33 units, depth 4>
    """
    if type(m) is not int or m < 0 or bound <= 0:
        wanted = "a number of terms of at least 0 and a bound above 0"
        raise BadInput("", f"expected {wanted}, found {m} and {bound}")
    half = HALF / bound
    inner = (row([half, half]), row([half, 0]), row([0, half]))
    squares = beside([squared(m).reading(2, [one]) for one in inner])
    scale = 2 * bound**2
    return squares.after([row([scale, -scale, -scale])])


def product_error(m: int, bound: Fraction) -> Fraction:
    """How far `multiplied` is from the product at most, by smooth.product.network."""
    return bound * bound * Fraction(1, 4**m)


def horner(coefficients: Sequence[Fraction], m: int) -> Layered:
    """Σ c_i x^i for |x| ≤ 1 by Horner's rule, n coefficients, that of x^0 first: n (m + 1) layers,
    n (8 + 11m) units, within `horner_error`. Source: smooth.polynomial.

    >>> horner([Fraction(0), Fraction(1), Fraction(-1)], 4).units
    156
    """
    product = multiplied(m, _bound(coefficients))
    found = Layered.affine(1, [row([0]), row([1])])
    wait = Layered.affine(2, [row([0, 1])]).waiting(m + 1)
    for c in reversed(coefficients):
        step = product.reading(2, [row([0, 1]), row([1])]).after([row([1], c)])
        found = found.then(beside([step, wait]))
    return found.after([row([1, 0])])


def horner_error(coefficients: Sequence[Fraction], m: int) -> Fraction:
    """n B² / 4^m with B = 1 + Σ |c_i|. smooth.polynomial says it where this is at most 1."""
    return len(coefficients) * product_error(m, _bound(coefficients))


def _bound(coefficients: Sequence[Fraction]) -> Fraction:
    return 1 + sum(map(abs, coefficients), Fraction(0))


def monomials(terms: Mapping[Exponents, Fraction], m: int) -> Layered:
    """Σ c x^e on [−1, 1]^d: each monomial as a chain of products beside the inputs that wait, all
    chains as long as the longest. (degree − 1) (m + 1) layers; for each product 9m + 6 + 2d (m + 1)
    units, for each that a monomial has less than the longest 2 (m + 1). Within `monomials_error`.

    A factor at most 1 does not enlarge an error, so the errors of the products add:
    smooth.product.network, once for each product.

    >>> monomials({(2, 1): Fraction(1), (1, 0): Fraction(-1)}, 3).network
    <Network 2-12-15-15-15-12-15-15-15-1, 114 units, depth 8>
    """
    size = len(next(iter(terms)))
    degree = max(map(sum, terms))
    chosen = [exponents for exponents in terms if any(exponents)]
    bias = sum((c for exponents, c in terms.items() if not any(exponents)), Fraction(0))
    if not chosen:
        return Layered.affine(size, [row([], bias)])
    chains = beside([_monomial(exponents, degree, m) for exponents in chosen])
    return chains.after([row([terms[exponents] for exponents in chosen], bias)])


def monomials_error(terms: Mapping[Exponents, Fraction], m: int) -> Fraction:
    """Σ |c| (degree of the monomial − 1) 4 / 4^m. Of use where 4 (degree − 1) / 4^m ≤ 1."""
    steps = sum((abs(c) * max(0, sum(e) - 1) for e, c in terms.items()), Fraction(0))
    return steps * product_error(m, Fraction(2))


def _monomial(exponents: Exponents, degree: int, m: int) -> Layered:
    """One monomial, at the depth of degree − 1 products: its value is the first output."""
    size = len(exponents)
    factors = [column for column, e in enumerate(exponents) for _ in range(e)]
    inputs = [row({column: 1}) for column in range(size)]
    found = Layered.affine(size, [row({factors[0]: 1}), *inputs])
    product = multiplied(m, Fraction(2))
    wait = Layered.affine(size + 1, [row({column + 1: 1}) for column in range(size)]).waiting(m + 1)
    for column in factors[1:]:
        step = product.reading(size + 1, [row({column + 1: 1}), row({0: 1})])
        found = found.then(beside([step, wait]))
    return found.after([row({0: 1})]).waiting((degree - len(factors)) * (m + 1))
