"""One exact number: read for itself, and its sign."""

from fractions import Fraction
from typing import Any

from .kernel import numerals
from .kernel.errors import placed
from .kernel.limits import Budget


def rational(text: object, where: str = "") -> Fraction:
    """The rational that a numeral such as "-3/4" writes. Raises `BadInput`, or `OverBudget` if it
    is too long."""
    with placed(where):
        return numerals.rational(text, Budget())


def sign(value: Any) -> int:
    """On which side of 0 a number is, of any kind that compares: 1, 0 or −1.

    >>> sign(Fraction(-3, 4))
    -1
    """
    if value > 0:
        return 1
    return -1 if value < 0 else 0
