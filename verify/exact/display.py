"""Piecewise-linear functions shown in a notebook: LaTeX cases, and a small drawing with the count. Display only; floats may
appear here."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from .piecewise_linear import PiecewiseLinear

MOST_CASES = 12
MOST_DRAWN = 2000
LONGEST_NUMERAL = 40


def latex(function: "PiecewiseLinear") -> str:
    """The function as LaTeX cases; only its count of pieces, if there are more than MOST_CASES."""
    merged = function.merged()
    if merged.pieces > MOST_CASES:
        return rf"$\text{{{merged.pieces} affine pieces on }}[{_latex(merged.breakpoints[0])}, {_latex(merged.breakpoints[-1])}]$"
    rows = []
    for i, slope in enumerate(merged.slopes):
        a, b = merged.breakpoints[i : i + 2]
        constant = merged.values[i] - slope * a
        sign = "-" if constant < 0 else "+"
        rows.append(rf"{_latex(slope)}\,x {sign} {_latex(abs(constant))} & {_latex(a)} \le x \le {_latex(b)}")
    return r"$\begin{cases}" + r"\\".join(rows) + r"\end{cases}$"


def html(function: "PiecewiseLinear") -> str:
    """A drawing in SVG (at most MOST_DRAWN breakpoints of it) and a line with the counts."""
    merged = function.merged()
    step = max(1, len(merged.values) // MOST_DRAWN)
    shown = [*range(0, len(merged.values) - 1, step), len(merged.values) - 1]
    low, high = merged.breakpoints[0], merged.breakpoints[-1]
    bottom, top = merged.minimum.value, merged.maximum.value
    height = (top - bottom) or 1
    across = [float(300 * (merged.breakpoints[i] - low) / (high - low)) for i in shown]
    down = [float(120 - 120 * (merged.values[i] - bottom) / height) for i in shown]
    points = " ".join(f"{x:.2f},{y:.2f}" for x, y in zip(across, down, strict=True))
    drawing = f'<svg viewBox="-5 -5 310 130" width="310"><polyline points="{points}" fill="none" stroke="currentColor"/></svg>'
    counts = f"{merged.pieces} affine pieces on [{_short(low)}, {_short(high)}], values {_short(bottom)} to {_short(top)}"
    return f"<div>{drawing}<p>{counts}</p></div>"


def _latex(value: "Fraction") -> str:
    if len(_short(value)) > LONGEST_NUMERAL or "≈" in _short(value):
        return rf"{float(value):.6g}\ldots"
    sign = "-" if value < 0 else ""
    return f"{value.numerator}" if value.denominator == 1 else rf"{sign}\tfrac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def _short(value: "Fraction") -> str:
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    return str(value) if bits <= 3 * LONGEST_NUMERAL else f"≈ {float(value):.6g}"
