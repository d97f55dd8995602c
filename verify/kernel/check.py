"""The checker. A claim says what, a certificate says why. The certificate names the claim's hash,
the claim its networks' hashes."""

import os
import re
from contextlib import suppress
from hashlib import sha256
from typing import Any

from . import theory
from .declare import Vocabulary, entries
from .errors import (
    BadInput,
    DepthproofError,
    OverBudget,
    Rejected,
    displayed,
    need,
    placed,
    want,
    written,
)  # fmt: skip
from .limits import MOST_BYTES, Budget
from .network import Graph
from .strict_json import contents

CLAIM, CERTIFICATE = ".claim.json", ".certificate.json"
WORDS = {2: "MALFORMED", 3: "OVER BUDGET", 10: "REJECTED"}
_HASH = re.compile("[0-9a-f]{64}")


def check(claim: bytes, certificate: bytes, network: Any) -> tuple[str, ...]:
    """What a claim says, in readable lines, if it holds; `network` finds the bytes of a hash.
    Raises `Rejected` and others."""
    budget = Budget()
    with placed("certificate"):
        pinned, evidence = contents(certificate, "certificate/1", budget, "claim", "evidence")
        digest = sha256(claim).hexdigest()
        need(
            pinned == digest, f"is for another claim: expected {digest}, found {displayed(pinned)}"
        )
    with placed("claim"):
        name, networks, statement = contents(
            claim, "claim/1", budget, "name", "networks", "statement"
        )
        want(type(name) is str and type(networks) is dict, "a name and networks by name", name)
    graph, outputs, lines = Graph(budget), {}, []
    for key, digest in networks.items():
        with placed(f"network {displayed(key)}"):
            written(_HASH, "a SHA-256 in lower case", digest)
            data = network(digest)
            found = sha256(data).hexdigest()
            need(found == digest, f"expected the network with SHA-256 {digest}, found {found}")
            outputs[key] = graph.read(data)
        inputs, row = _some("x", graph.inputs), _some(key, len(outputs[key]))
        lines.append(f"for any {inputs} in R: {row} = what the network with SHA-256 {digest} gives")
    with placed("claim"):
        lines += theory.check(statement, evidence, Vocabulary(graph, outputs))
    return (f"HOLDS {displayed(name)}", *(f"  {line}" for line in lines))


def _some(title: str, size: int) -> str:
    """Names as a header prints them: f1, f2; of many the first and the last."""
    return ", ".join(entries(title, size)) if size < 5 else f"{title}1, ..., {title}{size}"


def report(paths: list[str], say: Any) -> int:
    """Checks the claims at the paths and says what they say, a printable ASCII line at a time. A
    path is a claim or its certificate, with or without the ending, or a folder: the claims in it,
    but not those in folders below.

    Returns the exit code: 0 where all claims hold, else the greatest of: malformed 2,
    over budget 3, rejected 10.
    """
    codes = set()
    for path in paths:
        for stem in _stems(path):
            try:
                with placed(stem):
                    lines = _checked(stem)
            except DepthproofError as error:
                codes.add(error.exit_code)
                lines = (f"{WORDS[error.exit_code]} {error}",)
            for line in lines:
                say(re.sub("[^ -~]", lambda match: ascii(match[0])[1:-1], line))
    return max(codes, default=0)


def _stems(path: str) -> list[str]:
    """The claims at a path, without the endings of their files; where there are none, and for
    folders below, what will be missed."""
    files, stems = [path], set()
    with suppress(OSError, ValueError):
        files = [os.path.join(path, name) for name in os.listdir(path or ".")] or files
    for file in files:
        for ending in (CLAIM, CERTIFICATE):
            if file.endswith(ending):
                stems.add(file.removesuffix(ending))
        if os.path.isdir(file) and os.path.basename(file) != "networks":
            stems.add(os.path.join(file, ""))
    return sorted(stems) or [os.path.join(path, "") if os.path.isdir(path) else path]


def _checked(stem: str) -> tuple[str, ...]:
    need(not stem.endswith(os.sep), "nothing in this folder was checked", BadInput)
    networks = os.path.join(os.path.dirname(stem), "networks", "")
    return check(
        _read(stem + CLAIM),
        _read(stem + CERTIFICATE, Rejected),
        lambda digest: _read(f"{networks}{digest}.json"),
    )


def _read(path: str, missing: type[DepthproofError] = BadInput) -> bytes:
    try:
        size = os.path.getsize(path)
        need(os.path.isfile(path), f"there is no file {path}", missing)
        # What has no size is no file to read: a device behind a link may never end.
        need(size, f"expected a file with something in it, found none in {path}", BadInput)
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise missing("", f"there is no file {path}") from None
    except OSError as error:
        raise BadInput("", f"{path} cannot be read: {error.strerror}") from None
    need(len(data) <= MOST_BYTES, f"more than {MOST_BYTES} bytes in {path}", OverBudget)
    return data
