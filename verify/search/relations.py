"""What a comparison says of its polynomial and 0, by the relation."""

from fractions import Fraction
from operator import eq, le, lt, ne

RELATIONS = {"<=": le, "<": lt, "=": eq, "!=": ne}


def false_weight(number: Fraction, relation: str) -> int:
    """The weight, 1 or -1, with which a false fact "number relation 0" closes a leaf; 0 for a true
    one.

        false_weight(Fraction(2), "<=")      1
        false_weight(Fraction(-2), "=")      -1
    """
    if RELATIONS[relation](number, 0):
        return 0
    return -1 if number < 0 else 1
