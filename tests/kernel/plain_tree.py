"""The bounds of kernel/tree.py once more, with lists of integers instead of packed ones, from the rule's statement in docs/kernel.md.

It shares with the kernel only the reading of networks, their values at points, and interval arithmetic (`Graph.between`).
"""

from fractions import Fraction
from math import ceil, floor
from typing import Any

from verify.kernel.network import Graph

ONE = 2**60


class Plain:
    """The layers below the values `needed`, in the box of the branch; every number as the rule says it."""

    def __init__(self, graph: Graph, branch: Any, needed: set[int]) -> None:
        self.lows, self.highs = graph.between(*graph.bounds(branch))
        self.inputs, self.exponents = graph.inputs, dict[int, int]()
        self.units = {unit.z + 1: unit for unit in graph.units}
        depth = dict.fromkeys(range(1 + graph.inputs), 0)
        for v, unit in self.units.items():
            depth[v] = 1 + max((depth[s] for s in unit.sources), default=0)
        wanted = [{0} | needed]
        for k in range(max(depth[v] for v in wanted[0]), 0, -1):
            kept = {v for v in wanted[0] if depth[v] < k}
            sources = {s for v in wanted[0] if depth[v] == k for s in self.units[v].sources}
            wanted.insert(0, {0} | kept | sources)
        self.values = [sorted(each) for each in wanted]
        self.made: list[list[Any]] = [[None] * len(self.values[0])]
        self.ranges = [[(ONE if v == 0 else 0, ONE) for v in self.values[0]]]
        for before, values in zip(self.values, self.values[1:], strict=False):
            rows = [self.row_of(v, before) for v in values]
            self.made.append([row for row, _ in rows])
            self.ranges.append([known for _, known in rows])

    def row_of(self, v: int, before: list[int]) -> Any:
        if v in before:
            same = [2**54 if s == v else 0 for s in before]
            return (same, same), (0, ONE)
        unit = self.units[v]
        low, high, exponent = self.row(zip(unit.sources, unit.weights, strict=True), before)
        self.exponents[v] = exponent
        scale = Fraction(ONE, self.lows[0] * 2**exponent)
        return (low, high), (floor(self.lows[unit.z] * scale), ceil(self.highs[unit.z] * scale))

    def row(self, numbers: Any, before: list[int]) -> Any:
        """Coefficients rounded down, rounded up, and the exponent."""
        under, exact = self.lows[0], [Fraction(0)] * len(before)
        for v, c in numbers:
            if v in self.exponents:
                exact[before.index(v)] += c * 2 ** self.exponents[v]
            elif v == 0:
                exact[0] += c
            else:
                exact[0] += Fraction(c * self.lows[v], under)
                exact[before.index(v)] += Fraction(c * (self.highs[v] - self.lows[v]), under)
        bits = int(sum(map(abs, exact)) * under).bit_length()
        exponent = max(bits - under.bit_length() + 1, 0)
        scaled = [c * 2**54 / 2**exponent for c in exact]
        return list(map(floor, scaled)), list(map(ceil, scaled)), exponent

    def fresh(self, ranges: Any) -> Any:
        new: list[Any] = []
        for k, (made, known) in enumerate(zip(self.made, ranges, strict=True)):
            layer = []
            for row, (low, high) in zip(made, known, strict=True):
                if low < 0 < high:
                    below, above = row
                    low = max(low, self.least(new, [c * 2**6 for c in below], k - 1))
                    high = min(high, -self.least(new, [-c * 2**6 for c in above], k - 1))
                layer.append((low, high))
            new.append(layer)
        return new

    def least(self, ranges: Any, sum_: list[int], k: int) -> int:
        """What a sum over layer k, its coefficients over 2^60, is at least, over 2^60."""
        if k == 0:
            ends = zip(sum_, ranges[0], strict=True)
            return floor(Fraction(sum(c * (low if c > 0 else high) for c, (low, high) in ends), ONE))
        below, extra = [0] * len(self.values[k - 1]), 0
        for c, (low, high), (down, up) in zip(sum_, ranges[k], self.made[k], strict=True):
            if high <= 0:
                continue
            if low >= 0:
                row, slope = (down if c > 0 else up), 2**10
            elif c > 0:
                row, slope = down, 2**10 if high > -4 * low else 0
            else:
                row, slope = up, floor(Fraction(high * 2**10, high - low))
                extra += c * max(-slope * low, (2**10 - slope) * high)
            below = [b + c * slope * w for b, w in zip(below, row, strict=True)]
        return floor(Fraction(extra, 2**70)) + self.least(ranges, [b // 2**64 for b in below], k - 1)
