"""A paper held against what stands: each name that it cites is found, re-checked, and compared with what it says.

What stands becomes the file from which `depthproof.sty` prints.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..claim import Claim
from ..kernel.check import CLAIM
from ..kernel.errors import BadInput, DepthproofError, OverBudget, Rejected, displayed
from ..layout import RECORD, places
from ..spelling import nearest
from ..theorem import Grade
from . import appendix, claims, recheck
from . import document as d
from .escape import anchor
from .paper_source import Citation
from .recheck import Certificate, Entry, Sources
from .tex_file import SETTING, Writer, breakable

CITED, STYLE = "depthproof-cited.tex", "depthproof.sty"
REFUTED = "REFUTED"
WRONG = Rejected.exit_code
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._ -]{0,198}[A-Za-z0-9._-])?")
_CODES = {"malformed": BadInput.exit_code, "over budget": OverBudget.exit_code}
_HASH_SHOWN = 12
_VALUE = r"\(?-?[0-9]+(?:/[0-9]+)?\)?"


@dataclass(frozen=True)
class Place:
    """A folder in which names are looked up.

    `theorems`: those that it has; `claims`: by their names the folders that they are in.
    """

    sources: Sources
    theorems: tuple[str, ...]
    claims: Mapping[str, Path]


@dataclass(frozen=True)
class Judgement:
    """What is to be said of one citation.

    `problem` is "" where it stands; `code` is the exit code that the problem asks for.
    """

    citation: Citation
    entry: Entry | None
    problem: str = ""
    code: int = 0


@dataclass(frozen=True)
class Checked:
    """All citations with their verdicts. `standing`: what stands of them, by name."""

    verdicts: tuple[Judgement, ...]
    standing: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """That of the worst problem; 0 where there is none."""
        return max((verdict.code for verdict in self.verdicts), default=0)


Stated = Callable[[str], Claim | None]  # a claim as its author states it today, by name


def place(folder: Path, proofs: Path) -> Place:
    """A folder of certificates, one that `depthproof prove --out` wrote, or one of proof scripts.

    Scripts that do not lie in it are looked for in `proofs`.
    """
    below = folder / "theorems"
    within_it = below if places(below, RECORD) else folder
    sources = Sources(within_it, proofs)
    theorems = tuple(it.name for it in places(sources.theorems, RECORD))
    found: dict[str, Path] = {}
    for within in (folder / "claims", folder):
        for path in sorted(within.glob(f"*{CLAIM}")):
            found[path.name.removesuffix(CLAIM)] = within
    return Place(sources, theorems, found)


def check(citations: Sequence[Citation], where: Sequence[Place], stated: Stated) -> Checked:
    """Re-checks what the paper cites. The first place that knows a name decides."""
    names = list(dict.fromkeys(citation.name for citation in citations))
    entries = _found(names, where)
    known = list[str]()
    for it in where:
        known += [*it.theorems, *it.claims]
    outdated = {name for name, entry in entries.items() if _is_outdated(entry, stated)}
    verdicts = [_verdict(citation, entries.get(citation.name), known, outdated) for citation in citations]
    bad = {verdict.citation.name for verdict in verdicts if verdict.problem}
    standing = {name: entry for name, entry in entries.items() if name not in bad}
    return Checked(tuple(verdicts), standing)


def _found(names: Sequence[str], where: Sequence[Place]) -> dict[str, Entry]:
    """The theorems and claims of these names, checked again, in the order of the names."""
    found: dict[str, Entry] = {}
    for it in where:
        wanted = [name for name in names if name not in found]
        theorems = [name for name in wanted if name in it.theorems]
        stems = [name for name in wanted if name in it.claims and name not in it.theorems]
        if theorems:
            record = recheck.read(it.sources, theorems)
            found |= {entry.name: entry for entry in record.entries if entry.name in theorems}
        for folder in dict.fromkeys(it.claims[name] for name in stems):
            here = [name for name in stems if it.claims[name] == folder]
            entries = recheck.of_certificates(folder, here)
            found |= {entry.name: entry for entry in entries}
    return {name: found[name] for name in names if name in found}


def _is_outdated(entry: Entry, stated: Stated) -> bool:
    """Whether the claim is another one today: its author changed it, or a network that it names."""
    if entry.facts["statement"] or not entry.certificates:
        return False
    today = stated(entry.name)
    if today is None:
        return False
    kept = entry.certificates[0].claim
    if entry.refuted:
        return not _refutes(kept, today)
    return kept != today.canonical


def _refutes(kept: bytes, today: Claim) -> bool:
    """Whether a claim denies a goal of the other.

    It has the same networks and declarations, and the goal's words but for values of variables.
    """
    try:
        denied = json.loads(kept)
        said = json.loads(today.canonical)
        (goal,) = denied["statement"]["goals"]
        if denied["networks"] != said["networks"]:
            return False
        if denied["statement"]["declare"] != said["statement"]["declare"]:
            return False
        return any(_denies(goal["holds"], it) for it in said["statement"]["goals"])
    except (ValueError, KeyError, TypeError):
        return False


def _denies(text: str, goal: Mapping[str, Any]) -> bool:
    """Whether the text ends with not (the goal), where its variables may have values."""
    variables = {name for name, _ in goal["for"]}
    parts = re.split("([A-Za-z][A-Za-z0-9_]*)", goal["holds"])
    pattern = ""
    for part in parts:
        if part in variables:
            pattern += _VALUE
        else:
            pattern += re.escape(part)
    return re.search(rf"not \({pattern}\)$", text) is not None


def _verdict(citation: Citation, entry: Entry | None, known: Sequence[str], outdated: set[str]) -> Judgement:
    """`entry`: what is found under the cited name, if anything is. `known`: all names that there are."""
    asserted = citation.grade
    if _NAME.fullmatch(citation.name) is None:
        problem = f"expected a name, written out, found {displayed(citation.name)}"
        return Judgement(citation, None, problem, BadInput.exit_code)
    if asserted not in ("", REFUTED, *Grade.__members__):
        grades = ", ".join([*Grade.__members__, REFUTED])
        problem = f"expected a grade, one of {grades}, found {displayed(asserted)}"
        return Judgement(citation, entry, problem, BadInput.exit_code)
    if entry is None:
        problem = f"no theorem or claim is named {citation.name}{nearest(citation.name, known)}"
        return Judgement(citation, None, problem, BadInput.exit_code)
    if entry.state:
        problem = f"{entry.name} is {entry.state}: {'; '.join(entry.reasons)}"
        return Judgement(citation, entry, problem, _CODES.get(entry.state, WRONG))
    if entry.name in outdated:
        reason = "the claim, or a network that it names, is another one than was certified"
        return Judgement(citation, entry, f"{entry.name} is stale: {reason}", WRONG)
    problem = _lower(entry, asserted)
    if problem:
        return Judgement(citation, entry, problem, WRONG)
    return Judgement(citation, entry)


def _lower(entry: Entry, asserted: str) -> str:
    """What the paper says that is more than what stands; "" if nothing is."""
    if entry.refuted and asserted != REFUTED:
        return f"{entry.name} is refuted ({entry.support.name}){_counterexample(entry)}"
    if asserted == REFUTED and not entry.refuted:
        return f"the paper says that {entry.name} is refuted, but it holds ({entry.label})"
    if asserted == REFUTED:
        return ""
    if entry.support == Grade.OPEN and asserted != Grade.OPEN.name:
        return f"{entry.name} is open: nothing that stands shows it"
    if asserted and entry.support > Grade[asserted]:
        return f"the paper says that {entry.name} is {asserted}, but it is {entry.support.name}"
    return ""


def _counterexample(entry: Entry) -> str:
    """The recorded counterexample; otherwise what the kernel printed as proved. "" where there is neither."""
    said = ""
    for seen in entry.facts["evidence"]:
        if not said:
            said = ", ".join(f"{name} = {value}" for name, value in seen["counterexample"].items())
    for it in entry.certificates:
        proved = [line.strip() for line in it.lines[1:] if line.strip().startswith("proved ")]
        if proved and not said:
            said = proved[0]
    return f": {said}" if said and said.isprintable() else ""


_CITED_HEAD = r"""% What depthproof paper-check found to stand, for depthproof.sty; written anew by every check.
% The same paper and certificates give the same bytes.
"""


def cited(standing: Mapping[str, Entry]) -> bytes:
    r"""The file from which the paper's commands print: each name's grade, label and statement, and the evidence of all.

    >>> cited({}).splitlines()[-1]
    b'\\endgroup}'
    """
    names = frozenset(standing)
    write = Writer(names, {anchor(name) for name in names})
    text, body = _CITED_HEAD, list[str]()
    for entry in standing.values():
        text += _printed(write, entry)
        body += [write.block(block) for block in appendix.statement(entry)]
    lines = [rf"\renewcommand{{\depthproofevidence}}{{{SETTING}%", "\n".join(body), r"\endgroup}", ""]
    return (text + "\n".join(lines)).encode("ascii")


def _printed(write: Writer, entry: Entry) -> str:
    r"""\depthproofchecked{name}{grade}{label}{the name as TeX}{the statement}{as the checkers read it}."""
    read = list[str]()
    for certificate in entry.certificates:
        read += _lines(write, certificate)
    shown = r"\depthproofnext ".join(read)
    words = write.line([d.Prose(entry.facts["statement"])])
    said = [words, shown] if words else [shown, ""]
    arguments = [entry.name, entry.label, anchor(entry.name), breakable(entry.name), *said]
    return "\\depthproofchecked" + "%\n ".join(f"{{{text}}}" for text in arguments) + "\n"


def _lines(write: Writer, certificate: Certificate) -> list[str]:
    """What the checkers accepted as TeX, a line each, its networks first."""
    try:
        networks: Mapping[str, str] = json.loads(certificate.claim)["networks"]
        usual, lines = claims.lines(certificate.claim)
    except (DepthproofError, ValueError, KeyError, TypeError):
        return [write.line(d.text(line.strip())) for line in certificate.lines[1:]]
    found = []
    for name, digest in networks.items():
        what, short = d.Text(f"{name} is the network with SHA-256 "), f"{digest[:_HASH_SHOWN]}…"
        found.append(write.line([what, d.Text(short, "code")], usual))
    return found + [write.line(line, usual) for line in lines]
