"""False claims about given networks with forged certificates, some false by only 1e-30; and the kernel with a check taken out.

A claim of the list is either false, or true with a forged refutation; the kernel must reject its certificate for the reason
named, or, where the evidence is honest, find the claim REFUTED. Checks of the kernel are taken out one at a time: then some forgery
of the list goes through, which shows that the list would notice.
"""

import importlib
import importlib.util
import json
import random
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from network.naive import value

from verify.kernel.check import Verdict, check
from verify.kernel.errors import DepthproofError
from verify.network.relu_network import read

from .small import NETWORKS, files

ROOT = Path(__file__).parent.parent
FORGED: list[dict[str, Any]] = json.loads((ROOT / "forged" / "given.json").read_text())
REFUTATION = "refutation:"


def attacked(forgery: dict[str, Any], checker: Callable[..., Verdict] = check) -> Verdict:
    claim, certificate, data = files(forgery["statement"], forgery["evidence"], forgery["networks"])
    return checker(claim, certificate, data.__getitem__)


@pytest.mark.parametrize("forgery", FORGED, ids=lambda forgery: forgery["name"])
def test_the_kernel_is_not_deceived(forgery: dict[str, Any]) -> None:
    if forgery["reason"] == "REFUTED":
        assert not attacked(forgery).holds
        return
    with pytest.raises(DepthproofError, match=forgery["reason"]):
        attacked(forgery)


def test_there_are_many_of_them() -> None:
    assert len(FORGED) >= 150 and len({forgery["name"] for forgery in FORGED}) == len(FORGED)


def true_at(text: str, point: list[Fraction], networks: dict[str, str]) -> bool:
    """Whether the formula is true there, by Python's own reading of it and the naive evaluator."""
    known = {f"x{i}" if len(point) > 1 else "x": x for i, x in enumerate(point, 1)} | {"F": Fraction, "true": True}
    known |= {name: value(read(NETWORKS[of]), point)[0] for name, of in networks.items()}
    premise, arrow, conclusion = text.rpartition(" implies ")
    words = f"not ({premise}) or ({conclusion})" if arrow else text
    return bool(eval(re.sub(r"(?<![a-z\d])(\d+)", r"F(\1)", re.sub(r"(?<![<>!])=", "==", words)), known))


def points(box: list[list[str]]) -> Iterator[list[Fraction]]:
    """Points of a box, some of them 1e-30 from a corner."""
    ends = [(Fraction(low), Fraction(high)) for low, high in box]
    some = [(low, low + (high - low) / 10**30, *(low + (high - low) * Fraction(i, 60) for i in (15, 20, 30, 48, 60))) for low, high in ends]
    return map(list, product(*some))


def test_each_claim_about_all_points_is_false_or_about_none() -> None:
    false = [forgery for forgery in FORGED if not forgery["name"].startswith(REFUTATION)]
    claims = [(forgery["statement"]["forall"], forgery["networks"]) for forgery in false if "forall" in forgery["statement"]]
    for body, networks in claims:
        seen = [point for point in points(body["box"]) if true_at(body.get("where", "true"), point, networks)]
        assert not all(true_at(body["holds"], point, networks) for point in seen) if seen else body["where"] in ("x >= 2", "x1 >= 2")
    assert len(claims) > 100


def mutations(value: Any, source: random.Random) -> Any:
    """The value with one change somewhere: a number, an entry, a length."""
    if isinstance(value, dict):
        key = source.choice(sorted(value) or [""])
        return {name: mutations(part, source) if name == key else part for name, part in value.items()}
    if isinstance(value, list) and value:
        index, way = source.randrange(len(value)), source.randrange(6)
        if way == 0:
            return value[:index] + value[index + 1 :]
        if way == 1:
            return value[: index + 1] + value[index:]
        if way == 2:
            other = source.randrange(len(value))
            return [value[other if i == index else index if i == other else i] for i in range(len(value))]
        return [mutations(part, source) if i == index else part for i, part in enumerate(value)]
    return source.choice(["0", "1", "-1", "1/2", "1/3", "2", "1000000", "-1/1000000", 0, 1, 2, 3, None, [], "x"])


def test_no_change_of_a_forgery_deceives_the_kernel() -> None:
    source, refused = random.Random(20), 0
    for turn in range(3_000):
        forgery = source.choice([f for f in FORGED if not f["name"].startswith(REFUTATION)])
        changed = forgery["evidence"]
        for _ in range(1 + turn % 3):
            changed = mutations(changed, source)
        try:
            assert not attacked(forgery | {"evidence": changed}).holds, (forgery["name"], changed)
        except DepthproofError as error:
            refused += error.exit_code in (1, 2, 3)
    assert refused > 2_000


CHECKS = [
    # points: signs of units, order and ends, duals, truth along an interval
    ("given.py", "before[u] < 0 < after[u] or ", ""),
    ("given.py", " or after[u] < 0 < before[u]", ""),
    ("given.py", "all(p < q for p, q in pairwise(self.xs)) and ", ""),
    ("given.py", "self.xs[:1] == [low] and ", ""),
    ("given.py", " and self.xs[-1:] == [high]", ""),
    ("given.py", "if v * w >= 0 else", "if True else"),
    ("given.py", 'want(kind != "activation_intervals" or list(setting.scope) == ["x", of], "the', 'want(True, "the'),
    ("given.py", "all(abs(sign) <= 1 for sign in s)", "True"),
    ("given.py", " and not any(polygon.integral(p, _mean, s) for p in basis)", ""),
    ("given.py", "need(len(true) == 1", "need(True"),
    ("given.py", "min(max(low, bound), high)", "low"),
    ("given.py", "true.pop()", "True"),
    ("given.py", 'need(not bent, "an expression', 'need(True, "an expression'),
    ("given.py", "polygon.values + middles", "polygon.values"),
    ("given.py", "polygon.values + middles", "middles"),
    ("given.py", "at[0] * self.graph.scales[v]", "at[0]"),
    # the claim, its condition, and a point
    ("given.py", "(negate(condition), setting", "(condition, setting"),
    ("given.py", "need(setting.holds(condition, at)", "need(True"),
    ("given.py", "need(not setting.holds(claim, at)", "need(True"),
    ("given.py", "all(low <= x <= high for x", "all(low <= high for x"),
    # the beginning of a proof
    ("given.py", "(constant(low), atom(v))", "(constant(high), atom(v))"),
    ("given.py", "(atom(v), constant(high))", "(atom(v), constant(low))"),
    ("given.py", "enumerate(sides, 1)", "enumerate(sides)"),
    ("given.py", "facts(negate(claim))", "facts(claim)"),
    ("terms.py", 'formula.connective == "and" or len(formula.parts) == 1', "True"),
    ("terms.py", '"<": "<=", "="', '"<": "<", "="'),
    ("network.py", "w * graph.scales[source], ", "w, "),
    ("network.py", ", graph.scales[value])", ", 1)"),
    ("network.py", "zip(row, layer.sources)", "zip((0, *row[1:]), layer.sources)"),
    ("network.py", "Fraction(-1))", "Fraction(1))"),
    ("network.py", "w / self.scales[source]", "w"),
    # ranges
    ("network.py", "(under // side[v].denominator)", "under"),
    ("network.py", "map(abs, row)", "row"),
    ("network.py", "if wide else 0", "if not wide else 0"),
    ("network.py", "(centre - radius) // 2", "(centre + radius) // 2"),
    ("network.py", "(centre + radius) // 2", "(centre - radius) // 2"),
    ("network.py", "(centre + radius) // 2", "centre // 2 + radius // 2"),
    ("network.py", "max(a, 0), max(b, 0)", "max(a, 0), b"),
    ("network.py", "high[value] * self.scales[value] * under", "high[value] * under"),
    ("network.py", "high[value] * self.scales[value] * under", "high[value] * self.scales[value]"),
    ("network.py", "floor(low[value]", "ceil(low[value]"),
    ("network.py", "ceil(high[value]", "floor(high[value]"),
    # bounds
    ("network.py", "len(monomial) == 1 and", "(monomial := monomial[:1]) and"),
    ("network.py", "all(other == () for other, _ in rest)", "True"),
    ("network.py", "-a / c", "a / c"),
    ("network.py", "-a / c", "-a"),
    ("network.py", 'if c > 0 or relation == "="', "if True"),
    ("network.py", 'if c < 0 or relation == "="', "if True"),
    ("network.py", "if c > 0 or", "if c < 0 or"),
    ("network.py", "if c < 0 or", "if c > 0 or"),
    # relaxed
    ("network.py", "max(-slope * low, high - slope * high)", "-slope * low"),
    ("network.py", "max(-slope * low, high - slope * high)", "(high - slope * high)"),
    ("network.py", "ceil(max(", "floor(max("),
    ("network.py", "* 2**96), 2**96)", "* 2**96), 2**97)"),
    ("network.py", "graph.scales[z] * lows[0]", "graph.scales[z] * lows[0] * 2"),
    ("network.py", "((z,), -slope)", "((z,), 0)"),
    ("network.py", "((), -above)", "((), above)"),
    ("network.py", "(((y,), -1),)", "(((), 1), ((y,), -1))"),
    ("network.py", "(((z,), 1), ((y,), -1))", "(((z,), -1), ((y,), 1))"),
    ("network.py", "((y,), 1))):", "((y,), 2))):"),
    ("network.py", 'yield Comparison("<="', 'yield Comparison("<"'),
    # the rules of a proof
    ("proof.py", "need(not waiting", "need(True"),
    ("proof.py", "[facts(split), facts(negate(split))]", "[facts(split)]"),
    ("proof.py", "facts(negate(split))", "facts(split)"),
    ("proof.py", "for part in fact.parts]", "for part in fact.parts[:1]]"),
    ("proof.py", 'variable.sort == "R" or terms.is_integral(value)', "True"),
    ("proof.py", 'if all(row.relation != "="', 'if any(row.relation == "?"'),
    ("proof.py", "(number(factor) or 0) > 0", "(number(factor) or 1) > 0"),
    ("proof.py", "(number(factor) or 0) > 0", "number(factor) is not None"),
    ("proof.py", 'all(row.relation == "<"', 'any(row.relation == "<"'),
    ("proof.py", "minus(row.polynomial)", "row.polynomial"),
    ("proof.py", "total is not None and (total", "total is None or (total"),
    ("proof.py", "(total < 0 or", "(True or"),
    ("proof.py", "(total == 0 and positive)", "total == 0"),
]


@pytest.fixture
def altered(tmp_path: Path) -> Iterator[Callable[[str, str, str], ModuleType]]:
    """The checker of a copy of the kernel in which one text of one file is replaced."""

    def copy(name: str, text: str, replacement: str) -> ModuleType:
        folder = tmp_path / "kernel"
        shutil.copytree(ROOT.parent / "verify" / "kernel", folder, ignore=shutil.ignore_patterns("__pycache__"))
        source = (folder / name).read_text()
        assert source.count(text) == 1, f"{name} has changed: {text}"
        (folder / name).write_text(source.replace(text, replacement))
        spec = importlib.util.spec_from_file_location("altered_kernel", folder / "__init__.py", submodule_search_locations=[str(folder)])
        assert spec is not None
        sys.modules["altered_kernel"] = importlib.util.module_from_spec(spec)
        return importlib.import_module("altered_kernel.check")

    yield copy
    for name in [name for name in sys.modules if name.split(".")[0] == "altered_kernel"]:
        del sys.modules[name]


def deceived(checker: ModuleType, forgery: dict[str, Any]) -> bool:
    try:
        holds = attacked(forgery, checker.check).holds
    except Exception:
        return False
    return bool(holds) != forgery["name"].startswith(REFUTATION)


@pytest.mark.parametrize(("name", "text", "replacement"), CHECKS, ids=lambda text: str(text)[:50])
def test_without_this_check_some_forgery_goes_through(
    altered: Callable[[str, str, str], ModuleType], name: str, text: str, replacement: str
) -> None:
    checker = altered(name, text, replacement)
    assert any(deceived(checker, forgery) for forgery in FORGED)


def test_with_all_checks_in_place_none_goes_through(altered: Callable[[str, str, str], ModuleType]) -> None:
    checker = altered("proof.py", "branches are open after", "branches are still open after")
    assert not any(deceived(checker, forgery) for forgery in FORGED)
