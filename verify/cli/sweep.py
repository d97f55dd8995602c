"""sweep: many claims, or all networks × all properties, decided side by side, and resumed."""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..kernel.errors import BadInput, DepthproofError, OverBudget, Rejected, displayed
from . import tell
from .arguments import NET, SECONDS, json_option, print_json, print_table
from .progress import steps

if TYPE_CHECKING:
    from ..claim import Claim
    from ..network.network import Network
    from ..search.sweep import Part

HEAD = ("", "verdict", "seconds", "bytes", "")
FOLDER = click.Path(file_okay=False, path_type=Path)
OTHERS = ("relu-network", "certificate", "derived", "part", "record", "timings", "bundle")  # formats of files beside claims


@click.command()
@click.argument("claims", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--network", "networks", multiple=True, type=NET, metavar="NET", help="What properties are about, or a folder of them.")
@click.option(
    "--certificates", "folder", required=True, type=FOLDER, metavar="DIR", help="Where what is found is kept, and not searched again."
)
@click.option("--seconds", type=SECONDS, default=60, show_default=True, help="How long each claim may take.")
@click.option("--jobs", type=click.IntRange(1, 1000), default=os.cpu_count() or 1, show_default="processors", help="How many at once.")
@click.option("--dask", metavar="ADDRESS", help="On the workers of this Dask scheduler, such as tcp://127.0.0.1:8786.")
@click.option("--retry", is_flag=True, help="Try what was left undecided again.")
@json_option
def sweep(
    claims: Sequence[Path],
    networks: Sequence[str],
    folder: Path,
    seconds: float,
    jobs: int,
    dask: str | None,
    retry: bool,
    as_json: bool,
) -> int:
    """Decide all CLAIMS: claim/1 files, VNN-LIB properties of each --network, and folders of both.

    Each part is written when it is decided. After Ctrl-C, a lost worker or a full memory, the same
    command goes on with the rest.
    """
    from ..search.sweep import sweep as swept
    from ..search.workers import Workers

    wanted, malformed = _read(claims, networks)
    for name, error in malformed.items():
        said = str(error)
        if not said.startswith(f"{name}:"):
            said = f"{name}: {said}"
        tell(said)
    if not wanted and not malformed:
        raise BadInput("", "expected claims or properties, in files or directly in folders, found none")
    parts = list["Part"]()
    with suppress(KeyboardInterrupt), Workers(jobs, dask).team() as team, steps("sweep", len(wanted)) as done:
        for part in swept(wanted, folder, seconds, team.executor, retry):
            parts.append(part)
            done(part.name)
    parts.sort(key=lambda part: part.name)
    if as_json:
        print_json({"parts": [_json(part) for part in parts], "malformed": {name: str(error) for name, error in malformed.items()}})
    else:
        _print(parts, len(wanted), len(malformed))
    return _code(parts, len(wanted), bool(malformed))


def _read(paths: Sequence[Path], networks: Sequence[str]) -> "tuple[dict[str, Claim], dict[str, DepthproofError]]":
    """The claims by name, and what is wrong with those that are none. A property is named after its network and itself."""
    from ..claim import Claim, stem
    from ..kernel.check import CLAIM
    from ..search.vnnlib.property_file import ENDINGS, claimed

    found, malformed = dict[str, Claim](), dict[str, DepthproofError]()
    about = _networks(networks, malformed)

    def add(name: str, path: Path, make: "Callable[[], Claim]") -> None:
        if name in found:
            raise BadInput(str(path), f"expected claims of different names, found {displayed(name)} twice")
        try:
            found[name] = make()
        except DepthproofError as error:
            malformed[str(path)] = error

    for path in _files(paths, ENDINGS):
        if not path.name.endswith(ENDINGS):
            add(stem(path, CLAIM, ".json"), path, partial(Claim.from_file, path))
            continue
        if not networks:
            raise BadInput(str(path), "expected --network NET, the network that the property is about")
        for name, network in about.items():
            add(f"{name}/{stem(path, *ENDINGS)}", path, partial(claimed, path, network))
    return found, malformed


def _files(paths: Sequence[Path], endings: tuple[str, ...]) -> Iterator[Path]:
    """The files themselves; of a folder, its properties and its claims."""
    for path in paths:
        if path.is_dir():
            yield from (file for file in sorted(path.iterdir()) if file.name.endswith(endings) or _is_claim(file))
        else:
            yield path


def _is_claim(path: Path) -> bool:
    """Whether a file of a folder is to be read as a claim: all JSON is, but what says that it is something else of ours."""
    if path.suffix != ".json" or not path.is_file():
        return False
    try:
        whole = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return True  # and what is wrong with it will be said
    form = str(whole.get("format")) if isinstance(whole, dict) else ""
    return form.partition("/")[0] not in OTHERS


def _networks(names: Sequence[str], malformed: "dict[str, DepthproofError]") -> "dict[str, Network]":
    """The networks by the names that their parts begin with. What is wrong with a file of a folder is told among the malformed."""
    from ..claim import stem
    from ..network.load import ENDINGS, load

    found = dict[str, "Network"]()
    for name in names:
        if not Path(name).is_dir():
            found[stem(Path(name), *ENDINGS)] = load(name)
            continue
        for path in sorted(Path(name).iterdir()):
            if not path.name.endswith(tuple(ENDINGS)):
                continue
            try:
                found[stem(path, *ENDINGS)] = load(path)
            except DepthproofError as error:
                malformed[str(path)] = error
    return found


def _print(parts: "Sequence[Part]", wanted: int, malformed: int) -> None:
    if parts:
        print_table([HEAD, *map(_row, parts)])
    verdicts = Counter(part.verdict for part in parts)
    counts = {
        "proved": verdicts["PROVED"],
        "refuted": verdicts["REFUTED"],
        "undecided": verdicts["UNDECIDED"],
        "malformed": malformed,
        "not begun or not finished": wanted - len(parts),
        "from an earlier run": len([part for part in parts if part.is_old]),
    }
    said = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    print(f"{wanted + malformed} claims: {said}")


def _row(part: "Part") -> tuple[str, ...]:
    note = part.reason or ", ".join(f"{name} = {value}" for name, value in part.point.items())
    if len(note) > 100:
        note = note[:99] + "…"
    size = str(part.size) if part.size else ""
    return part.name, part.verdict, f"{part.seconds:.2f}", size, note


def _json(part: "Part") -> dict[str, object]:
    return {
        "name": part.name,
        "verdict": part.verdict,
        "seconds": part.seconds,
        "bytes": part.size or None,
        "reason": part.reason or None,
        "counterexample": {name: str(value) for name, value in part.point.items()},
        "earlier": part.is_old,
    }


def _code(parts: "Sequence[Part]", wanted: int, is_malformed: bool) -> int:
    """The greatest code of all."""
    verdicts = {part.verdict for part in parts}
    codes = [0]
    if is_malformed:
        codes.append(BadInput.exit_code)
    if "UNDECIDED" in verdicts or len(parts) < wanted:
        codes.append(OverBudget.exit_code)
    if "REFUTED" in verdicts:
        codes.append(Rejected.exit_code)
    return max(codes)
