"""Numbers from strangers: numerals of one grammar, read and printed exactly, and the budget that pays for working with them.

The grammar is `0|-?[1-9][0-9]*` or that and `/[1-9][0-9]*`, in ASCII, reduced: every rational has exactly one numeral.
`Decimal` is used only to convert long integers, which it does exactly and without Python's limit on digits.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import lcm

from .errors import OverBudget, displayed, need, want
from .limits import MOST_DIGITS, MOST_WORK

_NUMERAL = re.compile(r"(0|-?[1-9][0-9]*)(?:/([1-9][0-9]*))?", re.ASCII)


def rational(text: object, where: str = "") -> Fraction:
    """The rational that `text` writes. Raises `BadInput` unless it is the reduced numeral, `OverBudget` if it is too long."""
    match = want(type(text) is str and _NUMERAL.fullmatch(text), 'a rational such as "-3/4"', text, where)
    need(len(match[0]) <= MOST_DIGITS, f"a number of more than {MOST_DIGITS} digits", OverBudget, where)
    value = Fraction(*(int(part) if len(part) < 600 else int(Decimal(part)) for part in match.groups("1")))
    reduced = numeral(value)
    want(reduced == text, f"the reduced numeral {displayed(reduced)}", text, where)
    return value


def numeral(value: Fraction | int) -> str:
    """The numeral of a rational, of any length."""
    over, under = (str(n) if n.bit_length() < 2_000 else format(Decimal(n), "f") for n in value.as_integer_ratio())
    return over if under == "1" else f"{over}/{under}"


class Budget:
    """What one check may cost, in elementary operations weighed by the length of their numbers: no clock, so the same everywhere.
    What can be large is charged before the work."""

    def __init__(self, work: int = MOST_WORK) -> None:
        self.left = work

    def spend(self, operations: int, bits: int = 0, more_bits: int = 0) -> None:
        """Charges arithmetic operations on numbers of `bits` and `more_bits` bits. Raises `OverBudget`."""
        self.left -= operations + (operations * bits * more_bits >> 16)
        if self.left < 0:
            raise OverBudget("", f"more than {MOST_WORK} operations")

    def keep(self, count: int, bits: int) -> None:
        """Charges memory for `count` numbers of `bits` bits."""
        self.spend(count * (32 + bits) // 16)

    def common(self, denominators: Iterable[int]) -> int:
        """The least common multiple. Not from a set: a stranger can choose integers of one hash, and a set of them takes forever."""
        under = 1
        for denominator in denominators:
            self.spend(10, under.bit_length(), 64 + denominator.bit_length())
            under = lcm(under, denominator)
        return under

    def rational(self, text: object) -> Fraction:
        """The rational that `text` writes; the cost grows with the square of its length."""
        length = 4 * len(text) if type(text) is str else 0
        self.spend(60, length, length)
        return rational(text)
