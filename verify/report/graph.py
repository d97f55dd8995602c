"""The graph of theorems as SVG: what rests on what, from left to right; border and fill say how well. Laid out here, by layers."""

from collections.abc import Sequence
from dataclasses import dataclass

import networkx

from ..theorem import Grade
from .escape import anchor, html
from .recheck import Entry

WIDE, HIGH, GAP, ROW = 186, 42, 46, 54
COLUMNS = 4
THIN = 14  # a lane's height
_LETTERS = {"KERNEL": "K", "COQ": "C", "CHECKED": "P", "SOLVER": "S", "INSTANCES": "I", "CITED": "L", "OPEN": "O"}

Places = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Box:
    """One theorem in the drawing: its place, its two lines of text, its grades, and what is to be seen of its state."""

    name: str
    place: tuple[int, int]
    own: str
    support: str
    state: str
    refuted: bool
    hatched: bool

    @property
    def first(self) -> str:
        first, dot, _ = self.name.partition(".")
        return _cut(first, 18) if dot else ""

    @property
    def rest(self) -> str:
        first, _, rest = self.name.partition(".")
        return _cut(rest or first, 23)

    @property
    def tag(self) -> str:
        letters = _LETTERS[self.own] if self.own == self.support else f"{_LETTERS[self.own]}/{_LETTERS[self.support]}"
        return ("× " if self.refuted else "") + (f"{self.state} " if self.state else "") + letters


Route = tuple[tuple[int, int], ...]  # from the right side of a box, in and out of the lanes between, to the left side of another
Plan = tuple[list[Box], list[Route], int, int]


def plan(entries: Sequence[Entry]) -> Plan:
    """The boxes, the edges between their places, the width and the height."""
    graph = networkx.DiGraph()
    graph.add_nodes_from(entry.name for entry in entries)
    graph.add_edges_from((support, entry.name) for entry in entries for support in entry.facts["rests_on"])
    places = layout(graph)
    shown = {name: place for name, place in places.items() if not isinstance(name, Lane)}
    width = max([COLUMNS * (WIDE + GAP) - GAP + 24, *(x + WIDE + 12 for x, _ in shown.values())])
    height = max((y for _, y in places.values()), default=0) + HIGH + 12
    routes = [_route(a, b, places) for a, b in sorted(graph.edges)]
    boxes = [
        Box(entry.name, places[entry.name], entry.own.name, entry.support.name, entry.state, entry.refuted,
            entry.support == Grade.OPEN and entry.own != Grade.OPEN)
        for entry in entries
    ]  # fmt: skip
    return boxes, routes, width, height


def _route(a: str, b: str, places: Places) -> Route:
    """From a to b by the lanes that a's arrows have in the columns between."""
    (x, y), (u, v) = places[a], places[b]
    lanes = [places[_lane(a, column)] for column in range(x + WIDE + GAP, u, WIDE + GAP)]
    between = [point for left, top in lanes for point in ((left, top + THIN // 2), (left + WIDE, top + THIN // 2))]
    return ((x + WIDE, y + HIGH // 2), *between, (u, v + HIGH // 2))


class Lane(str):
    """Where the arrows of a theorem pass through a column; told from a theorem's name by its type, whatever that name is."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lane) and str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((Lane, str(self)))


def _lane(name: str, column: int) -> Lane:
    return Lane(f"{column} {name}")


def drawn(entries: Sequence[Entry]) -> str:
    """The SVG; each theorem is a link to its section."""
    boxes, edges, width, height = plan(entries)
    label = f"Graph of {len(boxes)} theorems; {len(edges)} arrows say what rests on what. Each is a link to its statement."
    marker = '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    marker += '<path d="M0 0L8 4L0 8z"/></marker>'
    hatch = (
        '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6"/></pattern>'
    )
    return (
        f'<svg class="graph" viewBox="0 0 {width} {height}" role="group" aria-label="{html(label)}">'
        f"<defs>{marker}{hatch}</defs>{''.join(map(_edge, edges))}{''.join(map(_node, boxes))}</svg>"
    )


def layout(graph: "networkx.DiGraph") -> Places:
    """The upper left corner of each box. Theorems that hang together are layered, in columns by how far they rest on others; a few passes
    put each near the middle of its neighbours. Clusters of two columns stand side by side. The others fill a grid below, by name."""
    places: Places = {}
    lanes = [12, 12]  # how far down the left and the right half of the drawing are used
    clusters = sorted((sorted(part) for part in networkx.weakly_connected_components(graph)), key=lambda part: (-len(part), part))
    layered = [_layers(graph.subgraph(cluster)) for cluster in clusters if len(cluster) > 1]
    for layers in sorted(layered, key=lambda layers: len(layers) <= COLUMNS // 2):
        lane = lanes.index(min(lanes)) if len(layers) <= COLUMNS // 2 else 0
        top = lanes[lane] if len(layers) <= COLUMNS // 2 else max(lanes)
        high = max(sum(map(_high, layer)) for layer in layers)
        for column, layer in enumerate(layers):
            left, down = 12 + (lane * COLUMNS // 2 + column) * (WIDE + GAP), top + (high - sum(map(_high, layer))) // 2
            for name in layer:
                places[_lane(name.partition(" ")[2], left) if isinstance(name, Lane) else name] = (left, down)
                down += _high(name)
        bottom = top + high + 14
        lanes = [bottom, bottom] if len(layers) > COLUMNS // 2 else [bottom if i == lane else used for i, used in enumerate(lanes)]
    alone = sorted(cluster[0] for cluster in clusters if len(cluster) == 1)
    rows = -(-len(alone) // COLUMNS)
    for number, name in enumerate(alone):
        places[name] = (12 + number // rows * (WIDE + GAP), max(lanes) + number % rows * ROW)
    return places


def _high(name: str) -> int:
    return THIN if isinstance(name, Lane) else ROW


def _layers(graph: "networkx.DiGraph") -> list[list[str]]:
    """The theorems by columns, with a lane in each column that the arrows of a theorem pass through."""
    acyclic = networkx.is_directed_acyclic_graph(graph)
    layers = [sorted(layer) for layer in networkx.topological_generations(graph)] if acyclic else [sorted(graph)]
    column = {name: number for number, layer in enumerate(layers) for name in layer}
    whole = networkx.DiGraph()
    whole.add_nodes_from(graph)
    for a, b in sorted(graph.edges):
        lanes = [_lane(a, number) for number in range(column[a] + 1, column[b])]
        networkx.add_path(whole, [a, *lanes, b])
        for number, lane in enumerate(lanes, column[a] + 1):
            if lane not in layers[number]:
                layers[number].append(lane)
    for _ in range(6):
        at = {name: row - len(layer) / 2 for layer in layers for row, name in enumerate(layer)}
        for layer in layers:
            middle = {name: _middle([at[other] for other in networkx.all_neighbors(whole, name)], at[name]) for name in layer}
            layer.sort(key=lambda name: (middle[name], name))
    return layers


def _middle(rows: Sequence[float], own: float) -> float:
    return sum(rows) / len(rows) if rows else own


def _edge(route: Route) -> str:
    (x, y), *rest = route
    path = f"M{x} {y}"
    for u, v in rest:
        bend = max(20, (u - x) // 2)
        path += f"L{u} {v}" if v == y else f"C{x + bend} {y} {u - bend} {v} {u - (rest[-1] == (u, v))} {v}"
        x, y = u, v
    return f'<path class="edge" d="{path}" marker-end="url(#tip)"/>'


def _node(box: Box) -> str:
    x, y = box.place
    marks = [
        *(["refuted"] if box.refuted else []),
        *([box.state] if box.state else []),
        *(["rests on something open"] if box.hatched else []),
    ]
    spoken = html(f"{box.name}: own evidence {box.own}, with what it rests on {box.support}{''.join(', ' + mark for mark in marks)}")
    kinds = f"node own-{box.own} all-{box.support}" + (" broken" if box.state else "") + (" hatched" if box.hatched else "")
    over = f'<rect class="hatch" x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="5"/>' if box.hatched else ""
    return (
        f'<a href="#{anchor(box.name)}" class="{kinds}" aria-label="{spoken}"><title>{spoken}</title>'
        f'<rect class="box" x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="5"/>{over}'
        f'<text class="small" x="{x + 9}" y="{y + 16}">{html(box.first)}</text>'
        f'<text class="small" x="{x + WIDE - 8}" y="{y + 16}" text-anchor="end">{html(box.tag)}</text>'
        f'<text x="{x + 9}" y="{y + 32}">{html(box.rest)}</text></a>'
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
