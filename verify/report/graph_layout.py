"""Where the theorems are in the drawing of their graph, and how arrows get from one to another.

Theorems that hang together are a cluster. It is drawn in columns, each theorem to the right of all
that it rests on. An arrow to a column farther on passes through those between in lanes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import networkx

WIDE, HIGH, GAP, ROW = 186, 42, 46, 54
COLUMNS = 4
HALF = COLUMNS // 2  # a cluster of so many columns takes half of the drawing
THIN = 14  # a lane's height
MARGIN = 12
PASSES = 6

Point = tuple[int, int]
Route = tuple[Point, ...]  # from the right side of a box, in and out of lanes, to the left side of another


@dataclass(frozen=True)
class Lane:
    """Where the arrows of a theorem pass through a column of its cluster."""

    theorem: str
    column: int

    def __str__(self) -> str:
        return f"{self.column} {self.theorem}"


Slot = str | Lane  # what stands in a column: a theorem, or a lane


@dataclass
class Layout:
    """The upper left corner of each theorem's box, and the tops of its lanes by where they begin."""

    places: dict[str, Point] = field(default_factory=dict)
    lanes: dict[tuple[str, int], int] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """What the drawing is wide, with its margins."""
        right = MARGIN + COLUMNS * (WIDE + GAP) - GAP
        for x, _ in self.places.values():
            right = max(right, x + WIDE)
        return right + MARGIN

    @property
    def height(self) -> int:
        """What the drawing is high, with its lower margin."""
        tops = [*self.lanes.values(), *(y for _, y in self.places.values())]
        return max(tops, default=0) + HIGH + MARGIN

    def route(self, a: str, b: str) -> Route:
        """From a to b by the lanes that a's arrows have in the columns between."""
        (x, y), (u, v) = self.places[a], self.places[b]
        points = [(x + WIDE, y + HIGH // 2)]
        for left in range(x + WIDE + GAP, u, WIDE + GAP):
            middle = self.lanes[a, left] + THIN // 2
            points += [(left, middle), (left + WIDE, middle)]
        return (*points, (u, v + HIGH // 2))

    def put(self, columns: Sequence[Sequence[Slot]], left: int, top: int) -> int:
        """Puts the columns of a cluster there, each centred; where the next cluster begins below."""
        high = max(_height(column) for column in columns)
        for column in columns:
            down = top + (high - _height(column)) // 2
            for slot in column:
                if isinstance(slot, Lane):
                    self.lanes[slot.theorem, left] = down
                else:
                    self.places[slot] = (left, down)
                down += _high(slot)
            left += WIDE + GAP
        return top + high + MARGIN + 2

    def put_in_a_grid(self, names: Sequence[str], top: int) -> None:
        """Puts theorems there that are in no cluster: column by column, in as few rows as there can be."""
        rows = -(-len(names) // COLUMNS)
        for number, name in enumerate(names):
            column, row = divmod(number, rows)
            self.places[name] = (MARGIN + column * (WIDE + GAP), top + row * ROW)


def laid_out(graph: "networkx.DiGraph") -> Layout:
    """The layout of the graph: large clusters first, below each other; then those of at most two columns, side by side;
    then the theorems that are in none, by name.

    >>> layout = laid_out(networkx.DiGraph([("a", "b")]))
    >>> layout.places
    {'a': (12, 12), 'b': (244, 12)}
    >>> layout.route("a", "b")
    ((198, 33), (244, 33))
    """
    layout = Layout()
    clusters = [sorted(part) for part in networkx.weakly_connected_components(graph)]
    clusters.sort(key=lambda cluster: (-len(cluster), cluster))
    alone = [cluster[0] for cluster in clusters if len(cluster) == 1]
    together = [_columns(graph.subgraph(cluster)) for cluster in clusters if len(cluster) > 1]
    bottom = MARGIN
    for columns in together:
        if len(columns) > HALF:
            bottom = layout.put(columns, MARGIN, bottom)
    bottoms = [bottom, bottom]  # of the left half and of the right one
    for columns in together:
        if len(columns) <= HALF:
            half = bottoms.index(min(bottoms))
            left = MARGIN + half * HALF * (WIDE + GAP)
            bottoms[half] = layout.put(columns, left, bottoms[half])
    layout.put_in_a_grid(alone, max(bottoms))
    return layout


def _high(slot: Slot) -> int:
    return THIN if isinstance(slot, Lane) else ROW


def _height(column: Sequence[Slot]) -> int:
    return sum(_high(slot) for slot in column)


def _columns(graph: "networkx.DiGraph") -> list[list[Slot]]:
    """The theorems of a cluster by columns, with lanes; each column in an order in which arrows are short."""
    columns: list[list[Slot]] = [sorted(graph)]  # where they rest on each other in a circle
    if networkx.is_directed_acyclic_graph(graph):
        columns = [sorted(generation) for generation in networkx.topological_generations(graph)]
    whole = _with_lanes(graph, columns)
    for _ in range(PASSES):
        heights = _heights(columns)
        for column in columns:
            _sort(column, whole, heights)
    return columns


def _sort(column: list[Slot], whole: "networkx.DiGraph", heights: Mapping[Slot, float]) -> None:
    """Sorts a column by the heights of the slots' neighbours."""
    middles = {slot: _middle(whole, slot, heights) for slot in column}
    column.sort(key=lambda slot: (middles[slot], str(slot)))


def _with_lanes(graph: "networkx.DiGraph", columns: list[list[Slot]]) -> "networkx.DiGraph":
    """The graph with arrows that go from column to column, by lanes. Adds the lanes to the columns."""
    number_of = dict[Slot, int]()
    for number, column in enumerate(columns):
        number_of |= dict.fromkeys(column, number)
    whole = networkx.DiGraph()
    whole.add_nodes_from(graph)
    for a, b in sorted(graph.edges):
        lanes = [Lane(a, number) for number in range(number_of[a] + 1, number_of[b])]
        networkx.add_path(whole, [a, *lanes, b])
        for lane in lanes:
            if lane not in columns[lane.column]:
                columns[lane.column].append(lane)
    return whole


def _heights(columns: Sequence[Sequence[Slot]]) -> dict[Slot, float]:
    """How far above or below the middle of its column each slot is, in slots."""
    found = dict[Slot, float]()
    for column in columns:
        for row, slot in enumerate(column):
            found[slot] = row - len(column) / 2
    return found


def _middle(whole: "networkx.DiGraph", slot: Slot, heights: Mapping[Slot, float]) -> float:
    """The mean height of the neighbours; its own where it has none."""
    near = [heights[other] for other in networkx.all_neighbors(whole, slot)]
    return sum(near) / len(near) if near else heights[slot]
