"""claim: a user's own claim about networks, or about all numbers, proved or refuted."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..kernel.errors import BadInput, OverBudget, Rejected, displayed, placed
from . import tell
from .arguments import NET, json_option, print_json, progress, replacing, said, shown
from .limited import limited
from .solvers import FAULT, asked_beside, say, solver_options

if TYPE_CHECKING:
    from ..claim import Claim
    from ..search import Proved, Refuted, Undecided
    from ..search.workers import Workers


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--network", type=NET, metavar="NET", help="The network that a VNN-LIB property is about.")
@click.option("--certificate", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Write claim, certificate, networks there.")
@click.option("--allow-outside", "outside", is_flag=True, help="Read the claim's networks from outside its folder, too.")
@click.option("--jobs", type=click.IntRange(1, 1000), default=1, show_default=True, help="Processes that share a large tree of cuts.")
@click.option("--dask", metavar="ADDRESS", help="The same on the workers of this Dask scheduler.")
@click.option(
    "--parts",
    type=click.IntRange(1, 1000),
    default=1,
    show_default=True,
    help="Claims about parts of the box, at most so many, where one certificate costs too much.",
)
@solver_options
@json_option
@limited(60)
def claim(
    file: Path,
    network: str | None,
    seconds: float,
    folder: Path | None,
    outside: bool,
    jobs: int,
    dask: str | None,
    parts: int,
    solver: str | None,
    questions: Path | None,
    as_json: bool,
) -> int:
    """Decide the claim in FILE (claim/1 JSON, or a VNN-LIB property): a certificate, or an exact counterexample.

    The networks that a claim names are read only from its own folder and below.
    """
    from ..checkers import seconded, words
    from ..files import file_name
    from ..search import Refuted, Undecided, prove
    from ..search.way import way
    from ..search.workers import Workers

    workers = None if jobs == 1 and dask is None else Workers(jobs, dask)
    if parts > 1 and solver is not None:
        raise BadInput("--solver", "expected it without --parts, found both")
    with placed(str(file)):
        claimed = read(file, network, outside)
        if parts > 1:
            return _in_parts(claimed, parts, seconds, workers, folder, as_json)
        with progress(f"search for {claimed.name}", seconds):
            it = prove(claimed, seconds, workers=workers)
    said(claimed.notes)
    name, stem = claimed.name, file_name(claimed.name)
    files = {} if isinstance(it, Undecided) else it.claim.files(it.certificate, stem)
    grade = None if isinstance(it, Undecided) else seconded(stem, files, it.lines)
    beside = None if solver is None else asked_beside(claimed, it, solver, questions, seconds)
    if as_json:
        graded = {} if grade is None else {"grade": grade.name}
        asked = {} if beside is None else {"solvers": beside.as_json}
        print_json(_as_json(name, it) | graded | asked)
    else:
        _print(name, it)
        if not isinstance(it, Undecided) and way(it.certificate):
            print(f"  {way(it.certificate)}")
        if grade is not None:
            print(f"  {words(grade)}")
    if beside is not None and not as_json:
        say([f"  {line}" for line in beside.lines])
    if folder is not None:  # the last thing, so that what was decided is said even where nothing can be written
        _write(folder, name, stem, files)
    if beside is not None and beside.contradicts:
        return FAULT
    if isinstance(it, Undecided):
        return OverBudget.exit_code
    return Rejected.exit_code if isinstance(it, Refuted) else 0


def _in_parts(
    claimed: "Claim", most: int, seconds: float, workers: "Workers | None", folder: Path | None, as_json: bool
) -> int:
    """Decides a claim as a whole or in parts, says of each what was shown, and then of the claim."""
    from ..checkers import seconded, words
    from ..files import file_name
    from ..search import Refuted, Undecided
    from ..search.parts import decided

    said(claimed.notes)
    found, count = list[dict[str, Any]](), Counter[str]()
    with progress(f"search for {claimed.name}", seconds):
        for one, it in decided(claimed, most, seconds, workers=workers):
            stem = file_name(one.name)
            files = {} if isinstance(it, Undecided) else it.claim.files(it.certificate, stem)
            count[type(it).__name__] += 1
            found.append(_as_json(one.name, it))
            if not as_json:
                _print(one.name, it)
                if not isinstance(it, Undecided):
                    print(f"  {words(seconded(stem, files, it.lines))}")
            if folder is not None:
                _write(folder, one.name, stem, files)
    verdict = "REFUTED" if count[Refuted.__name__] else "UNDECIDED" if count[Undecided.__name__] else "PROVED"
    if as_json:
        print_json({"name": claimed.name, "verdict": verdict, "parts": found})
    elif len(found) > 1:
        print(f"{verdict} {displayed(claimed.name)[1:-1]}: {len(found)} parts, which cover the box")
    return {"PROVED": 0, "REFUTED": Rejected.exit_code, "UNDECIDED": OverBudget.exit_code}[verdict]


def _print(name: str, it: "Proved | Refuted | Undecided") -> None:
    from ..search import Proved, Undecided

    if isinstance(it, Undecided):
        print(f"UNDECIDED {displayed(name)[1:-1]}\n  {it.reason}")
        if it.costly is not None and b'["tree"' in it.costly.certificate:
            print("  --parts N may decide it in parts of the box")
        return
    first = it.lines[0] if isinstance(it, Proved) else f"REFUTED {displayed(name)}"
    print("\n".join([first, *it.lines[1:]]))
    if it.claim.derived is not None:
        print(f"  {it.claim.derived.line}")
    if not isinstance(it, Proved):
        for key, value in {**it.point, **it.outputs}.items():
            print(f"  {it.claim.said(key)} = {shown(value)}")
        for key, values in it.float32.items():
            print(f"  in float32 {it.claim.said(key)} is {', '.join(repr(float(v)) for v in values)}")


def read(file: Path, network: str | None, outside: bool = False) -> "Claim":
    """The claim in a file; the network is what a VNN-LIB property is about. Raises `BadInput` with the place in the file."""
    from ..claim import Claim
    from ..network.load import load
    from ..search.vnnlib.property_file import ENDINGS, claimed

    if not file.name.endswith(ENDINGS):
        if network is not None:
            wanted = "--network with a VNN-LIB property only: a claim says itself, under networks, what it is about"
            raise BadInput("", f"expected {wanted}")
        return Claim.from_file(file, outside)
    if network is None:
        raise BadInput("", "expected --network NET, the network that the property is about")
    return claimed(file, load(network))


def _write(folder: Path, name: str, stem: str, files: Mapping[str, bytes]) -> None:
    """Writes the files that the checker reads, all or none. They are named as the claim is, if a file can have that name."""
    from ..files import write_files

    if files and stem != name:
        tell(f"note: no file is called {displayed(name)} here; it is {stem}")
    with replacing(*(folder / path for path in files)):
        write_files(folder, files)


def _as_json(name: str, it: "Proved | Refuted | Undecided") -> dict[str, Any]:
    """The answer as one JSON object."""
    from ..search import Proved, Undecided

    if isinstance(it, Undecided):
        return {"name": name, "verdict": "UNDECIDED", "reason": it.reason}
    value: dict[str, Any] = {"name": name, "verdict": "PROVED", "checked": list(it.lines)}
    if it.claim.derived is not None:
        value["derived"] = dict(it.claim.derived.words)
    if not isinstance(it, Proved):
        value["verdict"] = "REFUTED"
        said = it.claim.said
        value["counterexample"] = {said(key): str(x) for key, x in it.point.items()}
        value["outputs"] = {said(key): str(x) for key, x in it.outputs.items()}
        value["float32"] = {said(key): list(map(float, values)) for key, values in it.float32.items()}
    return value
