"""Pictures as files, by matplotlib: .svg, .png and .pdf, the same bytes for the same picture."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .. import extras
from ..kernel.errors import BadInput, displayed
from . import graph
from . import picture as p
from .escape import plain, printable
from .graph_layout import HIGH, WIDE, Route
from .recheck import Entry

COLOURS = ("#1b5e9c", "#c2410c", "#15803d", "#7e22ce", "#a16207", "#0e7490")
FORMATS = (".svg", ".png", ".pdf")
GREY = "#57534e"
TONES = {  # of each grade: of a border, of a fill
    "KERNEL": ("#15703a", "#dff3e4"),
    "COQ": ("#1b5e9c", "#dcebfa"),
    "CHECKED": ("#0f766e", "#d9f3ef"),
    "SOLVER": ("#7e22ce", "#efe2fb"),
    "INSTANCES": ("#9a5b00", "#fdf0d5"),
    "CITED": ("#57534e", "#eceae7"),
    "OPEN": ("#6b6660", "#ffffff"),
}
_METADATA: dict[str, dict[str, Any]] = {  # without what would differ from run to run
    ".svg": {"Date": None},
    ".pdf": {"CreationDate": None},
    ".png": {"Software": None},
}
_STYLE: dict[Any, Any] = {"svg.hashsalt": "depthproof", "text.parse_math": False, "font.family": "DejaVu Sans"}


def save(picture: p.Picture, path: Path) -> None:
    """Writes the picture, by the path's ending. Raises as `write` does."""
    write(path, lambda ending: drawn(picture, ending))


def write(path: Path, made: Callable[[str], bytes]) -> None:
    """Writes what is made for the path's ending, whole or not at all.

    Raises `BadInput` if matplotlib is missing or the file cannot be written.
    """
    from ..files import write_bytes

    write_bytes(path, made(_ending(path)))


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in FORMATS:
        wanted = f"expected a name ending in {', '.join(FORMATS)}"
        raise BadInput(displayed(str(path)), f"{wanted}, found {displayed(path.suffix)}")
    return ending


def drawn(picture: p.Picture, ending: str) -> bytes:
    """The bytes of the file with this ending.

    >>> from verify import plot
    >>> plot("sawtooth:3").drawn(".pdf")[:5]
    b'%PDF-'
    """
    with styled():
        from matplotlib.figure import Figure

        figure = Figure(figsize=(8, 8 * (picture.height + 30) / 720), layout="constrained")
        axes = figure.subplots()
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", color="#00000018", linewidth=0.6)
        axes.set_axisbelow(True)
        for element in picture.elements:
            _draw(axes, element)
        _finish(axes, picture)
        return saved(figure, ending)


@contextmanager
def styled() -> Iterator[None]:
    """Within it matplotlib draws in our style. Raises `BadInput` where it is missing."""
    extras.need("matplotlib", "report", "drawing")
    import matplotlib

    matplotlib.use("Agg")
    with matplotlib.rc_context(_STYLE):
        yield


def saved(figure: Any, ending: str) -> bytes:
    """A figure of matplotlib's as the bytes of a file with this ending."""
    out = io.BytesIO()
    figure.savefig(out, format=ending[1:], dpi=160, metadata=_METADATA[ending])
    return out.getvalue()


def _finish(axes: Any, picture: p.Picture) -> None:
    """Sets the axes, the title and the legend."""
    for axis, set_scale, set_limits, set_marks, set_label in (
        (picture.x, axes.set_xscale, axes.set_xlim, axes.set_xticks, axes.set_xlabel),
        (picture.y, axes.set_yscale, axes.set_ylim, axes.set_yticks, axes.set_ylabel),
    ):
        if axis.logarithmic:
            set_scale("log")
        set_limits(float(axis.low), float(axis.high))
        places = [float(value) for value, _ in axis.marks]
        labels = [plain(text) for _, text in axis.marks]
        set_marks(places, labels, fontsize=9)
        set_label(plain(axis.label), fontsize=10)
    axes.minorticks_off()
    if picture.title:
        axes.set_title(plain(picture.title), fontsize=10)
    if axes.get_legend_handles_labels()[1]:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=3, frameon=False, fontsize=9)



def _draw(axes: Any, element: p.Element) -> None:
    if isinstance(element, p.Level):
        axes.axhline(float(element.height), color="#00000070", linewidth=0.8, linestyle="--")
        return
    colour = COLOURS[element.colour % len(COLOURS)]
    if isinstance(element, p.Stripe):
        axes.axvspan(float(element.low), float(element.high), color=colour, alpha=0.22, linewidth=0)
        return
    across, up = [float(x) for x, _ in element.places], [float(y) for _, y in element.places]
    style: dict[str, Any] = {"color": colour, "label": plain(element.label) or None}
    if isinstance(element, p.Area):
        axes.fill(across, up, alpha=0.25, linewidth=0, **style)
    elif isinstance(element, p.Dots) and element.mark == "_":
        axes.plot(across, up, "_", markersize=14, markeredgewidth=2.4, **style)
    elif isinstance(element, p.Dots):
        axes.plot(across, up, element.mark, markersize=4, **style)
    else:
        style["linestyle"] = "--" if element.dashed else "-"
        if element.dots:
            style |= {"marker": "o", "markersize": 2.6}
        axes.plot(across, up, linewidth=1.4, **style)



def graph_drawn(entries: Sequence[Entry], ending: str = ".pdf") -> bytes:
    """The graph of theorems, as on the page but without links."""
    plan = graph.plan(entries)
    with styled():
        from matplotlib.figure import Figure

        figure = Figure(figsize=(plan.width / 100, plan.height / 100))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, plan.width)
        axes.set_ylim(plan.height, 0)
        for route in plan.routes:
            _arrow(axes, route)
        for box in plan.boxes:
            _box(axes, box)
        return saved(figure, ending)


def _arrow(axes: Any, route: Route) -> None:
    from matplotlib.patches import FancyArrowPatch

    line: dict[str, Any] = {"color": GREY, "linewidth": 0.8}
    axes.plot([x for x, _ in route], [y for _, y in route], **line)
    tip: dict[str, Any] = {"arrowstyle": "-|>", "mutation_scale": 9, "shrinkA": 0, "shrinkB": 0}
    axes.add_patch(FancyArrowPatch(route[-2], route[-1], **tip, **line))


def _box(axes: Any, box: graph.Frame) -> None:
    """A theorem: the border's colour is its own grade's, the fill's that of all that it rests on too."""
    from matplotlib.patches import FancyBboxPatch

    x, y = box.place
    style: dict[str, Any] = {"edgecolor": TONES[box.own][0], "facecolor": TONES[box.support][1], "linewidth": 1.6}
    if box.state:
        style["linestyle"] = "--"
    if box.hatched:
        style["hatch"] = "//"
    corner = "round,pad=0,rounding_size=5"
    axes.add_patch(FancyBboxPatch((x, y), WIDE, HIGH, corner, **style))
    small = {"fontsize": 6.4, "color": GREY}
    axes.text(x + 9, y + 16, printable(box.first), **small)
    axes.text(x + WIDE - 8, y + 16, printable(box.tag), ha="right", **small)
    axes.text(x + 9, y + 32, printable(box.rest), fontsize=7.6)
