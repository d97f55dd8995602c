"""The networks of the existence theorems: the functions and the errors that the theorems name, and sizes as Coq's own statements
count them."""

import random
from fractions import Fraction as F
from itertools import product
from math import prod

import pytest

from verify.exact import evaluate
from verify.exact.cells import Box
from verify.exact.cells.polynomial import apart_from_polynomial
from verify.kernel.errors import BadInput
from verify.network.cones import cones
from verify.network.layered import Layered, beside, row
from verify.network.load import load
from verify.network.products import horner, horner_error, monomials, monomials_error, multiplied, squared
from verify.network.yarotsky import Grid, taylor_values, yarotsky

from .coq_counts import COQ, computed, defined, said
from .naive import value


def at(layered, *point):
    (result,) = value(layered.network, [F(x) for x in point])
    return result


def quickly(network, *point):
    """The same by the engine's evaluation, for networks of thousands of units."""
    return evaluate(network, point)[0]


def shape(layered):
    """Its layers and units, counted in the network itself."""
    widths = [len(node.parameters["bias"]) for node in layered.network.nodes if node.op == "Gemm"]
    return len(widths) - 1, sum(widths[:-1])


def sampled(seed, size, low, high, count=40):
    chosen = random.Random(seed)
    return [[F(chosen.randint(low * 32, high * 32), 32) for _ in range(size)] for _ in range(count)]


def test_algebra():
    f = Layered.affine(2, [row([1, 2], 3)]).layer([row([1]), row([-1])], [row([1, 1]), row([2], 1)])  # (|s|, 2σ(s) + 1)
    for x, y in sampled(0, 2, -3, 3):
        s = x + 2 * y + 3
        assert value(f.network, [x, y]) == [abs(s), 2 * max(s, 0) + 1]
        assert value(f.waiting(3).network, [x, y]) == [abs(s), 2 * max(s, 0) + 1]
        assert value(f.then(f).network, [x, y])[0] == abs(abs(s) + 2 * (2 * max(s, 0) + 1) + 3)
        assert value(beside([f, f.reading(2, [row([0, 1]), row([1, 0])])]).network, [x, y])[2] == abs(y + 2 * x + 3)
    assert shape(f.waiting(3)) == (4, 2 + 3 * 4) and shape(f.then(f)) == (2, 4)
    with pytest.raises(BadInput, match="equally many inputs and layers"):
        beside([f, f.waiting(1)])


@pytest.mark.parametrize("m", range(4))
def test_square(m):
    for (x,) in sampled(m, 1, -1, 1):
        assert 0 <= at(squared(m), x) - x**2 <= F(1, 4 ** (m + 1))
    assert shape(squared(m)) == (m + 1, 3 * m + 2)


@pytest.mark.parametrize("m, bound", [(0, F(1)), (1, F(2)), (2, F(1, 3)), (4, F(3))])
def test_product(m, bound):
    net = multiplied(m, bound)
    for u, v in sampled(m, 2, -1, 1):
        assert abs(at(net, u * bound, v * bound) - u * v * bound**2) <= bound**2 / 4**m
    far = bound / 2**m  # u + v = 0 is squared exactly, u and v as badly as can be
    assert abs(at(net, far, -far) + far**2) == bound**2 / 4**m
    depth, units = shape(net)
    assert depth == said("smooth_product", r"computes 2 \((S m)\)", m=m)
    assert units == said("smooth_product", r"computes 2 \(S m\) \(([^()]*)\)", m=m)


def test_multiply_by_name():
    assert value(load("multiply:3:2"), [F(1), F(3, 2)]) == value(multiplied(3, F(2)).network, [F(1), F(3, 2)])
    for name in ("multiply:x", "multiply:3:0", "multiply:3:-1", "multiply:-1"):
        with pytest.raises(BadInput):
            load(name)


@pytest.mark.parametrize("seed", range(5))
def test_horner(seed):
    chosen = random.Random(seed)
    cs, m = [F(chosen.randint(-4, 4), 3) for _ in range(seed + 1)], 5 + seed
    net, error = horner(cs, m), horner_error(cs, m)
    large = 1 + sum(map(abs, cs))
    assert error == len(cs) * large**2 / 4**m <= 1
    for (x,) in sampled(seed, 1, -1, 1, 12):
        assert abs(at(net, x) - sum(c * x**i for i, c in enumerate(cs))) <= error
    depth, units = shape(net)
    assert depth == said("smooth_polynomial", r"computes 1 \((n \* S m)\)", n=len(cs), m=m)
    assert units == said("smooth_polynomial", r"\(n \* S m\) \((n \* \(8 \+ 11 \* m\))\)", n=len(cs), m=m)


POLYNOMIALS = [
    {(1, 1): F(1)},
    {(2, 1): F(1), (0, 1): F(-1, 2), (0, 0): F(3)},
    {(0, 0, 0): F(2)},
    {(1, 1, 1): F(2), (3, 0, 0): F(-1)},
]


@pytest.mark.parametrize("terms", POLYNOMIALS)
def test_several_variables(terms):
    size, m = len(next(iter(terms))), 4
    net = monomials(terms, m)
    for point in sampled(1, size, -1, 1, 12):
        exact = sum(c * prod(x**e for x, e in zip(point, key, strict=True)) for key, c in terms.items())
        assert abs(at(net, *point) - exact) <= monomials_error(terms, m)


@pytest.mark.parametrize("d, k", [(1, 0), (1, 3), (2, 1), (2, 2), (3, 1)])
def test_cones(d, k):
    def f(v):
        return abs(v[0] - F(1, 3)) - max(v) / 2

    slope, net = F(3, 2), cones(f, d, k, F(3, 2))
    grid = [F(2 * i + 1, 2 ** (k + 1)) for i in range(2**k)]
    for v in sampled(k, d, 0, 1, 12):
        highest = max(f(z) - slope * sum(abs(a - b) for a, b in zip(v, z, strict=True)) for z in product(grid, repeat=d))
        assert at(net, *v) == highest + slope * d / 2 ** (k + 1)
        assert abs(at(net, *v) - f(v)) <= slope * d / 2 ** (k + 1)
    depth, units = shape(net)
    assert depth == said("approximation_cube", r"depth N = \(([^()]*)\)", d=d, k=k)
    assert units == said("approximation_cube", r"nodes N = \((.*?)\)%nat", d=d, k=k)


# ---------- Yarotsky's network ----------


def interpolation(grid, values, point):
    """Hats times polynomials of Lagrange, straight from their definitions."""
    total, n, r = F(0), grid.n, grid.r
    for index in product(product(range(n + 1), range(r)), repeat=grid.d):
        weight, place = F(1), []
        for x, (i, k) in zip(point, index, strict=True):
            before = max(i - 1, 0)
            nodes = [F(before, n) + F(j, n * r) for j in range(r)]
            weight *= max(1 - abs(n * x - i), 0) * prod(F(x - nodes[j]) / (nodes[k] - nodes[j]) for j in range(r) if j != k)
            place.append(before * r + k)
        if weight:
            total += weight * values[tuple(place)]
    return total


def counted(grid):
    """The recursion of Yarotsky.v."""
    n, r, m = grid.n, grid.r, grid.m
    text = (COQ / "Yarotsky.v").read_text().split("Fixpoint tensor_units")[1].split("| S d' =>")[1].split("end")[0]
    text = text.replace("tensor_depth d'", "tensor_depth").replace("tensor_units d'", "tensor_units")
    names = {name: defined("YarotskyBasis.v", name, r=r, m=m) for name in ("basis_depth", "basis_units")}
    units = 0
    for d in range(grid.d):
        depth = defined("Yarotsky.v", r"tensor_depth \(d : nat\)", d=d, r=r, m=m)
        units = computed(" ".join(text.split()), n=n, r=r, m=m, tensor_depth=depth, tensor_units=units, **names)
    return defined("Yarotsky.v", r"tensor_depth \(d : nat\)", d=grid.d, r=r, m=m), units


@pytest.mark.parametrize("grid", [Grid(1, 2, 1, 5), Grid(1, 3, 2, 10), Grid(1, 1, 3, 15), Grid(2, 2, 1, 6), Grid(2, 1, 2, 13)], ids=str)
def test_yarotsky(grid):
    chosen = random.Random(str(grid))
    values = {place: F(chosen.randint(-8, 8), 8) for place in grid.places}
    net = yarotsky(grid, values)
    assert grid.products_error <= 1
    whole = net.network
    for point in sampled(3, grid.d, 0, 1, 4):
        assert abs(quickly(whole, *point) - interpolation(grid, values, point)) <= grid.products_error
    assert shape(net) == (grid.depth, grid.units) == counted(grid)


def test_the_constant_of_the_products():
    """By hand for r = 1, d = 1, from the recursion of tensor_constant: L = 2, big = 4, the basis' constant 4 4 1 2."""
    assert Grid(1, 2, 1, 4).products_error == ((2 * 2) ** 2 + 32) * F(3, 4**4)


@pytest.mark.parametrize("d", [1, 2])
def test_taylor_data_of_a_polynomial_give_it_back(d):
    """Of degree below r in each variable: what remains is the error of the products."""
    n, r = 2, 2
    grid = Grid(d, n, r, 10 if d == 1 else 13)

    def coefficient(b, key):  # of p = prod (x - 1/2) / 2 at b
        return prod((x - F(1, 2)) / 2 if e == 0 else F(1, 2) for x, e in zip(b, key, strict=True))

    keys = list(product(range(r), repeat=d))
    points = product(range(n), repeat=d)
    data = {point: {key: coefficient([F(i, n) for i in point], key) for key in keys} for point in points}
    net = yarotsky(grid, taylor_values(grid, data))
    whole = net.network
    for point in sampled(4, d, 0, 1, 3):
        assert abs(quickly(whole, *point) - prod((x - F(1, 2)) / 2 for x in point)) <= grid.products_error <= 1


def test_taylor_data_that_do_not_fit():
    with pytest.raises(BadInput, match="grid point"):
        taylor_values(Grid(1, 2, 1, 0), {(0,): {(0,): F(1)}})
    with pytest.raises(BadInput, match="exponents below r"):
        taylor_values(Grid(1, 1, 1, 0), {(0,): {(1,): F(1)}})
    with pytest.raises(BadInput):
        Grid(0, 1, 1, 1)


def test_taylor_data_are_met_by_the_next_hat():
    """Data that belong to no smooth function: the sum of the hats, each times the polynomial of the grid point before it."""
    grid = Grid(1, 2, 2, 11)
    data = {(0,): {(0,): F(1, 2), (1,): F(-1)}, (1,): {(0,): F(-1, 4), (1,): F(1, 2)}}
    net = yarotsky(grid, taylor_values(grid, data)).network
    for (x,) in sampled(5, 1, 0, 1, 6):
        first, second = F(1, 2) - x, F(-1, 4) + (x - F(1, 2)) / 2
        hats = [max(1 - abs(2 * x - i), 0) for i in range(3)]
        assert abs(quickly(net, x) - (hats[0] * first + hats[1] * first + hats[2] * second)) <= grid.products_error




@pytest.mark.parametrize("grid, terms", [(Grid(1, 1, 2, 10), {(0,): F(-1, 2), (1,): F(1)}), (Grid(2, 2, 1, 6), {(0, 0): F(2, 3)})], ids=str)
def test_taylor_data_certified(grid, terms):
    """The greatest distance from a polynomial of degree below r, by the exact engine: within what smooth.sobolev allows its products."""
    origin, step = (0,) * grid.d, F(1, grid.n)

    def exact(point):
        return sum((c * prod(x**e for x, e in zip(point, key, strict=True)) for key, c in terms.items()), F(0))

    data = {}
    for point in product(range(grid.n), repeat=grid.d):
        data[point] = {**terms, origin: exact([i * step for i in point])}
    net = yarotsky(grid, taylor_values(grid, data)).network
    found = apart_from_polynomial(net, terms, Box.cube(0, 1, grid.d))
    assert 0 < found.high <= grid.products_error <= 1
    assert found.low == abs(quickly(net, *found.at) - exact(found.at))
