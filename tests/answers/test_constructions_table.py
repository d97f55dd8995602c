"""The table of docs/constructions.md, made anew: sizes counted in the networks, errors by the checkers."""

import re
from collections.abc import Iterator
from fractions import Fraction as F
from pathlib import Path

import pytest
from network.coq_counts import said

from verify.answers.certify import certify
from verify.answers.circuits import agreement, made
from verify.answers.construct import Wish, construct
from verify.answers.target import Target
from verify.bounds import montufar, zaslavsky
from verify.exact import Interval
from verify.exact.cells import Box, Complex
from verify.kernel.numerals import numeral
from verify.network.load import load
from verify.network.yarotsky import Grid
from verify.search import limits

TEXT = (Path(__file__).parents[2] / "docs" / "constructions.md").read_text()
UNIT, SIGNED = Interval(F(0), F(1)), Interval(F(-1), F(1))
GRID = Grid(2, 2, 1, 6)
# theorem, F, intervals, method, error asked, units and depth that the theorem counts
BUILT = [
    ("approximation.interval", "abs(x - 1/3)", [SIGNED], "interval", F(1, 10), (10, 1)),
    ("approximation.cube", "abs(x1 - x2)", [UNIT, UNIT], "cube", F(1, 4), tuple(
        said("approximation_cube", rf"{what} N = \((.*?)\)%nat", d=2, k=2) for what in ("nodes", "depth")
    )),
    ("approximation.cube", "x1*x2", [UNIT, UNIT], "cube", F(1, 4), (61, 5)),
    ("smooth.product.network", "x1*x2", [SIGNED, SIGNED], "product", F(1, 50), tuple(
        said("smooth_product", pattern, m=3) for pattern in (r"\(S m\) \(([^()]*)\)", r"computes 2 \((S m)\)")
    )),
    ("smooth.polynomial", "x^2/2 - x^4/4", [SIGNED], "polynomial", F(1, 10), tuple(
        said("smooth_polynomial", pattern, n=5, m=4) for pattern in (r"S m\) \((n \* \(.*?\))\) 1", r"computes 1 \((n \* S m)\)")
    )),
    ("smooth.sobolev", "x1*x2", [UNIT, UNIT], "sobolev", F(4, 5), (GRID.units, GRID.depth)),
]  # fmt: skip


def row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |\n"


def command(text: str, sides: list[Interval], method: str, error: F) -> str:
    """The command line that builds it."""
    on = "" if sides[0] == UNIT else f" --on {numeral(sides[0].low)},{numeral(sides[0].high)}"
    more = " --order 1 --cells 2" if method == "sobolev" else ""
    return f'`approximate "{text}"{on} --by {method} --error {numeral(error)}{more}`'


@pytest.mark.parametrize("case", BUILT, ids=lambda case: f"{case[0]} {case[1]}")
def test_networks(case):
    theorem, text, sides, method, error, (units, depth) = case
    it = construct(Target.of(text, len(sides)), sides, method, Wish(error, order=1, cells=2))
    found = certify(it, error, 60, limits.here)
    assert found.holds
    certified = f"≤ {numeral(error)}: kernel" if found.by == "kernel" else f"= {numeral(found.high)}: exact engine"
    size, built = f"{units} units, depth {depth}", f"{it.network.units}, {it.network.depth}"
    assert row(theorem, command(text, sides, method, error), size, built, numeral(it.promised), certified) in TEXT


def counted() -> Iterator[str]:
    """Rows of counts: the network's or the circuit's own, beside the theorem's."""
    cube = Box.cube(0, 1, 2)
    for theorem, name, most in (
        ("regions.zaslavsky.attained", "arrangement:2:5", zaslavsky(5, 2)),
        ("regions.montufar", "folding:2:4-4", montufar(2, [4, 4])),
    ):
        yield row(theorem, f"`regions {name}`", f"{most} regions", Complex(load(name), cube).regions)
    for theorem, name, size in (
        ("circuits.parity.tree", "parity-tree:3", (4 * (8 - 1), 9)),
        ("circuits.parity.attained", "parity-dnf:6", (2**5 + 1, 2)),
        ("circuits.parity.cnf", "parity-cnf:6", (2**5 + 1, 2)),
        ("circuits.sum_product", "sum-product:2", (4**2 - 1, 4)),
        ("circuits.sum_product", "products:2", (2 ** (2**2 - 1) + 1, 2)),
    ):
        it = made(name)
        assert agreement(it)
        yield row(theorem, f"`circuit {name}`", f"{size[0]} gates, depth {size[1]}", f"{len(it.gates)}, {it.depth}")


def test_counts():
    for line in counted():
        assert line in TEXT, line


def test_the_theorems_are_there():
    """Every theorem that the page names has its script."""
    proofs = Path(__file__).parents[2] / "proofs"
    names = set(re.findall(r"\b(?:approximation|smooth|regions|circuits)(?:\.[a-z_]+)+\b", TEXT))
    there = {f"{path.parent.name}.{path.name.removesuffix('.py')}" for path in proofs.glob("*/*.py")}
    assert len(names) > 10 and names <= there
