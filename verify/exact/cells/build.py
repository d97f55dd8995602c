"""Building a complex: node by node, each unit cutting the cells on which it has both signs."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...kernel.reader import BadInput
from ...network.network import Network
from ..floats import Undecided
from ..layers import Layer
from .domains import Domain, Row
from .filter import Birth, Floats
from .integers import Integers
from .lattice import Array, Grown, Lattice


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
        births = iter(
            [*self.births, Birth(len(self.network.nodes), 0, np.empty(0, int), np.empty(0, int))]
        )
        birth = next(births)
        for number, node in enumerate(self.network.nodes):
            if node.op == "Gemm":
                table.affine(number)
                continue
            while birth.number == number:
                table.born(number, birth.unit, birth.first, birth.second)
                birth = next(births)
            table.relu(number)
        return table


def skeleton(network: Network, domain: Domain) -> Skeleton:
    """The complex of all units of a network on a domain. Exact. Raises `OverBudget` beyond the
    limits to faces and numbers."""
    if network.input_size != domain.size:
        raise BadInput(
            "",
            f"expected a domain in {network.input_size} dimensions for this network, "
            f"found {domain}",
        )
    lowered = network.lowered
    lattice, rows = domain.start
    if not _handmade(lowered):
        try:
            births: list[Birth] = []
            return _grown(lowered, rows, _copied(lattice), Floats(lowered, rows, births), births)
        except Undecided:
            pass
    births = []
    numbers = Integers(lowered, rows)
    found = _grown(lowered, rows, _copied(lattice), numbers, births)
    object.__setattr__(found, "numbers", numbers)
    return found


def _grown(
    network: Network,
    rows: list[Row],
    lattice: Lattice,
    numbers: Floats | Integers,
    births: list[Birth],
) -> Skeleton:
    tables: list[Array] = []
    for number, node in enumerate(network.nodes):
        if node.op == "Gemm":
            numbers.affine(number)
            continue
        signs = Grown(np.ascontiguousarray(numbers.signs(number).T))
        begun = signs.size
        for unit in range(len(signs.data)):
            column = signs.view[unit]
            if column.min() >= 0 or column.max() <= 0:
                continue
            first, second = lattice.cut(column)
            if not len(first):
                continue
            births.append(Birth(number, unit, first, second))
            numbers.born(number, unit, first, second)
            signs.extend(numbers.signs(number, signs.size).T)
        numbers.relu(number)
        tables = [_inherited(table, births, begun, signs.size) for table in tables]
        tables.append(signs.view > 0)
    positive = np.concatenate([np.zeros((0, lattice.counts[0]), bool), *tables])
    return Skeleton(network, rows, lattice, births, np.packbits(positive, axis=0).T.copy())


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
        Layer(node.matrix("weight"), node.vector("bias"))
        for node in network.nodes
        if node.op == "Gemm"
    ]
    return 2 * sum(layer.simple for layer in layers) >= len(layers)


def _copied(lattice: Lattice) -> Lattice:
    return Lattice(
        lattice.counts, lattice.ends.view, {k: table.view for k, table in lattice.bounds.items()}
    )
