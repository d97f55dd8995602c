"""How far networks are from polynomials: against values at many points, against the one-input engine, and by numbers known
beforehand."""

import random
from fractions import Fraction as F
from itertools import pairwise, product
from math import prod

import pytest
from cells_oracle import random_layers

from verify.exact import Interval, evaluate, pieces
from verify.exact.cells import Box, Polyhedron, Simplex, Space
from verify.exact.cells.polynomial import apart_from_polynomial
from verify.kernel.errors import BadInput, OverBudget
from verify.network import builders
from verify.network.load import load


def value(terms, point):
    return sum((c * prod(x**e for x, e in zip(point, key, strict=True)) for key, c in terms.items()), F(0))


def some(chosen, size, degree):
    keys = [key for key in product(range(degree + 1), repeat=size) if sum(key) <= degree]
    return {key: F(chosen.randint(-6, 6), 4) for key in keys}


def network(chosen, size):
    return builders.dense(random_layers(chosen, size, [chosen.randint(1, 4)]))


@pytest.mark.parametrize("seed", range(24))
def test_quadratics(seed):
    """Attained where it is said, and nowhere exceeded on a grid that is moved at random."""
    chosen = random.Random(seed)
    size = 2 + seed % 2
    f, terms = network(chosen, size), some(chosen, size, 2)
    found = apart_from_polynomial(f, terms, Box.cube(-1, 2, size))
    assert found.low == found.high == abs(evaluate(f, found.at)[0] - value(terms, found.at))
    assert all(-1 <= x <= 2 for x in found.at)
    for _ in range(300):
        point = [F(chosen.randint(-16, 32), 16) for _ in range(size)]
        assert abs(evaluate(f, point)[0] - value(terms, point)) <= found.high


@pytest.mark.parametrize("seed", range(12))
def test_quadratics_of_one_variable(seed):
    """On each piece: the ends and the vertex. And on the cells of the complex, as with a second input that is not read."""
    chosen = random.Random(seed)
    f, terms = network(chosen, 1), some(chosen, 1, 2)
    places = pieces(f, Interval(F(-2), F(2))).breakpoints
    best = F(0)
    for a, b in pairwise(places):
        slope = (evaluate(f, [b])[0] - evaluate(f, [a])[0]) / (b - a)
        bend = 2 * terms[(2,)]
        vertex = (slope - terms[(1,)]) / bend if bend else a
        for x in (a, b, min(max(vertex, a), b)):
            best = max(best, abs(evaluate(f, [x])[0] - value(terms, [x])))
    assert apart_from_polynomial(f, terms, Box.cube(-2, 2, 1)).high == best
    flat = builders.compose(f, builders.affine([[1, 0]], [0]))
    assert apart_from_polynomial(flat, {(e, 0): c for (e,), c in terms.items()}, Box.cube(-2, 2, 2)).high == best


@pytest.mark.parametrize("m", range(4))
def test_the_square_of_the_lecture(m):
    found = apart_from_polynomial(load(f"square:{m}"), {(2,): F(1)}, Box.cube(0, 1, 1))
    assert found.low == found.high == F(1, 4 ** (m + 1))


@pytest.mark.parametrize("m, bound", [(0, 1), (1, 2), (3, 1), (4, 3)])
def test_products(m, bound):
    """smooth.product.network is sharp: the error that it promises is attained."""
    found = apart_from_polynomial(load(f"multiply:{m}:{bound}"), {(1, 1): F(1)}, Box.cube(-bound, bound, 2))
    assert found.low == found.high == F(bound**2, 4**m)


@pytest.mark.parametrize("seed", range(8))
def test_higher_degrees(seed):
    chosen = random.Random(seed)
    size = 1 + seed % 2
    f, terms = network(chosen, size), some(chosen, size, 4)
    found = apart_from_polynomial(f, terms, Box.cube(0, 1, size))
    assert found.low == abs(evaluate(f, found.at)[0] - value(terms, found.at)) <= found.high <= found.low * F(1001, 1000)
    for _ in range(200):
        point = [F(chosen.randint(0, 32), 32) for _ in range(size)]
        assert abs(evaluate(f, point)[0] - value(terms, point)) <= found.high
    for goal in (found.high * 2, found.low / 2):
        soon = apart_from_polynomial(f, terms, Box.cube(0, 1, size), goal)
        assert soon.high <= goal or soon.low > goal


def test_the_difference_is_zero():
    terms = {(1, 0): F(2), (0, 0): F(-1)}
    assert apart_from_polynomial(builders.affine([[2, 0]], [-1]), terms, Box.cube(0, 1, 2)).high == 0
    assert apart_from_polynomial(builders.affine([[2, 0]], [-1]), {**terms, (3, 1): F(0)}, Box.cube(0, 1, 2)).high == 0


def test_other_domains():
    f, terms = builders.constant(F(0), 2), {(2, 0): F(1), (0, 1): F(1)}
    corners = [(F(0), F(0)), (F(3), F(0)), (F(0), F(1))]
    assert apart_from_polynomial(f, terms, Simplex(tuple(corners))).high == 9
    half = Polyhedron((((F(-1), F(-1)), F(1)),), Box.cube(0, 1, 2))
    assert apart_from_polynomial(f, terms, half).high == 1
    with pytest.raises(BadInput, match="bounded domain"):
        apart_from_polynomial(f, terms, Space(2))
    with pytest.raises(BadInput, match="2 exponents"):
        apart_from_polynomial(f, {(1,): F(1)}, Box.cube(0, 1, 2))


def test_limits(monkeypatch):
    monkeypatch.setattr("verify.exact.cells.polynomial.MOST_SIMPLICES", 1)
    with pytest.raises(OverBudget, match="simplices"):
        apart_from_polynomial(load("multiply:1"), {(1, 1): F(1)}, Box.cube(-1, 1, 2))
