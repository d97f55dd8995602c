"""Covers by simplices: right ones on boxes, polyhedra and all of R^n; wrong ones made from them, each refused by name; and false claims,
which no change of a right cover makes true.
"""

import random
import time
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

import pytest
from network.naive import value

from verify.claim import Claim
from verify.kernel.cells import Cover
from verify.kernel.declare import Vocabulary
from verify.kernel.errors import BadInput, DepthproofError, OverBudget, Rejected
from verify.kernel.limits import Budget
from verify.kernel.network import Graph
from verify.kernel.numerals import numeral
from verify.kernel.theory import beginning
from verify.network.builders import dense, random_network
from verify.network.network import Network
from verify.search.networks import cover
from verify.search.networks.setting import Setting
from verify.search.networks.walk import Crossing, read, written

from . import small
from .mutation import swapped
from .short import checked, items, said

LOW = "0 <= x <= 1 implies f <= 1"
ANY = r"outside|changes its sign|do not contradict|no neighbour|neighbours on one side|is flat|does not change"
TENT = [["1", "0"], ["1", "1"], ["1", "1/2"]]  # where the tent is affine on [0, 1]


def goal(text: str) -> dict[str, Any]:
    return {"declare": [], "goals": [{"goal": "claim", "for": [], "holds": text}]}


def cells(points: Any, simplices: Any, facts: Sequence[int] = (0, 1, 2), of: str = "tent", text: str = LOW) -> bool:
    """True, or the kernel's error."""
    return bool(said(goal(text), items(["cells", list(facts), points, simplices]), f=of))


# ---------- right ones ----------


def test_the_tent_is_at_most_one() -> None:
    assert cells(TENT, [[0, 2], [2, 1]])
    assert cells([["1", "0"], ["1", "1"], 1, 1, 1], [[0, 2], [1, 2]])  # the second unit, 2x − 1, vanishes between 0 and 1
    assert cells([*TENT, ["5", "1"], ["7", "1"]], [[0, 3], [3, 2], [2, 1]])  # more simplices than are needed, a point that is not


def test_everywhere_on_the_line() -> None:
    line = [["0", "-1"], ["1", "0"], ["2", "1"], ["0", "1"]]
    assert cells(line, [[0, 1], [1, 2], [2, 3]], [0], text="f <= 1")
    assert cells(line, [[0, 1], [1, 2], [2, 3]], [0], text="f < 2")
    with pytest.raises(Rejected, match="simplex 1: the facts do not contradict each other"):
        cells(line, [[0, 1], [1, 2], [2, 3]], [0], text="f < 1")
    with pytest.raises(Rejected, match="simplex 2: the facts"):
        cells(line, [[0, 1], [1, 2], [2, 3]], [0], text="f >= -5")


def test_the_greater_of_two_numbers_on_the_plane() -> None:
    # the units of `larger` are x1 − x2, x2, −x2; the rays where one of them vanishes, and more, so that every cone is salient
    rays = [["0", "1", "1"], ["0", "-1", "0"], ["0", "-1", "-1"], ["0", "1", "0"], ["1", "0", "0"]]
    cones = [[4, 0, 1], [4, 1, 2], [4, 2, 3], [4, 3, 0]]
    text = "f >= x1 and f >= x2 and (f <= x1 or f <= x2)"
    assert cells(rays, cones, [0], "larger", text)
    for left in range(4):
        with pytest.raises(Rejected, match="has no neighbour and lies on no boundary"):
            cells(rays, [cone for cone in cones if cone != cones[left]], [0], "larger", text)


def test_a_wall_may_be_slanted_and_strict() -> None:
    rays = [["1", "0", "0"], ["0", "1", "1"], ["0", "-1", "0"], ["0", "-1", "-1"]]
    text = "x1 < x2 implies f = x2"
    assert cells(rays, [[0, 1, 2], [0, 2, 3]], [0, 1], "larger", text)
    with pytest.raises(Rejected, match="has no neighbour"):
        cells(rays, [[0, 1, 2]], [0, 1], "larger", text)


def test_facts_exclude_each_other_where_they_touch() -> None:
    # on [0, 1/2] the tent is 2x: the facts are f >= 1/2 and x <= 1/4 and f > 1/2, and the first two leave x = 1/4 alone
    points = [["1", "0"], ["1", "1/4"]]
    assert cells(points, [[0, 1]], [0, 1, 2, 3], text="0 <= x <= 1/4 and f >= 1/2 implies f <= 1/2")
    assert cells(points, [[0, 1]], [0, 1, 2], text="0 <= x < 1/4 implies f < 1/2")
    with pytest.raises(Rejected, match="do not contradict"):
        cells(points, [[0, 1]], [0, 1, 2], text="0 <= x <= 1/4 implies f < 1/2")
    assert cells(points, [[0, 1]], [0, 1, 2, 3], text="0 <= x <= 1/4 and f = 1/2 implies x >= 1/4")


def test_without_units_and_without_facts() -> None:
    assert cells([["1", "0"], ["1", "1"]], [[0, 1]], of="half", text="0 <= x <= 1 implies f <= 1/2")
    assert cells([["0", "-1"], ["0", "1"], ["1", "0"]], [[0, 2], [2, 1]], [0], of="half", text="f = 1/2")
    with pytest.raises(Rejected, match="do not contradict"):
        cells([["1", "0"], ["0", "1"], ["0", "-1"]], [[0, 1], [0, 2]], [], "half", "f <= 1")


# ---------- wrong ones, each by its name ----------

NAMED: dict[str, tuple[Any, Any, str]] = {
    "no simplex": (TENT, [], "expected at least one simplex"),
    "one is left out": (TENT, [[0, 2]], "has no neighbour and lies on no boundary"),
    "a kink is not seen": (TENT, [[0, 1]], "simplex 0: a unit changes its sign"),
    "one twice": (TENT, [[0, 2], [2, 1], [2, 1]], "a facet has neighbours on one side"),
    "two overlap": ([*TENT, ["1", "3/4"]], [[0, 2], [2, 1], [2, 3]], "a facet has neighbours on one side"),
    "a turn back": ([["1", "0"], ["1", "1/4"], ["1", "0"]], [[0, 1], [1, 2]], "a facet has neighbours on one side"),
    "flat": ([*TENT, ["2", "1"]], [[0, 2], [2, 3], [3, 1]], "simplex 1: is flat"),
    "a corner twice": (TENT, [[0, 2], [2, 2], [2, 1]], "simplex 1: is flat"),
    "too small": ([["1", "0"], ["1", "1/4"]], [[0, 1]], "has no neighbour and lies on no boundary"),
    "outside": ([*TENT, ["1", "2"]], [[0, 2], [2, 1]], "point 3: lies outside of where the facts hold"),
    "behind": ([*TENT[:2], ["-2", "-1"]], [[0, 2], [2, 1]], "point 2: lies outside"),
    "a ray": ([*TENT, ["0", "1"]], [[0, 2], [2, 3]], "point 3: lies outside"),
    "no zero": ([*TENT, 1, 2, 0], [[0, 2], [2, 1]], "point 3: the unit does not change its sign between the two points"),
    "a walk from nowhere": (TENT, [1], "simplex 0: there is no facet left"),
    "a walk too far": (TENT, [[0, 2], 0, 0, 0], "simplex 3: there is no facet left"),
    "a walk that turns back": ([["1", "0"], ["1", "1/8"], ["1", "1/4"]], [[0, 2], -1], "simplex 1: a facet has neighbours on one side"),
    "a walk on the spot": (TENT, [[0, 1], [1, 2]], "simplex 0: a unit changes its sign"),
    "an end within": (TENT, [[0, 2], 0], "has no neighbour and lies on no boundary"),
}


@pytest.mark.parametrize("name", NAMED)
def test_refused_by_name(name: str) -> None:
    points, simplices, reason = NAMED[name]
    with pytest.raises(Rejected, match=reason):
        cells(points, simplices)


@pytest.mark.parametrize(
    ("points", "simplices", "reason"),
    [
        (None, [], "expected a list"),
        ([["1"]], [], "point 0: expected a list of 2"),
        ([[]], [], "point 0: expected a list of 2"),
        ([["1", "x"]], [], 'a rational such as "-3/4"'),
        ([["1", 1]], [], 'a rational such as "-3/4"'),
        ([[1, "1"]], [], "point 0: expected a list of 2|point 0: expected a rational"),
        ([[0, 1, 2]], [], "point 0: expected a list of 2"),
        ([*TENT, 2, 1, 2], [], "point 3: expected a number below 2"),  # there are two units
        ([*TENT, 4, 0, 1], [], "point 3: expected a number below 3"),
        ([*TENT, 0, 1, 1], [], "point 3: expected a number below 3"),
        ([*TENT, -1, 1, 1], [], "point 3: expected a number below 3"),
        ([*TENT, 1, 3, 1], [], "point 3: expected a number below 3, found 3"),
        ([*TENT, 1, -1, 1], [], "point 3: expected a number below 3, found -1"),
        ([*TENT, 1, True, 1], [], "point 3: expected a number below 3, found true"),
        ([*TENT, 1, "1", 1], [], "point 3: expected a number below 3"),
        ([*TENT, 1, 1, ["0"]], [], "point 3: expected a number below 2"),
        ([*TENT, 1, 1], [], "point 3: expected a number below 2, found null"),
        ([*TENT, 1], [], "point 3: expected a number below 3, found null"),
        ([*TENT, True, 1, 1], [], "point 3: expected a list"),
        (TENT, [[0, 2], 1], "simplex 1: expected a number below 3, found 3"),
        (TENT, [[0, 2], -3], "simplex 1: expected a number below 3, found -1"),
        (TENT, [[0, 2], True], "simplex 1: expected a list"),
        (TENT, [[0, 2], None], "simplex 1: expected a list"),
        (TENT, None, "expected a list"),
        (TENT, [[0]], "simplex 0: expected a list of 2"),
        (TENT, [[0, 3]], "simplex 0: expected a number below 3"),
        (TENT, [[0, -1]], "simplex 0: expected a number below 3"),
        (TENT, [[False, 2]], "simplex 0: expected a number below 3"),
        (TENT, [[0, "2"]], "simplex 0: expected a number below 3"),
    ],
)
def test_of_another_form(points: Any, simplices: Any, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        cells(points, simplices)


def test_what_the_facts_may_be() -> None:
    for facts in ([0, 1, 3], [-1], ["0"], [True]):
        with pytest.raises(Rejected, match="there is no fact"):
            cells(TENT, [[0, 2], [2, 1]], facts)
    with pytest.raises(BadInput, match="expected an affine expression in networks' values"):
        cells(TENT, [[0, 2], [2, 1]], text="0 <= x <= 1 implies f*f <= 1")
    with pytest.raises(BadInput, match="expected networks"):
        checked(goal("0 <= 1"), items(["cells", [0], [["1"]], [[0]]]))


def test_a_wall_that_vanishes_everywhere_bounds_nothing() -> None:
    """Found by the proof in Coq: after the cut "0 <= 0" every facet lay on that wall."""
    for empty in ("0 <= 0", "x <= x"):
        steps = [["cut", empty], ["cells", [0, 1, 2, 3], [["1", "0"], ["1", "1/4"]], [[0, 1]]], ["leaf", [["1", [3]]]]]
        with pytest.raises(Rejected, match="has no neighbour and lies on no boundary"):
            said(goal("0 <= x <= 1 implies f <= 1/2"), items(*steps), f="tent")


# ---------- made from right ones ----------


class Right(NamedTuple):
    """A claim f <= bound with its cover; the bound is attained at `at`. `heights`: f at the points, None for directions."""

    network: Network
    text: str
    points: list[Any]
    simplices: list[list[int]]
    facts: int
    bound: Fraction
    at: tuple[Fraction, ...]
    heights: list[Fraction | None]

    def check(self, points: Any = None, simplices: Any = None, bound: Fraction | None = None) -> bool:
        text = self.text.format(numeral(self.bound if bound is None else bound))
        claim = Claim.from_short("it", goal(text), {"f": self.network})
        step = ["cells", [*range(self.facts)], flat(points or self.points), self.simplices if simplices is None else simplices]
        return bool(claim.check(claim.certificate(items(step))))


def flat(points: Any) -> Any:
    """Points as they are written: those between two others as three numbers, how far back these are and the unit."""
    if not isinstance(points, list):
        return points
    found: list[Any] = []
    for place, point in enumerate(points):
        if isinstance(point, Crossing):
            first, last = sorted(point[:2])
            found += [place - last, last - first, point.unit]
        else:
            found.append(point)
    return found


NETS: dict[str, tuple[Network, str]] = {
    "a line": (random_network([5, 4], 3), "-1 <= x <= 1 implies f <= {}"),
    "a square": (random_network([6, 4], 5, inputs=2), "-1 <= x1 <= 1 and -1 <= x2 <= 1 implies f <= {}"),
    "a triangle": (random_network([5, 3], 8, inputs=2), "x1 >= 0 and x2 >= 0 and 2*x1 + x2 <= 1 implies f <= {}"),
    "a cube": (random_network([4, 3], 2, inputs=3), "0 <= x1 <= 1 and -1 <= x2 <= 1 and 0 <= x3 <= 1 implies f <= {}"),
    "a plane": (dense([([[1, -1], [2, 1]], [0, Fraction(1, 2)]), ([[-1, -1]], [3])]), "f <= {}"),
}  # fmt: skip


@cache
def right(name: str) -> Right:
    network, text = NETS[name]
    claim = Claim.from_short("it", goal(text.format("100")), {"f": network})
    setting = Setting(claim.vocabulary())
    _, start = beginning(setting.vocabulary, setting.vocabulary.statement([], claim.goals[0]["holds"]))
    ((_, facts, *both),) = cover.steps(setting, start)
    points, simplices = read(*both)
    corners = [it.vector for it in Cover(setting.graph, start, *both).corners]
    places = [tuple(Fraction(x, w) for x in rest) if w else None for w, *rest in corners]
    heights = [None if place is None else value(network, list(place))[0] for place in places]
    bound, at = max((height, place) for height, place in zip(heights, places, strict=True) if height is not None and place is not None)
    return Right(network, text, points, list(map(list, simplices)), len(facts), bound, at, heights)


@pytest.mark.parametrize("name", NETS)
def test_the_bound_is_sharp(name: str) -> None:
    it = right(name)
    assert it.check() and len(it.simplices) > 3
    assert it.check(*written(it.points, it.simplices))
    with pytest.raises(Rejected, match="do not contradict"):
        it.check(bound=it.bound - Fraction(1, 10**30))


def moved(it: Right, source: random.Random) -> list[Any]:
    """The points with one of them a little elsewhere."""
    points = list(it.points)
    chosen = source.choice([place for place, point in enumerate(points) if isinstance(point, list)])
    point = points[chosen] = list(points[chosen])
    place = source.randrange(1, len(point))
    point[place] = numeral(Fraction(point[place]) + Fraction(source.choice([1, -1]), 10 ** source.choice([1, 9])))
    return points


@pytest.mark.parametrize("name", NETS)
def test_wrong_ones_from_right_ones(name: str) -> None:
    it, source = right(name), random.Random(name)
    hole = "has no neighbour and lies on no boundary"
    for place in range(min(len(it.simplices), 12)):
        rest = it.simplices[:place] + it.simplices[place + 1 :]
        with pytest.raises(Rejected, match=hole):
            it.check(simplices=rest)
        with pytest.raises(Rejected, match="a facet has neighbours on one side"):
            it.check(simplices=[*it.simplices, it.simplices[place]])
        with pytest.raises(Rejected, match="is flat"):
            it.check(simplices=[*rest, [*it.simplices[place][:-1], it.simplices[place][0]]])
        shared = next(corner for corner in it.simplices[place] if any(corner in simplex for simplex in rest))
        renumbered = [*it.points, it.points[shared]]  # a point once more, under another number
        torn = [len(it.points) if corner == shared else corner for corner in it.simplices[place]]
        with pytest.raises(Rejected, match=hole):
            it.check(points=renumbered, simplices=[*rest, torn])
    for _ in range(20):
        with pytest.raises(Rejected, match=ANY):  # where nothing is bounded, a point may be moved a little; it shows no more
            it.check(points=moved(it, source), bound=it.bound - Fraction(1, 10**30) if name == "a plane" else None)


def test_a_ray_turned_round() -> None:
    it = right("a plane")
    rays = [place for place, point in enumerate(it.points) if point[0] == "0"]
    assert rays
    for place in rays:
        flipped = [numeral(-Fraction(text)) for text in it.points[place]]
        with pytest.raises(Rejected, match=ANY):
            it.check(points=[flipped if place == i else point for i, point in enumerate(it.points)])


def changed(value: Any, source: random.Random, numbers: int) -> Any:
    """One change somewhere in lists of numbers and texts."""
    if isinstance(value, list) and value:
        place, way = source.randrange(len(value)), source.randrange(8)
        if way == 0:
            return value[:place] + value[place + 1 :]
        if way == 1:
            return value[: place + 1] + value[place:]
        if way == 2:
            other = source.randrange(len(value))
            return swapped(value, place, other)
        return [changed(part, source, numbers) if i == place else part for i, part in enumerate(value)]
    if isinstance(value, int):
        return source.choice([source.randrange(numbers), value + source.choice([1, -1]), 0])
    return source.choice(["0", "1", "-1", "1/2", numeral(-Fraction(value)), numeral(Fraction(value) + Fraction(1, 8))])


@pytest.mark.parametrize("name", NETS)
def test_no_change_shows_what_is_false(name: str) -> None:
    """The claim with a bound that is too small by 1/1000 or nearly nothing is false, as the naive evaluator says."""
    it, source, classes = right(name), random.Random(name), set()
    for turn in range(320):
        bound = it.bound - Fraction(1, 10 ** source.choice([3, 30]))
        assert value(it.network, list(it.at))[0] > bound
        points, simplices = it.points, it.simplices
        if turn % 2:  # those where it is false are left out first
            simplices = [simplex for simplex in simplices if _below(it, simplex, bound)]
        points, simplices = written(points, simplices) if turn % 4 < 2 else (flat(points), simplices)
        for _ in range(1 + turn % 3):
            if source.random() < 0.5:
                points = changed(points, source, len(it.points))
            else:
                simplices = changed(simplices, source, len(it.points))
        try:
            raise AssertionError(name, points, simplices, it.check(points, simplices, bound))
        except DepthproofError as error:
            classes.add(type(error))
    assert Rejected in classes and OverBudget not in classes


def _below(it: Right, simplex: list[int], bound: Fraction) -> bool:
    heights = [it.heights[corner] for corner in simplex]
    return all(height is None or height <= bound for height in heights)


# ---------- what it costs ----------


def spent(network: bytes, facts: str, points: Any, simplices: Any, work: int) -> int:
    """What is left of so much work after such a cover was looked at, whatever was found; `OverBudget`."""
    graph = Graph(Budget())
    outputs = graph.read(network)
    known = Vocabulary(graph, {"f": outputs})
    _, start = beginning(known, known.statement([], facts))
    graph.budget.left = work
    with suppress(Rejected):
        Cover(graph, start, points, simplices)
    return graph.budget.left


def many_inputs(size: int) -> bytes:
    return gemm_relu([["1" if row == column else "0" for column in range(size)] for row in range(1)], ["0"])


def gemm_relu(weight: list[list[str]], bias: list[str]) -> bytes:
    return small.dense((weight, bias), ([["1"] * len(bias)], ["0"]))


def frame(size: int) -> list[list[str]]:
    """The origin and the unit vectors."""
    return [["1", *("1" if column == row else "0" for column in range(size))] for row in range(-1, size)]


LONG = "7" * 15_000
COSTLY: dict[str, tuple[bytes, str, Any, Any]] = {
    "many points": (small.NETWORKS["tent"], "f <= 1", [["1", "1/3"]] * 5_000, []),
    "many births": (small.NETWORKS["tent"], "f <= 1", [["1", "0"], ["1", "1"], *(n for i in range(5_000) for n in (i + 1, 1, 1))], []),
    "long numbers": (small.NETWORKS["tent"], "f <= 1", [["1", LONG]] * 3, []),
    "long denominators": (small.NETWORKS["tent"], "f <= 1", [["1/" + LONG, "1/" + LONG[1:]]] * 3, []),
    "many simplices": (many_inputs(2), "f >= 0", frame(2), [[0, 1, 2]] * 4_000),
    "many inputs": (many_inputs(150), "f >= 0", frame(150), [list(range(151))]),
    "many units": (gemm_relu([["1"]] * 3_000, ["0"] * 3_000), "f >= 0", [["1", "1"]] * 10, []),
    "many facts": (small.NETWORKS["tent"], " and ".join(["f <= 1"] * 900), [["1", "0"], ["1", "1/2"]], [[0, 1]] * 150),
    "many walls": (small.NETWORKS["tent"], " and ".join(["x <= 1"] * 900) + " implies f <= 1", [["1", "0"]] * 60, []),
}


@pytest.mark.parametrize("name", COSTLY)
def test_what_costs_much_is_charged_before(name: str) -> None:
    """A unit of the budget is a tenth of a microsecond: nothing may cost ten times what it is charged."""
    network, facts, points, simplices = COSTLY[name]
    before = time.process_time()
    left = spent(network, facts, points, simplices, 10**9)
    took = time.process_time() - before
    assert took < 0.2 + 10 * (10**9 - left) / 10**7
    with pytest.raises(OverBudget):
        spent(network, facts, points, simplices, min(300_000, (10**9 - left) // 2))
