"""claim: a user's own claim about networks, or about all numbers, proved or refuted."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..kernel.errors import BadInput, displayed, expected, placed
from .arguments import json_option, print_json, replacing, said, shown
from .solvers import Beside, say, solver_options

if TYPE_CHECKING:
    from ..claim import Claim
    from ..search import Proved, Refuted, Undecided


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--network", metavar="NET", help="The network that a VNN-LIB property is about.")
@click.option("--seconds", type=float, default=60, show_default=True, help="How long the search may take.")
@click.option("--certificate", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Write claim, certificate, networks there.")
@solver_options
@json_option
def claim(
    file: Path,
    network: str | None,
    seconds: float,
    folder: Path | None,
    solver: str | None,
    questions: Path | None,
    as_json: bool,
) -> int:
    """Decide the claim in FILE (claim/1 JSON, or a VNN-LIB property): a certificate, or an exact counterexample."""
    from ..checkers import seconded, words
    from ..search import Proved, Refuted, Undecided, prove

    with placed(str(file)):
        claimed = read(file, network)
        it = prove(claimed, seconds)
    said(claimed.notes)
    name = claimed.name
    files = {} if isinstance(it, Undecided) else it.claim.files(it.certificate, name)
    if folder is not None:
        _write(folder, name, files)
    grade = None if isinstance(it, Undecided) else seconded(name, files, it.lines)
    beside = None if solver is None else Beside(claimed, it, solver, questions, seconds)
    if as_json:
        graded = {} if grade is None else {"grade": grade.name}
        asked = {} if beside is None else {"solvers": beside.as_json}
        print_json(_as_json(name, it) | graded | asked)
    elif isinstance(it, Undecided):
        print(f"UNDECIDED {name}\n  {it.reason}")
    else:
        print("\n".join(it.lines if isinstance(it, Proved) else [f"REFUTED {displayed(name)}", *it.lines[1:]]))
        if isinstance(it, Refuted):
            for key, value in {**it.point, **it.outputs}.items():
                print(f"  {key} = {shown(value)}")
            for key, values in it.float32.items():
                print(f"  in float32 {key} is {', '.join(repr(float(v)) for v in values)}")
        if grade is not None:
            print(f"  {words(grade)}")
    if beside is not None and not as_json:
        say([f"  {line}" for line in beside.lines])
    if beside is not None and beside.code is not None:
        return beside.code
    return 0 if isinstance(it, Proved) else 1 if isinstance(it, Refuted) else 3


def read(file: Path, network: str | None) -> "Claim":
    """The claim in a file; the network is what a VNN-LIB property is about. Raises `BadInput` with the place in the file."""
    from ..claim import Claim
    from ..network.load import load
    from ..search.vnnlib.property_file import ENDINGS, claimed

    if not file.name.endswith(ENDINGS):
        if network is not None:
            load(network)  # a claim says itself what it is about; but what is named must be there
        return Claim.from_file(file)
    if network is None:
        raise BadInput("", "expected --network NET, the network that the property is about")
    return claimed(file, load(network))


def _write(folder: Path, name: str, files: Mapping[str, bytes]) -> None:
    """The files that the checker reads. Each lies where its name says, inside the folder."""
    from ..report.ledger import write_bytes

    if files and any(letter in name for letter in "/\\\0"):
        raise expected("/name", "a name without / and \\, as names of files are", name)
    with replacing(*(folder / path for path in files)):
        for path, data in files.items():
            write_bytes(folder / path, data)


def _as_json(name: str, it: "Proved | Refuted | Undecided") -> dict[str, Any]:
    """The answer as one JSON object."""
    from ..search import Proved, Undecided

    if isinstance(it, Undecided):
        return {"name": name, "verdict": "UNDECIDED", "reason": it.reason}
    value: dict[str, Any] = {"name": name, "verdict": "PROVED", "checked": list(it.lines)}
    if not isinstance(it, Proved):
        value["verdict"] = "REFUTED"
        value["counterexample"] = {key: str(x) for key, x in it.point.items()}
        value["outputs"] = {key: str(x) for key, x in it.outputs.items()}
        value["float32"] = {key: list(map(float, values)) for key, values in it.float32.items()}
    return value
