"""Keeps what proving showed: claims, certificates, networks and records in the folders of their sections.

A section changes all at once, so that a theorem's files are the old ones or the new ones. Only what a record names, by
its hash, is ever taken away; what is replaced is said.
"""

import json
import os
import platform
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from . import checkers, record, script
from .files import exchange, write_bytes
from .kernel import check as kernel
from .kernel.errors import DepthproofError
from .kernel.numerals import numeral
from .layout import RECORD, Place, places
from .theorem import Certified, Grade, InCoq, Outcome, Result, Verdict

TIMINGS = "timings.json"
PACKAGES = ("depthproof", "sympy", "z3-solver", "networkx", "python-flint", "numpy")


@dataclass
class Change:
    """Files to be put into a folder of theorems, and files to be taken away, by their paths in it."""

    new: dict[str, bytes] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Finding:
    """A theorem's result, and its files by name as the run has them."""

    result: Result
    files: Mapping[str, bytes]

    @property
    def name(self) -> str:
        """The theorem's name."""
        return self.result.theorem.name

    def ending(self, ending: str) -> bytes:
        """The claim or the certificate; empty where there is none."""
        for name, data in self.files.items():
            if name.endswith(ending):
                return data
        return b""

    @property
    def networks(self) -> dict[str, bytes]:
        """The networks that the claim names."""
        return {name: data for name, data in self.files.items() if "/" in name}

    @property
    def checking(self) -> float:
        """Seconds that the kernel takes for the certificate here, to the millisecond."""
        start = time.perf_counter()
        claim, certificate = self.ending(kernel.CLAIM), self.ending(kernel.CERTIFICATE)
        kernel.check(claim, certificate, lambda digest: self.files[f"networks/{digest}.json"])
        return round(time.perf_counter() - start, 3)


def beside(proved: Sequence[Finding], proofs: Path, every: bool) -> Iterator[str]:
    """Puts the files of these theorems beside their scripts, a section at a time.

    Gives a line for each file that held something else. `every`: there are no other theorems, so
    that what is left of those without a script goes.
    """
    by_section: dict[str, list[Finding]] = {}
    for it in proved:
        by_section.setdefault(it.name.partition(".")[0], []).append(it)
    left = list[Place]()
    if every:
        left += [place for place in places(proofs, RECORD) if not place.script.exists()]
    for place in left:
        by_section.setdefault(place.section.name, [])
    for section, found in sorted(by_section.items()):
        old = [place for place in left if place.section.name == section]
        change = changed(found, proofs, proofs, old)
        yield from replaced(change, proofs)
        inside = f"{section}/"
        new = {name.removeprefix(inside): data for name, data in change.new.items()}
        exchange(proofs / section, new, {name.removeprefix(inside) for name in change.gone})
    write_bytes(proofs / TIMINGS, timings(proved, proofs / TIMINGS, every))


def apart(
    proved: Sequence[Finding], proofs: Path, folder: Path, every: bool, page: Callable[[Path], bytes]
) -> Iterator[str]:
    """Puts the files of these theorems, with copies of their scripts and a page, into a folder of their own.

    It changes all at once. Otherwise as `beside`.
    """
    names = {it.name for it in proved}
    left = list[Place]()
    if every:
        left += [place for place in places(folder, RECORD) if place.name not in names]
    change = changed(proved, folder, proofs, left)
    for it in proved:
        place = Place(proofs, it.name)
        change.new[_inside(place.script, proofs)] = place.script.read_bytes()
    change.gone |= {_inside(place.script, folder) for place in left if _is_copy(place)}
    change.new[TIMINGS] = timings(proved, folder / TIMINGS, every)
    yield from replaced(change, folder)
    exchange(folder, change.new, change.gone, lambda whole: {"index.html": page(whole)})


def changed(proved: Sequence[Finding], folder: Path, proofs: Path, left: Sequence[Place] = ()) -> Change:
    """What is to be changed in the folder: the theorems' files put in, and what no record will name taken away."""
    change, before = Change(), set[str]()
    for it in proved:
        place = Place(folder, it.name)
        claim, certificate = it.ending(kernel.CLAIM), it.ending(kernel.CERTIFICATE)
        new = {place.claim: claim, place.certificate: certificate, place.record: recorded(it, proofs).data}
        new |= {place.section / name: data for name, data in it.networks.items()}
        change.new |= {_inside(path, folder): data for path, data in new.items() if data}
        before |= named(place)
    for place in left:
        before |= {*named(place), _inside(place.record, folder)}
    still = _networks_named(change, folder, {_inside(place.claim, folder) for place in left})
    change.gone = before - set(change.new) - still
    return change


def named(place: Place) -> set[str]:
    """The files that the theorem's record names, as far as they are what it names.

    That is the claim, the certificate, and the claim's networks.
    """
    try:
        found = record.read(place.record, place.name)
    except DepthproofError:
        return set()
    claim, certificate = _bytes(place.claim), _bytes(place.certificate)
    paths = list[Path]()
    if sha256(certificate).hexdigest() == found.certificate:
        paths.append(place.certificate)
    if sha256(claim).hexdigest() == found.claim:
        paths.append(place.claim)
        paths += [place.network(digest) for digest in _networks(claim)]
    return {_inside(path, place.folder) for path in paths}


def _is_copy(place: Place) -> bool:
    """Whether the script there is the one that the record is of."""
    try:
        return script.read(place.script).sha256 == record.read(place.record, place.name).script
    except DepthproofError:
        return False


def _networks_named(change: Change, folder: Path, gone: Collection[str]) -> set[str]:
    """The networks that some claim of the folder names once it is changed."""
    claims = {_inside(place.claim, folder): _bytes(place.claim) for place in places(folder, kernel.CLAIM)}
    claims |= {name: data for name, data in change.new.items() if name.endswith(kernel.CLAIM)}
    found = set[str]()
    for name, data in claims.items():
        if name not in gone:
            section = name.partition("/")[0]
            found.update(f"{section}/networks/{digest}.json" for digest in _networks(data))
    return found


def _networks(claim: bytes) -> list[str]:
    """The hashes of the networks that a claim names; none where it is no claim."""
    try:
        return [str(digest) for digest in json.loads(claim)["networks"].values()]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []


def replaced(change: Change, folder: Path) -> Iterator[str]:
    """A line for each file that holds something else than what comes, and for each that goes."""
    for name, data in sorted(change.new.items()):
        old = _bytes(folder / name)
        if old and old != data and name != TIMINGS:
            yield f"{folder / name} is replaced: it held something else"
    for name in sorted(change.gone):
        if (folder / name).exists():
            yield f"{folder / name} is removed: nothing here needs it now"


def _digest(data: bytes | None) -> str:
    """The SHA-256 of a file; "" where there is none."""
    return sha256(data).hexdigest() if data else ""


def recorded(it: Finding, proofs: Path) -> record.Record:
    """The record of what was seen. No path of this machine is in it."""
    theorem, told = it.result.theorem, script.read(Place(proofs, it.name).script)
    claim, certificate = it.ending(kernel.CLAIM), it.ending(kernel.CERTIFICATE)
    by_both = False
    for grade, outcome in it.result.outcomes:
        is_decided = outcome.verdict != Verdict.UNDECIDED
        by_both = by_both or (grade == Grade.KERNEL and is_decided)
    asked = checkers.sources(proofs) if claim and by_both else ""
    return record.Record(
        it.name,
        theorem.statement,
        told.sha256,
        claim=_digest(claim),
        certificate=_digest(certificate),
        depthcheck=asked,
        evidence=_evidence(it, proofs),
    )


def _evidence(it: Finding, proofs: Path) -> tuple[record.Seen, ...]:
    """What was seen of evidence that a report cannot check again; and why there is no certificate, if there is none."""
    outcomes, listed = it.result.outcomes, it.result.theorem.evidence
    if len(outcomes) != len(listed):  # the process came to no end: nothing is known of any piece of evidence
        return tuple(_seen(Grade.KERNEL, outcome, proofs) for _, outcome in outcomes)
    is_certified = it.ending(kernel.CLAIM) != b""
    found = []
    for kind, (grade, outcome) in zip(listed, outcomes, strict=True):
        if isinstance(kind, Certified) and not is_certified:
            found.append(_seen(Grade.KERNEL, outcome, proofs))
        elif not isinstance(kind, InCoq | Certified):
            found.append(_seen(grade, outcome, proofs))
    return tuple(found)


def _seen(grade: Grade, outcome: Outcome, proofs: Path) -> record.Seen:
    detail = outcome.detail.replace(f"{proofs.resolve().parent}{os.sep}", "")
    point = {}
    for name, value in outcome.counterexample.items():
        point[name] = numeral(value) if isinstance(value, Fraction) else str(value)
    return record.Seen(grade.name, outcome.verdict.name, detail, point)


def timings(proved: Iterable[Finding], path: Path, every: bool) -> bytes:
    """The file of timings with those of these theorems: how long proving took, and checking. Nothing depends on it."""
    known = {} if every else read_timings(path)["theorems"]
    for it in proved:
        known[it.name] = {"seconds": round(it.result.seconds, 1)}
        if it.ending(kernel.CERTIFICATE):
            known[it.name]["checking"] = it.checking
    lines = [f"  {json.dumps(name)}: {json.dumps(took)}" for name, took in sorted(known.items())]
    head = f'{{\n "format": "timings/1",\n "versions": {json.dumps(versions())},\n "theorems": {{\n'
    return (head + ",\n".join(lines) + "\n }\n}\n").encode()


def read_timings(path: Path) -> dict[str, Any]:
    """The timings and the versions that they were taken with; none where they cannot be read."""
    try:
        value = json.loads(path.read_bytes())
        versions = {str(key): str(text) for key, text in value["versions"].items()}
        theorems = {str(name): _numbers(took) for name, took in value["theorems"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return {"versions": {}, "theorems": {}}
    return {"versions": versions, "theorems": theorems}


def _numbers(took: Mapping[str, Any]) -> dict[str, float]:
    return {key: float(took[key]) for key in ("seconds", "checking") if key in took}


def versions() -> dict[str, str]:
    """The versions of Python and of what computes here."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _inside(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _bytes(path: Path) -> bytes:
    """What is in the file; nothing, where there is none to be read."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""
