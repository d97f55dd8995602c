"""Goals about boxes with several inputs. Counterexamples are looked for first.

Then there are two ways: regions that are closed by leaves, where networks are small; a tree of
cuts.
"""

import time
from collections.abc import Sequence
from itertools import islice
from typing import Any

from ...kernel.errors import DepthproofError
from ...kernel.terms import Formula
from ...kernel.tree import Box
from .boxes import Search, Unsettled, is_bound, samples
from .division import Division
from .doubt import Doubt
from .floats import Floats
from .tree import Facts, Forest

FEW_UNITS = 48  # of all networks together, up to which leaves are tried first
FEW_POINTS = 20  # that are tried exactly in larger networks, before floats look for others
SHARE = 0.15  # of the time for that
TREE = 0.5  # of the time, after which the tree of a network with few units is given up for leaves


def steps(search: Search) -> list[Any]:
    """The steps that refute the facts of the search. Raises `Counterexample`, `Unsettled`."""
    small = len(search.graph.units) <= FEW_UNITS
    most = None if small else FEW_POINTS
    for point in islice(samples(search.box), most):
        search.attempt(point)
    begun, why = time.monotonic(), dict[str, str]()
    facts = enumerate(search.start)
    places = [place for place, fact in facts if not is_bound(search.setting, fact)]
    forest = _forest(search, [search.start[place] for place in places], why)
    search.begin(search.whole())
    if forest is not None:
        forest.descend()
        left = search.end - begun
        found = _leaves(search, begun + SHARE * left, why) if small else None
        if found is None:
            forest.end = begun + TREE * left if small else search.end
            found = _tree(search, forest, places, why)
        if found is not None:
            return found
    found = _leaves(search, search.end, why)
    if found is not None:
        return found
    raise Unsettled("; ".join(f"{way}: {reason}" for way, reason in why.items()))


def _leaves(search: Search, end: float, why: dict[str, str]) -> list[Any] | None:
    """By regions that are closed by leaves; from where time was over, if it was."""
    whole, search.end = search.end, end
    try:
        return search.resumed()
    except Unsettled as error:
        why["regions with leaves"] = error.reason
        return None
    finally:
        search.end = whole


def _forest(search: Search, facts: Sequence[Formula], why: dict[str, str]) -> Forest | None:
    """The search for a tree, if the facts are such that it can be one."""
    if not facts or all(low >= high for low, high in search.box):
        return None
    try:
        floats = Floats(Box(search.graph, search.start, list(facts)))
    except DepthproofError as error:
        why["a tree of cuts"] = str(error)
        return None
    return Forest(Facts(floats, facts), search.attempt, search.end)


def _tree(
    search: Search, forest: Forest, places: list[int], why: dict[str, str]
) -> list[Any] | None:
    """By a tree of cuts, divided where there is a team."""
    doubt = Doubt(forest.floats.box, [search.start[place] for place in places])
    divided = forest if search.team is None else Division(forest, search.team)
    try:
        nodes = doubt.convinced(divided.cuts())
    except (Unsettled, DepthproofError) as error:
        why["a tree of cuts"] = str(error)
        return None
    return [["tree", places, nodes]]
