"""Pictures of piecewise-linear functions, drawn from their exact breakpoints: nothing is sampled."""

import unicodedata
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..exact import PiecewiseLinear
from ..kernel.errors import BadInput, displayed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = ("#1b5e9c", "#c2410c", "#15803d", "#7e22ce", "#a16207", "#0e7490")
FORMATS = (".svg", ".png", ".pdf")
MOST_MARKERS = 400
HALF = Fraction(1, 2)


def plot(functions: Sequence[tuple[str, PiecewiseLinear]], path: Path, half_triangles: bool = False) -> None:
    """Draws the named functions on one pair of axes and writes .svg, .png or .pdf, by the path's ending; the same input, the same bytes.
    Breakpoints are dots. Two functions: the area between them is shaded and its exact size said. `half_triangles`: the parts of the first
    function above and below 1/2 are shaded, as on the slides. Raises `BadInput` if matplotlib is missing or the file cannot be written."""
    if path.suffix.lower() not in FORMATS:
        raise BadInput(displayed(str(path)), f"expected a name ending in {', '.join(FORMATS)}, found {displayed(path.suffix)}")
    figure, axes = _axes()
    if half_triangles:
        _shade_half_triangles(axes, functions[0][1])
    elif len(functions) == 2:
        _shade_between(axes, functions[0][1], functions[1][1])
    for (name, function), colour in zip(functions, COLOURS * (1 + len(functions) // len(COLOURS)), strict=False):
        dots = "o" if function.pieces <= MOST_MARKERS else None
        label = f"{_plain(name)}: {function.pieces} piece{'s' * (function.pieces != 1)}"
        axes.plot(*_floats(function), color=colour, linewidth=1.4, marker=dots, markersize=2.6, label=label)
    if len(functions) == 2:
        axes.set_title(f"∫|f − g| = {_about((functions[0][1] - functions[1][1]).l1())}", fontsize=10)
    axes.margins(x=0.01)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.08), ncols=min(3, len(functions)), frameon=False, fontsize=9)
    _write(figure, path)


def _axes() -> tuple[Any, "Axes"]:
    try:
        import matplotlib
    except ImportError:
        raise BadInput("", "matplotlib is missing: pip install 'depthproof[report]'") from None
    matplotlib.use("Agg")
    matplotlib.rcParams.update({"svg.hashsalt": "depthproof", "text.parse_math": False, "font.family": "DejaVu Sans"})
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4.2), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color="#00000018", linewidth=0.6)
    axes.set_axisbelow(True)
    return figure, axes


def _floats(function: PiecewiseLinear) -> tuple[list[float], list[float]]:
    return [float(x) for x in function.breakpoints], [float(y) for y in function.values]


def _shade_between(axes: "Axes", f: PiecewiseLinear, g: PiecewiseLinear) -> None:
    points = sorted({*f.breakpoints, *g.breakpoints, *_met(f - g, Fraction(0))})
    x, low, high = ([float(value) for value in values] for values in (points, map(f, points), map(g, points)))
    axes.fill_between(x, low, high, color="#c2410c", alpha=0.14, linewidth=0)


def _shade_half_triangles(axes: "Axes", f: PiecewiseLinear) -> None:
    points = sorted({*f.breakpoints, *_met(f, HALF)})
    for a, b in pairwise(points):
        above = f((a + b) / 2) > HALF
        axes.fill_between([float(a), float(b)], [float(f(a)), float(f(b))], 0.5, color="#1b5e9c" if above else "#0e7490", alpha=0.3, linewidth=0)
    axes.axhline(0.5, color="#00000070", linewidth=0.8, linestyle="--")


def _met(f: PiecewiseLinear, level: Fraction) -> Iterator[Fraction]:
    """The places where the graph crosses the level."""
    for first, last in f.crossings(level).crossed:
        yield from (first, last)


def _about(value: Fraction) -> str:
    return str(value) if len(str(value)) <= 16 else f"{float(value):.8f}…"


def _plain(name: str) -> str:
    """A name that a reader can trust: control, format and direction characters are shown as their numbers."""
    return "".join(c if unicodedata.category(c)[0] not in "CZ" or c == " " else f"\\u{ord(c):04x}" for c in name)[:60]


def _write(figure: Any, path: Path) -> None:
    metadata = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}, ".png": {"Software": None}}[path.suffix.lower()]
    try:
        figure.savefig(path, dpi=160, metadata=metadata)
    except OSError as error:
        raise BadInput(displayed(str(path)), f"cannot be written: {(error.strerror or str(error)).lower()}") from None
