"""Cell complexes against an oracle that shares no code, against the one-input engine, and by values
known beforehand."""

import random
from fractions import Fraction as F
from itertools import pairwise, permutations
from math import comb, prod
from pathlib import Path

import numpy
import pytest
from cells_oracle import differences, random_layers, shape
from random_networks import _he

from verify.exact import Interval, distance, evaluate
from verify.exact.cells import NOTIONS, Box, Complex, Polyhedron, Simplex, Space, build, regions
from verify.exact.cells.cuts import Cuts, packed
from verify.exact.cells.extremes import extreme
from verify.exact.cells.incidence import simplex_count, simplices
from verify.exact.cells.integers import Integers
from verify.exact.cells.lattice import Lattice
from verify.exact.cells.words import Words
from verify.exact.floats import InDoubt
from verify.kernel.errors import BadInput, OverBudget
from verify.network import builders
from verify.network.load import load
from verify.network.network import Input, Network
from verify.network.operations import Node


def some(seed: int, most: int = 3) -> tuple[int, Network]:
    """A small random network in two or three dimensions, with everything that troubles an exact
    engine."""
    chosen = random.Random(seed)
    d, widths = shape(chosen)
    while d > most:
        d, widths = shape(chosen)
    return d, builders.dense(random_layers(chosen, d, widths))


def counts(found: Complex) -> list[int]:
    return [found.count(notion) for notion in NOTIONS]


def halves(d: int, low: int, high: int) -> list[tuple[list[int], int]]:
    """The conditions low <= x_i <= high."""
    unit = [[int(i == j) for j in range(d)] for i in range(d)]
    return [(row, -low) for row in unit] + [([-entry for entry in row], high) for row in unit]


def light(seed: int) -> bool:
    d, widths = shape(random.Random(seed))
    return sum(widths) <= {2: 8, 3: 6, 4: 3}[d]


@pytest.mark.parametrize("seed", [*filter(light, range(2000, 2060))])
def test_the_oracle_agrees(seed: int) -> None:
    assert differences(seed) == []


@pytest.mark.parametrize("seed", range(60))
def test_one_input_is_the_same_engine_and_agrees_with_the_complex(seed: int) -> None:
    widths = [random.Random(seed).randint(1, 5) for _ in range(seed % 3 + 1)]
    network = builders.random_network(widths, seed, skips=seed % 2 == 0)
    where = Interval(-1, 2)
    line, cells = regions(network, where), Complex(network, Box((where,)))
    assert type(line) is not Complex and counts(line) == counts(cells)
    assert (
        line.integral() == cells.integral()
        and line.l1() == cells.l1()
        and line.volume == cells.volume == 3
    )
    assert line.maximum.value == cells.maximum.value and line.minimum.value == cells.minimum.value
    assert line.sup().value == cells.sup().value


def test_one_input_counts_what_no_list_could_hold() -> None:
    assert regions(builders.sawtooth(1000), Interval(0, 1)).regions == 2**1000


@pytest.mark.parametrize("seed", range(25))
def test_space_is_a_box_that_is_large_enough(seed: int) -> None:
    d, network = some(seed)
    space, box = Complex(network, Space(d)), Complex(network, Box.cube(-(10**9), 10**9, d))
    assert counts(space) == counts(box)
    top = space.maximum
    if top.value is not None:
        assert top.value == box.maximum.value == evaluate(network, top.at)[0]
    else:
        near, far = (
            evaluate(network, [size * x for x in top.at])[0] for size in (10**9, 2 * 10**9)
        )
        assert far > near
    with pytest.raises(BadInput, match="expected a bounded domain"):
        space.integral()


@pytest.mark.parametrize("seed", range(25))
def test_polyhedra_and_simplices_are_cut_first(seed: int) -> None:
    d, network = some(seed)
    whole = Complex(network, Box.cube(-1, 1, d))
    cut = Complex(network, Polyhedron(halves(d, -1, 1), Space(d)))
    assert (
        counts(cut) == counts(whole) and cut.integral() == whole.integral() and cut.volume == 2**d
    )
    orders = list(permutations(range(d)))
    ordered = [
        [([(j == p[i + 1]) - (j == p[i]) for j in range(d)], 0) for i in range(d - 1)]
        for p in orders
    ]
    parts = [Complex(network, Polyhedron(conditions, Box.cube(-1, 1, d))) for conditions in ordered]
    assert (
        sum(part.integral() for part in parts) == whole.integral()
        and max(part.maximum.value for part in parts) == whole.maximum.value
    )
    corners = [
        [tuple(1 if p.index(j) < k else -1 for j in range(d)) for k in range(d + 1)] for p in orders
    ]
    assert (
        sum(Complex(network, Simplex(chosen)).integral() for chosen in corners) == whole.integral()
    )


def undecided(*_: object) -> None:
    raise InDoubt


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("inputs", [2, 3])
def test_both_tiers_find_the_same(seed: int, inputs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Normal weights go through floats with certified signs; with the filter off, through integers
    alone. One unit is twice another."""
    chosen = random.Random(seed)
    layers = _he(chosen, [5, 4])
    first = [[F(chosen.gauss(0, 1)) for _ in range(inputs)] for _ in range(5)]
    if seed % 3 == 0:
        first[1], layers[0][1][1] = [2 * entry for entry in first[0]], 2 * layers[0][1][0]
    network = builders.dense([(first, layers[0][1]), *layers[1:]])
    domain = Box.cube(-1, 1, inputs)
    floats = Complex(network, domain)
    assert "numbers" not in vars(floats.skeleton)
    monkeypatch.setattr(build, "_in_floats", undecided)
    integers = Complex(network, domain)
    assert "numbers" in vars(integers.skeleton)
    assert (
        counts(floats) == counts(integers)
        and floats.integral() == integers.integral()
        and floats.l1() == integers.l1()
    )
    assert numpy.array_equal(floats.skeleton.active, integers.skeleton.active)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("size", [1, 10**6, 10**9])
def test_words_and_integers_find_the_same(seed: int, size: int) -> None:
    """Integers of 64 bits, while they suffice, and of any length: weights up to some size."""
    chosen = random.Random(seed)
    d, layers = 2 + seed % 2, random_layers(chosen, 2 + seed % 2, [4, 3])
    layers[0] = (
        [[F(chosen.randint(-size, size), 7) for _ in row] for row in layers[0][0]],
        layers[0][1],
    )
    lowered, domain = builders.dense(layers).lowered, Box.cube(-1, 1, d)
    lattice, rows = domain.start
    words, numbers = Words(lowered, rows), Integers(lowered, rows)
    copies = [lattice.kept(numpy.arange(1))[0] for _ in range(2)]
    long = build._grown(lowered, rows, copies[0], numbers, [])
    try:
        short = build._grown(lowered, rows, copies[1], words, [])
    except InDoubt:
        assert size > 1
        return
    assert short.lattice.counts == long.lattice.counts
    assert numpy.array_equal(short.active, long.active)
    assert words.integers.rows == numbers.rows and words.integers.scale == numbers.scale


def test_a_vertex_near_a_hyperplane_is_settled_exactly() -> None:
    """Three lines that miss one point by 10^−40: no float sees it, and the weights are not small.
    """
    tiny, odd = F(1, 10**40), F(2**60 + 1, 2**60)
    for miss, count in ((tiny, 7), (-tiny, 7), (F(0), 6)):
        network = builders.dense(
            [([[odd, 0], [0, odd], [odd, odd]], [0, 0, miss]), ([[1, 1, 1]], [0])]
        )
        assert Complex(network, Box.cube(-1, 1, 2)).regions == count


@pytest.mark.parametrize("power", [-400, -40, -8, 8, 40, 400])
def test_places_that_no_float_holds(power: int) -> None:
    """On a box as small or as large as one likes; weights that are not small, so floats are tried.
    """
    size, odd = F(10) ** power, F(2**52 + 1, 2**52)
    network = builders.dense(
        [([[odd, 0], [0, odd], [odd, odd]], [-size / 2, -size / 3, -size]), ([[1, 1, -odd]], [0])]
    )
    found = Complex(network, Box.cube(0, size, 2))
    unit = builders.dense(
        [([[odd, 0], [0, odd], [odd, odd]], [F(-1, 2), F(-1, 3), -1]), ([[1, 1, -odd]], [0])]
    )
    assert counts(found) == counts(Complex(unit, Box.cube(0, 1, 2)))
    assert found.integral() == Complex(unit, Box.cube(0, 1, 2)).integral() * size**3


@pytest.mark.parametrize("factor", [F(10) ** -300, F(10) ** 25, F(10) ** 300])
def test_weights_of_any_size(factor: F) -> None:
    chosen = random.Random(1)
    layers = _he(chosen, [6, 5])
    first = [[F(chosen.gauss(0, 1)) for _ in range(2)] for _ in range(6)]
    plain = builders.dense([(first, layers[0][1]), *layers[1:]])
    scaled = [([[factor * w for w in row] for row in first], [factor * b for b in layers[0][1]])]
    scaled += [(weight, [factor * b for b in bias]) for weight, bias in layers[1:]]
    one, other = (Complex(net, Box.cube(-1, 1, 2)) for net in (plain, builders.dense(scaled)))
    assert counts(one) == counts(other) and one.integral() * factor == other.integral()


def test_skips_and_every_operation() -> None:
    """max(x, y) + |x − y| − clip(x, 0, 1) by hand: the lines x = y, x = 0, x = 1 on [−2, 2]^2."""
    nodes = (
        builders.gemm("x", ["in"], [[1, 0]], [0]),
        builders.gemm("y", ["in"], [[0, 1]], [0]),
        Node("larger", "Max", ("x", "y")),
        Node("apart", "Sub", ("x", "y")),
        Node("far", "Abs", ("apart",)),
        Node("held", "Clip", ("x",), {"min": F(0), "max": F(1)}),
        Node("sum", "Add", ("larger", "far")),
        Node("out", "Sub", ("sum", "held")),
    )
    found = Complex(Network((Input("in", 2),), nodes, "out"), Box.cube(-2, 2, 2))
    assert counts(found) == [
        9,
        6,
        6,
        6,
        6,
    ]  # in each strip y > x, y < x, and y = x, where no unit of them is active
    assert found.integral() == F(32, 3) + F(64, 3) - F(6)


@pytest.mark.parametrize("seed", range(6))
def test_networks_with_skips_are_affine_on_cells_that_fill_the_box(seed: int) -> None:
    """At a random point within each simplex the network is what its values at the corners say; the
    patterns of units are one in a cell, and different in different cells; the volumes add up."""
    d = 2 + seed % 2
    network = builders.random_network([4 - seed % 2, 3], seed, skips=True, inputs=d)
    network = builders.add(network, builders.maximum(d)) if seed % 3 else network
    found, chosen = Complex(network, Box.cube(-1, 2, d)), random.Random(seed)
    owner, corners = simplices(found.lattice)
    points, values = found.points, found.values()
    relus = [node for node in network.lowered.nodes if node.op == "Relu"]
    before = Node("all", "Concat", tuple(node.inputs[0] for node in relus))
    units = Network(network.lowered.inputs, (*network.lowered.nodes, before), "all")
    signs: dict[int, tuple[bool, ...]] = {}
    for cell, simplex in zip(owner.tolist(), corners.tolist(), strict=True):
        parts = [F(chosen.randint(1, 5)) for _ in simplex]
        whole = sum(parts)
        place = [sum(p * points[v][i] for p, v in zip(parts, simplex)) / whole for i in range(d)]
        mean = sum(p * values[v] for p, v in zip(parts, simplex)) / whole
        assert evaluate(network, place) == (mean,)
        here = tuple(value > 0 for value in evaluate(units, place))
        assert signs.setdefault(cell, here) == here
    assert len(signs) == len(set(signs.values())) == found.regions
    assert found.volume == 3**d


def test_notions_differ() -> None:
    """min(|y|, max(|x| − 1, 0)): 0 where |x| <= 1 and where y = 0; and its relatives."""
    x, y = builders.affine([[1, 0]], [0]), builders.affine([[0, 1]], [0])

    def of(op: str, *parts: Network) -> Network:
        return builders.compose(
            Network((Input("v", len(parts)),), _picked(op, len(parts)), "out"),
            builders.concatenate(*parts),
        )

    inside = builders.subtract(builders.constant(1, 2), of("Abs", x))
    slab = of("Max", inside, builders.constant(0, 2))  # 0 where |x| >= 1
    joined = Complex(of("Min", of("Abs", y), slab), Box.cube(-2, 2, 2))
    # open: 0 twice, y, −y, 1 − x twice, 1 + x twice. Closed: the zeros hang together along y = 0,
    # where no cell is, and the two cells with 1 − x in the point (1, 0).
    assert (joined.affine, joined.closed_connected, joined.open_connected) == (5, 5, 8)
    apart = Complex(slab, Box.cube(-2, 2, 2))
    assert (apart.affine, apart.closed_connected, apart.open_connected) == (3, 4, 4)


def _picked(op: str, count: int) -> tuple[Node, ...]:
    unit = [[[int(i == j) for j in range(count)]] for i in range(count)]
    parts = [builders.gemm(f"p{i}", ["v"], row, [0]) for i, row in enumerate(unit)]
    return (*parts, Node("out", op, tuple(part.name for part in parts)))


def test_maximal_linear_pieces_need_not_be_convex() -> None:
    """relu(min(x, y)) is 0 on three quarters of the square, in one connected piece."""
    least = builders.scale(
        builders.compose(builders.maximum(2), builders.affine([[-1, 0], [0, -1]], [0, 0])), -1
    )
    least = builders.compose(builders.dense([([[1]], [0]), ([[1]], [0])]), least)
    found = Complex(least, Box.cube(-1, 1, 2))
    zero = [cell for cell in found.cells() if all(found.values()[vertex] == 0 for vertex in cell)]
    corners = {found.points[vertex] for cell in zero for vertex in cell}
    assert found.open_connected == 3 and {(F(1), F(-1)), (F(-1), F(1))} <= corners
    assert evaluate(least, [F(1, 10), F(1, 10)]) == (
        F(1, 10),
    )  # on the segment between points of the piece


@pytest.mark.parametrize(("d", "m"), [(1, 3), (2, 1), (2, 2), (2, 6), (3, 2), (3, 5), (4, 5)])
def test_arrangements_attain_zaslavsky(d: int, m: int) -> None:
    network, most = builders.arrangement(d, m), sum(comb(m, j) for j in range(d + 1))
    assert (
        Complex(network, Space(d)).regions
        == Complex(network, Box.cube(F(1, 4), F(3, 4), d)).regions
        == most
    )


@pytest.mark.parametrize(
    ("d", "widths"),
    [(1, [3, 4]), (2, [4, 4]), (2, [5, 4, 3]), (2, [4, 1]), (3, [7, 3]), (3, [6, 2])],
)
def test_foldings_attain_montufar(d: int, widths: list[int]) -> None:
    network = builders.folding(d, widths)
    assert network.widths == tuple(widths)
    wanted = prod((m // d) ** d for m in widths[:-1]) * sum(
        comb(widths[-1], j) for j in range(d + 1)
    )
    assert regions(network, Box.cube(0, 1, d)).regions == wanted


@pytest.mark.parametrize("n", range(1, 8))
def test_the_maximum_by_a_tree(n: int) -> None:
    network = builders.maximum(n)
    assert network.depth == (n - 1).bit_length() and network.units == n - 1
    chosen = random.Random(n)
    for _ in range(20):
        point = [F(chosen.randint(-3, 3), chosen.randint(1, 3)) for _ in range(n)]
        assert evaluate(network, point) == (max(point),)
    turned = builders.compose(
        network,
        builders.affine([[int(i + j == n - 1) for j in range(n)] for i in range(n)], [0] * n),
    )
    found = Complex(builders.subtract(network, turned), Space(n))
    assert found.sup().value == 0 and Complex(network, Space(n)).affine == n


def test_distances() -> None:
    f, g, square = (
        builders.maximum(2),
        builders.affine([[F(1, 2), F(1, 2)]], [0]),
        Box.cube(0, 1, 2),
    )
    assert distance(f, g, square).value == F(1, 6)  # max(x, y) − (x + y) / 2 = |x − y| / 2
    found = distance(f, g, square, "sup")
    assert found.value == F(1, 2) and found.at in {(F(0), F(1)), (F(1), F(0))}
    assert distance(builders.tent(), builders.constant(0), Box.cube(0, 1, 1)).value == F(1, 2)
    with pytest.raises(BadInput, match="unbounded on R\\^2: it grows along"):
        distance(f, g, Space(2), "sup")
    assert distance(f, f, Space(2), "sup").value == 0


@pytest.mark.parametrize("seed", range(10))
def test_levels(seed: int) -> None:
    d, network = some(seed, 2)
    found = Complex(network, Box.cube(-1, 1, d))
    height = (found.maximum.value + 2 * found.minimum.value) / 3
    at = found.level(height)
    for face in (*at.faces, *at.cells):
        assert {evaluate(network, point)[0] for point in face} == {height}
    assert at.faces or at.cells or found.maximum.value == found.minimum.value
    assert all(len(face) == 2 for face in at.faces)


def test_extremes_need_no_complex_where_one_unit_decides() -> None:
    wide = builders.dense([([[(-1) ** i for i in range(500)]], [-3]), ([[2]], [1])])
    found = extreme(wide, Box.cube(-1, 1, 500))
    assert found.value == 2 * 497 + 1 == evaluate(wide, found.at)[0]
    assert extreme(wide, Box.cube(-1, 1, 500), -1).value == 1
    with pytest.raises(OverBudget):
        extreme(builders.add(wide, builders.arrangement(500, 2)), Box.cube(-1, 1, 500))


@pytest.mark.parametrize("seed", range(10))
def test_extremes(seed: int) -> None:
    d, network = some(seed)
    found = extreme(network, Box.cube(-1, 1, d))
    assert (
        found.value
        == Complex(network, Box.cube(-1, 1, d)).maximum.value
        == evaluate(network, found.at)[0]
    )


def test_what_cannot_be() -> None:
    network = builders.maximum(2)
    with pytest.raises(BadInput, match="expected a domain in 2 dimensions"):
        _ = Complex(network, Box.cube(0, 1, 3)).regions
    with pytest.raises(BadInput, match="expected a notion"):
        Complex(network, Box.cube(0, 1, 2)).count("linear")
    with pytest.raises(BadInput, match="convex"):
        Complex(network, Box.cube(0, 1, 2)).count("convex")
    with pytest.raises(BadInput, match="with an interior"):
        _ = Complex(network, Polyhedron([([1, -1], 0), ([-1, 1], 0)], Space(2))).regions
    with pytest.raises(BadInput, match="no hyperplane"):
        Simplex([(0, 0), (1, 1), (2, 2)])
    with pytest.raises(BadInput, match="choose one with --component"):
        Complex(builders.identity(2), Box.cube(0, 1, 2)).integral()
    with pytest.raises(OverBudget, match="a box in 16 dimensions"):
        _ = Complex(builders.maximum(16), Box.cube(0, 1, 16)).regions
    assert Complex(builders.identity(2), Box.cube(0, 1, 2)).integral(1) == F(1, 2)


def test_too_many_faces_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.exact.cells.lattice.MOST_FACES", 100)
    with pytest.raises(OverBudget, match="more than 100 faces"):
        _ = Complex(builders.arrangement(2, 20), Box.cube(0, 1, 2)).regions


def test_faces_of_a_cut_octahedron() -> None:
    """Cut through four vertices and four edges: no edge and no triangle is cut, and the new face is
    a square."""
    from verify.exact.cells.lattice import of_box

    assert of_box(3).counts == [8, 12, 6, 1]
    corners = {(axis, sign): 2 * axis + (sign > 0) for axis in range(3) for sign in (1, -1)}
    edges = [(u, v) for u in range(6) for v in range(u + 1, 6) if u // 2 != v // 2]
    triangles = [(x, y, z) for x in (0, 1) for y in (2, 3) for z in (4, 5)]
    sides = [
        (t, edges.index(pair))
        for t, (x, y, z) in enumerate(triangles)
        for pair in ((x, y), (x, z), (y, z))
    ]
    cell = [(0, t) for t in range(8)]
    lattice = Lattice(
        [6, 12, 8, 1], numpy.array(edges).T, {2: numpy.array(sides).T, 3: numpy.array(cell).T}
    )
    above, below = numpy.zeros((2, 1, 6), bool)
    above[0, corners[2, 1]] = below[0, corners[2, -1]] = True
    cuts = Cuts(lattice, packed(above, below))
    cuts.cut(0, lambda first, second: numpy.zeros((2, len(first)), numpy.uint64))
    assert lattice.counts == [6, 12, 9, 2]
    cells, faces = lattice.pairs(3)
    assert sorted(numpy.bincount(cells).tolist()) == [5, 5] and (faces == 8).sum() == 2
    assert (lattice.pairs(2)[0] == 8).sum() == 4


def test_a_complex_in_a_notebook() -> None:
    shown = Complex(builders.maximum(2), Box.cube(0, 1, 2))._repr_html_()
    assert shown.count("<polygon") == 2 and "2 activation regions, 2 pieces, 2 affine maps" in shown
    assert "<svg" not in Complex(builders.maximum(3), Box.cube(0, 1, 3))._repr_html_()
    assert "R^2" in Complex(builders.identity(2), Space(2))._repr_html_()


def test_two_hidden_layers_compute_the_maximum_of_five_numbers(networks: Path) -> None:
    """On all of R^5, with points at infinity: f − max is 0 at every vertex of the common complex,
    and affine between.

    A box would do as well: both are positively homogeneous (no biases), f(s x) = s f(x) for s > 0,
    so a point x where they differ gives one, x / s, in any box around 0."""
    f, g = load(networks / "max5_45.json"), builders.maximum(5)
    assert (f.input_size, f.depth, g.depth) == (5, 2, 3)
    assert not any(any(node.vector("bias")) for node in f.nodes if node.op == "Gemm")
    difference = builders.subtract(f, g)
    for where in (Space(5), Box.cube(-1, 1, 5)):
        found = Complex(difference, where)
        assert set(found.values()) == {F(0)} and found.sup().value == 0
    wrong = builders.add(difference, builders.scale(builders.part(g, "larger1", 0), F(1, 10**9)))
    assert Complex(wrong, Space(5)).sup().value is None


@pytest.fixture
def networks() -> Path:
    return Path(__file__).parent.parent / "networks"


COUNTS = [  # on [−1, 1]^d, as affinitree, regioncam or relucent count where floats do not err
    (2, [16, 16], False, 398),
    (2, [32, 32, 32], False, 3780),
    (3, [8, 8, 8], False, 1905),
    (3, [8, 8, 8], True, 703),
    (2, [16, 16], True, 292),
    (4, [8, 8], True, 1075),
]


@pytest.mark.parametrize(("inputs", "widths", "simple", "count"), COUNTS)
def test_counts_that_others_find(inputs: int, widths: list[int], simple: bool, count: int) -> None:
    chosen = numpy.random.default_rng(0)
    sizes, layers = [inputs, *widths, 1], []
    for before, after in pairwise(sizes):
        if simple:
            weight = chosen.integers(-8, 9, (before, after)) / 8
            bias = chosen.integers(-4, 5, after) / 8
        else:
            weight = chosen.normal(0, numpy.sqrt(2 / before), (before, after)).astype(numpy.float32)
            bias = chosen.normal(0, 0.1, after).astype(numpy.float32)
        layers.append((weight.astype(float).T.tolist(), bias.astype(float).tolist()))
    assert Complex(builders.dense(layers), Box.cube(-1, 1, inputs)).regions == count


def ascent(network: Network, point: list[float], steps: int) -> F:
    """The best value that projected gradient ascent on [−1, 1]^d meets: slopes by differences."""

    def value(x: list[float]) -> F:
        return evaluate(network, [F(c) for c in x])[0]

    best = value(point)
    for step in range(steps):
        size, here, near = 0.5 / (1 + step), value(point), 2.0**-20
        moved = [[*point[:i], c + near, *point[i + 1 :]] for i, c in enumerate(point)]
        slope = [float(value(x) - here) / near for x in moved]
        point = [min(1.0, max(-1.0, c + size * s)) for c, s in zip(point, slope, strict=True)]
        best = max(best, value(point))
    return best


def test_ascent_may_not_move_and_never_gets_higher() -> None:
    """Of units of a second layer: the exact maximum over the box against ascent from four starts;
    where a unit is dead around the start, ascent stays where it is."""
    square = Box.cube(-1, 1, 2)
    stuck = builders.dense([([[4, 0]], [-3]), ([[1]], [0]), ([[2]], [0])])
    assert ascent(stuck, [0.0, 0.0], 20) == 0 and extreme(stuck, square).value == 2
    starts = [[x, y] for x in (-0.5, 0.25) for y in (-0.25, 0.5)]
    for seed in range(4):
        unit = builders.part(builders.random_network([6, 3], seed, inputs=2), "a2", 0)
        most = extreme(unit, square).value
        assert most is not None and max(ascent(unit, start, 20) for start in starts) <= most


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_simplices_are_counted_before_they_are_made(size):
    network = builders.random_network([5, 3], size, inputs=size)
    for domain in (Box.cube(0, 1, size), Space(size)):
        lattice = Complex(network, domain).lattice
        assert simplex_count(lattice) == len(simplices(lattice)[1])
