"""Coq's record: what coqc printed when the development was compiled (`coq_run`).

So a machine without Coq can show the grade, and say that it was not run again. The record (`record.json` beside the
sources) holds the Coq version, the SHA-256 of every source file, and for each theorem its statement and its
assumptions as coqc prints them. A record whose hashes differ from the files is stale and counts for nothing.

Every committed certificate is checked inside Coq as well, by the proved checker: see coq_claim.py. The record holds
the hashes of claims and certificates, and of each theorem, from which of them it was derived; where one of these has
changed, that theorem is stale.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..kernel.errors import BadInput
from ..theorem import COQ_AXIOMS, Certified, Grade, InCoq, Outcome, Theorem, holds, undecided
from . import coq_claim

STATEMENTS = "statements/"  # the files that only print
USES_CHECKER = ("checked/", STATEMENTS)
CERTIFIED = "certified_"  # the theorem of a certificate is called so, and as its claim, with underscores for dots


def sources(folder: Path) -> list[str]:
    """The development's files, in the order of `_CoqProject`.

    The checker's are before the first that uses it, in the order of its own project.
    """
    own, checker = _listed(folder), [f"checker/{name}" for name in _listed(folder / "checker")]
    first = len(own)
    for index, name in enumerate(own):
        if name.startswith(USES_CHECKER):
            first = min(first, index)
    return [*own[:first], *checker, *own[first:]]


def _listed(folder: Path) -> list[str]:
    """The files that a project lists; none where there is no project."""
    project = folder / "_CoqProject"
    if not project.is_file():
        return []
    lines = [line.strip() for line in project.read_text().splitlines()]
    return [line for line in lines if line.endswith(".v")]


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of each of the development's files, by name."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sources(folder)}


def claims(folder: Path) -> dict[str, str]:
    """Of each committed claim, by its name, the SHA-256 of it and its certificate together."""
    found = {}
    for place in coq_claim.certified(folder.parent):
        claim, certificate = coq_claim.pair(place)
        found[place.name] = hashlib.sha256(claim + certificate).hexdigest()
    return found


def supported(theorems: Iterable[Theorem], folder: Path) -> list[Theorem]:
    """The theorems with what Coq's record adds.

    Those with a certificate that Coq has checked too have that as evidence. Those that are graded by their Coq proof
    rest also on the theorems whose Coq proofs it uses.
    """
    listed = list(theorems)
    try:
        used = {name: it["uses"] for name, it in recorded(folder)["theorems"].items()}
    except BadInput:
        return listed
    listed = [also_in_coq(theorem, folder) for theorem in listed]
    shown_by: dict[str, str] = {}  # by the name of a theorem of Coq
    for theorem in listed:
        shown_by |= dict.fromkeys(_in_coq(theorem), theorem.name)
    return [_resting_on_more(theorem, used, shown_by) for theorem in listed]


def _in_coq(theorem: Theorem) -> list[str]:
    """The theorems of Coq that are its evidence."""
    return [it.name for it in theorem.evidence if isinstance(it, InCoq)]


def _resting_on_more(theorem: Theorem, used: Mapping[str, Sequence[str]], shown_by: Mapping[str, str]) -> Theorem:
    """The theorem, if it is graded by its Coq proof, with the theorems whose Coq proofs that uses."""
    rests_on = list(theorem.rests_on)
    if best(theorem) == Grade.COQ:
        for name in _in_coq(theorem):
            rests_on += [shown_by[other] for other in used.get(name, ()) if other in shown_by]
    others = [name for name in dict.fromkeys(rests_on) if name != theorem.name]
    return replace(theorem, rests_on=tuple(others))


def also_in_coq(theorem: Theorem, folder: Path) -> Theorem:
    """The theorem with the Coq theorem of its certificate as evidence, if it has a certificate and that is recorded."""
    name = f"{CERTIFIED}{coq_claim.identifier(theorem.name)}"
    certified = [it for it in theorem.evidence if isinstance(it, Certified)]
    try:
        known = name in recorded(folder)["theorems"]
    except BadInput:
        known = False
    if not certified or not known:
        return theorem
    return replace(theorem, evidence=[*theorem.evidence, InCoq(name, refutes=certified[0].refutes)])


def best(theorem: Theorem) -> Grade:
    """The grade that the theorem would have if all its evidence held."""
    return min((evidence.grade for evidence in theorem.evidence), default=Grade.OPEN)


def recorded(folder: Path) -> Mapping[str, Any]:
    """The record of the development in the folder. Raises `BadInput` where there is none."""
    try:
        value: dict[str, Any] = json.loads((folder / "record.json").read_text())
        return value
    except (OSError, ValueError):
        raise BadInput(str(folder / "record.json"), "expected the record that make coq writes, found none") from None


def outcome(folder: Path, name: str) -> Outcome:
    """What is known of the Coq theorem `name`.

    It holds by a record whose hashes are those of the files; otherwise it is undecided.
    """
    try:
        value = recorded(folder)
    except BadInput as error:
        return undecided(str(error))
    if value["files"] != hashes(folder):
        return undecided("the Coq files changed since they were recorded: run make coq")
    if name not in value["theorems"]:
        return undecided(f"no theorem {name} in the Coq development")
    theorem = value["theorems"][name]
    used = theorem.get("claims", ())
    now = claims(folder) if used else {}
    changed = [it for it in used if value["claims"].get(it) != now.get(it)]
    if changed:
        return undecided(f"the certificate of {', '.join(changed)} changed since {name} was recorded: run make coq")
    beyond = sorted(set(theorem["assumptions"]) - COQ_AXIOMS)
    if beyond:
        return undecided(f"{name} assumes {', '.join(beyond)}")
    return holds(f"coqc {value['coq']} accepted {name} (as recorded with the files' hashes; not re-run here)")


def statement(folder: Path, name: str) -> str:
    """The statement as coqc printed it."""
    value = recorded(folder)["theorems"][name]
    return f"{name} : {value['statement']}\nAssumes: {', '.join(value['assumptions']) or 'nothing'}"
