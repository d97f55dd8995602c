"""What stands today: each theorem's script, as it is worded now, with what backs it, checked again now.

The words are the script's. The verdict on a certificate is the kernel's, which re-checks it in a process of its own, and the claim's name
says whose it is, and whether it refutes: a record's word counts for neither. COQ needs Coq's record with the hashes of today's sources.
SOLVER, INSTANCES and CITED are as recorded, for the script as it is but for its prose; they are not run again.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .. import checkers, derived, keep, record, script, slides
from ..files import file_name
from ..kernel.check import CERTIFICATE, CLAIM
from ..kernel.errors import BadInput, DepthproofError, OverBudget, Rejected, displayed
from ..layout import NOT, RECORD, SCRIPT, Place, places
from ..theorem import COQ_AXIOMS, Grade, Verdict, worst_below
from .standing import Broken, Read
from .standing import Certificate as Certificate
from .standing import Entry as Entry
from .standing import Folder as Folder
from .standing import Record as Record
from .standing import Sources as Sources

CERTIFIED = ("Certified",)
LONGEST = 2_000  # characters of a claim's own words
HOLDS, REFUTED, UNDECIDED = Verdict.HOLDS.name, Verdict.REFUTED.name, Verdict.UNDECIDED.name
_STATES = {"REJECTED": "altered", "MALFORMED": "malformed", "OVER": "over budget"}
_AS_RECORDED = {"BySolver": Grade.SOLVER.name, "Instances": Grade.INSTANCES.name, "Cited": Grade.CITED.name}


def read(sources: Sources, names: Collection[str] = ()) -> Record:
    """Reads the theorems and re-checks all that backs them; or only of these names, with what they rest on.

    Raises `BadInput` only where there are no records at all."""
    found = {place.name: place for ending in (RECORD, SCRIPT) for place in places(sources.theorems, ending)}
    if not any(place.record.exists() for place in found.values()):
        what = "expected records NAME.record.json, which depthproof prove --regenerate writes; or --from DIR, which prove --out wrote"
        raise BadInput(displayed(str(sources.theorems))[1:-1], what)
    theorems = [_read(sources, found[name]) for name in sorted(found)]
    coq_version, coq = _coq(sources)
    rests_on = _rests_on(theorems, coq)
    wanted = _with_support(rests_on, names) if names else set(rests_on)
    theorems = [it for it in theorems if it.name in wanted]
    certificates = _certificates([it for it in theorems if it.certified], sources)
    standing = _Coq(coq_version, coq)
    entries = _capped([_entry(it, certificates.get(it.name), standing, rests_on) for it in theorems])
    complaints = tuple(dict.fromkeys((entry.code, f"{entry.name}: {reason}") for entry in entries for reason in entry.reasons))
    in_order = tuple(slides.order((entry.name for entry in entries), sources.proofs))
    together = hashlib.sha256(b"".join(it.record.data for it in theorems if it.record is not None)).hexdigest()
    versions = keep.read_timings(sources.theorems / keep.TIMINGS)["versions"]
    return Record(tuple(entries), versions, together, coq_version, complaints, in_order)


def _read(sources: Sources, place: Place) -> Read:
    """The script and the record, held against each other."""
    told, path = None, sources.script(place.name)
    try:
        told = script.read(path)
        if told.name != place.name:
            raise BadInput(displayed(str(path))[1:-1], f"expected the theorem {place.name}, found {displayed(told.name)}")
        if not place.record.exists():
            return Read(place.name, told, None, Broken("missing", f"it was not recorded: depthproof prove --record {place.name}"))
        found = record.read(place.record, place.name)
    except DepthproofError as error:
        state = "missing" if told is None and not path.exists() else "malformed"
        return Read(place.name, told, None, Broken(state, str(error), error.exit_code))
    return Read(place.name, told, found, _broken(told, found))


def _broken(told: script.Script, found: record.Record) -> Broken | None:
    """What the record says otherwise than the script."""
    again = f"depthproof prove --record {found.name}"
    if told.statement != found.statement:
        return Broken("stale", f"the script states something else than what was recorded: {again}")
    if told.sha256 != found.script:
        return Broken("stale", f"the script changed since it was recorded, and not only its prose: {again}")
    seen = [it.grade for it in found.evidence]
    certified = any(it.kind in CERTIFIED for it in told.evidence)
    if seen == [Grade.KERNEL.name] and not found.claim:
        return None  # nothing was found in time
    listed = [_AS_RECORDED[it.kind] for it in told.evidence if it.kind in _AS_RECORDED]
    undecided = Grade.KERNEL.name in seen
    if [it for it in seen if it != Grade.KERNEL.name] != listed or certified != (undecided or bool(found.claim)):
        return Broken("altered", "its record has other evidence than its script", Rejected.exit_code)
    return None


def _with_support(rests_on: Mapping[str, Sequence[str]], names: Collection[str]) -> set[str]:
    """These theorems and all that they rest on, directly or not."""
    found, waiting = set[str](), [name for name in names if name in rests_on]
    while waiting:
        name = waiting.pop()
        waiting.extend(other for other in rests_on[name] if other not in found and other in rests_on)
        found.add(name)
    return found


def _rests_on(theorems: Iterable[Read], coq: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What each theorem rests on: what its script names; and, where it is graded by its Coq proof, the theorems whose Coq proofs that
    uses."""
    listed = list(theorems)
    named = {it.theorem: read.name for read in listed if read.script for it in read.script.evidence if it.kind == "InCoq"}
    named |= {_certified_in_coq(read.name): read.name for read in listed if read.certified}
    found = {}
    for read in listed:
        evidence = read.script.evidence if read.script else ()
        by_coq = [it.theorem for it in evidence if it.kind == "InCoq" and not read.certified]
        used = [named[name] for theorem in by_coq if theorem in coq for name in coq[theorem]["uses"] if name in named]
        written = read.script.rests_on if read.script else ()
        found[read.name] = tuple(name for name in dict.fromkeys([*written, *used]) if name != read.name)
    return found


def _certified_in_coq(name: str) -> str:
    """What the Coq theorem of a certificate is called."""
    return f"certified_{name.replace('.', '_')}"


def _certificates(certified: Sequence[Read], sources: Sources) -> dict[str, Certificate]:
    """The theorems' certificates, re-checked by one run of the stand-alone kernel, and one of the proved checker where it is here."""
    if not certified:
        return {}
    command, now = checkers.proved(), checkers.sources(sources.proofs)
    took = keep.read_timings(sources.theorems / keep.TIMINGS)["theorems"]
    claims = [sources.place(it.name).claim for it in certified]
    blocks = checkers.says(checkers.PYTHON, claims)
    seconds = checkers.says(command, claims) if command is not None else []
    found = {}
    for index, (it, lines) in enumerate(zip(certified, blocks, strict=True)):
        judged = _judged(sources.place(it.name), it.record, lines, took.get(it.name, {}).get("checking"))
        if seconds:
            judged = _seconded(judged, seconds[index])
        elif judged.state == "holds" and it.record is not None and it.record.depthcheck == now != "":
            judged = replace(judged, second="as recorded")
        found[it.name] = judged
    return found


def of_folder(sources: Folder) -> Record:
    """The claims in a folder of certificates, re-checked. Raises `BadInput` where there are none."""
    folder = sources.theorems
    stems = {path.name.removesuffix(ending) for ending in (CLAIM, CERTIFICATE) for path in folder.glob(f"*{ending}")}
    if not stems:
        what = "expected NAME.claim.json, as depthproof claim --certificate writes it, or what prove --out wrote"
        raise BadInput(displayed(str(folder))[1:-1], what)
    entries = of_certificates(folder, sorted(stems))
    entries = tuple(replace(entry, facts={**entry.facts, **_said(entry, folder)}) for entry in entries)
    complaints = tuple((entry.code, f"{entry.name}: {reason}") for entry in entries for reason in entry.reasons)
    together = hashlib.sha256(b"".join(entry.certificates[0].claim for entry in entries)).hexdigest()
    return Record(entries, keep.versions(), together, "", complaints, folder=str(folder))


def _said(entry: Entry, folder: Path) -> dict[str, str]:
    """What the claim of an entry says, in its own words; and what its networks were made from."""
    try:
        goals = json.loads(entry.certificates[0].claim)["statement"]["goals"]
        said = "; ".join(str(goal["holds"]) for goal in goals)
        words = derived.line(folder / f"{entry.name}{CLAIM}")
    except (ValueError, KeyError, TypeError, RecursionError, DepthproofError):
        return {}
    return {"statement": said if len(said) <= LONGEST else f"{said[:LONGEST]} …", "note": words}


def of_certificates(folder: Path, stems: Sequence[str]) -> tuple[Entry, ...]:
    """Claims by the names of their files, NAME.claim.json, as theorems of their own: their words are
    what the checkers read. The claim `not NAME` refutes NAME."""
    command, claims = checkers.proved(), [folder / f"{stem}{CLAIM}" for stem in stems]
    blocks = checkers.says(checkers.PYTHON, claims)
    seconds = checkers.says(command, claims) if command is not None else []
    found = []
    for index, (stem, lines) in enumerate(zip(stems, blocks, strict=True)):
        judged = _alone(folder, stem, lines)
        found.append(_unrecorded(_seconded(judged, seconds[index]) if seconds else judged))
    return tuple(found)


def _alone(folder: Path, stem: str, lines: tuple[str, ...]) -> Certificate:
    """What the kernel's lines say of a certificate that no record names."""
    claim, certificate = _bytes(folder / f"{stem}{CLAIM}"), _bytes(folder / f"{stem}{CERTIFICATE}")
    word, _, said = lines[0].partition(" ")
    state, reason = "holds", ""
    if not certificate or not claim:
        state, reason = "missing", f"there is no {stem}{CERTIFICATE if claim else CLAIM}"
    elif word in _STATES:
        reason = said.replace(f"{folder / stem}: ", "").replace("BUDGET ", "", 1)
        changed = "for another claim" in reason or "expected the network with SHA-256" in reason
        state = "stale" if changed else _STATES[word]
    digest = hashlib.sha256(certificate).hexdigest() if certificate else ""
    refutes = _denied(claim, stem)
    return Certificate(stem, state, reason, lines, len(certificate), digest, None, claim, "", refutes)


def _denied(claim: bytes, stem: str) -> bool:
    """Whether the claim says, by its name, that the one of these files is false."""
    try:
        name = json.loads(claim)["name"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    return type(name) is str and name.startswith(NOT) and file_name(name.removeprefix(NOT)) == stem


def _unrecorded(it: Certificate) -> Entry:
    words = {"name": it.name, "statement": "", "says": "", "source": "", "note": "", "rests_on": []}
    facts = words | {"true": not it.refutes, "evidence": []}
    if it.state != "holds":
        return Entry(facts, (it,), Grade.OPEN, Grade.OPEN, False, it.state, (it.reason,), (), _code(it))
    grade = Grade.KERNEL if it.second else Grade.CHECKED
    return Entry(facts, (it,), grade, grade, it.refutes)


def _seconded(first: Certificate, said: tuple[str, ...]) -> Certificate:
    """With the verdict of the proved checker; where the checkers disagree the certificate does not stand."""
    if first.state == "holds" and checkers.differs(first.lines, said):
        reason = f"the checkers disagree: the Python kernel says {first.lines[0]}, depthcheck {said[0]}"
        return replace(first, state="altered", reason=reason)
    return replace(first, second="now") if first.state == "holds" and said == first.lines else first


def _judged(place: Place, found: record.Record | None, lines: tuple[str, ...], checking: float | None) -> Certificate:
    """What the kernel's lines say of the certificate, and whether it is the one that the record names."""
    claim, certificate = _bytes(place.claim), _bytes(place.certificate)
    digest = hashlib.sha256(certificate).hexdigest() if certificate else ""
    word, _, said = lines[0].partition(" ")
    refutes = said == displayed(f"{NOT}{place.name}")
    state, reason = "holds", ""
    if not certificate or not claim:
        state, reason = "missing", f"there is no {(place.claim if certificate else place.certificate).name}"
    elif word in _STATES:
        reason = said.replace(f"{place.section / place.stem}: ", "").replace("BUDGET ", "", 1)
        changed = "for another claim" in reason or "expected the network with SHA-256" in reason
        state = "stale" if changed else _STATES[word]
    elif not refutes and said != displayed(place.name):
        state, reason = "altered", f"the kernel accepts it, but as the certificate of {said}"
    elif found is None or (hashlib.sha256(claim).hexdigest(), digest) != (found.claim, found.certificate):
        state, reason = "altered", "the kernel accepts it, but it is not the file that the record names"
    return Certificate(place.name, state, reason, lines, len(certificate), digest, checking, claim, "", refutes)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _code(certificate: Certificate) -> int:
    others = {"holds": 0, "malformed": BadInput.exit_code, "over budget": OverBudget.exit_code}
    return others.get(certificate.state, Rejected.exit_code)


@dataclass(frozen=True)
class _Coq:
    """Coq's version, or why there is none, and the theorems of its record that stand today."""

    version: str
    theorems: Mapping[str, Any]

    def stands(self, name: str) -> bool:
        it = self.theorems.get(name)
        return it is not None and set(it["assumptions"]) <= COQ_AXIOMS

    def row(self, name: str, refutes: bool) -> dict[str, Any]:
        """The row of a theorem of Coq: what it shows, if it stands."""
        if not self.stands(name):
            why = f"{name} is not among the theorems that coqc is recorded to have accepted from today's sources"
            return _row(Grade.COQ, UNDECIDED, why)
        detail = f"coqc {self.version} accepted {name} (as recorded with the files' hashes; not re-run here)"
        return _row(Grade.COQ, REFUTED if refutes else HOLDS, detail)


def _coq(sources: Sources) -> tuple[str, Mapping[str, Any]]:
    """The version and the theorems of a record that fits today's sources; otherwise why there is none, and no theorems. Left out are
    theorems that were derived from a certificate which is another one today."""
    folder = sources.proofs / "coq"
    try:
        value = json.loads((folder / "record.json").read_bytes())
        changed = sorted(name for name, digest in value["files"].items() if _sha256(folder / name) != digest)
        others = {name for name, digest in value.get("claims", {}).items() if _claim_sha256(sources, name) != digest}
        theorems = {
            str(name): {"statement": str(it["statement"]), "assumptions": list(it["assumptions"]), "uses": list(it.get("uses", ()))}
            for name, it in value["theorems"].items()
            if not others.intersection(it.get("claims", ()))
        }
        version = str(value["coq"])
    except OSError:
        return "not recorded", {}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "the record cannot be read", {}
    if changed:
        return f"the sources changed since they were recorded: {', '.join(changed)}", {}
    return version, theorems


def _sha256(path: Path) -> str:
    return hashlib.sha256(_bytes(path)).hexdigest()


def _claim_sha256(sources: Sources, name: str) -> str:
    """Of a claim and its certificate together, as the record of Coq has it."""
    place = sources.place(name)
    return hashlib.sha256(_bytes(place.claim) + _bytes(place.certificate)).hexdigest()


def _row(grade: Grade, verdict: str, detail: str, counterexample: Mapping[str, str] | None = None) -> dict[str, Any]:
    return {"grade": grade.name, "verdict": verdict, "detail": detail, "counterexample": dict(counterexample or {})}


def _entry(it: Read, certificate: Certificate | None, coq: _Coq, rests_on: Mapping[str, Sequence[str]]) -> Entry:
    """The theorem with the best evidence that stands today."""
    rows = _rows(it, certificate, coq)
    decided = sorted({(Grade[row["grade"]], row["verdict"]) for row in rows if row["verdict"] != UNDECIDED})
    agreed = len({verdict for _, verdict in decided}) == 1
    own = decided[0][0] if agreed else Grade.OPEN
    refuted = agreed and decided[0][1] == REFUTED
    wrong = it.broken or _wrong(it, certificate, decided)
    facts = {
        "name": it.name,
        "statement": it.script.statement if it.script else "",
        "says": it.script.says if it.script else "",
        "source": it.script.source if it.script else "",
        "note": it.script.note if it.script else "",
        "true": it.script is None or it.script.true,
        "rests_on": [name for name in rests_on[it.name] if name in rests_on],
        "evidence": rows,
    }
    missing = [name for name in rests_on[it.name] if name not in rests_on]
    if missing and wrong is None:
        wrong, own = Broken("missing", f"it rests on {', '.join(missing)}, of which there is no record"), Grade.OPEN
    named = [it.theorem for it in it.script.evidence if it.kind == "InCoq"] if it.script else []
    named += [_certified_in_coq(it.name)] if certificate is not None else []
    shown = tuple({"name": name, **coq.theorems[name]} for name in named if coq.stands(name) and it.broken is None)
    certificates = (certificate,) if certificate is not None else ()
    state, reasons, code = (wrong.state, (wrong.reason,), wrong.code) if wrong else ("", (), 0)
    return Entry(facts, certificates, own, own, refuted, state, reasons, shown, code)


def _rows(it: Read, certificate: Certificate | None, coq: _Coq) -> list[dict[str, Any]]:
    """The evidence, in the script's order, each with what it shows today. None where the record counts for nothing."""
    if it.broken is not None or it.script is None or it.record is None:
        return []
    recorded = [_row(Grade[seen.grade], seen.verdict, seen.detail, seen.counterexample) for seen in it.record.evidence]
    undecided = [row for row in recorded if row["grade"] == Grade.KERNEL.name]
    others = iter([row for row in recorded if row["grade"] != Grade.KERNEL.name])
    rows = []
    for named in it.script.evidence:
        if named.kind in CERTIFIED:
            rows += [_certified(certificate)] if certificate is not None else undecided
        elif named.kind == "InCoq":
            rows.append(coq.row(named.theorem, named.refutes))
        else:
            rows += [row for row in [next(others, None)] if row is not None]
    if certificate is not None and certificate.state == "holds" and coq.stands(_certified_in_coq(it.name)):
        rows.append(coq.row(_certified_in_coq(it.name), certificate.refutes))
    return rows or undecided


def _certified(certificate: Certificate) -> dict[str, Any]:
    """The row of a certificate: what the checkers say of it."""
    if certificate.state != "holds":
        return _row(Grade.CHECKED, UNDECIDED, certificate.reason)
    grade = Grade.KERNEL if certificate.second else Grade.CHECKED
    what = "the refutation; certificate of" if certificate.refutes else "the certificate of"
    by = "the Python kernel and the proved checker" if certificate.second else "the Python kernel alone"
    return _row(grade, REFUTED if certificate.refutes else HOLDS, f"{by} accepted {what} {certificate.size} bytes")


def _wrong(it: Read, certificate: Certificate | None, decided: Sequence[tuple[Grade, str]]) -> Broken | None:
    """What is wrong with evidence that can be read."""
    if certificate is not None and certificate.state != "holds":
        return Broken(certificate.state, certificate.reason, _code(certificate))
    if len({verdict for _, verdict in decided}) > 1:
        said = ", ".join(f"{grade.name} {verdict}" for grade, verdict in decided)
        return Broken("unexpected", f"its evidence disagrees, so that it counts for nothing: {said}")
    expected = HOLDS if it.script is None or it.script.true else REFUTED
    if decided and decided[0][1] != expected:
        return Broken("unexpected", f"expected {expected}, found {decided[0][1]} ({decided[0][0].name})")
    undecided = [seen for seen in it.record.evidence if seen.verdict == UNDECIDED] if it.record else []
    if undecided and not decided:
        return Broken("unexpected", f"it was undecided when it was recorded: {undecided[0].detail}")
    return None


def _capped(entries: Sequence[Entry]) -> list[Entry]:
    """Each with the worst grade in all that it rests on."""
    own = {entry.name: entry.own for entry in entries}
    grades = worst_below(own, {entry.name: entry.facts["rests_on"] for entry in entries})
    return [replace(entry, support=grades[entry.name]) for entry in entries]
