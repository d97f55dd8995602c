"""Evaluation: every operation's row, against its definition by hand and against the lowered form."""

from fractions import Fraction as F

import pytest

from verify.exact import EVALUATED, evaluate, evaluate_float32
from verify.kernel.errors import BadInput
from verify.network import builders
from verify.network.network import Input, Network
from verify.network.operations import OPERATIONS, Node

POINTS = [(F(a, 3), F(b, 2)) for a in range(-4, 5) for b in range(-3, 4)]
X, Y = "x", "y"
CASES = [
    (Node("o", "Gemm", (X, Y), {"weight": ((F(2), F(-1, 3)),), "bias": (F(5),)}), lambda x, y: 2 * x - y / 3 + 5),
    (Node("o", "Relu", (X,)), lambda x, y: max(x, F(0))),
    (Node("o", "Add", (X, Y, X)), lambda x, y: x + y + x),
    (Node("o", "Sub", (X, Y)), lambda x, y: x - y),
    (Node("o", "Neg", (Y,)), lambda x, y: -y),
    (Node("o", "Mul", (X,), {"factor": (F(-3, 7),)}), lambda x, y: F(-3, 7) * x),
    (Node("o", "Abs", (X,)), lambda x, y: abs(x)),
    (Node("o", "LeakyRelu", (Y,), {"alpha": F(1, 10)}), lambda x, y: y if y > 0 else y / 10),
    (Node("o", "Max", (X, Y)), lambda x, y: max(x, y)),
    (Node("o", "Min", (X, Y)), lambda x, y: min(x, y)),
    (Node("o", "Clip", (X,), {"min": F(-1, 2), "max": F(1, 2)}), lambda x, y: min(max(x, F(-1, 2)), F(1, 2))),
]


def test_every_operation_has_a_row() -> None:
    assert set(EVALUATED) == set(OPERATIONS)
    assert {node.op for node, _ in CASES} == set(OPERATIONS) - {"Concat"}


@pytest.mark.parametrize(("node", "definition"), CASES, ids=lambda part: getattr(part, "op", ""))
def test_operation(node: Node, definition) -> None:
    network = Network((Input(X, 1), Input(Y, 1)), (node,), "o")
    for point in POINTS:
        assert evaluate(network, point) == (definition(*point),) == evaluate(network.lowered, point)


def test_concat_keeps_the_order() -> None:
    network = Network((Input(X, 1), Input(Y, 1)), (Node("o", "Concat", (Y, X)),), "o")
    assert evaluate(network, (F(1), F(2))) == (2, 1)


def test_sawtooth_follows_the_identity() -> None:
    for numerator in range(65):
        x = F(numerator, 64)
        tent = F(1, 2) - abs(8 * x - (8 * x) // 1 - F(1, 2))
        assert evaluate(builders.sawtooth(4), [x]) == (2 * tent,)


def test_wrong_number_of_coordinates_is_refused() -> None:
    with pytest.raises(BadInput, match="1 coordinates, found 2"):
        evaluate(builders.tent(), [F(0), F(1)])


def test_float32_replay_shows_rounding() -> None:
    network = builders.affine([[F(1, 3)]], [F(0)])
    assert evaluate_float32(network, [F(1)])[0] != evaluate(network, [F(1)])[0]
    assert evaluate_float32(builders.tent(), [F(1, 2)]) == (1.0,)
