"""Small random networks of the kinds that trouble an exact engine, the same for a seed on every machine."""

import itertools
import random
from collections.abc import Callable
from fractions import Fraction as F
from struct import pack, unpack

from verify.exact import Interval
from verify.network.builders import Layer, dense, random_network
from verify.network.network import Network

INTERVALS = [Interval(0, 1), Interval(-1, 1), Interval(F(1, 3), F(5, 7)), Interval(-3, F(1, 10))]


def _he(chosen: random.Random, widths: list[int]) -> list[Layer]:
    """Normal weights of variance 2 / fan-in; half of the networks rounded to float32."""
    rounded = (lambda x: unpack("f", pack("f", x))[0]) if chosen.random() < 0.5 else float
    sizes, layers = [1, *widths, 1], []
    for before, after in itertools.pairwise(sizes):
        weight = [[F(rounded(chosen.gauss(0, (2 / before) ** 0.5))) for _ in range(before)] for _ in range(after)]
        layers.append((weight, [F(rounded(chosen.gauss(0, 0.1))) for _ in range(after)]))
    return layers


def _spread(chosen: random.Random, widths: list[int]) -> list[Layer]:
    """Kinks of the first layer anywhere in [0, 1]."""
    (weight, bias), *rest = _he(chosen, widths)
    return [(weight, [F(float(-row[0] * F(chosen.random()))) for row, _ in zip(weight, bias, strict=True)]), *rest]


def _quarters(chosen: random.Random, widths: list[int]) -> list[Layer]:
    """Weights k / 4: coincident kinks and true zeros everywhere."""
    sizes = [1, *widths, 1]
    return [
        ([[F(chosen.randint(-8, 8), 4) for _ in range(before)] for _ in range(after)], [F(chosen.randint(-8, 8), 4) for _ in range(after)])
        for before, after in itertools.pairwise(sizes)
    ]


def _noisy_sawtooth(chosen: random.Random, widths: list[int]) -> list[Layer]:
    """A sawtooth with its weights disturbed, sometimes by a rounding error only."""
    size = chosen.choice([1e-3, 1e-9, 1e-15])
    inside = ([[2, -4], [2, -4]], [0, F(-1, 2)])
    layers = [([[1], [1]], [0, F(-1, 2)]), *[inside] * chosen.randint(1, 4), ([[2, -4]], [0])]
    return [([[_near(chosen, w, size) for w in row] for row in weight], [_near(chosen, b, size) for b in bias]) for weight, bias in layers]


def _near(chosen: random.Random, value: F | int, size: float) -> F:
    return F(float(value) + size * chosen.uniform(-1, 1) * (float(value) or 1.0))


def _dead(chosen: random.Random, widths: list[int]) -> list[Layer]:
    """Dead units, constant units, units without bias, and twins."""
    *hidden, last = _spread(chosen, widths)
    for weight, bias in hidden:
        for j in range(len(bias)):
            fate = chosen.random()
            if fate < 0.2:
                weight[j], bias[j] = [F(0)] * len(weight[j]), F(chosen.randint(-1, 1))
            elif fate < 0.35:
                bias[j] = F(0)
            elif fate < 0.5:
                bias[j] = -5 * abs(bias[j])
        if chosen.random() < 0.3:
            weight[0], bias[0] = weight[-1], bias[-1]
    return [*hidden, last]


def _without_bias(chosen: random.Random, widths: list[int]) -> list[Layer]:
    first, *rest = _he(chosen, widths)
    return [first, *((weight, [F(0)] * len(bias)) for weight, bias in rest)]


KINDS: list[Callable[[random.Random, list[int]], list[Layer]]] = [_he, _spread, _quarters, _noisy_sawtooth, _dead, _without_bias]


def network(seed: int) -> tuple[Network, Interval]:
    """A network of kind seed modulo 7 (the last: rationals and skip connections), and an interval."""
    chosen = random.Random(f"exact {seed}")
    widths = [chosen.randint(1, chosen.randint(1, 8)) for _ in range(chosen.randint(1, 4))]
    interval = INTERVALS[seed // 7 % 4]
    if seed % 7 == 6:
        return random_network(widths, seed, skips=chosen.random() < 0.5, denominator=4), interval
    return dense(KINDS[seed % 7](chosen, widths)), interval
