"""A claim in parts: where a certificate of the whole would cost the kernel more than it may, claims
about parts of its box, each with its own. A part says what the claim says, for some of its inputs.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

from ..claim import Claim
from ..kernel.errors import DepthproofError
from ..kernel.numerals import numeral
from ..kernel.theory import beginning
from . import limits
from .found import Found
from .proving import SECONDS, Proved, Refuted, Runner, Undecided, prove
from .workers import Workers

SHARE = 4  # a part has at most one of so many of the leaves of what was too costly

Answer = tuple[Claim, Proved | Refuted | Undecided]
Range = tuple[Fraction, Fraction]


def decided(
    claim: Claim,
    most: int,
    seconds: float = SECONDS,
    run: Runner = limits.run,
    workers: Workers | None = None,
) -> Iterator[Answer]:
    """The claim, or at most so many parts of it, each with what was shown; after a refutation no
    more. What the kernel finds too costly is divided where the tree that was found cuts the box.
    The seconds are for each search.

        list(decided(claim, most=16))      [(claim, Proved(...))], or a pair for each part
    """
    waiting, count = [claim], 0
    while waiting:
        one = waiting.pop()
        it = prove(one, seconds, run=run, workers=workers)
        costly = it.costly if isinstance(it, Undecided) else None
        some = [] if costly is None else parts(one, costly)
        if some and count + len(waiting) + len(some) <= most:
            waiting += reversed(some)
            continue
        count += 1
        yield one, it
        if isinstance(it, Refuted):
            return


def parts(claim: Claim, found: Found) -> list[Claim]:
    """Claims about parts of the box, `NAME.1` and so on, which cover it: those into which the tree
    of a certificate cuts it until they have few of its leaves. None where it cuts no input."""
    whole = _box(claim)
    steps = [step for item in _items(found) for step in item.get("proof", ())]
    trees = [step[2] for step in steps if step[0] == "tree"]
    if len(trees) != 1 or not whole:
        return []
    tree = _read(iter(trees[0]))
    boxes = list(_divided(tree, whole, -(-tree.leaves // SHARE)))
    if len(boxes) == 1:
        return []
    return [_part(claim, number, whole, box) for number, box in enumerate(boxes, 1)]


class Tree(NamedTuple):
    """A tree of cuts, by how many leaves it has; `cut`: what is cut, 0 for a leaf."""

    leaves: int
    cut: int = 0
    sides: "tuple[Tree, ...]" = ()


def _read(nodes: Iterator[int]) -> Tree:
    """The tree that the nodes write. Without recursion, since trees may be deep."""
    open_ones: list[tuple[int, list[Tree]]] = []
    for node in nodes:
        if node > 0:
            open_ones.append((node, []))
            continue
        done = Tree(1) if node else None
        while done is not None and open_ones:
            cut, sides = open_ones[-1]
            sides.append(done)
            done = None
            if len(sides) == 2:
                open_ones.pop()
                done = Tree(sum(side.leaves for side in sides), cut, tuple(sides))
        if done is not None:
            return done
    raise ValueError("the nodes end before the tree does")


def _divided(tree: Tree, box: Sequence[Range], most: int) -> Iterator[Sequence[Range]]:
    """The parts of a box that have at most so many leaves, or that no input cuts further."""
    waiting = [(tree, box)]
    while waiting:
        tree, box = waiting.pop()
        if tree.leaves <= most or not 0 < tree.cut <= len(box):
            yield box
            continue
        low, high = box[tree.cut - 1]
        middle = (low + high) / 2
        halves = ((low, middle), (middle, high))
        for side, half in reversed(list(zip(tree.sides, halves, strict=True))):
            waiting.append((side, [*box[: tree.cut - 1], half, *box[tree.cut :]]))


def _part(claim: Claim, number: int, whole: Sequence[Range], box: Sequence[Range]) -> Claim:
    """The claim for the inputs in a part of the box."""
    names = ["x"] if len(box) == 1 else [f"x{place}" for place in range(1, 1 + len(box))]
    sides = []
    for name, (low, high), (least, most) in zip(names, box, whole, strict=True):
        sides += [f"{name} >= {numeral(low)}"] if low > least else []
        sides += [f"{name} <= {numeral(high)}"] if high < most else []
    where = " and ".join(sides)
    goals = [{**goal, "holds": f"{where} implies ({goal['holds']})"} for goal in claim.goals]
    return replace(claim, name=f"{claim.name}.{number}", goals=goals, where="")


def _items(found: Found) -> list[Any]:
    items: list[Any] = json.loads(found.certificate)["evidence"]["items"]
    return items


def _box(claim: Claim) -> list[Range]:
    """The ranges of the inputs that the only goal speaks of; none where one has no bounds."""
    from .networks.boxes import sides
    from .networks.setting import Setting

    if len(claim.goals) != 1 or not claim.networks:
        return []
    setting = Setting(claim.vocabulary())
    known, goal = setting.vocabulary, claim.goals[0]
    try:
        _, start = beginning(known, known.statement(goal["for"], goal["holds"]))
        return [(low.number, high.number) for low, high in sides(setting, start)]
    except DepthproofError:
        return []
