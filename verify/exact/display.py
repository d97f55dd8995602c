"""What is shown in a notebook: functions as LaTeX cases and as a small drawing with axes,
distances. Display only; floats may appear here."""

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from .distance import Distance
    from .piecewise_linear import PiecewiseLinear

MOST_CASES = 12
MOST_DRAWN = 2000
LONGEST_NUMERAL = 40
WIDTH, HEIGHT, MARGIN = 300, 120, 10


def latex(function: "PiecewiseLinear") -> str:
    """The function as LaTeX cases; only its count of pieces, if there are more than MOST_CASES."""
    merged = function.merged()
    if merged.pieces > MOST_CASES:
        low, high = _latex(merged.breakpoints[0]), _latex(merged.breakpoints[-1])
        return rf"$\text{{{merged.pieces} affine pieces on }}[{low}, {high}]$"
    rows = []
    for i, slope in enumerate(merged.slopes):
        a, b = merged.breakpoints[i : i + 2]
        constant = merged.values[i] - slope * a
        sign = "-" if constant < 0 else "+"
        line = rf"{_latex(slope)}\,x {sign} {_latex(abs(constant))}"
        rows.append(rf"{line} & {_latex(a)} \le x \le {_latex(b)}")
    return r"$\begin{cases}" + r"\\".join(rows) + r"\end{cases}$"


def html(function: "PiecewiseLinear") -> str:
    """A drawing in SVG with its axes (at most MOST_DRAWN breakpoints of it), and a line with the
    counts."""
    merged = function.merged()
    low, high = merged.breakpoints[0], merged.breakpoints[-1]
    bottom, top = merged.minimum.value, merged.maximum.value
    line = f'<polyline points="{_points(merged)}" fill="none" stroke="#1b5e9c" stroke-width="1.5"/>'
    drawing = framed(
        line, (WIDTH, HEIGHT), (_mark(low), _mark(high)), (_mark(bottom), _mark(top))
    )
    counts = f"{merged.pieces} affine pieces on [{_short(low)}, {_short(high)}]"
    values = f"values {_short(bottom)} to {_short(top)}"
    return f"<div>{drawing}<p>{counts}, {values}</p></div>"


def _points(merged: "PiecewiseLinear") -> str:
    """The breakpoints in the drawing's units."""
    low, high = merged.breakpoints[0], merged.breakpoints[-1]
    bottom, top = merged.minimum.value, merged.maximum.value
    step = max(1, len(merged.values) // MOST_DRAWN)
    shown = [*range(0, len(merged.values) - 1, step), len(merged.values) - 1]
    across = [float(WIDTH * (merged.breakpoints[i] - low) / (high - low)) for i in shown]
    down = [float(HEIGHT * (top - merged.values[i]) / ((top - bottom) or 1)) for i in shown]
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in zip(across, down, strict=True))


def framed(
    drawing: str, size: tuple[int, int], across: tuple[str, str], up: tuple[str, str]
) -> str:
    """An SVG drawing of this size with a horizontal and a vertical axis, whose ends are named."""
    width, height = size
    axes = f'<path d="M0 0V{height}H{width}" fill="none" stroke="#888888"/>'
    names = [
        (0, height + 14, "start", across[0]),
        (width, height + 14, "end", across[1]),
        (-6, height, "end", up[0]),
        (-6, 9, "end", up[1]),
    ]
    texts = "".join(
        f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'
        for x, y, anchor, text in names
    )
    left = MARGIN + 6 * max(len(text) for text in up)
    box = f"{-left} -6 {left + width + 6} {height + 26}"
    style = 'font-size="11" font-family="sans-serif" fill="#666666"'
    names_and_axes = f"{axes}<g {style}>{texts}</g>"
    return f'<svg viewBox="{box}" width="{left + width + 6}">{names_and_axes}{drawing}</svg>'


def distance(found: "Distance") -> str:
    """A distance, exactly, or the two ends between which it is; and where a greatest one is
    attained."""
    if found.value is None:
        text = f"between {float(found.low):.12g} and {float(found.high):.12g}, certified"
    else:
        text = f"{_short(found.value)} ≈ {float(found.value):.12g}"
    place = "" if found.at is None else f", at {escape(str(found.at))}"
    return f"<p>distance {text}{place}</p>"


def _latex(value: "Fraction") -> str:
    if len(_short(value)) > LONGEST_NUMERAL or "≈" in _short(value):
        return rf"{float(value):.6g}\ldots"
    if value.denominator == 1:
        return f"{value.numerator}"
    sign = "-" if value < 0 else ""
    return rf"{sign}\tfrac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def _mark(value: "Fraction") -> str:
    """A number beside an axis."""
    return str(value) if len(_short(value)) <= 10 else f"≈ {float(value):.4g}"


def _short(value: "Fraction") -> str:
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    return str(value) if bits <= 3 * LONGEST_NUMERAL else f"≈ {float(value):.6g}"
