"""A theorem's record: what was claimed, by its hashes, and what was seen of evidence that a report cannot check again.

It holds no prose, no timing and no verdict of the kernel: those are read from the script, the kernel and Coq's own
record when they are shown. Of the certificate it names the bytes, and the sources of the proved checker
(`checkers.sources`) if that accepted them.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from .files import read_bytes
from .kernel.errors import DepthproofError, OverBudget, displayed, placed, want
from .kernel.limits import Budget
from .kernel.strict_json import fields, listed, tree
from .layout import Place, is_name
from .theorem import Grade, Verdict

FORMAT = "record/1"
MOST_BYTES = 1_000_000
VERDICTS = tuple(Verdict.__members__)
AS_RECORDED = (Grade.SOLVER, Grade.INSTANCES, Grade.CITED)  # what is not run again for a report
_HASH = re.compile(r"([0-9a-f]{64})?", re.ASCII)


@dataclass(frozen=True)
class Seen:
    """What was seen of one piece of evidence.

    Of a certificate there is only one thing to record: that there is none, UNDECIDED, and why.
    """

    grade: str
    verdict: str
    detail: str
    counterexample: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """What a record says of a theorem. Hashes are SHA-256.

    `script`: the hash of the script without its prose. `claim`, `certificate`: those of the files; "" where there is
    no certificate. `depthcheck`: the hash of the sources of the proved checker that accepted the certificate; "" where
    it was not asked.
    """

    name: str
    statement: str
    script: str
    claim: str = ""
    certificate: str = ""
    depthcheck: str = ""
    evidence: Sequence[Seen] = ()

    @property
    def data(self) -> bytes:
        """The bytes of its file."""
        value = {"format": FORMAT} | vars(self) | {"evidence": [vars(seen) for seen in self.evidence]}
        try:
            return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"
        except UnicodeEncodeError:  # half of a pair has no bytes of its own
            return json.dumps(value, indent=1).encode() + b"\n"

    def names(self, claim: bytes, certificate: bytes) -> bool:
        """Whether these are the files that it names."""
        return self.claim == sha256(claim).hexdigest() and self.certificate == sha256(certificate).hexdigest()

    def is_accepted_by(self, sources: str) -> bool:
        """Whether the proved checker, built from these sources, accepted the certificate."""
        return sources != "" and self.depthcheck == sources

    def accepts(self, claim: bytes, certificate: bytes, sources: str) -> bool:
        """Whether the proved checker, built from these sources, accepted this certificate for this claim."""
        return self.names(claim, certificate) and self.is_accepted_by(sources)


def read(path: Path, name: str) -> Record:
    """The record of the theorem of this name. Raises `BadInput` and `OverBudget`."""
    where = displayed(str(path))[1:-1]
    with placed(where):
        found = parsed(read_bytes(path, MOST_BYTES))
        want(found.name == name, f"the record of {name}", found.name)
    return found


def parsed(data: bytes) -> Record:
    """The record that these bytes write; of every other form `BadInput` or `OverBudget`."""
    if len(data) > MOST_BYTES:
        raise OverBudget("", f"expected at most {MOST_BYTES} bytes, found more")
    try:
        whole = tree(data, Budget())
        form, name, statement, script, claim, certificate, depthcheck, evidence = fields(
            whole, "format", "name", "statement", "script", "claim", "certificate", "depthcheck", "evidence"
        )
    except RecursionError:
        raise OverBudget("", "expected a flat file, found one that is too deeply nested") from None
    want(form == FORMAT, FORMAT, form)
    want(type(name) is str and is_name(name), "the name of a theorem, such as sawtooth.map", name)
    want(type(statement) is str and statement, "a statement", statement)
    hashes = {"script": script, "claim": claim, "certificate": certificate, "depthcheck": depthcheck}
    for key, digest in hashes.items():
        with placed(key):
            want(type(digest) is str and _HASH.fullmatch(digest), 'a SHA-256 in lower case, or ""', digest)
    want(script, "the script's SHA-256", script)
    is_certified = bool(certificate)
    want(is_certified == bool(claim), "the hashes of claim and certificate, or neither", certificate)
    want(is_certified or not depthcheck, "no word of depthcheck where there is no certificate", depthcheck)
    seen = []
    for number, item in enumerate(_list("evidence", evidence)):
        with placed(f"evidence {number}"):
            seen.append(_seen(item))
    says_why_there_is_none = any(it.grade == Grade.KERNEL.name for it in seen)
    want(not (is_certified and says_why_there_is_none), "a certificate, or why there is none", "both")
    return Record(name, statement, script, claim, certificate, depthcheck, tuple(seen))


def _list(place: str, value: Any) -> list[Any]:
    with placed(place):
        return listed(value)


def _seen(item: Any) -> Seen:
    grade, verdict, detail, counterexample = fields(item, "grade", "verdict", "detail", "counterexample")
    kinds = [Grade.KERNEL.name, *(it.name for it in AS_RECORDED)]
    want(type(grade) is str and grade in kinds, f"one of {', '.join(kinds)}", grade)
    want(type(verdict) is str and verdict in VERDICTS, f"one of {', '.join(VERDICTS)}", verdict)
    if grade == Grade.KERNEL.name:
        want(verdict == Verdict.UNDECIDED.name, "UNDECIDED; what a certificate shows, the kernel says", verdict)
    want(type(detail) is str, "a text as detail", detail)
    want(type(counterexample) is dict, "a counterexample, texts by name", counterexample)
    for value in counterexample.values():
        want(type(value) is str, "a counterexample, texts by name", value)
    return Seen(grade, verdict, detail, counterexample)


def accepted(place: Place, claim: bytes, certificate: bytes, sources: str) -> bool:
    """Whether the theorem's record says that the proved checker accepted this certificate.

    Where the record cannot be read, it does not.
    """
    try:
        return read(place.record, place.name).accepts(claim, certificate, sources)
    except DepthproofError:
        return False
