"""Certificates, checked again now: by the Python kernel, in a process of its own, and by `depthcheck` if it is built.

A claim's name says whose it is, and whether it refutes: a record's word counts for neither.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from .. import checkers, derived, keep, record
from ..files import file_name
from ..kernel.check import CERTIFICATE, CLAIM
from ..kernel.errors import BadInput, DepthproofError, OverBudget, Rejected, displayed
from ..layout import NOT, Place
from ..theorem import Grade
from .standing import Certificate, Entry, Folder, Read, Record, Sources

LONGEST = 2_000  # characters of a claim's own words
_STATES = {"REJECTED": "altered", "MALFORMED": "malformed", "OVER": "over budget"}
_CODES = {"holds": 0, "malformed": BadInput.exit_code, "over budget": OverBudget.exit_code}


def of_theorems(certified: Sequence[Read], sources: Sources) -> dict[str, Certificate]:
    """The theorems' certificates, each by its theorem's name.

    They are re-checked by one run of the kernel, and one of the proved checker where it is here; where it is not, what
    the record says that it accepted counts, if it is of today's files and sources."""
    now = checkers.sources(sources.proofs)
    took = keep.read_timings(sources.theorems / keep.TIMINGS)["theorems"]
    found = {}
    for it, said in zip(certified, _asked([sources.place(it.name).claim for it in certified]), strict=True):
        judged = _judged(sources.place(it.name), it.record, said[0])
        judged = replace(judged, checking=took.get(it.name, {}).get("checking"))
        if len(said) > 1:
            judged = _seconded(judged, said[1])
        elif judged.state == "holds" and it.record is not None and it.record.is_accepted_by(now):
            judged = replace(judged, second="as recorded")
        found[it.name] = judged
    return found


def of_certificates(folder: Path, stems: Sequence[str]) -> tuple[Entry, ...]:
    """Claims by the names of their files, NAME.claim.json, as theorems of their own.

    Their words are what the checkers read. The claim `not NAME` refutes NAME.

    >>> (entry,) = of_certificates(Path("proofs/sawtooth"), ["map"])
    >>> entry.refuted, entry.state
    (False, '')
    """
    found = []
    for stem, said in zip(stems, _asked([folder / f"{stem}{CLAIM}" for stem in stems]), strict=True):
        judged = _unrecorded(folder, stem, said[0])
        if len(said) > 1:
            judged = _seconded(judged, said[1])
        found.append(_as_theorem(judged))
    return tuple(found)


def of_folder(sources: Folder) -> Record:
    """The claims in a folder of certificates, re-checked. Raises `BadInput` where there are none."""
    folder = sources.theorems
    stems = set[str]()
    for ending in (CLAIM, CERTIFICATE):
        stems.update(path.name.removesuffix(ending) for path in folder.glob(f"*{ending}"))
    if not stems:
        what = "expected NAME.claim.json, as depthproof claim --certificate writes it, or what prove --out wrote"
        raise BadInput(displayed(str(folder))[1:-1], what)
    entries, complaints, whole = list[Entry](), list[tuple[int, str]](), hashlib.sha256()
    for entry in of_certificates(folder, sorted(stems)):
        entries.append(replace(entry, facts={**entry.facts, **_said(entry, folder)}))
        complaints += [(entry.code, f"{entry.name}: {reason}") for reason in entry.reasons]
        whole.update(entry.certificates[0].claim)
    return Record(tuple(entries), keep.versions(), whole.hexdigest(), "", tuple(complaints), folder=str(folder))


def _said(entry: Entry, folder: Path) -> dict[str, str]:
    """What the claim of an entry says, in its own words; and what its networks were made from."""
    try:
        goals = json.loads(entry.certificates[0].claim)["statement"]["goals"]
        said = "; ".join(str(goal["holds"]) for goal in goals)
        words = derived.line(folder / f"{entry.name}{CLAIM}")
    except (ValueError, KeyError, TypeError, RecursionError, DepthproofError):
        return {}
    if len(said) > LONGEST:
        said = f"{said[:LONGEST]} …"
    return {"statement": said, "note": words}


def _asked(claims: Sequence[Path]) -> list[tuple[tuple[str, ...], ...]]:
    """What the checkers say of each claim: the kernel, and `depthcheck` where it is built."""
    first, command = checkers.says(checkers.PYTHON, claims), checkers.proved()
    if command is None:
        return [(said,) for said in first]
    return list(zip(first, checkers.says(command, claims), strict=True))


def _judged(place: Place, found: record.Record | None, lines: tuple[str, ...]) -> Certificate:
    """What the kernel's lines say of a theorem's certificate, and whether it is the one that the record names."""
    claim, certificate = read_bytes(place.claim), read_bytes(place.certificate)
    said = lines[0].partition(" ")[2]
    refutes = said == displayed(f"{NOT}{place.name}")
    state, reason = _state(lines[0], claim, certificate, place.section / place.stem)
    if state == "holds" and not refutes and said != displayed(place.name):
        state, reason = "altered", f"the kernel accepts it, but as the certificate of {said}"
    elif state == "holds" and (found is None or not found.names(claim, certificate)):
        state, reason = "altered", "the kernel accepts it, but it is not the file that the record names"
    return _certificate(place.name, state, reason, lines, claim, certificate, refutes)


def _unrecorded(folder: Path, stem: str, lines: tuple[str, ...]) -> Certificate:
    """What the kernel's lines say of a certificate that no record names."""
    claim, certificate = read_bytes(folder / f"{stem}{CLAIM}"), read_bytes(folder / f"{stem}{CERTIFICATE}")
    state, reason = _state(lines[0], claim, certificate, folder / stem)
    return _certificate(stem, state, reason, lines, claim, certificate, _is_denial(claim, stem))


def _certificate(
    name: str, state: str, reason: str, lines: tuple[str, ...], claim: bytes, certificate: bytes, refutes: bool
) -> Certificate:
    digest = hashlib.sha256(certificate).hexdigest() if certificate else ""
    return Certificate(name, state, reason, lines, len(certificate), digest, None, claim, "", refutes)


def _state(verdict: str, claim: bytes, certificate: bytes, path: Path) -> tuple[str, str]:
    """How the certificate of PATH.claim.json and PATH.certificate.json stands by the kernel's verdict, and why."""
    if not certificate or not claim:
        missing = CERTIFICATE if claim else CLAIM
        return "missing", f"there is no {path.name}{missing}"
    word, _, said = verdict.partition(" ")
    if word not in _STATES:
        return "holds", ""
    reason = said.replace(f"{path}: ", "").replace("BUDGET ", "", 1)
    if "for another claim" in reason or "expected the network with SHA-256" in reason:
        return "stale", reason
    return _STATES[word], reason


def _is_denial(claim: bytes, stem: str) -> bool:
    """Whether the claim says, by its name, that the one of these files is false."""
    try:
        name = json.loads(claim)["name"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    return type(name) is str and name.startswith(NOT) and file_name(name.removeprefix(NOT)) == stem


def _as_theorem(it: Certificate) -> Entry:
    words = {"name": it.name, "statement": "", "says": "", "source": "", "note": "", "rests_on": []}
    facts = words | {"true": not it.refutes, "evidence": []}
    if it.state != "holds":
        return Entry(facts, (it,), Grade.OPEN, Grade.OPEN, False, it.state, (it.reason,), (), exit_code(it))
    grade = Grade.KERNEL if it.second else Grade.CHECKED
    return Entry(facts, (it,), grade, grade, it.refutes)


def _seconded(first: Certificate, said: tuple[str, ...]) -> Certificate:
    """With the verdict of the proved checker; where the checkers disagree the certificate does not stand."""
    if first.state != "holds":
        return first
    if checkers.differs(first.lines, said):
        reason = f"the checkers disagree: the Python kernel says {first.lines[0]}, depthcheck {said[0]}"
        return replace(first, state="altered", reason=reason)
    if said == first.lines:
        return replace(first, second="now")
    return first


def exit_code(certificate: Certificate) -> int:
    """The exit code that a certificate's state asks for: 0 for "holds", 3 for "over budget", 10 for "rejected"."""
    return _CODES.get(certificate.state, Rejected.exit_code)


def read_bytes(path: Path) -> bytes:
    """What is in the file; nothing, where there is none to be read.

    >>> read_bytes(Path("no/such/file"))
    b''
    """
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""
