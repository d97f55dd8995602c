"""A small folder of proofs with its ledger: four committed certificates, a claim about a network, statements with other evidence."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from verify import sawtooth
from verify.claim import Claim
from verify.report import ledger
from verify.report.recheck import Sources
from verify.search.proving import certified

ROOT = Path(__file__).parents[2]
COMMITTED = ("sawtooth.map", "sawtooth.identity", "separation.duality", "separation.gap.core")


def theorem(name: str, grade: str, certificates: Sequence[str] = (), verdict: str = "HOLDS", **other: Any) -> dict[str, Any]:
    """One entry of a ledger."""
    point = other.pop("counterexample", {})
    evidence = [{"grade": grade, "verdict": verdict, "detail": f"as {grade} has it", "counterexample": point}]
    facts = {
        "name": name, "statement": f"for all k ≥ 1: ∫₀¹ |Δ^(2k+1) − g_1| ≥ ¼, by {name}", "says": "",
        "source": "Benefits of depth: a heading", "note": "", "rests_on": [], "grade": grade, "verdict": verdict, "label": grade,
        "true": verdict == "HOLDS", "as_expected": True,
        "seconds": 0.1, "evidence": evidence if grade != "OPEN" else [], "certificates": list(certificates), "checked": [],
    }  # fmt: skip
    return facts | other


def save(folder: Path, theorems: Sequence[Mapping[str, Any]]) -> Sources:
    for item in theorems:
        item["certificates"][:] = [ledger._file(folder / "certificates", name) for name in item["certificates"]]
    value = {"format": "ledger/1", "theorems": list(theorems), "versions": {"python": "3.11.7", "depthproof": "0.1.0"}}
    (folder / "ledger.json").write_text(json.dumps(value, ensure_ascii=True), encoding="ascii")
    return Sources(folder / "ledger.json", folder / "certificates", folder)


def files(name: str) -> list[str]:
    return [f"{name}.certificate.json", f"{name}.claim.json"]


@pytest.fixture
def sources(whole: Path, tmp_path: Path) -> Sources:
    """The folder, in order, for one test."""
    folder = tmp_path / "proofs"
    shutil.copytree(whole, folder)
    return Sources(folder / "ledger.json", folder / "certificates", folder)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, in order."""
    folder = tmp_path_factory.mktemp("ledger") / "proofs"
    certificates = folder / "certificates"
    (certificates / "networks").mkdir(parents=True)
    for name in COMMITTED:
        for file in files(name):
            shutil.copy(ROOT / "proofs" / "certificates" / file, certificates / file)
    statement = {"pieces": {"of": "f", "on": ["0", "1"], "is": "=", "count": 8}}
    claim = Claim.from_short("network.pieces", statement, {"f": sawtooth(3)})
    for name, data in claim.files(certified(claim).certificate).items():
        (certificates / name).write_bytes(data)
    theorems = [theorem(name, "KERNEL", files(name)) for name in (*COMMITTED, "network.pieces")]
    theorems += [
        theorem("slide.false", "INSTANCES", verdict="REFUTED", says="it is 1", note="It is ½; see sawtooth.map.",
                counterexample={"x": "-1/4", "found": "0"}),
        theorem("open.question", "OPEN"),
        theorem("rests.on.open", "SOLVER", rests_on=["open.question", "sawtooth.map"]),
        theorem("rests.on.kernel", "KERNEL", files("sawtooth.map"), rests_on=["sawtooth.identity"]),
    ]  # fmt: skip
    save(folder, theorems)
    return folder
