"""What a comparison says of its polynomial and 0, by the relation."""

from operator import eq, le, lt, ne

RELATIONS = {"<=": le, "<": lt, "=": eq, "!=": ne}
