"""A picture as inline SVG: no script, colours of the page's theme, the same bytes for the same picture."""

from fractions import Fraction
from math import log10

from .escape import html
from .picture import Area, Axis, Curve, Dots, Element, Level, Picture, Place, Stripe

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 720, 56, 14, 30, 44
COLOURS = 6
_ROW = 18  # the height of a row of the legend


def drawn(picture: Picture, name: str) -> str:
    """The picture as one SVG element; `name` makes the ids in it its own.

    >>> axis = Axis("", Fraction(0), Fraction(1))
    >>> drawn(Picture("", axis, axis, []), "empty")[:20]
    '<svg class="picture"'
    """
    height = picture.height + _ROW * _legend_rows(picture)
    x = _Scale(picture.x, LEFT, WIDTH - RIGHT)
    y = _Scale(picture.y, picture.height - BOTTOM, TOP)
    size = f'width="{WIDTH - LEFT - RIGHT}" height="{picture.height - TOP - BOTTOM}"'
    clip = f'<clipPath id="{name}-in"><rect x="{LEFT}" y="{TOP}" {size}/></clipPath>'
    elements = "".join(_element(it, x, y, picture.height) for it in picture.elements)
    inside = f'<g clip-path="url(#{name}-in)">{elements}</g>'
    return (
        f'<svg class="picture" viewBox="0 0 {WIDTH} {height}" aria-hidden="true" focusable="false">'
        f"{clip}{_axes(picture, x, y)}{inside}{_legend(picture)}</svg>"
    )


class _Scale:
    """From exact numbers to places in the drawing."""

    def __init__(self, axis: Axis, start: int, end: int) -> None:
        self.axis, self.start, self.end = axis, start, end
        self.low, self.high = self._flat(axis.low), self._flat(axis.high)

    def _flat(self, value: Fraction) -> float:
        return log10(value) if self.axis.logarithmic else float(value)

    def __call__(self, value: Fraction) -> str:
        span = (self.high - self.low) or 1
        share = (self._flat(value) - self.low) / span
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
    across, label = (LEFT + WIDTH - RIGHT) // 2, html(picture.x.label)
    parts.append(f'<text x="{across}" y="{floor + 35}" text-anchor="middle">{label}</text>')
    parts.append(f'<text class="title" x="{LEFT}" y="16">{html(picture.title)}</text>')
    if picture.y.label:
        turned, label = f"translate(13 {middle}) rotate(-90)", html(picture.y.label)
        parts.append(f'<text transform="{turned}" text-anchor="middle">{label}</text>')
    return "".join(parts)


def _element(element: Element, x: _Scale, y: _Scale, height: int) -> str:
    if isinstance(element, Level):
        at = y(element.height)
        return f'<line class="level" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at}" y2="{at}"/>'
    colour = element.colour % COLOURS
    if isinstance(element, Stripe):
        left, right = x(element.low), x(element.high)
        size = f'width="{float(right) - float(left):.2f}" height="{height - TOP - BOTTOM}"'
        return f'<rect class="f{colour} stripe" x="{left}" y="{TOP}" {size}/>'
    if isinstance(element, Dots):
        return "".join(_dot(place, colour, element.mark, x, y) for place in element.places)
    points = " ".join(f"{x(a)},{y(b)}" for a, b in element.places)
    if isinstance(element, Area):
        return f'<polygon class="f{colour} area" points="{points}"/>'
    dashes = ' stroke-dasharray="5 4"' if element.dashed else ""
    line = f'<polyline class="s{colour}"{dashes} points="{points}"/>'
    if not element.dots:
        return line
    return line + "".join(_dot(place, colour, "o", x, y) for place in element.places)


def _dot(place: Place, colour: int, mark: str, x: _Scale, y: _Scale) -> str:
    """A circle, or for the mark _ a short bar."""
    across, down = x(place[0]), y(place[1])
    if mark == "_":
        left, top = f"{float(across) - 13:.2f}", f"{float(down) - 1.5:.2f}"
        return f'<rect class="f{colour}" x="{left}" y="{top}" width="26" height="3"/>'
    return f'<circle class="f{colour}" cx="{across}" cy="{down}" r="2.4"/>'


def _labelled(picture: Picture) -> list[Curve | Dots | Area]:
    """What the legend names."""
    return [it for it in picture.elements if isinstance(it, Curve | Dots | Area) and it.label]


def _legend_rows(picture: Picture) -> int:
    return -(-len(_labelled(picture)) // _columns(picture))


def _columns(picture: Picture) -> int:
    """How many labels fit beside each other."""
    longest = max((len(it.label) for it in _labelled(picture)), default=1)
    return max(1, (WIDTH - LEFT) // (longest * 7 + 30))


def _legend(picture: Picture) -> str:
    columns = _columns(picture)
    wide = (WIDTH - LEFT) // columns
    parts = []
    for number, it in enumerate(_labelled(picture)):
        row, column = divmod(number, columns)
        left, top = LEFT + column * wide, picture.height + row * _ROW + 6
        kind, high = ("area", 9) if isinstance(it, Area) else ("", 3)
        colour = it.colour % COLOURS
        parts.append(f'<rect class="f{colour} {kind}" x="{left}" y="{top - 6}" width="14" height="{high}"/>')
        parts.append(f'<text x="{left + 20}" y="{top}">{html(it.label)}</text>')
    return "".join(parts)
