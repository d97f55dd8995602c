"""A small folder of theorems with their records: four committed certificates, a claim about a network, other evidence."""

import json
import shutil
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from verify import record, sawtooth, script
from verify.claim import Claim
from verify.layout import Place
from verify.report.recheck import Entry, Record, Sources
from verify.search.proving import certified
from verify.theorem import Grade

ROOT = Path(__file__).parents[2]
COMMITTED = ("sawtooth.map", "sawtooth.identity", "separation.duality", "separation.gap.core")
KINDS = {"KERNEL": "Certified(theory)", "SOLVER": "BySolver(decide)", "INSTANCES": "Instances(check)", "CITED": 'Cited("a book")'}
SCRIPT = '''"""{name} — a test."""

from verify.theorem import BySolver, Certified, Cited, InCoq, Instances, Theorem

theory = decide = check = None
THEOREM = Theorem(
    name={name!r},
    statement={statement!r},
    source={source!r},
    says={says!r},
    note={note!r},
    true={true!r},
    rests_on={rests_on!r},
    evidence=[{evidence}],
)
'''


def words(name: str, **other: Any) -> dict[str, Any]:
    """What a script says of a theorem."""
    statement = f"for all k ≥ 1: ∫₀¹ |Δ^(2k+1) − g_1| ≥ ¼, by {name}"
    prose = {"source": "Benefits of depth: a heading", "says": "", "note": ""}
    return {"name": name, "statement": statement, **prose, "true": True, "rests_on": []} | other


def theorem(folder: Path, name: str, *grades: str, coq: Sequence[str] = (), point: Mapping[str, str] | None = None, **other: Any) -> Place:
    """Writes a script with evidence of these grades and its record; a certificate must be there already."""
    place, said = Place(folder, name), words(name, **other)
    kinds = [*(KINDS[grade] for grade in grades), *(f"InCoq({it!r})" for it in coq)]
    place.section.mkdir(parents=True, exist_ok=True)
    place.script.write_text(SCRIPT.format(**said, evidence=", ".join(kinds)), encoding="utf-8")
    verdict = "HOLDS" if said["true"] else "REFUTED"
    seen = [record.Seen(grade, verdict, f"as {grade} has it", point or {}) for grade in grades if grade != "KERNEL"]
    files = [place.claim, place.certificate] if "KERNEL" in grades else []
    claim, certificate = [sha256(path.read_bytes()).hexdigest() for path in files] or ["", ""]
    found = record.Record(name, said["statement"], script.read(place.script).sha256, claim, certificate, "", tuple(seen))
    place.record.write_bytes(found.data)
    return place


def changed(place: Place, **values: Any) -> None:
    """Changes these values in the record."""
    value = json.loads(place.record.read_bytes())
    place.record.write_text(json.dumps(value | values))


def entries(*facts: Mapping[str, Any]) -> Record:
    """A record of theorems with these words, whatever they are, as `recheck.read` gives it."""
    found = []
    for item in facts:
        said = words(**item)
        verdict = "HOLDS" if said["true"] else "REFUTED"
        row = {"grade": "INSTANCES", "verdict": verdict, "detail": "cases", "counterexample": item.get("counterexample", {})}
        said["evidence"] = [row]
        found.append(Entry(said, (), Grade.INSTANCES, Grade.INSTANCES, verdict == "REFUTED"))
    return Record(tuple(found), {"python": "3.11.7"}, "0" * 64, "not recorded", (), tuple(entry.name for entry in found))


@pytest.fixture
def sources(whole: Path, tmp_path: Path) -> Sources:
    """The folder, in order, for one test."""
    folder = tmp_path / "proofs"
    shutil.copytree(whole, folder)
    return Sources(folder, folder)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, in order."""
    folder = tmp_path_factory.mktemp("theorems") / "proofs"
    for name in COMMITTED:
        place, committed = Place(folder, name), Place(ROOT / "proofs", name)
        place.section.mkdir(parents=True, exist_ok=True)
        shutil.copy(committed.claim, place.claim)
        shutil.copy(committed.certificate, place.certificate)
        theorem(folder, name, "KERNEL")
    place = Place(folder, "network.pieces")
    statement = {"pieces": {"of": "f", "on": ["0", "1"], "is": "=", "count": 8}}
    claim = Claim.from_short(place.name, statement, {"f": sawtooth(3)})
    (place.section / "networks").mkdir(parents=True)
    for name, data in claim.files(certified(claim).certificate, place.stem).items():
        (place.section / name).write_bytes(data)
    theorem(folder, place.name, "KERNEL")
    false = {"true": False, "says": "it is 1", "note": "It is ½; see sawtooth.map."}
    theorem(folder, "slide.false", "INSTANCES", point={"x": "-1/4", "found": "0"}, **false)
    theorem(folder, "open.question")
    theorem(folder, "rests.on.open", "SOLVER", rests_on=["open.question", "sawtooth.map"])
    theorem(folder, "rests.on.kernel", "SOLVER", rests_on=["sawtooth.identity"])
    timings = {"versions": {"python": "3.11.7"}, "theorems": {"sawtooth.map": {"seconds": 0.5, "checking": 0.012}}}
    (folder / "timings.json").write_text(json.dumps(timings))
    return folder
