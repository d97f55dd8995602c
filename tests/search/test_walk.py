"""Covers as they are written: what is read is the same cover, whatever its simplices and points; and it is short."""

import json
import random
from itertools import combinations

import pytest

from verify.exact.cells import Box
from verify.exact.cells.build import skeleton
from verify.exact.cells.incidence import simplices
from verify.network.builders import random_network
from verify.search.networks.walk import Crossing, Point, read, written


def cover(size: int, seed: int) -> tuple[list[Point], list[list[int]]]:
    """The simplices of a random network's complex; points in coordinates are named by their numbers, which is all that is looked at."""
    found = skeleton(random_network([6, 4], seed, inputs=size), Box.cube(-1, 1, size))
    _, corners = simplices(found.lattice)
    points: list[Point] = [[f"{n}"] for n in range(len(found.start))]
    for birth in found.births:
        ends = zip(birth.first.tolist(), birth.second.tolist(), birth.units.tolist(), strict=True)
        points += [Crossing(*end) for end in ends]
    return points, corners.tolist()


def by_origin(points: list[Point], corners: list[tuple[int, ...]]) -> set[frozenset[object]]:
    """Simplices by what their points are, whatever their numbers."""
    names: list[object] = []
    for point in points:
        names.append((frozenset((names[point.one], names[point.other])), point.unit) if isinstance(point, Crossing) else point[0])
    return {frozenset(names[corner] for corner in simplex) for simplex in corners}


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("seed", range(5))
def test_what_is_read_is_what_was_written(size: int, seed: int) -> None:
    points, corners = cover(size, seed)
    source = random.Random(seed)
    whole = len(corners)
    for left in (whole, whole // 2, 1, 0):  # of a part the walk begins anew where nothing is beyond any facet
        some = source.sample(corners, left)
        back = read(*written(points, some))
        assert by_origin(*back) == by_origin(points, [tuple(simplex) for simplex in some]) and len(back[1]) == left


@pytest.mark.parametrize("size", [2, 3])
def test_points_stand_behind_those_between_which_they_lie(size: int) -> None:
    points, _ = read(*written(*cover(size, 1)))
    assert all(point.one < number and point.other < number for number, point in enumerate(points) if isinstance(point, Crossing))


def test_a_whole_cover_is_one_walk_and_short() -> None:
    points, corners = cover(2, 3)
    numbers, walk = written(points, corners)
    assert [isinstance(step, list) for step in walk] == [True, *[False] * (len(walk) - 1)]
    plain = [[list(point) for point in points], corners]
    assert len(json.dumps([numbers, walk])) < 0.6 * len(json.dumps(plain))


def test_points_that_nothing_needs_are_left_out() -> None:
    points = [["0"], ["1"], ["2"], Crossing(0, 2, 7), Crossing(1, 3, 8)]
    assert written(points, [[0, 3]]) == [[["0"], ["2"], 1, 1, 7], [[0, 2]]]
    assert read([["0"], ["2"], 1, 1, 7], [[0, 2]]) == ([["0"], ["2"], Crossing(0, 1, 7)], [(0, 2)])


def test_what_lies_beyond_no_facet_is_said_by_0() -> None:
    grid = [[f"{x} {y}"] for x in range(3) for y in range(3)]
    corners = [simplex for a in (0, 1, 3, 4) for simplex in ([a, a + 1, a + 4], [a, a + 3, a + 4])]
    _, walk = written(grid, corners)
    points, found = read(*written(grid, corners))
    facets = [facet for simplex in found for facet in combinations(simplex, 2)]
    border = sum(1 for facet in facets if facets.count(facet) == 1)
    assert border == 8 and 0 < walk.count(0) <= border
    assert by_origin(points, found) == by_origin(grid, [tuple(simplex) for simplex in corners])
