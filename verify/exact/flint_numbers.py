"""The border between Python's Fractions (outside) and python-flint's numbers (inside). Exact both
ways."""

from collections.abc import Sequence
from fractions import Fraction
from operator import add

from flint import fmpq

LONG = 10_000  # bits


def fmpq_of(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def fraction_of(value: fmpq) -> Fraction:
    """The same number. It is in lowest terms already, and Python takes quadratic time to see that
    again of long numbers."""
    over, under = int(value.p), int(value.q)
    if under.bit_length() < LONG:
        return Fraction(over, under)
    result = Fraction()
    result._numerator, result._denominator = over, under  # type: ignore[attr-defined]
    return result


def summed(terms: Sequence[fmpq]) -> fmpq:
    """The sum, added in pairs: sums of many different denominators then cost about one
    multiplication of the final length a level."""
    sums = list(terms) or [fmpq(0)]
    while len(sums) > 1:
        if len(sums) % 2:
            sums.append(fmpq(0))
        sums = list(map(add, sums[::2], sums[1::2]))
    return sums[0]
