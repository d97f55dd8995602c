"""The tables and pictures of the appendix computed here, exactly: piece counts and bounds, the separation, the frontier, timings."""

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import prod
from pathlib import Path
from typing import Any

from ..exact import Interval, PiecewiseLinear, activation_intervals, distance, pieces
from ..files import file_name
from ..kernel.errors import BadInput, DepthproofError, displayed
from ..network.builders import sawtooth
from ..network.load import ending_of, load
from ..network.network import Network
from . import document as d
from . import pictures
from .picture import Picture
from .svg import drawn

UNIT = Interval(Fraction(0), Fraction(1))
QUARTER = Fraction(1, 4)
SHOWN_K = 4
Part = tuple[list[d.Block], dict[str, Picture]]


def figure(picture: Picture, name: str, caption: d.Line, words: str) -> Part:
    safe = file_name(name)
    return [d.Figure(safe, caption, drawn(picture, safe), words)], {safe: picture}


def networks(folder: Path) -> Iterator[tuple[str, Network, PiecewiseLinear]]:
    """The one-input networks of a folder, by name, with their pieces on [0, 1]; files that are none are passed over."""
    for path in sorted(folder.glob("*")):
        if ending_of(path):
            try:
                network = load(path).univariate()
                yield path.stem, network, pieces(network, UNIT)
            except DepthproofError:
                continue


def piece_counts(found: Sequence[tuple[str, Network, PiecewiseLinear]]) -> Part:
    """Pieces and activation intervals on [0, 1], beside the bounds for the widths."""
    rows, drawn_rows = [], []
    for name, network, function in found:
        widths = network.widths
        sharp = prod(width + 1 for width in widths)
        lecture = 2 ** (len(widths) - 1) * (widths[0] + 1) * prod(widths[1:]) if widths else 1
        intervals = activation_intervals(network, UNIT).count
        cells = [name, " ".join(map(str, widths)), str(function.pieces), str(intervals), str(sharp), str(lecture)]
        rows.append([[d.Text(cell, "code" if column == 0 else "plain")] for column, cell in enumerate(cells)])
        drawn_rows.append((name, function.pieces, sharp, lecture))
    caption: d.Line = [d.Text("Networks on [0, 1]: counted exactly, beside the bounds of "), d.Reference("pieces.product"),
                       d.Text(" and "), d.Reference("pieces.lecture"), d.Text(".")]  # fmt: skip
    head = ["network", "hidden widths", "pieces", "activation intervals", "∏ (m_i + 1)", "lecture’s bound"]
    table = d.Table(caption, head, rows, frozenset({2, 3, 4, 5}), (4, 3, 2, 3, 3, 3))
    blocks, images = figure(
        pictures.counts(drawn_rows), "piece-counts", [d.Text("Piece counts against the bounds, on a logarithmic scale.")],
        "For each network a dot at its number of pieces and bars at the two bounds; the table says the numbers.",
    )  # fmt: skip
    return [table, *blocks], images


def separation() -> list[d.Block]:
    """What the theorems say for L = 1 … 6: the deep network's size, the shallow ones' best bound, and the distance between."""
    rows = []
    for depth in range(1, 7):
        most = max(prod(width + 1 for width in widths) for widths in _even(depth, 2**depth))
        for k in (depth**2 + 2, 2 * depth**2 + 2):
            bound = QUARTER * (1 - Fraction(most, 2**k))
            cells = [str(depth), str(2**depth), str(k), str(2 * k), str(most), _short(bound), _cut(bound, 6)]
            rows.append([[d.Text(cell)] for cell in cells])
    caption: d.Line = [
        d.Prose("Networks of depth at most L with at most 2^L nodes, however trained, against the deep network Δ^k, from "),
        d.Reference("separation.sharp.network"), d.Text(": most pieces over all widths, and what the distance is at least."),
    ]  # fmt: skip
    head = ["L", "nodes of g", "k", "nodes of Δ^k", "pieces of g ≤", "∫|Δ^k − g| ≥", "decimal"]
    return [d.Table(caption, head, rows, frozenset(range(7)), (1, 2, 1, 2, 3, 5, 3))]


def _even(depth: int, nodes: int) -> Iterator[tuple[int, ...]]:
    """For each number of layers, the nodes as even as possible: the widths with the greatest ∏ (m_i + 1)."""
    for layers in range(1, min(depth, nodes) + 1):
        low, rest = divmod(nodes, layers)
        yield (low + 1,) * rest + (low,) * (layers - rest)


def _cut(value: Fraction, digits: int) -> str:
    """The first decimals of a number that is not negative, cut, with … where it goes on."""
    whole, rest = divmod(value.numerator * 10**digits, value.denominator)
    return f"{whole // 10**digits}.{whole % 10**digits:0{digits}d}{'…' if rest else ''}"


def _short(value: Fraction) -> str:
    return str(value) if len(str(value)) <= 24 else f"a fraction of {len(str(value))} characters"


_LOWER_BY = {"cells": "separation.frontier", "boxes": "separation.frontier.continuous"}


def frontier(path: Path) -> Part:
    """The table of the least errors, from its file; nothing if there is none."""
    try:
        rows = list(map(_frontier_row, json.loads(path.read_bytes())["rows"]))
    except (OSError, ValueError, KeyError, TypeError, ZeroDivisionError):
        return [], {}
    lines: list[list[d.Line]] = [
        [
            *(d.text(cell) for cell in (str(row["k"]), str(row["pieces"]), _cut(row["lower"], 8), _cut(row["upper"], 8))),
            [d.Reference(row["by"])],
        ]
        for row in rows
        if 2 <= row["k"] <= 4
    ]
    caption: d.Line = [
        d.Prose(
            "The least ∫|Δ^k − g| over continuous g with p pieces. Above: the exact distance of a network. Below: by the theorem named, "
            "with its grade; separation.frontier and separation.frontier.continuous take paths that were computed exactly, unchecked."
        )
    ]
    head = ["k", "pieces of g", "at least", "attained", "lower end by"]
    table = d.Table(caption, head, lines, frozenset(range(4)), (1, 2, 3, 3, 5))
    words = "Error against pieces for k = 3, 4, 5, 6: narrow bands that fall from ¼ to 0 almost in straight lines."
    text = d.text("Error against pieces: for each k the band between the lower end (dashed) and the attained upper end.")
    blocks, images = figure(pictures.frontier(rows, (3, 4, 5, 6)), "frontier", text, words)
    return [*blocks, table], images


def _frontier_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with the better of its lower ends, and the theorem that gives it."""
    ends = [(Fraction(row["lower"]), _LOWER_BY.get(row["by"], str(row["by"])))]
    ends += [(Fraction(row["boxes"]), _LOWER_BY["boxes"])] if row.get("boxes") is not None else []
    lower, by = max(ends)
    return {"k": int(row["k"]), "pieces": int(row["pieces"]), "lower": lower, "upper": Fraction(row["upper"]), "by": by}


def functions(found: Sequence[tuple[str, Network, PiecewiseLinear]]) -> Part:
    """Three pictures: half triangles with the network nearest to Δ^4, activation patterns of the one with most pieces, and its narrowest
    piece."""
    blocks: list[d.Block] = []
    images: dict[str, Picture] = {}
    f = pieces(sawtooth(SHOWN_K), UNIT)
    few = [item for item in found if item[2].pieces < f.pieces] or list(found)
    name, _, g = min(few, key=lambda item: distance(item[1], sawtooth(SHOWN_K), UNIT).low)
    wide = max(found, key=lambda item: item[2].pieces)
    window, width = pictures.narrowest(wide[2])
    for picture, title, caption, words in (
        (pictures.graphs([(f"Δ^{SHOWN_K}", f), (name, g)], half_triangles=True), "half-triangles",
         f"Δ^{SHOWN_K} and the trained network {name} over it; the half triangles above and below ½ are shaded as on the slides.",
         f"A zigzag with {f.pieces} pieces between 0 and 1, and a network with {g.pieces} pieces that misses most of its teeth."),
        (pictures.patterns(wide[0], wide[2], activation_intervals(wide[1], UNIT)), "patterns",
         f"The network {wide[0]}: breakpoints as dots, stripes coloured by activation pattern (neighbours differ; colours repeat).",
         f"A function with {wide[2].pieces} pieces over {activation_intervals(wide[1], UNIT).count} stripes."),
        (pictures.patterns(wide[0], wide[2].on(window), activation_intervals(wide[1], window)), "narrowest",
         f"The same around its narrowest piece, which is {float(width):.3e} wide.",
         "A window eleven times as wide as the narrowest piece."),
    ):  # fmt: skip
        more, pictured = figure(picture, title, [d.Prose(caption)], words)
        blocks += more
        images |= pictured
    return blocks, images


def benchmarks(path: Path) -> list[d.Block]:
    """Recorded timings, as bench/run.py --json writes them. Raises `BadInput` for another file."""
    try:
        found = json.loads(path.read_bytes())
        lines: list[list[d.Line]] = [
            [
                d.text(" ".join(str(row[key]) for key in ("network", "weights") if key in row)),
                d.text(str(row["pieces"])),
                d.text(", ".join(f"{name} {1000 * took:.2f} ms" for name, took in row["seconds"].items())),
            ]
            for row in [*found["counts"], *found["functions"]]
        ]
        it = found["machine"]
        machine = f"{it['processor']}, {it['cores']} cores, Python {it['python']}"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        place = displayed(str(path))[1:-1]
        raise BadInput(place, "expected timings that bench/run.py --json wrote, found another file") from None
    return [d.Table(d.text(f"Recorded timings, on {machine}."), ["network", "pieces", "time"], lines, frozenset({1}), (3, 2, 7))]
