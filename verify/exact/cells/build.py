"""Building a complex: node by node, each unit cutting the cells on which it has both signs."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from ...kernel.errors import BadInput, OverBudget
from ...network.network import Network
from ..floats import InDoubt
from ..layers import Layer
from .cuts import MOST_TOGETHER, Cuts, packed
from .domains import Domain, Row
from .filter import Birth, Floats
from .integers import Integers
from .lattice import Array, Grown, Lattice
from .plane import Plane
from .words import Words

MOST_ACTIVE = 400_000_000  # units times vertices, a byte each


@dataclass(frozen=True)
class Skeleton:
    """What is found without exact numbers: the faces, each new vertex's birth, and at each vertex
    which units are positive (`active`, bits packed along units, one row a vertex)."""

    network: Network
    start: list[Row]
    lattice: Lattice
    births: list[Birth]
    active: Array

    @cached_property
    def numbers(self) -> Integers:
        """The exact places and output values of all vertices."""
        table = Integers(self.network, self.start)
        none = np.empty(0, int)
        births = iter([*self.births, Birth(len(self.network.nodes), none, none, none)])
        birth = next(births)
        for number, node in enumerate(self.network.nodes):
            if node.op == "Gemm":
                table.affine(number)
                continue
            while birth.number == number:
                table.born(number, birth.units, birth.first, birth.second)
                birth = next(births)
            table.relu(number)
        return table


def skeleton(network: Network, domain: Domain, most: int | None = None) -> Skeleton:
    """The complex of all units of a network on a domain. Exact. Raises `OverBudget` beyond the
    limits to faces and numbers; `most`: a lower one to faces."""
    if network.input_size != domain.size:
        raise BadInput(
            "",
            f"expected a domain in {network.input_size} dimensions for this network, "
            f"found {domain}",
        )
    lowered = network.lowered
    tiers = [_in_words, _in_floats] if _handmade(lowered) else [_in_floats]
    for tier in tiers:
        with suppress(InDoubt):
            return tier(lowered, domain, most)
    lattice, rows = domain.start
    numbers = Integers(lowered, rows)
    return _with(numbers, _grown(lowered, rows, _copied(lattice, most), numbers, []))


def _in_floats(network: Network, domain: Domain, most: int | None) -> Skeleton:
    lattice, rows = domain.start
    births: list[Birth] = []
    with np.errstate(all="ignore"):  # what is not finite decides no sign
        return _grown(network, rows, _copied(lattice, most), Floats(network, rows, births), births)


def _in_words(network: Network, domain: Domain, most: int | None) -> Skeleton:
    lattice, rows = domain.start
    numbers = Words(network, rows)
    found = _grown(network, rows, _copied(lattice, most), numbers, [])
    return _with(numbers.integers, found)


def _with(numbers: Integers, found: Skeleton) -> Skeleton:
    """The same, with the exact numbers, which are at hand."""
    object.__setattr__(found, "numbers", numbers)
    return found


def _grown(
    network: Network,
    rows: list[Row],
    lattice: Lattice,
    numbers: Floats | Words | Integers,
    births: list[Birth],
) -> Skeleton:
    tables: list[Array] = []
    for number, node in enumerate(network.nodes):
        if node.op == "Gemm":
            numbers.affine(number)
            continue
        begun = lattice.counts[0]
        positive = _LayerCut(lattice, numbers, births, number).positive()
        numbers.relu(number)
        tables = [_inherited(table, births, begun, lattice.counts[0]) for table in tables]
        tables.append(positive)
        if sum(map(len, tables)) * lattice.counts[0] > MOST_ACTIVE:
            raise OverBudget("", f"more than {MOST_ACTIVE} signs of units at vertices to be kept")
    whole = np.concatenate([np.zeros((0, lattice.counts[0]), bool), *tables])
    return Skeleton(network, rows, lattice, births, np.packbits(whole, axis=0).T.copy())


class _LayerCut:
    """The cuts by the units of one Relu node. `active`: which are positive at the vertices."""

    def __init__(
        self, lattice: Lattice, numbers: Floats | Words | Integers, births: list[Birth], number: int
    ) -> None:
        self.lattice, self.numbers, self.births, self.number = lattice, numbers, births, number
        positive, negative = numbers.signs(number)
        self.active = Grown(positive)
        self.negative = Grown(negative)

    def positive(self) -> Array:
        """Cuts by all units. Which are positive at the vertices then: (units, vertices)."""
        for start in range(0, len(self.active.data), MOST_TOGETHER):
            block = slice(start, start + MOST_TOGETHER)
            positive, negative = self.active.view[block], self.negative.view[block]
            signs = packed(positive, negative)
            born = partial(self._born, start, block)
            if self.lattice.dimension == 2:
                Plane(self.lattice, signs, born, self._keep).cut()
                continue
            cuts = Cuts(self.lattice, signs)
            for place in range(len(positive)):
                cuts.cut(place, partial(born, place))
        return self.active.view

    def _born(
        self, start: int, block: slice, function: int | Array, first: Array, second: Array
    ) -> Array:
        units = np.broadcast_to(start + function, first.shape)
        self.births.append(Birth(self.number, units, first, second))
        self.numbers.born(self.number, units, first, second)
        positive, negative = self.numbers.signs(self.number, self.active.size)
        self.active.extend(positive)
        self.negative.extend(negative)
        return packed(positive[block], negative[block])

    def _keep(self, kept: Array) -> None:
        """Of the vertices just born keeps some, in this order."""
        whole = self.births.pop()
        start = self.active.size - len(whole.first)
        chosen = (table[kept] for table in (whole.units, whole.first, whole.second))
        self.births.append(Birth(self.number, *chosen))
        for table in (self.numbers, self.active, self.negative):
            table.keep(start, kept)


def _inherited(table: Array, births: list[Birth], begun: int, end: int) -> Array:
    """Which earlier units are positive at new vertices: those that are so at one of the edge's
    ends."""
    if begun == end:
        return table
    result = np.empty((len(table), end), bool)
    result[:, :begun] = table
    at, chosen = end, []
    for birth in reversed(births):
        if at == begun:
            break
        at -= len(birth.first)
        chosen.append((at, birth))
    for at, birth in reversed(chosen):
        result[:, at : at + len(birth.first)] = result[:, birth.first] | result[:, birth.second]
    return result


def _handmade(network: Network) -> bool:
    """Whether the weights are small rationals, as people write them: there floats meet true zeros
    everywhere."""
    layers = [
        Layer(node.matrix("weight").dense, node.vector("bias"))
        for node in network.nodes
        if node.op == "Gemm"
    ]
    return 2 * sum(layer.simple for layer in layers) >= len(layers)


def _copied(lattice: Lattice, most: int | None) -> Lattice:
    bounds = {k: table.view for k, table in lattice.bounds.items()}
    return Lattice(lattice.counts, lattice.ends.view, bounds, most)
