"""Where a theorem's files are: side by side, in the folder of its section.

The script of `separation.gap.core` is separation/gap.core.py. Beside it are gap.core.claim.json,
gap.core.certificate.json and gap.core.record.json, and the section's folder `networks` with the networks that its
claims name, by their SHA-256.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from .kernel.check import CERTIFICATE, CLAIM

SCRIPT, RECORD = ".py", ".record.json"
MOST_LETTERS = 100
NO_SECTIONS = frozenset({"coq", "networks"})
NOT = "not "  # how the claim of a refutation is called: not separation.slide_zero
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9_]*)+", re.ASCII)


def is_name(text: str) -> bool:
    """Whether this names a theorem: a section and more, in small letters.

    >>> is_name("separation.gap.core"), is_name("Gap")
    (True, False)
    """
    fits = len(text) <= MOST_LETTERS and _NAME.fullmatch(text) is not None
    return fits and text.partition(".")[0] not in NO_SECTIONS


@dataclass(frozen=True)
class Place:
    """A theorem's files below a folder. They need not exist.

    >>> Place(Path("proofs"), "separation.gap.core").script.as_posix()
    'proofs/separation/gap.core.py'
    """

    folder: Path
    name: str

    @property
    def section(self) -> Path:
        return self.folder / self.name.partition(".")[0]

    @property
    def stem(self) -> str:
        """The name of its files without their endings."""
        return self.name.partition(".")[2]

    @property
    def script(self) -> Path:
        return self.section / f"{self.stem}{SCRIPT}"

    @property
    def claim(self) -> Path:
        return self.section / f"{self.stem}{CLAIM}"

    @property
    def certificate(self) -> Path:
        return self.section / f"{self.stem}{CERTIFICATE}"

    @property
    def record(self) -> Path:
        return self.section / f"{self.stem}{RECORD}"

    def network(self, digest: str) -> Path:
        """The network with this SHA-256."""
        return self.section / "networks" / f"{digest}.json"


def places(folder: Path, ending: str) -> list[Place]:
    """The theorems that have a file with this ending below the folder, by name.

    >>> [place.name for place in places(Path("proofs"), CLAIM)][:1]
    ['approximation.bump']
    """
    names = {f"{path.parent.name}.{path.name.removesuffix(ending)}" for path in folder.glob(f"*/*{ending}")}
    return [Place(folder, name) for name in sorted(names) if is_name(name)]
