"""Polynomials of one variable on an interval, exactly. A polynomial is its coefficients, that of
x^0 first."""

from collections.abc import Sequence
from fractions import Fraction
from math import comb

from flint import fmpq, fmpq_poly


def bernstein(coefficients: Sequence[Fraction], low: Fraction, high: Fraction) -> list[Fraction]:
    """A polynomial's coefficients in Bernstein's basis on an interval. There the polynomial is
    between the least and the greatest of them.

    >>> bernstein([Fraction(0), Fraction(0), Fraction(1)], Fraction(-1), Fraction(1))
    [Fraction(1, 1), Fraction(-1, 1), Fraction(1, 1)]
    """
    inner = _curve(coefficients)(_curve([low, high - low]))
    degree = max(inner.degree(), 0)
    found = []
    for i in range(degree + 1):
        summands = (inner[k] * comb(i, k) / comb(degree, k) for k in range(i + 1))
        found.append(_fraction(sum(summands, fmpq(0))))
    return found


def rational_roots(coefficients: Sequence[Fraction]) -> list[Fraction]:
    """The rational roots of a polynomial; none of a constant.

    >>> rational_roots([Fraction(-1), Fraction(0), Fraction(4)])
    [Fraction(-1, 2), Fraction(1, 2)]
    """
    curve = _curve(coefficients)
    if curve.degree() < 1:
        return []
    linear = [factor for factor, _ in curve.factor()[1] if factor.degree() == 1]
    return sorted(_fraction(-factor[0] / factor[1]) for factor in linear)


def _curve(coefficients: Sequence[Fraction]) -> fmpq_poly:
    return fmpq_poly([fmpq(c.numerator, c.denominator) for c in coefficients])


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))
