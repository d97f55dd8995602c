"""Theorems: a statement, its evidence, what it rests on, and where it was said; and the graph of them all.

A proof script is a Python file in its section's folder (see layout.py) that assigns one `Theorem` to THEOREM. Nothing
here searches or checks: `verify.evidence.run` does. An `Outcome` is what was seen; a theorem is shown with the best
grade among its evidence that held, and no better than what it rests on.
"""

import importlib.util
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from fractions import Fraction
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .kernel.errors import BadInput, DepthproofError, displayed
from .layout import is_name

if TYPE_CHECKING:
    import networkx

COQ_AXIOMS = frozenset({  # classical reals, which Coq's own library assumes
    "ClassicalDedekindReals.sig_forall_dec",
    "ClassicalDedekindReals.sig_not_dec",
    "Classical_Prop.classic",
    "FunctionalExtensionality.functional_extensionality_dep",
})  # fmt: skip
BENEFITS = "Benefits of depth"
NOTES = "Deep learning notes"


class Grade(IntEnum):
    """What stands behind a statement, best first."""

    KERNEL = 0  # two checkers, of which one is proved, re-validated a certificate; no solver is trusted
    COQ = 1  # coqc accepted it
    CHECKED = 2  # the Python checker alone accepted a certificate; its soundness is argued in words
    SOLVER = 3  # z3 says unsat
    INSTANCES = 4  # checked exactly, for the listed cases only
    CITED = 5  # the literature
    OPEN = 6


class Verdict(IntEnum):
    """What evidence shows of a statement, best first."""

    HOLDS = 0
    REFUTED = 1
    UNDECIDED = 2


@dataclass(frozen=True)
class Outcome:
    """What was seen: a verdict, one line about it, and for a refutation the exact counterexample by name."""

    verdict: Verdict
    detail: str
    counterexample: Mapping[str, Fraction | str] = field(default_factory=dict)


def holds(detail: str) -> Outcome:
    """The statement holds."""
    return Outcome(Verdict.HOLDS, detail)


def refuted(detail: str, **counterexample: Fraction | int | str) -> Outcome:
    """The statement is false at the counterexample.

    >>> refuted("x^2 <= x", x=2).counterexample
    {'x': Fraction(2, 1)}
    """
    exact: dict[str, Fraction | str] = {}
    for name, value in counterexample.items():
        exact[name] = Fraction(value) if isinstance(value, int) else value
    return Outcome(Verdict.REFUTED, detail, exact)


def undecided(detail: str) -> Outcome:
    """Nothing was shown, and why."""
    return Outcome(Verdict.UNDECIDED, detail)


@dataclass(frozen=True)
class Certified:
    """KERNEL: `claim()` gives what a certificate is searched for.

    That is a `verify.claim.Claim`; or a `verify.author.theory.Theory`, a claim with hints. With `refutes`, it is the
    statement's negation at a counterexample, so that certifying it refutes the statement.
    """

    claim: Callable[[], Any]
    refutes: bool = False
    grade: Grade = Grade.KERNEL


@dataclass(frozen=True)
class InCoq:
    """COQ: the theorem of this name in proofs/coq, its statement as coqc prints it. `refutes` as for `Certified`."""

    name: str
    refutes: bool = False
    grade: Grade = Grade.COQ


@dataclass(frozen=True)
class BySolver:
    """SOLVER: `decide()` asks z3, and z3's unsat is the only success."""

    decide: Callable[[], Outcome]
    grade: Grade = Grade.SOLVER


@dataclass(frozen=True)
class Instances:
    """INSTANCES: `check()` goes through given cases exactly; its detail lists them."""

    check: Callable[[], Outcome]
    grade: Grade = Grade.INSTANCES


@dataclass(frozen=True)
class Cited:
    """CITED: where the literature proves it."""

    reference: str
    grade: Grade = Grade.CITED


Evidence = Certified | InCoq | BySolver | Instances | Cited


@dataclass(frozen=True)
class Theorem:
    """A statement, and what is to show it.

    `statement`: its words. `true`: whether we expect it to hold; a false one carries evidence that refutes it. `says`:
    what the slide prints, where that differs. `rests_on`: names of theorems that its evidence uses.
    """

    name: str
    statement: str
    source: str
    evidence: Sequence[Evidence] = ()
    true: bool = True
    says: str = ""
    note: str = ""
    rests_on: Sequence[str] = ()

    def _repr_html_(self) -> str:
        from html import escape

        expected = "" if self.true else "false"
        said = {
            "statement": self.statement,
            "the slide says": self.says,
            "source": self.source,
            "note": self.note,
            "expected": expected,
            "evidence to run": ", ".join(evidence.grade.name for evidence in self.evidence) or "none",
            "rests on": ", ".join(self.rests_on),
        }
        rows = ""
        for label, text in said.items():
            if text:
                rows += f"<tr><th>{label}</th><td>{escape(text)}</td></tr>"
        return f"<table><caption><code>{escape(self.name)}</code></caption><tbody>{rows}</tbody></table>"


@dataclass(frozen=True)
class Result:
    """What proving one theorem showed.

    `outcomes` pairs each grade with what was seen; `grade` is OPEN unless evidence decided; `certificates` are names of
    files; `checked` is the text that the kernel (or coqc) printed of what it checked.
    """

    theorem: Theorem
    outcomes: Sequence[tuple[Grade, Outcome]]
    seconds: float = 0.0
    grade: Grade = Grade.OPEN
    verdict: Verdict = Verdict.UNDECIDED
    certificates: Sequence[str] = ()
    checked: Sequence[str] = ()

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one that the theorem announces; of a theorem without evidence none is expected."""
        if not self.theorem.evidence:
            return True
        expected = Verdict.HOLDS if self.theorem.true else Verdict.REFUTED
        return self.verdict == expected

    @property
    def label(self) -> str:
        """The grade, with the word that it is one of a refutation."""
        return f"REFUTED ({self.grade.name})" if self.verdict == Verdict.REFUTED else self.grade.name


def concluded(result: Result) -> Result:
    """The result with the verdict of its best evidence that decided anything.

    Evidence that disagrees leaves it undecided and OPEN.
    """
    decided = [pair for pair in result.outcomes if pair[1].verdict != Verdict.UNDECIDED]
    verdicts = {outcome.verdict for _, outcome in decided}
    if len(verdicts) != 1:
        return replace(result, grade=Grade.OPEN, verdict=Verdict.UNDECIDED)
    return replace(result, grade=min(grade for grade, _ in decided), verdict=verdicts.pop())


def graph(theorems: Iterable[Theorem], whole: bool = True) -> "networkx.DiGraph":
    """The graph of theorems, an edge from each to those that rest on it.

    Raises `BadInput` on a cycle, and, if these are the `whole`, on a missing name.

    >>> list(graph([Theorem("a.b", "", ""), Theorem("a.c", "", "", rests_on=["a.b"])]).edges)
    [('a.b', 'a.c')]
    """
    import networkx

    result = networkx.DiGraph()
    listed = list(theorems)
    result.add_nodes_from((theorem.name, {"theorem": theorem}) for theorem in listed)
    for theorem in listed:
        for name in theorem.rests_on:
            if name in result:
                result.add_edge(name, theorem.name)
            elif whole:
                raise BadInput(theorem.name, f"rests on {name}, which is not among the theorems")
    if not networkx.is_directed_acyclic_graph(result):
        cycle = [edge[0] for edge in networkx.find_cycle(result)]
        raise BadInput(cycle[0], f"rests on itself: {' -> '.join([*cycle, cycle[0]])}")
    return result


def worst_below(own: Mapping[str, Grade], rests_on: Mapping[str, Sequence[str]]) -> dict[str, Grade]:
    """For each name the worst grade of its own and of all that it rests on, as far as that is known.

    >>> worst_below({"a": Grade.KERNEL, "b": Grade.COQ}, {"a": ["b"], "b": []})["a"].name
    'COQ'
    """
    found = dict(own)
    for _ in own:
        before = dict(found)
        for name in own:
            below = [before[support] for support in rests_on[name] if support in before]
            found[name] = max([own[name], *below])
        if found == before:
            break
    return found


def capped(results: Iterable[Result]) -> dict[str, Result]:
    """Results by name, each graded no better than the worst of what it rests on, as far as that is among them."""
    by_name = {result.theorem.name: result for result in results}
    own = {name: result.grade for name, result in by_name.items()}
    grades = worst_below(own, {name: result.theorem.rests_on for name, result in by_name.items()})
    return {name: replace(result, grade=grades[name]) for name, result in by_name.items()}


def scripts(folder: Path) -> list[Theorem]:
    """The theorems of a folder of proof scripts, by name. Files and folders whose names begin with _ or . are none."""
    for path in sorted(folder.glob("*.py")):
        if not _is_hidden(path):
            where = "in the folder of its section, such as sawtooth/map.py for sawtooth.map"
            raise BadInput(displayed(str(path)), f"expected a proof script {where}; move it there")
    found = []
    for path in folder.glob("*/*.py"):
        if not _is_hidden(path) and not _is_hidden(path.parent):
            found.append(script(path))
    return sorted(found, key=lambda theorem: theorem.name)


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(("_", "."))


class _Unwritten(SourceFileLoader):
    """Loads a script without leaving bytecode beside it: the folder is its author's."""

    def set_data(self, *_: object, **__: object) -> None:
        pass


def script(path: Path) -> Theorem:
    """The theorem of one proof script. Raises `BadInput` if there is none, or if it has another name than the file."""
    expected = f"{path.parent.name}.{path.stem}"
    name = f"proofs.{expected.replace('.', '_')}"
    loader = _Unwritten(name, str(path))
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
    if spec is None:
        raise BadInput(displayed(str(path)), "expected a Python file, found none")
    module = importlib.util.module_from_spec(spec)
    try:
        loader.exec_module(module)
    except DepthproofError as error:
        raise BadInput(displayed(str(path)), str(error)) from None
    except Exception as error:  # a script is the author's program; whatever goes wrong in it is said of its file
        place = f" at line {error.lineno}" if isinstance(error, SyntaxError) else ""
        wrong = f"cannot be run: {type(error).__name__}{place}: {displayed(str(error))}"
        raise BadInput(displayed(str(path)), wrong) from None
    theorem = getattr(module, "THEOREM", None)
    if not isinstance(theorem, Theorem):
        raise BadInput(displayed(str(path)), f"expected a Theorem named THEOREM, found {type(theorem).__name__}")
    if theorem.name != expected:
        raise BadInput(displayed(str(path)), f"expected the theorem {expected}, found {displayed(theorem.name)}")
    if not is_name(expected):
        form = "which is a section and more, in small letters"
        raise BadInput(displayed(str(path)), f"expected the theorem {expected}, {form}")
    return theorem
