"""The appendix of a paper: every statement with what stands behind it today, as one document for page, PDF and TeX."""

import shlex
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..kernel.errors import DepthproofError
from ..theorem import Grade
from . import claims, graph
from . import document as d
from .escape import anchor
from .picture import Picture
from .recheck import Certificate, Entry, Record

TITLE = "Certified statements about ReLU networks"
ERRATA = "Errata to the lectures, with counterexamples"
SEMANTICS = (
    "Every statement is about the exact real functions that the given rational weights define, not about their execution in float32. "
    "Reading a network from ONNX or another foreign format is outside the certificates: they speak of the exact network whose SHA-256 they "
    "name."
)
GRADES = {
    "KERNEL": "two checkers accepted a certificate: a small one in Python, when this was built, and one that is proved sound in Coq; "
    "no solver is trusted",
    "COQ": "coqc accepted it, as recorded with the hashes of the sources; shown as coqc prints it",
    "CHECKED": "the Python checker accepts a certificate; the proved one was not asked, or the soundness of a rule is argued in words",
    "SOLVER": "z3 says unsat, as recorded",
    "INSTANCES": "checked exactly, for the listed cases only, as recorded",
    "CITED": "in the literature",
    "OPEN": "not settled here",
}

OF_CLAIMS = ("KERNEL", "CHECKED", "OPEN")  # the grades that a claim alone can have
GLOSS = "Words are the authors’ gloss. "
BOXES = "Boxes show what a checker read: mathematics set from the claim that the kernel checked."
OF_COQ = ", and Coq’s statements as coqc prints them."


@dataclass(frozen=True)
class Extras:
    """What the appendix shows beyond the theorems: a folder of networks, the frontier's table, recorded timings; what is missing is left
    out."""

    networks: Path | None = None
    frontier: Path | None = None
    benchmarks: Path | None = None


def by_slide(record: Record) -> Record:
    """The record with its theorems as the lectures come to them, not by name."""
    place = {name: number for number, name in enumerate(record.in_order)}
    entries = sorted(record.entries, key=lambda entry: place.get(entry.name, len(place)))
    return replace(record, entries=tuple(entries))


def document(record: Record, extras: Extras | None = None) -> d.Document:
    """The document; the same files give the same document."""
    names = frozenset(entry.name for entry in record.entries)
    blocks: list[d.Block] = [
        d.Heading(1, d.text(TITLE)),
        d.Paragraph(d.text(SEMANTICS)),
        *_warnings(record),
        *_summary(record),
        *([] if record.folder else _graph(record.entries)),
        *([] if record.folder else _errata(record)),
        d.Heading(2, d.text("Statements"), "statements"),
        d.Paragraph([d.Text(BOXES if record.folder else f"{GLOSS}{BOXES[:-1]}{OF_COQ}", "quiet")]),
        *(block for entry in record.entries for block in statement(entry)),
    ]  # fmt: skip
    images: dict[str, Picture] = {}
    if extras is not None:
        more, images = _tables(extras, is_own=bool(record.folder))
        blocks += more
    return d.Document(TITLE, [*blocks, *_certificates(record), *_provenance(record)], names, images)


def errata(record: Record) -> d.Document:
    """Only what the slides print that is not so, or is less than what is true."""
    wanted = [entry for entry in record.entries if _is_false(entry) or entry.facts["says"]]
    names = frozenset(entry.name for entry in wanted if _is_false(entry))
    blocks: list[d.Block] = [
        d.Heading(1, d.text(ERRATA)),
        d.Paragraph(d.text(SEMANTICS)),
        *_warnings(record),
        *_errata(record, alone=True),
        *_certificates(replace(record, entries=tuple(wanted))),
        *_provenance(replace(record, entries=tuple(wanted))),
    ]
    return d.Document(ERRATA, blocks, names)


def _warnings(record: Record) -> list[d.Block]:
    if not record.complaints:
        return []
    rows: list[tuple[str, d.Line]] = [(f"{number}", d.text(line)) for number, (_, line) in enumerate(record.complaints, 1)]
    return [d.Heading(2, d.text("What does not stand"), "broken"), d.Facts(rows)]


def _summary(record: Record) -> list[d.Block]:
    counts = Counter(entry.label for entry in sorted(record.entries, key=lambda entry: (entry.refuted, entry.support)))
    what = f"claims in {record.folder}" if record.folder else "statements"
    said = ", ".join(f"{count} {label}" for label, count in counts.items())
    rows: list[list[d.Line]] = [
        [[d.Reference(entry.name)], [d.Prose(entry.facts["statement"])], _badges(entry)] for entry in record.entries
    ]
    graded = [grade for grade in GRADES if not record.folder or grade in OF_CLAIMS]
    meanings: list[tuple[str, d.Line]] = [(grade, d.text(GRADES[grade])) for grade in graded]
    refuted = "an exact counterexample, with the grade of its own evidence"
    return [
        d.Heading(2, d.text("Summary"), "summary"),
        d.Paragraph(d.text(f"{len(record.entries)} {what}: {said}. Grades, best first; none is shown better than what it rests on:")),
        d.Facts([*meanings, ("REFUTED", d.text(refuted))]),
        d.Table([], ["name", "statement", "grade"], rows, shares=(6, 12, 4)),
    ]


def _badges(entry: Entry) -> d.Line:
    grade = d.Badge(entry.support.name, entry.support.name)
    state = [d.Badge("broken", entry.state)] if entry.state else []
    return [*([d.Badge("REFUTED", "REFUTED")] if entry.refuted else []), grade, *state]


def _graph(entries: Sequence[Entry]) -> list[d.Block]:
    caption = (
        "Border: the grade of a statement’s own evidence. Fill: the grade of all that it rests on together. An arrow leads from what is "
        "used to what uses it. Letters: K kernel, C Coq, P Python checker, S solver, I instances, L literature, O open; × refuted. Dashed: "
        "stale, altered or missing. Hatched: rests on something open."
    )
    words = "The graph of theorems."
    return [d.Heading(2, d.text("Graph"), "graph"), d.Figure("graph", d.text(caption), graph.drawn(entries), words)]


def _is_false(entry: Entry) -> bool:
    return entry.facts.get("true") is False or entry.refuted


def _errata(record: Record, alone: bool = False) -> list[d.Block]:
    """What the slides print that is not so, or is less than what is true, in the order of the slides. Alone, the theorems have their
    anchors here, and their certificates are named here."""
    entries = by_slide(record).entries
    false = [entry for entry in entries if _is_false(entry)]
    other = [entry for entry in entries if entry.facts["says"] and entry not in false]
    blocks: list[d.Block] = [d.Heading(2, d.text("Errata"), "errata")]
    blocks.append(
        d.Paragraph(d.text(f"{len(false)} statements of the source are false as they are printed; each has an exact counterexample."))
    )
    for entry in false:
        rows: list[tuple[str, d.Line]] = [("where", d.text(entry.facts["source"]))]
        rows += [("the slide prints", [d.Prose(entry.facts["says"])])] if entry.facts["says"] else []
        rows += [("read as", [d.Prose(entry.facts["statement"])])]
        rows += [("counterexample", _counterexample(seen)) for seen in entry.facts["evidence"] if seen["counterexample"]]
        rows += [("what is true", [d.Prose(entry.facts["note"])])] if entry.facts["note"] else []
        rows += [("evidence", _badges(entry))]
        heading = d.Heading(3, [d.Reference(entry.name)])
        if alone:
            rows += [_file(certificate) for certificate in entry.certificates]
            heading = d.Heading(3, [d.Text(entry.name, "code")], anchor(entry.name))
        blocks += [heading, d.Facts(rows)]
    if other:
        lines: list[list[d.Line]] = [
            [[d.Reference(entry.name)], [d.Prose(entry.facts["says"])], [d.Prose(entry.facts["statement"])]] for entry in other
        ]
        blocks.append(
            d.Table(
                d.text("Where the source says less, or says it otherwise."),
                ["name", "the slide says", "shown here"],
                lines,
                shares=(4, 6, 9),
            )
        )
    return blocks


def _counterexample(seen: Any) -> d.Line:
    values = ", ".join(f"{name} = {value}" for name, value in seen["counterexample"].items())
    return [d.Text(f"{values}. "), d.Prose(seen["detail"])]


def statement(entry: Entry) -> list[d.Block]:
    """One theorem with its evidence, under a heading with its anchor."""
    facts = entry.facts
    rows: list[tuple[str, d.Line]] = [("grade", _badges(entry))]
    if entry.own != entry.support:
        rows.append(("own evidence", [d.Badge(entry.own.name, entry.own.name)]))
    rows += [(entry.state, d.text(reason)) for reason in entry.reasons]
    rows += [("source", d.text(facts["source"]))] if facts["source"] else []
    if facts["rests_on"]:
        rows.append(("rests on", [part for name in facts["rests_on"] for part in (d.Text(", "), d.Reference(name))][1:]))
    rows += [("the slide says", [d.Prose(facts["says"])])] if facts["says"] else []
    rows += [("note", [d.Prose(facts["note"])])] if facts["note"] else []
    for seen in facts["evidence"]:
        if seen["detail"]:
            rows.append((seen["grade"], [d.Text(f"{str(seen['verdict']).lower()}: "), d.Prose(seen["detail"])]))
        rows += [("counterexample", _counterexample({**seen, "detail": ""}))] if seen["counterexample"] else []
    rows += [_file(certificate) for certificate in entry.certificates]
    checked = [block for certificate in entry.certificates for block in shown(certificate)]
    coq = [d.Listing(f"Coq: {it['name']}, as coqc prints it", f"{it['name']} : {it['statement']}{_assumes(it)}") for it in entry.coq]
    return [
        d.Heading(3, [d.Text(entry.name, "code")], anchor(entry.name)),
        d.Paragraph([d.Prose(facts["statement"])]),
        d.Facts(rows),
        *checked,
        *coq,
    ]


def _assumes(theorem: Any) -> str:
    assumed = theorem["assumptions"]
    return f"\nAssumes: {', '.join(map(str, assumed))}" if assumed else "\nClosed under the global context"


def _file(certificate: Certificate) -> tuple[str, d.Line]:
    timed = f", re-checked in {certificate.checking * 1000:.0f} ms when recorded" if certificate.checking is not None else ""
    size = f"{certificate.size:,} bytes{timed}{_by(certificate)}, SHA-256 ".replace(",", "\u202f", 1 if certificate.size > 999 else 0)
    return (
        "certificate",
        [d.Text(certificate.name, "code"), d.Text(f", {size}".replace("\u202f", ",")), d.Text(certificate.sha256 or "none", "code")],
    )


def _by(certificate: Certificate) -> str:
    """Which checkers accepted it, and when."""
    if certificate.state != "holds":
        return ""
    second = {
        "now": " and by depthcheck, proved in Coq, both now",
        "as recorded": " now, by depthcheck, proved in Coq, as recorded",
    }
    return f", accepted by the Python kernel{second.get(certificate.second, ' now; depthcheck was not asked')}"


def shown(certificate: Certificate) -> list[d.Block]:
    """What the checkers accepted: as mathematics, and as they print it. Nothing, if they did not."""
    if certificate.state != "holds":
        return []
    return [_read(certificate), d.Printed(certificate.name, "\n".join(certificate.lines))]


def certificates(record: Record) -> d.Document:
    """Only the certificates that stand, each once: the page of a bundle."""
    everything = [certificate for entry in record.entries for certificate in entry.certificates]
    blocks: list[d.Block] = [
        d.Heading(1, d.text("Certificates, to be checked again")),
        d.Paragraph(d.text(SEMANTICS)),
        d.Heading(2, d.text("Certificates"), "certificates-shown"),
    ]
    for certificate in {it.name: it for it in everything if it.state == "holds"}.values():
        name = [d.Text(certificate.name, "code")]
        blocks += [d.Heading(3, name, anchor(certificate.name)), d.Facts([_file(certificate)])]
        blocks += shown(certificate)
    return d.Document("Certificates, to be checked again", blocks)


def _read(certificate: Certificate) -> d.Block:
    """What the kernel checked: its claim as mathematics, and its own last words; as plain text where that cannot be."""
    title = f"Checked by the kernel: {certificate.name}"
    try:
        usual, lines = claims.lines(certificate.claim)
    except DepthproofError:
        return d.Listing(title, "\n".join(certificate.lines))
    said = [line.strip() for line in certificate.lines]
    used = [line for line in said[1:] if line.startswith(("floor(x) is ", "div(a, b) is ", "for any x", "The assumptions "))]
    extra: list[d.Line] = [[d.Text(line, "quiet")] for line in used]
    return d.Statement(title, [*lines, *extra], usual)


def _tables(extras: Extras, is_own: bool) -> tuple[list[d.Block], dict[str, Picture]]:
    """What is beside the statements; of a user's own claims, only what the user named."""
    from . import tables

    blocks: list[d.Block] = [] if is_own else tables.separation()
    images: dict[str, Picture] = {}
    found = list(tables.networks(extras.networks)) if extras.networks is not None and extras.networks.is_dir() else []
    parts: list[Callable[[], tables.Part]] = [lambda: tables.functions(found), lambda: tables.piece_counts(found)] if found else []
    frontier, timings = extras.frontier, extras.benchmarks
    parts += [lambda: tables.frontier(frontier)] if frontier is not None else []
    for part in parts:
        more, pictured = part()
        blocks += more
        images |= pictured
    blocks += tables.benchmarks(timings) if timings is not None else []
    heading = [d.Heading(2, d.text("Tables and pictures"), "tables")] if blocks else []
    return [*heading, *blocks], images


def _certificates(record: Record) -> list[d.Block]:
    """Every certificate that stands here, by name, with the theorems that it is for."""
    used: dict[str, list[str]] = {}
    found: dict[str, Certificate] = {}
    for entry in record.entries:
        for it in entry.certificates:
            used.setdefault(it.name, []).append(entry.name)
            found[it.name] = it
    if not found:
        return []
    rows = [_certificate(it, used[name]) for name, it in sorted(found.items())]
    head = ["certificate", "theorems", "bytes", "SHA-256"]
    caption = d.text("Behind each name: NAME.claim.json and NAME.certificate.json; the hash is the latter’s.")
    table = d.Table(caption, head, rows, frozenset({2}), (6, 6, 2, 8))
    return [d.Heading(2, d.text("Certificates"), "certificates"), table]


def _certificate(it: Certificate, theorems: Sequence[str]) -> list[d.Line]:
    links = [part for name in theorems for part in (d.Text(", "), d.Reference(name))][1:]
    state = it.sha256 if it.state == "holds" else it.state
    return [[d.Text(it.name, "code")], links, d.text(f"{it.size:,}"), [d.Text(state, "code")]]


def _provenance(record: Record) -> list[d.Block]:
    kernel = sum(len(entry.certificates) for entry in record.entries)
    size = sum(certificate.size for entry in record.entries for certificate in entry.certificates)
    timed = sum(certificate.checking or 0 for entry in record.entries for certificate in entry.certificates)
    rows: list[tuple[str, d.Line]] = [(name, d.text(version)) for name, version in record.versions.items()]
    again, whose, when = "proofs/*/*.claim.json", "records", f"in {timed:.1f} s when they were recorded. Recorded with:"
    if record.folder:
        again, whose, when = shlex.quote(record.folder), "claims", "now, with:"
    else:
        rows.append(("Coq", d.text(record.coq)))
    rows.append((whose, [d.Text("SHA-256 of all of them "), d.Text(record.sha256, "code")]))
    again = f"python3 -I -S verify/kernel/__main__.py {again}"
    return [
        d.Heading(2, d.text("Versions, and how to check this again"), "versions"),
        d.Paragraph(d.text(f"{kernel} certificates of {size:,} bytes together, re-checked {when}")),
        d.Facts(rows),
        d.Paragraph(d.text("The kernel needs nothing but Python’s standard library:")),
        d.Listing("in a shell", again),
        d.Paragraph(
            d.text("depthproof appendix builds this again, with the same bytes; depthproof bundle packs claims, certificates and kernel.")
        ),
    ]


def worst(record: Record) -> Grade:
    """The worst grade of all."""
    return max((entry.support for entry in record.entries), default=Grade.OPEN)
