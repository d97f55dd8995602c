"""The border between Python's Fractions (outside) and python-flint's numbers (inside). Exact both ways."""

from fractions import Fraction

from flint import fmpq


def fmpq_of(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def fraction_of(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))
