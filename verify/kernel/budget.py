"""Budgets: what one check may cost, in elementary operations weighed by the length of their numbers; no clock, so the same everywhere."""

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

from .errors import OverBudget
from .numeral import rational

MOST_WORK = 60_000_000  # a unit is about a tenth of a microsecond, or two bytes kept


class Budget:
    """Work that may still be done. Costs are charged before the work."""

    def __init__(self, work: int = MOST_WORK) -> None:
        self.left = work

    def spend(self, operations: int, bits: int = 0, more_bits: int = 0) -> None:
        """Charges arithmetic operations on numbers of `bits` and `more_bits` bits. Raises `OverBudget`."""
        self.left -= operations * (1 + (bits * more_bits >> 16))
        if self.left < 0:
            raise OverBudget("", f"more than {MOST_WORK} operations")

    def keep(self, count: int, bits: int) -> None:
        """Charges memory for `count` numbers of `bits` bits."""
        self.spend(count * (32 + bits) // 16)

    def common(self, denominators: Iterable[int]) -> int:
        """The least common multiple. Not from a set: a stranger can choose integers of one hash, and a set of them takes forever."""
        under = 1
        for denominator in denominators:
            self.spend(2, under.bit_length(), denominator.bit_length())
            if under % denominator:
                self.spend(15, under.bit_length(), denominator.bit_length())
                under = lcm(under, denominator)
        return under

    def rational(self, text: object) -> Fraction:
        """The rational that `text` writes; the cost grows with the square of its length."""
        length = 4 * len(text) if type(text) is str else 0
        self.spend(30, length, length)
        return rational(text)
