"""Pieces and activation intervals: known counts, the awkward cases by hand, both kept apart."""

from fractions import Fraction as F
from pathlib import Path

import pytest

from verify.exact import Interval, PiecewiseLinear, activation_intervals, distance, evaluate, pieces
from verify.kernel.errors import BadInput
from verify.network import builders, load
from verify.network.network import Input, Network
from verify.network.operations import Node

UNIT = Interval(0, 1)
KNOWN = {
    "lindex.onnx": 87,
    "lindex_deep.onnx": 236,
    "fit24x24_saw3.onnx": 51,
    "fit64_saw4.onnx": 64,
    "three32_saw5.onnx": 29,
    "shallow64_saw4.onnx": 17,
    "two16_saw4.onnx": 5,
    "deep8x6_saw5.onnx": 4,
}


def hidden(kinks, outer, bias=0) -> Network:
    """Σ outer[i] σ(w x + b) + bias over the kinks (w, b)."""
    return builders.dense([([[w] for w, _ in kinks], [b for _, b in kinks]), ([outer], [bias])])


@pytest.mark.parametrize("name", KNOWN)
def test_known_counts(networks: Path, name: str) -> None:
    pytest.importorskip("onnx")
    assert pieces(load.load(networks / name), UNIT).pieces == KNOWN[name]


def test_known_distance(networks: Path) -> None:
    pytest.importorskip("onnx")
    value = distance(load.load(networks / "fit24x24_saw3.onnx"), builders.sawtooth(3), UNIT).value
    assert abs(value - F(5038468672566971, 10**17)) <= F(5, 10**18)  # known to 16 digits, rounded


@pytest.mark.parametrize("k", range(13))
def test_sawtooth_shape_and_mass(k: int) -> None:
    f = pieces(builders.sawtooth(k), UNIT)
    assert f.pieces == 2**k
    assert f.breakpoints == tuple(F(i, 2**k) for i in range(2**k + 1))
    assert f.values == tuple(F(i % 2) for i in range(2**k + 1))
    assert distance(f, builders.constant(F(1, 2)), UNIT).value == F(1, 4)
    assert distance(f, builders.constant(0), UNIT).value == F(1, 2)
    assert activation_intervals(builders.sawtooth(k), UNIT).count == 2**k


def test_cancelling_kinks_are_no_piece_but_an_activation_interval() -> None:
    network = hidden([(2, -1), (2, -1)], [1, -1])
    assert pieces(network, UNIT).pieces == 1
    assert activation_intervals(network, UNIT).endpoints == (0, F(1, 2), 1)


def test_opposite_kinks_make_a_line() -> None:
    network = hidden([(2, -1), (-2, 1)], [1, -1])
    assert pieces(network, UNIT).pieces == 1
    assert activation_intervals(network, UNIT).count == 2


def test_dead_units_and_zero_weights() -> None:
    network = hidden([(0, -1), (0, 0), (0, 2), (1, -2), (-1, 0)], [1, 1, 1, 1, 1])
    assert pieces(network, UNIT) == PiecewiseLinear((0, 1), (2, 2))
    found = activation_intervals(network, UNIT)
    assert found.patterns == ((False, False, True, False, False),)


def test_a_dead_weight_after_a_kink_leaves_the_interval() -> None:
    network = hidden([(3, -1)], [0], 7)
    assert pieces(network, UNIT).pieces == 1
    assert activation_intervals(network, UNIT).endpoints == (0, F(1, 3), 1)


def test_kinks_at_the_ends_split_nothing() -> None:
    network = hidden([(1, 0), (1, -1), (-1, 1)], [1, 1, 1])
    assert pieces(network, UNIT).pieces == 1
    assert activation_intervals(network, UNIT).count == 1
    assert pieces(network, Interval(-1, 2)).pieces == 3


def test_an_isolated_zero_that_changes_no_side_splits_nothing() -> None:
    touching = builders.dense([([[2], [-2]], [-1, 1]), ([[1, 1]], [0]), ([[1]], [0])])  # σ(|2x − 1|)
    assert activation_intervals(touching, UNIT).count == 2
    alone = builders.dense([([[1], [1]], [0, 0]), ([[1, -1]], [0]), ([[1]], [0])])  # σ(0)
    assert activation_intervals(alone, UNIT).count == 1
    over = builders.dense([([[2]], [-1]), ([[1]], [0]), ([[-1]], [0]), ([[1]], [0])])  # σ(−σ(σ(2x − 1)))
    assert pieces(over, UNIT).pieces == 1
    assert activation_intervals(over, UNIT).endpoints == (0, F(1, 2), 1)


def test_coincident_breakpoints_of_different_layers() -> None:
    network = builders.dense([([[1], [1]], [0, F(-1, 2)]), ([[1, 0], [0, 1]], [F(-1, 2), 0]), ([[1, 2]], [0])])
    assert pieces(network, UNIT) == PiecewiseLinear((0, F(1, 2), 1), (0, 0, F(3, 2)))
    assert activation_intervals(network, UNIT).count == 2


def test_no_hidden_layer_and_width_one() -> None:
    assert pieces(builders.affine([[3]], [1]), UNIT) == PiecewiseLinear((0, 1), (1, 4))
    assert activation_intervals(builders.affine([[3]], [1]), UNIT).patterns == ((),)
    assert pieces(builders.dense([([[1]], [F(-1, 2)]), ([[1]], [F(-1, 4)]), ([[1]], [0])]), UNIT).interior == (F(3, 4),)


def test_skip_connections_of_widths_one_one_reach_four_pieces() -> None:
    network = builders.skip([([[2]], [-1]), ([[2, -3]], [F(-1, 2)]), ([[1, 1, 1]], [0])])
    found = pieces(network, UNIT)
    assert found.interior == (F(1, 4), F(1, 2), F(5, 8))
    assert all(evaluate(network, [x]) == (found(x),) for x in (F(i, 32) for i in range(33)))
    assert pieces(builders.residual(builders.tent()), UNIT).slopes == (3, -1)


def test_other_operations_count_the_units_of_the_lowered_form() -> None:
    clip = Network((Input("x", 1),), (Node("y", "Clip", ("x",), {"min": F(1, 4), "max": F(1, 2)}),), "y")
    assert pieces(clip, UNIT).interior == (F(1, 4), F(1, 2))
    assert activation_intervals(clip, UNIT).count == 3
    absolute = Network((Input("x", 1),), (Node("y", "Abs", ("x",)),), "y")
    assert pieces(absolute, Interval(-2, 3)) == PiecewiseLinear((-2, 0, 3), (2, 0, 3))


def test_more_inputs_or_outputs_are_refused() -> None:
    with pytest.raises(BadInput, match="one input, found 2"):
        pieces(builders.affine([[1, 1]], [0]), UNIT)
    with pytest.raises(BadInput, match="one output, found 2"):
        activation_intervals(builders.affine([[1], [1]], [0, 0]), UNIT)


@pytest.mark.parametrize("skips", [False, True])
@pytest.mark.parametrize("seed", range(30))
def test_random_networks_against_evaluation(seed: int, skips: bool) -> None:
    network = builders.random_network([3, 1 + seed % 4, 2], seed, skips, denominator=3)
    function, intervals = pieces(network, UNIT), activation_intervals(network, UNIT)
    assert function == function.merged() and function.pieces == len(function.breakpoints) - 1 <= intervals.count
    assert set(function.breakpoints) <= set(intervals.endpoints)
    for a, b in zip(intervals.endpoints, intervals.endpoints[1:], strict=False):
        for x in (a, a + (b - a) / 3, b):
            assert evaluate(network, [x]) == (function(x),)


def test_unknown_norm_is_refused() -> None:
    with pytest.raises(BadInput, match="l1 or sup, found l2"):
        distance(builders.tent(), builders.tent(), UNIT, norm="l2")


def test_sup_distance_and_where() -> None:
    found = distance(builders.tent(), builders.identity(), UNIT, norm="sup")
    assert (found.value, found.at) == (1, 1)
    assert distance(builders.tent(), PiecewiseLinear((-1, 2), (0, 0)), UNIT).value == F(1, 2)
