"""What the pytest plugin tells of all claims: lines for the terminal, and a file.

What is asserted in a test is plain data, as `pytest_plugin` records it.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .files import write_bytes
from .kernel.errors import DepthproofError
from .report import document as d
from .report.appendix import SEMANTICS
from .report.page import page

Asserted = Mapping[str, Any]


def lines(rows: Sequence[Asserted], details: bool) -> list[str]:
    """How many claims there were with which grades, and what is not as asserted; with `details` a line for each.

    >>> lines([], details=False)
    ['0 claims: none']
    """
    wrong = [row for row in rows if row["verdict"] != row["expected"]]
    found = [_total(rows, len(wrong))]
    found += [f"  {_shown(row['test'])}: {row['lines'][0]}" for row in wrong]
    if details:
        for row in rows:
            took = f"{row['seconds']:7.2f} s"
            found.append(f"  {row['grade']:<9} {row['verdict']:<9} {took}  {_shown(row['test'])}")
    return found


def _total(rows: Sequence[Asserted], wrong: int) -> str:
    counts = Counter(_label(row) for row in rows)
    cached = len([row for row in rows if row["cached"]])
    counted = "1 claim" if len(rows) == 1 else f"{len(rows)} claims"
    grades = ", ".join(f"{count} {label}" for label, count in sorted(counts.items()))
    said = f"{counted}: {grades or 'none'}"
    if cached:
        said += f"; {cached} from the cache, re-checked by the kernel"
    if wrong:
        said += f"; {wrong} NOT as asserted"
    return said


def _label(row: Asserted) -> str:
    """The grade of what was shown; the verdict where nothing was."""
    if row["verdict"] == "HOLDS":
        return str(row["grade"])
    if row["verdict"] == "REFUTED":
        return f"REFUTED ({row['grade']})"
    return str(row["verdict"])


def _shown(test: str) -> str:
    return ascii(test)[1:-1]


def written(path: Path, rows: Sequence[Asserted]) -> str:
    """Writes the claims as JSON or as a page, by the path's ending. Gives a line that says so, or why not."""
    data = _page(rows) if path.suffix == ".html" else json.dumps({"claims": rows}, indent=1).encode() + b"\n"
    try:
        write_bytes(path, data)
    except DepthproofError as error:
        return f"depthproof: {error}"
    return f"report: {path}"


def _page(rows: Sequence[Asserted]) -> bytes:
    title = "Claims of the test suite"
    head = ["test", "claim", "verdict", "time", "SHA-256 of the claim"]
    cells = [_cells(row) for row in rows]
    table = d.Table(d.text(f"{len(rows)} claims"), head, cells, shares=(5, 7, 4, 2, 3))
    return page(d.Document(title, [d.Heading(1, d.text(title)), d.Paragraph(d.text(SEMANTICS)), table])).encode()


def _stated(lines: Sequence[str]) -> list[str]:
    """What is said of a claim without the hashes of its networks: what is declared, proved or refuted."""
    stripped = [line.strip() for line in lines]
    said = [line for line in stripped[1:] if "network with SHA-256" not in line]
    return said or stripped


def _cells(row: Asserted) -> list[d.Line]:
    said = "; ".join(_stated(row["lines"]))
    kind = "REFUTED" if row["verdict"] == "REFUTED" else row["grade"]
    time = f"{row['seconds']:.2f} s"
    if row["cached"]:
        time += " (cache)"
    return [
        [d.Text(row["test"], "code")],
        [d.Text(said)],
        [d.Badge(kind, row["verdict"]), d.Badge(row["grade"], row["grade"])],
        d.text(time),
        [d.Text(row["claim"][:16], "code")],
    ]
