"""appendix, bundle: what a paper prints, and what a reviewer re-runs."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ..kernel.errors import BadInput, displayed
from .theorems import PACKAGE, proofs_folder, proofs_option

FORMATS = ("html", "pdf", "tex")
from_option = click.option(
    "--from", "build", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="What prove --out wrote.  [default: the committed ledger and certificates]",
)  # fmt: skip


def sources(build: Path | None, folder: Path | None):  # type: ignore[no-untyped-def]
    """Where ledger and certificates are."""
    from ..report.recheck import Sources

    proofs = folder or proofs_folder()
    if build is not None:
        return Sources(build / "theorems.json", build / "certificates", proofs)
    if not (proofs / "ledger.json").is_file():
        raise BadInput(displayed(str(proofs)), "expected ledger.json, which depthproof prove --regenerate writes; or --from DIR, which prove --out wrote")
    return Sources(proofs / "ledger.json", proofs / "certificates", proofs)


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("build/appendix"), show_default=True, help="The folder to write into.")
@from_option
@proofs_option
@click.option("--networks", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Networks to count and draw.  [default: tests/networks]")
@click.option("--only", type=click.Choice(FORMATS), multiple=True, help="Only this format; may be repeated.")
def appendix(out: Path, build: Path | None, folder: Path | None, networks: Path | None, only: Sequence[str]) -> int:
    """Re-check all certificates, and write appendix.html, appendix.pdf, appendix.tex and figures. Reads certificate files only."""
    from ..report import files, recheck
    from ..report.appendix import Extras

    record = recheck.read(sources(build, folder))
    for _, line in record.complaints:
        print(f"depthproof: {displayed(line)[1:-1] if not line.isprintable() else line}", file=sys.stderr)
    beside = PACKAGE.parent / "tests" / "networks"
    tables = [PACKAGE.parent / "proofs" / "tables" / "frontier.json", PACKAGE / "answers" / "frontier.json"]
    timings = PACKAGE.parent / "bench" / "results.json"
    extras = Extras(networks or (beside if beside.is_dir() else None), next((path for path in tables if path.is_file()), None), timings)
    for path in files.write(record, extras, out, tuple(only) or FORMATS):
        print(path)
    return record.exit_code
