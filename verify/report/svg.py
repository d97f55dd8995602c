"""A picture as inline SVG: no script, colours of the page's theme, the same bytes for the same picture."""

from fractions import Fraction
from math import log10

from .escape import html
from .picture import Area, Axis, Curve, Dots, Layer, Level, Picture, Place, Stripe

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 720, 56, 14, 30, 44
COLOURS = 6
_ROW = 18


def drawn(picture: Picture, name: str) -> str:
    """The picture as one SVG element; `name` makes the ids in it its own."""
    legend = _legend(picture)
    height = picture.height + _ROW * _legend_rows(picture)
    x = _Scale(picture.x, LEFT, WIDTH - RIGHT)
    y = _Scale(picture.y, picture.height - BOTTOM, TOP)
    inner = f'width="{WIDTH - LEFT - RIGHT}" height="{picture.height - TOP - BOTTOM}"'
    parts = [f'<clipPath id="{name}-in"><rect x="{LEFT}" y="{TOP}" {inner}/></clipPath>']
    parts.append(_axes(picture, x, y))
    parts.append(f'<g clip-path="url(#{name}-in)">{"".join(_layer(layer, x, y, picture.height) for layer in picture.layers)}</g>')
    parts.append(legend)
    return f'<svg class="picture" viewBox="0 0 {WIDTH} {height}" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'


class _Scale:
    """From exact numbers to places in the drawing."""

    def __init__(self, axis: Axis, start: int, end: int) -> None:
        self.axis, self.start, self.end = axis, start, end
        self.low, self.high = self._flat(axis.low), self._flat(axis.high)

    def _flat(self, value: Fraction) -> float:
        return log10(value) if self.axis.logarithmic else float(value)

    def __call__(self, value: Fraction) -> str:
        share = (self._flat(value) - self.low) / ((self.high - self.low) or 1)
        return f"{self.start + share * (self.end - self.start):.2f}".rstrip("0").rstrip(".")


def _axes(picture: Picture, x: _Scale, y: _Scale) -> str:
    floor, middle = picture.height - BOTTOM, (picture.height - BOTTOM + TOP) // 2
    parts = []
    for value, label in picture.y.marks:
        at = y(value)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at}" y2="{at}"/>')
        parts.append(f'<text x="{LEFT - 7}" y="{at}" dy=".35em" text-anchor="end">{html(label)}</text>')
    for value, label in picture.x.marks:
        at = x(value)
        parts.append(f'<line class="axis" x1="{at}" x2="{at}" y1="{floor}" y2="{floor + 4}"/>')
        parts.append(f'<text x="{at}" y="{floor + 17}" text-anchor="middle">{html(label)}</text>')
    parts.append(f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{floor}" y2="{floor}"/>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) // 2}" y="{floor + 35}" text-anchor="middle">{html(picture.x.label)}</text>')
    parts.append(f'<text class="title" x="{LEFT}" y="16">{html(picture.title)}</text>')
    if picture.y.label:
        parts.append(f'<text transform="translate(13 {middle}) rotate(-90)" text-anchor="middle">{html(picture.y.label)}</text>')
    return "".join(parts)


def _layer(layer: Layer, x: _Scale, y: _Scale, height: int) -> str:
    if isinstance(layer, Stripe):
        left, right = x(layer.low), x(layer.high)
        size = f'width="{float(right) - float(left):.2f}" height="{height - TOP - BOTTOM}"'
        return f'<rect class="f{layer.colour % COLOURS} stripe" x="{left}" y="{TOP}" {size}/>'
    if isinstance(layer, Level):
        return f'<line class="level" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(layer.height)}" y2="{y(layer.height)}"/>'
    if isinstance(layer, Area):
        return f'<polygon class="f{layer.colour % COLOURS} area" points="{_points(layer.places, x, y)}"/>'
    if isinstance(layer, Dots):
        return "".join(_dot(place, layer.colour, layer.mark, x, y) for place in layer.places)
    dashes = ' stroke-dasharray="5 4"' if layer.dashed else ""
    line = f'<polyline class="s{layer.colour % COLOURS}"{dashes} points="{_points(layer.places, x, y)}"/>'
    return line + ("".join(_dot(place, layer.colour, "o", x, y) for place in layer.places) if layer.dots else "")


def _points(places: object, x: _Scale, y: _Scale) -> str:
    return " ".join(f"{x(a)},{y(b)}" for a, b in places)  # type: ignore[attr-defined]


def _dot(place: Place, colour: int, mark: str, x: _Scale, y: _Scale) -> str:
    across, down = x(place[0]), y(place[1])
    if mark == "_":
        return f'<rect class="f{colour % COLOURS}" x="{float(across) - 13:.2f}" y="{float(down) - 1.5:.2f}" width="26" height="3"/>'
    return f'<circle class="f{colour % COLOURS}" cx="{across}" cy="{down}" r="2.4"/>'


def _labelled(picture: Picture) -> list[Curve | Dots | Area]:
    return [layer for layer in picture.layers if isinstance(layer, Curve | Dots | Area) and layer.label]


def _legend_rows(picture: Picture) -> int:
    count = len(_labelled(picture))
    return -(-count // _columns(picture)) if count else 0


def _columns(picture: Picture) -> int:
    longest = max((len(layer.label) for layer in _labelled(picture)), default=1)
    return max(1, (WIDTH - LEFT) // (longest * 7 + 30))


def _legend(picture: Picture) -> str:
    columns = _columns(picture)
    wide = (WIDTH - LEFT) // columns
    parts = []
    for number, layer in enumerate(_labelled(picture)):
        left, top = LEFT + number % columns * wide, picture.height + number // columns * _ROW + 6
        kind = "area" if isinstance(layer, Area) else ""
        parts.append(f'<rect class="f{layer.colour % COLOURS} {kind}" x="{left}" y="{top - 6}" width="14" height="{9 if kind else 3}"/>')
        parts.append(f'<text x="{left + 20}" y="{top}">{html(layer.label)}</text>')
    return "".join(parts)
