"""The checker. A claim says what, a certificate says why. The certificate names the claim's hash, the claim its networks' hashes."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from . import given, theory
from .budget import Budget
from .declare import fields
from .errors import BadInput, DepthproofError, OverBudget, Rejected, displayed, expected, placed
from .network import Graph
from .reader import MOST_BYTES, tree
from .setting import Setting

CLAIM, CERTIFICATE = ".claim.json", ".certificate.json"
WORDS = {1: "REJECTED", 2: "MALFORMED", 3: "OVER BUDGET"}
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The statement holds, or is refuted; and lines that say what was shown of what."""

    holds: bool
    lines: tuple[str, ...]


def check(claim: bytes, certificate: bytes, network: Callable[[str], bytes]) -> Verdict:
    """The verdict on a claim. `network` finds the bytes of a hash. Raises `Rejected`, `BadInput` or `OverBudget`."""
    budget = Budget()
    budget.spend((len(claim) + len(certificate)) // 4)
    with placed("certificate"):
        form, pinned, evidence = fields(tree(certificate), "format", "claim", "evidence")
        if form != "certificate/1":
            raise expected("/format", "certificate/1", form)
        if pinned != sha256(claim).hexdigest():
            raise Rejected("/claim", f"is for another claim: expected {sha256(claim).hexdigest()}, found {displayed(pinned)}")
    with placed("claim"):
        whole = tree(claim)
        form, name, networks, statement = fields(whole, "format", "name", "networks", "statement")
        if form != "claim/1" or type(name) is not str or type(networks) is not dict or type(statement) is not dict:
            raise expected("/format", "claim/1, with a name, networks by name, and a statement", form)
    if "theory" in statement and not networks:
        with placed("claim: /statement"):
            (schematic,) = fields(statement, "theory")
        return Verdict(True, (f"HOLDS {displayed(name)}", *theory.check(schematic, evidence, budget=budget)))
    graph, outputs, lines = Graph(budget), dict[str, int](), list[str]()
    for key, digest in networks.items():
        if not _NAME.fullmatch(key) or key == "x" or type(digest) is not str or not _HASH.fullmatch(digest):
            raise expected("claim: /networks", "names, each with a SHA-256 in lower case", key if type(digest) is str else digest)
        with placed(f"network {key}"):
            data, start = network(digest), len(graph.nodes)
            if sha256(data).hexdigest() != digest:
                raise Rejected("", f"is not the network of the claim: expected SHA-256 {digest}, found {sha256(data).hexdigest()}")
            outputs[key] = graph.read(data)
        units = sum(graph.sizes[number + 1] for number in range(start, len(graph.nodes)) if not graph.nodes[number].rows)
        lines.append(f"  {key}: network, {graph.sizes[0]} inputs, {units} units, {graph.sizes[outputs[key]]} outputs, SHA-256 {digest}")
    holds, says, found = given.check(statement, Setting(graph, outputs), evidence)
    return Verdict(holds, (f"{'HOLDS' if holds else 'REFUTED'} {displayed(name)}", f"  {says}", f"  {found}", *lines))


def report(paths: list[str], say: Callable[[str], None]) -> int:
    """Checks the claims at the paths (claims, certificates, folders of them) and says the verdicts, a printable ASCII line at a time.

    Returns the exit code: 0 where certificates decided all claims, else the least of: rejected 1, malformed 2, over budget 3.
    """
    codes = set()
    for path in paths:
        stems = _stems(path)
        for stem in stems or [path]:
            try:
                with placed(stem):
                    lines = _verdict(stem).lines
            except (DepthproofError, MemoryError) as error:
                failure = error if isinstance(error, DepthproofError) else OverBudget(stem, "out of memory")
                codes.add(failure.exit_code)
                lines = (f"{WORDS[failure.exit_code]} {failure}",)
            for line in lines:
                say("".join(letter if " " <= letter <= "~" else ascii(letter)[1:-1] for letter in line))
    return min(codes, default=0)


def _stems(path: str) -> list[str]:
    """The claims at a path, without the endings of their files; links to folders are not followed below it."""
    waiting, stems = [path], set()
    while waiting:
        here = waiting.pop()
        ending = next((ending for ending in (CLAIM, CERTIFICATE) if here.endswith(ending)), None)
        if ending:
            stems.add(here.removesuffix(ending))
        elif os.path.isdir(here) and (here == path or not os.path.islink(here)):
            try:
                waiting.extend(os.path.join(here, name) for name in os.listdir(here))
            except OSError:
                stems.add(here)  # where no claim is found
    return sorted(stems)


def _verdict(stem: str) -> Verdict:
    if not os.path.isfile(stem + CLAIM) and not os.path.isfile(stem + CERTIFICATE):
        raise BadInput("", f"expected NAME{CLAIM}, NAME{CERTIFICATE}, or a folder with such files")
    if not os.path.isfile(stem + CERTIFICATE):
        raise Rejected("", f"there is no certificate {os.path.basename(stem)}{CERTIFICATE} beside the claim")
    networks = os.path.join(os.path.dirname(stem), "networks")
    return check(_read(stem + CLAIM), _read(stem + CERTIFICATE), lambda digest: _read(os.path.join(networks, digest + ".json")))


def _read(path: str) -> bytes:
    if not os.path.isfile(path):
        raise BadInput("", f"there is no file {path}")
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput("", f"{path} cannot be read: {error.strerror}") from None
    if len(data) > MOST_BYTES:
        raise OverBudget("", f"more than {MOST_BYTES} bytes in {path}")
    return data
