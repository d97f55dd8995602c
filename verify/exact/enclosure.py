"""Integrals enclosed: the exact breakpoints and values, each term of the sum rounded outward in
ball arithmetic to as many bits as the width asks for.

The exact sum of many fractions has all their denominators; its enclosure does not.
"""

from fractions import Fraction
from itertools import pairwise

from flint import arb, fmpq

from .flint_numbers import fmpq_of
from .piecewise_linear import PiecewiseLinear
from .settle import precision


def exact_bits(function: PiecewiseLinear) -> int:
    """About how many bits the exact integral of |function| has: those of all its denominators
    together."""
    return 2 * sum(
        number.denominator.bit_length() for number in (*function.breakpoints, *function.values)
    )


def enclosed_l1(function: PiecewiseLinear, width: Fraction) -> tuple[Fraction, Fraction]:
    """low ≤ ∫ |function| ≤ high, with high − low ≤ width > 0."""
    points = [
        (fmpq_of(x), fmpq_of(y)) for x, y in zip(function.breakpoints, function.values, strict=True)
    ]
    bits = 64
    while True:
        with precision(bits):
            areas = (_area(*one, *two) for one, two in pairwise(points))
            low, high = _ends(sum(areas, arb(0)))
        if high - low <= width:
            return max(low, Fraction(0)), high
        bits *= 2


def _area(a: fmpq, u: fmpq, b: fmpq, v: fmpq) -> arb:
    one, two = arb(abs(u)), arb(abs(v))
    if u * v < 0:
        return arb(b - a) * (one * one + two * two) / (2 * (one + two))
    return arb(b - a) * (one + two) / 2


def _ends(ball: arb) -> tuple[Fraction, Fraction]:
    """The ball's lower and upper end, exactly: both are dyadic."""
    middle, radius = _dyadic(ball.mid()), _dyadic(ball.rad())
    return middle - radius, middle + radius


def _dyadic(ball: arb) -> Fraction:
    digits, exponent = ball.man_exp()
    return Fraction(int(digits)) * Fraction(2) ** int(exponent)
