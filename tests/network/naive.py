"""A second meaning of networks, for tests: plain Fractions, one line an operation, no code shared with what is tested."""

from fractions import Fraction
from itertools import chain

from verify.network.network import Network

Point = list[Fraction]


def values(network: Network, point: Point) -> dict[str, Point]:
    """The value of every input and node at a point (the inputs' concatenation)."""
    result, start = {}, 0
    for item in network.inputs:
        result[item.name] = list(point[start : start + item.size])
        start += item.size
    for node in network.nodes:
        parts = [result[name] for name in node.inputs]
        result[node.name] = _value(node.op, parts, node.parameters)
    return result


def value(network: Network, point: Point) -> Point:
    return values(network, point)[network.output]


def _value(op, parts, given):
    flat, columns = list(chain(*parts)), list(zip(*parts, strict=False))
    match op:
        case "Gemm":
            return [
                b + sum(w * x for w, x in zip(row, flat, strict=True))
                for row, b in zip(given["weight"], given["bias"], strict=True)
            ]
        case "Relu":
            return [x if x > 0 else Fraction(0) for x in flat]
        case "Add":
            return [sum(column) for column in columns]
        case "Sub":
            return [a - b for a, b in columns]
        case "Neg":
            return [-x for x in flat]
        case "Mul":
            return [f * x for f, x in zip(given["factor"], flat, strict=True)]
        case "Concat":
            return flat
        case "Abs":
            return [abs(x) for x in flat]
        case "LeakyRelu":
            return [x if x > 0 else given["alpha"] * x for x in flat]
        case "Max":
            return [max(column) for column in columns]
        case "Min":
            return [min(column) for column in columns]
        case "Clip":
            return [min(max(x, given["min"]), given["max"]) for x in flat]
    raise AssertionError(f"no meaning of {op}")


def kinks(network: Network, start: Point, end: Point) -> list[Point]:
    """Points of the segment where a value that some node reads is exactly 0, found by the rule of false position."""
    found = []
    one, two = values(network, start), values(network, end)
    for name in one:
        for i, (a, b) in enumerate(zip(one[name], two[name], strict=True)):
            if a * b < 0:
                found += _zero(network, start, end, name, i)
    return found


def _zero(network, start, end, name, i):
    at = lambda t: [a + t * (b - a) for a, b in zip(start, end, strict=True)]  # noqa: E731
    low, high = Fraction(0), Fraction(1)
    for _ in range(12):
        below, beyond = values(network, at(low))[name][i], values(network, at(high))[name][i]
        t = low + (high - low) * below / (below - beyond)
        middle = values(network, at(t))[name][i]
        if middle == 0:
            return [at(t)]
        low, high = (t, high) if middle * below > 0 else (low, t)
    return []
