"""init: working skeletons of a paper, of tests and of proof scripts, to be filled with one's own."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from ..kernel.check import CERTIFICATE, CLAIM
from ..kernel.errors import BadInput, displayed, placed
from .theorems import PACKAGE, certify

KINDS = ("paper", "tests", "proofs")
TEMPLATES = PACKAGE / "skeletons"
WORKFLOW, CERTIFIED, SCHEMA = ".github/workflows/claims.yml", "certified", "claim.schema.json"
_NETWORK = {"claims/networks/mine.json": "mine.json"}
_TESTS = {"test_claims.py": "test_claims.py.txt"}
_PROOFS = {"proofs/example/range.py": "example_range.py.txt"}
_CLAIMS = {"claims/pieces.json": "pieces.json", "claims/below_one.json": "below_one.json"}
_PAPER = {"paper.tex": "paper.tex"}
FILES = {  # what is written, and the template that it is
    "tests": _NETWORK | _TESTS,
    "proofs": _PROOFS,
    "paper": _NETWORK | _TESTS | _PROOFS | _CLAIMS | _PAPER,
}
COMMANDS = {  # what makes the skeleton pass, here and in its workflow
    "tests": ("python -m pytest",),
    "proofs": ("depthproof prove --proofs proofs", "depthproof check proofs/example"),
    "paper": (
        "depthproof check certified proofs/example",
        "depthproof prove --proofs proofs",
        "python -m pytest",
        "depthproof paper-check paper.tex",
    ),
}


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def init(kind: str, folder: Path) -> int:
    """Write a working skeleton into DIR: a paper, tests, or proof scripts, with a workflow for CI.

    \b
    paper    claims about a network, a theorem for all k, a test, a paper that cites them
    tests    a network and a test of it
    proofs   a script with a theorem for all k
    What it claims is certified at once. A file that is there already is kept.
    """
    from ..files import write_files

    files = _contents(kind)
    kept = [name for name in files if (folder / name).exists()]
    new = {name: data for name, data in files.items() if name not in kept}
    write_files(folder, new)
    for name in new:
        print(folder / name)
    _certify(folder, files)
    if kept:
        print(f"depthproof: kept as they were: {', '.join(kept)}", file=sys.stderr)
    print(f"next, in {folder}: {'; '.join(COMMANDS[kind])}")
    return 0


def _contents(kind: str) -> dict[str, bytes]:
    """The files of a skeleton by name."""
    found = {name: (TEMPLATES / template).read_bytes() for name, template in FILES[kind].items()}
    steps = "".join(f"      - run: {command}\n" for command in COMMANDS[kind])
    found[WORKFLOW] = (TEMPLATES / "claims.yml").read_bytes() + steps.encode()
    if kind == "paper":
        found["depthproof.sty"] = (PACKAGE / "report" / "depthproof.sty").read_bytes()
        found[SCHEMA] = (schemas() / "short-claim-1.schema.json").read_bytes()
    return found


def schemas() -> Path:
    """The JSON Schemas: among the documents in a checkout, inside the package where it is installed."""
    places = [PACKAGE.parent / "docs" / "schemas", PACKAGE / "schemas"]
    return next((path for path in places if path.is_dir()), places[-1])


def _certify(folder: Path, files: Mapping[str, bytes]) -> None:
    """Finds the certificates that are not there yet, and writes them: of what is as it was written,
    now or by an earlier run that was ended before."""
    from ..claim import Claim
    from ..files import write_files
    from ..search import Undecided, prove

    example = folder / "proofs" / "example" / f"range{CERTIFICATE}"
    if any(_is_as_written(folder, files, name) for name in _PROOFS) and not example.exists():
        certify(folder / "proofs")
        print(folder / "proofs" / "example" / f"range{CLAIM}")
    for name in _CLAIMS:
        certificate = folder / CERTIFIED / f"{Path(name).stem}{CERTIFICATE}"
        if not _is_as_written(folder, files, name) or certificate.exists():
            continue
        with placed(displayed(str(folder / name))[1:-1]):
            claim = Claim.from_file(folder / name)
            found = prove(claim)
        if isinstance(found, Undecided):
            raise BadInput(name, found.reason)
        written = found.claim.files(found.certificate, claim.name)
        write_files(folder / CERTIFIED, written)
        print(folder / CERTIFIED / f"{claim.name}{CLAIM}")


def _is_as_written(folder: Path, files: Mapping[str, bytes], name: str) -> bool:
    """Whether the skeleton has this file, and it is there as the skeleton has it."""
    return name in files and (folder / name).read_bytes() == files[name]
