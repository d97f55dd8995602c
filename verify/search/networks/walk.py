"""A cover as it is written in a certificate: points in the order in which a walk through the
simplices meets them, and that walk, in numbers that are small, since they count from what is near.

    points     A point in coordinates is a list. One where a unit vanishes between two points is
               three numbers: how far back the later point is, how far before that one the earlier
               point, and the unit.
    simplices  A simplex is a list of points; or a number n: the one beyond the last facet that has
               a simplex on one side only. Its other corner is n after the facet's greatest. 0 says
               that nothing lies beyond that facet, and it is the last one no more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

Simplex = tuple[int, ...]


class Crossing(NamedTuple):
    """Where a unit vanishes between two points, by their numbers."""

    one: int
    other: int
    unit: int


Point = Crossing | list[str]


def written(points: Sequence[Point], simplices: Iterable[Sequence[int]]) -> list[Any]:
    """The points and the simplices as they are written. Points that nothing needs are left out.

    >>> written([["1", "0"], ["1", "1"], Crossing(0, 1, 5)], [[0, 2], [2, 1]])
    [[['1', '0'], ['1', '1'], 1, 1, 5], [[0, 2], -1]]
    """
    old = [tuple(sorted(simplex)) for simplex in simplices]
    place = _renumbered(points, (corner for _, more in _steps(old) for corner in more))
    new = [tuple(sorted(place[corner] for corner in simplex)) for simplex in old]
    walk: list[Any] = []
    for facet, more in _steps(new):
        if not facet:
            walk.append(list(more))
        else:
            walk.append(more[0] - facet[-1] if more else 0)
    return [_numbers(points, place), walk]


def read(points: Sequence[Any], walk: Iterable[Any]) -> tuple[list[Point], list[Simplex]]:
    """What is written, with every point and every simplex by itself."""
    found: list[Point] = []
    rest = iter(points)
    for point in rest:
        if isinstance(point, int):
            last = len(found) - point
            found.append(Crossing(last - next(rest), last, next(rest)))
        else:
            found.append(point)
    simplices, front = list[Simplex](), dict[Simplex, None]()
    for step in walk:
        base: Simplex = ()
        if isinstance(step, int):
            base, _ = front.popitem()
            if not step:
                continue
        more = [base[-1] + step] if isinstance(step, int) else step
        simplices.append(tuple(sorted((*base, *more))))
        _turn(front, simplices[-1], base)
    return found, simplices


def _steps(simplices: Sequence[Simplex]) -> Iterator[tuple[Simplex, Simplex]]:
    """The walk: (the facet that is crossed, the corner beyond it, or nothing); at the start, and
    where no facet is left, (nothing, a simplex)."""
    having = defaultdict[Simplex, list[int]](list)
    for number, simplex in enumerate(simplices):
        for facet in _facets(simplex):
            having[facet].append(number)
    waiting, front = dict.fromkeys(range(len(simplices))), dict[Simplex, None]()
    while waiting:
        base: Simplex = ()
        beyond = waiting
        if front:
            base, _ = front.popitem()
            beyond = {n: None for n in having[base] if n in waiting}
        if not beyond:
            yield base, ()
            continue
        entered = next(iter(beyond))
        del waiting[entered]
        yield base, tuple(corner for corner in simplices[entered] if corner not in base)
        _turn(front, simplices[entered], base)


def _turn(front: dict[Simplex, None], simplex: Simplex, base: Simplex) -> None:
    """Facets of a simplex that was entered through `base`: those with a simplex behind them are
    done with, others wait, the last first."""
    for facet in _facets(simplex):
        if facet in front:
            del front[facet]
        elif facet != base:
            front[facet] = None


def _facets(simplex: Simplex) -> Iterator[Simplex]:
    return combinations(simplex, len(simplex) - 1)


def _renumbered(points: Sequence[Point], needed: Iterable[int]) -> dict[int, int]:
    """New numbers for the points that are needed, in this order, but after those between which they
    lie."""
    place = dict[int, int]()
    for point in needed:
        stack = [point]
        while stack:
            at = points[stack[-1]]
            before = [] if isinstance(at, list) else [p for p in at[:2] if p not in place]
            stack += before
            if not before:
                place.setdefault(stack.pop(), len(place))
    return place


def _numbers(points: Sequence[Point], place: dict[int, int]) -> list[Any]:
    """The points in their new order, as they are written."""
    found = list[Any]()
    for point, number in place.items():
        at = points[point]
        if isinstance(at, list):
            found.append(at)
        else:
            first, last = sorted((place[at.one], place[at.other]))
            found += [number - last, last - first, at.unit]
    return found
