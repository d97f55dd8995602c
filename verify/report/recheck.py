"""What stands today: the ledger's words beside certificate files that the kernel re-checks now, in a process of its own.

A grade of the ledger is shown only as far as its evidence is here: KERNEL needs certificates that the kernel accepts today, COQ a record
with the hashes of today's sources. SOLVER and INSTANCES are as recorded, not run again.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .. import checkers, slides
from ..kernel.check import CERTIFICATE, CLAIM
from ..kernel.errors import BadInput, Rejected, displayed
from ..theorem import Grade
from .ledger import FORMAT, sha256

COQ_AXIOMS = frozenset({  # classical reals, which Coq's own library assumes
    "ClassicalDedekindReals.sig_forall_dec", "ClassicalDedekindReals.sig_not_dec", "Classical_Prop.classic",
    "FunctionalExtensionality.functional_extensionality_dep",
})  # fmt: skip
_CODES = {"REJECTED": Rejected.exit_code, "MALFORMED": 2, "OVER": 3}


@dataclass(frozen=True)
class Sources:
    """Where to read: the ledger, the folder of certificates, and that of proof scripts (with coq/ in it)."""

    ledger: Path
    certificates: Path
    proofs: Path


@dataclass(frozen=True)
class Certificate:
    """A claim with its certificate, as found today. `state`: holds, stale, missing, altered, malformed, over budget; `reason`: a
    line."""

    name: str
    state: str
    reason: str
    lines: tuple[str, ...]
    size: int
    sha256: str
    checking: float | None
    claim: bytes
    second: str = ""  # the proved checker: "now", "as recorded", or "" where it was not asked


@dataclass(frozen=True)
class Entry:
    """One theorem. `own`: the grade of its own evidence as it stands today; `support`: no better than what it rests on; `recorded`: in the
    ledger. `state`: "" where everything is as recorded."""

    facts: Mapping[str, Any]
    certificates: tuple[Certificate, ...]
    own: Grade
    support: Grade
    recorded: Grade
    refuted: bool
    state: str = ""
    reasons: tuple[str, ...] = ()
    coq: tuple[Mapping[str, Any], ...] = ()

    @property
    def name(self) -> str:
        return str(self.facts["name"])

    @property
    def label(self) -> str:
        return f"REFUTED ({self.support.name})" if self.refuted else self.support.name


@dataclass(frozen=True)
class Record:
    """All theorems as they stand, the versions that the ledger names, the hash of the ledger, and complaints: lines with an exit code.
    `in_order`: their names as the lectures come to them."""

    entries: tuple[Entry, ...]
    versions: Mapping[str, str]
    ledger_sha256: str
    coq: str
    complaints: tuple[tuple[int, str], ...] = field(default=())
    in_order: tuple[str, ...] = field(default=())

    @property
    def exit_code(self) -> int:
        return max((code for code, _ in self.complaints), default=0)


def read(sources: Sources, names: Collection[str] = ()) -> Record:
    """Reads the ledger and re-checks everything that it names; or only these theorems, and what they rest on.

    Raises `BadInput` only where there is no readable ledger at all."""
    data = _bytes(sources.ledger)
    facts, versions = _ledger(sources.ledger, data)
    facts = [theorem for theorem in facts if not names or theorem["name"] in _with_support(facts, names)]
    certificates = _certificates(facts, sources)
    coq_version, coq = _coq(sources.proofs / "coq")
    entries = [_entry(theorem, certificates.get(theorem["name"], ()), coq, sources.proofs) for theorem in facts]
    capped = _capped(entries)
    complaints = [
        (_code(certificate), f"{certificate.name}: {certificate.reason}") for entry in capped for certificate in entry.certificates
    ]
    complaints = [(code, line) for code, line in complaints if code]
    whole = [entry for entry in capped if all(certificate.state == "holds" for certificate in entry.certificates)]
    complaints += [(3, f"{entry.name}: {reason}") for entry in whole for reason in entry.reasons]
    in_order = tuple(slides.order((entry.name for entry in capped), sources.proofs))
    return Record(tuple(capped), versions, hashlib.sha256(data).hexdigest(), coq_version, tuple(dict.fromkeys(complaints)), in_order)


def _with_support(theorems: Sequence[Mapping[str, Any]], names: Collection[str]) -> set[str]:
    """These theorems and all that they rest on, directly or not."""
    support = {theorem["name"]: theorem["rests_on"] for theorem in theorems}
    found, waiting = set[str](), [name for name in names if name in support]
    while waiting:
        name = waiting.pop()
        waiting.extend(other for other in support[name] if other not in found)
        found.add(name)
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(displayed(str(path)), f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def _ledger(path: Path, data: bytes) -> tuple[list[dict[str, Any]], dict[str, str]]:
    place = displayed(str(path))
    try:
        value = json.loads(data)
        if value["format"] != FORMAT:
            raise BadInput(place, f'expected the format "{FORMAT}", found {displayed(value["format"])}')
        theorems, versions = value["theorems"], value["versions"]
        shapes = {
            "name": str,
            "statement": str,
            "source": str,
            "says": str,
            "note": str,
            "rests_on": list,
            "evidence": list,
            "certificates": list,
        }
        for theorem in theorems:
            for key, kind in shapes.items():
                if type(theorem[key]) is not kind:
                    raise BadInput(place, f"theorem {displayed(theorem['name'])}: expected another form of {key}")
            for seen in theorem["evidence"]:
                Grade[seen["grade"]], str(seen["detail"]), dict(seen["counterexample"]), seen["verdict"]
        names = [theorem["name"] for theorem in theorems]
        if len(set(names)) < len(names) or not {other for theorem in theorems for other in theorem["rests_on"]} <= set(names):
            raise BadInput(place, "expected each theorem once, and all that they rest on")
        return theorems, {str(key): str(text) for key, text in versions.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput(place, f"is no ledger: {type(error).__name__}: {displayed(str(error))}") from None


def _certificates(theorems: Sequence[Mapping[str, Any]], sources: Sources) -> dict[str, tuple[Certificate, ...]]:
    """The certificates of each theorem, re-checked by one run of the stand-alone kernel, and one of the proved checker where it is here."""
    folder, command = sources.certificates, checkers.proved()
    listed = [(theorem["name"], _stem(item), item) for theorem in theorems for item in theorem["certificates"] if _stem(item)]
    claims_there = [folder / f"{stem}{CLAIM}" for _, stem, _ in listed]
    blocks = checkers.says(checkers.PYTHON, claims_there)
    seconds = checkers.says(command, claims_there) if command is not None else []
    recorded = checkers.accepted(sources.proofs)
    found: dict[str, tuple[Certificate, ...]] = {}
    claims = {
        stem: item
        for theorem in theorems
        for item in theorem["certificates"]
        if (stem := str(item["path"]).removesuffix(CLAIM)) != item["path"]
    }
    for index, ((name, stem, item), lines) in enumerate(zip(listed, blocks, strict=True)):
        judged = _judged(folder, stem, item, claims.get(stem, {}), lines)
        judged = _seconded(judged, seconds[index]) if seconds else _as_recorded(judged, recorded)
        found[name] = (*found.get(name, ()), judged)
    return found


def _seconded(first: Certificate, said: tuple[str, ...]) -> Certificate:
    """With the verdict of the proved checker; where the checkers disagree the certificate does not stand."""
    if first.state == "holds" and checkers.differs(first.lines, said):
        reason = f"the checkers disagree: the Python kernel says {first.lines[0]}, depthcheck {said[0]}"
        return replace(first, state="altered", reason=reason)
    return replace(first, second="now") if first.state == "holds" and said == first.lines else first


def _as_recorded(first: Certificate, recorded: Mapping[str, str]) -> Certificate:
    """With what the proved checker is recorded to have accepted."""
    same = recorded.get(first.sha256) == hashlib.sha256(first.claim).hexdigest()
    return replace(first, second="as recorded") if first.state == "holds" and same else first


def _stem(item: Mapping[str, Any]) -> str:
    """The name of a certificate without its ending; "" for another file, or one outside the folder."""
    path = str(item["path"])
    inside = "/" not in path and "\\" not in path and "\0" not in path
    return path.removesuffix(CERTIFICATE) if inside and path.endswith(CERTIFICATE) else ""


def _judged(folder: Path, stem: str, item: Mapping[str, Any], claim_item: Mapping[str, Any], lines: tuple[str, ...]) -> Certificate:
    path, claim = folder / f"{stem}{CERTIFICATE}", folder / f"{stem}{CLAIM}"
    size, digest = (path.stat().st_size, sha256(path) or "") if path.is_file() else (0, "")
    word = lines[0].partition(" ")[0]
    state, reason = "holds", ""
    if not digest or not claim.is_file():
        state, reason = "missing", f"there is no {(path if not digest else claim).name}"
    elif word in _CODES:
        said = lines[0].partition(" ")[2].replace(f"{folder / stem}: ", "").replace("BUDGET ", "", 1)
        changed = "for another claim" in said or "expected the network with SHA-256" in said
        state = "stale" if changed else {"REJECTED": "altered", "MALFORMED": "malformed", "OVER": "over budget"}[word]
        reason = said
    elif digest != item.get("sha256") or (claim_item and sha256(claim) != claim_item.get("sha256")):
        state, reason = "altered", "the kernel accepts it, but it is not the file that the ledger names"
    checking = item.get("checking")
    return Certificate(
        stem, state, reason, lines, size, digest, float(checking) if isinstance(checking, int | float) else None,
        claim.read_bytes() if claim.is_file() else b"",
    )  # fmt: skip


def _code(certificate: Certificate) -> int:
    return {"holds": 0, "malformed": 2, "over budget": 3}.get(certificate.state, Rejected.exit_code)


def _coq(folder: Path) -> tuple[str, Mapping[str, Any]]:
    """The version and the theorems of a record that fits today's sources; otherwise why there is none, and no theorems. Left out are
    theorems that were derived from a certificate which is another one today."""
    try:
        value = json.loads((folder / "record.json").read_bytes())
        changed = sorted(name for name, digest in value["files"].items() if sha256(folder / name) != digest)
        others = {name for name, digest in value.get("claims", {}).items() if _claim_sha256(folder.parent / "certificates", name) != digest}
        theorems = {
            str(name): {"statement": str(it["statement"]), "assumptions": list(it["assumptions"])}
            for name, it in value["theorems"].items()
            if not others.intersection(it.get("claims", ()))
        }
    except OSError:
        return "not recorded", {}
    except (ValueError, KeyError, TypeError, AttributeError):
        return "the record cannot be read", {}
    if changed:
        return f"the sources changed since they were recorded: {', '.join(changed)}", {}
    return str(value["coq"]), theorems


def _claim_sha256(certificates: Path, name: str) -> str | None:
    """Of a claim and its certificate together, as the record of Coq has it."""
    files = [certificates / f"{name}{ending}" for ending in (CLAIM, CERTIFICATE)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest() if all(map(Path.is_file, files)) else None


def _entry(theorem: Mapping[str, Any], certificates: tuple[Certificate, ...], coq: Mapping[str, Any], proofs: Path) -> Entry:
    """The theorem with the best evidence that stands today."""
    broken = [certificate for certificate in certificates if certificate.state != "holds"]
    standing, statements, reasons = [], [], []
    for seen in theorem["evidence"]:
        decided, grade = seen["verdict"] != "UNDECIDED", Grade[seen["grade"]]
        if grade in (Grade.KERNEL, Grade.CHECKED):
            decided = decided and bool(certificates) and not broken
            grade = Grade.KERNEL if all(certificate.second for certificate in certificates) else Grade.CHECKED
        if grade == Grade.COQ:
            it = coq.get(seen.get("theorem"))
            if it is not None:
                statements.append({"name": seen["theorem"], **it})
            decided = decided and it is not None and set(it["assumptions"]) <= COQ_AXIOMS
        if decided:
            standing.append((grade, seen["verdict"]))
    standing.sort(key=lambda pair: pair[0])
    state = broken[0].state if broken else ""
    reasons += [f"{certificate.name}: {certificate.reason}" for certificate in broken]
    script = theorem.get("script") or {}
    now = sha256(proofs / str(script.get("path", "")).rpartition("/")[2]) if script.get("path") else None
    if not state and now is not None and now != script.get("sha256"):
        state, reasons = "stale", ["the proof script changed since the ledger was written"]
    if not state and theorem.get("as_expected") is False:
        state, reasons = "unexpected", ["the ledger records another verdict than is expected"]
    agreed = len({verdict for _, verdict in standing}) == 1
    own = standing[0][0] if agreed else Grade.OPEN
    recorded = Grade.__members__.get(str(theorem.get("grade")), Grade.OPEN)
    refuted = agreed and standing[0][1] == "REFUTED"
    return Entry(theorem, certificates, own, own, recorded, refuted, state, tuple(reasons), tuple(statements))


def _capped(entries: Sequence[Entry]) -> list[Entry]:
    """Each with the worst grade in all that it rests on; what rests on itself is open."""
    by_name = {entry.name: entry for entry in entries}
    grades: dict[str, Grade] = {}
    for _ in entries:
        before = dict(grades)
        for name, entry in by_name.items():
            below = [before.get(support, by_name[support].own) for support in entry.facts["rests_on"]]
            grades[name] = max([entry.own, *below])
        if grades == before:
            break
    return [replace(entry, support=grades.get(entry.name, entry.own)) for entry in entries]
