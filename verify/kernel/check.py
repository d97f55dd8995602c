"""The checker. A claim says what, a certificate says why. The certificate names the claim's hash, the claim its networks' hashes."""

import os
import re
from collections.abc import Callable
from glob import escape, glob
from hashlib import sha256

from . import theory
from .declare import Vocabulary
from .language import Polynomial
from .network import Graph
from .reader import MOST_BYTES, BadInput, Budget, DepthproofError, OverBudget, Rejected, displayed, fields, need, placed, tree, want

CLAIM, CERTIFICATE = ".claim.json", ".certificate.json"
WORDS = {1: "REJECTED", 2: "MALFORMED", 3: "OVER BUDGET"}
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


def check(claim: bytes, certificate: bytes, network: Callable[[str], bytes]) -> tuple[str, ...]:
    """What a claim says, in readable lines, if it holds; `network` finds the bytes of a hash. Raises `Rejected` and others."""
    graph, outputs = Graph(Budget()), dict[str, list[Polynomial]]()
    with placed("certificate"):
        form, pinned, evidence = fields(tree(certificate, budget=graph.budget), "format", "claim", "evidence")
        want(form == "certificate/1", "certificate/1", form, "/format")
        need(pinned == (digest := sha256(claim).hexdigest()), f"is for another claim: expected {digest}, found {displayed(pinned)}")
    with placed("claim"):
        form, name, networks, statement = fields(tree(claim, budget=graph.budget), "format", "name", "networks", "statement")
        want(form == "claim/1" and type(name) is str and type(networks) is dict, "claim/1, with a name and networks by name", form)
    lines = [f"HOLDS {displayed(name)}"]
    for key, digest in networks.items():
        with placed(f"network {displayed(key)}"):
            data = network(want(type(digest) is str and _HASH.fullmatch(digest) and digest, "a SHA-256 in lower case", digest))
            need((found := sha256(data).hexdigest()) == digest, f"expected the network with SHA-256 {digest}, found one with {found}")
            outputs[key] = graph.read(data)
        given, gives = _row("x", graph.inputs), _row(key, len(outputs[key]))
        lines.append(f"  for any {given} in R: {gives} = what the network with SHA-256 {digest} gives")
    with placed("claim"):
        lines += [f"  {line}" for line in theory.check(statement, evidence, Vocabulary(graph, outputs))]
    return tuple(lines)


def _row(title: str, size: int) -> str:
    """The names of so many entries: f; f1, f2; f1, ..., f9."""
    if size == 1:
        return title
    return ", ".join(f"{title}{i}" for i in range(1, size + 1)) if size <= 4 else f"{title}1, ..., {title}{size}"


def report(paths: list[str], say: Callable[[str], None]) -> int:
    """Checks the claims at the paths and says what they say, a printable ASCII line at a time. A path is a claim or its certificate, with
    or without the ending, or a folder: the claims in it, but not those in folders below.

    Returns the exit code: 0 where all claims hold, else the least of: rejected 1, malformed 2, over budget 3.
    """
    codes = set()
    for stem in (stem for path in paths for stem in _stems(path)):
        try:
            with placed(stem):
                lines = _checked(stem, os.path.join(os.path.dirname(stem), "networks"))
        except (DepthproofError, MemoryError) as error:
            failure = error if isinstance(error, DepthproofError) else OverBudget(stem, "out of memory")
            codes.add(failure.exit_code)
            lines = (f"{WORDS[failure.exit_code]} {failure}",)
        for line in lines:
            say("".join(letter if " " <= letter <= "~" else ascii(letter)[1:-1] for letter in line))
    return min(codes, default=0)


def _stems(path: str) -> list[str]:
    """The claims at a path, without the endings of their files; where there are none, and for folders below, what will be missed."""
    files = glob(os.path.join(escape(path), "*"), include_hidden=True) or [path]
    stems = {file.removesuffix(ending) for file in files for ending in (CLAIM, CERTIFICATE) if file.endswith(ending)}
    stems |= {os.path.join(file, "") for file in files if os.path.isdir(file) and file != path and os.path.basename(file) != "networks"}
    return sorted(stems) or [os.path.join(path, "") if os.path.isdir(path) else path]


def _checked(stem: str, networks: str) -> tuple[str, ...]:
    need(not stem.endswith(os.sep), "nothing in this folder was checked", BadInput)
    return check(_read(stem + CLAIM), _read(stem + CERTIFICATE, Rejected), lambda digest: _read(os.path.join(networks, f"{digest}.json")))


def _read(path: str, missing: type[DepthproofError] = BadInput) -> bytes:
    need(os.path.isfile(path), f"there is no file {path}", missing)
    try:
        # What has no size is no file to read: a device behind a link may never end.
        need(os.path.getsize(path) > 0, f"expected a file with something in it, found none in {path}", BadInput)
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput("", f"{path} cannot be read: {error.strerror}") from None
    need(len(data) <= MOST_BYTES, f"more than {MOST_BYTES} bytes in {path}", OverBudget)
    return data
