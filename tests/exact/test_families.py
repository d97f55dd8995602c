"""Sixteen families of networks in every quantity of one input, and their cells in two and three: what the engine says is what oracles in
plain Fractions say, which share no code with it.

`python -m tests.exact.test_families 20000` compares that many of one input, and says how many answers; with a second number it
begins there. `python -m tests.exact.test_families cells 1000` compares cells.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction as F
from math import isfinite
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.exact import cells_oracle
from tests.exact.families import NAMES, Described, described, ends, inside
from tests.exact.line_oracle import Graph, Traced, intervals, traced, value
from verify.exact import Interval, activation_intervals, composition, distance, evaluate, evaluate_float32, pieces
from verify.exact.gradient import gradient, region
from verify.exact.pieces import counts
from verify.kernel.errors import BadInput
from verify.network import builders
from verify.network.network import Network
from verify.network.relu_network import read

Answers = Iterator[tuple[str, object, object]]  # of what, what the oracle says, what is found
Limits = dict[str, int]
LARGE: Limits = {"verify.exact.pieces.SMALL": 0}  # small networks take the way of large ones
BY_LAPS: Limits = {"verify.exact.distance.MOST_LISTED": 1}


def of_points(of: Described, network: Network, seed: int, interval: Interval) -> Answers:
    """All outputs at points, by sums and products alone."""
    for x in inside(seed, interval.low, interval.high):
        yield "value", tuple(value(of, [x])), evaluate(network, [x])


def of_the_function(graph: Graph, trace: Traced, network: Network, interval: Interval) -> Answers:
    """Breakpoints, values, slopes; the intervals on which no unit switches; the counts."""
    bends = graph.bends()
    endpoints, patterns = intervals(trace)
    for way, changed in (("", {}), (" of large networks", LARGE)):
        with patched(changed):
            function, found = pieces(network, interval), activation_intervals(network, interval)
            counted = counts(network, interval)
        yield f"pieces{way}", (bends.xs, bends.ys), (list(function.breakpoints), list(function.values))
        yield f"slopes{way}", bends.slopes, list(function.slopes)
        yield f"activation intervals{way}", (endpoints, patterns), (list(found.endpoints), list(found.patterns))
        yield f"counts{way}", (len(bends.xs) - 1, len(patterns)), (counted.pieces, counted.activation_intervals)
    laps = composition(network, interval)
    if laps is not None:
        yield "counts of laps", (len(bends.xs) - 1, len(patterns)), (laps.counts.pieces, laps.counts.activation_intervals)


def of_integrals(graph: Graph, network: Network, interval: Interval, level: F) -> Answers:
    bends, function = graph.bends(), pieces(network, interval)
    lowest, highest, size = min(bends.ys), max(bends.ys), max(map(abs, bends.ys))
    sizes = Graph(bends.xs, [abs(y) for y in bends.ys])
    yield "integral", graph.integral(), function.integral()
    yield "l1", graph.area(), function.l1()
    yield "minimum", (lowest, bends.first(lowest)), tuple(function.minimum)
    yield "maximum", (highest, bends.first(highest)), tuple(function.maximum)
    yield "sup", (size, sizes.first(size)), tuple(function.sup())
    for height in (F(0), level):
        crossed, touched = bends.meetings(height)
        found = function.crossings(height)
        yield "crossings", (crossed, touched), (list(found.crossed), list(found.touched))


def of_two(graph: Graph, other: Graph, network: Network, second: Network, interval: Interval) -> Answers:
    """Distances, also by laps, which otherwise only very many of them bring about."""
    apart = graph.minus(other).bends()
    size = max(map(abs, apart.ys))
    for way, changed in (("", {}), (" by laps", BY_LAPS)):
        with patched(changed):
            area, largest = distance(network, second, interval, exact=True), distance(network, second, interval, "sup")
        yield f"distance{way}", apart.area(), area.value
        yield f"sup distance{way}", size, largest.value
        assert isinstance(largest.at, F)
        yield f"where it is{way}", size, abs(graph.at(largest.at) - other.at(largest.at))


def of_slopes(graph: Graph, trace: Traced, network: Network, seed: int, interval: Interval) -> Answers:
    """Derivatives, and the box around a point on which there is no kink; at kinks there are none."""
    ways = Graph(trace.xs, graph.ys).slopes
    for x in inside(seed + 1, interval.low, interval.high):
        k = max(k for k in range(len(ways)) if trace.xs[k] <= x)
        found = gradient(network, [x])
        yield "value of the gradient", graph.at(x), found.value
        if not found.is_derivative:
            continue
        around = region(network, [x])
        yield "gradient", (ways[k],), found.gradient
        yield "slope of the box", (ways[k],), around.slope
        nearest = [y for y in trace.xs[1:-1] if abs(y - x) <= around.radius]
        yield "kinks in the box", [], nearest
    for x in trace.xs[1:-1][:3]:
        yield "kink", False, gradient(network, [x]).is_derivative
        yield "box at a kink", True, refused(network, x)


def refused(network: Network, x: F) -> bool:
    try:
        region(network, [x])
    except BadInput:
        return True
    return False


@contextmanager
def patched(limits: Limits) -> Iterator[None]:
    """Other limits, for as long as it takes."""
    with ExitStack() as all_of_them:
        for name, number in limits.items():
            all_of_them.enter_context(patch(name, number))
        yield


def answers(seed: int) -> Answers:
    """All that is said of the network of this seed, and of what is between it and the next of its family."""
    of = described(seed)
    low, high = ends(seed)
    interval, whole = Interval(low, high), of.network
    trace = traced(of, low, high)
    yield from of_points(of, whole, seed, interval)
    outputs = len(trace.outputs[0])
    for index in range(outputs):
        network, one = whole, trace
        if outputs > 1:
            network, one = builders.component(whole, index), traced(of.component(index), low, high)
        graph = Graph(one.xs, [row[0] for row in one.outputs])
        yield from of_the_function(graph, one, network, interval)
        yield from of_integrals(graph, network, interval, random.Random(seed).choice(graph.ys))
        yield from of_slopes(graph, one, network, seed, interval)
    beside = described(seed + len(NAMES)).component(0)
    other = traced(beside, low, high)
    yield from of_two(graph, Graph(other.xs, [row[0] for row in other.outputs]), network, beside.network, interval)


def different(seed: int, asked: Callable[[int], Answers], tally: Counter[str]) -> list[str]:
    """What the two say differently of the network of this seed."""
    wrong = []
    for of, wanted, found in asked(seed):
        tally[of] += 1
        if wanted != found:
            wrong.append(f"seed {seed}, {NAMES[seed % len(NAMES)]}: {of} {str(wanted)[:300]}, found {str(found)[:300]}")
    return wrong


FLAT = [number for number, name in enumerate(NAMES) if name not in ("skips", "compositions", "shallow and wide", "deep and narrow")]

MOST_UNITS = {2: 7, 3: 5}  # the oracle takes all pairs and triples of half-spaces


def cells(seed: int) -> Answers:
    """Counts, volumes, integrals and extrema of a network with two or three inputs on [-1, 1]^d."""
    number = len(NAMES) * (seed // len(FLAT)) + FLAT[seed % len(FLAT)]
    inputs = 2 + number % 3 // 2
    layers = described(number, inputs).component(0).layers
    if sum(len(bias) for _, bias in layers[:-1]) > MOST_UNITS[inputs]:
        return
    found = cells_oracle.actual(layers, inputs)
    for of, wanted in cells_oracle.expected(layers, inputs).items():
        yield of, wanted, found[of]


@pytest.mark.parametrize("family", range(len(NAMES)), ids=NAMES)
def test_every_quantity_of_one_input(family: int) -> None:
    seeds = range(family, 12 * len(NAMES), len(NAMES))
    tally = Counter[str]()
    assert not [line for seed in seeds for line in different(seed, answers, tally)]
    assert len(tally) >= 26, tally


def test_cells_of_two_and_three_inputs() -> None:
    tally = Counter[str]()
    assert not [line for seed in range(12) for line in different(seed, cells, tally)]
    assert tally["regions"] >= 6


def test_a_difference_is_seen() -> None:
    """Of a network whose last bias is another."""

    def wrong(seed: int) -> Answers:
        low, high = ends(seed)
        trace, network = traced(described(seed), low, high), described(seed).network
        moved = Graph(trace.xs, [row[0] + F(1, 10**30) for row in trace.outputs])
        yield from of_integrals(moved, network, Interval(low, high), F(0))

    seen = different(3, wrong, Counter())
    assert any("integral" in line for line in seen) and any("maximum" in line for line in seen)


def test_where_the_place_itself_is_in_doubt() -> None:
    """A network that ended in an IndexError: the error of the place had grown beyond 1."""
    data = (Path(__file__).parent / "in_doubt.json").read_bytes()
    gemms = [node for node in json.loads(data)["nodes"] if node["op"] == "Gemm"]
    of = Described([([list(map(F, row)) for row in node["weight"]], list(map(F, node["bias"]))) for node in gemms])
    low, high = F(-(10**20)), F(10**20)
    trace = traced(of, low, high)
    graph = Graph(trace.xs, [row[0] for row in trace.outputs])
    said = list(of_the_function(graph, trace, read(data), Interval(low, high)))
    assert all(wanted == found for _, wanted, found in said) and len(graph.bends().xs) > 3


def test_numbers_beyond_float() -> None:
    large = F(10) ** 400
    assert evaluate(builders.tent(), [large]) == (2 - 2 * large,)
    steep = builders.dense([([[large]], [-large]), ([[F(1)]], [F(0)])])
    (rounded,) = evaluate_float32(steep, [F(3)])
    assert not isfinite(rounded)
    assert pieces(steep, Interval(F(0), F(2))).breakpoints == (0, 1, 2)


def main(count: int, first: int = 0, asked: Callable[[int], Answers] = answers) -> int:
    tally, wrong = Counter[str](), 0
    for seed in range(first, first + count):
        found = different(seed, asked, tally)
        wrong += len(found)
        if found:
            print("\n".join(found), flush=True)
        if seed % 1000 == 999:
            print(f"to {seed + 1}: {tally.total()} answers, {wrong} differences", flush=True)
    print(f"{count} networks of {len(NAMES)} families, {tally.total()} answers, {wrong} differences; {dict(tally)}")
    return int(wrong > 0)


if __name__ == "__main__":
    if sys.argv[1] == "cells":
        sys.exit(main(int(sys.argv[2]), asked=cells))
    sys.exit(main(*map(int, sys.argv[1:])))
