"""One exact number, read for itself."""

from fractions import Fraction

from .kernel import numerals
from .kernel.errors import placed
from .kernel.limits import Budget


def rational(text: object, where: str = "") -> Fraction:
    """The rational that a numeral such as "-3/4" writes. Raises `BadInput`, or `OverBudget` if it is too long."""
    with placed(where):
        return numerals.rational(text, Budget())
