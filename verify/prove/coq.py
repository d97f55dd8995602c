"""Coq: runs the development, and records what coqc printed, so that a machine without Coq can show the grade and say it was not re-run.

The record (`record.json` beside the sources) holds the Coq version, the SHA-256 of every source file, and for each theorem its
statement and its assumptions as coqc prints them. A record whose hashes differ from the files is stale and counts for nothing.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from ..kernel.reader import BadInput, DepthproofError, OverBudget, Rejected
from ..theorem import Grade, InCoq, Outcome, Theorem, holds, undecided

STATEMENTS = "statements/"  # the files that only print
LIBRARY = "Depthproof"
KNOWN_ASSUMPTIONS = frozenset({
    "ClassicalDedekindReals.sig_forall_dec",
    "ClassicalDedekindReals.sig_not_dec",
    "Classical_Prop.classic",
    "FunctionalExtensionality.functional_extensionality_dep",
})
SECONDS_A_FILE = 600
_DEFINED = re.compile(r"(?:prf|def|thm|ind|rec|inst|scheme) (\d+):\d+ <> (\S+)")
_REFERENCE = re.compile(r"R(\d+):\d+ (\S+) <> (\S+) \w+")


@dataclass(frozen=True)
class CoqTheorem:
    """A theorem as coqc prints it: its statement, and the axioms that its proof uses."""

    statement: str
    assumptions: tuple[str, ...]


def sources(folder: Path) -> list[str]:
    """The development's files, in the order of `_CoqProject`."""
    lines = (folder / "_CoqProject").read_text().splitlines()
    return [line.strip() for line in lines if line.strip().endswith(".v")]


def hashes(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sources(folder)}


def version() -> str | None:
    """Coq's version, or None where there is no coqc."""
    if shutil.which("coqc") is None:
        return None
    found = re.search(r"version (\S+)", subprocess.run(["coqc", "--version"], capture_output=True, text=True, check=True).stdout)
    return found[1] if found else "unknown"


def compiled(folder: Path, build: Path) -> dict[str, CoqTheorem]:
    """Compiles the development in `build`, a copy, so that the sources stay clean; returns the theorems that statements/ names.
    Raises `Rejected` where coqc refuses a file, and where a negative control is not refused."""
    shutil.rmtree(build, ignore_errors=True)
    shutil.copytree(folder, build, ignore=shutil.ignore_patterns("*.vo*", "*.glob", ".*.aux"))
    printed = _built(build)
    for control in sorted((build / "controls").glob("*.v")):
        _refused(control, _coqc(build, f"controls/{control.name}"))
    statements = [name for name in sources(folder) if name.startswith(STATEMENTS)]
    return theorems("".join(printed[name] for name in statements))


def _built(build: Path) -> dict[str, str]:
    """Compiles each file once those that it imports are; as many at a time as there are processors. What each one printed."""
    names = sources(build)
    order = TopologicalSorter({name: imported(build / name) & set(names) for name in names})
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


def imported(path: Path) -> set[str]:
    """The files of the development that this one imports."""
    lists = re.findall(rf"From {LIBRARY} Require Import ([\w\s]+)\.", path.read_text())
    return {f"{name}.v" for names in lists for name in names.split()}


def _refused(control: Path, result: subprocess.CompletedProcess[str]) -> None:
    """Raises `Rejected` unless coqc refused the control, and refused it at its false statement."""
    if result.returncode == 0:
        raise Rejected(f"coqc: controls/{control.name}", "expected coqc to refuse this false statement, and it did not")
    false = next(n for n, line in enumerate(control.read_text().splitlines(), 1) if " false_statement" in line)
    place = re.search(r"line (\d+)", result.stderr)
    if place is None or int(place[1]) < false:
        said = " ".join(result.stderr.split())[:300]
        raise Rejected(f"coqc: controls/{control.name}", f"expected coqc to refuse the false statement, found {said}")


def _coqc(build: Path, name: str) -> subprocess.CompletedProcess[str]:
    command = ["coqc", "-q", "-w", "none", "-R", ".", LIBRARY, name]
    try:
        return subprocess.run(command, cwd=build, capture_output=True, text=True, timeout=SECONDS_A_FILE, check=False)
    except subprocess.TimeoutExpired:
        raise OverBudget(f"coqc: {name}", f"expected at most {SECONDS_A_FILE} s, and it took longer") from None


def rechecked(build: Path) -> str:
    """What coqchk, Coq's separate checker, says of the compiled development. Raises `Rejected` if it refuses."""
    modules = [f"{LIBRARY}.{name.removesuffix('.v')}" for name in sources(build) if not name.startswith(STATEMENTS)]
    command = ["coqchk", "-silent", "-o", "-R", ".", LIBRARY, *modules]
    result = subprocess.run(command, cwd=build, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise Rejected("coqchk", " ".join(result.stderr.split())[:500])
    return result.stdout + result.stderr


def theorems(printed: str) -> dict[str, CoqTheorem]:
    """Reads what `Check` and `Print Assumptions` printed, in turn, for each name."""
    found: dict[str, CoqTheorem] = {}
    blocks = re.split(r"(?m)^(?=\w[\w']*\n? +: )", printed)
    for block in blocks:
        match = re.match(r"(\w[\w']*)\s+: (.*?)(?=^Axioms:|^Closed under the global context|\Z)(.*)", block, re.DOTALL | re.MULTILINE)
        if match is None:
            continue
        name, statement, rest = match.groups()
        assumptions = tuple(re.findall(r"(?m)^([A-Za-z_][\w.']*)\s*:", rest.removeprefix("Axioms:")))
        if name not in KNOWN_ASSUMPTIONS:
            found[name] = CoqTheorem(re.sub(r"(?m)^ {7}", "", statement.rstrip()), assumptions)
    return found


def uses(build: Path, names: Iterable[str]) -> dict[str, list[str]]:
    """For each of these theorems, those of them that its proof uses, directly or through other lemmas; read from coqc's .glob files."""
    import networkx

    graph = networkx.DiGraph()
    for path in build.glob("*.glob"):
        module, places = f"{LIBRARY}.{path.stem}", []
        for line in path.read_text().splitlines():
            if found := _DEFINED.fullmatch(line):
                places.append((int(found[1]), f"{module}.{found[2]}", True))
            elif (found := _REFERENCE.fullmatch(line)) and found[2].startswith(f"{LIBRARY}."):
                places.append((int(found[1]), f"{found[2]}.{found[3]}", False))
        here = ""
        for _, name, defined in sorted(places):
            here = name if defined else here
            graph.add_edge(here, name)
    wanted = set(names)
    rows = {node: node.rpartition(".")[2] for node in graph if node.rpartition(".")[2] in wanted}
    return {name: sorted(_nearest(graph, node, rows)) for node, name in rows.items()}


def _nearest(graph: Any, start: str, rows: Mapping[str, str]) -> set[str]:
    """The rows that can be reached from one of them without passing through a third."""
    waiting, seen, found = [start], {start}, set()
    while waiting:
        for below in graph.successors(waiting.pop()):
            if below not in seen:
                seen.add(below)
                if below in rows:
                    found.add(rows[below])
                else:
                    waiting.append(below)
    return found


def supported(theorems: Iterable[Theorem], folder: Path) -> list[Theorem]:
    """The theorems; those that are graded by their Coq proof rest also on the theorems whose Coq proofs it uses, as recorded."""
    listed = list(theorems)
    try:
        used = {name: it["uses"] for name, it in recorded(folder)["theorems"].items()}
    except BadInput:
        return listed
    names = {evidence.name: theorem.name for theorem in listed for evidence in theorem.evidence if isinstance(evidence, InCoq)}
    found = []
    for theorem in listed:
        by_coq = [it for it in theorem.evidence if isinstance(it, InCoq)] if best(theorem) == Grade.COQ else []
        below = [names[name] for it in by_coq for name in used.get(it.name, ()) if name in names]
        rests_on = dict.fromkeys([*theorem.rests_on, *below])
        found.append(replace(theorem, rests_on=tuple(name for name in rests_on if name != theorem.name)))
    return found


def best(theorem: Theorem) -> Grade:
    """The grade that the theorem would have if all its evidence held."""
    return min((evidence.grade for evidence in theorem.evidence), default=Grade.OPEN)


def run(folder: Path, build: Path) -> dict[str, Any]:
    """Compiles, re-checks with coqchk, and returns what is to be recorded."""
    found = compiled(folder, build)
    rechecked(build)
    for name, theorem in found.items():
        if beyond := sorted(set(theorem.assumptions) - KNOWN_ASSUMPTIONS):
            raise Rejected(f"coqc: {name}", f"expected no assumptions beyond the four known ones, found {', '.join(beyond)}")
    used = uses(build, found)
    theorems = {
        name: {"statement": it.statement, "assumptions": list(it.assumptions), "uses": used.get(name, [])}
        for name, it in sorted(found.items())
    }
    return {"coq": version(), "files": hashes(build), "theorems": theorems}


def recorded(folder: Path) -> Mapping[str, Any]:
    try:
        value: dict[str, Any] = json.loads((folder / "record.json").read_text())
        return value
    except (OSError, ValueError):
        raise BadInput(str(folder / "record.json"), "expected the record that make coq writes, found none") from None


def outcome(folder: Path, name: str) -> Outcome:
    """What is known of the Coq theorem `name`: accepted, by a record whose hashes are those of the files; otherwise undecided."""
    try:
        value = recorded(folder)
    except BadInput as error:
        return undecided(str(error))
    if value["files"] != hashes(folder):
        return undecided("the Coq files changed since they were recorded: run make coq")
    if name not in value["theorems"]:
        return undecided(f"no theorem {name} in the Coq development")
    beyond = sorted(set(value["theorems"][name]["assumptions"]) - KNOWN_ASSUMPTIONS)
    if beyond:
        return undecided(f"{name} assumes {', '.join(beyond)}")
    return holds(f"coqc {value['coq']} accepted {name} (as recorded with the files' hashes; not re-run here)")


def statement(folder: Path, name: str) -> str:
    """The statement as coqc printed it."""
    value = recorded(folder)["theorems"][name]
    return f"{name} : {value['statement']}\nAssumes: {', '.join(value['assumptions']) or 'nothing'}"


def main() -> int:
    """`python -m verify.prove.coq SOURCES BUILD [--record]`: compile, re-check, and compare with the record, or replace it."""
    folder, build = (Path(argument) for argument in sys.argv[1:3])
    if version() is None:
        print("coqc is missing: apt-get install --no-install-recommends coq libcoq-coquelicot", file=sys.stderr)
        return 3
    try:
        found = run(folder, build)
        print(f"{len(found['theorems'])} theorems accepted by coqc {found['coq']} and coqchk")
        if sys.argv[3:] == ["--record"]:
            (folder / "record.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
        elif any(found[part] != recorded(folder)[part] for part in ("files", "theorems")):
            raise Rejected(str(folder / "record.json"), "is not what coqc says now: run make regenerate")
    except DepthproofError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
