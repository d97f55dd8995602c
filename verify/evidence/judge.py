"""Questions to z3 and cvc5 about real arithmetic.

Only `unsat` proves; a model is a hint until exact evaluation bears it out.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import z3

from ..compile.smtlib import script
from ..compile.z3_context import context
from ..search import limits
from . import cross

Z3, CVC5 = "z3", "cvc5"
CHOICES = {"z3": (Z3,), "cvc5": (CVC5,), "both": (Z3, CVC5)}


@dataclass(frozen=True)
class Effort:
    """How much is spent on a claim.

    `seconds` and `memory` (bytes) are for the whole of it. `rlimit` is z3's own count of work, for
    each question. `solvers` are those whose `unsat` counts; z3 is asked in any case, since its
    models propose what is asked next.
    """

    seconds: float = 60
    rlimit: int = 50_000_000
    memory: int = limits.MEMORY
    solvers: tuple[str, ...] = (Z3,)


USUAL = Effort()


@dataclass
class Work:
    """What one solver did: `unsat` to so many of the questions `asked`, in how many seconds.

    `work` is the solver's own count, which no other load of the machine changes: z3's rlimit,
    cvc5's resource units.
    """

    solver: str
    version: str
    asked: int = 0
    unsat: int = 0
    seconds: float = 0.0
    work: int = 0


class Unanswered(Exception):
    """A solver did not answer."""


class Contradiction(Exception):
    """z3 says unsat and cvc5 says sat to the same text."""


class Judge:
    """Asks plain questions, each in a solver of its own, until the time is over. Keeps their texts."""

    def __init__(self, effort: Effort) -> None:
        self.effort, self.end = effort, time.monotonic() + effort.seconds
        versions = {Z3: z3.get_version_string(), CVC5: cross.version() or "not installed"}
        self.works = {name: Work(name, versions[name]) for name in effort.solvers}
        self.questions: list[str] = []

    def model(self, formulas: Sequence[z3.BoolRef], logic: str = "QF_LRA") -> z3.ModelRef | None:
        """A model of the formulas from z3; None if they have none, as every solver asked confirms or leaves open.

        Raises `Unanswered`, `Contradiction`.
        """
        solver = z3.SolverFor(logic, ctx=context())
        solver.set("timeout", max(1, int(1000 * self._left())))
        solver.set("rlimit", self.effort.rlimit)
        solver.add(*formulas)
        start = time.monotonic()
        answer = solver.check()
        if answer == z3.sat:
            return solver.model()
        if answer != z3.unsat:
            raise Unanswered(f"z3 does not know: {solver.reason_unknown()}")
        if Z3 in self.works:
            z3_work = self.works[Z3]
            z3_work.asked += 1
            z3_work.unsat += 1
            z3_work.seconds += time.monotonic() - start
            z3_work.work = _rlimit(solver)
        self.questions.append(script(formulas, logic=logic))
        if CVC5 in self.works:
            self._second(self.questions[-1])
        return None

    def _left(self) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise Unanswered(f"not finished after {self.effort.seconds:g} s")
        return left

    def _second(self, question: str) -> None:
        """cvc5's word on the text to which z3 said unsat."""
        start = time.monotonic()
        other = cross.opinion(question, self._left())
        work = self.works[CVC5]
        work.asked += 1
        work.seconds += time.monotonic() - start
        work.work += other.work
        if other.answer == cross.SAT:
            raise Contradiction("z3 answers unsat and cvc5 sat to one question, the last")
        if other.answer == cross.UNSAT:
            work.unsat += 1


def _rlimit(solver: z3.Solver) -> int:
    """z3's count of its work in this process so far."""
    statistics = solver.statistics()
    counts = dict(statistics[i] for i in range(len(statistics)))
    return int(counts.get("rlimit count", 0))
