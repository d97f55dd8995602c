"""The cell complex of a network on a domain: what it is counted by, and the exact function on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ...kernel.reader import BadInput
from ...network import builders
from ...network.network import Network
from ...network.operations import Node
from . import measure
from .build import Skeleton, skeleton
from .domains import Domain, Point
from .incidence import cells_with, distinct_rows, gathered
from .lattice import Array, Lattice
from .maps import Maps

NOTIONS = ("patterns", "regions", "open", "closed", "affine")


class Extreme(NamedTuple):
    """An extreme value and a point where it is attained; or None, and a direction along which the
    function is unbounded."""

    value: Fraction | None
    at: Point


@dataclass(frozen=True)
class Level:
    """Where f = c: faces of one dimension less than the domain, and cells, each by its vertices."""

    faces: tuple[tuple[Point, ...], ...]
    cells: tuple[tuple[Point, ...], ...]


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
        found: int = getattr(
            self, {"open": "open_connected", "closed": "closed_connected"}.get(notion, notion)
        )
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
        finite = self.finite
        here = [bits[self._reached(k, finite)] for k, bits in enumerate(self._active)]
        return len(distinct_rows(np.concatenate(here)))

    @cached_property
    def affine(self) -> int:
        """Distinct affine maps."""
        return self.maps.distinct

    @cached_property
    def open_connected(self) -> int:
        """Maximal connected open sets on which the function is affine: cells joined through facets."""
        return self.maps.open_connected

    @cached_property
    def closed_connected(self) -> int:
        """Maximal connected closed sets on which the function is affine, and which have an
        interior: joined through a point, too."""
        return self.maps.closed_connected

    @cached_property
    def maps(self) -> Maps:
        return Maps(self.lattice, self.skeleton.numbers, self.finite)

    @cached_property
    def _active(self) -> list[Array]:
        return gathered(self.lattice, self.skeleton.active)

    def _reached(self, k: int, finite: Array) -> Array:
        """The k-faces that are not at infinity."""
        return gathered_marks(self.lattice, k, finite)

    @cached_property
    def finite(self) -> Array:
        """Which vertices are points, not directions."""
        t = self.network.input_size
        return np.array([row[t] != 0 for row in self.skeleton.numbers.rows], bool)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The places of the vertices; of those at infinity the directions."""
        n = self.network.input_size
        return tuple(
            tuple(Fraction(entry, row[n] or 1) for entry in row[:n])
            for row in self.skeleton.numbers.rows
        )

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
        if self.dimension == 2:
            yield from polygons(self.lattice)
            return
        cell, vertex = cells_with(self.lattice, 0)
        for part in np.split(vertex, np.searchsorted(cell, np.arange(1, self.lattice.cells))):
            yield tuple(part.tolist())

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

    def level(self, height: Fraction) -> Level:
        """Where f is this high: by one more unit, σ(f − height)."""
        self._component(None)
        unit = builders.compose(builders.dense([([[1]], [-height]), ([[1]], [0])]), self.network)
        return _level(
            Complex(unit, self.domain), Complex(self.network, self.domain).network, height
        )

    def __repr__(self) -> str:
        return f"<Complex of {self.network!r} on {self.domain}>"

    def _repr_html_(self) -> str:
        from .display import html

        return html(self)


def absolute(network: Network) -> Network:
    """x ↦ |network(x)|."""
    inside = network.nodes
    name = next(
        name for name in (f"abs{i}" for i in range(len(inside) + 2)) if name not in network.sizes
    )
    return Network(network.inputs, (*inside, Node(name, "Abs", (network.output,))), name)


def gathered_marks(lattice: Lattice, dimension: int, marks: Array) -> Array:
    """Which faces of a dimension have a marked vertex."""
    for k in range(1, dimension + 1):
        face, facet = lattice.pairs(k)
        faces = np.zeros(lattice.counts[k], bool)
        faces[face[marks[facet]]] = True
        marks = faces
    return marks


def polygons(lattice: Lattice) -> Iterator[tuple[int, ...]]:
    """The vertices of each cell of a complex in the plane, around it."""
    cell, edge = lattice.pairs(2)
    ends = lattice.ends.view
    order = np.argsort(cell, kind="stable")
    for edges in np.split(edge[order], np.searchsorted(cell[order], np.arange(1, lattice.cells))):
        yield _around(list(zip(*ends[:, edges].tolist(), strict=True)))


def _around(edges: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    near: dict[int, list[int]] = {}
    for one, other in edges:
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    path = [edges[0][0], edges[0][1]]
    while len(path) < len(edges):
        one, other = near[path[-1]]
        path.append(other if one == path[-2] else one)
    return tuple(path)


def _level(found: Complex, network: Network, height: Fraction) -> Level:
    """Of the complex of σ(f − height): the faces on which f − height vanishes."""
    from ..evaluate import evaluate

    points = found.points
    zero = np.array([evaluate(network, point)[0] == height for point in points])
    lattice, d = found.lattice, found.dimension
    others = gathered_marks(lattice, d - 1, ~zero)
    cell, facet = lattice.pairs(d)
    flat = ~gathered_marks(lattice, d, ~zero)
    inside = np.zeros(lattice.counts[d - 1], bool)
    inside[facet[flat[cell]]] = True
    members = list(found.cells())
    cells = tuple(tuple(points[v] for v in members[c]) for c in np.flatnonzero(flat).tolist())
    faces = []
    for face in np.flatnonzero(~others & ~inside).tolist():
        faces.append(tuple(points[v] for v in _vertices(lattice, d - 1, face)))
    return Level(tuple(faces), cells)


def _vertices(lattice: Lattice, k: int, face: int) -> tuple[int, ...]:
    faces = np.array([face])
    for level in range(k, 0, -1):
        larger, smaller = lattice.pairs(level)
        faces = np.unique(smaller[np.isin(larger, faces)])
    return tuple(faces.tolist())
