"""The pictures of functions and tables, made from exact data: nothing is sampled."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ..exact import ActivationIntervals, Interval, PiecewiseLinear
from .picture import Area, Axis, Curve, Dots, Layer, Level, Picture, Stripe, marks

HALF = Fraction(1, 2)
MOST_DOTS = 400


def graphs(functions: Sequence[tuple[str, PiecewiseLinear]], half_triangles: bool = False, title: str = "") -> Picture:
    """Functions over one interval, breakpoints as dots. Of two, the area between is shaded and its exact size said; with `half_triangles`
    the parts of the first above and below 1/2 are shaded instead, as on the slides."""
    layers: list[Layer] = []
    if half_triangles:
        layers += _half_triangles(functions[0][1])
    elif len(functions) == 2:
        layers += _between(functions[0][1], functions[1][1])
        title = title or f"∫|f − g| = {_about((functions[0][1] - functions[1][1]).l1())}"
    for number, (name, function) in enumerate(functions):
        places = tuple(zip(function.breakpoints, function.values, strict=True))
        label = f"{name[:60]}: {function.pieces} piece{'s' * (function.pieces != 1)}"
        layers.append(Curve(places, number, label, dots=function.pieces <= MOST_DOTS))
    low = min(function.minimum.value for _, function in functions)
    high = max(function.maximum.value for _, function in functions)
    return Picture(title, _across(functions[0][1].interval), _up(low, high), layers)


def patterns(name: str, function: PiecewiseLinear, active: ActivationIntervals) -> Picture:
    """A function over stripes, one for each activation interval, coloured by its activation pattern: the same pattern, the same colour."""
    colours: dict[tuple[bool, ...], int] = {}
    layers: list[Layer] = []
    for (low, high), pattern in zip(pairwise(active.endpoints), active.patterns, strict=True):
        layers.append(Stripe(low, high, colours.setdefault(pattern, len(colours))))
    places = tuple(zip(function.breakpoints, function.values, strict=True))
    label = f"{name[:60]}: {function.pieces} pieces, {active.count} activation intervals, {len(colours)} patterns"
    layers.append(Curve(places, 0, label, dots=function.pieces <= MOST_DOTS))
    return Picture("", _across(function.interval), _up(function.minimum.value, function.maximum.value), layers)


def narrowest(function: PiecewiseLinear) -> tuple[Interval, Fraction]:
    """A window around the narrowest piece, eleven times as wide, within the function's interval; and the piece's width."""
    low, high = min(pairwise(function.breakpoints), key=lambda pair: pair[1] - pair[0])
    whole, width = function.interval, high - low
    return Interval(max(whole.low, low - 5 * width), min(whole.high, high + 5 * width)), width


def _across(interval: Interval) -> Axis:
    return Axis("x", interval.low, interval.high, _fine(interval))


def _fine(interval: Interval) -> list[tuple[Fraction, str]]:
    """Marks on the interval; on a very narrow one its ends, in eight decimals, which is enough to find the place."""
    if interval.high - interval.low > Fraction(1, 1000):
        return marks(interval.low, interval.high)
    inner = [interval.low + (interval.high - interval.low) * i / 8 for i in (1, 7)]
    return [(x, f"≈ {float(x):.10g}") for x in inner]


def _up(low: Fraction, high: Fraction) -> Axis:
    margin = ((high - low) or Fraction(1)) / 20
    return Axis("", low - margin, high + margin, marks(low, high) if high > low else [(low, str(low)[:8])])


def _between(f: PiecewiseLinear, g: PiecewiseLinear) -> list[Layer]:
    met = [x for place in (f - g).crossings(Fraction(0)).crossed for x in place]
    points = sorted({*f.breakpoints, *g.breakpoints, *met})
    return [Area([*((x, f(x)) for x in points), *((x, g(x)) for x in reversed(points))], 1)]


def _half_triangles(f: PiecewiseLinear) -> list[Layer]:
    met = [x for place in f.crossings(HALF).crossed for x in place]
    layers: list[Layer] = []
    named: set[bool] = set()
    for a, b in _runs(sorted({f.breakpoints[0], f.breakpoints[-1], *met})):
        above = f((a + b) / 2) > HALF
        inside = [x for x in f.breakpoints if a < x < b]
        label = "" if above in named else "half triangles above ½" if above else "half triangles below ½"
        named.add(above)
        layers.append(Area([(a, HALF), *((x, f(x)) for x in (a, *inside, b)), (b, HALF)], 0 if above else 5, label))
    return [*layers, Level(HALF)]


def _runs(points: list[Fraction]) -> list[tuple[Fraction, Fraction]]:
    return list(pairwise(points))


def _about(value: Fraction) -> str:
    return str(value) if len(str(value)) <= 16 else f"{float(value):.8f}…"


def frontier(rows: Sequence[Mapping[str, Any]], depths: Sequence[int]) -> Picture:
    """Error against pieces: for each k the band between the certified lower end and the attained upper end of e(k, p)."""
    layers: list[Layer] = []
    most = 1
    for colour, k in enumerate(depths):
        mine = [row for row in rows if row["k"] == k]
        most = max(most, *(row["pieces"] for row in mine))
        lower = [(Fraction(row["pieces"]), Fraction(row["lower"])) for row in mine]
        upper = [(Fraction(row["pieces"]), Fraction(row["upper"])) for row in mine]
        layers.append(Area([*lower, *reversed(upper)], colour))
        layers.append(Curve(upper, colour, f"k = {k}: attained", dots=len(mine) < 20))
        layers.append(Curve(lower, colour, dashed=True))
    width = Axis("pieces of g", Fraction(1), Fraction(most), marks(Fraction(1), Fraction(most), 8))
    return Picture("", width, Axis("∫|Δᵏ − g|", Fraction(0), Fraction(13, 50), marks(Fraction(0), Fraction(1, 4), 5)), layers)


def counts(rows: Sequence[tuple[str, int, int, int]]) -> Picture:
    """Pieces of networks against the bounds for their widths: (name, pieces, sharp bound, the lecture's bound), on a logarithmic scale."""
    at = [Fraction(number) for number in range(len(rows))]
    layers: list[Layer] = [
        Dots([(x, Fraction(row[3])) for x, row in zip(at, rows, strict=True)], 1, "the lecture’s bound", "_"),
        Dots([(x, Fraction(row[2])) for x, row in zip(at, rows, strict=True)], 2, "the product of widths + 1", "_"),
        Dots([(x, Fraction(row[1])) for x, row in zip(at, rows, strict=True)], 0, "pieces, counted exactly"),
    ]
    highest = max(row[3] for row in rows)
    tens = [10**i for i in range(len(str(highest)) + 1)]
    step = -(-len(tens) // 8)
    up = Axis(
        "pieces", Fraction(1), Fraction(tens[-1]), [(Fraction(ten), _power(i)) for i, ten in enumerate(tens)][::step], logarithmic=True
    )
    across = Axis("", Fraction(-1, 2), Fraction(len(rows)) - HALF, [(x, row[0][:16]) for x, row in zip(at, rows, strict=True)])
    return Picture("", across, up, layers)


def _power(exponent: int) -> str:
    return "10" + "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(exponent))
