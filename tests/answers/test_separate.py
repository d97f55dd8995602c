"""Separations: the answers against brute force over all width splits, against the inequality itself, and against exact distances."""

from fractions import Fraction
from itertools import product
from math import prod

import pytest

from verify.answers import cube_bound, deepest, excluded, network_bound, separate
from verify.exact import Interval, distance
from verify.kernel.errors import BadInput, OverBudget
from verify.network.builders import affine, compose, constant, interpolating, random_network, sawtooth, zigzag

UNIT = Interval(Fraction(0), Fraction(1))


def brute_most_pieces(depth: int, nodes: int, t: int) -> int:
    """Over every sequence of widths."""
    splits = (w for layers in range(depth + 1) for w in product(range(1, nodes + 1), repeat=layers) if sum(w) <= nodes)
    return max(prod((t - 1) * m + 1 for m in w) for w in splits)


@pytest.mark.parametrize("t", [1, 2, 3, 5])
@pytest.mark.parametrize("depth", range(5))
def test_most_pieces_is_the_maximum_over_all_splits(depth: int, t: int) -> None:
    for nodes in range(8):
        found = separate(depth, nodes, Fraction(1, 10), activation_pieces=t)
        assert found.pieces == brute_most_pieces(depth, nodes, t)
        assert found.widths is not None
        assert prod((t - 1) * m + 1 for m in found.widths) == found.pieces
        assert sum(found.widths) <= nodes
        assert len(found.widths) <= depth


@pytest.mark.parametrize("error", [Fraction(1, 32), Fraction(1, 8), Fraction(1, 5), Fraction(249, 1000), Fraction(1, 10**6)])
def test_k_is_the_least_that_the_inequality_allows(error: Fraction) -> None:
    for depth, nodes in product(range(1, 5), range(1, 30, 4)):
        found = separate(depth, nodes, error)
        assert found.k == next(k for k in range(1, 100) if (1 - Fraction(found.pieces, 2**k)) / 4 >= error)
        assert (found.theorem, found.rests_on) == ("separation.sharp", ("pieces.skip",))


def test_a_quarter_and_more() -> None:
    assert separate(0, 5, Fraction(1, 4)).k == 1
    assert separate(0, 5, Fraction(1, 4)).theorem == "separation.duality"
    assert separate(3, 0, Fraction(1, 8)).k == 1
    assert separate(1, 1, Fraction(1, 4)).k is None
    above = separate(0, 0, Fraction(1, 3))
    assert above.k is None
    assert "constant 1/2" in above.reason
    for k in range(1, 6):
        assert distance(sawtooth(k), constant(Fraction(1, 2)), UNIT).value == Fraction(1, 4)
        two = interpolating([0, Fraction(1, 2 ** (k + 1)), 1], [0, Fraction(1, 2), Fraction(1, 2)])
        assert distance(sawtooth(k), two, UNIT).value == Fraction(1, 4) * (1 - Fraction(1, 2 ** (k + 1)))


def test_the_lectures_k() -> None:
    for depth in range(1, 51):
        found = separate(depth, 2**depth, Fraction(1, 32))
        assert found.lecture_k == 2 * depth**2 + 2
        assert found.k is not None
        assert found.k <= depth**2 + 2
    assert separate(3, 9, Fraction(1, 32)).lecture_k is None
    assert separate(3, 8, Fraction(1, 31)).lecture_k is None
    assert separate(3, 8, Fraction(1, 32), activation_pieces=3).lecture_k is None
    assert separate(0, 0, Fraction(1, 32)).lecture_k is None


def test_widths() -> None:
    found = separate(0, 0, Fraction(1, 8), widths=[3, 4, 5])
    assert found.pieces == 4 * 5 * 6
    assert found.k == 8
    assert separate(0, 0, Fraction(1, 8), widths=[3, 4, 5], activation_pieces=3).pieces == 7 * 9 * 11
    assert separate(0, 0, Fraction(1, 32), widths=[2, 2]).lecture_k == 10


def test_thousands_of_digits() -> None:
    nodes = 10**3000
    found = separate(50, nodes, Fraction(1, 32))
    assert found.k is not None
    assert 2**found.k * 7 >= found.pieces * 8 > 2 ** (found.k - 1) * 7
    with pytest.raises(OverBudget):
        separate(10**9, 10**30, Fraction(1, 32))


@pytest.mark.parametrize("t", [2, 3, 4])
@pytest.mark.parametrize("error", [Fraction(1, 32), Fraction(1, 8), Fraction(6, 25)])
def test_excluded_is_separate_the_other_way_round(error: Fraction, t: int) -> None:
    for k in range(1, 9):
        found = excluded(k, error, t)
        for depth, nodes in found.sizes:
            reached, next_size = separate(depth, nodes, error, activation_pieces=t), separate(depth, nodes + 1, error, activation_pieces=t)
            assert reached.k is not None
            assert next_size.k is not None
            assert reached.k <= k < next_size.k
        assert found.any_depth == found.sizes[-1][1]
        assert [n for _, n in found.sizes] == sorted((n for _, n in found.sizes), reverse=True)


def test_deepest() -> None:
    found = excluded(10, Fraction(1, 8))
    assert found.pieces == 512
    for nodes in range(1, 30):
        depths = [depth for depth in range(1, nodes + 1) if separate(depth, nodes, Fraction(1, 8)).pieces <= 512]
        assert deepest(found, nodes) == max(depths, default=0)


def test_excluded_at_the_edges() -> None:
    assert excluded(1, Fraction(1, 4)).sizes == ((1, 0),)
    assert excluded(5, Fraction(1, 3)).pieces == 0
    assert excluded(5, Fraction(1, 8), activation_pieces=1).any_depth is None
    large = excluded(5002, Fraction(1, 32), depth=50)
    assert large.sizes[0][1] > 2**50


@pytest.mark.parametrize("seed", range(6))
def test_one_network(seed: int) -> None:
    for k in (1, 3, 5):
        network = random_network((3, 2), seed, skips=seed % 2 == 0)
        found = network_bound(network, k)
        assert found.by_widths <= found.by_pieces <= found.low == found.high == distance(sawtooth(k), network, UNIT).value
        assert found.most_pieces == 12
        assert found.gap == found.low - found.by_pieces


def test_the_network_that_is_the_sawtooth() -> None:
    found = network_bound(sawtooth(4), 4)
    assert (found.pieces, found.by_pieces, found.low) == (16, 0, 0)
    attained = network_bound(zigzag([3, 3]), 8)
    assert attained.pieces == attained.most_pieces == 16
    assert attained.by_widths == attained.by_pieces > 0


def test_refused() -> None:
    for depth, nodes, options in ((-1, 3, {}), (3, -1, {}), (3, 1, {"activation_pieces": 0}), (0, 0, {"widths": [0]})):
        with pytest.raises(BadInput):
            separate(depth, nodes, Fraction(1, 8), **options)
    with pytest.raises(BadInput):
        separate(1, 1, Fraction(0))
    with pytest.raises(BadInput):
        excluded(0, Fraction(1, 8))


@pytest.mark.parametrize("inputs", [2, 3])
@pytest.mark.parametrize("seed", range(4))
def test_a_network_on_the_cube(inputs: int, seed: int) -> None:
    """∫ |Δ^k(x_1) − g| over [0, 1]^d: at least the bound; and, of a g that only reads x_1, as on
    [0, 1]."""
    k = 2 + seed % 2
    found = cube_bound(random_network([3], seed, inputs=inputs), k)
    assert found.by_widths == max(0, (1 - Fraction(4, 2**k)) / 4) and found.gap >= 0
    line = random_network([3, 2], seed)
    wide = compose(line, affine([[1] + [0] * (inputs - 1)], [0]))
    assert cube_bound(wide, k).distance == distance(sawtooth(k), line, UNIT).value
    with pytest.raises(BadInput, match="at least 1"):
        cube_bound(wide, 0)
