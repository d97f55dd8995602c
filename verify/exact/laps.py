"""Lap counting: a composition of piecewise-linear maps has few kinds of laps, however many laps.

A lap is an interval of x on which every map so far is affine; its kind is the interval (from, to)
that the value runs through. The next map splits a kind into kinds, whatever x it stands over: so
multiplicities, and total lengths, go from level to level without enumeration. Neighbouring laps
meet at a joint, of kind (value, slope on the left, slope on the right) up to a positive factor; a
joint is a breakpoint of the function if the slopes differ. Source: lap counting (Milnor and
Thurston 1988), with joints so that collinear neighbours merge.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, Generic, TypeVar

from ..kernel.errors import OverBudget
from ..rational import sign
from .pieces import Counts
from .piecewise_linear import Interval, PiecewiseLinear, mean_size

MOST_KINDS = 50_000
LONGEST = 50_000  # bits of an end of a lap
Kind = TypeVar("Kind", bound=Hashable)
Lap = tuple[Fraction, Fraction]
Joint = tuple[Fraction, Fraction, Fraction]
Node = tuple[int, int]  # LAP or JOINT, and the number of the kind
LAP, JOINT = 0, 1
LONG_RUN, FEW_KINDS = 32, 16
UNSTRUCTURED = "the composition has too little structure to count by"
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, eq=False)
class Map:
    """One map of a composition: a function, and its cuts, the points inside where its network's
    units switch. Its breakpoints are among them."""

    function: PiecewiseLinear
    cuts: tuple[Fraction, ...]

    def slope(self, at: Fraction, direction: int) -> Fraction:
        """The slope just above (direction > 0) or below a point."""
        points = self.function.breakpoints
        after = bisect_right(points, at) if direction > 0 else bisect_left(points, at)
        return self.function.slopes[min(max(after - 1, 0), len(points) - 2)]


@dataclass(frozen=True)
class Part:
    """One of the parts into which a map cuts a lap: the kind of its image, its share of the lap's
    length, its slope, and the kind of the joint after it, if any."""

    image: int
    share: Fraction
    slope: Fraction
    joint: int | None


class Composition:
    """maps[-1] ∘ … ∘ maps[0] on an interval, in terms of its kinds of laps. Nothing is enumerated;
    every number is exact.

    Raises `OverBudget` where there are too many kinds, or numbers too long, to count by.
    """

    def __init__(self, maps: Sequence[Map], interval: Interval) -> None:
        self.maps, self.interval = tuple(maps), interval
        self.laps, self.joints = Kinds[Lap](), Kinds[Joint]()
        self._parts: dict[int, dict[int, tuple[Part, ...]]] = {id(one): {} for one in self.maps}
        self._flow: dict[int, dict[Node, list[Node]]] = {number: {} for number in self._parts}
        self.start = self.laps.number((interval.low, interval.high))

    @cached_property
    def counts(self) -> Counts:
        """Pieces, and activation intervals, of the composed network."""
        laps, joints = self._final
        kinks = 0
        for number, times in joints.items():
            _, left, right = self.joints.kinds[number]
            if left != right:
                kinks += times
        return Counts(1 + kinks, sum(laps.values()))

    @cached_property
    def peaks(self) -> dict[Fraction, int]:
        """How many strict local maxima inside the interval have which value."""
        return self._extrema(lambda left, right: left > 0 > right)

    @cached_property
    def valleys(self) -> dict[Fraction, int]:
        """How many strict local minima inside the interval have which value."""
        return self._extrema(lambda left, right: left < 0 < right)

    def _extrema(self, chosen: Callable[[Fraction, Fraction], bool]) -> dict[Fraction, int]:
        kinds = ((self.joints.kinds[kind], times) for kind, times in self._final[1].items())
        return tally((value, times) for (value, left, right), times in kinds if chosen(left, right))

    @cached_property
    def slopes(self) -> dict[Fraction, int]:
        """On how many laps (activation intervals) the function has which slope."""
        state = {(self.start, ONE): 1}
        for one in self.maps:
            terms = []
            for (lap, slope), times in state.items():
                for part in self.parts(one, lap):
                    terms.append(((part.image, slope * part.slope), times))
            state = tally(terms)
            bounded(len(state))
        return tally((slope, times) for (_, slope), times in state.items())

    @cached_property
    def lengths(self) -> dict[Lap, Fraction]:
        """The total length in x of all laps of each kind."""
        lengths = {self.start: self.interval.high - self.interval.low}
        for one in self.maps:
            terms = []
            for lap, length in lengths.items():
                terms += [(part.image, length * part.share) for part in self.parts(one, lap)]
            lengths = tally(terms)
        return {self.laps.kinds[lap]: length for lap, length in lengths.items()}

    def integral(self) -> Fraction:
        """∫ f."""
        return sum((length * (a + b) / 2 for (a, b), length in self.lengths.items()), ZERO)

    def l1(self, level: Fraction = ZERO) -> Fraction:
        """∫ |f − level|."""
        ends = self.lengths.items()
        return sum((size * mean_size(a - level, b - level) for (a, b), size in ends), ZERO)

    @cached_property
    def extent(self) -> Lap:
        """The least and the greatest value."""
        ends = [self.laps.kinds[lap] for lap in self._final[0]]
        return min(map(min, ends)), max(map(max, ends))

    def on(self, interval: Interval) -> "Composition":
        """The same maps on an interval within this one."""
        return Composition(self.maps, interval)

    def __call__(self, x: Fraction) -> Fraction:
        for one in self.maps:
            x = one.function(x)
        return x

    @cached_property
    def _final(self) -> tuple[dict[int, int], dict[int, int]]:
        """The kinds of laps and of joints after all maps, with their multiplicities."""
        state: dict[Node, int] = {(LAP, self.start): 1}
        for one, repeats in _runs(self.maps):
            closed = self._closed(one, state) if repeats > LONG_RUN else None
            if closed:
                state = _powered(closed, repeats, state)
                continue
            for _ in range(repeats):
                terms = []
                for node, times in state.items():
                    terms += [(image, times) for image in self._images(one, node)]
                state = tally(terms)
        laps = {kind: times for (sort, kind), times in state.items() if sort == LAP}
        return laps, {kind: times for (sort, kind), times in state.items() if sort == JOINT}

    def _images(self, one: Map, node: Node) -> list[Node]:
        """The kinds of laps and joints that a map makes of one, each as often as it makes it."""
        flow = self._flow[id(one)]
        if node not in flow:
            sort, kind = node
            if sort == LAP:
                parts = self.parts(one, kind)
                laps, joints = [part.image for part in parts], [part.joint for part in parts]
            else:
                laps, joints = [], [self._move(one, kind)]
            flow[node] = [(LAP, lap) for lap in laps]
            flow[node] += [(JOINT, joint) for joint in joints if joint is not None]
        return flow[node]

    def _closed(self, one: Map, state: dict[Node, int]) -> dict[Node, list[Node]] | None:
        """The images of all kinds that repeating a map ever makes of these; None if they are many.

        If they are few, many repetitions are one power of a matrix.
        """
        images: dict[Node, list[Node]] = {}
        waiting = list(state)
        while waiting:
            node = waiting.pop()
            if node not in images:
                images[node] = self._images(one, node)
                waiting += images[node]
            if len(images) > FEW_KINDS:
                return None
        return images

    def parts(self, one: Map, lap: int) -> tuple[Part, ...]:
        """What a map makes of a kind of lap, in order."""
        known = self._parts[id(one)]
        if lap not in known:
            start, end = self.laps.kinds[lap]
            parts = []
            for image, share, slope, joint in _split(one, start, end):
                after = None if joint is None else self.joints.number(joint)
                parts.append(Part(self.laps.number(image), share, slope, after))
            known[lap] = tuple(parts)
        return known[lap]

    def _move(self, one: Map, joint: int) -> int | None:
        value, left, right = self.joints.kinds[joint]
        before = left * one.slope(value, -sign(left))
        after = right * one.slope(value, sign(right))
        image = _scaled(one.function(value), before, after)
        return None if image is None else self.joints.number(image)


class Kinds(Generic[Kind]):
    """Kinds, numbered as they come."""

    def __init__(self) -> None:
        self.kinds: list[Kind] = []
        self._numbers: dict[Kind, int] = {}

    def number(self, kind: Kind) -> int:
        number = self._numbers.get(kind)
        if number is None:
            bounded(len(self.kinds))
            number = self._numbers[kind] = len(self.kinds)
            self.kinds.append(kind)
        return number


def _runs(maps: Sequence[Map]) -> list[tuple[Map, int]]:
    """The maps, each with how often it is repeated."""
    runs: list[tuple[Map, int]] = []
    start = 0
    for i in range(1, len(maps) + 1):
        if i == len(maps) or maps[i] is not maps[start]:
            runs.append((maps[start], i - start))
            start = i
    return runs


def _powered(
    images: dict[Node, list[Node]], repeats: int, state: dict[Node, int]
) -> dict[Node, int]:
    """The state after so many repetitions of a map with these images."""
    from flint import fmpz_mat

    nodes = list(images)
    step = fmpz_mat([[images[node].count(other) for other in nodes] for node in nodes])
    before = fmpz_mat([[state.get(node, 0) for node in nodes]])
    (after,) = (before * step**repeats).tolist()
    return {node: int(times) for node, times in zip(nodes, after, strict=True) if times}


def bounded(kinds: int) -> None:
    if kinds > MOST_KINDS:
        raise OverBudget("", f"more than {MOST_KINDS} kinds of laps: {UNSTRUCTURED}")


def tally(terms: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    """Keys with the sums of their values."""
    total: dict[Any, Any] = {}
    for key, value in terms:
        total[key] = total[key] + value if key in total else value
    return total


def _split(
    one: Map, start: Fraction, end: Fraction
) -> list[tuple[Lap, Fraction, Fraction, Joint | None]]:
    """The parts of a lap: image, share of the length, slope, and the joint after it."""
    if max(start.denominator.bit_length(), end.denominator.bit_length()) > LONGEST:
        raise OverBudget("", f"ends of laps of more than {LONGEST} bits: {UNSTRUCTURED}")
    if start == end:
        value = one.function(start)
        return [((value, value), ONE, ZERO, None)]
    low, high, direction = min(start, end), max(start, end), sign(end - start)
    inside = one.cuts[bisect_right(one.cuts, low) : bisect_left(one.cuts, high)]
    points = [start, *inside[::direction], end]
    images = list(pairwise(map(one.function, points)))
    widths = [q - p for p, q in pairwise(points)]
    slopes = [(v - u) / width for (u, v), width in zip(images, widths, strict=True)]
    joints: list[Joint | None] = []
    for (_, value), (left, right) in zip(images, pairwise(slopes), strict=False):
        joints.append(_scaled(value, direction * left, direction * right))
    shares = [width / (end - start) for width in widths]
    return list(zip(images, shares, slopes, [*joints, None], strict=True))


def _scaled(value: Fraction, left: Fraction, right: Fraction) -> Joint | None:
    """The joint's kind: slopes divided by the size of one of them; None if both are 0, as then
    nothing can part them."""
    size = abs(left) or abs(right)
    return (value, left / size, right / size) if size else None
