"""Backpropagation against slopes of exact pieces, difference quotients within regions, and networks that are known."""

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from verify.claim import Claim
from verify.exact import Interval, evaluate, pieces
from verify.exact.gradient import gradient, region
from verify.kernel.errors import BadInput
from verify.kernel.numerals import numeral
from verify.network.builders import dense, random_network, residual, sawtooth, subtract, tent
from verify.network.network import Input, Network
from verify.network.operations import Node
from verify.search.proving import certified


@pytest.mark.parametrize("skips", [False, True])
@pytest.mark.parametrize("widths", [(1,), (4,), (3, 2), (2, 5, 3)])
def test_one_input_against_the_slopes_of_the_pieces(widths: tuple[int, ...], skips: bool) -> None:
    for seed in range(5):
        network = random_network(widths, seed, skips)
        function = pieces(network, Interval(Fraction(-3), Fraction(3)))
        for low, high, slope in zip(function.breakpoints, function.breakpoints[1:], function.slopes, strict=False):
            for part in (Fraction(1, 97), Fraction(41, 83)):
                found = gradient(network, [low + part * (high - low)])
                if found.is_derivative:
                    assert found.gradient == (slope,)
                    assert found.value == evaluate(network, [low + part * (high - low)])[0]


@pytest.mark.parametrize("seed", range(8))
def test_several_inputs_against_difference_quotients(seed: int) -> None:
    network, random = random_network((4, 3, 3), seed, skips=seed % 2 == 0, inputs=3), Random(seed)
    point = tuple(Fraction(random.randint(-99, 99), 31) for _ in range(3))
    found = gradient(network, point)
    if not found.is_derivative:
        pytest.skip("a kink")
    around = region(network, point)
    assert around.slope == found.gradient
    for corner in product((-1, 1), repeat=3):
        moved = [x + sign * around.radius for x, sign in zip(point, corner, strict=True)]
        change = sum(g * sign * around.radius for g, sign in zip(found.gradient, corner, strict=True))
        assert evaluate(network, moved)[0] == found.value + change
    for i in range(3):
        moved = [x + (around.radius if i == j else 0) for j, x in enumerate(point)]
        assert (evaluate(network, moved)[0] - found.value) / around.radius == found.gradient[i]


@pytest.mark.parametrize("seed", range(4))
def test_the_kernel_accepts_the_gradient_and_refutes_another(seed: int) -> None:
    network, point = random_network((3, 3), seed, inputs=2), (Fraction(5, 7), Fraction(-3, 11))
    found, radius = gradient(network, point), region(network, point).radius
    box = [[numeral(x - radius), numeral(x + radius)] for x in point]
    for wrong in (0, 1):
        slopes = [found.gradient[0] + wrong, found.gradient[1]]
        constant = found.value - sum(g * x for g, x in zip(slopes, point, strict=True))
        text = f"f = {numeral(constant)} + ({numeral(slopes[0])})*x1 + ({numeral(slopes[1])})*x2"
        claim = Claim.from_short("affine", {"forall": {"box": box, "holds": text}}, {"f": network})
        it = certified(claim)
        assert bool(it.goal) == bool(wrong)
        assert it.claim(claim).check(it.certificate)


def test_other_operations() -> None:
    nodes = (
        Node("a", "Abs", ("x",)),
        Node("l", "LeakyRelu", ("x",), {"alpha": Fraction(1, 10)}),
        Node("c", "Clip", ("x",), {"min": Fraction(-1), "max": Fraction(1)}),
        Node("m", "Max", ("a", "l", "c")),
        Node("s", "Sub", ("m", "c")),
    )
    network = Network((Input("x", 1),), nodes, "s")
    for x, slope in ((Fraction(-5), -1), (Fraction(-1, 2), -2), (Fraction(1, 2), 0), (Fraction(7, 3), 1)):
        h = Fraction(1, 1000)
        assert (evaluate(network, [x + h])[0] - evaluate(network, [x])[0]) / h == slope
        if gradient(network, [x]).is_derivative:
            assert gradient(network, [x]).gradient == (slope,)


def test_it_is_the_sum_that_is_the_derivative() -> None:
    found = gradient(residual(sawtooth(3)), [Fraction(1, 5)])
    assert found.gradient == (1 - 8,)  # 8/5 is in the second of the 8 pieces, which falls
    both = gradient(subtract(tent(), tent()), [Fraction(1, 5)])
    assert both.gradient == (0,)


def test_kinks_are_listed_and_there_the_sum_can_be_wrong() -> None:
    network = dense([([[1], [-1]], [0, 0]), ([[1, -1]], [0])])
    at_zero = gradient(network, [Fraction(0)])
    assert (at_zero.value, at_zero.gradient, at_zero.is_derivative) == (0, (0,), False)
    assert at_zero.kinks == (("n1", 0), ("n1", 1))
    for x in (Fraction(-1, 9), Fraction(1, 9)):
        assert gradient(network, [x]).gradient == (1,)
    with pytest.raises(BadInput, match="unit 0 of n1"):
        region(network, [Fraction(0)])


def test_the_cost_is_linear() -> None:
    for depth in range(1, 40):
        found = gradient(sawtooth(depth), [Fraction(1, 3)])
        assert found.edges == 6 * depth
        assert found.operations <= 2 * found.edges
        assert found.received["x"] == found.gradient
        assert abs(found.gradient[0]) == 2**depth


def test_refused() -> None:
    with pytest.raises(BadInput):
        gradient(dense([([[1], [2]], [0, 0])]), [Fraction(1)])
    with pytest.raises(BadInput):
        gradient(tent(), [Fraction(1), Fraction(2)])
