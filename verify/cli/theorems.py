"""prove, explain, check: the theorems of the proof scripts, and certificates re-checked by the kernel alone."""

import shutil
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..kernel.errors import BadInput, OverBudget, Rejected, displayed
from ..theorem import Grade, Outcome, Result, Theorem, Verdict, capped, graph, scripts
from . import tell
from .arguments import json_option, print_json
from .progress import steps

if TYPE_CHECKING:
    from ..keep import Finding
    from ..slides import Line

SOLVER_SAYS = {None: "", Verdict.HOLDS: "z3 ✓", Verdict.REFUTED: "z3 ✗", Verdict.UNDECIDED: "z3 ?"}
PACKAGE = Path(__file__).resolve().parent.parent


def proofs_folder() -> Path:
    """The proof scripts: beside the package in a checkout, inside it where it is installed."""
    return next((path for path in (PACKAGE.parent / "proofs", PACKAGE / "proofs") if path.is_dir()), PACKAGE / "proofs")


proofs_option = click.option(
    "--proofs", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another folder of proof scripts."
)


def chosen(folder: Path | None, names: Sequence[str]) -> tuple[Path, list[Theorem]]:
    """The folder, and its theorems of these names (all, if none is named) with what they rest on."""
    from ..evidence.coq import supported
    from ..spelling import nearest

    place = folder or proofs_folder()
    theorems = {theorem.name: theorem for theorem in supported(scripts(place), place / "coq")}
    if not theorems:
        raise BadInput(displayed(str(place))[1:-1], "expected proof scripts, files SECTION/NAME.py, found none")
    for name in names:
        if name not in theorems:
            near = [other for other in theorems if name.split(".")[-1] in other][:3]
            hint = f"; did you mean {', '.join(near)}?" if near else nearest(name, theorems)
            raise BadInput("", f"no theorem is named {displayed(name)}{hint}")
    waiting, wanted = list(names or theorems), dict[str, Theorem]()
    while waiting:
        name = waiting.pop(0)
        if name not in wanted:
            wanted[name] = theorems[name]
            waiting.extend(theorems[name].rests_on)
    graph(wanted.values())  # a cycle or a missing name is an error before anything is proved
    return place, list(wanted.values())


def proved(folder: Path, theorems: Sequence[Theorem], again: bool = False) -> "list[Finding]":
    """What proving the theorems shows, in their order, with the files; progress on standard error.

    After Ctrl-C: of those that were finished, with all that they rest on."""
    from ..evidence.run import prove_all
    from ..keep import Finding

    found = {}
    with suppress(KeyboardInterrupt), steps("proving", len(theorems)) as done:
        for result, files in prove_all(folder, theorems, again):
            found[result.theorem.name] = Finding(result, files)
            done(result.theorem.name)
    graded = capped(it.result for it in found.values())
    finished = _finished(theorems, found)
    return [Finding(graded[name], found[name].files) for name in finished]


def _finished(theorems: Sequence[Theorem], found: Collection[str]) -> list[str]:
    """The names of those that were found and rest, at any depth, on such ones only."""
    missing = {theorem.name for theorem in theorems} - set(found)
    while True:
        more = {theorem.name for theorem in theorems if missing.intersection(theorem.rests_on)}
        if more <= missing:
            return [theorem.name for theorem in theorems if theorem.name not in missing]
        missing |= more


def certify(folder: Path) -> None:
    """Proves the theorems of a folder of proof scripts; certificates and records go beside them."""
    theorems = scripts(folder)
    found = proved(folder, theorems)
    _kept(found, folder, every=len(found) == len(theorems))


@click.command()
@click.argument("name", nargs=-1)
@proofs_option
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write all files and a page into this folder.")
@click.option("--again", is_flag=True, help="Search for every certificate anew; without it, committed ones are only re-checked.")
@click.option("--regenerate", is_flag=True, help="Search anew, and replace the files beside the scripts: of all, or of those named.")
@click.option("--record", "record", is_flag=True, help="The same, but committed certificates are only re-checked.")
@click.option("--graph", "as_graph", is_flag=True, help="Show what rests on what instead of proving.")
@json_option
def prove(
    name: Sequence[str], folder: Path | None, out: Path | None, again: bool, regenerate: bool, record: bool, as_graph: bool, as_json: bool
) -> int:
    """Prove the theorems (all, or those named with what they rest on) and show each with its grade."""
    place, theorems = chosen(folder, name)
    if as_graph:
        print("\n".join(_tree(theorems)))
        return 0
    if regenerate or record:
        theorems = [theorem for theorem in theorems if not name or theorem.name in name]
    found = proved(place, theorems, again or regenerate)
    is_whole = len(found) == len(theorems)
    if found and (regenerate or record):
        _kept(found, place, every=is_whole and not name)
    if found and out is not None:
        _written(found, out, place, every=is_whole and not name)
    results = [it.result for it in found]
    if not is_whole:
        tell(f"interrupted: {len(found)} of {len(theorems)} theorems were finished, and are kept where files were asked for")
    if as_json:
        print_json({"theorems": [_brief(result) for result in results]})
    elif results:
        _print_table(results)
        if out is not None:
            print(f"\nclaims, certificates and records, by section: {out}/theorems; a page of them: {out}/theorems/index.html")
    return _code(results) if is_whole else OverBudget.exit_code


def _kept(found: "Sequence[Finding]", proofs: Path, every: bool) -> None:
    """Puts the files beside the scripts; those of theorems that are not as expected stay as they are."""
    from .. import keep

    fit = [it for it in found if it.result.as_expected]
    for it in found:
        if not it.result.as_expected:
            tell(f"{it.name}: not as expected, so its files stay as they are")
    for line in keep.beside(fit, proofs, every):
        tell(line)


def _written(found: "Sequence[Finding]", out: Path, proofs: Path, every: bool) -> None:
    """Puts the files into a folder of their own, with the page."""
    from .. import keep

    def page(folder: Path) -> bytes:
        from ..report import recheck
        from ..report.appendix import document
        from ..report.page import page

        return page(document(recheck.read(recheck.Sources(folder, proofs)))).encode()

    for line in keep.apart(found, proofs, out / "theorems", every, page):
        tell(line)


def _code(results: Sequence[Result]) -> int:
    """0 if every theorem has its expected verdict; 10 if one that should hold is refuted, or the other way round; 3 if one is undecided."""
    unexpected = {result.verdict for result in results if not result.as_expected}
    if unexpected - {Verdict.UNDECIDED}:
        return Rejected.exit_code
    return OverBudget.exit_code if unexpected else 0


def _brief(result: Result) -> dict[str, Any]:
    certificate = next((name for name in result.certificates if name.endswith(".certificate.json")), None)
    said = _solver(result)
    solver = None if said is None else said.name
    return {
        "name": result.theorem.name,
        "grade": result.grade.name,
        "verdict": result.verdict.name,
        "as_expected": result.as_expected,
        "seconds": round(result.seconds, 3),
        "certificate": certificate,
        "solver": solver,
    }


def _print_table(results: Sequence[Result]) -> None:
    width = max(40, shutil.get_terminal_size((120, 40)).columns)
    names = max(len(result.theorem.name) for result in results)
    labels = max(len(result.label) for result in results)
    for result in results:
        room = max(20, width - names - labels - 19)
        text = result.theorem.statement
        if len(text) > room:
            text = text[: room - 1] + "…"
        mark = " " if result.as_expected else "!"
        shown = f"{mark} {result.theorem.name:<{names}}  {text:<{room}}  {result.label:<{labels}}"
        print(f"{shown}  {SOLVER_SAYS[_solver(result)]:<4}{result.seconds:5.1f} s")
    counts = Counter(result.label for result in sorted(results, key=_rank))
    print("\n" + ", ".join(f"{count} {label}" for label, count in counts.items()))
    asked = [result for result in results if _solver(result) is not None]
    if asked:
        agree = [result for result in asked if _solver(result) == result.verdict]
        print(f"z3 was asked too about {len(asked)} of them, and says the same of {len(agree)}")
    for result in results:
        if not result.as_expected:
            reasons = "; ".join(f"{grade.name}: {outcome.detail}" for grade, outcome in result.outcomes)
            hoped = "true" if result.theorem.true else "false"
            print(f"! {result.theorem.name}: expected {hoped}, {result.verdict.name.lower()}: {reasons}")


def _solver(result: Result) -> Verdict | None:
    """What the solver says of a theorem; None where it was not asked."""
    said = [outcome.verdict for grade, outcome in result.outcomes if grade == Grade.SOLVER]
    return said[0] if said else None


def _rank(result: Result) -> tuple[int, int]:
    return result.verdict, result.grade


def _tree(theorems: Sequence[Theorem]) -> list[str]:
    """The graph of theorems in the terminal: each with what it rests on, indented below it."""
    by_name = {theorem.name: theorem for theorem in theorems}
    lines = []
    for theorem in theorems:
        lines.append(theorem.name)
        waiting = [(name, 1) for name in reversed(theorem.rests_on)]
        while waiting:
            name, depth = waiting.pop()
            lines.append("   " * depth + "└─ " + name)
            waiting.extend((below, depth + 1) for below in reversed(by_name[name].rests_on))
    return lines


@click.command("theorems")
@proofs_option
@click.option("--by-slide", is_flag=True, help="Every line of the two lectures, in order, with its theorems.")
@json_option
def theorems(folder: Path | None, by_slide: bool, as_json: bool) -> int:
    """List the theorems, without proving them: by name, or under the lines of the lectures."""
    from .. import slides

    place = folder or proofs_folder()
    listed = scripts(place)
    lines = slides.lines(place)
    if by_slide and not lines:
        raise BadInput(displayed(str(place / slides.NAME)), "expected a list of the slides, found none")
    if as_json and by_slide:
        print_json({"slides": [_row(line) for line in lines]})
    elif as_json:
        print_json({"theorems": [_listed(theorem) for theorem in listed]})
    elif by_slide:
        print("\n".join(_by_slide(lines, {it.name for it in listed if not it.true})))
    else:
        print("\n".join(f"{theorem.name:<36} {_marked(theorem)}" for theorem in listed))
    return 0


def _listed(theorem: Theorem) -> dict[str, Any]:
    return {"name": theorem.name, "statement": theorem.statement, "true": theorem.true}


def _marked(theorem: Theorem) -> str:
    """The statement, marked if it is one that the theorem refutes."""
    return theorem.statement if theorem.true else f"(false) {theorem.statement}"


def _row(line: "Line") -> dict[str, Any]:
    return {
        "lecture": line.lecture,
        "heading": line.heading,
        "line": line.words,
        "theorems": list(line.rows),
        "silent": line.silent,
    }


def _by_slide(lines: Sequence["Line"], false: Collection[str]) -> list[str]:
    """The lines under their lectures and headings, with their theorems below them; those are marked whose statement is false."""
    found: list[str] = []
    lecture = heading = ""
    for line in lines:
        if line.lecture != lecture:
            found.append(line.lecture)
        if (line.lecture, line.heading) != (lecture, heading):
            found.append(f"  {line.heading}")
        lecture, heading = line.lecture, line.heading
        rows = [f"{name} (false)" if name in false else name for name in line.rows]
        found += [f"    {line.words}", f"      {', '.join(rows) or f'({line.silent})'}"]
    return found


@click.command()
@click.argument("name")
@proofs_option
@json_option
def explain(name: str, folder: Path | None, as_json: bool) -> int:
    """One theorem in full: its words, what the slide prints, what was checked, by whom, and the counterexample if it is false."""
    place, theorems = chosen(folder, [name])
    results = {it.name: it.result for it in proved(place, theorems)}
    if name not in results:
        raise KeyboardInterrupt
    result = results[name]
    facts = _facts(result)
    if as_json:
        print_json(facts)
        return _code([result])
    print(f"{facts['name']}  {facts['label']}\n\n{facts['statement']}\n")
    print(f"source          {facts['source']}")
    for label, key in (("the slide says", "says"), ("note", "note")):
        if facts[key]:
            print(f"{label:<15} {facts[key]}")
    if facts["rests_on"]:
        print(f"rests on        {', '.join(facts['rests_on'])}")
    for seen in facts["evidence"]:
        print(f"{seen['grade']:<15} {seen['verdict'].lower()}: {seen['detail']}")
        if seen["counterexample"]:
            point = ", ".join(f"{key} = {value}" for key, value in seen["counterexample"].items())
            print(f"{'':<15} counterexample: {point}")
    if facts["checked"]:
        print("\nwhat was checked:\n" + "\n".join(facts["checked"]))
    return _code([result])


def _facts(result: Result) -> dict[str, Any]:
    """A theorem as plain data: its words, and what was seen of each piece of evidence."""
    theorem = result.theorem
    return {
        "name": theorem.name,
        "statement": theorem.statement,
        "says": theorem.says,
        "source": theorem.source,
        "note": theorem.note,
        "rests_on": list(theorem.rests_on),
        "true": theorem.true,
        "grade": result.grade.name,
        "verdict": result.verdict.name,
        "label": result.label,
        "as_expected": result.as_expected,
        "seconds": round(result.seconds, 1),
        "evidence": [_evidence(grade, outcome) for grade, outcome in result.outcomes],
        "checked": list(result.checked),
    }


def _evidence(grade: Grade, outcome: Outcome) -> dict[str, Any]:
    return {
        "grade": grade.name,
        "verdict": outcome.verdict.name,
        "detail": outcome.detail,
        "counterexample": {name: str(value) for name, value in outcome.counterexample.items()},
    }
