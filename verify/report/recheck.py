"""What stands today: each theorem's script, as it is worded now, with what backs it, checked again now.

The words are the script's. The verdict on a certificate is the kernel's (`recheck_certificates`). COQ needs Coq's
record with the hashes of today's sources (`recheck_coq`). SOLVER, INSTANCES and CITED are as recorded, for the script
as it is but for its prose; they are not run again.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .. import keep, record, script, slides
from ..kernel.errors import BadInput, DepthproofError, Rejected, displayed
from ..layout import RECORD, SCRIPT, Place, places
from ..theorem import Grade, Verdict, worst_below
from .recheck_certificates import exit_code, of_theorems
from .recheck_certificates import of_certificates as of_certificates
from .recheck_certificates import of_folder as of_folder
from .recheck_coq import Coq, certified_in_coq, read_coq
from .standing import Broken, Read
from .standing import Certificate as Certificate
from .standing import Entry as Entry
from .standing import Folder as Folder
from .standing import Record as Record
from .standing import Sources as Sources

CERTIFIED = ("Certified",)
HOLDS, REFUTED, UNDECIDED = Verdict.HOLDS.name, Verdict.REFUTED.name, Verdict.UNDECIDED.name
_AS_RECORDED = {"BySolver": Grade.SOLVER.name, "Instances": Grade.INSTANCES.name, "Cited": Grade.CITED.name}


def read(sources: Sources, names: Collection[str] = ()) -> Record:
    """Reads the theorems and re-checks all that backs them; or only of these names, with what they rest on.

    Raises `BadInput` only where there are no records at all.
    """
    theorems = [_read(sources, place) for place in _places(sources)]
    coq = read_coq(sources)
    rests_on = _rests_on(theorems, coq)
    if names:
        wanted = _with_support(rests_on, names)
        theorems = [it for it in theorems if it.name in wanted]
    certificates = of_theorems([it for it in theorems if it.certified], sources)
    entries = _capped([_entry(it, certificates.get(it.name), coq, rests_on) for it in theorems])
    complaints = []
    for entry in entries:
        complaints += [(entry.code, f"{entry.name}: {reason}") for reason in entry.reasons]
    in_order = tuple(slides.order((entry.name for entry in entries), sources.proofs))
    together = hashlib.sha256(b"".join(it.record.data for it in theorems if it.record is not None)).hexdigest()
    versions = keep.read_timings(sources.theorems / keep.TIMINGS)["versions"]
    return Record(tuple(entries), versions, together, coq.version, tuple(dict.fromkeys(complaints)), in_order)


def _places(sources: Sources) -> list[Place]:
    """The theorems that have a record or a script, by name."""
    recorded, written = places(sources.theorems, RECORD), places(sources.theorems, SCRIPT)
    if not recorded:
        what = "expected records NAME.record.json, which depthproof prove --regenerate writes"
        raise BadInput(displayed(str(sources.theorems))[1:-1], f"{what}; or --from DIR, which prove --out wrote")
    found = {place.name: place for place in [*recorded, *written]}
    return [found[name] for name in sorted(found)]


def _read(sources: Sources, place: Place) -> Read:
    """The script and the record, held against each other."""
    told, path = None, sources.script(place.name)
    try:
        told = script.read(path)
        if told.name != place.name:
            wrong = f"expected the theorem {place.name}, found {displayed(told.name)}"
            raise BadInput(displayed(str(path))[1:-1], wrong)
        if not place.record.exists():
            unrecorded = f"it was not recorded: depthproof prove --record {place.name}"
            return Read(place.name, told, None, Broken("missing", unrecorded))
        found = record.read(place.record, place.name)
    except DepthproofError as error:
        is_missing = told is None and not path.exists()
        state = "missing" if is_missing else "malformed"
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
    if seen == [Grade.KERNEL.name] and not found.claim:
        return None  # nothing was found in time
    is_undecided = Grade.KERNEL.name in seen
    is_certified = is_undecided or bool(found.claim)
    is_to_be_certified = any(it.kind in CERTIFIED for it in told.evidence)
    others = [grade for grade in seen if grade != Grade.KERNEL.name]
    listed = [_AS_RECORDED[it.kind] for it in told.evidence if it.kind in _AS_RECORDED]
    if others != listed or is_certified != is_to_be_certified:
        return Broken("altered", "its record has other evidence than its script", Rejected.exit_code)
    return None


def _with_support(rests_on: Mapping[str, Sequence[str]], names: Collection[str]) -> set[str]:
    """These theorems and all that they rest on, directly or not."""
    found, waiting = set[str](), list(names)
    while waiting:
        name = waiting.pop()
        if name in rests_on and name not in found:
            found.add(name)
            waiting += rests_on[name]
    return found


def _rests_on(theorems: Sequence[Read], coq: Coq) -> dict[str, tuple[str, ...]]:
    """What each theorem rests on, by name.

    That is what its script names; and, where it is graded by its Coq proof, the theorems whose Coq proofs that uses.
    """
    shown_by: dict[str, str] = {}  # by the name of a theorem of Coq
    for read in theorems:
        shown_by |= dict.fromkeys(_in_coq(read), read.name)
    for read in theorems:
        if read.certified:
            shown_by[certified_in_coq(read.name)] = read.name
    found = {}
    for read in theorems:
        below = list(read.script.rests_on) if read.script else []
        if not read.certified:
            for name in _in_coq(read):
                below += [shown_by[used] for used in coq.uses(name) if used in shown_by]
        found[read.name] = tuple(name for name in dict.fromkeys(below) if name != read.name)
    return found


def _in_coq(read: Read) -> list[str]:
    """The theorems of Coq that the script names as evidence."""
    if read.script is None:
        return []
    return [it.theorem for it in read.script.evidence if it.kind == "InCoq"]


def _entry(it: Read, certificate: Certificate | None, coq: Coq, rests_on: Mapping[str, Sequence[str]]) -> Entry:
    """The theorem with the best evidence that stands today."""
    rows = _rows(it, certificate, coq)
    decided = sorted({(Grade[row["grade"]], row["verdict"]) for row in rows if row["verdict"] != UNDECIDED})
    verdicts = {verdict for _, verdict in decided}
    own = decided[0][0] if len(verdicts) == 1 else Grade.OPEN
    wrong = it.broken or _wrong(it, certificate, decided)
    missing = [name for name in rests_on[it.name] if name not in rests_on]
    if missing and wrong is None:
        wrong = Broken("missing", f"it rests on {', '.join(missing)}, of which there is no record")
        own = Grade.OPEN
    facts = _words(it.script) | {
        "name": it.name,
        "rests_on": [name for name in rests_on[it.name] if name in rests_on],
        "evidence": rows,
    }
    certificates = (certificate,) if certificate is not None else ()
    found = Entry(facts, certificates, own, own, verdicts == {REFUTED}, coq=_shown_in_coq(it, certificate, coq))
    if wrong is None:
        return found
    return replace(found, state=wrong.state, reasons=(wrong.reason,), code=wrong.code)


def _words(told: script.Script | None) -> dict[str, Any]:
    """What the script says, as far as it can be read."""
    if told is None:
        return {"statement": "", "says": "", "source": "", "note": "", "true": True}
    return {key: getattr(told, key) for key in ("statement", "says", "source", "note", "true")}


def _shown_in_coq(it: Read, certificate: Certificate | None, coq: Coq) -> tuple[Mapping[str, Any], ...]:
    """The theorems of Coq that stand behind this one, as coqc prints them."""
    if it.broken is not None:
        return ()
    names = _in_coq(it)
    if certificate is not None:
        names.append(certified_in_coq(it.name))
    return tuple({"name": name, **coq.theorems[name]} for name in names if coq.stands(name))


def _rows(it: Read, certificate: Certificate | None, coq: Coq) -> list[dict[str, Any]]:
    """The evidence, in the script's order. None where the record counts for nothing."""
    if it.broken is not None or it.script is None or it.record is None:
        return []
    undecided, others = list[dict[str, Any]](), list[dict[str, Any]]()
    for seen in it.record.evidence:
        row = _row(Grade[seen.grade], seen.verdict, seen.detail, seen.counterexample)
        if seen.grade == Grade.KERNEL.name:
            undecided.append(row)
        else:
            others.append(row)
    rows = list[dict[str, Any]]()
    for named in it.script.evidence:
        if named.kind == "InCoq":
            rows.append(_coq_row(coq, named.theorem, named.refutes))
        elif named.kind not in CERTIFIED:
            rows += others[:1]
            del others[:1]
        elif certificate is not None:
            rows.append(_certificate_row(certificate))
        else:
            rows += undecided
    in_coq = certified_in_coq(it.name)
    if certificate is not None and certificate.state == "holds" and coq.stands(in_coq):
        rows.append(_coq_row(coq, in_coq, certificate.refutes))
    return rows or undecided


def _row(grade: Grade, verdict: str, detail: str, counterexample: Mapping[str, str] | None = None) -> dict[str, Any]:
    return {"grade": grade.name, "verdict": verdict, "detail": detail, "counterexample": dict(counterexample or {})}


def _certificate_row(certificate: Certificate) -> dict[str, Any]:
    """What the checkers say of a certificate."""
    if certificate.state != "holds":
        return _row(Grade.CHECKED, UNDECIDED, certificate.reason)
    grade, by = Grade.CHECKED, "the Python kernel alone"
    if certificate.second == "now":
        grade, by = Grade.KERNEL, "the Python kernel and the proved checker"
    elif certificate.second:
        grade, by = Grade.KERNEL, "the Python kernel, and as recorded the proved checker,"
    if certificate.refutes:
        return _row(grade, REFUTED, f"{by} accepted the refutation; certificate of {certificate.size} bytes")
    return _row(grade, HOLDS, f"{by} accepted the certificate of {certificate.size} bytes")


def _coq_row(coq: Coq, name: str, refutes: bool) -> dict[str, Any]:
    """What a theorem of Coq shows, if it stands."""
    if not coq.stands(name):
        why = f"{name} is not among the theorems that coqc is recorded to have accepted from today's sources"
        return _row(Grade.COQ, UNDECIDED, why)
    detail = f"coqc {coq.version} accepted {name} (as recorded with the files' hashes; not re-run here)"
    verdict = REFUTED if refutes else HOLDS
    return _row(Grade.COQ, verdict, detail)


def _wrong(it: Read, certificate: Certificate | None, decided: Sequence[tuple[Grade, str]]) -> Broken | None:
    """What is wrong with evidence that can be read."""
    if certificate is not None and certificate.state != "holds":
        return Broken(certificate.state, certificate.reason, exit_code(certificate))
    if len({verdict for _, verdict in decided}) > 1:
        said = ", ".join(f"{grade.name} {verdict}" for grade, verdict in decided)
        return Broken("unexpected", f"its evidence disagrees, so that it counts for nothing: {said}")
    is_expected_to_hold = it.script is None or it.script.true
    expected = HOLDS if is_expected_to_hold else REFUTED
    if decided and decided[0][1] != expected:
        return Broken("unexpected", f"expected {expected}, found {decided[0][1]} ({decided[0][0].name})")
    recorded = it.record.evidence if it.record else ()
    undecided = [seen for seen in recorded if seen.verdict == UNDECIDED]
    if undecided and not decided:
        return Broken("unexpected", f"it was undecided when it was recorded: {undecided[0].detail}")
    return None


def _capped(entries: Sequence[Entry]) -> list[Entry]:
    """Each with the worst grade in all that it rests on."""
    own = {entry.name: entry.own for entry in entries}
    grades = worst_below(own, {entry.name: entry.facts["rests_on"] for entry in entries})
    return [replace(entry, support=grades[entry.name]) for entry in entries]
