"""Coq, run: compiles the development, re-checks it with coqchk, and gives what the record (`coq`) is to hold."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, NamedTuple

from ..files import write_bytes
from ..kernel.errors import DepthproofError, OverBudget, Rejected
from ..theorem import COQ_AXIOMS
from . import coq_claim
from .coq import CERTIFIED, STATEMENTS, claims, hashes, recorded, sources

CLAIMS = "checked/certificates.v"  # written at every run, from the certificates
LIBRARY, CHECKER = "Depthproof", "Checked"
LOAD = ("-R", ".", LIBRARY, "-Q", "checker", CHECKER)
SECONDS_A_FILE = 600
_DEFINED = re.compile(r"(?:prf|def|thm|ind|rec|inst|scheme) (\d+):\d+ <> (\S+)")
_REFERENCE = re.compile(r"R(\d+):\d+ (\S+) <> (\S+) \w+")
_PRINTED = re.compile(
    r"(?P<name>\w[\w']*)\s+: (?P<statement>.*?)(?=^Axioms:|^Closed under the global context|\Z)(?P<rest>.*)",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class CoqTheorem:
    """A theorem as coqc prints it: its statement, and the axioms that its proof uses."""

    statement: str
    assumptions: tuple[str, ...]


def version() -> str | None:
    """Coq's version, or None where there is no coqc."""
    if shutil.which("coqc") is None:
        return None
    printed = subprocess.run(["coqc", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"version (\S+)", printed)
    return found[1] if found else "unknown"


def compiled(folder: Path, build: Path) -> dict[str, CoqTheorem]:
    """The theorems that statements/ names, and those of the certificates, as coqc accepts them.

    The development is compiled in `build`, a copy, so that the sources stay clean. Raises `Rejected` where coqc refuses
    a file, and where a negative control is not refused.
    """
    shutil.rmtree(build, ignore_errors=True)
    shutil.copytree(folder, build, ignore=shutil.ignore_patterns("*.vo*", "*.glob", ".*.aux", "ml"))
    (build / CLAIMS).parent.mkdir(exist_ok=True)
    (build / CLAIMS).write_text(coq_claim.file(coq_claim.certified(folder.parent)))
    names = sources(folder)
    if (folder / "checker").is_dir():
        names.append(CLAIMS)
    printed = _built(build, names)
    for control in sorted((build / "controls").glob("*.v")):
        _refused(control, _coqc(build, f"controls/{control.name}"))
    found = theorems("".join(printed[name] for name in names if name.startswith((STATEMENTS, CLAIMS))))
    together = found.pop(f"all_{CERTIFIED.rstrip('_')}", CoqTheorem("", ()))
    for name, theorem in found.items():
        if name.startswith(CERTIFIED):  # coqc prints the assumptions of these all together
            found[name] = replace(theorem, assumptions=together.assumptions)
    return found


def _built(build: Path, names: Collection[str]) -> dict[str, str]:
    """Compiles each file once those that it imports are; what each one printed.

    As many are compiled at a time as there are processors.
    """
    known = {_library_and_file(name): name for name in names if not name.startswith(STATEMENTS)}
    order: TopologicalSorter[str] = TopologicalSorter()
    for name in names:
        below = [known[it] for it in imported(build / name) if it in known]
        order.add(name, *below)
    order.prepare()
    printed: dict[str, str] = {}
    running: dict[Future[subprocess.CompletedProcess[str]], str] = {}
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        while order.is_active():
            running |= {pool.submit(_coqc, build, name): name for name in order.get_ready()}
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                name, result = running.pop(future), future.result()
                if result.returncode != 0:
                    raise Rejected(f"coqc: {name}", " ".join((result.stderr or result.stdout).split())[:500])
                printed[name] = result.stdout
                order.done(name)
    finally:
        pool.shutdown(cancel_futures=True)  # what has begun is waited for, what has not is not begun
    return printed


def _library_and_file(name: str) -> tuple[str, str]:
    """How a file is named where it is imported: From Depthproof Require Import Pieces."""
    whole = module(name)
    return whole.partition(".")[0], whole.rpartition(".")[2]


def imported(path: Path) -> set[tuple[str, str]]:
    """What this file imports of the development: libraries and the names of files in them."""
    form = rf"From ({LIBRARY}|{CHECKER}) Require(?: Import| Export)? ([\w\s]+)\."
    found = set[tuple[str, str]]()
    for library, names in re.findall(form, path.read_text()):
        found.update((library, name) for name in names.split())
    return found


def _refused(control: Path, result: subprocess.CompletedProcess[str]) -> None:
    """Raises `Rejected` unless coqc refused the control, and refused it at its false statement."""
    where = f"coqc: controls/{control.name}"
    if result.returncode == 0:
        raise Rejected(where, "expected coqc to refuse this false statement, and it did not")
    before = control.read_text().partition(" false_statement")[0]
    its_line = before.count("\n") + 1
    place = re.search(r"line (\d+)", result.stderr)
    if place is None or int(place[1]) < its_line:
        said = " ".join(result.stderr.split())[:300]
        raise Rejected(where, f"expected coqc to refuse the false statement, found {said}")


def _coqc(build: Path, name: str) -> subprocess.CompletedProcess[str]:
    command = ["coqc", "-q", "-w", "none", *LOAD, name]
    try:
        return subprocess.run(command, cwd=build, capture_output=True, text=True, timeout=SECONDS_A_FILE, check=False)
    except subprocess.TimeoutExpired:
        raise OverBudget(f"coqc: {name}", f"expected at most {SECONDS_A_FILE} s, and it took longer") from None


def module(name: str) -> str:
    """What Coq calls the file of this name.

    >>> module("checker/Check.v"), module("statements/Pieces.v")
    ('Checked.Check', 'Depthproof.statements.Pieces')
    """
    folder, _, file = name.removesuffix(".v").rpartition("/")
    within = {"": LIBRARY, "checker": CHECKER}.get(folder, f"{LIBRARY}.{folder.replace('/', '.')}")
    return f"{within}.{file}"


def rechecked(build: Path) -> str:
    """What coqchk, Coq's separate checker, says of the compiled development, certificates apart.

    Raises `Rejected` if it refuses.
    """
    modules = [module(name) for name in sources(build) if not name.startswith(STATEMENTS)]
    command = ["coqchk", "-silent", "-o", "-bytecode-compiler", "yes", *LOAD, *modules]
    result = subprocess.run(command, cwd=build, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise Rejected("coqchk", " ".join(result.stderr.split())[:500])
    return result.stdout + result.stderr


def theorems(printed: str) -> dict[str, CoqTheorem]:
    """Reads what `Check` and `Print Assumptions` printed, in turn, for each name.

    >>> theorems("two : 1 = 1\\nClosed under the global context\\n")
    {'two': CoqTheorem(statement='1 = 1', assumptions=())}
    """
    found: dict[str, CoqTheorem] = {}
    for block in re.split(r"(?m)^(?=\w[\w']*\n? +: )", printed):
        match = _PRINTED.match(block)
        if match is not None and match["name"] not in COQ_AXIOMS:
            axioms = match["rest"].removeprefix("Axioms:")
            assumptions = tuple(re.findall(r"(?m)^([A-Za-z_][\w.']*)\s*:", axioms))
            statement = re.sub(r"(?m)^ {7}", "", match["statement"].rstrip())
            found[match["name"]] = CoqTheorem(statement, assumptions)
    return found


def uses(build: Path, names: Iterable[str]) -> dict[str, list[str]]:
    """For each of these theorems, those of them that its proof uses, directly or through other lemmas.

    That is read from coqc's .glob files.
    """
    import networkx

    graph = networkx.DiGraph()
    for path in build.rglob("*.glob"):
        here = ""
        for it in sorted(_mentioned(path, module(str(path.relative_to(build).with_suffix(""))))):
            if it.is_definition:
                here = it.name
            graph.add_edge(here, it.name)
    wanted = set(names)
    named = {node: node.rpartition(".")[2] for node in graph}
    listed = {node: name for node, name in named.items() if name in wanted}
    return {name: sorted(_nearest(graph, node, listed)) for node, name in listed.items()}


class _Mention(NamedTuple):
    """Where a file defines or uses a name, which is written out in full."""

    place: int
    name: str
    is_definition: bool


def _mentioned(path: Path, own: str) -> Iterator[_Mention]:
    """What the .glob file of a module says of names of the development. `own`: the module's name."""
    for line in path.read_text().splitlines():
        defined, used = _DEFINED.fullmatch(line), _REFERENCE.fullmatch(line)
        if defined:
            yield _Mention(int(defined[1]), f"{own}.{defined[2]}", True)
        elif used and used[2].startswith((f"{LIBRARY}.", f"{CHECKER}.")):
            yield _Mention(int(used[1]), f"{used[2]}.{used[3]}", False)


def _nearest(graph: Any, start: str, listed: Mapping[str, str]) -> set[str]:
    """Those listed that can be reached from one of them without passing through a third."""
    waiting, seen, found = [start], {start}, set()
    while waiting:
        for below in graph.successors(waiting.pop()):
            if below not in seen:
                seen.add(below)
                if below in listed:
                    found.add(listed[below])
                else:
                    waiting.append(below)
    return found


def run(folder: Path, build: Path) -> dict[str, Any]:
    """Compiles, re-checks with coqchk, and returns what is to be recorded."""
    found = compiled(folder, build)
    rechecked(build)
    for name, theorem in found.items():
        beyond = sorted(set(theorem.assumptions) - COQ_AXIOMS)
        if beyond:
            known = "expected no assumptions beyond the four known ones"
            raise Rejected(f"coqc: {name}", f"{known}, found {', '.join(beyond)}")
    used, from_claims = uses(build, found), claims(folder)
    claim_of = {f"{CERTIFIED}{coq_claim.identifier(name)}": name for name in from_claims}
    theorems = {}
    for name, it in sorted(found.items()):
        theorems[name] = {
            "statement": it.statement,
            "assumptions": list(it.assumptions),
            "uses": used.get(name, []),
            "claims": sorted(claim_of[other] for other in _below(name, used) if other in claim_of),
        }
    return {"coq": version(), "files": hashes(build), "claims": from_claims, "theorems": theorems}


def _below(name: str, used: Mapping[str, Iterable[str]]) -> set[str]:
    """The theorem and all that its proof rests on.

    >>> sorted(_below("a", {"a": ["b"], "b": ["a", "c"]}))
    ['a', 'b', 'c']
    """
    found, waiting = set(), [name]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(used.get(here, ()))
    return found


def main() -> int:
    """`python -m verify.evidence.coq_run SOURCES BUILD [--record]`: compiles, re-checks, compares with the record.

    With --record, the record is replaced.
    """
    folder, build = Path(sys.argv[1]), Path(sys.argv[2])
    replaces = sys.argv[3:] == ["--record"]
    if version() is None:
        print("coqc is missing: apt-get install --no-install-recommends coq libcoq-coquelicot", file=sys.stderr)
        return OverBudget.exit_code
    try:
        _compared(folder, run(folder, build), replaces)
    except DepthproofError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _compared(folder: Path, found: Mapping[str, Any], replaces: bool) -> None:
    """Prints what was accepted. Raises `Rejected` where the record says something else, unless that is replaced."""
    theorems = found["theorems"]
    print(f"{len(theorems)} theorems accepted by coqc {found['coq']} and coqchk")
    if "check_sound" in theorems:
        sound = theorems["check_sound"]
        print(f"check_sound : {' '.join(sound['statement'].split())}; assumes {', '.join(sound['assumptions'])}")
    if replaces:
        data = json.dumps(found, indent=1, ensure_ascii=False)
        write_bytes(folder / "record.json", f"{data}\n".encode())
        return
    before = recorded(folder)
    if found["files"] != before["files"] or theorems != before["theorems"]:
        raise Rejected(str(folder / "record.json"), "is not what coqc says now: run make regenerate")


if __name__ == "__main__":
    sys.exit(main())
