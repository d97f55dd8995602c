"""Exact numerals: `0|-?[1-9][0-9]*`, or that and `/[1-9][0-9]*`, in ASCII, reduced.

Every rational has exactly one.
"""

import re
from decimal import Decimal
from fractions import Fraction

from .errors import OverBudget, displayed, expected, need, written
from .limits import MOST_DIGITS, Budget

_NUMERAL = re.compile(r"(0|-?[1-9][0-9]*)(?:/([1-9][0-9]*))?")


def rational(text: object, budget: Budget) -> Fraction:
    """The rational that `text` writes. Raises `BadInput` unless it is the reduced numeral,
    `OverBudget` if it is too long."""
    digits = written(_NUMERAL, 'a rational such as "-3/4"', text)
    size = len(digits[0])
    need(size <= MOST_DIGITS, f"a number of more than {MOST_DIGITS} digits", OverBudget)
    budget.spend(60, 4 * size, 4 * size)
    over, under = map(natural, digits.groups("1"))
    value = Fraction(over, under)
    if value.denominator != under or digits[2] == "1":
        raise expected("", f"the reduced numeral {displayed(numeral(value))}", text)
    return value


def natural(digits: str) -> int:
    """The integer of any length; Decimal is exact, and without Python's limit on digits."""
    return int(Decimal(digits))


def numeral(value: Fraction | int) -> str:
    """The numeral of a rational, of any length."""
    over, under = (format(Decimal(n), "f") for n in value.as_integer_ratio())
    return over if under == "1" else f"{over}/{under}"
