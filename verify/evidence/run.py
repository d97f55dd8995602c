"""Proving theorems: every piece of evidence is run, certificates are checked, and what was seen becomes a `Result`.

Theorems are proved in processes under limits, several short ones in one; the processes go through any
`concurrent.futures.Executor`.
"""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path

from .. import checkers
from ..claim import Claim
from ..keep import TIMINGS, read_timings
from ..kernel.errors import BadInput, DepthproofError, OverBudget
from ..layout import NOT, Place
from ..search import Proved, Refuted, Undecided, limits, prove
from ..search.numbers.plan import Plan
from ..theorem import (
    BySolver,
    Certified,
    Cited,
    Evidence,
    Grade,
    InCoq,
    Instances,
    Outcome,
    Result,
    Theorem,
    Verdict,
    concluded,
    holds,
    undecided,
)
from . import coq

SECONDS = 120
MEMORY = 4 * 2**30
GROUP = 5.0  # seconds


@dataclass(frozen=True)
class Seen:
    """What one process saw of one theorem, in plain data.

    `files`: certificates and what belongs to them, by name; `checked`: the lines that the kernel or coqc printed.
    `malformed`: what is wrong with the script, such as a definition that it misspells.
    """

    outcomes: tuple[tuple[Grade, Outcome], ...]
    seconds: float
    files: Mapping[str, bytes] = field(default_factory=dict)
    checked: tuple[str, ...] = ()
    malformed: str = ""


def prove_all(
    folder: Path, theorems: Sequence[Theorem], again: bool = True, executor: Executor | None = None
) -> Iterator[tuple[Result, Mapping[str, bytes]]]:
    """Each theorem's result and certificate files, as they come. `folder` holds the scripts.

    Unless `again`, a certificate that is committed for the very claim is not searched for, only re-checked. Raises
    `BadInput` with the theorem whose script is malformed.
    """
    pool = executor or ThreadPoolExecutor(os.cpu_count() or 1)
    by_name = {theorem.name: theorem for theorem in theorems}
    try:
        tasks = [pool.submit(_in_a_process, folder, names, again) for names in _groups(folder, list(by_name), again)]
        for future in as_completed(tasks):
            for name, seen in future.result().items():
                if seen.malformed:
                    raise BadInput(name, seen.malformed)
                yield _result(by_name[name], seen), seen.files
    finally:
        if executor is None:
            pool.shutdown(wait=False, cancel_futures=True)


def _result(theorem: Theorem, seen: Seen) -> Result:
    certificates = tuple(sorted(name for name in seen.files if "/" not in name))
    return concluded(Result(theorem, seen.outcomes, seen.seconds, certificates=certificates, checked=seen.checked))


def _groups(folder: Path, names: Sequence[str], again: bool) -> list[list[str]]:
    """The names in groups that take about as long as `GROUP`, by the times of the last run, the longest first.

    A process of its own for each of a hundred short theorems spends more time on starting than on checking. But z3
    keeps state: where certificates are searched for, each theorem has its own, so that what is found does not depend
    on what was found before.
    """
    took = read_timings(folder / TIMINGS)["theorems"]
    seconds = {name: took.get(name, {}).get("seconds", GROUP) for name in names}
    groups: list[list[str]] = []
    total = 0.0  # of the last group
    for name in sorted(names, key=lambda name: -seconds[name]):
        if again or not groups or total + seconds[name] > GROUP:
            groups.append([])
            total = 0.0
        groups[-1].append(name)
        total += seconds[name]
    return groups


def _in_a_process(folder: Path, names: Sequence[str], again: bool) -> dict[str, Seen]:
    """`see` for each name, in one child process under limits; what happens to the child decides nothing.

    Where it does not come to its end, each theorem has a process of its own.
    """
    start = time.monotonic()
    end = limits.run(limits.Task(_see_all, (folder, names, again)), SECONDS, MEMORY)
    if end.decided:
        found: dict[str, Seen] = end.value
        return found
    if len(names) > 1:
        return {name: _in_a_process(folder, [name], again)[name] for name in names}
    outcome = undecided(end.reason)
    return {names[0]: Seen(((Grade.OPEN, outcome),), time.monotonic() - start)}


def _see_all(folder: Path, names: Sequence[str], again: bool) -> dict[str, Seen]:
    return {name: see(folder, name, again) for name in names}


def see(folder: Path, name: str, again: bool = True) -> Seen:
    """Runs all evidence of the theorem in this process; `again` as for `prove_all`."""
    from ..theorem import script

    start = time.monotonic()
    theorem = coq.also_in_coq(script(Place(folder, name).script), folder / "coq")
    outcomes: list[tuple[Grade, Outcome]] = []
    files: dict[str, bytes] = {}
    checked: list[str] = []
    for evidence in theorem.evidence:
        try:
            tried = _tried(theorem, evidence, folder, again)
        except Malformed as error:
            return Seen((), time.monotonic() - start, malformed=str(error))
        except DepthproofError as error:
            tried = Tried(evidence.grade, undecided(str(error)))
        except Exception as error:  # a fault of ours, or of a script, decides nothing
            tried = Tried(evidence.grade, undecided(f"our own fault: {type(error).__name__}: {error}"))
        outcomes.append((tried.grade, tried.outcome))
        files |= tried.files
        checked += tried.lines
    return Seen(tuple(outcomes), time.monotonic() - start, files, tuple(checked))


class Malformed(Exception):
    """A script writes no claim, and why."""


@dataclass(frozen=True)
class Tried:
    """What one piece of evidence showed, with certificate files, and what was printed of what was checked."""

    grade: Grade
    outcome: Outcome
    files: Mapping[str, bytes] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


def _tried(theorem: Theorem, evidence: Evidence, folder: Path, again: bool) -> Tried:
    if isinstance(evidence, Certified):
        return _certified(theorem, evidence, folder, again)
    if isinstance(evidence, InCoq):
        return _in_coq(evidence, folder / "coq")
    if isinstance(evidence, BySolver):
        return Tried(evidence.grade, evidence.decide())
    if isinstance(evidence, Instances):
        return Tried(evidence.grade, evidence.check())
    if isinstance(evidence, Cited):
        return Tried(evidence.grade, holds(evidence.reference))
    raise OverBudget(theorem.name, f"no way to run evidence of the kind {type(evidence).__name__}")


def _certified(theorem: Theorem, evidence: Certified, folder: Path, again: bool) -> Tried:
    """A certificate that is searched for; or the committed one, unless `again`."""
    claim, plan = _written(evidence)
    claim = called(theorem, claim, evidence.refutes)
    if not again:
        committed = _committed(folder, theorem, claim, evidence.refutes)
        if committed is not None:
            return committed
    found = prove(claim, SECONDS, plan, limits.here)
    if isinstance(found, Undecided):
        return Tried(evidence.grade, undecided(found.reason))
    if isinstance(found, Proved):
        return _checked(folder, found.claim, found.certificate, evidence.refutes)
    if evidence.refutes:
        nothing = "the counterexample is none, which decides nothing of the statement"
        return Tried(evidence.grade, undecided(nothing))
    return _refuted(folder, found)


def _written(evidence: Certified) -> tuple[Claim, Plan | None]:
    """The claim that a script writes, and how it may be proved, if it says so."""
    try:
        said = evidence.claim()
        return (said, None) if isinstance(said, Claim) else (said.claim(), said.plan())
    except BadInput as error:
        raise Malformed(str(error)) from None


def _in_coq(evidence: InCoq, folder: Path) -> Tried:
    """What is recorded of a theorem of Coq, as coqc printed it."""
    outcome = coq.outcome(folder, evidence.name)
    if outcome.verdict == Verdict.UNDECIDED:
        return Tried(evidence.grade, outcome)
    if evidence.refutes:
        outcome = Outcome(Verdict.REFUTED, outcome.detail)
    return Tried(evidence.grade, outcome, lines=(coq.statement(folder, evidence.name),))


def _refuted(folder: Path, it: Refuted) -> Tried:
    """The refutation of a goal, re-checked by the checkers."""
    checked = _checked(folder, it.claim, it.certificate, refutes=True)
    at = ", ".join(f"{key} = {value}" for key, value in it.point.items())
    detail = f"{it.goal} is false at {at}; {checkers.accepting(checked.grade)} accepted the refutation"
    return replace(checked, outcome=Outcome(Verdict.REFUTED, detail, it.point))


def called(theorem: Theorem, claim: Claim, refutes: bool) -> Claim:
    """The claim under the theorem's name; one that refutes it with "not" before that, so that its bytes say so."""
    name = f"{NOT}{theorem.name}" if refutes else theorem.name
    return replace(claim, name=name)


def _committed(folder: Path, theorem: Theorem, claim: Claim, refutes: bool) -> Tried | None:
    """What the kernel says of the committed certificate, if there is one for this very claim and it is accepted."""
    place = Place(folder, theorem.name)
    try:
        if place.claim.read_bytes() != claim.canonical:
            return None
        return _checked(folder, claim, place.certificate.read_bytes(), refutes)
    except (OSError, DepthproofError):
        return None


def _checked(folder: Path, claim: Claim, certificate: bytes, refutes: bool) -> Tried:
    """The checkers' word on a certificate just found, whose files are kept only if they are accepted."""
    files = claim.files(certificate)
    grade, lines = checkers.grade(claim.name, files, folder)
    outcome = holds(f"{checkers.accepting(grade)} accepted the certificate of {len(certificate)} bytes")
    if refutes:
        detail = f"{checkers.accepting(grade)} accepted the refutation; certificate of {len(certificate)} bytes"
        outcome = Outcome(Verdict.REFUTED, detail)
    return Tried(grade, outcome, files, lines)
