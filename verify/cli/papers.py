"""paper-check: a paper that cites what was certified, held against what stands."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..kernel.errors import placed
from .arguments import json_option, optional, print_json, replacing, said
from .theorems import proofs_folder

if TYPE_CHECKING:
    from ..claim import Claim
    from ..report.paper import Checked, Judgement, Stated
    from ..report.paper_source import Paper

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
CERTIFIED, CLAIMS, PROOFS = "certified", "claims", "proofs"


@click.command("paper-check")
@click.argument("paper", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--from", "folders", type=FOLDER, multiple=True, metavar="DIR",
    help="Where the names are looked up: what claim --certificate or prove --out wrote; may be repeated.  "
    "[default: certified/ and proofs/ beside the paper]",
)  # fmt: skip
@click.option(
    "--claims", "claims", type=FOLDER, metavar="DIR",
    help="The claims as their author states them: a certificate of another claim is stale.  "
    "[default: claims/ beside the paper]",
)  # fmt: skip
@click.option(
    "--proofs", "proofs", type=FOLDER, metavar="DIR",
    help="The proof scripts of your own theorems.  [default: proofs/ beside the paper]",
)  # fmt: skip
@json_option
def paper_check(
    paper: Path, folders: Sequence[Path], claims: Path | None, proofs: Path | None, as_json: bool
) -> int:
    r"""Re-check everything that PAPER.tex cites by \depthproof{NAME} or \begin{certified}{NAME}.

    Names that no folder knows are looked up among depthproof's own theorems. What does not stand is
    told by file, line and column; what stands is written to depthproof-cited.tex beside the paper,
    from which depthproof.sty prints.
    """
    from ..files import write_bytes
    from ..report import paper as papers
    from ..report import paper_source

    read = paper_source.read(paper)
    said(read.notes)
    beside = paper.parent
    scripts = proofs or _existing(beside / PROOFS)
    standard = [_existing(beside / CERTIFIED), scripts]
    found = [path for path in folders or standard if path is not None]
    places = [papers.place(folder, scripts or proofs_folder()) for folder in found]
    own = papers.place(proofs_folder(), proofs_folder())
    checked = papers.check(
        read.citations, [*places, own], _stated(claims or _existing(beside / CLAIMS))
    )
    out = beside / papers.CITED
    with replacing(out):
        write_bytes(out, papers.cited(checked.standing))
    _print(read, checked, out, as_json)
    return checked.exit_code


def _existing(folder: Path) -> Path | None:
    return folder if folder.is_dir() else None


def _stated(folder: Path | None) -> "Stated":
    def stated(name: str) -> "Claim | None":
        """The claim as its file states it today; None where there is no such file."""
        file = None if folder is None else folder / f"{name}.json"
        if file is None or not file.is_file():
            return None
        from ..claim import Claim

        with placed(str(file)):
            return Claim.from_file(file)

    return stated


def _print(read: "Paper", checked: "Checked", out: Path, as_json: bool) -> None:
    bad = [verdict for verdict in checked.verdicts if verdict.problem]
    if as_json:
        print_json(
            {"citations": list(map(_row, checked.verdicts)), "files": list(map(str, read.files))}
        )
        return
    for verdict in bad:
        print(f"{verdict.citation.place}: {verdict.problem}")
    width = max((len(entry.label) for entry in checked.standing.values()), default=0)
    for name, entry in checked.standing.items():
        print(f"{entry.label:<{width}} {name}")
    names = {verdict.citation.name for verdict in checked.verdicts}
    citations = _number(len(checked.verdicts), "citation")
    counted = f"{citations} of {_number(len(names), 'name')} in {_number(len(read.files), 'file')}"
    standing = f"{len(bad)} not as the paper says" if bad else "all stand"
    print(f"{counted}: {standing}; {out}")


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _row(verdict: "Judgement") -> dict[str, Any]:
    it = verdict.citation
    return {
        "file": str(it.file),
        "line": it.line,
        "column": it.column,
        "name": it.name,
        "asserted": it.grade or None,
        "grade": optional(verdict.entry, lambda entry: entry.label),
        "problem": verdict.problem or None,
    }
