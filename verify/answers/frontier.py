"""The frontier e(k, p): the least ∫₀¹ |Δ^k − g| over continuous g with p pieces, from a certified
lower to an attained upper end.

Upper end: the exact distance of a network (`tails`), which the kernel checks (`upper_claim`). Lower
end, the best of: ¼ for p = 1 (separation.duality); ¼ (1 − p / 2^k) (separation.sharp); the shortest
path of `dynamic` over certified cells, each of which the kernel checks (`cell_claim`); for k = 2,
3, 4, where continuity counts, the shortest path of `boxes`, in exact whole numbers, which no
checker has seen; and 5/9 2^−k for 2^k − 1 pieces, which is the upper end too, for every k ≥ 2
(separation.frontier.last, in Coq). That the path bounds every function with p pieces, and a cell's
bound holds on its images, is proved in Coq (separation.frontier.reduction,
separation.frontier.images, separation.frontier.boxes); the paths themselves are computed here, in
whole numbers.

The table for k ≤ 6 and its cells are in frontier.json, which only `python -m
verify.answers.regenerate` writes.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import ceil, floor
from pathlib import Path
from typing import Any

from ..bounds import with_one_too_few
from ..claim import Claim
from ..kernel.errors import BadInput, DepthproofError
from ..kernel.numerals import numeral
from ..network.builders import interpolating, sawtooth
from ..network.network import Network
from ..rational import rational
from ..search.networks.certificate import measured
from .boxes import least
from .duals import GRAIN, Dual, with_bound
from .dynamic import UNIT, Cell, Costs, Goal
from .separate import QUARTER, bound

FILE = Path(__file__).with_name("frontier.json")
MOST_K, MOST_EXPONENT = 6, 100_000
WIDE = 4  # cells are checked on Δ^4: they start below 2 and end below 16
CELLS, SHARP, DUALITY, BOXES = "cells", "separation.sharp", "separation.duality", "boxes"
LAST, TABLE = "separation.frontier.last", "separation.frontier.table"
BOX_STEPS = {2: 32, 3: 32, 4: 16}  # grid steps to a unit
ATTAINED = "attained by a network"
EVIDENCE = {
    DUALITY: "separation.duality",
    SHARP: "separation.sharp",
    BOXES: f"{TABLE}, paths over boxes computed exactly; separation.frontier.boxes",
    LAST: LAST,
    CELLS: f"{TABLE}, paths over cells computed exactly; separation.frontier.reduction",
}

Certified = tuple[Claim, bytes]  # with its certificate


@dataclass(frozen=True)
class Row:
    """lower ≤ e(k, p) ≤ upper.

    `by`: what gives the lower end, which holds for functions that jump, too. `boxes`: a lower end
    by continuity, None where there is none or it is no better. `points`, `values`: the graph on
    [0, 1] of the function that attains the upper end.
    """

    k: int
    pieces: int
    lower: Fraction
    by: str
    boxes: Fraction | None
    upper: Fraction
    points: tuple[Fraction, ...]
    values: tuple[Fraction, ...]

    @property
    def ends(self) -> list[tuple[Fraction, str]]:
        """The lower ends, and what gives them."""
        found = [(self.lower, self.by)]
        if self.boxes is not None:
            found.append((self.boxes, BOXES))
        exactly = with_one_too_few(self.k, self.pieces)
        if exactly is not None:
            found.append((exactly, LAST))
        return found

    @property
    def best(self) -> Fraction:
        """The best lower end."""
        return max(self.ends)[0]

    @property
    def evidence(self) -> str:
        """What stands behind the best lower end."""
        return EVIDENCE[max(self.ends)[1]]

    @property
    def ratio(self) -> Fraction | None:
        """upper / lower; None where both are 0."""
        return self.upper / self.lower if self.lower else None

    @property
    def best_ratio(self) -> Fraction | None:
        """upper / best; None where both are 0."""
        return self.upper / self.best if self.best else None

    @property
    def network(self) -> Network:
        """The network that attains the upper end: one hidden layer, a unit for each piece."""
        return interpolating(self.points, self.values)


@dataclass(frozen=True)
class Table:
    """The rows, and the certified cells that their lower ends may use."""

    rows: tuple[Row, ...]
    costs: Costs

    def row(self, k: int, count: int) -> Row:
        """The row of Δ^k and p pieces. Raises `BadInput` outside the table."""
        for row in self.rows:
            if (row.k, row.pieces) == (k, count):
                return row
        wanted = f"k from 1 to {MOST_K} and from 1 to 2^k pieces"
        raise BadInput("", f"expected {wanted}, found {k} and {count}")


@cache
def table() -> Table:
    """The committed table."""
    data = json.loads(FILE.read_text(encoding="ascii"))
    costs = Costs(data["steps"])
    for item in data["cells"]:
        ends = [Fraction(n, GRAIN) for n in item["ends"]]
        low, high = item["on"]
        costs.cells[low, high] = with_bound(ends, list(map(rational, item["signs"])))
    return Table(tuple(map(_row, data["rows"])), costs)


def _row(item: dict[str, Any]) -> Row:
    return Row(
        k=item["k"],
        pieces=item["pieces"],
        lower=rational(item["lower"]),
        by=item["by"],
        boxes=None if item["boxes"] is None else rational(item["boxes"]),
        upper=rational(item["upper"]),
        points=tuple(map(rational, item["points"])),
        values=tuple(map(rational, item["values"])),
    )


def _item(row: Row) -> dict[str, Any]:
    boxes = None if row.boxes is None else numeral(row.boxes)
    return {
        "k": row.k,
        "pieces": row.pieces,
        "lower": numeral(row.lower),
        "by": row.by,
        "boxes": boxes,
        "upper": numeral(row.upper),
        "points": list(map(numeral, row.points)),
        "values": list(map(numeral, row.values)),
    }


def written(rows: Iterable[Row], costs: Costs) -> str:
    """The table as the text of frontier.json, a line for each cell and row."""
    cells = []
    for cell, dual in sorted(costs.cells.items()):
        ends, signs = [int(x * GRAIN) for x in dual.points], list(map(numeral, dual.signs))
        cells.append({"on": list(cell), "ends": ends, "signs": signs})
    listed, rowed = _lines(cells), _lines(map(_item, rows))
    return f'{{"steps":{costs.steps},\n"cells":[\n{listed}\n],\n"rows":[\n{rowed}\n]}}\n'


def _lines(items: Iterable[dict[str, Any]]) -> str:
    return ",\n".join(json.dumps(item, separators=(",", ":")) for item in items)


def lower_ends(k: int, costs: Costs) -> list[tuple[Fraction, str]]:
    """The best lower end for p = 1 … 2^k, and what gives it."""
    paths = [low / 2**k for low in Goal(2**k, 1, 2**k).bounds(costs)]
    ends = [(QUARTER, DUALITY)]
    for count, path in enumerate(paths[1:], 2):
        sharp = bound(count, k)
        ends.append((path, CELLS) if path > sharp else (sharp, SHARP))
    return ends


def box_ends(k: int) -> list[Fraction] | None:
    """The lower ends by continuity for p = 1 … 2^k − 1; None for a k that has none."""
    if k not in BOX_STEPS:
        return None
    return [low / 2**k for low in least(2**k, BOX_STEPS[k], 2**k - 1)]


def upper_claim(row: Row) -> Certified:
    """∫₀¹ |Δ^k − g| = upper, for the row's network g; and the evidence, all kinks of both."""
    item = {"measure": "integral", "is": "integral_abs", "of": "f - g", "on": ["0", "1"]}
    corners = [Fraction(i, 2**row.k) for i in range(2**row.k + 1)]
    name, networks = f"frontier.{row.k}.{row.pieces}", {"f": _deep(row.k), "g": row.network}
    known: list[list[Fraction]] = [sorted({*row.points, *corners}), [], []]
    return measured(name, item, "=", row.upper, networks, known)


def cell_claim(cell: Cell, dual: Dual, steps: int) -> Certified:
    """No affine function comes closer to Δ^4 than `dual.bound`, cut to 40 bits, / 16, on the cell
    scaled down by 16; and the evidence."""
    size = 2**WIDE
    least = Fraction(floor(dual.bound * UNIT), UNIT * size)
    low, high = (Fraction(n, steps) for n in cell)
    corners = [Fraction(n) for n in range(ceil(low), floor(high) + 1)]
    points = sorted({*dual.points, *corners})
    signs = [dual.signs[bisect_right(dual.points, x) - 1] for x in points[:-1]]
    on = [numeral(x / size) for x in (low, high)]
    item = {"measure": "distance", "is": "distance", "of": "f", "on": on, "span": ["1", "x"]}
    known = [[x / size for x in points], signs, [Fraction(0)] * 2]
    return measured(f"cell.{cell[0]}.{cell[1]}", item, ">=", least, {"f": _deep(WIDE)}, known)


@cache
def _deep(k: int) -> Network:
    return sawtooth(k)


def check_upper(row: Row) -> bool:
    """Whether the kernel accepts a row's upper end."""
    return _accepted(upper_claim(row))


def check_cell(cell: Cell, dual: Dual, steps: int) -> bool:
    """Whether the kernel accepts a cell."""
    return _accepted(cell_claim(cell, dual, steps))


def _accepted(certified: Certified) -> bool:
    claim, certificate = certified
    try:
        claim.check(certificate)
    except DepthproofError:
        return False
    return True


@dataclass(frozen=True)
class Bracket:
    """lower ≤ e(k, p) ≤ upper, and what stands behind each end; a network that attains the upper
    end, where one is at hand."""

    lower: Fraction
    lower_by: str
    upper: Fraction
    upper_by: str
    network: Network | None = None


def bracket(k: int, count: int) -> Bracket:
    """Two bounds of the least ∫₀¹ |Δ^k − g| over continuous g with at most `count` pieces. Exact;
    any k.

    From the table for k ≤ 6; otherwise separation.frontier.last for 2^k − 1 pieces, exactly, and
    for fewer separation.sharp and separation.sharp.tight, which leave (3/8) 2^−k between them.

    >>> bracket(2, 4).upper
    Fraction(0, 1)
    """
    if k < 1 or count < 1 or k > MOST_EXPONENT:
        wanted = f"k from 1 to {MOST_EXPONENT} and at least 1 piece"
        raise BadInput("", f"expected {wanted}, found {k} and {count}")
    if k <= MOST_K:
        row = table().row(k, min(count, 2**k))
        return Bracket(row.best, row.evidence, row.upper, ATTAINED, row.network)
    if count == 1:
        return Bracket(QUARTER, EVIDENCE[DUALITY], QUARTER, "separation.optimal")
    exactly = with_one_too_few(k, count)
    if exactly is not None:
        return Bracket(exactly, LAST, exactly, LAST)
    upper = Fraction(0)
    if count < 2**k:
        upper = max(upper, (1 - (count - Fraction(3, 2)) / 2**k) / 4)
    return Bracket(bound(count, k), EVIDENCE[SHARP], upper, "separation.sharp.tight")


def least_k(count: int, error: Fraction) -> Row | None:
    """The row of the least k ≤ 6 whose lower end for `count` pieces is at least `error`; None if
    there is none."""
    rows = (row for row in table().rows if row.pieces == count and row.best >= error)
    return min(rows, key=lambda row: row.k, default=None)


def band(k: int) -> list[dict[str, Fraction | int]]:
    """For a picture: for p = 1 … 2^k the lower and upper end, separation.sharp, and the slide's
    bound, (N_f − 2 N_g) / 2 half triangles of area 2^(−k−2) with N_f = 2^k − 1 and p for N_g."""
    return [
        {
            "pieces": row.pieces,
            "lower": row.lower,
            "best": row.best,
            "upper": row.upper,
            "sharp": bound(row.pieces, k),
            "lecture": Fraction(max(0, 2**k - 1 - 2 * row.pieces), 2 ** (k + 3)),
        }
        for row in table().rows
        if row.k == k
    ]
