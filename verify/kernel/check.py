"""The checker. A claim says what, a certificate says why. The certificate names the claim's hash,
the claim its networks' hashes."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import Any

from . import theory
from .declare import Vocabulary, entries
from .errors import BadInput, DepthproofError, OverBudget, Rejected, displayed, need, placed, want
from .limits import MOST_BYTES, Budget
from .network import Graph
from .strict_json import fields, tree
from .terms import Polynomial

CLAIM, CERTIFICATE = ".claim.json", ".certificate.json"
WORDS = {2: "MALFORMED", 3: "OVER BUDGET", 10: "REJECTED"}
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


def check(claim: bytes, certificate: bytes, network: Callable[[str], bytes]) -> tuple[str, ...]:
    """What a claim says, in readable lines, if it holds; `network` finds the bytes of a hash.
    Raises `Rejected` and others."""
    budget = Budget()
    with placed("certificate"):
        whole = tree(certificate, budget)
        form, pinned, evidence = fields(whole, "format", "claim", "evidence")
        want(form == "certificate/1", "certificate/1", form)
        digest = sha256(claim).hexdigest()
        other = f"is for another claim: expected {digest}, found {displayed(pinned)}"
        need(pinned == digest, other)
    with placed("claim"):
        whole = tree(claim, budget)
        form, name, networks, statement = fields(whole, "format", "name", "networks", "statement")
        fits = form == "claim/1" and type(name) is str and type(networks) is dict
        want(fits, "claim/1, with a name and networks by name", form)
    graph, outputs, lines = Graph(budget), dict[str, list[Polynomial]](), list[str]()
    for key, digest in networks.items():
        with placed(f"network {displayed(key)}"):
            outputs[key] = graph.read(_pinned(digest, network))
        inputs, row = _some(entries("x", graph.inputs)), _some(entries(key, len(outputs[key])))
        lines.append(f"for any {inputs} in R: {row} = what the network with SHA-256 {digest} gives")
    with placed("claim"):
        lines += theory.check(statement, evidence, Vocabulary(graph, outputs))
    return (f"HOLDS {displayed(name)}", *(f"  {line}" for line in lines))


def _pinned(digest: Any, network: Callable[[str], bytes]) -> bytes:
    """The bytes of the network with this hash."""
    fits = type(digest) is str and _HASH.fullmatch(digest)
    want(fits, "a SHA-256 in lower case", digest)
    data = network(digest)
    found = sha256(data).hexdigest()
    need(found == digest, f"expected the network with SHA-256 {digest}, found one with {found}")
    return data


def _some(names: list[str]) -> str:
    """Names as a header prints them: f1, f2; of many the first and the last."""
    return ", ".join(names if len(names) <= 4 else [names[0], "...", names[-1]])


def report(paths: list[str], say: Callable[[str], None]) -> int:
    """Checks the claims at the paths and says what they say, a printable ASCII line at a time. A
    path is a claim or its certificate, with or without the ending, or a folder: the claims in it,
    but not those in folders below.

    Returns the exit code: 0 where all claims hold, else the greatest of: malformed 2,
    over budget 3, rejected 10.
    """
    codes = set()
    for stem in (stem for path in paths for stem in _stems(path)):
        try:
            with placed(stem):
                lines = _checked(stem, os.path.join(os.path.dirname(stem), "networks"))
        except (DepthproofError, MemoryError) as error:
            failure: DepthproofError = OverBudget(stem, "out of memory")
            if isinstance(error, DepthproofError):
                failure = error
            codes.add(failure.exit_code)
            lines = (f"{WORDS[failure.exit_code]} {failure}",)
        for line in lines:
            say("".join(map(_printable, line)))
    return max(codes, default=0)


def _printable(letter: str) -> str:
    return letter if " " <= letter <= "~" else ascii(letter)[1:-1]


def _stems(path: str) -> list[str]:
    """The claims at a path, without the endings of their files; where there are none, and for
    folders below, what will be missed."""
    files, stems = [path], set[str]()
    with suppress(OSError, ValueError):
        files = [os.path.join(path, name) for name in os.listdir(path or os.curdir)] or files
    for file in files:
        for ending in (CLAIM, CERTIFICATE):
            if file.endswith(ending):
                stems.add(file.removesuffix(ending))
        if os.path.isdir(file) and file != path and os.path.basename(file) != "networks":
            stems.add(os.path.join(file, ""))
    if stems:
        return sorted(stems)
    return [os.path.join(path, "") if os.path.isdir(path) else path]


def _checked(stem: str, networks: str) -> tuple[str, ...]:
    need(not stem.endswith(os.sep), "nothing in this folder was checked", BadInput)
    claim, certificate = _read(stem + CLAIM), _read(stem + CERTIFICATE, Rejected)
    return check(claim, certificate, lambda digest: _read(os.path.join(networks, f"{digest}.json")))


def _read(path: str, missing: type[DepthproofError] = BadInput) -> bytes:
    try:
        size = os.path.getsize(path)
        need(os.path.isfile(path), f"there is no file {path}", missing)
        # What has no size is no file to read: a device behind a link may never end.
        need(size > 0, f"expected a file with something in it, found none in {path}", BadInput)
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise missing("", f"there is no file {path}") from None
    except OSError as error:
        raise BadInput("", f"{path} cannot be read: {error.strerror}") from None
    need(len(data) <= MOST_BYTES, f"more than {MOST_BYTES} bytes in {path}", OverBudget)
    return data
