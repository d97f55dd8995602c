"""The checker. A claim says what, a certificate says why. The certificate names the claim's hash, the claim its networks' hashes."""

import os
import re
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from . import given, theory
from .declare import NAME, fields
from .errors import BadInput, DepthproofError, OverBudget, Rejected, displayed, need, placed, want
from .limits import MOST_BYTES
from .network import Graph
from .numeral import Budget
from .reader import tree

CLAIM, CERTIFICATE = ".claim.json", ".certificate.json"
WORDS = {1: "REJECTED", 2: "MALFORMED", 3: "OVER BUDGET"}
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Verdict(NamedTuple):
    """The statement holds, or is refuted; and lines that say what was shown of what."""

    holds: bool
    lines: tuple[str, ...]


def check(claim: bytes, certificate: bytes, network: Callable[[str], bytes]) -> Verdict:
    """The verdict on a claim. `network` finds the bytes of a hash. Raises `Rejected`, `BadInput` or `OverBudget`."""
    budget = Budget()
    budget.spend(len(claim) + len(certificate))
    with placed("certificate"):
        form, pinned, evidence = fields(tree(certificate), "format", "claim", "evidence")
        want(form == "certificate/1", "certificate/1", form, "/format")
        digest = sha256(claim).hexdigest()
        need(pinned == digest, f"is for another claim: expected {digest}, found {displayed(pinned)}", where="/claim")
    with placed("claim"):
        form, name, networks, statement = fields(tree(claim), "format", "name", "networks", "statement")
        whole = form == "claim/1" and type(name) is str and type(networks) is dict and type(statement) is dict
        want(whole, "claim/1, with a name, networks by name, and a statement", form, "/format")
    if "theory" in statement and not networks:
        with placed("claim: /statement"):
            (schematic,) = fields(statement, "theory")
        return Verdict(True, (f"HOLDS {displayed(name)}", *theory.check(schematic, evidence, budget)))
    graph, outputs, lines = Graph(budget), dict[str, tuple[int, ...]](), list[str]()
    for key, digest in networks.items():
        named = NAME.fullmatch(key) and key != "x"
        pinned = named and type(digest) is str and _HASH.fullmatch(digest)
        want(pinned, "names, each with a SHA-256 in lower case", digest if named else key, "claim: /networks")
        with placed(f"network {key}"):
            data, start = network(digest), len(graph.layers)
            found = sha256(data).hexdigest()
            need(found == digest, f"is not the network of the claim: expected SHA-256 {digest}, found {found}")
            outputs[key] = graph.read(data)
        units = sum(len(layer.sources) for layer in graph.layers[start:] if not layer.rows)
        lines.append(f"  {key}: network, {graph.inputs} inputs, {units} units, {len(outputs[key])} outputs, SHA-256 {digest}")
    holds, says, shown = given.check(statement, given.Setting(graph, outputs), evidence)
    return Verdict(holds, (f"{'HOLDS' if holds else 'REFUTED'} {displayed(name)}", f"  {says}", f"  {shown}", *lines))


def report(paths: list[str], say: Callable[[str], None]) -> int:
    """Checks the claims at the paths (claims, certificates, folders of them) and says the verdicts, a printable ASCII line at a time.

    Returns the exit code: 0 where certificates decided all claims, else the least of: rejected 1, malformed 2, over budget 3.
    """
    codes = set()
    for stem in (stem for path in paths for stem in _stems(path)):
        try:
            with placed(stem.rstrip("\0")):
                need("\0" not in stem, "is not looked into, being a link, or not readable", BadInput)
                lines = _verdict(stem, os.path.join(os.path.dirname(stem), "networks")).lines
        except (DepthproofError, MemoryError) as error:
            failure = error if isinstance(error, DepthproofError) else OverBudget(stem, "out of memory")
            codes.add(failure.exit_code)
            lines = (f"{WORDS[failure.exit_code]} {failure}",)
        for line in lines:
            say("".join(letter if " " <= letter <= "~" else ascii(letter)[1:-1] for letter in line))
    return min(codes, default=0)


def _stems(path: str) -> list[str]:
    """The claims at a path, without the endings of their files. Links to folders below it are not followed: what is not looked into,
    for this or another reason, is there with a NUL behind its name."""
    files, folders = [path], [path] if os.path.isdir(path) else []
    while folders:
        here = folders.pop()
        try:
            inside = [os.path.join(here, name) for name in os.listdir(here)]
        except OSError:
            inside = [f"{here}\0"]
        folders.extend(one for one in inside if os.path.isdir(one) and not os.path.islink(one))
        unseen = (one for one in inside if not os.path.lexists(one) or (os.path.islink(one) and not os.path.isfile(one)))
        files.extend([*inside, *(f"{one}\0{CLAIM}" for one in unseen)])
    stems = {file.removesuffix(ending) for file in files for ending in (CLAIM, CERTIFICATE) if file.endswith(ending)}
    return sorted(stems) or [os.path.join(path, "") if os.path.isdir(path) else path]


def _verdict(stem: str, networks: str) -> Verdict:
    return check(_read(stem + CLAIM), _read(stem + CERTIFICATE, Rejected), lambda digest: _read(os.path.join(networks, f"{digest}.json")))


def _read(path: str, missing: type[DepthproofError] = BadInput) -> bytes:
    need(os.path.isfile(path), f"there is no file {path}", missing)
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput("", f"{path} cannot be read: {error.strerror}") from None
    need(len(data) <= MOST_BYTES, f"more than {MOST_BYTES} bytes in {path}", OverBudget)
    return data
