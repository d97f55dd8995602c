"""Pictures of networks with two inputs: the cells of the exact complex in colour, level lines over
them."""

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


def drawn(
    found: Complex,
    ending: str,
    colours: str = "map",
    levels: Sequence[Fraction] = (),
    labels: Sequence[str] = ("x1", "x2"),
) -> bytes:
    """A complex on a box in the plane, as the bytes of a picture: cells with one affine map
    (colours "map"), or with one activation pattern ("pattern"), have one colour. Raises `BadInput`
    for another domain, `OverBudget` for too many cells."""
    if not isinstance(found.domain, Box) or found.dimension != 2:
        raise BadInput(
            "",
            f"expected a box in the plane to draw, found {found.domain}; "
            "hold the other inputs with --fix I=Q",
        )
    if found.regions > MOST_DRAWN:
        raise OverBudget("", f"{found.regions} cells; at most {MOST_DRAWN} are drawn")
    with styled():
        from matplotlib.figure import Figure

        figure = Figure(figsize=(7, 7), layout="constrained")
        axes = figure.subplots()
        _draw(axes, found, colours, levels)
        axes.set_xlabel(plain(labels[0]), fontsize=10)
        axes.set_ylabel(plain(labels[1]), fontsize=10)
        axes.set_title(plain(_title(found, colours)), fontsize=10)
        return saved(figure, ending)


def _title(found: Complex, colours: str) -> str:
    counted = (
        f"{found.affine} affine maps"
        if colours == "map"
        else f"{found.regions} activation patterns, each a colour"
    )
    return f"{found.regions} activation regions, {counted}"


def _draw(axes: Any, found: Complex, colours: str, levels: Sequence[Fraction]) -> None:
    from matplotlib.collections import LineCollection, PolyCollection

    places = [tuple(map(float, point)) for point in found.points]
    numbers = found.maps.number.tolist() if colours == "map" else range(found.regions)
    polygons = [[places[vertex] for vertex in cell] for cell in found.cells()]
    width = 0.5 if found.regions <= THICK else 0.0
    fills = [colour(number) for number in numbers]
    axes.add_collection(
        PolyCollection(
            polygons,
            facecolors=fills,
            edgecolors="#ffffff" if width else fills,
            linewidths=width or 0.1,
        )
    )
    for number, height in enumerate(levels):
        style = ("-", "--", ":", "-.")[number % 4]
        at = found.level(height)
        lines = [[tuple(map(float, point)) for point in face] for face in at.faces]
        axes.add_collection(
            LineCollection(lines, colors="#111111", linewidths=1.2, linestyles=style)
        )
        for cell in at.cells:
            axes.fill(
                [float(x) for x, _ in cell],
                [float(y) for _, y in cell],
                color="#111111",
                alpha=0.35,
                linewidth=0,
            )
        axes.plot(
            [],
            [],
            color="#111111",
            linestyle=style,
            label=plain(f"f = {height}" if lines or at.cells else f"f = {height}: nowhere"),
        )
    across, up = found.domain.sides  # type: ignore[union-attr]
    axes.set_xlim(float(across.low), float(across.high))
    axes.set_ylim(float(up.low), float(up.high))
    if levels:
        axes.legend(
            loc="upper center", bbox_to_anchor=(0.5, -0.08), ncols=4, frameon=False, fontsize=9
        )


def colour(number: int) -> str:
    """A light colour for each number, far from that of its neighbours."""
    hue = (0.58 + number * GOLDEN) % 1.0
    red, green, blue = colorsys.hls_to_rgb(hue, 0.76 + 0.1 * ((number // 3) % 3 - 1), 0.55)
    return f"#{round(255 * red):02x}{round(255 * green):02x}{round(255 * blue):02x}"
