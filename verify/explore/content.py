"""What the page holds besides its script: theorems' grades, the frontier, networks, complexes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ..answers.frontier import EVIDENCE, table
from ..exact.cells import Box, Complex
from ..exact.pieces import counts
from ..exact.piecewise_linear import Interval
from ..kernel.errors import OverBudget
from ..kernel.numerals import numeral
from ..network.network import Network
from ..report.escape import anchor
from ..report.recheck import Entry

APPENDIX = "appendix.html"
_THEOREM = re.compile(r"\b[a-z]+(?:\.[a-z_]+)+\b")
MOST_INTERVALS = 5_000  # of a network that the page is to count
MOST_CELLS = 5_000  # of a complex in the page


@dataclass(frozen=True)
class Networks:
    """Networks with one input, as the page counts them, and with two, as their cells: JSON data."""

    one: list[dict[str, Any]] = field(default_factory=list)
    two: list[dict[str, Any]] = field(default_factory=list)


def data(entries: Mapping[str, Entry], networks: Networks) -> dict[str, Any]:
    """What the page's script reads."""
    return {
        "theorems": {name: cited(entry) for name, entry in entries.items()},
        "frontier": list(frontier()),
        "networks": networks.one,
        "planes": networks.two,
    }


def cited(entry: Entry) -> dict[str, Any]:
    """A theorem's link into the appendix, and its badges: class and text."""
    badges = [["REFUTED", "REFUTED"]] if entry.refuted else []
    badges.append([entry.support.name, entry.support.name])
    if entry.state:
        badges.append(["broken", entry.state])
    return {"link": f"{APPENDIX}#{anchor(entry.name)}", "badges": badges}


def named() -> list[str]:
    """The theorems that stand behind the ends of the frontier.

    >>> named()[0]
    'separation.duality'
    """
    return list(dict.fromkeys(_THEOREM.findall(" ".join(EVIDENCE.values()))))


def frontier() -> Iterable[dict[str, Any]]:
    """The rows of the frontier's table, numbers as numerals."""
    for row in table().rows:
        yield {
            "k": row.k,
            "pieces": row.pieces,
            "lower": numeral(row.best),
            "by": row.evidence,
            "upper": numeral(row.upper),
            "points": _numerals(row.points),
            "values": _numerals(row.values),
        }


def one_input(name: str, network: Network, interval: Interval) -> dict[str, Any]:
    """A network with one input and one output, for the page to count.

    Raises `OverBudget` where it has more activation intervals than the page takes.

    >>> from verify import sawtooth
    >>> one_input("saw", sawtooth(1), Interval(Fraction(0), Fraction(1)))["on"]
    ['0', '1']
    """
    found = counts(network.univariate(), interval, MOST_INTERVALS).activation_intervals
    if found > MOST_INTERVALS:
        reason = f"{found} activation intervals; at most {MOST_INTERVALS} are counted in the page"
        raise OverBudget("", reason)
    ends = _numerals([interval.low, interval.high])
    return {"name": name, "text": network.canonical.decode().strip(), "on": ends}


def two_inputs(name: str, network: Network, box: Box) -> dict[str, Any]:
    """The cells of a network with two inputs and one output, and what the library counts there.

    Raises `OverBudget` where there are more cells than the page takes.

    >>> from verify.network.builders import random_network
    >>> two_inputs("r", random_network([2], 0, inputs=2), Box.cube(0, 1, 2))["sides"]
    [['0', '1'], ['0', '1']]
    """
    found = Complex(network, box)
    if found.regions > MOST_CELLS:
        raise OverBudget("", f"{found.regions} cells; at most {MOST_CELLS} are put into the page")
    facts = {
        "regions": found.regions,
        "open": found.open_connected,
        "affine": found.affine,
        "maximum": numeral(found.maximum.value or 0),
        "minimum": numeral(found.minimum.value or 0),
        "integral": numeral(found.integral()),
    }
    return {
        "name": name,
        "sides": [_numerals([side.low, side.high]) for side in box.sides],
        "points": [_numerals(point) for point in found.points],
        "cells": [list(cell) for cell in found.cells()],
        "map": found.maps.number.tolist(),
        "maps": [_affine(integers) for (integers,) in found.maps.maps],
        "widths": list(network.widths),
        "layered": not network.skips,
        "facts": facts,
    }


def _affine(integers: Sequence[int]) -> list[str]:
    """The coefficients and the constant of an affine map, whose last integer is their common denominator."""
    *numerators, denominator = integers
    return _numerals(Fraction(numerator, denominator) for numerator in numerators)


def _numerals(values: Iterable[Fraction]) -> list[str]:
    return [numeral(value) for value in values]
