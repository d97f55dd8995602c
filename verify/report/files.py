"""The appendix as files.

All are made before any is written, so that an existing appendix is replaced only by a whole one.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from .. import extras
from ..files import write_files
from . import figures, tex_file, typst_file
from .appendix import Extras, document, errata
from .browser import Again
from .document import Document
from .page import page
from .recheck import Record

STEM, ERRATA = "appendix", "errata"


def need(formats: Sequence[str]) -> None:
    """Raises `BadInput`, before any work, where a package is missing that these formats need."""
    if "pdf" in formats:
        extras.need("typst", "report", "writing PDF")
    draws = "pdf" in formats or "tex" in formats
    if draws:
        extras.need("matplotlib", "report", "drawing")


def made(record: Record, more: Extras, formats: Sequence[str], again: Again | None = None) -> dict[str, bytes]:
    """The files by name. `again`: what the page needs to check its certificates again."""
    whole = document(record, more)
    found = _written(STEM, whole, formats, again)
    if "tex" in formats:
        found["figures/graph.pdf"] = figures.graph_drawn(record.entries)
    if "pdf" in formats:
        graph = {"graph": figures.graph_drawn(record.entries, ".svg")}
        found[f"{STEM}.pdf"] = typst_file.pdf(whole, _drawn(whole, ".svg") | graph)
    return found


def errata_made(record: Record, formats: Sequence[str]) -> dict[str, bytes]:
    """The errata alone, as files by name."""
    whole = errata(record)
    found = _written(ERRATA, whole, formats, None)
    if "pdf" in formats:
        found[f"{ERRATA}.pdf"] = typst_file.pdf(whole, {})
    return found


def _written(stem: str, whole: Document, formats: Sequence[str], again: Again | None) -> dict[str, bytes]:
    """The page, and the TeX with its figures."""
    found: dict[str, bytes] = {}
    if "html" in formats:
        found[f"{stem}.html"] = page(whole, again).encode()
    if "tex" in formats:
        found[f"{stem}.tex"] = tex_file.source(whole).encode()
        found |= {f"figures/{name}.pdf": data for name, data in _drawn(whole, ".pdf").items()}
    return found


def _drawn(whole: Document, ending: str) -> dict[str, bytes]:
    """The pictures of a document, by the figures' names, as files with this ending."""
    return {name: figures.drawn(it, ending) for name, it in whole.images.items()}


def write(files: Mapping[str, bytes], out: Path) -> list[Path]:
    """Writes all files or none. Gives the paths of those that a reader opens first."""
    write_files(out, files)
    return [out / name for name in files if "/" not in name]
