"""claim: a user's own claim about networks, or about all numbers, proved or refuted."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..kernel.errors import displayed, expected, placed
from .arguments import json_option, print_json, replacing, said, shown

if TYPE_CHECKING:
    from ..search.claims import Answer


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--network", metavar="NET", help="The network that a VNN-LIB property is about.")
@click.option("--seconds", type=float, default=60, show_default=True, help="How long the search may take.")
@click.option("--certificate", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Write claim, certificate, networks there.")
@json_option
def claim(file: Path, network: str | None, seconds: float, folder: Path | None, as_json: bool) -> int:
    """Decide the claim in FILE (claim/1 JSON, or a VNN-LIB property): a certificate, or an exact counterexample."""
    from ..checkers import seconded, words
    from ..search.claims import answer, answer_json
    from ..search.given import Proved, Refuted, Undecided

    with placed(str(file)):
        found = answer(file, network, seconds)
    said(found.notes)
    if folder is not None:
        _write(folder, found)
    it = found.found
    grade = None if isinstance(it, Undecided) else seconded(found.name, found.files, it.lines)
    if as_json:
        print_json(answer_json(found) | ({} if grade is None else {"grade": grade.name}))
    elif isinstance(it, Undecided):
        print(f"UNDECIDED {found.name}\n  {it.reason}")
    else:
        print("\n".join(it.lines if isinstance(it, Proved) else [f"REFUTED {displayed(found.name)}", *it.lines[1:]]))
        if isinstance(it, Refuted):
            for key, value in {**it.point, **it.outputs}.items():
                print(f"  {key} = {shown(value)}")
            for key, values in it.float32.items():
                print(f"  in float32 {key} is {', '.join(repr(float(v)) for v in values)}")
        if grade is not None:
            print(f"  {words(grade)}")
    return 0 if isinstance(it, Proved) else 1 if isinstance(it, Refuted) else 3


def _write(folder: Path, found: "Answer") -> None:
    """The files that the checker reads. Each lies where its name says, inside the folder."""
    from ..report.ledger import write_bytes

    if found.files and any(letter in found.name for letter in "/\\\0"):
        raise expected("/name", "a name without / and \\, as names of files are", found.name)
    with replacing(*(folder / name for name in found.files)):
        for name, data in found.files.items():
            write_bytes(folder / name, data)
