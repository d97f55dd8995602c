"""The rest of the two lectures: every row has its script, the evidence that runs here shows what is expected, and a statement that is
made a little stronger than the truth fails."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from changed import module

from verify.layout import Place
from verify.theorem import Cited, Grade, InCoq, Instances, Verdict, script

FOLDER = Path(__file__).parents[2] / "proofs"
NAMES: list[str] = """
approximation.cube approximation.three_layers approximation.three_layers.mean
approximation.interval approximation.interval.lower approximation.continuous
approximation.sigmoidal approximation.relu approximation.logistic approximation.needs_bends approximation.barron
approximation.barron.fourier
smooth.product.network smooth.polynomial smooth.sobolev smooth.slide_sobolev
smooth.square.mean smooth.square.mean.attained smooth.square.sup smooth.square.sup.attained smooth.convex smooth.separation
smooth.square.mean_square
regions.zaslavsky regions.zaslavsky.attained regions.serra regions.product regions.montufar regions.maps regions.patterns
regions.montufar.folds regions.montufar.function regions.montufar.any regions.montufar.narrow regions.serra.function regions.serra.attained
pieces.polyhedra pieces.polyhedra.false
separation.power separation.power.false separation.sup separation.sup.jumps separation.sup.false
circuits.parity.dnf circuits.parity.cnf circuits.parity.attained circuits.parity.tree circuits.parity.constant_depth
circuits.parity.hastad circuits.sum_product backprop.lemma backprop.weights backprop.cost.sweep backprop.kink
descent.attained descent.rate
descent.linear descent.optimal descent.diverges descent.overparametrised descent.interpolates descent.random_starts
activation.maximisation activation.stuck
""".split()  # noqa: SIM905
CITED = {"circuits.parity.hastad", "descent.random_starts"}
PATHS = {name: Place(FOLDER, name).script for name in NAMES}
THEOREMS = {name: script(path) for name, path in PATHS.items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_script_is_graded_as_it_should_be(name: str) -> None:
    theorem = THEOREMS[name]
    best = min(evidence.grade for evidence in theorem.evidence)
    assert best == (Grade.CITED if name in CITED else Grade.COQ)
    kinds = {type(evidence) for evidence in theorem.evidence}
    assert Cited in kinds or all(e.refutes != theorem.true for e in theorem.evidence if isinstance(e, InCoq))


@pytest.mark.parametrize(
    ("name", "attribute", "other"),
    [
        ("regions.serra", "serra", lambda true: lambda d, widths: true(d, widths) + 1),
        ("regions.serra.function", "serra", lambda true: lambda d, widths: 1),
        ("regions.serra.attained", "bent", lambda true: lambda p: true(p + 1)),
        ("regions.montufar.folds", "fold", lambda true: lambda d, m: true(d, d)),
        ("regions.montufar.function", "fold", lambda true: lambda d, m: true(d, d)),
        ("regions.montufar.any", "prod", lambda true: lambda factors: true(factors) + 1),
        ("regions.montufar.narrow", "maps", lambda true: lambda network: true(network) + 1),
        ("regions.zaslavsky.attained", "patterns", lambda true: lambda m, d: true(m, d) | {()}),
        ("circuits.parity.tree", "xor", lambda true: lambda a, b: (a[0] or b[0], true(a, b)[1])),
        ("circuits.parity.dnf", "value", lambda true: lambda terms, bits: sum(bits) % 2 == 1),
        ("circuits.sum_product", "deep", lambda true: lambda i, first=0: (4**i, *true(i, first)[1:])),
        ("smooth.square.mean", "bound", lambda true: lambda p: true(p) * 16 / 15),
        ("smooth.square.mean.attained", "value", lambda true: lambda p: true(p) * 16 / 15),
        ("smooth.square.sup", "bound", lambda true: lambda p: true(p) * 8 / 7),
        ("smooth.square.sup.attained", "value", lambda true: lambda p: true(p) * 8 / 7),
        ("separation.power", "bound", lambda true: lambda k, n, q: true(k, n, q) * 65 / 64),
        ("separation.sup", "BOUND", lambda true: true * 65 / 64),
        ("separation.sup.jumps", "QUARTER", lambda true: true * 9 / 8),
        ("descent.rate", "rate", lambda true: lambda step, mu: true(step, mu) * 63 / 64),
        ("descent.attained", "best", lambda true: lambda samples: [a + Fraction(1, 9) for a in true(samples)]),
        ("approximation.three_layers.mean", "walls", lambda true: lambda v, cells, tau: true(v, cells, tau) / 8),
        ("smooth.square.mean_square", "bound", lambda true: lambda p: true(p) * 180 / 179),
        ("descent.linear", "descent", lambda true: lambda samples, w, step, times: true(samples, w, 9 * step, times)),
    ],
)
def test_what_is_not_so_is_refuted(monkeypatch: pytest.MonkeyPatch, name: str, attribute: str, other: Callable[[Any], Any]) -> None:
    changed = module(name)
    monkeypatch.setattr(changed, attribute, other(getattr(changed, attribute)))
    evidence = next(e for e in changed.THEOREM.evidence if isinstance(e, Instances))
    assert evidence.check().verdict == Verdict.REFUTED


@pytest.mark.parametrize(
    ("name", "attribute", "value"),
    [
        ("smooth.slide_sobolev", "M", 1),
        ("pieces.polyhedra.false", "RIGHT", (Fraction(-3), Fraction(-1))),
        ("descent.diverges", "STEP", Fraction(1, 2)),
        ("separation.power.false", "CLAIMED", Fraction(1, 64)),
        ("separation.sup.false", "CLAIMED", Fraction(1, 3)),
        ("descent.overparametrised", "X", Fraction(-1)),
    ],
)
def test_where_the_claim_is_true_nothing_is_refuted(monkeypatch: pytest.MonkeyPatch, name: str, attribute: str, value: object) -> None:
    changed = module(name)
    monkeypatch.setattr(changed, attribute, value)
    evidence = next(e for e in changed.THEOREM.evidence if isinstance(e, Instances))
    assert evidence.check().verdict == Verdict.UNDECIDED
