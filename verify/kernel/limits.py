"""How much a stranger may ask for, and the budget that holds one check to it.

Beyond a limit nothing is decided. What is counted is work, and bytes by estimate as work, never
seconds, so that a verdict is the same on every machine. (Names and integers are bounded by their
grammar.)
"""

from collections.abc import Iterable
from math import lcm

from .errors import OverBudget

MOST_BYTES = 8_000_000  # of a file
MOST_NESTING = 60  # lists and objects inside each other
MOST_DIGITS = 20_000  # of a rational in a file
MOST_CHARACTERS = 200_000  # of a text, that is, of a term or formula
MOST_DEPTH = 40  # brackets and operators inside each other in a text
MOST_BITS = 200_000  # of a coefficient in a term
MOST_DEGREE = 40  # of a term
MOST_WORK = 100_000_000  # of one check; a unit is a tenth of a microsecond, or four bytes kept


class Budget:
    """What one check may cost. What can be large is charged before the work. Raises
    `OverBudget`."""

    def __init__(self, work: int = MOST_WORK) -> None:
        self.left = work

    def spend(self, operations: int, bits: int = 0, more_bits: int = 0) -> None:
        """Charges arithmetic operations on numbers of `bits` and `more_bits` bits, whose result is
        perhaps kept."""
        self.left -= operations + (operations * bits * more_bits >> 16) + (bits >> 5)
        if self.left < 0:
            raise OverBudget("", f"more than {MOST_WORK} operations")

    def common(self, denominators: Iterable[int]) -> int:
        """The least common multiple. Not from a set: a stranger can choose integers of one hash,
        and a set of them takes forever."""
        under = 1
        for denominator in denominators:
            self.spend(10, under.bit_length(), 64 + denominator.bit_length())
            under = lcm(under, denominator)
        return under
