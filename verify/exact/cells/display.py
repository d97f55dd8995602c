"""A complex shown in a notebook: in the plane a drawing of the cells, one colour for each affine
map; elsewhere the counts. Display only: floats may appear here."""

from html import escape
from typing import TYPE_CHECKING

from ..display import framed
from .domains import Box

if TYPE_CHECKING:
    from .complex import Complex

MOST_DRAWN = 3_000
SIDE = 300


def html(found: "Complex") -> str:
    """The counts and, in the plane, a drawing."""
    network = found.network
    counts = f"{found.regions} activation regions"
    if network.output_size == 1:
        counts += f", {found.open_connected} pieces, {found.affine} affine maps"
    drawing = _drawing(found) if _drawn(found) else ""
    return f"<div>{drawing}<p>{counts} on {escape(str(found.domain))}</p></div>"


def _drawn(found: "Complex") -> bool:
    return isinstance(found.domain, Box) and found.dimension == 2 and found.regions <= MOST_DRAWN


def _drawing(found: "Complex") -> str:
    across, up = found.domain.sides  # type: ignore[union-attr]
    places = []
    for x, y in found.points:
        left, down = (
            (x - across.low) / (across.high - across.low),
            (up.high - y) / (up.high - up.low),
        )
        places.append(f"{float(SIDE * left):.2f},{float(SIDE * down):.2f}")
    shapes = []
    for cell, number in zip(found.cells(), found.maps.number.tolist(), strict=True):
        points = " ".join(places[vertex] for vertex in cell)
        shapes.append(
            f'<polygon points="{points}" fill="hsl({(number * 137.508) % 360:.1f} 55% 68%)"/>'
        )
    cells = f'<g stroke="white" stroke-width="0.4">{"".join(shapes)}</g>'
    ends = [(str(side.low), str(side.high)) for side in (across, up)]
    return framed(cells, (SIDE, SIDE), ends[0], ends[1])
