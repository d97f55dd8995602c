"""The tables and pictures of the appendix that are computed here, exactly: piece counts, the separation, the frontier.

Timings are shown as they were recorded.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from pathlib import Path
from typing import Any

from ..bounds import most_pieces, product_bound, with_one_too_few
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
_LOWER_BY = {"cells": "separation.frontier.table", "boxes": "separation.frontier.table"}


@dataclass(frozen=True)
class Part:
    """Blocks of a document, and the pictures in them by name."""

    blocks: list[d.Block]
    images: dict[str, Picture]


@dataclass(frozen=True)
class Shown:
    """A network with one input by its name, and its function on [0, 1]."""

    name: str
    network: Network
    function: PiecewiseLinear

    def patterns(self, window: Interval) -> Picture:
        """The function over its activation intervals on the window."""
        return pictures.patterns(self.name, self.function.on(window), activation_intervals(self.network, window))


def figure(picture: Picture, name: str, caption: d.Line, words: str) -> Part:
    """The picture as a figure; `words` say what it shows."""
    safe = file_name(name)
    return Part([d.Figure(safe, caption, drawn(picture, safe), words)], {safe: picture})


def networks(folder: Path) -> Iterator[Shown]:
    """The one-input networks of a folder, by name; files that are none are passed over."""
    for path in sorted(folder.glob("*")):
        if ending_of(path):
            try:
                network = load(path).univariate()
                yield Shown(path.stem, network, pieces(network, UNIT))
            except DepthproofError:
                continue


def piece_counts(found: Sequence[Shown]) -> Part:
    """Pieces and activation intervals on [0, 1], beside the bounds for the widths."""
    rows, counts = [], []
    for it in found:
        widths = it.network.widths
        counts.append(pictures.Count(it.name, it.function.pieces, product_bound(widths), _lecture_bound(widths)))
        intervals = activation_intervals(it.network, UNIT).count
        numbers = [counts[-1].pieces, intervals, counts[-1].product, counts[-1].lecture]
        words = [" ".join(map(str, widths)), *map(str, numbers)]
        rows.append([[d.Text(it.name, "code")], *map(d.text, words)])
    caption: d.Line = [
        d.Text("Networks on [0, 1]: counted exactly, beside the bounds of "),
        d.Reference("pieces.product"),
        d.Text(" and "),
        d.Reference("pieces.lecture"),
        d.Text("."),
    ]
    head = ["network", "hidden widths", "pieces", "activation intervals", "∏ (m_i + 1)", "lecture’s bound"]
    table = d.Table(caption, head, rows, frozenset({2, 3, 4, 5}), (4, 3, 2, 3, 3, 3))
    below = d.text("Piece counts against the bounds, on a logarithmic scale.")
    words_for_it = (
        "For each network a dot at its number of pieces and bars at the two bounds; the table says the numbers."
    )
    part = figure(pictures.counts(counts), "piece-counts", below, words_for_it)
    return Part([table, *part.blocks], part.images)


def _lecture_bound(widths: Sequence[int]) -> int:
    """2^(L − 1) (m_1 + 1) m_2 … m_L; 1 without hidden layers."""
    if not widths:
        return 1
    return int(2 ** (len(widths) - 1) * (widths[0] + 1) * prod(widths[1:]))


def separation() -> list[d.Block]:
    """What the theorems say for L = 1 … 6: the deep network's size, the shallow ones' best bound, and the distance.

    >>> (table,) = separation()
    >>> len(table.rows)
    12
    """
    rows = []
    for depth in range(1, 7):
        most = most_pieces(depth, 2**depth)
        for k in (depth**2 + 2, 2 * depth**2 + 2):
            bound = QUARTER * (1 - Fraction(most, 2**k))
            numbers = [str(number) for number in (depth, 2**depth, k, 2 * k, most)]
            rows.append([d.text(cell) for cell in [*numbers, _short(bound), _cut(bound, 6)]])
    caption: d.Line = [
        d.Prose(
            "Networks of depth at most L with at most 2^L nodes, however trained, "
            "against the deep network Δ^k, from "
        ),
        d.Reference("separation.sharp.network"),
        d.Text(": most pieces over all widths, and what the distance is at least."),
    ]
    head = ["L", "nodes of g", "k", "nodes of Δ^k", "pieces of g ≤", "∫|Δ^k − g| ≥", "decimal"]
    return [d.Table(caption, head, rows, frozenset(range(7)), (1, 2, 1, 2, 3, 5, 3))]


def _cut(value: Fraction, digits: int) -> str:
    """The first decimals of a number that is not negative, cut, with … where it goes on."""
    scaled, rest = divmod(value.numerator * 10**digits, value.denominator)
    whole, decimals = divmod(scaled, 10**digits)
    text = f"{whole}.{decimals:0{digits}d}"
    return f"{text}…" if rest else text


def _short(value: Fraction) -> str:
    """A number as it is; of a long one how long."""
    return str(value) if len(str(value)) <= 24 else f"a fraction of {len(str(value))} characters"


def frontier(path: Path) -> Part:
    """The table of the least errors, from its file; nothing if there is none.

    >>> frontier(Path("nowhere")).blocks
    []
    """
    try:
        rows = list(map(_frontier_row, json.loads(path.read_bytes())["rows"]))
    except (OSError, ValueError, KeyError, TypeError, ZeroDivisionError):
        return Part([], {})
    lines = [_frontier_line(row) for row in rows if 2 <= row["k"] <= 4]
    caption = [
        d.Prose(
            "The least ∫|Δ^k − g| over continuous g with p pieces. Above: the exact distance of a network. "
            "Below: by the theorem named, with its grade; separation.frontier.table "
            "takes paths that were computed exactly, unchecked."
        )
    ]
    head = ["k", "pieces of g", "at least", "attained", "lower end by"]
    table = d.Table(caption, head, lines, frozenset(range(4)), (1, 2, 3, 3, 5))
    words = "Error against pieces for k = 3, 4, 5, 6: narrow bands that fall from ¼ to 0 almost in straight lines."
    below = d.text(
        "Error against pieces: for each k the band between the lower end (dashed) and the attained upper end."
    )
    part = figure(pictures.frontier(rows, (3, 4, 5, 6)), "frontier", below, words)
    return Part([*part.blocks, table], part.images)


def _frontier_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with the better of its lower ends, and the theorem that gives it."""
    by = _LOWER_BY.get(row["by"], str(row["by"]))
    best = (Fraction(row["lower"]), by)
    if row.get("boxes") is not None:
        best = max(best, (Fraction(row["boxes"]), _LOWER_BY["boxes"]))
    k, count = int(row["k"]), int(row["pieces"])
    exactly = with_one_too_few(k, count)
    if exactly is not None:
        best = max(best, (exactly, "separation.frontier.last"))
    lower, by = best
    return {"k": k, "pieces": count, "lower": lower, "upper": Fraction(row["upper"]), "by": by}


def _frontier_line(row: Mapping[str, Any]) -> list[d.Line]:
    cells = [str(row["k"]), str(row["pieces"]), _cut(row["lower"], 8), _cut(row["upper"], 8)]
    return [*map(d.text, cells), [d.Reference(row["by"])]]


def functions(found: Sequence[Shown]) -> Part:
    """Three pictures, of the network nearest to Δ^4 and of the one with most pieces."""
    busiest = max(found, key=lambda it: it.function.pieces)
    blocks: list[d.Block] = []
    images: dict[str, Picture] = {}
    for part in (_half_triangles(found), _patterns(busiest), _narrowest(busiest)):
        blocks += part.blocks
        images |= part.images
    return Part(blocks, images)


def _half_triangles(found: Sequence[Shown]) -> Part:
    """Δ^4, and over it the nearest network that has fewer pieces, if there is any."""
    deep = sawtooth(SHOWN_K)
    f = pieces(deep, UNIT)
    fewer = [it for it in found if it.function.pieces < f.pieces]
    nearest = min(fewer or found, key=lambda it: distance(it.network, deep, UNIT).low)
    name, g = nearest.name, nearest.function
    picture = pictures.graphs([(f"Δ^{SHOWN_K}", f), (name, g)], half_triangles=True)
    caption = (
        f"Δ^{SHOWN_K} and the trained network {name} over it; "
        "the half triangles above and below ½ are shaded as on the slides."
    )
    words = (
        f"A zigzag with {f.pieces} pieces between 0 and 1, "
        f"and a network with {g.pieces} pieces that misses most of its teeth."
    )
    return figure(picture, "half-triangles", [d.Prose(caption)], words)


def _patterns(it: Shown) -> Part:
    """A network's activation patterns on [0, 1]."""
    stripes = activation_intervals(it.network, UNIT).count
    caption = (
        f"The network {it.name}: breakpoints as dots, "
        "stripes coloured by activation pattern (neighbours differ; colours repeat)."
    )
    words = f"A function with {it.function.pieces} pieces over {stripes} stripes."
    return figure(it.patterns(UNIT), "patterns", [d.Prose(caption)], words)


def _narrowest(it: Shown) -> Part:
    """The same around the network's narrowest piece."""
    window, width = pictures.narrowest(it.function)
    caption = f"The same around its narrowest piece, which is {float(width):.3e} wide."
    words = "A window eleven times as wide as the narrowest piece."
    return figure(it.patterns(window), "narrowest", [d.Prose(caption)], words)


def benchmarks(path: Path) -> list[d.Block]:
    """Recorded timings, as bench/run.py --json writes them. Raises `BadInput` for another file."""
    try:
        found = json.loads(path.read_bytes())
        lines = [_benchmark(row) for row in [*found["counts"], *found["functions"]]]
        it = found["machine"]
        machine = f"{it['processor']}, {it['cores']} cores, Python {it['python']}"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        place = displayed(str(path))[1:-1]
        raise BadInput(place, "expected timings that bench/run.py --json wrote, found another file") from None
    caption = d.text(f"Recorded timings, on {machine}.")
    return [d.Table(caption, ["network", "pieces", "time"], lines, frozenset({1}), (3, 2, 7))]


def _benchmark(row: Mapping[str, Any]) -> list[d.Line]:
    name = " ".join(str(row[key]) for key in ("network", "weights") if key in row)
    times = ", ".join(f"{name} {1000 * took:.2f} ms" for name, took in row["seconds"].items())
    return [d.text(name), d.text(str(row["pieces"])), d.text(times)]
