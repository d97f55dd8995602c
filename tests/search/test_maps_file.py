"""The certificate of a network's affine maps: its lines against values at points, on several domains; and claims that lack a map."""

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from random import Random

import pytest
import sympy

from verify.claim import Claim
from verify.cli import main
from verify.exact.cells import Box, Domain, Polyhedron, Simplex, Space, regions
from verify.exact.piecewise_linear import Interval
from verify.kernel.errors import BadInput, Rejected
from verify.network.builders import dense
from verify.network.load import load
from verify.network.network import Network
from verify.search.regions_file import write_maps_certificate

UNIT = Interval(Fraction(0), Fraction(1))
HALF = (((Fraction(1), Fraction(-1)), Fraction(0)),)  # x1 >= x2
CORNERS = ((Fraction(0), Fraction(0)), (Fraction(1), Fraction(0)), (Fraction(0), Fraction(2)))


def layers(source: Random, widths: list[int]) -> list[tuple[list[list[Fraction]], list[Fraction]]]:
    """Small rationals, with units that are dead or the same now and then."""
    found = []
    for inputs, width in pairwise(widths):
        rows = [[Fraction(source.randint(-3, 3), source.randint(1, 3)) for _ in range(inputs)] for _ in range(width)]
        found.append((rows, [Fraction(source.randint(-4, 4), 4) for _ in range(width)]))
    return found


def value(of: list[tuple[list[list[Fraction]], list[Fraction]]], point: tuple[Fraction, ...]) -> Fraction:
    """The network by its definition."""
    values = list(point)
    for number, (weights, biases) in enumerate(of):
        values = [sum(w * x for w, x in zip(row, values, strict=True)) + bias for row, bias in zip(weights, biases, strict=True)]
        if number + 1 < len(of):
            values = [max(x, Fraction(0)) for x in values]
    return values[0]


def goals(folder: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((folder / "maps.claim.json").read_text())["statement"]["goals"]
    return found


def said(folder: Path) -> Iterator[tuple[list[tuple[Fraction, Fraction]], sympy.Expr]]:
    """For each map that the claim names: its box and the map, read by sympy."""
    for goal in goals(folder):
        if goal["goal"] == "covered":
            continue
        box, _, rest = goal["holds"].partition(" implies ")
        equation = rest.partition("f = ")[2]
        sides = re.findall(r"(-?[0-9/]+) <= x[0-9]* <= (-?[0-9/]+)", box)
        yield [(Fraction(low), Fraction(high)) for low, high in sides], sympy.sympify(equation, rational=True)


@pytest.mark.parametrize("seed", range(12))
def test_each_map_is_what_the_network_is_there(seed: int, tmp_path: Path) -> None:
    source = Random(seed)
    weights = layers(source, [2, source.randint(1, 5), source.randint(1, 4), 1])
    domains: list[Domain] = [Box((UNIT, UNIT)), Space(2), Polyhedron(HALF, Box((UNIT, UNIT))), Polyhedron(HALF, Space(2))]
    found = regions(dense(weights), domains[seed % 4])
    write_maps_certificate(found, tmp_path / "maps")
    assert main(["check", str(tmp_path)]) == 0
    named = list(said(tmp_path))
    assert len(named) == found.affine == len({str(map_) for _, map_ in named})
    for box, map_ in named:
        assert all(low < high for low, high in box)
        middle = tuple((low + high) / 2 for low, high in box)
        for point in (*product(*box), middle):
            there = dict(zip(sympy.symbols("x1 x2"), map(sympy.Rational, point), strict=True))
            assert Fraction(str(map_.subs(there))) == value(weights, point)


@pytest.mark.parametrize(("net", "domain", "count"), [
    ("max:3", Space(3), 3), ("max:4", Box((UNIT,) * 4), 4), ("arrangement:2:4", Box((UNIT, UNIT)), 11), ("tent", Box((UNIT,)), 2),
    ("folding:2:4-4", Box((UNIT, UNIT)), 41), ("constant:1/2", Box((UNIT,)), 1),
])  # fmt: skip
def test_known_counts(net: str, domain: Domain, count: int, tmp_path: Path) -> None:
    write_maps_certificate(regions(load(net), domain), tmp_path / "maps")
    assert len(goals(tmp_path)) == 1 + count and main(["check", str(tmp_path)]) == 0


def test_a_claim_that_lacks_a_map_is_rejected(tmp_path: Path) -> None:
    """The evidence is that of the whole claim, for as many facts as there are."""
    write_maps_certificate(regions(load("max:3"), Space(3)), tmp_path / "maps")
    whole = goals(tmp_path)
    evidence = json.loads((tmp_path / "maps.certificate.json").read_text())["evidence"]
    ways = whole[0]["holds"].split(" or ")
    assert sorted(ways) == ["f = x1", "f = x2", "f = x3"]
    for lacking in ("none", *ways):
        some = [way for way in ways if way != lacking]
        claim = Claim("maps", {"f": load("max:3")}, [], [{**whole[0], "holds": " or ".join(some)}, *whole[1:]])
        evidence["items"][0]["proof"][0][1] = [*range(len(some))]
        if len(some) == 3:
            claim.check(claim.certificate(evidence))
            continue
        with pytest.raises(Rejected, match="do not contradict each other"):
            claim.check(claim.certificate(evidence))


def test_what_is_refused(tmp_path: Path) -> None:
    two: Network = dense([([[Fraction(1)], [Fraction(2)]], [Fraction(0), Fraction(0)])])
    with pytest.raises(BadInput, match="one output"):
        write_maps_certificate(regions(two, Box((UNIT,))), tmp_path / "maps")
    with pytest.raises(BadInput, match="expected a box, a polyhedron or"):
        write_maps_certificate(regions(load("max:2"), Simplex(CORNERS)), tmp_path / "maps")
    assert main(["regions", "folding:2:16-16", "--notion", "affine", "--certificate", str(tmp_path / "maps")]) == 3
    assert not list(tmp_path.iterdir())
