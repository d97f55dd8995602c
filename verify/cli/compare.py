"""compare: what changed between two runs, for a person and for a script."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..kernel.errors import Rejected
from .arguments import json_option, print_json, print_table
from .theorems import proofs_folder

if TYPE_CHECKING:
    from ..report.compare import Change, Standing

RUN = click.Path(exists=True, path_type=Path)
HEAD = ("", "verdict", "grade", "bytes", "checked in")


class _Limit(click.ParamType):
    """A measure and by how many percent it may grow, such as size:10%."""

    name = "limit"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        if isinstance(value, tuple):
            return value
        match = re.fullmatch(r"(size|time):([0-9]{1,6})%", value, re.ASCII)
        if match is None:
            self.fail(f'expected size:10% or time:50%, found "{value}"', param, ctx)
        return match[1], int(match[2])


@click.command()
@click.argument("old", type=RUN)
@click.argument("new", type=RUN)
@click.option(
    "--fail", "limits", type=_Limit(), multiple=True, metavar="MEASURE:P%",
    help="Growth of size or time by more than P percent is a regression too.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Show also the claims that did not change.")
@json_option
def compare(
    old: Path, new: Path, limits: Sequence[tuple[str, int]], everything: bool, as_json: bool
) -> int:
    """Compare two runs: folders of certificates, what prove --out wrote, proof scripts, or bundles.

    Shown are the claims that changed in verdict, grade, statement or size, with their times of
    checking. Exit code 0: nothing is worse; 10: a verdict or a grade is worse, a claim is gone, or
    something grew beyond --fail.
    """
    from ..report.compare import compare as compared
    from ..report.compare import run

    proofs = proofs_folder()
    changes = compared(run(old, proofs), run(new, proofs), dict(limits))
    worse = [change for change in changes if change.worse]
    if as_json:
        print_json({"changes": [_json(change) for change in changes], "worse": len(worse)})
    else:
        _print(changes, everything)
    return Rejected.exit_code if worse else 0


def _print(changes: "Sequence[Change]", everything: bool) -> None:
    shown = [change for change in changes if everything or not change.is_same]
    if shown:
        print_table([HEAD, *map(_row, shown)])
    for change in changes:
        for reason in change.worse:
            print(f"worse: {change.name}: {reason}")
    counts = {
        "as before": [change for change in changes if change.is_same],
        "better": [change for change in changes if change.better],
        "worse": [change for change in changes if change.worse],
        "new": [change for change in changes if change.old is None],
        "gone": [change for change in changes if change.new is None],
    }
    counted = ", ".join(f"{len(found)} {word}" for word, found in counts.items())
    print(f"{len(changes)} claims: {counted}")


def _row(change: "Change") -> tuple[str, ...]:
    from ..report.compare import percent

    old, new = change.old, change.new
    if new is None:
        grade = "" if old is None else old.grade
        return change.name, "gone", grade, "", ""
    if old is None:
        return change.name, "new", new.grade, "", ""
    verdict = _arrow(old.verdict, new.verdict)
    if old.claim != new.claim:
        verdict += " (another claim)"
    sizes = _grown(_arrow(_bytes(old), _bytes(new)), percent(old.size, new.size))
    times = _grown(_arrow(_seconds(old), _seconds(new)), percent(old.time, new.time))
    return change.name, verdict, _arrow(old.grade, new.grade), sizes, times


def _arrow(old: str, new: str) -> str:
    return new if old == new else f"{old} -> {new}"


def _grown(text: str, percent: int | None) -> str:
    return f"{text} ({percent:+d} %)" if percent else text


def _bytes(row: "Standing") -> str:
    return "-" if row.size is None else f"{row.size:,}"


def _seconds(row: "Standing") -> str:
    return "-" if row.time is None else f"{row.time:.3f} s"


def _json(change: "Change") -> dict[str, Any]:
    def side(row: "Standing | None") -> dict[str, Any] | None:
        if row is None:
            return None
        return {"verdict": row.verdict, "grade": row.grade, "bytes": row.size, "seconds": row.time}

    claims = {row.claim for row in (change.old, change.new) if row is not None}
    return {
        "name": change.name,
        "old": side(change.old),
        "new": side(change.new),
        "same_claim": len(claims) == 1 and None not in (change.old, change.new),
        "worse": list(change.worse),
        "better": change.better,
    }
