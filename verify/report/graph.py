"""The graph of theorems as SVG: what rests on what, from left to right; border and fill say how well.

`graph_layout` says where each box is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx

from ..theorem import Grade
from .escape import anchor, html
from .graph_layout import HIGH, WIDE, Point, Route, laid_out
from .recheck import Entry

_LETTERS = {
    "KERNEL": "K",
    "COQ": "C",
    "CHECKED": "P",
    "SOLVER": "S",
    "INSTANCES": "I",
    "CITED": "L",
    "OPEN": "O",
}
_TIP = (
    '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0L8 4L0 8z"/></marker>'
)
_HATCH = (
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0V6"/></pattern>'
)


@dataclass(frozen=True)
class Frame:
    """One theorem in the drawing. `hatched`: it would be better but for what it rests on, which is open."""

    name: str
    place: Point
    own: str
    support: str
    state: str
    refuted: bool
    hatched: bool

    @property
    def first(self) -> str:
        """The small line: the section."""
        section, dot, _ = self.name.partition(".")
        return _cut(section, 18) if dot else ""

    @property
    def rest(self) -> str:
        """The large line: the rest of the name."""
        section, _, rest = self.name.partition(".")
        return _cut(rest or section, 23)

    @property
    def tag(self) -> str:
        """Its state and the letters of its grades, such as "stale K/C"."""
        words = ["×"] if self.refuted else []
        if self.state:
            words.append(self.state)
        letters = _LETTERS[self.own]
        if self.own != self.support:
            letters += f"/{_LETTERS[self.support]}"
        return " ".join([*words, letters])


@dataclass(frozen=True)
class Plan:
    """What is drawn, and how large."""

    boxes: list[Frame]
    routes: list[Route]
    width: int
    height: int


def plan(entries: Sequence[Entry]) -> Plan:
    """The drawing of these theorems.

    >>> plan([]).boxes
    []
    """
    graph = networkx.DiGraph()
    graph.add_nodes_from(entry.name for entry in entries)
    for entry in entries:
        graph.add_edges_from((support, entry.name) for support in entry.facts["rests_on"])
    layout = laid_out(graph)
    boxes = [_box(entry, layout.places[entry.name]) for entry in entries]
    routes = [layout.route(a, b) for a, b in sorted(graph.edges)]
    return Plan(boxes, routes, layout.width, layout.height)


def _box(entry: Entry, place: Point) -> Frame:
    own, support = entry.own, entry.support
    rests_on_open = support == Grade.OPEN and own != Grade.OPEN
    return Frame(entry.name, place, own.name, support.name, entry.state, entry.refuted, rests_on_open)


def drawn(entries: Sequence[Entry]) -> str:
    """The SVG; each theorem is a link to its section.

    >>> drawn([]).startswith('<svg class="graph"')
    True
    """
    found = plan(entries)
    label = (
        f"Graph of {len(found.boxes)} theorems; {len(found.routes)} arrows say what rests on what. "
        "Each is a link to its statement."
    )
    edges, nodes = "".join(map(_edge, found.routes)), "".join(map(_node, found.boxes))
    return (
        f'<svg class="graph" viewBox="0 0 {found.width} {found.height}" role="group" aria-label="{html(label)}">'
        f"<defs>{_TIP}{_HATCH}</defs>{edges}{nodes}</svg>"
    )


def _edge(route: Route) -> str:
    """An arrow: straight through the lanes, bent between them."""
    x, y = route[0]
    path = f"M{x} {y}"
    for (x, y), (u, v) in pairwise(route):
        bend = max(20, (u - x) // 2)
        is_last = (u, v) == route[-1]
        end = u - 1 if is_last else u
        if v == y:
            path += f"L{u} {v}"
        else:
            path += f"C{x + bend} {y} {u - bend} {v} {end} {v}"
    return f'<path class="edge" d="{path}" marker-end="url(#tip)"/>'


def _node(box: Frame) -> str:
    x, y = box.place
    kinds = f"node own-{box.own} all-{box.support}"
    said = [f"{box.name}: own evidence {box.own}", f"with what it rests on {box.support}"]
    over = ""
    if box.refuted:
        said.append("refuted")
    if box.state:
        kinds += " broken"
        said.append(box.state)
    if box.hatched:
        kinds += " hatched"
        said.append("rests on something open")
        over = f'<rect class="hatch" x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="5"/>'
    spoken = html(", ".join(said))
    return (
        f'<a href="#{anchor(box.name)}" class="{kinds}" aria-label="{spoken}"><title>{spoken}</title>'
        f'<rect class="box" x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="5"/>{over}'
        f'<text class="small" x="{x + 9}" y="{y + 16}">{html(box.first)}</text>'
        f'<text class="small" x="{x + WIDE - 8}" y="{y + 16}" text-anchor="end">{html(box.tag)}</text>'
        f'<text x="{x + 9}" y="{y + 32}">{html(box.rest)}</text></a>'
    )


def _cut(text: str, most: int) -> str:
    """The text; of a longer one the beginning, with …"""
    return text if len(text) <= most else text[: most - 1] + "…"
