"""Exact networks as one graph of affine maps with integer weights and Relu; strictly read, evaluated in integers.

The networks of a claim share their input: value 0 of the graph is the input, value i > 0 is that of node i - 1, the nodes of one
network after those of another. A range is integers over one denominator, which is never reduced, so no greatest common divisors
are taken on the way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import mul
from typing import Any, NamedTuple

from .budget import Budget
from .declare import fields, listed
from .errors import BadInput, expected, placed
from .reader import tree

FORMAT = "relu-network/1"
MOST_INPUTS = 10_000

Unit = tuple[int, int]  # the number of a Relu's value, and an entry of it


@dataclass(frozen=True, slots=True)
class Node:
    """(rows · source + bias) / scale on the concatenation of the values `sources`; or, where there are no rows, Relu of its one source."""

    sources: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...] = ()
    bias: tuple[int, ...] = ()
    scale: int = 1
    bits: int = 0  # no entry of rows or bias is longer


class Range(NamedTuple):
    """A vector known up to a box: its entries are from (centre - radius) / under to (centre + radius) / under."""

    centre: list[int]
    radius: list[int]
    under: int


class Graph:
    """Networks with a common input. `sizes` of all values."""

    def __init__(self, budget: Budget) -> None:
        self.sizes: list[int] = []
        self.nodes: list[Node] = []
        self.budget = budget

    def read(self, data: bytes) -> int:
        """Adds the network that the bytes write in canonical relu-network/1 (one input, Gemm and Relu only); its output's number."""
        self.budget.spend(2_000 + len(data) // 4)
        form, inputs, items, output = fields(tree(data), "format", "inputs", "nodes", "output")
        name, size = fields(listed(inputs, 1)[0], "name", "size")
        if form != FORMAT or name != "x" or type(size) is not int or not 0 < size <= MOST_INPUTS or self.sizes[:1] not in ([], [size]):
            raise BadInput("", f"expected the format {FORMAT} and one input x, of the same size in all networks, at most {MOST_INPUTS}")
        self.sizes = self.sizes or [size]
        numbers = {"x": 0}
        for index, item in enumerate(listed(items)):
            self.budget.spend(300)
            with placed(f"/nodes/{index}"):
                node = self._node(item, numbers)
                if type(item["name"]) is not str or item["name"] in numbers:
                    raise expected("", "a new name", item["name"])
                self.nodes.append(node)
                self.sizes.append(len(node.rows) or self.sizes[node.sources[0]])
                numbers[item["name"]] = len(self.nodes)
        return _numbers([output], numbers)[0]

    def _node(self, item: Any, numbers: dict[str, int]) -> Node:
        op = item.get("op") if type(item) is dict else None
        if op == "Relu":
            return Node(_numbers(listed(fields(item, "name", "op", "inputs")[2], 1), numbers))
        if op != "Gemm":
            raise expected("", "a Gemm or Relu", op)
        _, _, inputs, weight, bias = fields(item, "name", "op", "inputs", "weight", "bias")
        sources = _numbers(listed(inputs), numbers)
        width, height = sum(self.sizes[source] for source in sources), len(listed(weight))
        if not height or not width:
            raise BadInput("", "expected at least one row and one column")
        self.budget.spend(40 * height)
        entries, scale = self.integers(self.budget.rational(text) for row in (*weight, listed(bias, height))
                                       for text in listed(row, height if row is bias else width))
        bits = max(map(int.bit_length, entries))
        rows = tuple(tuple(entries[start:start + width]) for start in range(0, height * width, width))
        return Node(sources, rows, tuple(entries[height * width:]), scale, bits)

    def integers(self, numbers: Iterable[Fraction]) -> tuple[list[int], int]:
        """Rationals as integers over their common denominator."""
        exact = list(numbers)
        under = self.budget.common(number.denominator for number in exact)
        self.budget.keep(len(exact), under.bit_length() + max(number.numerator.bit_length() for number in exact))
        return [number.numerator * (under // number.denominator) for number in exact], under

    def ranges(self, centre: list[Fraction], radius: list[Fraction], active: Mapping[Unit, bool]) -> list[Range]:
        """Interval arithmetic from a box of inputs, where some units are known to be active or not. With radius 0: the values, exactly."""
        entries, under = self.integers([*centre, *radius])
        found = [Range(entries[:len(centre)], entries[len(centre):], under)]
        for number, node in enumerate(self.nodes, 1):
            self.budget.spend(50)
            source = self._concatenated([found[n] for n in node.sources])
            if node.rows:
                bits = 1 + max(max(map(abs, source.centre)), max(source.radius), source.under).bit_length()
                wide = any(source.radius)
                self.budget.spend(len(node.rows) * len(source.centre) * (4 if wide else 1), bits, node.bits)
                self.budget.keep(len(node.rows), bits + node.bits)
                centres = [sum(map(mul, row, source.centre)) + b * source.under for row, b in zip(node.rows, node.bias)]
                radii = [sum(map(mul, map(abs, row), source.radius)) if wide else 0 for row in node.rows]
                found.append(Range(centres, radii, source.under * node.scale))
            else:
                self.budget.keep(len(source.centre), 256)
                on = [active.get((number, entry), True) for entry in range(len(source.centre))]
                lows = [max(c - r, 0) * k for c, r, k in zip(source.centre, source.radius, on)]
                highs = [max(c + r, 0) * k for c, r, k in zip(source.centre, source.radius, on)]
                found.append(Range(list(map(int.__add__, highs, lows)), list(map(int.__sub__, highs, lows)), 2 * source.under))
        return found

    def _concatenated(self, ranges: list[Range]) -> Range:
        if len(ranges) == 1:
            return ranges[0]
        under = self.budget.common(r.under for r in ranges)
        self.budget.keep(sum(len(r.centre) for r in ranges), 2 * under.bit_length())
        scaled = [(r, under // r.under) for r in ranges]
        return Range([c * factor for r, factor in scaled for c in r.centre], [c * factor for r, factor in scaled for c in r.radius], under)


def _numbers(names: list[Any], numbers: dict[str, int]) -> tuple[int, ...]:
    for name in names:
        if type(name) is not str or name not in numbers:
            raise expected("", "the name of the input or of an earlier node", name)
    return tuple(numbers[name] for name in names)
