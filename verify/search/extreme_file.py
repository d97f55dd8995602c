"""The files that say how great a function becomes, and where: a claim with two goals, its certificate, the networks."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from ..claim import Claim
from ..exact.cells import Box, Domain, Polyhedron, Space
from ..files import write_files
from ..kernel.declare import entries
from ..kernel.errors import BadInput, OverBudget
from ..kernel.numerals import numeral
from ..network.network import Network
from .piece_file import stem_of
from .proving import Proved, certified, judged

Point = Sequence[Fraction]


def write_distance_certificate(networks: Sequence[Network], where: Domain, value: Fraction, at: Point, path: str | Path) -> None:
    """Writes the claim that max |f − g| is this value, its certificate and the two networks. Raises `OverBudget` if none is found."""
    f, g = networks
    number = numeral(value)
    everywhere = f"f - g <= {number} and g - f <= {number}"
    _write({"f": f, "g": g}, where, everywhere, f"f - g = {number} or g - f = {number}", at, path)


def write_extreme_certificate(network: Network, where: Domain, value: Fraction, at: Point, least: bool, path: str | Path) -> None:
    """Writes the claim that the network's maximum, or minimum, is this value, with its certificate and the network."""
    relation = ">=" if least else "<="
    _write({"f": network}, where, f"f {relation} {numeral(value)}", f"f = {numeral(value)}", at, path)


def _write(networks: Mapping[str, Network], where: Domain, everywhere: str, there: str, at: Point, path: str | Path) -> None:
    """Writes that the one holds on the domain, and the other at the point."""
    stem, names = stem_of(path), entries("x", where.size)
    inside = said(where, names)
    bounded = f"{inside} implies {everywhere}" if inside else everywhere
    place = " and ".join(f"{name} = {numeral(x)}" for name, x in zip(names, at, strict=True))
    goals = [
        {"goal": "bound", "for": [], "holds": bounded},
        {"goal": "attained", "for": [], "holds": f"{place} implies {there}"},
    ]
    claim = Claim(stem.name, networks, [], goals)
    found = judged(claim, certified(claim))
    if not isinstance(found, Proved):
        raise OverBudget("", "no certificate was found for what the exact engine says")
    write_files(stem.parent, claim.files(found.certificate, stem.name))


def said(where: Domain, names: Sequence[str]) -> str:
    """A domain as a premise; "" where it is everything."""
    if isinstance(where, Space):
        return ""
    if isinstance(where, Box):
        sides = zip(names, where.sides, strict=True)
        return " and ".join(f"{numeral(side.low)} <= {name} <= {numeral(side.high)}" for name, side in sides)
    if not isinstance(where, Polyhedron):
        raise BadInput("", f"expected a box, a polyhedron or R^n for a certificate, found {where}")
    parts = [said(where.within, names)]
    for weight, bias in where.conditions:
        parts.append(f"{affine(weight, bias, names)} >= 0")
    return " and ".join(filter(None, parts))


def affine(weights: Sequence[Fraction], bias: Fraction, names: Sequence[str]) -> str:
    """An affine map as a term, without what is 0.

        affine([Fraction(1, 2), Fraction(0)], Fraction(-1), ["x1", "x2"])      "1/2*x1 - 1"
    """
    terms = [_times(weight, name) for weight, name in zip(weights, names, strict=True) if weight]
    if bias or not terms:
        terms.append(numeral(bias))
    return " + ".join(terms).replace("+ -", "- ")


def _times(weight: Fraction, name: str) -> str:
    if abs(weight) == 1:
        return name if weight > 0 else f"-{name}"
    return f"{numeral(weight)}*{name}"
