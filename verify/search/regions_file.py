"""The files that say which activation patterns, or affine maps, a network has on boxes: a claim, its certificate, the network."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from ..claim import Claim, vocabulary
from ..exact.cells import Complex
from ..exact.cells.inside import boxes
from ..exact.cells.maps import Map
from ..files import write_files
from ..kernel.declare import entries
from ..kernel.errors import BadInput, OverBudget, Rejected
from ..network.network import Network
from .extreme_file import affine, said
from .networks import patterns
from .networks.setting import Setting
from .piece_file import stem_of

MOST_SIGNS = 100_000  # of all patterns together: no claim with more is within the kernel's limits

Array = np.ndarray
Item = tuple[str, str, list[Any]]  # a goal: its name, what holds, the steps that prove it


def write_patterns_certificate(found: Complex, path: str | Path) -> None:
    """Writes the claim that at each point of the domain the signs of the network's units do not
    contradict one of these activation patterns, and that each of them is the pattern on some box in
    it; the claim's certificate; and the network.

    So these are the patterns that occur on sets with an interior, and no others: that is the
    theorem regions.patterns. Raises `OverBudget` beyond the limits of the kernel.

        write_patterns_certificate(regions(network, domain), "build/patterns")
    """
    table, cells = _patterns(found)
    if not table.shape[1]:
        raise BadInput("", "expected a network with units for a certificate of activation regions, found none")
    setting = Setting(vocabulary({"f": found.network}))
    units = [f"value{unit.z}" for unit in setting.graph.units]
    whole = patterns.divided(setting, table)
    covered = _implied(_inside(found), patterns.formula(whole, table, units))
    ways = [[number] for number, _ in enumerate(patterns.leaves(whole))]
    items = [("covered", covered, patterns.steps(setting, found.network, covered, whole, ways))]
    texts = [_strictly(row, units) for row in table]
    _write(found.network, [*items, *_taken(found, "pattern", texts, cells)], path)


def write_maps_certificate(found: Complex, path: str | Path) -> None:
    """Writes the claim that the network equals one of its affine maps at each point of the domain,
    and each of them on some box in it; the claim's certificate; and the network.

    So there are exactly as many maps as the claim names, and no fewer affine maps would do: that is
    the theorem regions.maps. Raises `OverBudget` beyond the limits of the kernel.

        write_maps_certificate(regions(network, domain), "build/maps")
    """
    network = found.network
    if network.output_size > 1:
        what = f"expected one output for a certificate of affine maps, found {network.output_size}"
        raise BadInput("", f"{what}; choose one with --component I")
    inside, names = _inside(found), entries("x", network.input_size)
    table, cells = _patterns(found)
    setting = Setting(vocabulary({"f": network}))
    whole, number = patterns.divided(setting, table), found.maps.number[cells]
    ways = [np.unique(number[some]).tolist() for some in patterns.leaves(whole)]
    texts = [f"f = {_written(one, names)}" for one in found.maps.maps]
    covered = _implied(inside, " or ".join(texts))
    items = [("covered", covered, patterns.steps(setting, network, covered, whole, ways))]
    _write(network, [*items, *_taken(found, "map", texts, found.maps.cells)], path)


def _patterns(found: Complex) -> tuple[Array, Array]:
    """The patterns of the cells, different ones, and a cell for each."""
    table, cells = np.unique(found.active, axis=0, return_index=True)
    if table.size > MOST_SIGNS:
        count, units = table.shape
        raise OverBudget("", f"{count} patterns of {units} units have more than {MOST_SIGNS} signs")
    return table, cells


def _inside(found: Complex) -> str:
    """The domain as a premise; "" where it is everything."""
    return said(found.domain, entries("x", found.dimension))


def _implied(inside: str, text: str) -> str:
    return f"{inside} implies {text}" if inside else text


def _taken(found: Complex, title: str, texts: Sequence[str], cells: Array) -> Iterator[Item]:
    """For each text the goal that a box in its cell lies in the domain, and the text holds there."""
    names, inside = entries("x", found.dimension), _inside(found)
    for number, (text, box) in enumerate(zip(texts, boxes(found, cells), strict=True), 1):
        holds = f"{inside} and {text}" if inside else text
        yield f"{title}{number}", f"{said(box, names)} implies {holds}", patterns.on_box(box)


def _strictly(row: Sequence[bool], units: Sequence[str]) -> str:
    """That this is the pattern."""
    signs = zip(units, row, strict=True)
    return " and ".join(f"{unit} > 0" if active else f"{unit} <= 0" for unit, active in signs)


def _written(one: Map, names: Sequence[str]) -> str:
    """An affine map of one output as a term."""
    ((*weights, bias, under),) = one
    return affine([Fraction(weight, under) for weight in weights], Fraction(bias, under), names)


def _write(network: Network, items: Sequence[Item], path: str | Path) -> None:
    """Writes a claim with these goals and its certificate, if the kernel accepts it."""
    stem = stem_of(path)
    goals = [{"goal": name, "for": [], "holds": text} for name, text, _ in items]
    claim = Claim(stem.name, {"f": network}, [], goals)
    certificate = claim.certificate({"items": [{"goal": name, "proof": steps} for name, _, steps in items]})
    try:
        claim.check(certificate)
    except Rejected:
        raise OverBudget("", "no certificate was found for what the exact engine says") from None
    write_files(stem.parent, claim.files(certificate, stem.name))
