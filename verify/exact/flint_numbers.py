"""The border between Python's Fractions (outside) and python-flint's numbers (inside). Exact both ways."""

from fractions import Fraction

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
