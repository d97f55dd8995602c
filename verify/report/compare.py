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
from typing import Any, TypeVar

from ..kernel import check as kernel
from ..kernel.errors import BadInput, DepthproofError, displayed
from ..layout import RECORD, places
from ..theorem import Grade
from . import recheck

MOST_UNPACKED = 512 * 2**20
VERDICTS = ("HOLDS", "REFUTED", "UNDECIDED")  # best first; any other is worse
MEASURES = ("size", "time")
Number = TypeVar("Number", int, float)


@dataclass(frozen=True)
class Standing:
    """How one claim stands in a run.

    `claim`: what tells that it is still the same claim, "" if unknown. `size`: bytes of its certificates. `time`:
    seconds of checking, None if unknown.
    """

    verdict: str
    grade: str
    claim: str = ""
    size: int | None = None
    time: float | None = None


@dataclass(frozen=True)
class Change:
    """One claim in both runs; None where it is not there.

    `worse`: why this is a regression; `better`: whether the verdict or the grade is better.
    """

    name: str
    old: Standing | None
    new: Standing | None
    worse: tuple[str, ...] = ()
    better: bool = False

    @property
    def is_same(self) -> bool:
        """Whether all but the time is as it was."""
        if self.old is None or self.new is None:
            return False
        return _untimed(self.old) == _untimed(self.new) and not self.worse


def _untimed(it: Standing) -> tuple[object, ...]:
    return it.verdict, it.grade, it.claim, it.size


def compare(
    old: Mapping[str, Standing], new: Mapping[str, Standing], limits: Mapping[str, int]
) -> list[Change]:
    """Every claim of both runs, by name. `limits`: by how many percent size or time may grow.

    >>> (change,) = compare({"peaks": Standing("HOLDS", "KERNEL")}, {"peaks": Standing("HOLDS", "CHECKED")}, {})
    >>> change.worse
    ('grade KERNEL -> CHECKED',)
    """
    return [_change(name, old.get(name), new.get(name), limits) for name in sorted({*old, *new})]


def _change(name: str, old: Standing | None, new: Standing | None, limits: Mapping[str, int]) -> Change:
    if new is None:
        return Change(name, old, None, ("it is gone",))
    if old is None:
        return Change(name, None, new)
    worse = []
    if _rank(new.verdict) > _rank(old.verdict):
        worse.append(f"verdict {old.verdict} -> {new.verdict}")
    if _rank(new.grade) > _rank(old.grade):
        worse.append(f"grade {old.grade} -> {new.grade}")
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
    """By how many percent a number grew, rounded down; None where one is unknown, or the old one 0.

    >>> percent(100, 111)
    11
    """
    if not old or new is None:
        return None
    return int((new - old) * 100 // old)


def run(path: Path, proofs: Path) -> dict[str, Standing]:
    """The claims of a run by name. Raises `BadInput` where there is none at this path.

    `proofs`: where scripts are that do not lie in it."""
    if path.is_dir():
        return _standings(path, path, proofs)
    with tempfile.TemporaryDirectory() as folder:
        _unpack(path, Path(folder))
        return _standings(path, Path(folder), proofs)


def _standings(path: Path, folder: Path, proofs: Path) -> dict[str, Standing]:
    if (folder / "theorems.json").is_file() and (folder / "claims").is_dir():
        return _of_bundle(folder)
    for within in (folder / "theorems", folder):
        if places(within, RECORD):
            scripts = within if places(within, ".py") else proofs  # a folder of scripts stands by its own
            record = recheck.read(recheck.Sources(within, scripts))
            return {entry.name: _theorem(entry) for entry in record.entries}
    stems = _stems(folder)
    if not stems:
        found = "expected certificates, theorems or a bundle, found none"
        raise BadInput(displayed(str(path))[1:-1], found)
    return _of_certificates(folder, stems)


def _theorem(entry: recheck.Entry) -> Standing:
    """A theorem as it stands: its certificate re-checked, timed as it was recorded."""
    sizes = [it.size for it in entry.certificates]
    times = [it.checking for it in entry.certificates if it.checking is not None]
    verdict = "REFUTED" if entry.refuted else "HOLDS"
    if entry.support == Grade.OPEN or entry.state:
        verdict = entry.state.upper() or "UNDECIDED"
    statement = str(entry.facts["statement"])
    return Standing(verdict, entry.support.name, statement, _total(sizes), _total(times))


def _total(numbers: Sequence[Number]) -> Number | None:
    """The sum of what is known; None where nothing is."""
    return sum(numbers) if numbers else None


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


def _of_certificates(folder: Path, stems: Sequence[str]) -> dict[str, Standing]:
    return {it.name: _checked(it, folder) for it in recheck.of_certificates(folder, stems)}


def _checked(entry: recheck.Entry, folder: Path) -> Standing:
    """A certificate of no theorem, checked and timed now."""
    (certificate,) = entry.certificates
    claim, size = _claim(certificate.claim), certificate.size
    if entry.state:
        return Standing(entry.state.upper(), Grade.OPEN.name, claim, size)
    verdict = "REFUTED" if entry.refuted else "HOLDS"
    return Standing(verdict, entry.support.name, claim, size, _timed(folder, certificate.name))


def _claim(data: bytes) -> str:
    """The claim without its name, so that a claim that has another name is still the same."""
    try:
        whole = json.loads(data)
        unnamed = {key: value for key, value in whole.items() if key != "name"}
        return json.dumps(unnamed, sort_keys=True)
    except (ValueError, AttributeError, RecursionError):
        return ""


def _timed(folder: Path, stem: str) -> float | None:
    """Seconds that the Python kernel takes; None where it does not accept the certificate."""

    def network(digest: str) -> bytes:
        return (folder / "networks" / f"{digest}.json").read_bytes()

    try:
        claim = (folder / f"{stem}{kernel.CLAIM}").read_bytes()
        certificate = (folder / f"{stem}{kernel.CERTIFICATE}").read_bytes()
        start = time.perf_counter()
        kernel.check(claim, certificate, network)
        return time.perf_counter() - start
    except (OSError, DepthproofError):
        return None


def _of_bundle(folder: Path) -> dict[str, Standing]:
    """The theorems of a bundle, its certificates re-checked."""
    certified = _of_certificates(folder / "claims", _stems(folder / "claims"))
    path = folder / "theorems.json"
    try:
        listed = json.loads(path.read_bytes())["theorems"]
        return {str(it["name"]): _bundled(it, certified) for it in listed}
    except (ValueError, KeyError, TypeError, RecursionError):
        wanted = "expected the theorems of a bundle, found another form"
        raise BadInput(displayed(str(path))[1:-1], wanted) from None


def _bundled(theorem: Mapping[str, Any], certified: Mapping[str, Standing]) -> Standing:
    """A theorem as the bundle grades it, with its certificates as they are checked now."""
    found = [certified[name] for name in theorem["certificates"] if name in certified]
    label = str(theorem["grade"])
    grade = label.removeprefix("REFUTED (").removesuffix(")")
    verdict = "REFUTED" if label.startswith("REFUTED") else "HOLDS"
    broken = [it.verdict for it in found if it.verdict not in VERDICTS]
    if broken:
        verdict = broken[0]
    elif grade == Grade.OPEN.name:
        verdict = "UNDECIDED"
    sizes = [it.size for it in found if it.size is not None]
    times = [it.time for it in found if it.time is not None]
    return Standing(verdict, grade, str(theorem["statement"]), _total(sizes), _total(times))
