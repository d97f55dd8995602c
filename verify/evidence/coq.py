"""Coq: runs the development, and records what coqc printed, so that a machine without Coq can show the grade and say it was not re-run.

The record (`record.json` beside the sources) holds the Coq version, the SHA-256 of every source file, and for each theorem its
statement and its assumptions as coqc prints them. A record whose hashes differ from the files is stale and counts for nothing.

Every committed certificate is checked inside Coq as well, by the proved checker: see coq_claim.py. The record holds the hashes of
claims and certificates, and of each theorem, from which of them it was derived; where one of these has changed, that theorem is stale.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from ..files import write_bytes
from ..kernel.errors import BadInput, DepthproofError, OverBudget, Rejected
from ..theorem import COQ_AXIOMS, Certified, Grade, InCoq, Outcome, Theorem, holds, undecided
from . import coq_claim

STATEMENTS = "statements/"  # the files that only print
USES_CHECKER = ("checked/", STATEMENTS)
CLAIMS = "checked/certificates.v"  # written at every run, from the certificates
CERTIFIED = "certified_"  # the theorem of a certificate is called so, and as its claim, with underscores for dots
LIBRARY, CHECKER = "Depthproof", "Checked"
LOAD = ("-R", ".", LIBRARY, "-Q", "checker", CHECKER)
SECONDS_A_FILE = 600
_DEFINED = re.compile(r"(?:prf|def|thm|ind|rec|inst|scheme) (\d+):\d+ <> (\S+)")
_REFERENCE = re.compile(r"R(\d+):\d+ (\S+) <> (\S+) \w+")


@dataclass(frozen=True)
class CoqTheorem:
    """A theorem as coqc prints it: its statement, and the axioms that its proof uses."""

    statement: str
    assumptions: tuple[str, ...]


def sources(folder: Path) -> list[str]:
    """The development's files, in the order of `_CoqProject`; the checker's, in the order of its own, before those that use it."""
    own, checker = _listed(folder), [f"checker/{name}" for name in _listed(folder / "checker")]
    first = next((i for i, name in enumerate(own) if name.startswith(USES_CHECKER)), len(own))
    return [*own[:first], *checker, *own[first:]]


def _listed(folder: Path) -> list[str]:
    project = folder / "_CoqProject"
    lines = project.read_text().splitlines() if project.is_file() else []
    return [line.strip() for line in lines if line.strip().endswith(".v")]


def hashes(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sources(folder)}


def claims(folder: Path) -> dict[str, str]:
    """Of each committed claim, by its name, the SHA-256 of it and its certificate together."""
    certified = coq_claim.certified(folder.parent)
    return {place.name: hashlib.sha256(b"".join(coq_claim.pair(place))).hexdigest() for place in certified}


def version() -> str | None:
    """Coq's version, or None where there is no coqc."""
    if shutil.which("coqc") is None:
        return None
    found = re.search(r"version (\S+)", subprocess.run(["coqc", "--version"], capture_output=True, text=True, check=True).stdout)
    return found[1] if found else "unknown"


def compiled(folder: Path, build: Path) -> dict[str, CoqTheorem]:
    """Compiles the development in `build`, a copy, so that the sources stay clean; returns the theorems that statements/ names, and those
    of the certificates. Raises `Rejected` where coqc refuses a file, and where a negative control is not refused."""
    shutil.rmtree(build, ignore_errors=True)
    shutil.copytree(folder, build, ignore=shutil.ignore_patterns("*.vo*", "*.glob", ".*.aux", "ml"))
    (build / CLAIMS).parent.mkdir(exist_ok=True)
    (build / CLAIMS).write_text(coq_claim.file(coq_claim.certified(folder.parent)))
    names = sources(folder) + ([CLAIMS] if (folder / "checker").is_dir() else [])
    printed = _built(build, names)
    for control in sorted((build / "controls").glob("*.v")):
        _refused(control, _coqc(build, f"controls/{control.name}"))
    found = theorems("".join(printed[name] for name in names if name.startswith((STATEMENTS, CLAIMS))))
    together = found.pop(f"all_{CERTIFIED.rstrip('_')}", CoqTheorem("", ()))
    return {name: replace(it, assumptions=together.assumptions) if name.startswith(CERTIFIED) else it for name, it in found.items()}


def _built(build: Path, names: Collection[str]) -> dict[str, str]:
    """Compiles each file once those that it imports are; as many at a time as there are processors. What each one printed."""
    known = {_library_and_file(name): name for name in names if not name.startswith(STATEMENTS)}
    order = TopologicalSorter({name: {known[it] for it in imported(build / name) & set(known)} for name in names})
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
    lists = re.findall(rf"From ({LIBRARY}|{CHECKER}) Require(?: Import| Export)? ([\w\s]+)\.", path.read_text())
    return {(library, name) for library, names in lists for name in names.split()}


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
    command = ["coqc", "-q", "-w", "none", *LOAD, name]
    try:
        return subprocess.run(command, cwd=build, capture_output=True, text=True, timeout=SECONDS_A_FILE, check=False)
    except subprocess.TimeoutExpired:
        raise OverBudget(f"coqc: {name}", f"expected at most {SECONDS_A_FILE} s, and it took longer") from None


def module(name: str) -> str:
    """What Coq calls the file of this name."""
    folder, _, file = name.removesuffix(".v").rpartition("/")
    within = {"": LIBRARY, "checker": CHECKER}.get(folder, f"{LIBRARY}.{folder.replace('/', '.')}")
    return f"{within}.{file}"


def rechecked(build: Path) -> str:
    """What coqchk, Coq's separate checker, says of the compiled development, certificates apart. Raises `Rejected` if it refuses."""
    modules = [module(name) for name in sources(build) if not name.startswith(STATEMENTS)]
    command = ["coqchk", "-silent", "-o", "-bytecode-compiler", "yes", *LOAD, *modules]
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
        if name not in COQ_AXIOMS:
            found[name] = CoqTheorem(re.sub(r"(?m)^ {7}", "", statement.rstrip()), assumptions)
    return found


def uses(build: Path, names: Iterable[str]) -> dict[str, list[str]]:
    """For each of these theorems, those of them that its proof uses, directly or through other lemmas; read from coqc's .glob files."""
    import networkx

    graph = networkx.DiGraph()
    for path in build.rglob("*.glob"):
        own, places = module(str(path.relative_to(build).with_suffix(""))), []
        for line in path.read_text().splitlines():
            if found := _DEFINED.fullmatch(line):
                places.append((int(found[1]), f"{own}.{found[2]}", True))
            elif (found := _REFERENCE.fullmatch(line)) and found[2].startswith((f"{LIBRARY}.", f"{CHECKER}.")):
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
    """The theorems; those with a certificate that Coq has checked too have that as evidence, and those that are graded by their Coq
    proof rest also on the theorems whose Coq proofs it uses, as recorded."""
    listed = list(theorems)
    try:
        used = {name: it["uses"] for name, it in recorded(folder)["theorems"].items()}
    except BadInput:
        return listed
    listed = [also_in_coq(theorem, folder) for theorem in listed]
    names = {evidence.name: theorem.name for theorem in listed for evidence in theorem.evidence if isinstance(evidence, InCoq)}
    found = []
    for theorem in listed:
        by_coq = [it for it in theorem.evidence if isinstance(it, InCoq)] if best(theorem) == Grade.COQ else []
        below = [names[name] for it in by_coq for name in used.get(it.name, ()) if name in names]
        rests_on = dict.fromkeys([*theorem.rests_on, *below])
        found.append(replace(theorem, rests_on=tuple(name for name in rests_on if name != theorem.name)))
    return found


def also_in_coq(theorem: Theorem, folder: Path) -> Theorem:
    """The theorem with the Coq theorem of its certificate as evidence, if it has a certificate and that is recorded."""
    name = f"{CERTIFIED}{coq_claim.identifier(theorem.name)}"
    certified = [it for it in theorem.evidence if isinstance(it, Certified)]
    try:
        known = name in recorded(folder)["theorems"]
    except BadInput:
        known = False
    if not certified or not known:
        return theorem
    return replace(theorem, evidence=[*theorem.evidence, InCoq(name, refutes=certified[0].refutes)])


def best(theorem: Theorem) -> Grade:
    """The grade that the theorem would have if all its evidence held."""
    return min((evidence.grade for evidence in theorem.evidence), default=Grade.OPEN)


def run(folder: Path, build: Path) -> dict[str, Any]:
    """Compiles, re-checks with coqchk, and returns what is to be recorded."""
    found = compiled(folder, build)
    rechecked(build)
    for name, theorem in found.items():
        if beyond := sorted(set(theorem.assumptions) - COQ_AXIOMS):
            raise Rejected(f"coqc: {name}", f"expected no assumptions beyond the four known ones, found {', '.join(beyond)}")
    used, from_claims = uses(build, found), claims(folder)
    by_coq = {f"{CERTIFIED}{coq_claim.identifier(name)}": name for name in from_claims}
    theorems = {
        name: {
            "statement": it.statement,
            "assumptions": list(it.assumptions),
            "uses": used.get(name, []),
            "claims": sorted(by_coq[other] for other in _below(name, used) if other in by_coq),
        }
        for name, it in sorted(found.items())
    }
    return {"coq": version(), "files": hashes(build), "claims": from_claims, "theorems": theorems}


def _below(name: str, used: Mapping[str, Iterable[str]]) -> set[str]:
    """The theorem and all that its proof rests on."""
    found, waiting = set(), [name]
    while waiting:
        if (here := waiting.pop()) not in found:
            found.add(here)
            waiting.extend(used.get(here, ()))
    return found


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
    used = value["theorems"][name].get("claims", ())
    now = claims(folder) if used else {}
    changed = [it for it in used if value["claims"].get(it) != now.get(it)]
    if changed:
        return undecided(f"the certificate of {', '.join(changed)} changed since {name} was recorded: run make coq")
    beyond = sorted(set(value["theorems"][name]["assumptions"]) - COQ_AXIOMS)
    if beyond:
        return undecided(f"{name} assumes {', '.join(beyond)}")
    return holds(f"coqc {value['coq']} accepted {name} (as recorded with the files' hashes; not re-run here)")


def statement(folder: Path, name: str) -> str:
    """The statement as coqc printed it."""
    value = recorded(folder)["theorems"][name]
    return f"{name} : {value['statement']}\nAssumes: {', '.join(value['assumptions']) or 'nothing'}"


def main() -> int:
    """`python -m verify.evidence.coq SOURCES BUILD [--record]`: compile, re-check, and compare with the record, or replace it."""
    folder, build = (Path(argument) for argument in sys.argv[1:3])
    if version() is None:
        print("coqc is missing: apt-get install --no-install-recommends coq libcoq-coquelicot", file=sys.stderr)
        return 3
    try:
        found = run(folder, build)
        print(f"{len(found['theorems'])} theorems accepted by coqc {found['coq']} and coqchk")
        if "check_sound" in found["theorems"]:
            sound = found["theorems"]["check_sound"]
            print(f"check_sound : {' '.join(sound['statement'].split())}; assumes {', '.join(sound['assumptions'])}")
        if sys.argv[3:] == ["--record"]:
            data = json.dumps(found, indent=1, ensure_ascii=False)
            write_bytes(folder / "record.json", f"{data}\n".encode())
        elif any(found[part] != recorded(folder)[part] for part in ("files", "theorems")):
            raise Rejected(str(folder / "record.json"), "is not what coqc says now: run make regenerate")
    except DepthproofError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
