"""cvc5 as a second opinion on the very text that z3 was asked.

It is an optional extra: without it there is no opinion.
"""

from functools import cache
from importlib.util import find_spec
from typing import NamedTuple

UNSAT, SAT, UNKNOWN = "unsat", "sat", "unknown"


class Answer(NamedTuple):
    """"unsat", "sat" or "unknown", and how much work it was, in cvc5's resource units."""

    answer: str
    work: int = 0


@cache
def version() -> str | None:
    """cvc5's version, or None where it is not installed."""
    if find_spec("cvc5") is None:
        return None
    from importlib.metadata import version as installed

    return installed("cvc5")


def opinion(script: str, seconds: float = 20) -> Answer:
    """What cvc5 says to an SMT-LIB script of our own that asks once.

    It is "unknown" too if time is over or cvc5 fails.
    """
    import cvc5

    manager = cvc5.TermManager()
    solver, symbols = cvc5.Solver(manager), cvc5.SymbolManager(manager)
    solver.setOption("tlimit-per", str(max(1, int(1000 * seconds))))
    parser = cvc5.InputParser(solver, symbols)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, script, "question")
    answers = []
    try:
        command = parser.nextCommand()
        while not command.isNull():
            answers += str(command.invoke(solver, symbols)).split()
            command = parser.nextCommand()
    except RuntimeError:  # cvc5's exceptions, of parsing and of solving, all derive from it
        return Answer(UNKNOWN)
    work = int(solver.getStatistics().get(True, True)["resource::resourceUnitsUsed"]["value"])
    if answers in ([UNSAT], [SAT]):
        return Answer(answers[0], work)
    return Answer(UNKNOWN, work)
