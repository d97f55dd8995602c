""".nnet: the decimals of the file are the numbers, and the normalisation is part of the function."""

from fractions import Fraction as F

import pytest

from verify.kernel.errors import BadInput
from verify.network import builders
from verify.network.load import load
from verify.network.nnet_file import read

from .naive import value

FULL = b"""// A comment, in any encoding: \xff\xfe
// another
2,2,1,3,
2,3,1,
0,
-1.0,-2.0,
1.0,2.0,
0.5,-1.0,10.0,
2.0,0.1,4.0,
1.0,0.0,
0.0,-1.5e0,
.5,+1.,
0.1,
-0.2,
1e-3,
1.0,2.0,-1.0,
0.25,
"""


def by_hand(p, q):
    u, v = (p - F(1, 2)) / 2, (q + 1) * 10
    hidden = [max(u + F(1, 10), 0), max(F(-3, 2) * v - F(1, 5), 0), max(u / 2 + v + F(1, 1000), 0)]
    return [4 * (hidden[0] + 2 * hidden[1] - hidden[2] + F(1, 4)) + 10]


@pytest.mark.parametrize("point", [(0, 0), (1, -1), (F(1, 2), -1), (F(-7, 3), F(1, 7)), (5, -9), (F(3, 10), F(-76, 75))])
def test_the_function_has_its_normalisation_and_no_clipping(point):
    assert value(read(FULL), [F(x) for x in point]) == by_hand(*map(F, point))


def test_shape():
    network = read(FULL)
    assert (network.input_size, network.widths, network.output_size) == (2, (3,), 1)


TINY = "2\n1, 1, 1\n0\n0\n0\n0\n0\n1\n0\n1\n0"


@pytest.mark.parametrize(
    "text", [TINY, TINY + "\n", TINY.replace("\n", "\r\n") + "\r\n\r\n", "// a comment\n\n" + TINY.replace("\n", "\n\n")]
)
def test_a_lone_zero_stands_for_no_normalisation(text):
    assert read(text.encode()).sha256 == builders.dense([([[1]], [0]), ([[1]], [0])]).sha256


def test_the_decimal_is_the_number():
    network = read(TINY.replace("0\n1\n0\n1\n0", "0\n0.1\n0\n1\n1e-2").encode())
    assert value(network, [F(1)]) == [F(11, 100)]


def test_one_layer_has_both_normalisations():
    network = read(b"1,1,1,1\n1,1\n0\n0\n0\n3,5\n2,7\n4\n1\n")
    assert value(network, [F(9)]) == [7 * (4 * F(9 - 3, 2) + 1) + 5]


REFUSED = {
    "the end of the file": ("", TINY.removesuffix("\n0")),
    "expected the number of layers": ("", "// only comments"),
    "expected 3 sizes": ("line 2", TINY.replace("1, 1, 1", "1, 1")),
    "sizes of at least 1": ("line 2", TINY.replace("1, 1, 1", "1, 0, 1")),
    'a whole number of at most 9 digits, found "-1"': ("line 2", TINY.replace("1, 1, 1", "1, -1, 1")),
    "number of layers from 1": ("line 1", "0\n1\n"),
    "expected the end of the file": ("line 12", TINY + "\n1"),
    'expected a decimal number, found "nan"': ("line 8", TINY.replace("0\n1\n0\n1\n0", "0\nnan\n0\n1\n0")),
    'expected a decimal number, found "1_0"': ("line 8", TINY.replace("0\n1\n0\n1\n0", "0\n1_0\n0\n1\n0")),
    "expected 1 numbers (a row of the weight of layer 1), found 2": ("line 8", TINY.replace("0\n1\n0\n1\n0", "0\n1,2\n0\n1\n0")),
    "that are not 0": ("line 7", TINY.replace("0\n1\n0\n1\n0", "0,1\n1\n0\n1\n0")),
    "input and output sizes [2, 1]": ("line 2", TINY.replace("2\n1,", "2, 2, 1, 3\n1,")),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_refused_with_the_line(reason):
    place, text = REFUSED[reason]
    with pytest.raises(BadInput) as refused:
        read(text.encode())
    assert refused.value.where == place
    assert reason in refused.value.reason


@pytest.mark.parametrize(("name", "shape"), [("small_nnet", (1, 2, 2, 1)), ("tiny_nnet", (1, 1, 1)), ("fc_2-2-3", (2, 2, 3))])
def test_third_party(networks, name, shape):
    network = load(networks / f"{name}.nnet")
    assert (network.input_size, *network.widths, network.output_size) == shape


def test_third_party_by_hand(networks):
    # small_nnet: x ↦ 3(σ(4a + 5/2) + σ(4a + 5/2)) + 7/2 with a = σ(x + 3/2), its two units of each layer alike
    small = load(networks / "small_nnet.nnet")
    for x in (F(0), F(-3, 2), F(-5), F(1, 3)):
        assert value(small, [x]) == [6 * (4 * max(x + F(3, 2), 0) + F(5, 2)) + F(7, 2)]
