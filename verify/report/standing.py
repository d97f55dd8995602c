"""What is found of theorems today, as data: certificates, scripts, records, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import record, script
from ..kernel.errors import OverBudget
from ..layout import Place
from ..theorem import Grade


@dataclass(frozen=True)
class Sources:
    """Where to read: the folder of theorems, by section, and that of the proof scripts, with coq/ in it.

    Often they are the same.
    """

    theorems: Path
    proofs: Path

    def place(self, name: str) -> Place:
        """Where a theorem's files are."""
        return Place(self.theorems, name)

    def script(self, name: str) -> Path:
        """The script beside the record, or among the proof scripts."""
        beside = self.place(name).script
        return beside if beside.exists() else Place(self.proofs, name).script


class Beside(Place):
    """A claim's files in one folder, by their stem."""

    @property
    def section(self) -> Path:
        return self.folder

    @property
    def stem(self) -> str:
        return self.name


class Folder(Sources):
    """A folder of claims and certificates, as `depthproof claim --certificate` writes it; without theorems."""

    def place(self, name: str) -> Place:
        return Beside(self.theorems, name)


@dataclass(frozen=True)
class Certificate:
    """A claim with its certificate, as found today.

    `state`: holds, stale, missing, altered, malformed or over budget; `reason`: a line that says why it does not hold.
    `lines`: what the Python kernel printed. `refutes`: whether the claim says, by its name, that the theorem is false.
    """

    name: str
    state: str
    reason: str
    lines: tuple[str, ...]
    size: int
    sha256: str
    checking: float | None
    claim: bytes
    second: str = ""  # the proved checker: "now", "as recorded", or "" where it was not asked
    refutes: bool = False


@dataclass(frozen=True)
class Entry:
    """One theorem: `facts` are the script's words and the rows of evidence.

    `own`: the grade of its own evidence as it stands today; `support`: no better than what it rests on. `state`: ""
    where nothing is wrong.
    """

    facts: Mapping[str, Any]
    certificates: tuple[Certificate, ...]
    own: Grade
    support: Grade
    refuted: bool
    state: str = ""
    reasons: tuple[str, ...] = ()
    coq: tuple[Mapping[str, Any], ...] = ()
    code: int = 0

    @property
    def name(self) -> str:
        return str(self.facts["name"])

    @property
    def label(self) -> str:
        """The grade, with the word that it is one of a refutation."""
        return f"REFUTED ({self.support.name})" if self.refuted else self.support.name


@dataclass(frozen=True)
class Record:
    """All theorems as they stand.

    `versions`: those that they were last proved with; `sha256`: of all records together; `complaints`: lines, each with
    the exit code that it asks for; `in_order`: the theorems' names as the lectures come to them; `folder`: of a user's
    own claims, the folder that they are in.
    """

    entries: tuple[Entry, ...]
    versions: Mapping[str, str]
    sha256: str
    coq: str
    complaints: tuple[tuple[int, str], ...] = field(default=())
    in_order: tuple[str, ...] = field(default=())
    folder: str = ""

    @property
    def is_own(self) -> bool:
        """Whether these are a user's own claims, and no theorems."""
        return self.folder != ""

    @property
    def certificates(self) -> list[Certificate]:
        """Those of all theorems, theorem by theorem."""
        found = list[Certificate]()
        for entry in self.entries:
            found += entry.certificates
        return found

    @property
    def exit_code(self) -> int:
        """That of the worst complaint; 0 where there is none."""
        return max((code for code, _ in self.complaints), default=0)


@dataclass(frozen=True)
class Broken:
    """Why a theorem's record counts for nothing."""

    state: str
    reason: str
    code: int = OverBudget.exit_code


@dataclass(frozen=True)
class Read:
    """A theorem's script and record, as far as they can be read, and what is wrong with them."""

    name: str
    script: script.Script | None
    record: record.Record | None
    broken: Broken | None

    @property
    def certified(self) -> bool:
        """Whether it has a certificate to be checked."""
        return self.broken is None and self.record is not None and bool(self.record.claim)
