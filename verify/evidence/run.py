"""Proving theorems: every piece of evidence is run, certificates are checked by the kernel, and what was seen becomes a `Result`.

Theorems are proved in processes under limits, several short ones in one; the processes go through any `concurrent.futures.Executor`.
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
from ..kernel.errors import DepthproofError, OverBudget
from ..layout import NOT, Place
from ..search import Proved, Refuted, Undecided, limits, prove
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
    """What one process saw of one theorem, in plain data: outcomes, certificate files by name, the kernel's lines."""

    outcomes: tuple[tuple[Grade, Outcome], ...]
    seconds: float
    files: Mapping[str, bytes] = field(default_factory=dict)
    checked: tuple[str, ...] = ()


def prove_all(
    folder: Path, theorems: Sequence[Theorem], again: bool = True, executor: Executor | None = None
) -> Iterator[tuple[Result, Mapping[str, bytes]]]:
    """Each theorem's result and certificate files, as they come. `folder` holds the scripts.

    Unless `again`, a certificate that is committed for the very claim is not searched for, only re-checked."""
    own = ThreadPoolExecutor(os.cpu_count() or 1) if executor is None else None
    pool = executor or own
    if pool is None:
        return
    by_name = {theorem.name: theorem for theorem in theorems}
    try:
        tasks = [pool.submit(_in_a_process, folder, names, again) for names in _groups(folder, list(by_name))]
        for future in as_completed(tasks):
            for name, seen in future.result().items():
                names = tuple(sorted(file for file in seen.files if "/" not in file))
                yield concluded(Result(by_name[name], seen.outcomes, seen.seconds, certificates=names, checked=seen.checked)), seen.files
    finally:
        if own is not None:
            own.shutdown(wait=False, cancel_futures=True)


def _groups(folder: Path, names: Sequence[str]) -> list[list[str]]:
    """The names in groups that take about as long as `GROUP`, by the times of the last run, the longest first.

    A process of its own for each of a hundred short theorems spends more time on starting than on proving."""
    took = read_timings(folder / TIMINGS)["theorems"]
    seconds = {name: took.get(name, {}).get("seconds", GROUP) for name in names}
    groups: list[list[str]] = []
    total = GROUP
    for name in sorted(names, key=lambda name: -seconds[name]):
        if total + seconds[name] > GROUP:
            groups.append([])
            total = 0.0
        groups[-1].append(name)
        total += seconds[name]
    return groups


def _in_a_process(folder: Path, names: Sequence[str], again: bool) -> dict[str, Seen]:
    """`see` for each name, in one child process under limits; what happens to the child decides nothing. Where it does not come to its
    end, each theorem has a process of its own."""
    start = time.monotonic()
    end = limits.run(limits.Task(_see_all, (folder, names, again)), SECONDS, MEMORY)
    if end.decided:
        found: dict[str, Seen] = end.value
        return found
    if len(names) == 1:
        return {names[0]: Seen(((Grade.OPEN, undecided(end.reason)),), time.monotonic() - start)}
    return {name: _in_a_process(folder, [name], again)[name] for name in names}


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
            grade, outcome, new, lines = _tried(theorem, evidence, folder, again)
        except DepthproofError as error:
            grade, outcome, new, lines = evidence.grade, undecided(str(error)), {}, ()
        except Exception as error:  # a fault of ours, or of a script, decides nothing
            grade, outcome, new, lines = evidence.grade, undecided(f"our own fault: {type(error).__name__}: {error}"), {}, ()
        outcomes.append((grade, outcome))
        files |= new
        checked += lines
    return Seen(tuple(outcomes), time.monotonic() - start, files, tuple(checked))


Tried = tuple[Grade, Outcome, dict[str, bytes], tuple[str, ...]]  # with the files, and what was printed of what was checked


def _tried(theorem: Theorem, evidence: Evidence, folder: Path, again: bool) -> Tried:
    if isinstance(evidence, Certified):
        made = evidence.claim()
        claim, plan = (made, None) if isinstance(made, Claim) else (made.claim(), made.plan())
        claim = called(theorem, claim, evidence.refutes)
        if not again and (found := _committed(folder, theorem, claim, evidence.refutes)):
            return found
        it = prove(claim, SECONDS, plan, limits.here)
        if isinstance(it, Undecided):
            return evidence.grade, undecided(it.reason), {}, ()
        if isinstance(it, Proved):
            return _checked(folder, it.claim, it.certificate, evidence.refutes)
        if evidence.refutes:
            return evidence.grade, undecided("the counterexample is none, which decides nothing of the statement"), {}, ()
        return _refuted(folder, it)
    if isinstance(evidence, InCoq):
        outcome = coq.outcome(folder / "coq", evidence.name)
        if outcome.verdict == Verdict.HOLDS and evidence.refutes:
            outcome = Outcome(Verdict.REFUTED, outcome.detail)
        printed = (coq.statement(folder / "coq", evidence.name),) if outcome.verdict != Verdict.UNDECIDED else ()
        return evidence.grade, outcome, {}, printed
    if isinstance(evidence, BySolver):
        return evidence.grade, evidence.decide(), {}, ()
    if isinstance(evidence, Instances):
        return evidence.grade, evidence.check(), {}, ()
    if isinstance(evidence, Cited):
        return evidence.grade, holds(evidence.reference), {}, ()
    raise OverBudget(theorem.name, f"no way to run evidence of the kind {type(evidence).__name__}")


def _refuted(folder: Path, it: Refuted) -> Tried:
    """The refutation of a goal, re-checked by the checkers."""
    grade, _, files, lines = _checked(folder, it.claim, it.certificate, refutes=True)
    at = ", ".join(f"{key} = {value}" for key, value in it.point.items())
    detail = f"{it.goal} is false at {at}; {_by(grade)} accepted the refutation"
    return grade, Outcome(Verdict.REFUTED, detail, it.point), files, lines


def called(theorem: Theorem, claim: Claim, refutes: bool) -> Claim:
    """The claim under the theorem's name; one that refutes it with "not" before that, so that its bytes say so."""
    return replace(claim, name=f"{NOT}{theorem.name}" if refutes else theorem.name)


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
    size = len(certificate)
    if refutes:
        return grade, Outcome(Verdict.REFUTED, f"{_by(grade)} accepted the refutation; certificate of {size} bytes"), files, lines
    return grade, holds(f"{_by(grade)} accepted the certificate of {size} bytes"), files, lines


def _by(grade: Grade) -> str:
    return "the Python kernel and the proved checker" if grade == Grade.KERNEL else "the Python kernel alone"
