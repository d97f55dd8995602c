"""Every tier against the reference engine, on thousands of random networks: the answer never depends on the tier."""

import random
from contextlib import suppress
from fractions import Fraction as F
from itertools import pairwise

import numpy as np
import pytest
from random_networks import _spread, network
from refine import Refinement, refinement

from verify.exact import Counts, Interval, PiecewiseLinear, activation_intervals, counts, pieces
from verify.exact.arithmetic import Double, Single, add, multiply
from verify.exact.floats import InDoubt, Trace, sketch
from verify.exact.integer import segments
from verify.exact.kinks import kinks
from verify.exact.layers import layers
from verify.exact.modular import exact_segments
from verify.exact.pieces import sketched
from verify.exact.settle import Settler
from verify.kernel.errors import OverBudget
from verify.network import builders

NETWORKS, BATCH = 2100, 70


def expected(found: Refinement) -> tuple[PiecewiseLinear, list[F], list[tuple[bool, ...]]]:
    """The function, the endpoints of its activation intervals, and their patterns."""
    starts = [0, *(k for k in range(1, len(found.patterns)) if found.patterns[k] != found.patterns[k - 1])]
    endpoints = [*(found.points[k] for k in starts), found.points[-1]]
    return PiecewiseLinear(found.points, found.values).merged(), endpoints, [found.patterns[k] for k in starts]


@pytest.mark.parametrize("first", range(0, NETWORKS, BATCH))
def test_tiers_agree_with_the_reference(first: int) -> None:
    for seed in range(first, first + BATCH):
        net, interval = network(seed)
        function, endpoints, patterns = expected(refinement(net, interval))
        right = Counts(function.pieces, len(patterns))
        assert counts(net, interval) == right, seed
        for found in (segments(net, interval, 10**6), *modular(net, interval)):
            assert [found.point(k) for k in found.kinks] == list(function.interior), seed
            assert [found.value(k) for k in (0, *found.kinks, len(found.points) - 1)] == list(function.values), seed
            assert [found.point(k) for k in (0, *found.switches, len(found.points) - 1)] == endpoints, seed
            assert [found.patterns[k] for k in (0, *found.switches)] == patterns, seed
        for one, chain in floats(net, interval):
            assert Counts(1 + int(kinks(chain, one).sum()), one.segments) == right, seed


def floats(net, interval):
    """What the float tier finds by each arithmetic, where it decides."""
    chain, found = layers(net), []
    for arithmetic in (Single(), Double()):
        if chain and all(layer.tame and (layer.dyadic or isinstance(arithmetic, Single)) for layer in chain):
            with suppress(InDoubt):
                found.append((sketch(chain, interval, Settler(chain, interval), 10**6, arithmetic), chain))
    return found


def modular(net, interval):
    found = []
    for one, chain in floats(net, interval):
        with suppress(InDoubt):
            found.append(exact_segments(chain, one, interval))
    return found


def test_the_float_tier_decides_most_networks() -> None:
    decided = [bool(modular(*network(seed))) for seed in range(210) if seed % 7 in (0, 1, 3)]
    assert sum(decided) > 80


def test_public_calls_agree_with_the_reference() -> None:
    for seed in range(5000, 5070):
        net, interval = network(seed)
        function, endpoints, patterns = expected(refinement(net, interval))
        assert pieces(net, interval) == function
        found = activation_intervals(net, interval)
        assert (list(found.endpoints), list(found.patterns)) == (endpoints, patterns)


def test_wide_random_network_by_two_tiers() -> None:
    net, interval = wide([24, 24, 24], 1), Interval(0, 1)
    found, again = modular(net, interval)
    assert found.alpha == again.alpha
    other = segments(net, interval, 10**6)
    assert [found.point(k) for k in range(len(found.points))] == [other.point(k) for k in range(len(other.points))]
    assert found.kinks == other.kinks


def wide(widths, seed):
    return builders.dense(_spread(random.Random(seed), widths))


@pytest.mark.parametrize("scale", [F(2) ** 200, F(2) ** -200, F(10) ** 400, F(1, 10**400), F(2) ** -1070, F(1, 3)])
def test_overflow_and_underflow_are_not_guessed(scale: F) -> None:
    net, interval = wide([4, 4], 3), Interval(0, 1)
    first, relu, second, after, last = net.nodes
    shrunk = builders.gemm(second.name, second.inputs, [[scale * w for w in row] for row in second.matrix("weight")], second.vector("bias"))
    changed = type(net)(net.inputs, (first, relu, shrunk, after, last), net.output)
    function, endpoints, patterns = expected(refinement(changed, interval))
    assert pieces(changed, interval) == function
    assert counts(changed, interval) == Counts(function.pieces, len(patterns))
    assert list(activation_intervals(changed, interval).endpoints) == endpoints


def test_tiny_inputs_do_not_underflow_to_a_wrong_zero() -> None:
    net = builders.dense([([[F(1, 3)], [F(-2, 7)]], [0, F(1, 2**60)]), ([[F(1, 5), 1]], [0]), ([[1]], [0])])
    interval = Interval(F(1, 2**1060), F(1, 2**30))
    function, _, patterns = expected(refinement(net, interval))
    assert pieces(net, interval) == function
    assert counts(net, interval) == Counts(function.pieces, len(patterns))


def test_signs_in_doubt_are_settled_at_the_vertex() -> None:
    net, interval = wide([6, 6], 5), Interval(0, 1)
    chain = layers(net)
    settler = Settler(chain, interval)
    trace = Trace(sketched(chain, interval).trace.steps[:1])
    points = segments(builders.dense([(chain[0].weight, chain[0].bias), ([[1] * 6], [0])]), interval, 100)
    for vertex in range(len(points.points)):
        x = points.point(vertex)
        hidden = [max(row[0] * x + b, F(0)) for row, b in zip(chain[0].weight, chain[0].bias, strict=True)]
        truth = [sum((w * h for w, h in zip(row, hidden, strict=True)), b) for row, b in zip(chain[1].weight, chain[1].bias, strict=True)]
        value, error = settler(trace, np.full(6, vertex), np.arange(6))
        assert all(abs(F(float(v)) - t) <= F(float(e)) < abs(F(float(v))) for v, e, t in zip(value, error, truth, strict=True))
    assert settler.balls == len(points.points)


def test_kinks_of_equal_slope_by_the_gradient_and_by_exact_slopes() -> None:
    weights = [F(float(F(i, 7))) for i in range(1, 5)]
    first = ([[weights[0]], [weights[1]]], [F(-1, 16), F(-1, 16)])
    cancelling = builders.dense([first, ([[0, weights[2]]], [F(1, 4)]), ([[weights[3]]], [0])])
    chain = layers(cancelling)
    found = sketched(chain, Interval(0, 1))
    assert kinks(chain, found).tolist() == [True, False]
    assert found.segments == 3


def test_more_segments_than_the_limit_are_refused() -> None:
    for net in (builders.sawtooth(6), wide([20, 20], 2)):
        with pytest.raises(OverBudget, match="more than 10 activation intervals"):
            pieces(net, Interval(0, 1), limit=10)


def test_breakpoints_of_every_tier_increase() -> None:
    found = pieces(wide([20, 20], 2), Interval(0, 1))
    assert all(a < b for a, b in pairwise(found.breakpoints))


@pytest.mark.parametrize("widths", [[5] * 30, [8] * 16])
def test_growing_bounds_are_met_with_more_precision(widths: list[int]) -> None:
    net, interval = wide(widths, 1), Interval(0, 1)
    function, _, patterns = expected(refinement(net, interval))
    assert counts(net, interval) == Counts(function.pieces, len(patterns))
    assert pieces(net, interval) == function


def test_pairs_of_floats_hold_a_hundred_bits() -> None:
    chosen = random.Random(1)
    numbers = [F(chosen.getrandbits(100), 2**100) * 10 ** chosen.randint(-3, 3) for _ in range(64)]
    high = np.array([float(x) for x in numbers])
    low = np.array([float(x - F(float(x))) for x in numbers])
    one, two = [high[:32], low[:32]], [high[32:], low[32:]]
    exact = [[sum(F(float(plane[i])) for plane in planes) for i in range(32)] for planes in (one, two)]
    for found, right in (
        (add(one, two), [a + b for a, b in zip(*exact, strict=True)]),
        (multiply(one, two), [a * b for a, b in zip(*exact, strict=True)]),
        (Double().part(one, [-plane for plane in two]), [a / (a + b) for a, b in zip(*exact, strict=True)]),
    ):
        for i, truth in enumerate(right):
            assert abs(F(float(found[0][i])) + F(float(found[1][i])) - truth) <= truth * F(1, 2**98)


def test_products_of_pairs_keep_their_bound() -> None:
    (layer, *_), chosen = layers(wide([40, 3], 2))[1:], np.random.default_rng(3)
    high = chosen.normal(size=(5, 41))
    low = high * 2.0**-54 * chosen.uniform(-1, 1, high.shape)
    (top, rest), spread = Double().product(layer, [high, low])
    for row in range(5):
        inputs = [F(float(high[row, j])) + F(float(low[row, j])) for j in range(40)]
        for unit, (weights, bias) in enumerate(zip(layer.weight, layer.bias, strict=True)):
            truth = sum((w * x for w, x in zip(weights, inputs, strict=True)), bias)
            assert abs(F(float(top[row, unit])) + F(float(rest[row, unit])) - truth) <= F(float(spread[row, unit])) <= F(1, 2**80)
