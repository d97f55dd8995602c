"""That a network's units have, at each point of a domain, the signs of one of some patterns: the
formula and its proof. Nothing here is trusted.

The domain is cut by units that are affine on it, until few patterns are left on each part. Each
part is covered by the simplices of its own complex, and has its own part of the formula: so the
kernel compares few signs on few simplices.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from ...exact.cells import Box, Domain
from ...exact.cells.build import skeleton
from ...exact.cells.incidence import simplices
from ...kernel.terms import Comparison, Facts, facts, negate
from ...kernel.theory import beginning
from ...network.network import Network
from . import sign_tree
from .cover import points_of, texts
from .joined import domain
from .setting import Setting
from .signs import at_most_zero, forms

MOST_TOGETHER = 16  # patterns of one part
DEEPEST = 8  # of the formula of one part: the kernel reads brackets up to a depth of 40

Array = np.ndarray


class Cut(NamedTuple):
    """A domain that is cut where an affine function of the inputs is 0: what is said, as text and
    read; the parts where it is at most 0, and where it is greater."""

    text: str
    said: Comparison
    below: "Part"
    above: "Part"


Part = Cut | Array  # in the end the patterns that occur there


def divided(setting: Setting, patterns: Array) -> Part:
    """A domain on which these patterns occur, cut until each part has few."""
    if len(patterns) <= MOST_TOGETHER and sign_tree.depth(patterns) <= DEEPEST:
        return patterns
    common = sign_tree.shared(patterns)
    signs = {unit: bool(patterns[0, unit]) for unit in np.flatnonzero(common).tolist()}
    affine = forms(setting, signs)
    choice = [unit for unit in affine if not common[unit]]
    unit = choice[sign_tree.halving(patterns[:, choice])]
    side = patterns[:, unit]
    below, above = (divided(setting, patterns[chosen]) for chosen in (~side, side))
    return Cut(*at_most_zero(setting, affine[unit]), below, above)


def _leaves(part: Part) -> Iterator[Array]:
    """The patterns of each part, in the order of the proof."""
    if isinstance(part, Cut):
        yield from _leaves(part.below)
        yield from _leaves(part.above)
    else:
        yield part


def formula(part: Part, names: Sequence[str]) -> str:
    """That one of the patterns is contradicted by no sign."""
    return " or ".join(sign_tree.formula(patterns, names) for patterns in _leaves(part))


def steps(setting: Setting, network: Network, text: str, part: Part) -> list[Any]:
    """The steps that prove a text: the formula, or that it follows from facts about the inputs."""
    known = setting.vocabulary
    _, start = beginning(known, known.statement([], text))
    return _Proof(setting, network, start, part).closed(part, start, [])


class _Proof:
    """The steps of each part. The facts are those about the inputs, then one for each part; all
    that follow the former if there is only one."""

    def __init__(self, setting: Setting, network: Network, start: Facts, part: Part) -> None:
        self.setting, self.network = setting, network.lowered
        count = sum(1 for _ in _leaves(part))
        first = len(start) - count
        own = [[place] for place in range(first, len(start))]
        if count == 1:
            first = 0
            own = [[*range(len(start))]]
        self.outer, self.own = [*range(first)], iter(own)
        width = [self.network.sizes[node.name] for node in self.network.nodes if node.op == "Relu"]
        ends = np.cumsum(width).tolist()
        self.number = [range(end - size, end) for end, size in zip(ends, width, strict=True)]

    def closed(self, part: Part, branch: Facts, cuts: Sequence[int]) -> list[Any]:
        """Steps that close a branch. `cuts`: the places of what its cuts said."""
        if isinstance(part, Cut):
            found: list[Any] = [["cut", part.text]]
            for said, inner in ((part.said, part.below), (negate(part.said), part.above)):
                found += self.closed(inner, branch + facts(said), [*cuts, len(branch)])
            return found
        own = next(self.own)
        used = [*self.outer, *own, *cuts]
        where = domain(self.setting, tuple(branch[place] for place in used))
        return [["cells", used, *self._covering(where)]]

    def _covering(self, where: Domain) -> tuple[list[Any], list[Any]]:
        """The complex of all units on a domain: its points, its simplices."""
        found = skeleton(self.network, where)
        _, corners = simplices(found.lattice)
        return points_of(found, self.number), corners.tolist()


def on_box(box: Box) -> list[Any]:
    """The steps that prove that a box lies in a domain and what the signs are there, which do not
    change on it."""
    lattice, rows = box.start
    _, corners = simplices(lattice)
    points = [texts(row, box.size) for row in rows]
    return [["cells", [*range(2 * box.size + 1)], points, corners.tolist()]]
