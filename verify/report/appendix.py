"""The appendix of a paper: every statement with what stands behind it today, as one document for page, PDF and TeX."""

import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..kernel.errors import DepthproofError
from . import claims, graph
from . import document as d
from .escape import anchor
from .picture import Picture
from .recheck import Certificate, Entry, Record

TITLE = "Certified statements about ReLU networks"
ERRATA = "Errata to the lectures, with counterexamples"
SEMANTICS = (
    "Every statement is about the exact real functions that the given rational weights define, "
    "not about their execution in float32. Reading a network from ONNX or another foreign format "
    "is outside the certificates: they speak of the exact network whose SHA-256 they name."
)
GRADES = {
    "KERNEL": "two checkers accepted a certificate: a small one in Python, when this was built, "
    "and one that is proved sound in Coq; no solver is trusted",
    "COQ": "coqc accepted it, as recorded with the hashes of the sources; shown as coqc prints it",
    "CHECKED": "the Python checker accepts a certificate; the proved one was not asked, "
    "or the soundness of a rule is argued in words",
    "SOLVER": "z3 says unsat, as recorded",
    "INSTANCES": "checked exactly, for the listed cases only, as recorded",
    "CITED": "in the literature",
    "OPEN": "not settled here",
}
OF_CLAIMS = ("KERNEL", "CHECKED", "OPEN")  # the grades that a claim alone can have
BOXES = "Boxes show what a checker read: mathematics set from the claim that the kernel checked"
BOXES_OF_THEOREMS = f"Words are the authors’ gloss. {BOXES}, and Coq’s statements as coqc prints them."
# How the kernel's last lines begin, which say what words of a claim mean.
_LAST_WORDS = ("floor(x) is ", "div(a, b) is ", "for any x", "The assumptions ")

Fact = tuple[str, d.Line]  # a label, and what is said of it


@dataclass(frozen=True)
class Extras:
    """What the appendix shows beyond the theorems: a folder of networks, the frontier's table, recorded timings.

    What is missing is left out.
    """

    networks: Path | None = None
    frontier: Path | None = None
    benchmarks: Path | None = None


def by_slide(record: Record) -> Record:
    """The record with its theorems as the lectures come to them, not by name."""
    place = {name: number for number, name in enumerate(record.in_order)}
    entries = sorted(record.entries, key=lambda entry: place.get(entry.name, len(place)))
    return replace(record, entries=tuple(entries))


def document(record: Record, extras: Extras | None = None) -> d.Document:
    """The document; the same files give the same document.

    >>> empty = Record((), {}, "", "not recorded")
    >>> document(empty).title
    'Certified statements about ReLU networks'
    """
    names = frozenset(entry.name for entry in record.entries)
    blocks: list[d.Block] = [
        d.Heading(1, d.text(TITLE)),
        d.Paragraph(d.text(SEMANTICS)),
        *_warnings(record),
        *_summary(record),
    ]
    boxes = f"{BOXES}."
    if not record.is_own:
        blocks += [*_graph(record.entries), *_errata(record)]
        boxes = BOXES_OF_THEOREMS
    blocks += [d.Heading(2, d.text("Statements"), "statements"), d.Paragraph([d.Text(boxes, "quiet")])]
    for entry in record.entries:
        blocks += statement(entry)
    images: dict[str, Picture] = {}
    if extras is not None:
        more, images = _tables(extras, record.is_own)
        blocks += more
    return d.Document(TITLE, [*blocks, *_certificates(record), *_provenance(record)], names, images)


def errata(record: Record) -> d.Document:
    """Only what the slides print that is not so, or is less than what is true.

    >>> errata(Record((), {}, "", "not recorded")).title
    'Errata to the lectures, with counterexamples'
    """
    wanted = [entry for entry in record.entries if _is_false(entry) or entry.facts["says"]]
    names = frozenset(entry.name for entry in wanted if _is_false(entry))
    shown_here = replace(record, entries=tuple(wanted))
    blocks: list[d.Block] = [
        d.Heading(1, d.text(ERRATA)),
        d.Paragraph(d.text(SEMANTICS)),
        *_warnings(record),
        *_errata(record, alone=True),
        *_certificates(shown_here),
        *_provenance(shown_here),
    ]
    return d.Document(ERRATA, blocks, names)


def _warnings(record: Record) -> list[d.Block]:
    if not record.complaints:
        return []
    rows = []
    for number, (_, line) in enumerate(record.complaints, 1):
        rows.append((f"{number}", d.text(line)))
    return [d.Heading(2, d.text("What does not stand"), "broken"), d.Facts(rows)]


def _summary(record: Record) -> list[d.Block]:
    best_first = sorted(record.entries, key=lambda entry: (entry.refuted, entry.support))
    counts = Counter(entry.label for entry in best_first)
    said = ", ".join(f"{count} {label}" for label, count in counts.items())
    what, graded = "statements", tuple(GRADES)
    if record.is_own:
        what, graded = f"claims in {record.folder}", OF_CLAIMS
    grades = "Grades, best first; none is shown better than what it rests on:"
    meanings = [(grade, d.text(GRADES[grade])) for grade in graded]
    refuted = "an exact counterexample, with the grade of its own evidence"
    rows: list[Sequence[d.Line]] = []
    for entry in record.entries:
        rows.append([[d.Reference(entry.name)], [d.Prose(entry.facts["statement"])], _badges(entry)])
    return [
        d.Heading(2, d.text("Summary"), "summary"),
        d.Paragraph(d.text(f"{len(record.entries)} {what}: {said}. {grades}")),
        d.Facts([*meanings, ("REFUTED", d.text(refuted))]),
        d.Table([], ["name", "statement", "grade"], rows, shares=(6, 12, 4)),
    ]


def _badges(entry: Entry) -> d.Line:
    badges = [d.Badge("REFUTED", "REFUTED")] if entry.refuted else []
    badges.append(d.Badge(entry.support.name, entry.support.name))
    if entry.state:
        badges.append(d.Badge("broken", entry.state))
    return badges


def _graph(entries: Sequence[Entry]) -> list[d.Block]:
    caption = (
        "Border: the grade of a statement’s own evidence. Fill: the grade of all that it rests on together. "
        "An arrow leads from what is used to what uses it. Letters: K kernel, C Coq, P Python checker, S solver, "
        "I instances, L literature, O open; × refuted. Dashed: stale, altered or missing. "
        "Hatched: rests on something open."
    )
    words = "The graph of theorems."
    return [d.Heading(2, d.text("Graph"), "graph"), d.Figure("graph", d.text(caption), graph.drawn(entries), words)]


def _is_false(entry: Entry) -> bool:
    return entry.facts.get("true") is False or entry.refuted


def _errata(record: Record, alone: bool = False) -> list[d.Block]:
    """What the slides print that is not so, or is less than what is true, in the order of the slides.

    Alone, the theorems have their anchors here, and their certificates are named here.
    """
    entries = by_slide(record).entries
    false = [entry for entry in entries if _is_false(entry)]
    other = [entry for entry in entries if entry.facts["says"] and not _is_false(entry)]
    counted = f"{len(false)} statements of the source are false as they are printed; each has an exact counterexample."
    blocks: list[d.Block] = [d.Heading(2, d.text("Errata"), "errata"), d.Paragraph(d.text(counted))]
    for entry in false:
        blocks += _erratum(entry, alone)
    if other:
        caption, head = "Where the source says less, or says it otherwise.", ["name", "the slide says", "shown here"]
        rows = [_otherwise(entry) for entry in other]
        blocks.append(d.Table(d.text(caption), head, rows, shares=(4, 6, 9)))
    return blocks


def _erratum(entry: Entry, alone: bool) -> list[d.Block]:
    """A statement that is false as it is printed, with its counterexample, and what is true instead."""
    facts = entry.facts
    rows: list[Fact] = [("where", d.text(facts["source"]))]
    if facts["says"]:
        rows.append(("the slide prints", [d.Prose(facts["says"])]))
    rows.append(("read as", [d.Prose(facts["statement"])]))
    rows += [_counterexample(seen, seen["detail"]) for seen in facts["evidence"] if seen["counterexample"]]
    if facts["note"]:
        rows.append(("what is true", [d.Prose(facts["note"])]))
    rows.append(("evidence", _badges(entry)))
    if not alone:
        return [d.Heading(3, [d.Reference(entry.name)]), d.Facts(rows)]
    rows += [_file(certificate) for certificate in entry.certificates]
    return [d.Heading(3, [d.Text(entry.name, "code")], anchor(entry.name)), d.Facts(rows)]


def _otherwise(entry: Entry) -> list[d.Line]:
    """What the slide says, beside what is shown here."""
    return [[d.Reference(entry.name)], [d.Prose(entry.facts["says"])], [d.Prose(entry.facts["statement"])]]


def _counterexample(seen: Mapping[str, Any], detail: str) -> Fact:
    values = ", ".join(f"{name} = {value}" for name, value in seen["counterexample"].items())
    return ("counterexample", [d.Text(f"{values}. "), d.Prose(detail)])


def statement(entry: Entry) -> list[d.Block]:
    """One theorem with its evidence, under a heading with its anchor."""
    heading = d.Heading(3, [d.Text(entry.name, "code")], anchor(entry.name))
    blocks: list[d.Block] = [heading, d.Paragraph([d.Prose(entry.facts["statement"])]), d.Facts(_rows(entry))]
    for certificate in entry.certificates:
        blocks += shown(certificate)
    for it in entry.coq:
        title = f"Coq: {it['name']}, as coqc prints it"
        blocks.append(d.Listing(title, f"{it['name']} : {it['statement']}\n{_assumes(it['assumptions'])}"))
    return blocks


def _rows(entry: Entry) -> list[Fact]:
    """What is said of a theorem, its evidence and its certificates, a line each."""
    facts = entry.facts
    rows: list[Fact] = [("grade", _badges(entry))]
    if entry.own != entry.support:
        rows.append(("own evidence", [d.Badge(entry.own.name, entry.own.name)]))
    rows += [(entry.state, d.text(reason)) for reason in entry.reasons]
    if facts["source"]:
        rows.append(("source", d.text(facts["source"])))
    if facts["rests_on"]:
        rows.append(("rests on", _links(facts["rests_on"])))
    if facts["says"]:
        rows.append(("the slide says", [d.Prose(facts["says"])]))
    if facts["note"]:
        rows.append(("note", [d.Prose(facts["note"])]))
    for seen in facts["evidence"]:
        if seen["detail"]:
            verdict = d.Text(f"{str(seen['verdict']).lower()}: ")
            rows.append((seen["grade"], [verdict, d.Prose(seen["detail"])]))
        if seen["counterexample"]:
            rows.append(_counterexample(seen, ""))
    return rows + [_file(certificate) for certificate in entry.certificates]


def _links(names: Sequence[str]) -> d.Line:
    """Links to these theorems, with commas between."""
    line: list[d.Inline] = []
    for name in names:
        if line:
            line.append(d.Text(", "))
        line.append(d.Reference(name))
    return line


def _assumes(assumptions: Sequence[str]) -> str:
    """The axioms that a Coq theorem uses, as coqc prints them."""
    if not assumptions:
        return "Closed under the global context"
    return f"Assumes: {', '.join(map(str, assumptions))}"


def _file(certificate: Certificate) -> Fact:
    """A certificate's file: its size, who accepted it, its hash."""
    said = f", {certificate.size:,} bytes"
    if certificate.checking is not None:
        said += f", re-checked in {certificate.checking * 1000:.0f} ms when recorded"
    said += f"{_by(certificate)}, SHA-256 "
    digest = certificate.sha256 or "none"
    return ("certificate", [d.Text(certificate.name, "code"), d.Text(said), d.Text(digest, "code")])


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
    """Only the certificates that stand, each once: the page of a bundle.

    >>> certificates(Record((), {}, "", "not recorded")).title
    'Certificates, to be checked again'
    """
    title = "Certificates, to be checked again"
    blocks: list[d.Block] = [
        d.Heading(1, d.text(title)),
        d.Paragraph(d.text(SEMANTICS)),
        d.Heading(2, d.text("Certificates"), "certificates-shown"),
    ]
    standing = {it.name: it for it in record.certificates if it.state == "holds"}
    for name, certificate in standing.items():
        blocks += [d.Heading(3, [d.Text(name, "code")], anchor(name)), d.Facts([_file(certificate)])]
        blocks += shown(certificate)
    return d.Document(title, blocks)


def _read(certificate: Certificate) -> d.Block:
    """What the kernel checked: its claim as mathematics, and its own last words; as plain text where that cannot be."""
    title = f"Checked by the kernel: {certificate.name}"
    try:
        usual, lines = claims.lines(certificate.claim)
    except DepthproofError:
        return d.Listing(title, "\n".join(certificate.lines))
    said = [line.strip() for line in certificate.lines[1:]]
    last = [[d.Text(line, "quiet")] for line in said if line.startswith(_LAST_WORDS)]
    return d.Display(title, [*lines, *last], usual)


def _tables(extras: Extras, is_own: bool) -> tuple[list[d.Block], dict[str, Picture]]:
    """What is beside the statements; of a user's own claims, only what the user named."""
    from . import tables

    parts = []
    if extras.networks is not None and extras.networks.is_dir():
        found = list(tables.networks(extras.networks))
        if found:
            parts += [tables.functions(found), tables.piece_counts(found)]
    if extras.frontier is not None:
        parts.append(tables.frontier(extras.frontier))
    blocks = [] if is_own else tables.separation()
    images: dict[str, Picture] = {}
    for part in parts:
        blocks += part.blocks
        images |= part.images
    if extras.benchmarks is not None:
        blocks += tables.benchmarks(extras.benchmarks)
    if blocks:
        blocks.insert(0, d.Heading(2, d.text("Tables and pictures"), "tables"))
    return blocks, images


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
    state = it.sha256 if it.state == "holds" else it.state
    return [[d.Text(it.name, "code")], _links(theorems), d.text(f"{it.size:,}"), [d.Text(state, "code")]]


def _provenance(record: Record) -> list[d.Block]:
    found = record.certificates
    size = sum(certificate.size for certificate in found)
    seconds = sum(certificate.checking or 0 for certificate in found)
    counted = f"{len(found)} certificates of {size:,} bytes together"
    together = [d.Text("SHA-256 of all of them "), d.Text(record.sha256, "code")]
    rows: list[Fact] = [(name, d.text(version)) for name, version in record.versions.items()]
    if record.is_own:
        when, claims_checked = "now, with:", shlex.quote(record.folder)
        rows.append(("claims", together))
    else:
        when, claims_checked = f"in {seconds:.1f} s when they were recorded. Recorded with:", "proofs/*/*.claim.json"
        rows += [("Coq", d.text(record.coq)), ("records", together)]
    again = "depthproof appendix builds this again, with the same bytes"
    packed = "depthproof bundle packs claims, certificates and kernel"
    return [
        d.Heading(2, d.text("Versions, and how to check this again"), "versions"),
        d.Paragraph(d.text(f"{counted}, re-checked {when}")),
        d.Facts(rows),
        d.Paragraph(d.text("The kernel needs nothing but Python’s standard library:")),
        d.Listing("in a shell", f"python3 -I -S verify/kernel/__main__.py {claims_checked}"),
        d.Paragraph(d.text(f"{again}; {packed}.")),
    ]
