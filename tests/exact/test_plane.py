"""Cutting in the plane by all functions at once, against cutting by one after another, as in other dimensions."""

import random
from fractions import Fraction as F
from functools import partial
from typing import Any

import numpy
import pytest
from cells_oracle import Layers, random_layers

from verify.exact.cells import NOTIONS, Box, Complex, Simplex, Space, build
from verify.exact.cells.cuts import Cuts
from verify.exact.cells.lattice import Lattice
from verify.network import builders
from verify.network.network import Network

WIDTHS = ([5, 4], [3, 3, 3], [70], [12, 9])  # of these 70 are more than are cut at once
DOMAINS = (Box.cube(-1, 1, 2), Space(2), Simplex(((0, 0), (1, 0), (0, 1))))


class OneByOne:
    """Cuts by one function after another."""

    def __init__(self, lattice: Lattice, signs: numpy.ndarray, born: Any, _: Any) -> None:
        self.cuts, self.born = Cuts(lattice, signs), born

    def cut(self) -> None:
        for function in range(64):
            self.cuts.cut(function, partial(self.born, function))


def network(seed: int) -> Network:
    """Handmade weights: units that vanish at vertices, several at one point, several along one line. For a third of the seeds each unit is
    scaled by a float, so that the float tier meets the same."""
    chosen = random.Random(seed)
    layers = random_layers(chosen, 2, WIDTHS[seed % 4])
    if seed % 2:
        weight, bias = layers[0]
        weight[1], bias[1] = [-2 * entry for entry in weight[0]], -2 * bias[0]
        weight[2], bias[2] = list(weight[0]), bias[0]
    return builders.dense(layers if seed % 3 else scaled(chosen, layers))


def scaled(chosen: random.Random, layers: Layers) -> Layers:
    result = []
    for weight, bias in layers:
        factors = [F(chosen.uniform(1, 2)) for _ in bias]
        rows = [[f * w for w in row] for f, row in zip(factors, weight, strict=True)]
        result.append((rows, [f * b for f, b in zip(factors, bias, strict=True)]))
    return result


def polygons(found: Complex) -> set[frozenset[Any]]:
    return {frozenset(found.points[vertex] for vertex in cell) for cell in found.cells()}


@pytest.mark.parametrize("domain", DOMAINS, ids=str)
@pytest.mark.parametrize("seed", range(24))
def test_functions_at_once_and_one_after_another(seed: int, domain: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    it = network(seed)
    at_once = Complex(it, domain)
    monkeypatch.setattr(build, "Plane", OneByOne)
    one_by_one = Complex(it, domain)
    assert at_once.lattice.counts == one_by_one.lattice.counts
    assert polygons(at_once) == polygons(one_by_one)
    assert [at_once.count(notion) for notion in NOTIONS] == [one_by_one.count(notion) for notion in NOTIONS]
    if domain != Space(2):
        assert at_once.integral() == one_by_one.integral()
        assert at_once.volume == {"Box": 4, "Simplex": F(1, 2)}[type(domain).__name__]


def test_every_face_is_a_polygon_with_as_many_corners_as_edges() -> None:
    found = Complex(network(7), DOMAINS[0])
    face, edge = found.lattice.pairs(2)
    assert numpy.bincount(edge).max() == 2 and numpy.bincount(face).min() >= 3
    vertices, edges, faces = found.lattice.counts
    assert vertices - edges + faces == 1
