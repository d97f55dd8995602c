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
from .recheck import Entry

COLOURS = ("#1b5e9c", "#c2410c", "#15803d", "#7e22ce", "#a16207", "#0e7490")
FORMATS = (".svg", ".png", ".pdf")
_METADATA: dict[str, dict[str, Any]] = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}, ".png": {"Software": None}}


def save(picture: p.Picture, path: Path) -> None:
    """Writes the picture as .svg, .png or .pdf, by the path's ending. Raises as `write`."""
    write(path, lambda ending: drawn(picture, ending))


def write(path: Path, made: Callable[[str], bytes]) -> None:
    """Writes what is drawn for the path's ending, whole or not at all. Raises `BadInput` if
    matplotlib is missing or the file cannot be written."""
    from ..files import write_bytes

    write_bytes(path, made(_ending(path)))


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise BadInput(displayed(str(path)), f"expected a name ending in {', '.join(FORMATS)}, found {displayed(path.suffix)}")
    return ending


def drawn(picture: p.Picture, ending: str) -> bytes:
    """The bytes of the file."""
    with styled():
        from matplotlib.figure import Figure

        figure = Figure(figsize=(8, 8 * (picture.height + 30) / 720), layout="constrained")
        axes = figure.subplots()
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", color="#00000018", linewidth=0.6)
        axes.set_axisbelow(True)
        for layer in picture.layers:
            _layer(axes, layer)
        _axes(axes, picture)
        return saved(figure, ending)


@contextmanager
def styled() -> Iterator[None]:
    extras.need("matplotlib", "report", "drawing")
    import matplotlib

    matplotlib.use("Agg")
    with matplotlib.rc_context({"svg.hashsalt": "depthproof", "text.parse_math": False, "font.family": "DejaVu Sans"}):
        yield


def saved(figure: Any, ending: str) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format=ending[1:], dpi=160, metadata=_METADATA[ending])
    return out.getvalue()


def _axes(axes: Any, picture: p.Picture) -> None:
    for axis, scale, limits, ticks, label in (
        (picture.x, axes.set_xscale, axes.set_xlim, axes.set_xticks, axes.set_xlabel),
        (picture.y, axes.set_yscale, axes.set_ylim, axes.set_yticks, axes.set_ylabel),
    ):
        if axis.logarithmic:
            scale("log")
        limits(float(axis.low), float(axis.high))
        ticks([float(value) for value, _ in axis.marks], [plain(text) for _, text in axis.marks], fontsize=9)
        label(plain(axis.label), fontsize=10)
    axes.minorticks_off()
    if picture.title:
        axes.set_title(plain(picture.title), fontsize=10)
    if axes.get_legend_handles_labels()[1]:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=3, frameon=False, fontsize=9)


def _layer(axes: Any, layer: p.Layer) -> None:
    if isinstance(layer, p.Level):
        axes.axhline(float(layer.height), color="#00000070", linewidth=0.8, linestyle="--")
        return
    colour = COLOURS[layer.colour % len(COLOURS)]
    if isinstance(layer, p.Stripe):
        axes.axvspan(float(layer.low), float(layer.high), color=colour, alpha=0.22, linewidth=0)
        return
    across, up = [float(x) for x, _ in layer.places], [float(y) for _, y in layer.places]
    label = plain(layer.label) or None
    if isinstance(layer, p.Area):
        axes.fill(across, up, color=colour, alpha=0.25, linewidth=0, label=label)
    elif isinstance(layer, p.Dots):
        size = {"markersize": 14, "markeredgewidth": 2.4} if layer.mark == "_" else {"markersize": 4}
        axes.plot(across, up, layer.mark, color=colour, label=label, **size)
    else:
        dots = {"marker": "o", "markersize": 2.6} if layer.dots else {}
        axes.plot(across, up, color=colour, linewidth=1.4, linestyle="--" if layer.dashed else "-", label=label, **dots)


TONES = {
    "KERNEL": ("#15703a", "#dff3e4"), "COQ": ("#1b5e9c", "#dcebfa"), "CHECKED": ("#0f766e", "#d9f3ef"), "SOLVER": ("#7e22ce", "#efe2fb"),
    "INSTANCES": ("#9a5b00", "#fdf0d5"), "CITED": ("#57534e", "#eceae7"), "OPEN": ("#6b6660", "#ffffff"),
}  # fmt: skip


def graph_drawn(entries: Sequence[Entry], ending: str = ".pdf") -> bytes:
    """The graph of theorems, as on the page but without links."""
    boxes, edges, width, height = graph.plan(entries)
    with styled():
        from matplotlib.figure import Figure
        from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

        figure = Figure(figsize=(width / 100, height / 100))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        for route in edges:
            axes.plot([x for x, _ in route], [y for _, y in route], color="#57534e", linewidth=0.8)
            axes.add_patch(
                FancyArrowPatch(
                    route[-2], route[-1], arrowstyle="-|>", mutation_scale=9, color="#57534e", linewidth=0.8, shrinkA=0, shrinkB=0
                )
            )
        style: dict[str, Any]
        for box in boxes:
            x, y = box.place
            border, fill = TONES[box.own][0], TONES[box.support][1]
            style = {"linestyle": "--" if box.state else "-", "hatch": "//" if box.hatched else None}
            corner = "round,pad=0,rounding_size=5"
            axes.add_patch(FancyBboxPatch((x, y), graph.WIDE, graph.HIGH, corner, edgecolor=border, facecolor=fill, linewidth=1.6, **style))
            axes.text(x + 9, y + 16, printable(box.first), fontsize=6.4, color="#57534e")
            axes.text(x + graph.WIDE - 8, y + 16, printable(box.tag), fontsize=6.4, color="#57534e", ha="right")
            axes.text(x + 9, y + 32, printable(box.rest), fontsize=7.6)
        return saved(figure, ending)
