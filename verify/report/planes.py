"""Pictures of networks with two inputs: the cells of the exact complex in colour, level lines over them."""

import colorsys
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ..exact.cells import Box, Complex
from ..kernel.errors import BadInput, OverBudget
from .escape import plain
from .figures import saved, styled

MOST_DRAWN = 50_000
THICK = 2_000  # with more cells the lines between them are left out
GOLDEN = 0.61803398875
INK = "#111111"


def drawn(
    found: Complex,
    ending: str,
    colours: str = "map",
    levels: Sequence[Fraction] = (),
    labels: Sequence[str] = ("x1", "x2"),
    held: str = "",
) -> bytes:
    """A complex on a box in the plane, as the bytes of a picture.

    Cells with one affine map (`colours` "map"), or with one activation pattern ("pattern"), have one colour. `held`:
    the other inputs with their values, if it is a slice ("x3 = 1/2"), for the title. Raises `BadInput` for another
    domain, `OverBudget` for too many cells.

    >>> from verify.network.builders import random_network
    >>> drawn(Complex(random_network([3], 0, inputs=2), Box.cube(0, 1, 2)), ".pdf")[:5]
    b'%PDF-'
    """
    if not isinstance(found.domain, Box) or found.dimension != 2:
        what = f"expected a box in the plane to draw, found {found.domain}"
        raise BadInput("", f"{what}; hold the other inputs with --fix I=Q")
    if found.regions > MOST_DRAWN:
        raise OverBudget("", f"{found.regions} cells; at most {MOST_DRAWN} are drawn")
    with styled():
        from matplotlib.figure import Figure

        figure = Figure(figsize=(7, 7), layout="constrained")
        axes = figure.subplots()
        _draw(axes, found, colours, levels)
        axes.set_xlabel(plain(labels[0]), fontsize=10)
        axes.set_ylabel(plain(labels[1]), fontsize=10)
        title = _title(found, colours)
        if held:
            title += f", where {held}"
        axes.set_title(plain(title), fontsize=10)
        return saved(figure, ending)


def _title(found: Complex, colours: str) -> str:
    if colours == "map":
        return f"{found.regions} activation regions, {found.affine} affine maps"
    return f"{found.regions} activation regions, {found.regions} activation patterns, each a colour"


def _draw(axes: Any, found: Complex, colours: str, levels: Sequence[Fraction]) -> None:
    _draw_cells(axes, found, colours)
    for number, height in enumerate(levels):
        _draw_level(axes, found, height, ("-", "--", ":", "-.")[number % 4])
    across, up = found.domain.sides  # type: ignore[union-attr]
    axes.set_xlim(float(across.low), float(across.high))
    axes.set_ylim(float(up.low), float(up.high))
    if levels:
        below = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.08)}
        axes.legend(**below, ncols=4, frameon=False, fontsize=9)


def _draw_cells(axes: Any, found: Complex, colours: str) -> None:
    from matplotlib.collections import PolyCollection

    points = [_floats(point) for point in found.points]
    polygons = []
    for cell in found.cells():
        polygons.append([points[vertex] for vertex in cell])
    numbers = found.maps.number.tolist() if colours == "map" else range(found.regions)
    fills = [colour(number) for number in numbers]
    lines: dict[str, Any] = {"edgecolors": "#ffffff", "linewidths": 0.5}
    if found.regions > THICK:
        lines = {"edgecolors": fills, "linewidths": 0.1}
    axes.add_collection(PolyCollection(polygons, facecolors=fills, **lines))


def _draw_level(axes: Any, found: Complex, height: Fraction, style: str) -> None:
    """Where the function has this value: lines, and cells on which it is constant. With a line in the legend."""
    from matplotlib.collections import LineCollection

    at = found.level(height)
    lines = [list(map(_floats, face)) for face in at.faces]
    axes.add_collection(LineCollection(lines, colors=INK, linewidths=1.2, linestyles=style))
    for cell in at.cells:
        across, up = [float(x) for x, _ in cell], [float(y) for _, y in cell]
        axes.fill(across, up, color=INK, alpha=0.35, linewidth=0)
    is_somewhere = lines or at.cells
    label = f"f = {height}" if is_somewhere else f"f = {height}: nowhere"
    axes.plot([], [], color=INK, linestyle=style, label=plain(label))


def _floats(point: Sequence[Fraction]) -> tuple[float, ...]:
    return tuple(map(float, point))


def colour(number: int) -> str:
    """A light colour for each number, far from that of its neighbours.

    >>> colour(0), colour(1)
    ('#79aad8', '#c6d879')
    """
    hue = (0.58 + number * GOLDEN) % 1.0
    lightness = (0.66, 0.76, 0.86)[number // 3 % 3]
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, 0.55)
    return f"#{round(255 * red):02x}{round(255 * green):02x}{round(255 * blue):02x}"
