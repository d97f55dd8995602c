"""What holds at each point of a domain in one of many ways, by the activation pattern there: that
the units have such signs, or the network is such an affine map. Nothing here is trusted.

The domain is cut by units that are affine on it, until few patterns are left on each part. Each
part is covered by the simplices of its own complex, and needs few of the ways: so the kernel
compares little on few simplices.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

import numpy as np

from ...exact.cells import Box, Domain
from ...exact.cells.build import skeleton
from ...exact.cells.incidence import simplices
from ...kernel.terms import Comparison, Facts, Formula, facts, negate
from ...kernel.theory import beginning
from ...network.network import Network
from . import sign_tree
from .cover import points_of, texts
from .joined import domain, is_of_inputs
from .setting import Setting
from .signs import at_most_zero, forms
from .walk import written

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


Part = Cut | Array  # in the end the numbers of the patterns that occur there


def divided(setting: Setting, table: Array, some: Array | None = None) -> Part:
    """A domain on which these patterns occur, or some of them, cut until each part has few."""
    some = np.arange(len(table)) if some is None else some
    patterns = table[some]
    if len(patterns) <= MOST_TOGETHER and sign_tree.depth(patterns) <= DEEPEST:
        return some
    common = sign_tree.shared(patterns)
    signs = {unit: bool(patterns[0, unit]) for unit in np.flatnonzero(common).tolist()}
    affine = forms(setting, signs)
    choice = [unit for unit in affine if not common[unit]]
    unit = choice[sign_tree.halving(patterns[:, choice])]
    side = patterns[:, unit]
    below, above = (divided(setting, table, some[chosen]) for chosen in (~side, side))
    return Cut(*at_most_zero(setting, affine[unit]), below, above)


def leaves(part: Part) -> Iterator[Array]:
    """The patterns of each part, in the order of the proof."""
    if isinstance(part, Cut):
        yield from leaves(part.below)
        yield from leaves(part.above)
    else:
        yield part


def formula(part: Part, table: Array, names: Sequence[str]) -> str:
    """That one of the patterns is contradicted by no sign."""
    return " or ".join(sign_tree.formula(table[some], names) for some in leaves(part))


def steps(
    setting: Setting, network: Network, text: str, part: Part, ways: Sequence[Sequence[int]]
) -> list[Any]:
    """The steps that prove a text: that facts about the inputs imply a disjunction. `ways`: for
    each part the numbers of the alternatives that occur there; where there is one part only, all.
    """
    known = setting.vocabulary
    _, start = beginning(known, known.statement([], text))
    return _Proof(setting, network, start, ways).closed(part, start, [])


class _Proof:
    """The steps of each part. The facts are those about the inputs, then that an alternative is
    false, for each of them."""

    def __init__(
        self, setting: Setting, network: Network, start: Facts, ways: Sequence[Sequence[int]]
    ) -> None:
        self.setting, self.network = setting, network.lowered
        self.outer = [*takewhile(lambda place: self._is_outer(start[place]), range(len(start)))]
        first = len(self.outer)
        own = [[first + way for way in some] for some in ways]
        if len(own) == 1:
            own = [[*range(first, len(start))]]
        self.own = iter(own)
        width = [self.network.sizes[node.name] for node in self.network.nodes if node.op == "Relu"]
        ends = np.cumsum(width).tolist()
        self.number = [range(end - size, end) for end, size in zip(ends, width, strict=True)]

    def _is_outer(self, fact: Formula) -> bool:
        return isinstance(fact, Comparison) and is_of_inputs(self.setting, fact)

    def closed(self, part: Part, branch: Facts, cuts: Sequence[int]) -> list[Any]:
        """Steps that close a branch. `cuts`: the places of what its cuts said."""
        if isinstance(part, Cut):
            found: list[Any] = [["cut", part.text]]
            for said, inner in ((part.said, part.below), (negate(part.said), part.above)):
                found += self.closed(inner, branch + facts(said), [*cuts, len(branch)])
            return found
        walls = [*self.outer, *cuts]
        where = domain(self.setting, tuple(branch[place] for place in walls))
        return [["cells", [*walls, *next(self.own)], *self._covering(where)]]

    def _covering(self, where: Domain) -> list[Any]:
        """The complex of all units on a domain: its points, its simplices."""
        found = skeleton(self.network, where)
        _, corners = simplices(found.lattice)
        return written(points_of(found, self.number), corners.tolist())


def on_box(box: Box) -> list[Any]:
    """The steps that prove that a box lies in a domain and what the signs are there, which do not
    change on it."""
    lattice, rows = box.start
    _, corners = simplices(lattice)
    points = [texts(row, box.size) for row in rows]
    return [["cells", [*range(2 * box.size + 1)], *written(points, corners.tolist())]]
