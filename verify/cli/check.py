"""check: certificates re-checked, in files, folders, and bundles; it ends with one line, the verdict."""

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from ..files import WAITING
from ..kernel.check import CERTIFICATE, CLAIM
from ..kernel.errors import BadInput, DepthproofError, OverBudget, Rejected, placed

DISAGREE = 4
_NETWORK = re.compile(r"[0-9a-f]{64}\.json")
VERDICTS = {
    0: "holds: every certificate shows its claim",
    BadInput.exit_code: "bad input: something here is no claim, certificate or network, or is not there",
    OverBudget.exit_code: "undecided: something here costs more than the limits allow",
    DISAGREE: "the two checkers disagree",
    Rejected.exit_code: "rejected: a certificate does not show its claim, or a file is not what it is said to be",
}


@click.command()
@click.argument("path", nargs=-1, required=True)
def check(path: Sequence[str]) -> int:
    """Re-check certificates: files, folders with all that lies below them, or bundles (zip files, or unpacked). No solver, no search.
    Both checkers are asked, the Python kernel and, where it is built, depthcheck, which is proved in Coq. A bundle's files are compared
    with its manifest. What NAME.derived.json says of a claim's networks is checked by making them again. Of a file in
    networks/ the claims beside that folder are re-checked."""
    from ..checkers import Disagreement

    with tempfile.TemporaryDirectory(prefix="depthproof-") as unpacked:
        codes = _checked([_opened(one, Path(unpacked) / f"{place}") for place, one in enumerate(path)])
    code = max(codes)
    if Disagreement.exit_code in codes:
        code = Disagreement.exit_code
    print(f"verdict: {VERDICTS[code]}")
    return code


class _Given:
    """What a user named: `folder`, where its claims are, None where it could not be opened; `said`, how its places are called."""

    def __init__(self, path: str, folder: str | None, code: int = 0) -> None:
        self.path, self.folder, self.code = path, folder, code

    def said(self, line: str) -> str:
        if self.folder in (None, self.path):
            return line
        return line.replace(str(self.folder), _ascii(self.path))


def _ascii(path: str) -> str:
    """A path as the checkers print it: a name may hold what moves a terminal."""
    return ascii(path)[1:-1]


def _opened(path: str, folder: Path) -> _Given:
    """A path as it is; a bundle, unpacked and compared with its manifest; of a network that claims
    pin, the folder of these claims."""
    from ..report import unbundle

    try:
        with placed(_ascii(path)):
            if Path(path).is_file() and unbundle.is_zip(Path(path)):
                unbundle.unpack(Path(path), folder)
                return _Given(path, str(folder), _altered(path, folder))
            if (Path(path) / unbundle.MANIFEST).is_file():
                return _Given(path, path, _altered(path, Path(path)))
    except DepthproofError as error:
        word = "MALFORMED" if isinstance(error, BadInput) else "OVER BUDGET"
        print(f"{word} {error}")
        return _Given(path, None, error.exit_code)
    if _NETWORK.fullmatch(Path(path).name) and Path(path).parent.name == "networks":
        return _Given(path, str(Path(path).parent.parent))
    return _Given(path, path)


def _altered(path: str, folder: Path) -> int:
    """Says which files of a bundle are not as its manifest says."""
    from ..report import unbundle

    found = unbundle.altered(folder)
    for line in found:
        print(f"ALTERED {_ascii(path)}: {line}")
    if not found:
        print(f"{_ascii(path)}: every file is as the bundle's manifest says")
    return Rejected.exit_code if found else 0


def _checked(given: Sequence[_Given]) -> list[int]:
    """What the checkers, and the records beside claims, say of all of it."""
    from ..checkers import report
    from ..derived import report as derived

    found = list[str]()
    for it in given:
        if it.folder is not None:
            found += _below(it.folder)
    parts = list(dict.fromkeys(found))

    def say(line: str) -> None:
        for it in given:
            line = it.said(line)
        print(line)

    codes = [it.code for it in given]
    if parts:
        codes.append(report(parts, say))
    return codes + [derived(Path(part), say) for part in parts]


def _below(path: str) -> list[str]:
    """The claims at any depth below a folder, and the links to folders there, below which the
    checkers look no further and say so; or the path itself. What a killed writer left is passed over."""
    found = []
    for folder, inside, files in os.walk(path):
        inside[:] = [name for name in inside if not name.startswith(WAITING)]
        stems = set[str]()
        for ending in (CLAIM, CERTIFICATE):
            stems |= {name.removesuffix(ending) for name in files if name.endswith(ending)}
        found += [os.path.join(folder, f"{stem}{CLAIM}") for stem in stems]
        found += [os.path.join(folder, name) for name in inside if os.path.islink(os.path.join(folder, name))]
    return sorted(found) or [path]


