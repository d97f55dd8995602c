"""Distances: of compositions without enumeration, against enumeration; and enclosures of integrals too long to write."""

import random
import sys
from fractions import Fraction as F

import pytest
from refine import refinement

from verify.exact import Interval, PiecewiseLinear, composition, distance, pieces
from verify.exact.enclosure import enclosed_l1
from verify.exact.periodic import wave, zigzags
from verify.kernel.errors import BadInput
from verify.network import builders

UNIT = Interval(0, 1)
AFTER = builders.dense([([[1], [2]], [F(-1, 3), -1]), ([[3, F(-7, 2)]], [F(1, 5)])])
THREE = builders.dense([([[3], [3], [3]], [0, -1, -2]), ([[1, -2, 2]], [0])])


def target(chosen: random.Random, interval: Interval) -> PiecewiseLinear:
    low, width = interval.low, interval.high - interval.low
    points = sorted({low, interval.high, *(low + width * F(chosen.randint(1, 99), 100) for _ in range(chosen.randint(0, 5)))})
    return PiecewiseLinear(tuple(points), tuple(F(chosen.randint(-10, 30), chosen.choice([7, 10, 20])) for _ in points))


def listed(network, interval: Interval) -> PiecewiseLinear:
    found = refinement(network, interval)
    return PiecewiseLinear(found.points, found.values).merged()


@pytest.mark.parametrize("seed", range(120))
def test_waves_against_enumeration(seed: int) -> None:
    chosen = random.Random(seed)
    network = builders.sawtooth(chosen.randint(2, 5))
    network = [network, builders.compose(AFTER, network), builders.compose(THREE, network)][seed % 3]
    interval = UNIT if chosen.random() < 0.6 else Interval(F(chosen.randint(0, 5), 17), F(chosen.randint(6, 17), 17))
    g = target(chosen, interval)
    found, difference = wave(composition(network, UNIT), 1000), listed(network, interval) - g
    assert found.l1(g) == difference.l1()
    largest = found.sup(g)
    assert largest.value == difference.sup().value == abs(difference(largest.at))


@pytest.mark.parametrize("interval", [UNIT, Interval(-1, 2), Interval(F(-1, 3), F(2, 3)), Interval(F(1, 3), 3)])
def test_many_laps_against_enumeration(interval: Interval) -> None:
    network, g = builders.sawtooth(12), target(random.Random(1), interval)
    difference = listed(network, interval) - g
    for one, other in ((network, g), (g, network)):
        assert distance(one, other, interval).value == difference.l1()
        found = distance(one, other, interval, "sup")
        assert (found.value, abs(difference(found.at))) == (difference.sup().value,) * 2


@pytest.mark.parametrize("k", [12, 100, 1000])
def test_separation_at_any_depth(k: int) -> None:
    saw = builders.sawtooth(k)
    assert distance(saw, builders.constant(F(1, 2)), UNIT).value == F(1, 4)
    assert distance(saw, builders.constant(0), UNIT).value == F(1, 2)
    follow = F(5, 2) / 2**k  # follow the first two pieces and half of the third, then stay at 1/2
    points, values = (0, F(1, 2**k), F(2, 2**k), follow, 1), (0, 1, 0, F(1, 2), F(1, 2))
    assert distance(saw, PiecewiseLinear(points, values), UNIT).value == F(1, 4) * (1 - follow)
    assert distance(saw, builders.identity(), UNIT, "sup").value == 1


def test_the_distance_of_two_depths() -> None:
    exact = (pieces(builders.sawtooth(12), UNIT) - pieces(builders.sawtooth(3), UNIT)).l1()
    assert distance(builders.sawtooth(12), builders.sawtooth(3), UNIT).value == exact


def test_constants_against_a_composition_that_is_no_wave() -> None:
    skew = builders.dense([([[1], [1]], [0, F(-1, 3)]), ([[3, F(-9, 2)]], [0])])
    network = skew
    for _ in range(11):
        network = builders.compose(skew, network)
    assert wave(composition(network, UNIT), 1000) is None
    level = PiecewiseLinear((0, 1), (F(2, 5), F(2, 5)))
    assert distance(network, level, UNIT).value == (listed(network, UNIT) - level).l1()


def test_zigzags() -> None:
    assert zigzags(PiecewiseLinear((0, F(1, 2), 1), (0, 1, 0))) == 2
    assert zigzags(PiecewiseLinear((0, 1, 2, 3), (2, -1, 2, -1))) == 3
    assert zigzags(PiecewiseLinear((0, F(1, 3), 1), (0, 1, 0))) == 0
    assert zigzags(PiecewiseLinear((0, 1, 2), (0, 1, F(1, 2)))) == 0
    assert zigzags(PiecewiseLinear((0, 1), (1, 1))) == 0


def test_long_integrals_are_enclosed_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    network = builders.random_network([6, 6], 3)
    exact = distance(network, builders.tent(), UNIT).value
    monkeypatch.setattr(sys.modules["verify.exact.distance"], "MOST_BITS", 10)
    for width in (F(1, 10), F(1, 2**60), F(1, 10**50)):
        found = distance(network, builders.tent(), UNIT, width=width)
        assert found.value is None
        assert found.low <= exact <= found.high
        assert found.high - found.low <= width
    assert distance(network, builders.tent(), UNIT, exact=True).value == exact


def test_enclosures_contain_the_integral() -> None:
    for seed in range(60):
        f = target(random.Random(seed), UNIT) - target(random.Random(seed + 1000), UNIT)
        low, high = enclosed_l1(f, F(1, 2**40))
        assert 0 <= low <= f.l1() <= high <= low + F(1, 2**40)


def test_bad_arguments_are_refused() -> None:
    with pytest.raises(BadInput, match="a width above 0, found 0"):
        distance(builders.tent(), builders.tent(), UNIT, width=F(0))
    with pytest.raises(BadInput, match="l1 or sup, found l2"):
        distance(builders.tent(), builders.tent(), UNIT, norm="l2")


def test_a_distance_shows_itself() -> None:
    half = builders.constant(F(1, 2))
    assert "1/4 ≈ 0.25" in distance(builders.sawtooth(3), half, UNIT)._repr_html_()
    assert "1/2 ≈ 0.5, at 0" in distance(builders.sawtooth(3), half, UNIT, "sup")._repr_html_()
