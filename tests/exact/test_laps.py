"""Compositions by kinds of laps: against enumeration where that is possible, and at depths where it is not."""

import random
from fractions import Fraction as F
from itertools import pairwise

import pytest
from refine import refinement

from verify.exact import Counts, Interval, PiecewiseLinear, activation_intervals, composition, counts, pieces
from verify.exact.bottlenecks import stages
from verify.exact.laps import Composition, Map
from verify.kernel.errors import OverBudget
from verify.network import builders
from verify.network.network import Input, Network
from verify.network.operations import Node

UNIT = Interval(0, 1)


def stage(chosen: random.Random) -> Network:
    """A one-hidden-layer function with small rational weights: flat parts, cancelling kinks, cuts on the ends, all likely."""
    n = chosen.randint(1, 4)
    first = [[chosen.choice([1, -1, 2, F(1, 2)])] for _ in range(n)]
    second = [F(chosen.randint(-6, 6), 3) for _ in range(n)]
    return builders.dense([(first, [F(chosen.randint(-4, 4), 4) for _ in range(n)]), ([second], [F(chosen.randint(-2, 2), 2)])])


def composed(seed: int) -> Network:
    chosen = random.Random(seed)
    network = stage(chosen)
    for _ in range(chosen.randint(1, 3)):
        network = builders.compose(stage(chosen), network)
    return network


def listed(network: Network, interval: Interval) -> tuple[PiecewiseLinear, int]:
    """The function and its activation intervals, from the reference engine."""
    found = refinement(network, interval)
    switches = sum(a != b for a, b in pairwise(found.patterns))
    return PiecewiseLinear(found.points, found.values).merged(), 1 + switches


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_random_compositions_against_enumeration(first: int) -> None:
    for seed in range(first, first + 50):
        network = composed(seed)
        found = composition(network, UNIT)
        if found is None:
            continue
        f, intervals = listed(network, UNIT)
        assert found.counts == Counts(f.pieces, intervals), seed
        assert found.integral() == f.integral(), seed
        assert found.l1(F(1, 3)) == (f - PiecewiseLinear((0, 1), (F(1, 3), F(1, 3)))).l1(), seed
        assert found.extent == (f.minimum.value, f.maximum.value), seed
        assert sum(found.peaks.values()) == sum(a > 0 > b for a, b in pairwise(f.slopes)), seed
        assert sum(found.valleys.values()) == sum(a < 0 < b for a, b in pairwise(f.slopes)), seed
        assert set(found.slopes) == set(f.slopes), seed
        assert sum(found.slopes.values()) == intervals, seed
        part = Interval(F(1, 7), F(4, 5))
        assert found.on(part).counts == Counts(f.on(part).pieces, activation_intervals(network, part).count), seed


@pytest.mark.parametrize("k", [1, 2, 3, 50, 1000, 10_000])
def test_sawtooth_of_any_depth(k: int) -> None:
    network = builders.sawtooth(k)
    assert counts(network, UNIT) == Counts(2**k, 2**k)
    if k > 1:
        found = composition(network, UNIT)
        assert found.peaks == {1: 2 ** (k - 1)}
        assert found.valleys == {0: 2 ** (k - 1) - 1}
        assert found.integral() == F(1, 2)
        assert found.l1(F(1, 2)) == F(1, 4)
        assert found.extent == (0, 1)
    if 1 < k <= 1000:
        assert composition(network, UNIT).slopes == {2**k: 2 ** (k - 1), -(2**k): 2 ** (k - 1)}


def test_enumeration_beyond_the_limit_is_refused_at_once() -> None:
    with pytest.raises(OverBudget, match="more than 150000 activation intervals on"):
        pieces(builders.sawtooth(300), UNIT)


def test_collinear_neighbours_merge_across_levels() -> None:
    doubling = builders.dense([([[1], [1]], [0, F(-1, 2)]), ([[2, 0]], [0])])  # 2x: a switch at 1/2, no kink
    network = builders.compose(builders.compose(doubling, builders.tent()), doubling)
    assert counts(network, Interval(0, F(1, 2))) == Counts(2, 4)
    unfolded = builders.dense([([[1], [-1]], [F(-1, 2), F(1, 2)]), ([[1, -1]], [0])])  # x − 1/2 by two units
    network = builders.compose(builders.compose(unfolded, unfolded), builders.tent())
    f, intervals = listed(network, UNIT)
    assert counts(network, UNIT) == Counts(f.pieces, intervals) == Counts(2, 4)


def test_a_breakpoint_can_vanish_and_come_back() -> None:
    bend, back = saw_map((0, 1, 2), (0, 1, 3)), saw_map((0, 1, 3), (0, 2, 4))
    again, flat = saw_map((0, 2, 4), (0, 2, 3)), saw_map((0, 4), (1, 1))
    for maps, kinks in (([bend], 1), ([bend, back], 0), ([bend, back, again], 1), ([bend, flat], 0)):
        assert Composition(maps, Interval(0, 2)).counts == Counts(1 + kinks, 2)


def saw_map(breakpoints, values) -> Map:
    f = PiecewiseLinear(breakpoints, values)
    return Map(f, f.interior)


def test_maps_that_differ_from_layer_to_layer() -> None:
    network, pieces_expected = None, 1
    for n in (2, 3, 2, 5, 3, 2):
        zigzag = builders.dense([([[n]] * n, [-i for i in range(n)]), ([[1, *(2 * (-1) ** i for i in range(1, n))]], [0])])
        network = zigzag if network is None else builders.compose(zigzag, network)
        pieces_expected *= n
    assert counts(network, UNIT) == Counts(pieces_expected, pieces_expected)
    deep = network
    for _ in range(6):
        deep = builders.compose(network, deep)
    assert counts(deep, UNIT).pieces == pieces_expected**7


def test_skew_tents_have_slopes_by_the_binomials() -> None:
    skew = builders.dense([([[1], [1]], [0, F(-1, 3)]), ([[3, F(-9, 2)]], [0])])
    network = skew
    for _ in range(7):
        network = builders.compose(skew, network)
    sizes = {}
    for slope, times in composition(network, UNIT).slopes.items():
        sizes[abs(slope)] = sizes.get(abs(slope), 0) + times
    assert sizes == {3 ** (8 - i) * F(3, 2) ** i: n for i, n in enumerate([1, 8, 28, 56, 70, 56, 28, 8, 1])}


def test_bottlenecks_are_found_by_value_and_through_dead_nodes() -> None:
    saw = builders.sawtooth(5)
    copied = Network(saw.inputs, tuple(Node(n.name, n.op, n.inputs, dict(n.parameters)) for n in saw.nodes), saw.output)
    dead = builders.gemm("dead", ["a1", "a3"], [[1, 1, 1, 1]], [0])
    shown = Network(saw.inputs, (*copied.nodes, dead), saw.output)
    assert len(stages(shown)) == 5
    assert len({id(part) for part in stages(shown)}) == 1


def test_skip_connections_past_a_node_leave_it_no_bottleneck() -> None:
    assert len(stages(builders.square(4))) == 1
    assert composition(builders.square(4), UNIT) is None
    assert len(stages(builders.compose(builders.residual(builders.tent()), builders.tent()))) >= 2
    assert composition(builders.identity(), UNIT) is None


def test_a_network_that_is_its_input() -> None:
    network = Network((Input("x", 1),), (), "x")
    assert counts(network, UNIT) == Counts(1, 1)
    assert pieces(network, UNIT) == PiecewiseLinear((0, 1), (0, 1))


def test_without_structure_counting_gives_up_and_enumeration_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.exact.laps.MOST_KINDS", 3)
    network = composed(5)
    with pytest.raises(OverBudget, match="too little structure"):
        assert composition(network, UNIT).counts
    f, intervals = listed(network, UNIT)
    assert counts(network, UNIT) == Counts(f.pieces, intervals)


@pytest.mark.parametrize("seed", range(20))
def test_long_runs_by_powers_agree_with_step_by_step(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = random.Random(seed)
    points = sorted({0, 4, *(chosen.randint(1, 3) for _ in range(2))})
    fold = saw_map(points, [chosen.randint(0, 4) for _ in points])
    powered = Composition([fold] * 50, Interval(0, 4))
    monkeypatch.setattr("verify.exact.laps.LONG_RUN", 10**6)
    stepped = Composition([fold] * 50, Interval(0, 4))
    assert (powered.counts, powered.peaks, powered.valleys) == (stepped.counts, stepped.peaks, stepped.valleys)
