"""The frontier: sign functions against exact distances of lines, paths against enumeration, the table against functions and the kernel."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise
from random import Random

import numpy
import pytest

from verify.answers import bracket, least_k, table
from verify.answers.duals import GRAIN, area, dual, zigzag
from verify.answers.dynamic import UNIT, Costs, Goal, canonical, shortest
from verify.answers.frontier import Row, band, cell_claim, check_cell, check_upper, lower_ends, written
from verify.answers.separate import bound
from verify.answers.tails import fewer_pieces
from verify.bounds import with_one_too_few
from verify.claim import Claim
from verify.exact import Interval, PiecewiseLinear, distance, pieces
from verify.kernel.errors import BadInput, Rejected
from verify.network.builders import sawtooth
from verify.search.proving import certified

WHOLE = Interval(Fraction(0), Fraction(1))
ROWS = table().rows


def saw(low: Fraction, high: Fraction) -> PiecewiseLinear:
    """The zigzag on an interval, from its values at whole numbers."""
    points = sorted({low, high, *(Fraction(n) for n in range(int(low), int(high) + 2) if low < n < high)})
    return PiecewiseLinear(tuple(points), tuple(zigzag(x) for x in points))


def test_the_zigzag_is_the_sawtooth_stretched() -> None:
    for k in range(1, 5):
        function = pieces(sawtooth(k), WHOLE)
        assert all(function(Fraction(i, 7 * 2**k)) == zigzag(Fraction(i, 7)) for i in range(7 * 2**k + 1))
    for low, high in ((Fraction(1, 3), Fraction(7, 2)), (Fraction(0), Fraction(9)), (Fraction(5, 4), Fraction(3, 2))):
        assert area(high) - area(low) == saw(low, high).integral()


@pytest.mark.parametrize("seed", range(12))
def test_a_sign_function_bounds_every_line(seed: int) -> None:
    random = Random(seed)
    low = Fraction(random.randint(0, 127), 64)
    high = low + Fraction(random.randint(1, 450), 64)
    found = dual(low, high)
    assert (found.points[0], found.points[-1]) == (low, high)
    assert all(a < b for a, b in pairwise(found.points))
    assert max(map(abs, found.signs)) <= 1
    parts = list(zip(found.signs, pairwise(found.points), strict=True))
    assert sum(s * (b - a) for s, (a, b) in parts) == 0
    assert sum(s * (b * b - a * a) for s, (a, b) in parts) == 0
    assert sum(s * saw(a, b).integral() for s, (a, b) in parts) == found.bound
    heights = [Fraction(i, 8) for i in range(-2, 11)]
    away = [(saw(low, high) - PiecewiseLinear((low, high), (u, v))).l1() for u in heights for v in heights]
    assert found.bound <= min(away)


def test_known_distances_from_affine_functions() -> None:
    assert dual(Fraction(0), Fraction(1)).bound == 0
    assert dual(Fraction(0), Fraction(2)).bound == Fraction(1, 2)
    assert dual(Fraction(0), Fraction(10)).bound == Fraction(5, 2)
    line = PiecewiseLinear((Fraction(0), Fraction(3)), (Fraction(7, 23), Fraction(16, 23)))
    assert Fraction(17, 23) - Fraction(1, 10**4) < dual(Fraction(0), Fraction(3)).bound <= (saw(Fraction(0), Fraction(3)) - line).l1()


def test_images_have_one_canonical_form() -> None:
    for low in range(12):
        for length in (1, 3, 4, 9):
            cell = (low, low + length)
            for shift in range(-2, 3):
                assert canonical((low + 8 * shift, low + length + 8 * shift), 4) == canonical(cell, 4)
                assert canonical((8 * shift - low - length, 8 * shift - low), 4) == canonical(cell, 4)
    costs = Costs(4)
    costs.certify((1, 9))
    plain, whole = Costs(4).table(8), costs.table(8)
    starts = {start for start in range(25) if whole[8, start] > plain[8, start]}
    assert starts == {1, 9, 17} | {7, 15, 23}


def brute_least(costs: numpy.ndarray, most: int) -> list[Fraction]:
    """Over all choices of cells for the breakpoints."""
    total = costs.shape[0] - 1
    found = []
    for count in range(1, most + 1):
        lengths = []
        for cells in combinations_with_replacement(range(total), count - 1):
            starts, ends = [0, *(c + 1 for c in cells)], [*cells, total]
            lengths.append(sum(int(costs[e - s, s]) for s, e in zip(starts, ends, strict=True) if e > s))
        found.append(Fraction(min(lengths), UNIT))
    return found


def test_the_shortest_path_is_the_least_over_all_choices() -> None:
    costs = Costs(4)
    for cell in ((0, 8), (1, 7), (0, 5), (2, 13), (3, 6), (0, 11)):
        costs.certify(cell)
    for size in (2, 3):
        found = shortest(costs.table(size), 4)
        assert [low for low, _ in found] == brute_least(costs.table(size), 4)
    for low, path in shortest(costs.table(3), 4):
        assert low == sum(Fraction(int(costs.table(3)[b - a, a]), UNIT) for a, b in path)


@pytest.mark.parametrize("seed", range(10))
def test_functions_that_jump_are_no_closer_than_the_path(seed: int) -> None:
    random, k = Random(seed), 2 + seed % 2
    count, size = random.randint(2, 2**k - 1), 2**k
    cuts = sorted(random.sample(range(1, 40 * size), count - 1))
    ends = [Fraction(0), *(Fraction(c, 40) for c in cuts), Fraction(size)]
    whole = Fraction(0)
    for low, high in pairwise(ends):
        u, v = (zigzag(x) + Fraction(random.randint(-2, 2), 8) for x in (low, high))
        whole += (saw(low, high) - PiecewiseLinear((low, high), (u, v))).l1()
    assert whole / size >= table().row(k, count).lower


def test_the_table_is_whole_and_in_order() -> None:
    assert [(row.k, row.pieces) for row in ROWS] == [(k, p) for k in range(1, 7) for p in range(1, 2**k + 1)]
    for row in ROWS:
        assert bound(row.pieces, row.k) <= row.lower <= row.upper <= Fraction(1, 4)
        assert (row.upper == 0) == (row.pieces == 2**row.k)
        assert row.pieces == 1 or row.upper <= table().row(row.k, row.pieces - 1).upper
        assert row.pieces == 1 or row.lower <= table().row(row.k, row.pieces - 1).lower
        if row.pieces <= 2**row.k - 2:
            assert row.ratio is not None
            assert row.ratio <= Fraction(124, 100)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_lower_ends_are_found_again(k: int) -> None:
    assert lower_ends(k, table().costs) == [(row.lower, row.by) for row in ROWS if row.k == k]


@pytest.mark.parametrize("row", [row for row in ROWS if row.k <= 3 or row.pieces % 9 == 1], ids=lambda row: f"{row.k}-{row.pieces}")
def test_upper_ends_are_attained(row: Row) -> None:
    network = row.network
    found = pieces(network, WHOLE)
    assert found.pieces == row.pieces
    assert network.widths == (row.pieces,)
    assert distance(sawtooth(row.k), network, WHOLE).value == row.upper
    assert check_upper(row)


@pytest.mark.parametrize("number", range(0, len(table().costs.cells), 37))
def test_the_kernel_accepts_the_cells(number: int) -> None:
    cell, found = sorted(table().costs.cells.items())[number]
    assert check_cell(cell, found, table().costs.steps)


def test_the_kernel_refuses_a_larger_bound() -> None:
    (cell, found), *_ = (item for item in table().costs.cells.items() if item[1].bound > 0)
    claim, certificate = cell_claim(cell, found, table().costs.steps)
    assert claim.check(certificate)
    larger = replace(claim, goals=[claim.goals[0] | {"holds": "distance >= 1"}])
    forged = certificate.replace(claim.sha256.encode(), larger.sha256.encode())
    assert larger != claim and forged != certificate
    with pytest.raises(Rejected, match="no contradiction"):
        larger.check(forged)
    row = table().row(3, 5)
    statement = {"integral_abs": {"of": "f - g", "on": ["0", "1"], "is": "<", "bound": str(row.upper)}}
    assert certified(Claim.from_short("upper", statement, {"f": sawtooth(3), "g": row.network})).goal == "claim"


def test_the_file_is_what_the_table_writes() -> None:
    from verify.answers.frontier import FILE

    assert FILE.read_text() == written(ROWS, table().costs)
    assert all((x * GRAIN).denominator == 1 for cell in table().costs.cells.values() for x in cell.points)


def test_the_notes_values() -> None:
    assert table().row(2, 3).upper == Fraction(5, 36)
    assert abs(table().row(2, 2).upper - Fraction(198120453, 10**9)) < Fraction(1, 10**6)
    assert abs(table().row(3, 2).upper - Fraction(2298437635, 10**10)) < Fraction(1, 10**6)
    assert distance(sawtooth(5), fewer_pieces(5, 31), WHOLE).value == Fraction(5, 9) / 32


def test_brackets_of_any_k() -> None:
    for k in (2, 6, 7, 300):
        for count in (1, 2, 3, 2**k - 1, 2**k, 2**k + 5):
            found = bracket(k, count)
            assert found.lower <= found.upper
            assert bound(count, k) <= found.lower
            if 2 <= count < 2**k:
                assert found.upper - found.lower <= Fraction(3, 8) / 2**k
            if count == 2**k - 1:
                assert (found.lower, found.lower_by) == (found.upper, "separation.frontier.last")
    with pytest.raises(BadInput):
        bracket(0, 1)


@pytest.mark.parametrize("seed", range(20))
def test_with_one_piece_too_few_nothing_comes_nearer(seed: int) -> None:
    """Functions near the best one, and near Δ^k with a breakpoint left out."""
    random, k = Random(seed), 2 + seed % 2
    size, row = 2**k, table().row(k, 2**k - 1)
    assert row.best == row.upper == with_one_too_few(k, size - 1) == Fraction(5, 9) / size
    assert with_one_too_few(k, size) is None
    left_out = random.randint(1, size - 1)
    nearly = [Fraction(i, size) for i in range(size + 1) if i != left_out]
    starts = [(row.points, row.values), (nearly, [zigzag(x * size) for x in nearly])]
    for points, values in starts * 10:
        shifts = [Fraction(random.randint(-9, 9), 200 * size) for _ in points[1:-1]]
        moved = [Fraction(0), *(x + shift for x, shift in zip(points[1:-1], shifts, strict=True)), Fraction(1)]
        g = PiecewiseLinear(tuple(moved), tuple(y + Fraction(random.randint(-9, 9), 60) for y in values))
        assert distance(sawtooth(k), g, WHOLE).value >= row.best


def test_the_table_answers_how_deep() -> None:
    found = least_k(6, Fraction(9, 100))
    assert found is not None
    assert (found.k, found.pieces, found.by) == (3, 6, "cells")
    assert found.lower < Fraction(9, 100) <= found.boxes == found.best <= found.upper
    assert least_k(65, Fraction(1, 100)) is None
    assert [point["pieces"] for point in band(3)] == list(range(1, 9))
    assert all(point["lecture"] <= point["sharp"] <= point["lower"] <= point["upper"] for point in band(4))


def test_a_goal_selects_its_rows() -> None:
    costs = table().costs
    assert Goal(4, 2, 3).bounds(costs) == [low for low, _ in shortest(costs.table(4), 3)][1:]
