"""Two runs side by side: which claims changed in verdict, grade, size and time of checking.

A run is a folder of certificates, one of theorems (what `prove --out` wrote, or a folder of proof
scripts), or a bundle. Certificates are re-checked now.
"""

import json
import tempfile
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..kernel import check as kernel
from ..kernel.errors import BadInput, DepthproofError, displayed
from ..layout import RECORD, places
from ..theorem import Grade
from . import recheck

MOST_UNPACKED = 512 * 2**20
VERDICTS = ("HOLDS", "REFUTED", "UNDECIDED")  # best first; any other is worse
MEASURES = ("size", "time")


@dataclass(frozen=True)
class Row:
    """One claim of a run. `claim`: what tells that it is still the same claim, "" if unknown. `size`:
    bytes of its certificates. `time`: seconds of checking, None if unknown."""

    verdict: str
    grade: str
    claim: str = ""
    size: int | None = None
    time: float | None = None


@dataclass(frozen=True)
class Change:
    """One claim in both runs; None where it is not there. `worse`: why this is a regression;
    `better`: whether the verdict or the grade is better."""

    name: str
    old: Row | None
    new: Row | None
    worse: tuple[str, ...] = ()
    better: bool = False

    @property
    def is_same(self) -> bool:
        """Whether all but the time is as it was."""
        if self.old is None or self.new is None:
            return False
        return _untimed(self.old) == _untimed(self.new) and not self.worse


def _untimed(row: Row) -> tuple[object, ...]:
    return row.verdict, row.grade, row.claim, row.size


def compare(
    old: Mapping[str, Row], new: Mapping[str, Row], limits: Mapping[str, int]
) -> list[Change]:
    """Every claim of both runs, by name. `limits`: by how many percent size or time may grow."""
    return [_change(name, old.get(name), new.get(name), limits) for name in sorted({*old, *new})]


def _change(name: str, old: Row | None, new: Row | None, limits: Mapping[str, int]) -> Change:
    if new is None:
        return Change(name, old, None, ("it is gone",))
    if old is None:
        return Change(name, None, new)
    worse = []
    for what, before, now in (
        ("verdict", old.verdict, new.verdict),
        ("grade", old.grade, new.grade),
    ):
        if _rank(now) > _rank(before):
            worse.append(f"{what} {before} -> {now}")
    for what, most in limits.items():
        grown = percent(getattr(old, what), getattr(new, what))
        if grown is not None and grown > most:
            worse.append(f"{what} grew by {grown} %, at most {most} % may be")
    better = _rank(new.verdict) < _rank(old.verdict) or _rank(new.grade) < _rank(old.grade)
    return Change(name, old, new, tuple(worse), better and not worse)


def _rank(word: str) -> int:
    """How good a verdict or a grade is, 0 the best."""
    order = VERDICTS if word in VERDICTS else tuple(Grade.__members__)
    return order.index(word) if word in order else len(order)


def percent(old: float | None, new: float | None) -> int | None:
    """By how many percent a number grew, rounded down; None where one is unknown, or the old one 0."""
    if not old or new is None:
        return None
    return int((new - old) * 100 // old)


def run(path: Path, proofs: Path) -> dict[str, Row]:
    """The claims of a run by name. Raises `BadInput` where there is none at this path.

    `proofs`: where scripts are that do not lie in it."""
    if path.is_dir():
        return _rows(path, path, proofs)
    with tempfile.TemporaryDirectory() as folder:
        _unpack(path, Path(folder))
        return _rows(path, Path(folder), proofs)


def _rows(path: Path, folder: Path, proofs: Path) -> dict[str, Row]:
    if (folder / "theorems.json").is_file() and (folder / "claims").is_dir():
        return _of_bundle(folder)
    for within in (folder / "theorems", folder):
        if places(within, RECORD):
            record = recheck.read(recheck.Sources(within, proofs))
            return {entry.name: _theorem(entry) for entry in record.entries}
    stems = _stems(folder)
    if not stems:
        found = "expected certificates, theorems or a bundle, found none"
        raise BadInput(displayed(str(path))[1:-1], found)
    return _of_certificates(folder, stems)


def _theorem(entry: recheck.Entry) -> Row:
    """A theorem as it stands: its certificate re-checked, timed as it was recorded."""
    size = sum(it.size for it in entry.certificates) if entry.certificates else None
    times = [it.checking for it in entry.certificates if it.checking is not None]
    verdict = "REFUTED" if entry.refuted else "HOLDS"
    if entry.support == Grade.OPEN or entry.state:
        verdict = entry.state.upper() or "UNDECIDED"
    statement = str(entry.facts["statement"])
    return Row(verdict, entry.support.name, statement, size, sum(times) if times else None)


def _unpack(path: Path, folder: Path) -> None:
    place = displayed(str(path))[1:-1]
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(item.file_size for item in archive.infolist()) > MOST_UNPACKED:
                raise BadInput(place, f"more than {MOST_UNPACKED} bytes when unpacked")
            archive.extractall(folder)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        said = displayed(str(error))[1:-1]
        raise BadInput(place, f"expected a folder or a bundle, found neither: {said}") from None


def _stems(folder: Path) -> list[str]:
    return sorted(path.name.removesuffix(kernel.CLAIM) for path in folder.glob(f"*{kernel.CLAIM}"))


def _of_certificates(folder: Path, stems: Sequence[str]) -> dict[str, Row]:
    return {it.name: _checked(it, folder) for it in recheck.of_certificates(folder, stems)}


def _checked(entry: recheck.Entry, folder: Path) -> Row:
    (certificate,) = entry.certificates
    verdict = "REFUTED" if entry.refuted else "HOLDS"
    if entry.state:
        return Row(
            entry.state.upper(), Grade.OPEN.name, _claim(certificate.claim), certificate.size
        )
    seconds = _timed(folder, certificate.name)
    return Row(verdict, entry.support.name, _claim(certificate.claim), certificate.size, seconds)


def _claim(data: bytes) -> str:
    """The claim without its name, so that a claim that has another name is still the same."""
    try:
        whole = json.loads(data)
        return json.dumps(
            {key: value for key, value in whole.items() if key != "name"}, sort_keys=True
        )
    except (ValueError, AttributeError, RecursionError):
        return ""


def _timed(folder: Path, stem: str) -> float | None:
    """Seconds that the Python kernel takes."""
    try:
        claim, certificate = (
            (folder / f"{stem}{end}").read_bytes() for end in (kernel.CLAIM, kernel.CERTIFICATE)
        )
        start = time.perf_counter()
        kernel.check(
            claim, certificate, lambda digest: (folder / "networks" / f"{digest}.json").read_bytes()
        )
        return time.perf_counter() - start
    except (OSError, DepthproofError):
        return None


def _of_bundle(folder: Path) -> dict[str, Row]:
    """The theorems of a bundle, its certificates re-checked."""
    certified = _of_certificates(folder / "claims", _stems(folder / "claims"))
    path = folder / "theorems.json"
    try:
        listed = json.loads(path.read_bytes())["theorems"]
        return {str(it["name"]): _bundled(it, certified) for it in listed}
    except (ValueError, KeyError, TypeError, RecursionError):
        wanted = "expected the theorems of a bundle, found another form"
        raise BadInput(displayed(str(path))[1:-1], wanted) from None


def _bundled(theorem: Mapping[str, Any], certified: Mapping[str, Row]) -> Row:
    rows = [certified[name] for name in theorem["certificates"] if name in certified]
    label = str(theorem["grade"])
    verdict = "REFUTED" if label.startswith("REFUTED") else "HOLDS"
    grade = label.removeprefix("REFUTED (").removesuffix(")")
    broken = [row.verdict for row in rows if row.verdict not in VERDICTS]
    if broken or grade == Grade.OPEN.name:
        verdict = broken[0] if broken else "UNDECIDED"
    sizes = [row.size for row in rows if row.size is not None]
    times = [row.time for row in rows if row.time is not None]
    return Row(
        verdict,
        grade,
        str(theorem["statement"]),
        sum(sizes) if sizes else None,
        sum(times) if times else None,
    )
