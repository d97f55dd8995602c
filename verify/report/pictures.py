"""The pictures of functions and tables, made from exact data: nothing is sampled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ..exact import ActivationIntervals, Interval, PiecewiseLinear
from .picture import Area, Axis, Curve, Dots, Element, Level, Picture, Place, Stripe, marks

HALF = Fraction(1, 2)
MOST_DOTS = 400


def graphs(
    functions: Sequence[tuple[str, PiecewiseLinear]], half_triangles: bool = False, title: str = ""
) -> Picture:
    """Functions over one interval, by name, breakpoints as dots.

    Of two, the area between is shaded, and its exact size is the title unless there is one. With `half_triangles` the
    parts of the first above and below 1/2 are shaded instead, as on the slides.

    >>> from verify import pieces, sawtooth
    >>> tent = pieces(sawtooth(1), Interval(Fraction(0), Fraction(1)))
    >>> graphs([("f", tent), ("g", tent)]).title
    '∫|f − g| = 0'
    """
    elements: list[Element] = []
    first = functions[0][1]
    if half_triangles:
        elements += _half_triangles(first)
    elif len(functions) == 2:
        second = functions[1][1]
        elements.append(_between(first, second))
        title = title or f"∫|f − g| = {_about((first - second).l1())}"
    for number, (name, function) in enumerate(functions):
        plural = "piece" if function.pieces == 1 else "pieces"
        elements.append(_curve(function, number, f"{name[:60]}: {function.pieces} {plural}"))
    low = min(function.minimum.value for _, function in functions)
    high = max(function.maximum.value for _, function in functions)
    return Picture(title, _across(first.interval), _up(low, high), elements)


def patterns(name: str, function: PiecewiseLinear, active: ActivationIntervals) -> Picture:
    """A function over stripes, one for each activation interval. The same activation pattern has the same colour.

    >>> from verify import activation_intervals, pieces, sawtooth
    >>> unit = Interval(Fraction(0), Fraction(1))
    >>> active = activation_intervals(sawtooth(1), unit)
    >>> patterns("f", pieces(sawtooth(1), unit), active).elements[-1].label
    'f: 2 pieces, 2 activation intervals, 2 patterns'
    """
    colours: dict[tuple[bool, ...], int] = {}
    elements: list[Element] = []
    for (low, high), pattern in zip(pairwise(active.endpoints), active.patterns, strict=True):
        colour = colours.setdefault(pattern, len(colours))
        elements.append(Stripe(low, high, colour))
    counted = f"{function.pieces} pieces, {active.count} activation intervals, {len(colours)} patterns"
    elements.append(_curve(function, 0, f"{name[:60]}: {counted}"))
    up = _up(function.minimum.value, function.maximum.value)
    return Picture("", _across(function.interval), up, elements)


def _curve(function: PiecewiseLinear, colour: int, label: str) -> Curve:
    places = tuple(zip(function.breakpoints, function.values, strict=True))
    return Curve(places, colour, label, dots=function.pieces <= MOST_DOTS)


def narrowest(function: PiecewiseLinear) -> tuple[Interval, Fraction]:
    """A window around the narrowest piece, and that piece's width.

    The window is eleven times as wide, and within the function's interval.

    >>> from verify import pieces, sawtooth
    >>> narrowest(pieces(sawtooth(5), Interval(Fraction(0), Fraction(1))))
    (Interval(low=Fraction(0, 1), high=Fraction(3, 16)), Fraction(1, 32))
    """
    low, high = min(pairwise(function.breakpoints), key=lambda piece: piece[1] - piece[0])
    whole, width = function.interval, high - low
    return Interval(max(whole.low, low - 5 * width), min(whole.high, high + 5 * width)), width


def _across(interval: Interval) -> Axis:
    return Axis("x", interval.low, interval.high, _fine(interval))


def _fine(interval: Interval) -> list[tuple[Fraction, str]]:
    """Marks on the interval; on a very narrow one its ends, in ten digits, which is enough to find the place."""
    width = interval.high - interval.low
    if width > Fraction(1, 1000):
        return marks(interval.low, interval.high)
    inner = [interval.low + width / 8, interval.high - width / 8]
    return [(x, f"≈ {float(x):.10g}") for x in inner]


def _up(low: Fraction, high: Fraction) -> Axis:
    """The y axis for values between these."""
    if high == low:
        margin = Fraction(1, 20)
        return Axis("", low - margin, high + margin, [(low, str(low)[:8])])
    margin = (high - low) / 20
    return Axis("", low - margin, high + margin, marks(low, high))


def _crossings(f: PiecewiseLinear, height: Fraction) -> list[Fraction]:
    """The ends of all places where the function crosses the height."""
    found = list[Fraction]()
    for place in f.crossings(height).crossed:
        found += place
    return found


def _graph(f: PiecewiseLinear, points: Sequence[Fraction]) -> list[Place]:
    return [(x, f(x)) for x in points]


def _between(f: PiecewiseLinear, g: PiecewiseLinear) -> Area:
    """The area between two functions."""
    met = _crossings(f - g, Fraction(0))
    points = sorted({*f.breakpoints, *g.breakpoints, *met})
    return Area([*_graph(f, points), *reversed(_graph(g, points))], 1)


def _half_triangles(f: PiecewiseLinear) -> list[Element]:
    """The areas between the function and 1/2; the first above and the first below are named."""
    elements: list[Element] = []
    labels = {True: "half triangles above ½", False: "half triangles below ½"}
    ends = sorted({f.breakpoints[0], f.breakpoints[-1], *_crossings(f, HALF)})
    for a, b in pairwise(ends):
        is_above = f((a + b) / 2) > HALF
        inside = [x for x in f.breakpoints if a < x < b]
        places = [(a, HALF), *_graph(f, [a, *inside, b]), (b, HALF)]
        colour = 0 if is_above else 5
        elements.append(Area(places, colour, labels.pop(is_above, "")))
    return [*elements, Level(HALF)]


def _about(value: Fraction) -> str:
    """A number as it is, or its first decimals where it is long."""
    return str(value) if len(str(value)) <= 16 else f"{float(value):.8f}…"


def frontier(rows: Sequence[Mapping[str, Any]], depths: Sequence[int]) -> Picture:
    """Error against pieces: for each k the band between the certified lower end and the attained upper end of e(k, p).

    >>> row = {"k": 3, "pieces": 2, "lower": "0", "upper": "1/4"}
    >>> frontier([row], [3]).elements[1].label
    'k = 3: attained'
    """
    elements: list[Element] = []
    most = 1
    for colour, k in enumerate(depths):
        mine = [row for row in rows if row["k"] == k]
        most = max(most, *(row["pieces"] for row in mine))
        lower = [(Fraction(row["pieces"]), Fraction(row["lower"])) for row in mine]
        upper = [(Fraction(row["pieces"]), Fraction(row["upper"])) for row in mine]
        elements.append(Area([*lower, *reversed(upper)], colour))
        elements.append(Curve(upper, colour, f"k = {k}: attained", dots=len(mine) < 20))
        elements.append(Curve(lower, colour, dashed=True))
    across = Axis("pieces of g", Fraction(1), Fraction(most), marks(Fraction(1), Fraction(most), 8))
    up = Axis("∫|Δᵏ − g|", Fraction(0), Fraction(13, 50), marks(Fraction(0), Fraction(1, 4), 5))
    return Picture("", across, up, elements)


@dataclass(frozen=True)
class Count:
    """A network's pieces, and two bounds for its widths: the product of widths + 1, and the lecture's."""

    name: str
    pieces: int
    product: int
    lecture: int


def counts(rows: Sequence[Count]) -> Picture:
    """Pieces of networks against the bounds for their widths, on a logarithmic scale.

    >>> [label for _, label in counts([Count("tent", 2, 3, 3)]).y.marks]
    ['10⁰', '10¹']
    """
    elements = [
        Dots(_beside([row.lecture for row in rows]), 1, "the lecture’s bound", "_"),
        Dots(_beside([row.product for row in rows]), 2, "the product of widths + 1", "_"),
        Dots(_beside([row.pieces for row in rows]), 0, "pieces, counted exactly"),
    ]
    digits = len(str(max(row.lecture for row in rows)))
    step = digits // 8 + 1  # so that there are at most eight marks
    powers = [(Fraction(10**i), _power(i)) for i in range(0, digits + 1, step)]
    up = Axis("pieces", Fraction(1), Fraction(10**digits), powers, logarithmic=True)
    names = [(Fraction(number), row.name[:16]) for number, row in enumerate(rows)]
    across = Axis("", -HALF, len(rows) - HALF, names)
    return Picture("", across, up, elements)


def _beside(heights: Sequence[int]) -> list[Place]:
    """A place at each height, one beside the other."""
    return [(Fraction(number), Fraction(height)) for number, height in enumerate(heights)]


def _power(exponent: int) -> str:
    """A power of ten with the exponent raised."""
    return "10" + "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(exponent))
