"""appendix, bundle: what a paper prints, and what a reviewer re-runs."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..kernel.errors import BadInput
from . import tell
from .arguments import replacing
from .theorems import PACKAGE, proofs_folder, proofs_option

if TYPE_CHECKING:
    from ..report.appendix import Extras
    from ..report.browser import Again
    from ..report.recheck import Record, Sources

FORMATS = ("html", "pdf", "tex")
from_option = click.option(
    "--from", "build", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="The folder that prove --out, or claim --certificate, wrote into.  [default: the committed theorems]",
)  # fmt: skip


def sources(build: Path | None, folder: Path | None) -> "Sources":
    """Where the theorems are, and the proof scripts; or a user's own claims."""
    from ..report.recheck import Folder, Sources

    proofs = folder or proofs_folder()
    if build is None:
        return Sources(proofs, proofs)
    if (build / "theorems").is_dir():
        return Sources(build / "theorems", proofs)
    return Folder(build, proofs)


def _read(where: "Sources") -> "Record":
    """All that is there, re-checked; what does not stand is said, a line each."""
    from ..report import recheck

    record = recheck.of_folder(where) if isinstance(where, recheck.Folder) else recheck.read(where)
    _complain(record)
    return record


def _complain(record: "Record") -> None:
    """What does not stand, a line each."""
    for _, line in record.complaints:
        tell(line)


def _again(record: "Record", where: "Sources") -> "Again | None":
    """What a page needs to check its certificates again; None, and a line of why, if it cannot."""
    from ..report import browser

    try:
        found = browser.again(record, where, proofs_folder())
        return found if found.items else None
    except BadInput as error:
        tell(f"no button that checks again: {error}")
        return None


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build/appendix"),
    show_default=True,
    help="The folder to write into.",
)
@from_option
@proofs_option
@click.option(
    "--networks",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Networks to count and draw.  [default: tests/networks]",
)
@click.option("--only", type=click.Choice(FORMATS), multiple=True, help="Only this format; may be repeated.")
@click.option(
    "--order", type=click.Choice(("name", "slide")), default="name", show_default=True,
    help="The theorems by name, or as the lectures come to them.",
)  # fmt: skip
@click.option("--errata", is_flag=True, help="Only the errata, as errata.html, errata.pdf and errata.tex.")
@click.option(
    "--bench", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="Timings to print, as bench/run.py --json writes them.",
)  # fmt: skip
def appendix(
    out: Path, build: Path | None, folder: Path | None, networks: Path | None, only: Sequence[str],
    order: str, errata: bool, bench: Path | None,
) -> int:  # fmt: skip
    """Re-check all certificates, and write appendix.html, appendix.pdf, appendix.tex and figures. Runs no proof script."""
    from ..report import files
    from ..report.appendix import Extras, by_slide

    formats = tuple(only) or FORMATS
    files.need(formats)
    where = sources(build, folder)
    record = _read(where)
    record = by_slide(record) if order == "slide" else record
    if errata:
        made = files.errata_made(record, formats)
    else:
        more = Extras(networks, None, bench) if record.folder else _extras(networks, bench)
        again = _again(record, where) if "html" in formats else None
        made = files.made(record, more, formats, again)
    for path in files.write(made, out):
        print(path)
    return record.exit_code


def _extras(networks: Path | None, bench: Path | None) -> "Extras":
    """What the committed theorems are shown with."""
    from ..report.appendix import Extras

    beside = PACKAGE.parent / "tests" / "networks"
    tables = [PACKAGE.parent / "proofs" / "tables" / "frontier.json", PACKAGE / "answers" / "frontier.json"]
    frontier = next((path for path in tables if path.is_file()), None)
    if networks is None and beside.is_dir():
        networks = beside
    return Extras(networks, frontier, bench)


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@from_option
@proofs_option
def bundle(out: Path, build: Path | None, folder: Path | None) -> int:
    """Write OUT, a zip file of claims, certificates, networks and the kernel; python3 -I -S check.py in it re-checks everything."""
    from ..files import write_bytes
    from ..report import bundle as bundles

    where = sources(build, folder)
    record = _read(where)
    data = bundles.bundle(record, where, PACKAGE.parent / "CITATION.cff", _again(record, where))
    with replacing(out):
        write_bytes(out, data)
    print(f"{out}: {len(data):,} bytes, SHA-256 {sha256(data).hexdigest()}")
    return record.exit_code
