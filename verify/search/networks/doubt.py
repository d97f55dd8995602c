"""A tree found in floats, where the kernel may not be convinced.

Those parts are bounded as the kernel does it, and cut further."""

from collections.abc import Sequence
from typing import Any

from ...kernel.terms import Formula
from ...kernel.tree import Box
from .boxes import Unsettled
from .tree import Cuts

MOST = 2_000  # parts that are made of doubtful ones


class Doubt:
    """A box and the facts that are false in it. `repaired`: how many doubtful parts the kernel
    refused, which were cut further."""

    def __init__(self, box: Box, facts: Sequence[Formula]) -> None:
        self.box, self.facts, self.repaired, self._parts = box, facts, 0, 0

    def convinced(self, cuts: Cuts) -> list[int]:
        """The nodes of a tree that the kernel accepts. Raises `Unsettled`."""
        if not cuts.doubtful:
            return cuts.nodes
        above, doubtful = _above(cuts), set(cuts.doubtful)
        nodes, parts = list[int](), [_whole(self.box)]
        for place, node in enumerate(cuts.nodes):
            part = parts.pop()
            if place not in above:
                nodes.append(node)
                parts += [None] * _followers(node)
            elif node > 0:
                nodes.append(node)
                parts += self.box.halves(part, node)
            elif node == 0:
                nodes.append(node)
                parts.append(self.box.fresh(part))
            elif place in doubtful and not self._false(part, node):
                self.repaired += 1
                nodes += self._closed(part)
            else:
                nodes.append(node)
        return nodes

    def _false(self, part: Any, node: int) -> bool:
        live = list(map(self.box.live, self.box.layers, part))
        return self.box.false(part, live, self.facts[-1 - node])

    def _closed(self, part: Any) -> list[int]:
        """Nodes that close the part, cut along its widest input as often as needed."""
        nodes, waiting = list[int](), [part]
        inputs = {place: v for v, (k, place) in self.box.places.items() if k == 0}
        while waiting:
            self._parts += 1
            if self._parts > MOST:
                where = f"{self.repaired} parts of the box"
                raise Unsettled(f"what floats close is not closed exactly, in {where}")
            fresh = self.box.fresh(waiting.pop())
            nodes.append(0)
            every = range(-1, -1 - len(self.facts), -1)
            closing = [node for node in every if self._false(fresh, node)]
            if closing:
                nodes.append(closing[0])
                continue
            widths = [high - low for low, high in fresh[0]]
            place = widths.index(max(widths))
            if place not in inputs or not widths[place]:
                raise Unsettled("a single point was not settled by bounds")
            nodes.append(inputs[place])
            waiting += self.box.halves(fresh, inputs[place])
        return nodes


def _whole(box: Box) -> Any:
    return box.fresh([[made[2] for made in layer] for layer in box.layers])


def _followers(node: int) -> int:
    """How many nodes follow directly."""
    if node > 0:
        return 2
    return 1 if node == 0 else 0


def _above(cuts: Cuts) -> set[int]:
    """The places of the doubtful nodes and of all nodes above them."""
    parents, waiting, found = list[int](), [-1], set[int]()
    for place, node in enumerate(cuts.nodes):
        parents.append(waiting.pop())
        waiting += [place] * _followers(node)
    for start in cuts.doubtful:
        place = start
        while place >= 0 and place not in found:
            found.add(place)
            place = parents[place]
    return found
