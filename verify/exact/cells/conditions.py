"""Conditions as a person writes them, `x1 <= x2 and 0 <= x2 + 1/2*x3 <= 1`, for a polyhedron."""

from fractions import Fraction

from ...expression import Tree, linear, read
from ...kernel.errors import BadInput, displayed
from ...plain import rewritten
from .domains import Point

Condition = tuple[Point, Fraction]  # weight · x + bias >= 0


def conditions(text: str, size: int) -> tuple[Condition, ...]:
    """Linear inequalities, in chains, joined by `and`, over x1 … xn (or x, if there is one); also
    abs(x1) <= 0.5, or max and min, where they are several inequalities. Raises `BadInput`."""
    names = tuple(f"x{index}" for index in range(1, size + 1))
    whole = rewritten(read(text))
    chains = whole.parts if whole.kind == "and" else (whole,)
    found: list[Condition] = []
    for chain in chains:
        if chain.kind != "chain" or not {"<=", ">="}.issuperset(chain.relations):
            raise _refused(text)
        ends = zip(chain.parts, chain.relations, chain.parts[1:], strict=False)
        for left, relation, right in ends:
            low, high = (left, right) if relation == "<=" else (right, left)
            found.append(_condition(low, high, names, text))
    return tuple(found)


def _condition(low: Tree, high: Tree, names: tuple[str, ...], text: str) -> Condition:
    """low <= high."""
    known = ("x",) if len(names) == 1 else names
    for node in (*low.nodes(), *high.nodes()):
        if node.kind == "name" and node.text not in (*known, *names):
            raise BadInput("", f"expected inputs from {names[0]} to {names[-1]}, found {node.text}")
    lows, highs = linear(low, (*names, "x")), linear(high, (*names, "x"))
    if lows is None or highs is None:
        raise _refused(text)
    form = {key: value - lows[key] for key, value in highs.items()}
    form[names[0]] += form.pop("x")
    return tuple(form[name] for name in names), form[""]


def _refused(text: str) -> BadInput:
    wanted = "conditions such as x1 <= x2 and 0 <= x2 + 1/2*x3 <= 1"
    return BadInput("", f"expected {wanted}, found {displayed(text.strip())}")
