"""False claims about given networks with forged certificates, some false by only 1e-30; and the kernel with a check taken out.

A claim of the list is either false, or true with a forged refutation; the kernel must reject its certificate for the reason
named, or, where the evidence is honest, find the claim REFUTED. Checks of the kernel are taken out one at a time: then some forgery
of the list goes through, which shows that the list would notice.
"""

import importlib
import importlib.util
import json
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from verify.kernel.check import Verdict, check
from verify.kernel.errors import DepthproofError

from .small import files

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
    assert len(FORGED) >= 90 and len({forgery["name"] for forgery in FORGED}) == len(FORGED)


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
    ("given.py", "if -1 in map(int.__mul__, before, signs):", "if False:"),
    ("given.py", "or any(p >= q for p, q in pairwise(self.xs))", ""),
    ("given.py", "(self.xs[0], self.xs[-1]) != (low, high)", "False"),
    ("given.py", "any(abs(sign) > 1 for sign in s)", "False"),
    ("given.py", "any(polygon.integral(p, _mean, s) for p in basis)", "False"),
    ("given.py", "if any(v * w < 0 for v, w in pairwise(polygon.along(comparison.polynomial))):", "if False:"),
    ("given.py", "polygon.valuations + middles", "polygon.valuations"),
    ("given.py", "polygon.valuations + middles", "middles"),
    ("given.py", "if witness and not setting.holds(condition, setting.at(witness[0], sides)):", "if False:"),
    ("given.py", "if setting.holds(claim, valuation):", "if False:"),
    ("given.py", "true.pop()", "True"),
    ("setting.py", "if not all(low <= x <= high for x, (low, high) in zip(point, box)):", "if False:"),
    ("boxes.py", "if waiting:\n", "if False:\n"),
    ("boxes.py", 'if weight < 0 and row.relation != "=":', "if False:"),
    ("boxes.py", "if multiplier < 0:", "if False:"),
    ("boxes.py", "-multiplier if on else multiplier", "multiplier if on else -multiplier"),
    ("boxes.py", "if c > 0 and not 0 <= slope <= 1:", "if False:"),
    ("boxes.py", "max(-slope * low, high - slope * high)", "-slope * low"),
    ("boxes.py", "max(-slope * low, high - slope * high)", "(high - slope * high)"),
    ("boxes.py", "(constant == 0 and not strict)", "False"),
    ("boxes.py", "if constant < 0 or", "if"),
    ("boxes.py", 'strict or (weight > 0 and row.relation == "<")', "True"),
    ("boxes.py", "low if c > 0 else high", "high if c > 0 else low"),
    ("boxes.py", "len(rows) if ranges else 0)", "None)"),
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
    checker = altered("boxes.py", "missing at its end", "not there at its end")
    assert not any(deceived(checker, forgery) for forgery in FORGED)
