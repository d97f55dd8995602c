"""Rational numerals: one grammar, read and printed exactly, for numbers of any length up to a stated bound.

The grammar is `-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?` in ASCII, reduced: every rational has exactly one numeral.
`Decimal` is used only to convert long integers, which it does exactly and without Python's limit on digits.
"""

import re
from decimal import Decimal
from fractions import Fraction

from .errors import BadInput, OverBudget, displayed

MOST_DIGITS = 100_000
_NUMERAL = re.compile(r"(-?(?:0|[1-9][0-9]*))(?:/([1-9][0-9]*))?", re.ASCII)


def rational(text: object, where: str = "") -> Fraction:
    """The rational that `text` writes. Raises `BadInput` unless it is the reduced numeral, `OverBudget` if it is too long."""
    match = _NUMERAL.fullmatch(text) if type(text) is str else None
    if match is None:
        raise BadInput(where, f'expected a rational such as "-3/4", found {displayed(text)}')
    if len(match[0]) > MOST_DIGITS:
        raise OverBudget(where, f"a number of {len(match[0])} characters; at most {MOST_DIGITS} are read")
    over, under = match.groups()
    value = Fraction(_integer(over), _integer(under or "1"))
    if numeral(value) != text:
        raise BadInput(where, f'expected the reduced numeral "{_shortened(numeral(value))}", found {displayed(text)}')
    return value


def numeral(value: Fraction | int) -> str:
    """The numeral of a rational, of any length."""
    over, under = value.numerator, value.denominator
    return _digits(over) if under == 1 else f"{_digits(over)}/{_digits(under)}"


def _integer(digits: str) -> int:
    return int(digits) if len(digits) < 600 else int(Decimal(digits))


def _digits(value: int) -> str:
    return str(value) if value.bit_length() < 2_000 else format(Decimal(value), "f")


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:40] + "..."
