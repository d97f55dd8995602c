"""The cell complex of a network on a domain: its counts, and the exact function on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...kernel.errors import BadInput
from ...network import builders
from ...network.network import Input, Network
from ...network.operations import Node
from . import measure
from .build import Skeleton, skeleton
from .domains import Domain, Point, place
from .incidence import distinct_rows, gathered, marked, vertices_of
from .lattice import Array, Lattice
from .maps import Maps

if TYPE_CHECKING:
    from .levels import Level

NOTIONS = {
    "patterns": "patterns",
    "regions": "regions",
    "open": "open_connected",
    "closed": "closed_connected",
    "affine": "affine",
}


class Extreme(NamedTuple):
    """An extreme value and a point where it is attained; or None, and a direction along which the
    function is unbounded."""

    value: Fraction | None
    at: Point


@dataclass(frozen=True)
class Complex:
    """The activation regions of a network with any number of inputs on a domain, as polytopes that
    meet in common faces; the network is affine on each. Exact, with Fractions outside.

    Five of the six notions of a linear region are counted, each by its own name (arXiv 2505.16716):
    `patterns`, activation regions of all dimensions; `regions`, those with an interior;
    `open_connected`, maximal connected open sets on which f is affine; `closed_connected`, maximal
    connected closed ones that have an interior; `affine`, distinct affine maps on sets with an
    interior. (The sixth, the least number of convex sets, is not counted.) From first to last, none
    is larger than the one before.
    """

    network: Network
    domain: Domain

    @cached_property
    def skeleton(self) -> Skeleton:
        return skeleton(self.network, self.domain)

    @property
    def lattice(self) -> Lattice:
        return self.skeleton.lattice

    @property
    def dimension(self) -> int:
        return self.domain.size

    def count(self, notion: str = "regions") -> int:
        """The number of regions by one of the notions."""
        if notion == "convex":
            raise BadInput(
                "",
                "the least number of convex regions is not counted here (it is NP-hard to); "
                "it is at most `regions`",
            )
        if notion not in NOTIONS:
            raise BadInput("", f"expected a notion, one of {', '.join(NOTIONS)}, found {notion}")
        found: int = getattr(self, NOTIONS[notion])
        return found

    @cached_property
    def regions(self) -> int:
        """Activation regions with an interior: distinct activation patterns of cells. (The region
        of a pattern is convex. So there are as many as cells, where the domain is one cell to begin
        with.)"""
        if self.domain.start[0].cells == 1:
            return self.lattice.cells
        return len(distinct_rows(self._active[-1]))

    @cached_property
    def patterns(self) -> int:
        """Distinct activation patterns at points of the domain, a unit being active where its
        pre-activation is > 0."""
        reached = (marked(self.lattice, k, self.finite) for k in range(self.dimension + 1))
        here = [bits[some] for bits, some in zip(self._active, reached, strict=True)]
        return len(distinct_rows(np.concatenate(here)))

    @cached_property
    def affine(self) -> int:
        """Distinct affine maps."""
        return self.maps.distinct

    @cached_property
    def open_connected(self) -> int:
        """Maximal connected open sets on which it is affine: cells joined through facets."""
        return self.maps.open_connected

    @cached_property
    def closed_connected(self) -> int:
        """Maximal connected closed sets on which the function is affine, and which have an
        interior: joined through a point, too."""
        return self.maps.closed_connected

    @cached_property
    def maps(self) -> Maps:
        return Maps(self.lattice, self.skeleton.numbers, self.finite)

    @property
    def active(self) -> Array:
        """Which units are active on each cell: a row a cell, the units in the order of the lowered
        network."""
        lowered = self.network.lowered
        units = sum(lowered.sizes[node.name] for node in lowered.nodes if node.op == "Relu")
        return np.unpackbits(self._active[-1], axis=1, count=units).astype(bool)

    @cached_property
    def _active(self) -> list[Array]:
        return gathered(self.lattice, self.skeleton.active)

    @cached_property
    def finite(self) -> Array:
        """Which vertices are points, not directions."""
        t = self.network.input_size
        return np.array([row[t] != 0 for row in self.skeleton.numbers.rows], bool)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The places of the vertices; of those at infinity the directions."""
        n = self.network.input_size
        return tuple(place(row, n) for row in self.skeleton.numbers.rows)

    def values(self, component: int | None = None) -> list[Fraction]:
        """The network's values at the vertices; at infinity the slopes."""
        numbers = self.skeleton.numbers
        return numbers.values(numbers.network.output, self._component(component))

    def _component(self, component: int | None) -> int:
        size = self.network.output_size
        if component is None and size > 1:
            raise BadInput(
                "",
                f"expected a network with one output, found {size}; choose one with --component I",
            )
        if not 0 <= (component or 0) < size:
            raise BadInput("", f"expected a component from 0 to {size - 1}, found {component}")
        return component or 0

    def cells(self) -> Iterator[tuple[int, ...]]:
        """The vertices of each cell, by number; in two dimensions in the order around it."""
        yield from vertices_of(self.lattice, self.dimension, np.arange(self.lattice.cells))

    @cached_property
    def volume(self) -> Fraction:
        """The volume of the domain, from its cells."""
        return measure.volume(self.lattice, self._bounded.skeleton.numbers)

    def integral(self, component: int | None = None) -> Fraction:
        """∫ f over the domain. Exact."""
        numbers = self._bounded.skeleton.numbers
        return measure.integral(self.lattice, numbers, self._component(component))

    def l1(self) -> Fraction:
        """∫ |f| over the domain. Exact: |f| has one more unit."""
        self._component(None)
        return Complex(absolute(self.network), self.domain).integral()

    @property
    def _bounded(self) -> "Complex":
        if not self.finite.all():
            raise BadInput("", f"expected a bounded domain for an integral, found {self.domain}")
        return self

    @property
    def maximum(self) -> Extreme:
        return self._extreme(1)

    @property
    def minimum(self) -> Extreme:
        return self._extreme(-1)

    def sup(self) -> Extreme:
        """max |f|, and where."""
        high, low = self.maximum, self.minimum
        if high.value is None or low.value is None:
            return high if high.value is None else low
        return high if high.value >= -low.value else Extreme(-low.value, low.at)

    def _extreme(self, sign: int) -> Extreme:
        values = self.values()
        for direction in np.flatnonzero(~self.finite).tolist():
            if values[direction] * sign > 0:
                return Extreme(None, self.points[direction])
        best = max(np.flatnonzero(self.finite).tolist(), key=lambda vertex: values[vertex] * sign)
        return Extreme(values[best], self.points[best])

    def level(self, height: Fraction | int) -> "Level":
        """Where f is this high: f − height is one more unit."""
        from .levels import level

        self._component(None)
        return level(self.network, self._bounded.domain, builders.exact(height))

    def __repr__(self) -> str:
        return f"<Complex of {self.network!r} on {self.domain}>"

    def _repr_html_(self) -> str:
        from .display import html

        return html(self)


def absolute(network: Network) -> Network:
    """x ↦ |network(x)|."""
    size = network.output_size
    outer = Network((Input("y", size),), (Node("size", "Abs", ("y",)),), "size")
    return builders.compose(outer, network)
