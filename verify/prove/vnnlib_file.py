"""VNN-LIB property files as claims: the file asserts what must not happen, the claim says that it does not.

Version 1 of the format: declared constants X_i and Y_i of sort Real, assertions with and, or, <=, >=, <, >, =, +, −, * and decimal
numbers, which are read exactly. The inputs of the asserted set lie in a box, which is the claim's: outside of it there is nothing to
show.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..kernel.errors import BadInput, OverBudget, expected
from ..kernel.numerals import numeral

MOST_BYTES = 4_000_000
MOST_NESTING = 30
_TOKEN = re.compile(r"\s*(?:;[^\n]*\s*)*([()]|[^\s();]+)")
_DECIMAL = re.compile(r"(-?)([0-9]{1,400})(?:\.([0-9]{1,400}))?(?:[eE](-?[0-9]{1,3}))?")
_VARIABLE = re.compile(r"([XY])_(0|[1-9][0-9]{0,5})")
_FLIPPED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "=": "="}

Tree = Any  # a token, or a list of trees
Box = dict[int, tuple[Fraction | None, Fraction | None]]  # bounds of inputs, None for none; an input that is missing has none


@dataclass(frozen=True)
class Sizes:
    inputs: int
    outputs: int


def statement(data: bytes, inputs: int, outputs: int) -> dict[str, Any]:
    """The statement of a claim about a network f with so many inputs and outputs. Raises `BadInput`, `OverBudget`."""
    if len(data) > MOST_BYTES:
        raise OverBudget("", f"{len(data)} bytes; at most {MOST_BYTES} are read")
    sizes, asserted, box = Sizes(inputs, outputs), list[str](), Box()
    for tree in _trees(data):
        if tree[:1] == ["assert"] and len(tree) == 2:
            asserted.append(_formula(tree[1], sizes))
            box = _both(box, _bounds(tree[1]))
        elif tree[:1] not in (["declare-const"], ["declare-fun"], ["check-sat"], ["set-logic"]):
            raise expected("", "declarations and assertions", " ".join(map(str, tree[:2])))
    sides = []
    for index in range(inputs):
        low, high = box.get(index, (None, None))
        if low is None or high is None or low > high:
            raise BadInput("", f"expected assertions that bound X_{index} from both sides")
        sides.append([numeral(low), numeral(high)])
    return {"forall": {"box": sides, "holds": f"not ({' and '.join(asserted)})"}}


def _trees(data: bytes) -> list[list[Tree]]:
    """The file as nested lists of tokens."""
    try:
        text = data.decode("ascii").rstrip()
    except UnicodeDecodeError as error:
        raise expected(f"byte {error.start}", "ASCII", "something else") from None
    open_lists: list[list[Tree]] = [[]]
    position = 0
    while position < len(text) and (match := _TOKEN.match(text, position)):
        position, word = match.end(), match[1]
        if word == "(":
            open_lists.append([])
            if len(open_lists) > MOST_NESTING:
                raise OverBudget(f"character {position}", f"nested more than {MOST_NESTING} deep")
        elif word == ")" and len(open_lists) > 1:
            done = open_lists.pop()
            open_lists[-1].append(done)
        elif word == ")" or len(open_lists) == 1:
            raise expected(f"character {position}", "(", word)
        else:
            open_lists[-1].append(word)
    if len(open_lists) != 1:
        raise expected(f"character {position}", ")", "the end")
    return open_lists[0]


def _formula(tree: Tree, sizes: Sizes) -> str:
    head, *parts = tree if isinstance(tree, list) and tree else [None]
    if head in ("and", "or") and parts:
        return "(" + f" {head} ".join(_formula(part, sizes) for part in parts) + ")"
    if head in _FLIPPED and len(parts) == 2:
        return f"({_term(parts[0], sizes)} {head} {_term(parts[1], sizes)})"
    raise expected("", "and, or, or a comparison", head if isinstance(head, str) else "something else")


def _term(tree: Tree, sizes: Sizes) -> str:
    if isinstance(tree, list):
        head, *parts = tree or [None]
        if head == "-" and len(parts) == 1:
            return f"(-{_term(parts[0], sizes)})"
        if head in ("+", "-", "*") and parts:
            return "(" + f" {head} ".join(_term(part, sizes) for part in parts) + ")"
        raise expected("", "+, - or *", head if isinstance(head, str) else "something else")
    if variable := _VARIABLE.fullmatch(tree):
        size, name = (sizes.inputs, "x") if variable[1] == "X" else (sizes.outputs, "f")
        index = int(variable[2])
        if index >= size:
            raise expected("", f"{variable[1]}_0 to {variable[1]}_{size - 1}", tree)
        return name if size == 1 else f"{name}{index + 1}"
    value = numeral(_number(tree))
    return f"({value})" if "/" in value or "-" in value else value


def _number(token: str) -> Fraction:
    match = _DECIMAL.fullmatch(token)
    if match is None:
        raise expected("", "a decimal number, X_i or Y_i", token)
    sign, whole, part, exponent = match.groups()
    value = Fraction(int(whole + (part or "")), 10 ** len(part or "")) * Fraction(10) ** int(exponent or 0)
    return -value if sign else value


def _bounds(tree: Tree) -> Box:
    """Bounds of inputs that hold wherever the assertion does."""
    head, *parts = tree
    if head == "and":
        found = Box()
        for part in parts:
            found = _both(found, _bounds(part))
        return found
    if head == "or":
        return _either([_bounds(part) for part in parts])
    left, right = parts
    if isinstance(left, str) and not _VARIABLE.fullmatch(left):
        left, right, head = right, left, _FLIPPED[head]
    if not (isinstance(left, str) and left.startswith("X_") and isinstance(right, str) and _DECIMAL.fullmatch(right)):
        return {}
    value = _number(right)
    return {int(left[2:]): (value if head in (">=", ">", "=") else None, value if head in ("<=", "<", "=") else None)}


def _both(one: Box, other: Box) -> Box:
    found = dict(one)
    for index, (low, high) in other.items():
        had_low, had_high = found.get(index, (None, None))
        lows = [bound for bound in (low, had_low) if bound is not None]
        highs = [bound for bound in (high, had_high) if bound is not None]
        found[index] = max(lows, default=None), min(highs, default=None)
    return found


def _either(boxes: Sequence[Box]) -> Box:
    found = Box()
    for index in set.intersection(*(set(box) for box in boxes)):
        lows, highs = zip(*(box[index] for box in boxes), strict=True)
        low = None if None in lows else min(bound for bound in lows if bound is not None)
        high = None if None in highs else max(bound for bound in highs if bound is not None)
        found[index] = low, high
    return found
