"""The certificate of a network's activation regions: its patterns against those of an oracle, and against signs at points; false claims."""

import json
import re
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from tests.exact import cells_oracle
from verify.claim import Claim
from verify.cli import main
from verify.exact.cells import Box, Complex, Domain, Polyhedron, Simplex, Space, regions
from verify.kernel.errors import BadInput, OverBudget, Rejected
from verify.kernel.formulas import formula
from verify.kernel.limits import Budget
from verify.kernel.terms import Comparison, Formula, Terms
from verify.network.builders import dense, identity, skip
from verify.network.load import load
from verify.search import regions_file
from verify.search.networks import sign_tree
from verify.search.proving import Refuted, certified, judged
from verify.search.regions_file import write_patterns_certificate

HALF = (((Fraction(1), Fraction(-1)), Fraction(0)),)  # x1 >= x2
CORNERS = ((Fraction(0), Fraction(0)), (Fraction(1), Fraction(0)), (Fraction(0), Fraction(2)))
MOST = {1: 6, 2: 4, 3: 3, 4: 2}  # units of a layer, by the number of inputs
SIGN = re.compile(r"value[0-9]+ (>|<=) 0")
SIDE = re.compile(r"(-?[0-9/]+) <= x[0-9]* <= (-?[0-9/]+)")

Pattern = tuple[bool, ...]
Goals = list[dict[str, Any]]


def written(found: Complex, folder: Path) -> tuple[Goals, dict[str, Any]]:
    """The goals and the evidence in the files."""
    write_patterns_certificate(found, folder / "patterns")
    claim = json.loads((folder / "patterns.claim.json").read_text())
    evidence: dict[str, Any] = json.loads((folder / "patterns.certificate.json").read_text())["evidence"]
    return claim["statement"]["goals"], evidence


def named(goals: Goals) -> list[Pattern]:
    """What each goal but the first says of the units' signs."""
    return [tuple(sign == ">" for sign in SIGN.findall(goal["holds"])) for goal in goals[1:]]


def signs(layers: cells_oracle.Layers, point: tuple[Fraction, ...]) -> Pattern:
    """Which units are active at a point, by their definition."""
    values, found = list(point), list[bool]()
    for weights, biases in layers[:-1]:
        values = [sum(w * x for w, x in zip(row, values, strict=True)) + bias for row, bias in zip(weights, biases, strict=True)]
        found += [x > 0 for x in values]
        values = [max(x, Fraction(0)) for x in values]
    return tuple(found)


@pytest.mark.parametrize("seed", range(16))
def test_the_patterns_are_those_of_the_oracle(seed: int, tmp_path: Path) -> None:
    source, d = Random(seed), 1 + seed % 4
    layers = cells_oracle.random_layers(source, d, [source.randint(1, MOST[d]) for _ in range(source.randint(1, 3))])
    goals, _ = written(regions(dense(layers), Box.cube(-1, 1, d)), tmp_path)
    square = cells_oracle.Polytope.box(d, Fraction(-1), Fraction(1))
    assert sorted(named(goals)) == sorted(pattern for pattern, _, _ in cells_oracle.regions(layers, square, d))
    assert main(["check", str(tmp_path)]) == 0
    for goal, pattern in zip(goals[1:], named(goals), strict=True):
        sides = [(Fraction(low), Fraction(high)) for low, high in SIDE.findall(goal["holds"].partition(" implies ")[0])]
        assert len(sides) == d and all(-1 <= low < high <= 1 for low, high in sides)
        assert all(signs(layers, point) == pattern for point in product(*sides))


@pytest.mark.parametrize("seed", range(6))
def test_other_domains_and_skips(seed: int, tmp_path: Path) -> None:
    source = Random(f"other {seed}")
    domains: list[Domain] = [Space(2), Polyhedron(HALF, Box.cube(-1, 1, 2)), Polyhedron(HALF, Space(2))]
    widths, columns, layers = [2, 3, 3, 1], 0, []
    for before, width in pairwise(widths):
        columns += before
        rows = [[Fraction(source.randint(-3, 3), source.randint(1, 3)) for _ in range(columns)] for _ in range(width)]
        layers.append((rows, [Fraction(source.randint(-2, 2)) for _ in range(width)]))
    found = regions(skip(layers), domains[seed % 3])
    patterns = named(written(found, tmp_path)[0])
    assert len(set(patterns)) == len(patterns) == found.regions and main(["check", str(tmp_path)]) == 0


@pytest.mark.parametrize(("net", "domain", "count"), [
    ("max:3", Space(3), 4), ("tent", Space(1), 3), ("arrangement:2:12", Box.cube(0, 1, 2), 79), ("folding:2:4-4", Box.cube(0, 1, 2), 44),
])  # fmt: skip
def test_known_counts(net: str, domain: Domain, count: int, tmp_path: Path) -> None:
    goals, evidence = written(regions(load(net), domain), tmp_path)
    assert len(goals) == 1 + count and main(["check", str(tmp_path)]) == 0
    assert any(step[0] == "cut" for step in evidence["items"][0]["proof"]) == (count > 16)


def holds(said: Formula, values: tuple[int, ...]) -> bool:
    """A formula whose comparisons are of one value, by its atom's number, with 0."""
    if isinstance(said, Comparison):
        ((monomial, c),) = said.polynomial.terms
        (number,) = monomial
        return c * values[number] <= 0
    parts = [holds(part, values) for part in said.parts]
    return all(parts) if said.connective == "and" else any(parts)


@pytest.mark.parametrize("seed", range(20))
def test_the_formula_says_that_one_of_the_patterns_agrees(seed: int) -> None:
    """Read by the kernel, at all combinations of signs."""
    source = Random(f"tree {seed}")
    table = source.sample(list(product((False, True), repeat=5)), source.randint(1, 20))
    terms = Terms(Budget())
    scope = {f"z{number}": terms.variable(f"z{number}", "R") for number in range(5)}
    said = formula(sign_tree.formula(np.array(table), list(scope)), terms, scope)
    for values in product((-1, 0, 1), repeat=5):
        agrees = any(all(value >= 0 if on else value <= 0 for value, on in zip(values, row, strict=True)) for row in table)
        assert holds(said, values) == agrees


def test_a_claim_that_lacks_a_pattern_is_rejected(tmp_path: Path) -> None:
    """The formula is written anew, pattern by pattern; with all of them the same evidence does."""
    net = load("arrangement:2:4")
    goals, evidence = written(regions(net, Box.cube(0, 1, 2)), tmp_path)
    ways = [" and ".join(f"value{3 + 2 * unit} {'>=' if on else '<='} 0" for unit, on in enumerate(row)) for row in named(goals)]
    assert len(ways) == 11
    for lacking in (0, 5, 10, 11):
        some = [way for number, way in enumerate(ways) if number != lacking]
        covered = {"goal": "covered", "for": [], "holds": f"0 <= x1 <= 1 and 0 <= x2 <= 1 implies {' or '.join(some)}"}
        claim = Claim("patterns", {"f": net}, [], [covered, *goals[1:]])
        evidence["items"][0]["proof"][0][1] = [*range(4 + len(some))]
        if len(some) == len(ways):
            claim.check(claim.certificate(evidence))
            continue
        with pytest.raises(Rejected, match="do not contradict each other"):
            claim.check(claim.certificate(evidence))
        alone = Claim("covered", {"f": net}, [], [covered])
        refuted = judged(alone, certified(alone))
        assert isinstance(refuted, Refuted) and signs_at(net, refuted.point.values()) == named(goals)[lacking]


def signs_at(net: Any, point: Any) -> Pattern:
    """Which units of one layer are active at a point, and that none is at its kink."""
    layer = net.lowered.nodes[0]
    rows = zip(layer.matrix("weight").dense, layer.vector("bias"), strict=True)
    heights = [sum(w * x for w, x in zip(row, point, strict=True)) + bias for row, bias in rows]
    assert all(heights)
    return tuple(height > 0 for height in heights)


def test_a_pattern_too_many_is_rejected(tmp_path: Path) -> None:
    net = load("folding:2:4-4")
    goals, evidence = written(regions(net, Box.cube(0, 1, 2)), tmp_path)
    one = goals[1]["holds"]
    for change in (lambda text: text.replace("value3 > 0", "value3 <= 0"), lambda text: text.replace("value19 <= 0", "value19 > 0")):
        more = {"goal": "more", "for": [], "holds": change(one)}
        if more["holds"] == one:
            continue
        claim = Claim("patterns", {"f": net}, [], [*goals, more])
        item = {"goal": "more", "proof": evidence["items"][1]["proof"]}
        with pytest.raises(Rejected, match="do not contradict each other"):
            claim.check(claim.certificate({"items": [*evidence["items"], item]}))


def test_a_unit_that_is_0_on_a_region_is_inactive_there(tmp_path: Path) -> None:
    """x, then ReLU(x): the second unit is 0 wherever the first is inactive. And a unit that is 0 everywhere."""
    one, none = Fraction(1), Fraction(0)
    net = dense([([[one], [none]], [none, none]), ([[one, one]], [none]), ([[one]], [none])])
    assert sorted(named(written(regions(net, Space(1)), tmp_path)[0])) == [(False, False, False), (True, False, True)]


def test_a_box_keeps_off_the_kinks(tmp_path: Path) -> None:
    """The first simplex of x >= -1/2 in [-1, 1] is [-1/2, 1]; signs are strict on all of the box."""
    net = dense([([[Fraction(2)]], [Fraction(1)]), ([[Fraction(1)]], [Fraction(0)])])
    assert sorted(named(written(regions(net, Box.cube(-1, 1, 1)), tmp_path)[0])) == [(False,), (True,)]


def test_what_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="a network with units"):
        write_patterns_certificate(regions(identity(2), Box.cube(0, 1, 2)), tmp_path / "patterns")
    with pytest.raises(BadInput, match="expected a box, a polyhedron or"):
        write_patterns_certificate(regions(load("max:2"), Simplex(CORNERS)), tmp_path / "patterns")
    for notion in ("patterns", "open", "closed", "all"):
        assert main(["regions", "max:2", "--notion", notion, "--certificate", str(tmp_path / "patterns")]) == 2
        assert f"expected --notion regions or affine for a certificate, found {notion}" in capsys.readouterr().err
    monkeypatch.setattr(regions_file, "MOST_SIGNS", 351)
    with pytest.raises(OverBudget, match="44 patterns of 8 units"):
        write_patterns_certificate(regions(load("folding:2:4-4"), Box.cube(0, 1, 2)), tmp_path / "patterns")
    assert not list(tmp_path.iterdir())
    monkeypatch.undo()
    assert main(["regions", "folding:2:4-4", "--certificate", str(tmp_path / "patterns")]) == 0
