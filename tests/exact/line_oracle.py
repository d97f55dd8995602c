"""An oracle for functions of one input: plain Fractions, points and values, no code shared with the engine.

The points at which a unit changes its side are found layer by layer; between two of them all is
affine, so that each quantity is a sum or a comparison over points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction as F
from itertools import groupby, pairwise

from tests.exact.families import Described, Row

Pattern = tuple[bool, ...]


@dataclass(frozen=True)
class Traced:
    """Points, the ends included; at each the outputs; between each two who is active."""

    xs: Row
    outputs: list[Row]
    patterns: list[Pattern]


def row_times(weight: Sequence[Row], bias: Row, row: Row) -> Row:
    return [sum((w * v for w, v in zip(ws, row, strict=True) if w), b) for ws, b in zip(weight, bias, strict=True)]


def value(of: Described, point: Row) -> Row:
    """The outputs at a point of any number of inputs."""
    read = list(point)
    for number, (weight, bias) in enumerate(of.layers):
        before = row_times(weight, bias, read)
        if not of.is_hidden(number):
            read = before
            continue
        after = [max(v, F(0)) for v in before]
        read = read + after if of.skips else after
    return read


def traced(of: Described, low: F, high: F) -> Traced:
    """All points where a unit's value before its ReLU is 0, and is not on one side."""
    xs, read, patterns = [low, high], [[low], [high]], list[Pattern]([()])
    for number, (weight, bias) in enumerate(of.layers):
        before = [row_times(weight, bias, row) for row in read]
        if not of.is_hidden(number):
            read = before
            continue
        xs, before, read, patterns = _split(xs, before, read, patterns)
        sides = [tuple(a > 0 or b > 0 for a, b in zip(*two, strict=True)) for two in pairwise(before)]
        patterns = [old + new for old, new in zip(patterns, sides, strict=True)]
        after = [[max(v, F(0)) for v in row] for row in before]
        read = [old + new for old, new in zip(read, after, strict=True)] if of.skips else after
    return Traced(xs, read, patterns)


def _split(xs: Row, before: list[Row], read: list[Row], patterns: list[Pattern]) -> tuple[Row, list[Row], list[Row], list[Pattern]]:
    """A point more wherever a value changes its sign between two points."""
    points, values, reads, sides = [xs[0]], [before[0]], [read[0]], list[Pattern]()
    for k, pattern in enumerate(patterns):
        parts = {a / (a - b) for a, b in zip(before[k], before[k + 1], strict=True) if a * b < 0}
        for part in sorted(parts):
            points.append(xs[k] + part * (xs[k + 1] - xs[k]))
            values.append(_between(before[k], before[k + 1], part))
            reads.append(_between(read[k], read[k + 1], part))
            sides.append(pattern)
        points.append(xs[k + 1])
        values.append(before[k + 1])
        reads.append(read[k + 1])
        sides.append(pattern)
    return points, values, reads, sides


def _between(one: Row, other: Row, part: F) -> Row:
    return [a + part * (b - a) for a, b in zip(one, other, strict=True)]


def intervals(of: Traced) -> tuple[Row, list[Pattern]]:
    """The ends of the longest intervals with one pattern, and the patterns."""
    kept = [k for k in range(len(of.patterns)) if k == 0 or of.patterns[k] != of.patterns[k - 1]]
    return [*(of.xs[k] for k in kept), of.xs[-1]], [of.patterns[k] for k in kept]


@dataclass(frozen=True)
class Graph:
    """A function through points, affine between them."""

    xs: Row
    ys: Row

    @property
    def slopes(self) -> Row:
        return [(d - b) / (c - a) for (a, b), (c, d) in pairwise(zip(self.xs, self.ys, strict=True))]

    def bends(self) -> "Graph":
        """The ends, and the points where the slope changes."""
        slopes = self.slopes
        kept = [0, *(k for k in range(1, len(slopes)) if slopes[k - 1] != slopes[k]), len(slopes)]
        return Graph([self.xs[k] for k in kept], [self.ys[k] for k in kept])

    def at(self, x: F) -> F:
        k = max(k for k in range(len(self.xs) - 1) if self.xs[k] <= x)
        return self.ys[k] + self.slopes[k] * (x - self.xs[k])

    def through(self, level: F) -> "Graph":
        """With a point wherever it meets the level."""
        xs, ys = [self.xs[0]], [self.ys[0]]
        for (a, u), (b, v) in pairwise(zip(self.xs, self.ys, strict=True)):
            if (u - level) * (v - level) < 0:
                xs.append(a + (b - a) * (level - u) / (v - u))
                ys.append(level)
            xs.append(b)
            ys.append(v)
        return Graph(xs, ys)

    def minus(self, other: "Graph") -> "Graph":
        """The difference at the points of both, found in one sweep each."""
        xs = sorted({*self.xs, *other.xs})
        return Graph(xs, [u - v for u, v in zip(self._swept(xs), other._swept(xs), strict=True)])

    def _swept(self, xs: Row) -> Row:
        ys, k, slopes = [], 0, self.slopes
        for x in xs:
            while k < len(slopes) - 1 and x >= self.xs[k + 1]:
                k += 1
            ys.append(self.ys[k] + slopes[k] * (x - self.xs[k]))
        return ys

    def integral(self) -> F:
        corners = pairwise(zip(self.xs, self.ys, strict=True))
        return added((b - a) * (u + v) / 2 for (a, u), (b, v) in corners)

    def area(self) -> F:
        """Of the region between it and 0."""
        split = self.through(F(0))
        return Graph(split.xs, [abs(y) for y in split.ys]).integral()

    def first(self, height: F) -> F:
        """The first of the points that has this height."""
        return self.xs[self.ys.index(height)]

    def meetings(self, level: F) -> tuple[list[tuple[F, F]], list[tuple[F, F]]]:
        """The places where it passes the level, and those where it only reaches it."""
        split, crossed, touched = self.through(level), [], []
        sides = [(y > level) - (y < level) for y in split.ys]
        runs = [(side, [k for k, _ in group]) for side, group in groupby(enumerate(sides), key=lambda pair: pair[1])]
        for number, (side, where) in enumerate(runs):
            if side == 0:
                place = split.xs[where[0]], split.xs[where[-1]]
                around = [run[0] for run in (*runs[max(number - 1, 0) : number], *runs[number + 1 : number + 2])]
                (crossed if sorted(around) == [-1, 1] else touched).append(place)
        return crossed, touched


def added(terms: Iterable[F]) -> F:
    """The sum, the large ones of which are made of halves, not one after another."""
    row = list(terms)
    while len(row) > 1:
        row = [sum(row[k : k + 2], F(0)) for k in range(0, len(row), 2)]
    return row[0] if row else F(0)
