"""--solver: what z3 and cvc5 say of a claim, beside the kernel."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..files import file_name, write_files
from ..kernel.errors import BadInput
from ..theorem import Verdict
from . import tell

if TYPE_CHECKING:
    from ..claim import Claim
    from ..evidence.confirm import Opinion
    from ..network.network import Network
    from ..search import Proved, Refuted, Undecided

SECONDS = 60.0
FAULT = 4  # the exit code where two of those who were asked contradict each other


def _only_with_a_solver(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    if value is not None and ctx.params.get("solver") is None:
        raise click.BadParameter("expected --solver beside it, found none: nobody is asked", ctx, param)
    return value


def solver_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--solver WHICH asks solvers too, --questions DIR keeps what they were asked."""
    command = click.option(
        "--questions",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        callback=_only_with_a_solver,
        help="Write what the solvers were asked, as SMT-LIB 2.6 files.",
    )(command)
    return click.option(
        "--solver",
        type=click.Choice(["z3", "cvc5", "both"]),
        is_eager=True,
        help="Ask these solvers the same, segment by segment, beside the kernel.",
    )(command)


@dataclass(frozen=True)
class Beside:
    """What the solvers say of a claim of which the kernel has spoken, and the folder in which what
    was asked is kept, if it is. `contradicts`: somebody who was asked contradicts another."""

    kernel: Verdict
    said: "Opinion"
    folder: Path | None
    contradicts: bool

    @property
    def lines(self) -> list[str]:
        """A line for each solver, one for the questions, one for a contradiction."""
        lines = []
        for work in self.said.works:
            found = f"unsat to {work.unsat} of {work.asked} questions"
            if self.said.outcome.verdict == Verdict.REFUTED:
                found = f"{found}, then a false case"
            effort = f"{work.seconds:.2f} s, {work.work} units of its work"
            name = f"{work.solver} {work.version}"
            lines.append(f"{name:<12} {self.said.verdict(work).name}: {found}, {effort}")
        if self.said.outcome.verdict != Verdict.HOLDS:
            lines.append(f"{'':<12} {self.said.outcome.detail}")
        if self.folder is not None:
            lines.append(f"{'questions':<12} {len(self.said.questions)} SMT-LIB files in {self.folder}")
        if self.contradicts:
            lines.append(f"{'!':<12} a contradiction: the kernel says {self.kernel.name}; both sides are in {self.folder}")
        return lines

    @property
    def as_json(self) -> list[dict[str, Any]]:
        """Each solver's verdict and work."""
        return [
            {
                "solver": work.solver,
                "version": work.version,
                "verdict": self.said.verdict(work).name,
                "questions": work.asked,
                "unsat": work.unsat,
                "seconds": round(work.seconds, 3),
                "work": work.work,
            }
            for work in self.said.works
        ]


def asked_beside(
    claim: "Claim",
    it: "Proved | Refuted | Undecided",
    solver: str,
    questions: Path | None,
    seconds: float,
) -> Beside:
    """Asks the solvers about the claim. What they were asked is written into the folder that was
    named; where somebody contradicts another, both sides are, into one named for the claim."""
    from ..evidence import cross
    from ..evidence.confirm import opinion
    from ..evidence.judge import CHOICES, CVC5, Effort

    if CVC5 in CHOICES[solver] and cross.version() is None:
        raise click.UsageError("cvc5 is not installed: pip install cvc5")
    kernel, said = verdict(it), opinion(claim, Effort(seconds=seconds, solvers=CHOICES[solver]))
    opposed = {kernel, said.outcome.verdict} == {Verdict.HOLDS, Verdict.REFUTED}
    contradicts = said.contradicts or opposed
    texts = enumerate(said.questions, 1)
    files = {f"question-{number:04}.smt2": text.encode() for number, text in texts}
    if contradicts:
        questions = questions or Path(f"{file_name(claim.name)}.disagreement")
        files |= _both_sides(claim, it)
    if questions is not None and files:
        write_files(questions, files)
    return Beside(kernel, said, questions, contradicts)


def _both_sides(claim: "Claim", it: "Proved | Refuted | Undecided") -> dict[str, bytes]:
    """The claim that was asked about, and what the kernel accepted."""
    from ..search import Undecided

    files = {} if isinstance(it, Undecided) else it.claim.files(it.certificate, "kernel")
    return {"asked.claim.json": claim.canonical, **files}


@dataclass(frozen=True)
class Said:
    """Lines, JSON and exit code of what was asked beside a command's own answer."""

    lines: Sequence[str] = ()
    as_json: Mapping[str, Any] = field(default_factory=dict)
    code: int = 0

    def say(self) -> None:
        say(self.lines)


NOBODY = Said()


def beside_exactly(name: str, short: Any, networks: Mapping[str, Any], solver: str, questions: Path | None) -> Said:
    """The kernel's and the solvers' word on what a command has computed exactly."""
    from ..claim import Claim
    from ..search import Proved, Refuted, prove

    claim = Claim.from_short(name, short, networks)
    start = time.monotonic()
    it = prove(claim, SECONDS)
    took = time.monotonic() - start
    found = asked_beside(claim, it, solver, questions, SECONDS)
    how = f"certificate of {len(it.certificate)} bytes" if isinstance(it, Proved | Refuted) else it.reason
    kernel = f"{'kernel':<12} {found.kernel.name}: {how}, {took:.2f} s"
    lines = [f"{'claim':<12} {claim.goals[0]['holds']}", kernel, *found.lines]
    code = FAULT if found.contradicts else 0
    return Said(lines, {"kernel": found.kernel.name, "solvers": found.as_json}, code)


def alone(named: str, it: "Network", solver: str | None, coq: str | None) -> None:
    """Refuses solvers with more than one input, where they are asked by `claim` only; and files for
    Coq, which speak of one."""
    if it.input_size < 2:
        return
    if coq is not None:
        raise BadInput(named, f"expected one input with --coq, found {it.input_size}; with more, depthproof distance --coq")
    if solver is not None:
        found = f"found {it.input_size}; with more, depthproof claim FILE --solver {solver}"
        raise BadInput(named, f"expected one input with --solver, {found}")


def name_of(net: str) -> str:
    """A claim's name for what was asked of a network."""
    return file_name(Path(net).name)


def verdict(it: "Proved | Refuted | Undecided") -> Verdict:
    """What the kernel has shown."""
    from ..search import Proved, Refuted

    if isinstance(it, Proved):
        return Verdict.HOLDS
    return Verdict.REFUTED if isinstance(it, Refuted) else Verdict.UNDECIDED


def say(lines: Sequence[str]) -> None:
    """Prints the lines, a contradiction on standard error too."""
    for line in lines:
        print(line)
        if line.strip().startswith("!"):
            tell(line.strip(" !"))
