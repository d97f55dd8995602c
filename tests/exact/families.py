"""Sixteen families of random networks that trouble an exact engine, the same for a seed on every machine.

Each is described by plain lists of Fractions; nothing here is of the package but what builds the
network that is tested."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction as F
from itertools import pairwise
from struct import pack, unpack

from verify.network.builders import dense, gemm, skip
from verify.network.network import Input, Network
from verify.network.operations import Node

Row = list[F]
Layer = tuple[list[Row], Row]  # weight (out, in), bias


@dataclass(frozen=True)
class Described:
    """A network with a ReLU after each layer but the last and those in `joints`; with `skips` each
    layer reads the input and all activations before it."""

    layers: list[Layer]
    skips: bool = False
    joints: frozenset[int] = frozenset()

    @property
    def network(self) -> Network:
        if self.skips:
            return skip(self.layers)
        if not self.joints:
            return dense(self.layers)
        nodes, source = list[Node](), "x"
        for number, (weight, bias) in enumerate(self.layers):
            nodes.append(gemm(f"z{number}", [source], weight, bias))
            source = f"z{number}"
            if self.is_hidden(number):
                nodes.append(Node(f"a{number}", "Relu", (source,)))
                source = f"a{number}"
        return Network((Input("x", len(self.layers[0][0][0])),), tuple(nodes), source)

    def is_hidden(self, number: int) -> bool:
        """Whether a ReLU is after this layer."""
        return number < len(self.layers) - 1 and number not in self.joints

    def component(self, index: int) -> "Described":
        """Only this output."""
        weight, bias = self.layers[-1]
        return replace(self, layers=[*self.layers[:-1], ([weight[index]], [bias[index]])])


Chosen = random.Random
Number = Callable[[], F]
ENDS = [F(1), F(10**20), F(1, 10**12), F(3, 7), F(2) ** 40]
SIMPLE = [F(1), F(2), F(3), F(1, 2), F(5, 7)]
TENT: list[Layer] = [([[F(1)], [F(2)]], [F(0), F(-1)]), ([[F(2), F(-2)]], [F(0)])]


def widths(chosen: Chosen, most_layers: int = 3, most_units: int = 6) -> list[int]:
    return [chosen.randint(1, most_units) for _ in range(chosen.randint(1, most_layers))]


def within(chosen: Chosen, layers: list[Layer], ends: list[F] = SIMPLE) -> list[Layer]:
    """The same, most kinks of the first layer moved to where a usual interval or box is."""
    weight, bias = layers[0]
    for unit, row in enumerate(weight):
        if chosen.random() < 0.7:
            bias[unit] = -sum((w * chosen.choice(ends) * F(chosen.randint(-6, 20), 24) for w in row), F(0))
    return layers


def filled(sizes: list[int], number: Number, skips: bool = False) -> list[Layer]:
    """Layers of these sizes, the input's first, with weights from `number`."""
    layers, read = [], sizes[0]
    for before, after in pairwise(sizes):
        inputs = read if skips else before
        layers.append(([[number() for _ in range(inputs)] for _ in range(after)], [number() for _ in range(after)]))
        read += after
    return layers


def quarters(chosen: Chosen) -> Number:
    """Coincident kinks and true zeros everywhere."""
    return lambda: F(chosen.randint(-8, 8), 4)


def normal(chosen: Chosen) -> Number:
    return lambda: F(chosen.gauss(0, 1))


def either(chosen: Chosen) -> Number:
    return chosen.choice([quarters, normal])(chosen)


def spread(chosen: Chosen, most: int) -> Number:
    """Float64 numbers of any exponent to ±most, some zero."""

    def number() -> F:
        exponent = chosen.randint(-most, most)
        return F(chosen.choice([0, 1, 1, 1, 1]) * chosen.uniform(-1, 1)) * F(2) ** exponent

    return number


def wide(chosen: Chosen, n: int) -> Described:
    layers = filled([n, *widths(chosen), 1], spread(chosen, chosen.choice([4, 20, 60])))
    return Described(within(chosen, layers, ENDS))


def subnormal(chosen: Chosen, n: int) -> Described:
    """Among ordinary weights some of the least that float64 has, and some of the least of float32."""
    usual, least = either(chosen), chosen.choice([F(1, 2**1074), F(1, 2**149)])

    def number() -> F:
        return chosen.randint(-9, 9) * least if chosen.random() < 0.4 else usual()

    return Described(within(chosen, filled([n, *widths(chosen), 1], number)))


def float16(chosen: Chosen, n: int) -> Described:
    size = chosen.choice([1.0, 1.0, 2.0**-13, 60.0])

    def rounded(value: float) -> F:
        return F(unpack("e", pack("e", value))[0])

    layers = within(chosen, filled([n, *widths(chosen), 1], lambda: rounded(chosen.gauss(0, size))))
    layers[0] = layers[0][0], [rounded(float(b)) for b in layers[0][1]]
    return Described(layers)


def skips(chosen: Chosen, n: int) -> Described:
    return Described(within(chosen, filled([n, *widths(chosen), 1], either(chosen), skips=True)), skips=True)


def dead(chosen: Chosen, n: int) -> Described:
    """Units that are 0 everywhere, constant, or 0 on one side of a far point."""
    layers = within(chosen, filled([n, *widths(chosen), 1], either(chosen)))
    for weight, bias in layers[:-1]:
        for unit in range(len(bias)):
            fate = chosen.choice(["dead", "constant", "below", "alive", "alive", "alive", "alive"])
            if fate in ("dead", "constant"):
                weight[unit] = [F(0)] * len(weight[unit])
                bias[unit] = abs(bias[unit]) * {"dead": -1, "constant": 1}[fate]
            elif fate == "below":
                bias[unit] -= 50 * sum(map(abs, weight[unit]))
    return Described(layers)


def duplicate(chosen: Chosen, n: int) -> Described:
    """Units that are others, or multiples of others, of either sign."""
    layers = within(chosen, filled([n, *widths(chosen), 1], either(chosen)))
    for weight, bias in layers[:-1]:
        for unit in range(1, len(bias)):
            if chosen.random() < 0.6:
                factor, other = chosen.choice([F(1), F(2), F(-1), F(-1, 3)]), chosen.randrange(unit)
                weight[unit], bias[unit] = [factor * w for w in weight[other]], factor * bias[other]
    return Described(layers)


def cancelling(chosen: Chosen, n: int) -> Described:
    """Pairs σ(z), σ(−z) or σ(z), σ(z) that the next layer takes with c and −c: the kink of z is
    none of the function, or the pair is nothing."""
    layers = within(chosen, filled([n, *(2 * w for w in widths(chosen, 3, 3)), 1], either(chosen)))
    for (weight, bias), (after, _) in pairwise(layers):
        for unit in range(0, len(bias), 2):
            factor = chosen.choice([F(1), F(-1), F(-2)])
            weight[unit + 1], bias[unit + 1] = [factor * w for w in weight[unit]], factor * bias[unit]
            for row in after:
                if chosen.random() < 0.6:
                    row[unit + 1] = -row[unit] / abs(factor)
    return Described(layers)


def at_the_ends(chosen: Chosen, n: int) -> Described:
    """Units of the first layer whose kink is an end of a usual interval, or a corner of a box."""
    layers = filled([n, *widths(chosen), 1], quarters(chosen))
    weight, bias = layers[0]
    for unit, row in enumerate(weight):
        end = chosen.choice([*SIMPLE, F(0)])
        bias[unit] = -sum(w * chosen.choice([-end, end]) for w in row)
    return Described(layers)


def constant(chosen: Chosen, n: int) -> Described:
    """Functions that are constant, with units that are not."""
    way = chosen.choice(["no weight at the end", "all dead", "both sides"])
    if way == "both sides":
        return Described(_both_sides(chosen, within(chosen, filled([n, *widths(chosen), 1], either(chosen)))))
    layers = filled([n, *widths(chosen), 1], either(chosen))
    if way == "no weight at the end":
        layers[-1] = [[F(0)] * len(layers[-1][0][0])], layers[-1][1]
    else:
        weight, bias = layers[-2]
        weight[:] = [[F(0)] * len(row) for row in weight]
        bias[:] = [-abs(b) for b in bias]
    return Described(layers)


def _both_sides(chosen: Chosen, layers: list[Layer]) -> list[Layer]:
    """f − f of a network f with the same layers twice, side by side, and a constant beside."""
    doubled, zero = [], F(0)
    for number, (weight, bias) in enumerate(layers):
        if number == 0:
            doubled.append((weight + weight, bias + bias))
            continue
        left = [row + [zero] * len(row) for row in weight]
        doubled.append((left + [[zero] * len(row) + row for row in weight], bias + bias))
    return [*doubled, ([[F(1), F(-1)]], [F(chosen.randint(-2, 2))])]


def deep(chosen: Chosen, n: int) -> Described:
    """Many narrow layers: a tent disturbed, so that the function goes on bending."""
    depth, sizes = chosen.randint(2, 5), [F(0), F(1, 7), F(2.0**-30)]
    near = chosen.choice(sizes)

    def moved(value: F) -> F:
        return value + near * F(chosen.uniform(-1, 1))

    layers: list[Layer] = [([[moved(F(1))] * n, [moved(F(2))] * n], [F(0), moved(F(-1))])]
    for _ in range(depth):
        layers.append(([[moved(F(2)), moved(F(-2))], [moved(F(4)), moved(F(-4))]], [F(0), moved(F(-1))]))
    return Described([*layers, ([[F(2), F(-2)]], [F(0)])])


def shallow(chosen: Chosen, n: int) -> Described:
    return Described(within(chosen, filled([n, chosen.randint(10, 40), 1], either(chosen))))


def rational(chosen: Chosen, n: int) -> Described:
    """Denominators that no float has."""
    layers = filled([n, *widths(chosen), 1], lambda: F(chosen.randint(-9, 9), chosen.randint(1, 9)))
    return Described(within(chosen, layers))


def integer(chosen: Chosen, n: int) -> Described:
    return Described(filled([n, *widths(chosen), 1], lambda: F(chosen.randint(-3, 3))))


def zeros(chosen: Chosen, n: int) -> Described:
    """Most weights are 0, and many biases."""
    usual = either(chosen)
    return Described(within(chosen, filled([n, *widths(chosen), 1], lambda: usual() * chosen.choice([0, 1]))))


def several(chosen: Chosen, n: int) -> Described:
    return Described(within(chosen, filled([n, *widths(chosen), chosen.randint(2, 3)], either(chosen))))


def composed(chosen: Chosen, n: int) -> Described:
    """Maps of one value after one another, most of them the same; no ReLU between."""
    maps = [within(chosen, filled([1, chosen.randint(1, 3), 1], quarters(chosen))), TENT, TENT, TENT]
    first = chosen.choice(maps)
    if n > 1:
        first = filled([n, chosen.randint(1, 3), 1], quarters(chosen))
    parts = [first, *(chosen.choice(maps) for _ in range(chosen.randint(1, 4)))]
    joints = frozenset(range(1, 2 * len(parts) - 1, 2))
    return Described([layer for part in parts for layer in part], joints=joints)


FAMILIES: dict[str, Callable[[Chosen, int], Described]] = {
    "wide magnitudes": wide,
    "subnormals": subnormal,
    "float16": float16,
    "skips": skips,
    "dead units": dead,
    "duplicate units": duplicate,
    "cancelling kinks": cancelling,
    "kinks at the ends": at_the_ends,
    "constant": constant,
    "deep and narrow": deep,
    "shallow and wide": shallow,
    "rational": rational,
    "integer": integer,
    "zero weights": zeros,
    "several outputs": several,
    "compositions": composed,
}
NAMES = tuple(FAMILIES)


def described(seed: int, inputs: int = 1) -> Described:
    """The network of this seed, of the family number `seed` modulo 16."""
    name = NAMES[seed % len(NAMES)]
    return FAMILIES[name](random.Random(f"{name} {seed} {inputs}"), inputs)


def ends(seed: int) -> tuple[F, F]:
    """An interval for the network of this seed."""
    chosen = random.Random(f"interval {seed}")
    end = chosen.choice(ENDS if NAMES[seed % len(NAMES)] == "wide magnitudes" else SIMPLE)
    return chosen.choice([-end, F(0), -end / 3]), end


def inside(seed: int, low: F, high: F) -> Iterable[F]:
    """A few points of the interval."""
    chosen = random.Random(f"points {seed}")
    return [low + (high - low) * F(chosen.randint(0, 96), 96) for _ in range(3)]
