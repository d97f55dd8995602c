"""The appendix as files: all are made before any is written, so that an existing appendix is replaced only by a whole one."""

from collections.abc import Sequence
from pathlib import Path

from ..files import write_files
from . import figures, tex_file, typst_file
from .appendix import Extras, document
from .browser import Again
from .page import page
from .recheck import Record


def made(record: Record, extras: Extras, formats: Sequence[str], again: Again | None = None) -> dict[str, bytes]:
    """The files by name. `again`: what the page needs to check its certificates again.

    Raises `BadInput` if typst or matplotlib is missing where it is needed."""
    whole = document(record, extras)
    found: dict[str, bytes] = {}
    if "html" in formats:
        found["appendix.html"] = page(whole, again).encode()
    if "tex" in formats:
        found["appendix.tex"] = tex_file.source(whole).encode()
        found |= {f"figures/{name}.pdf": figures.drawn(picture, ".pdf") for name, picture in whole.images.items()}
        found |= {"figures/graph.pdf": figures.graph_drawn(record.entries)}
    if "pdf" in formats:
        drawn = {name: figures.drawn(picture, ".svg") for name, picture in whole.images.items()}
        drawn["graph"] = figures.graph_drawn(record.entries, ".svg")
        found["appendix.pdf"] = typst_file.pdf(whole, drawn)
    return found


def write(record: Record, extras: Extras, out: Path, formats: Sequence[str], again: Again | None = None) -> list[Path]:
    """Makes everything, and only then writes it: all files or none."""
    files = made(record, extras, formats, again)
    write_files(out, files)
    return [out / name for name in files if "/" not in name]
