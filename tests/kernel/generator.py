"""Claims and proofs generated at random. What the kernel accepts is judged by something that shares
no code with it.

    python -m tests.kernel.generator 100000            (make nightly)
    python -m tests.kernel.generator 1 --from 4711     (one case again, by its number)

A case is a number. It gives a small vocabulary whose names collide, statements with proofs found by
an untrusted prover that sees
branches as the kernel does, and a certificate, now and then spoilt. If the kernel accepts it, its
printed lines are read and judged.
"""

import argparse
import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from .generated.kernels import Kernel, own
from .generated.models import judged
from .generated.networks import dumps
from .generated.proofs import Prover
from .generated.spoiling import spoilt
from .generated.statements import FALSE, candidate
from .generated.vocabularies import Live

OUT = Path(__file__).parents[2] / "build" / "generated"
BATCH = 500
TITLES = ["generated", "a\n  proved g: 0 < 0", '"', "x" * 100, "\u2200", "HOLDS"]


class Files(NamedTuple):
    """What a stranger hands in, and models of the free symbols for the judge."""

    claim: bytes
    certificate: bytes
    networks: dict[str, bytes]
    models: list[dict[str, Any]]


class Found(AssertionError):
    """An accepted claim that is false or unclear, or an error that is not the kernel's own."""


def case(number: int, kernel: Kernel) -> tuple[Files, Counter[str]]:
    """The files of one case, and how often which rule was used in its proofs."""
    source = random.Random(f"case {number}")
    live = Live(kernel, source)
    live.grow()
    for _ in range(source.choice([0, 0, 0, 1, 2])):
        live.declared(live.definition(), False)
    if source.random() < 0.05:
        live.declared({"assume": live.name(), "for": [], "holds": "0 < 0"}, False)
    goals, items, used = stated(live)
    statement = {"declare": live.declarations, "goals": goals}
    evidence: dict[str, Any] = {"items": [*live.items, *items]}
    if any("assume" in item for item in live.declarations):
        evidence["witness"] = witness(live)
    if source.random() < 0.15:
        statement, evidence = spoilt(statement, evidence, live)
    title = source.choice(TITLES) if source.random() < 0.1 else "generated"
    return files(title, live, statement, evidence), used


def stated(live: Live) -> tuple[list[Any], list[Any], Counter[str]]:
    """Goals, and items with their proofs, in an order; what is proved may be used by what comes
    later.
    """
    source, prover = live.source, Prover(live)
    goals, items, failed, used = list[Any](), list[Any](), list[Any](), Counter[str]()
    for turn in range(source.choice([1, 2, 2, 3])):
        wanted = candidate(prover)
        tried = wanted and prover.prove(wanted.pairs, wanted.text, wanted.moves, wanted.induction)
        if not wanted or not tried:
            continue
        name = live.name() if source.random() < 0.3 else f"s{turn}"
        if live.attempt(live.vocabulary.fresh, name) is None:
            continue
        item = {
            "goal": name,
            "for": wanted.pairs,
            "holds": wanted.text,
            "proof": tried.steps,
            "induction": wanted.induction,
        }
        if not tried.closed:
            failed.append(item)
            continue
        used.update(step[0] for step in tried.steps)
        if any(step[:2] == ["use", "IH"] for step in tried.steps):
            used["IH"] += 1
        as_goal = source.random() < 0.6 or wanted.text in FALSE
        add(live, item, as_goal, goals, items)
        live.vocabulary.facts[name] = prover.context.statement
    if not goals and source.random() < 0.7:
        trivial: dict[str, Any] = {"goal": "s8", "for": [], "holds": "0 <= 0", "induction": None}
        add(live, trivial | {"proof": [["leaf", [["1", [0]]]]]}, True, goals, items)
    elif not goals or source.random() < 0.03:
        for item in failed[-1:]:
            add(live, item, True, goals, items)
    return goals, items, used


def add(
    live: Live, item: dict[str, Any], as_goal: bool, goals: list[Any], items: list[Any]
) -> None:
    """The item as a goal of the claim, or as a lemma of the evidence."""
    proof = {
        "proof": item["proof"],
        **({"induction": item["induction"]} if item["induction"] is not None else {}),
    }
    if as_goal:
        goals.append({key: item[key] for key in ("goal", "for", "holds")})
        items.append({"goal": item["goal"], **proof})
    else:
        items.append({"lemma": item["goal"], "for": item["for"], "holds": item["holds"], **proof})


def witness(live: Live) -> dict[str, Any]:
    """Definitions for the free symbols, and proofs of the assumptions as far as they go."""
    declared = [item for item in live.declarations if not {"free", "assume"} & set(item)]
    for each in live.assumptions:
        for item in each.witness:
            same = [
                i
                for i, other in enumerate(declared)
                if other.get("define") == item.get("define", 0)
            ]
            declared = (
                [*declared[: same[0]], item, *declared[same[0] + 1 :]]
                if same
                else [*declared, item]
            )
    free = [item for item in live.declarations if "free" in item]
    covered = {item.get("define") for item in declared}
    for item in free:
        if item["free"] not in covered and live.source.random() < 0.97:
            pairs = [[f"q{i}", sort] for i, sort in enumerate(item["arguments"])]
            declared.append(
                {
                    "define": item["free"],
                    "for": pairs,
                    "sort": item["sort"],
                    "cases": [],
                    "otherwise": "0",
                }
            )
    model = Live.__new__(Live)
    model.__dict__.update(live.__dict__)
    model.vocabulary = model.vocabulary_of(live.networks)
    for item in declared:
        model.attempt(model.vocabulary.declare, item, False)
    prover, items = Prover(model), list[Any]()
    for each in live.assumptions:
        item = next(item for item in each.declare if "assume" in item)
        tried = prover.prove(item["for"], item["holds"], each.moves)
        items.append({"goal": item["assume"], "proof": tried.steps if tried else []})
    return {"declare": declared, "items": items}


def files(title: str, live: Live, statement: Any, evidence: Any) -> Files:
    hashes = {key: hashlib.sha256(data).hexdigest() for key, data in live.networks.items()}
    claim = dumps({"format": "claim/1", "name": title, "networks": hashes, "statement": statement})
    digest = hashlib.sha256(claim).hexdigest()
    certificate = dumps({"format": "certificate/1", "claim": digest, "evidence": evidence})
    networks = {hashlib.sha256(data).hexdigest(): data for data in live.networks.values()}
    families = [each.models for each in live.assumptions]
    models = [dict[str, Any]() for _ in range(3)] if families else []
    for i, model in enumerate(models):
        for each in families:
            model.update(each[i % len(each)])
    return Files(claim, certificate, networks, models)


def outcome(number: int, kernel: Kernel, out: Path = OUT) -> tuple[str, Counter[str]]:
    """What happened to a case, and the rules in its proofs.

    Raises `Found`, after writing the files out.
    """
    own_error = kernel.DepthproofError
    made: Files | None = None
    try:
        made, used = case(number, kernel)
        lines = kernel.check(made.claim, made.certificate, made.networks.__getitem__)
    except own_error as error:
        return type(error).__name__, Counter()
    except Exception as error:
        if not inside(kernel, error):
            raise
        if isinstance(error, KeyError) and error.args and len(str(error.args[0])) == 64:
            return "another network", Counter()
        raise Found(
            written(number, made, f"RAISES: {type(error).__name__}: {error}", out)
        ) from error
    evidence = json.loads(made.certificate)["evidence"]
    source = random.Random(f"judge {number}")
    wrong = judged(lines, made.networks.__getitem__, made.models, evidence.get("witness"), source)
    if wrong:
        raise Found(written(number, made, wrong, out, lines))
    return "accepted", used


def inside(kernel: Kernel, error: Exception) -> bool:
    """Whether the error comes out of the kernel, or out of what it calls."""
    names = {module.__name__ for module in kernel.modules.values()}
    frame = error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_globals.get("__name__") in names:
            return True
        frame = frame.tb_next
    return False


def written(
    number: int, made: Files | None, wrong: str, out: Path, lines: Iterable[str] = ()
) -> str:
    """A message for a reader, the files being written out."""
    if made is None:
        return f"case {number}: {wrong} (while it was made)"
    folder = out / f"case{number}"
    (folder / "networks").mkdir(parents=True, exist_ok=True)
    (folder / "case.claim.json").write_bytes(made.claim)
    (folder / "case.certificate.json").write_bytes(made.certificate)
    for digest, data in made.networks.items():
        (folder / "networks" / f"{digest}.json").write_bytes(data)
    (folder / "judged.txt").write_text("\n".join([wrong, *lines]) + "\n", "utf-8")
    return "\n".join([f"case {number}: {wrong}", f"files: {folder}", *lines])


def outcomes(
    first: int, count: int, kernel: Kernel | None = None
) -> Iterator[tuple[str, Counter[str]]]:
    """What happened to the cases from `first` on."""
    kernel = kernel or own()
    for number in range(first, first + count):
        yield outcome(number, kernel)


def counted(span: tuple[int, int]) -> tuple[Counter[str], list[str]]:
    """How often what happened, with the findings."""
    seen, findings, kernel = Counter[str](), list[str](), own()
    for number in range(*span):
        try:
            what, used = outcome(number, kernel)
        except Found as error:
            what, used = "FOUND", Counter()
            findings.append(str(error))
        seen[what] += 1
        if what == "accepted":
            seen.update(f"accepted proofs with {rule}" for rule in used)
    return seen, findings


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    end = given.first + given.count
    spans = [(start, min(start + BATCH, end)) for start in range(given.first, end, BATCH)]
    seen, findings, done = Counter[str](), list[str](), 0
    with ProcessPoolExecutor(given.processes) as pool:
        for span, (some, new) in zip(spans, pool.map(counted, spans), strict=True):
            seen.update(some)
            findings += new
            done += span[1] - span[0]
            print(
                f"{done} cases, {seen['accepted']} accepted, {len(findings)} found", file=sys.stderr
            )
            for finding in new:
                print(finding, flush=True)
    for what, number in sorted(seen.items()):
        print(f"{number:9} {what}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
