"""Networks and measures in plain exact arithmetic, for the judge. Nothing here is the kernel's."""

import json
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Any

from .reading import Unclear

Number = Any  # an int or a Fraction
Affine = dict[int, Fraction]  # coefficients by the number of a value; 0 is the number 1


class Undecided(Exception):
    """This judge cannot evaluate something here."""


class Networks:
    """Networks with a common input.

    Value 0 is 1, then come the inputs, then for each unit z and Relu(z).
    """

    def __init__(self, named: Sequence[tuple[list[str], bytes]], inputs: Sequence[str]) -> None:
        self.inputs, self.units = list(inputs), list[Affine]()
        self.outputs, self.introduced = dict[str, Affine](), list[str]()
        for names, data in named:
            found = self._read(data)
            if len(names) == 1 and len(found) > 1:
                self.introduced += names
                names = [f"{names[0]}{i + 1}" for i in range(len(found))]
            if len(names) == 2 + names.count("...") and "..." in names:
                stem = names[0].removesuffix("1")
                names = [f"{stem}{i + 1}" for i in range(len(found))]
            if len(names) != len(found):
                raise Unclear(f"{len(names)} names for {len(found)} outputs")
            self.introduced += names
            self.outputs.update(zip(names, found, strict=True))
        count = len(self.inputs) + 2 * len(self.units)
        values = [f"value{v + 1}" for v in range(count)]
        self.values = dict(zip(values, range(1, count + 1), strict=True)) if named else {}

    def _read(self, data: bytes) -> list[Affine]:
        whole = json.loads(data)
        known = {"x": [{i + 1: Fraction(1)} for i in range(len(self.inputs))]}
        if (
            whole["inputs"] != [{"name": "x", "size": len(self.inputs)}]
            or whole["format"] != "relu-network/1"
        ):
            raise Unclear("a network with another input")
        for node in whole["nodes"]:
            if node["name"] in known or node["op"] not in ("Gemm", "Relu"):
                raise Unclear(
                    "a network with two nodes of one name, or with other nodes than Gemm and Relu"
                )
            if node["op"] == "Relu" and len(node["inputs"]) != 1:
                raise Unclear("a Relu of several inputs")
            sources = [p for name in node["inputs"] for p in known[name]]
            if node["op"] == "Relu":
                known[node["name"]] = [self._unit(p) for p in sources]
            else:
                known[node["name"]] = self._gemm(sources, node["weight"], node["bias"])
        return known[whole["output"]]

    def _gemm(self, sources: list[Affine], weight: Any, bias: Any) -> list[Affine]:
        if (
            len(weight) != len(bias)
            or any(len(row) != len(sources) for row in weight)
            or not sources
        ):
            raise Unclear("a Gemm whose sizes do not fit")
        rows = []
        for row, own in zip(weight, bias, strict=True):
            total = {0: Fraction(own)}
            for w, p in zip(row, sources, strict=True):
                for value, c in p.items():
                    total[value] = total.get(value, Fraction(0)) + Fraction(w) * c
            rows.append({value: c for value, c in total.items() if c})
        return rows

    def _unit(self, p: Affine) -> Affine:
        under = lcm(*(c.denominator for c in p.values()))
        z = 1 + len(self.inputs) + 2 * len(self.units)
        self.units.append({value: c * under for value, c in p.items()})
        return {z + 1: Fraction(1, under)}

    def at(self, point: Sequence[Number]) -> list[Number]:
        """All values at an input."""
        values: list[Number] = [1, *point]
        for unit in self.units:
            z = sum(c * values[v] for v, c in unit.items())
            values += [z, max(z, 0)]
        return values

    def named(self, point: Sequence[Number]) -> dict[str, Number]:
        """What the names of a claim with these networks mean at an input."""
        if not self.outputs:
            return {}
        values = self.at(point)
        found = {name: values[v] for name, v in self.values.items()}
        found |= dict(zip(self.inputs, point, strict=True))
        for name, p in self.outputs.items():
            found[name] = sum((c * values[v] for v, c in p.items()), Fraction(0))
        return found

    def kinks(self, low: Number, high: Number) -> list[Number]:
        """Points between which everything is affine, from `low` to `high`: each unit in turn adds
        the zeros of its z.
        """
        points: list[Number] = [low, high]
        for unit in range(len(self.units)):
            z = 1 + len(self.inputs) + 2 * unit
            more = []
            for p, q in pairwise(points):
                a, b = self.at([p])[z], self.at([q])[z]
                if a * b < 0:
                    more.append(p - a * Fraction(q - p) / (b - a))
            points = sorted({*points, *more})
        return points


def measured(
    kind: str,
    of: Callable[[Number], Number],
    span: Sequence[Callable[[Number], Number]],
    points: list[Number],
) -> Number | None:
    """The measure of an expression that is affine between the points; None where it is not.

    A distance is computed from a span of constants only; `Undecided` otherwise.
    """
    values, lines = [of(x) for x in points], list[tuple[Fraction, Number, Number]]()
    for (x, y), (v, w) in zip(pairwise(points), pairwise(values), strict=True):
        if of(Fraction(x + y) / 2) * 2 != v + w:
            return None
        lines.append((Fraction(y - x), v, w))
    if kind == "pieces":
        slopes = [(w - v) / h for h, v, w in lines]
        return 1 + sum(s != t for s, t in pairwise(slopes))
    if kind == "integral":
        return sum((h * (v + w) / 2 for h, v, w in lines), Fraction(0))
    if kind == "integral_abs":
        return _absolute(lines, 0)
    if kind == "sup_abs":
        return max(abs(v) for v in values)
    basis = [[each(x) for x in points] for each in span]
    if any(len(set(row)) > 1 for row in basis):
        raise Undecided
    return _median(lines) if any(row[0] for row in basis) else _absolute(lines, 0)


def _absolute(lines: list[tuple[Fraction, Number, Number]], c: Number) -> Fraction:
    """The integral of |f - c|."""
    total = Fraction(0)
    for h, v, w in lines:
        one, other = v - c, w - c
        if one * other >= 0:
            total += h * abs(one + other) / 2
        else:
            total += h * (one * one + other * other) / (2 * abs(other - one))
    return total


def _median(lines: list[tuple[Fraction, Number, Number]]) -> Fraction:
    """The least integral of |f - c|, a convex function of c whose derivative is affine between f's
    values at the points.
    """
    levels = sorted({level for _, v, w in lines for level in (v, w)})
    found = [_absolute(lines, c) for c in levels]
    for low, high in pairwise(levels):
        third = Fraction(high - low) / 3
        one, two = (_slope(lines, low + i * third) for i in (1, 2))
        if one != two:
            c = low + third - one * third / (two - one)
            if low < c < high:
                found.append(_absolute(lines, c))
    return min(found)


def _slope(lines: list[tuple[Fraction, Number, Number]], c: Number) -> Fraction:
    """How long f is below c, less how long it is above."""
    total = Fraction(0)
    for h, v, w in lines:
        low, high = min(v, w), max(v, w)
        below = Fraction(c - low) / (high - low) if low < c < high else Fraction(c >= high)
        total += h * (2 * below - 1)
    return total
