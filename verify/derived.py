"""What a claim says of networks at points: which networks it was made from, and how.

    {"forall": {"for": ["x", "y"], "box": [["0", "1"], ["0", "1"]],
     "holds": "x <= y implies f(x) <= f(y)"}}

is a claim about two networks with the inputs x and y; the kernel knows these by their hashes alone.
The file NAME.derived.json beside says what they are: {"f_a": "f(x)", "f_b": "f(y)"}. It can be
checked: made again from f, they have the same hashes.
"""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from .expression import read, written
from .files import read_bytes
from .kernel.check import CLAIM, WORDS
from .kernel.errors import BadInput, DepthproofError, displayed, expected, need, placed, want
from .kernel.limits import MOST_BYTES, Budget
from .kernel.strict_json import contents, listed, tree
from .network import relu_network
from .network.applied import Applied
from .network.network import Network

FORMAT, DERIVED = "derived/1", ".derived.json"
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MADE = re.compile(r"[A-Za-z][A-Za-z0-9_]*_([a-z])\1*", re.ASCII)
TEXTS = ("where", "holds", "of")


@dataclass(frozen=True)
class Derived:
    """How a claim's networks were made. `words`: what its names of inputs and outputs stand for."""

    variables: tuple[str, ...]
    given: Mapping[str, Network]
    points: Mapping[str, str]
    words: Mapping[str, str]

    @property
    def line(self) -> str:
        """Each name and what it stands for: "where x1 is x, x2 is y, f_a is f(x), f_b is f(y)"."""
        pairs = [f"{inside} is {said}" for inside, said in self.words.items() if inside != said]
        return f"where {', '.join(pairs)}"

    def record(self, claim: str) -> bytes:
        """The file for the claim with this hash."""
        hashes = {key: network.sha256 for key, network in self.given.items()}
        whole = {"format": FORMAT, "claim": claim, "for": list(self.variables), "networks": hashes, "is": dict(self.points)}
        return json.dumps(whole, indent=1, ensure_ascii=True).encode() + b"\n"


def derived(statement: Mapping[str, Any], networks: Mapping[str, Network]) -> tuple[Any, dict[str, Network], Derived]:
    """The statement without its `for`, about networks with its variables as inputs; these networks,
    and how they were made. Raises `BadInput` with the place in the statement."""
    ((kind, body),) = statement.items()
    if not networks:
        raise expected("/networks", "at least one network", {})
    with placed(f"/statement/{kind}/for"):
        applied = Applied(body["for"], networks)
    found = {key: value for key, value in body.items() if key != "for"}
    for key in TEXTS:
        if key in found:
            with placed(f"/statement/{kind}/{key}"):
                found[key] = applied.text(found[key])
    if "span" in found:
        with placed(f"/statement/{kind}/span"):
            found["span"] = [applied.text(text) for text in listed(found["span"])]
    made = applied.networks
    if not {"holds", "of"} & found.keys():
        made = dict(networks)  # which is all that is missing here: another error follows
    elif not made:
        what = f"a network at a point, such as {applied.example(next(iter(applied.outputs)))}"
        raise BadInput(f"/statement/{kind}", f"expected {what}, found none")
    given = {key: network for key, network in networks.items() if key in applied.used}
    points = {key: written(point) for key, point in applied.points.items()}
    return {kind: found}, made, Derived(applied.variables, given, points, applied.words)


def report(claim: Path, say: Callable[[str], None]) -> int:
    """Says what the networks of the claim in this file were made from, if a record lies beside it,
    and whether that is so; or that there is none, where their names are of networks at points. The
    exit code."""
    record = Path(str(claim).removesuffix(CLAIM) + DERIVED)  # the path of a folder may have no name
    if not record.is_file():
        made = _at_points(claim)
        if made:
            say(f"{ascii(claim.name)[1:-1]}: nothing says what {', '.join(made)} are: there is no {ascii(record.name)[1:-1]}")
        return 0
    try:
        with placed(ascii(str(record))[1:-1]):
            data = read_bytes(claim, MOST_BYTES)
            lines = checked(read_bytes(record, MOST_BYTES), data, sha256(data).hexdigest(), _beside(claim.parent))
    except DepthproofError as error:
        say(f"{WORDS[error.exit_code]} {error}")
        return error.exit_code
    say(f"{ascii(claim.name)[1:-1]}: {', '.join(lines)}: made again, with the same hashes")
    return 0


def _at_points(claim: Path) -> list[str]:
    """The networks of a claim whose names are those of networks at points: f_a, f_b, …"""
    with suppress(DepthproofError, OSError):
        whole = tree(read_bytes(claim, MOST_BYTES), Budget())
        networks = whole.get("networks") if type(whole) is dict else None
        if type(networks) is dict:
            return [key for key in networks if _MADE.fullmatch(key)]
    return []


def line(claim: Path) -> str:
    """What the record beside a claim says that its networks are; "" where there is none. Raises
    what reading it raises."""
    said = list[str]()
    code = report(claim, said.append)
    if code:
        raise BadInput("", said[-1])
    return said[-1].partition(": ")[2] if said else ""


def _beside(folder: Path) -> Callable[[str], Network]:
    """The networks of a folder, by their hashes."""

    def network(digest: str) -> Network:
        want(_HASH.fullmatch(digest), "a SHA-256 in lower case", digest)
        found = relu_network.read(read_bytes(folder / "networks" / f"{digest}.json"))
        need(found.sha256 == digest, f"expected the network with SHA-256 {digest}, found {found.sha256}")
        return found

    return network


def given(record: bytes) -> list[str]:
    """The hashes of the networks that a record's networks were made from. Raises `BadInput`."""
    _, _, hashes, _ = contents(record, FORMAT, Budget(), "claim", "for", "networks", "is")
    is_right = type(hashes) is dict and all(type(text) is str for text in hashes.values())
    want(is_right and all(map(_HASH.fullmatch, hashes.values())), "networks' hashes", hashes)
    return list(hashes.values())


def checked(record: bytes, claim: bytes, digest: str, network: Callable[[str], Network]) -> list[str]:
    """What the record of a claim says of its networks, which are made again. Raises `Rejected` where
    they are others, `BadInput` where the file is none."""
    budget = Budget()
    pinned, variables, hashes, points = contents(record, FORMAT, budget, "claim", "for", "networks", "is")
    need(pinned == digest, f"is of another claim: expected {digest}, found {displayed(pinned)}")
    for part in (hashes, points):
        want(type(part) is dict and all(type(text) is str for text in part.values()), "texts by name", part)
    _, about, _ = contents(claim, "claim/1", budget, "name", "networks", "statement")
    need(about.keys() == points.keys(), "does not say of each network of the claim what it is")
    applied = Applied(variables, {key: network(hash) for key, hash in hashes.items()})
    for key, text in points.items():
        point = read(text)
        if point.kind != "apply" or point.text not in applied.given:
            raise expected("", f"one of {', '.join(applied.given)} at a point", text)
        with placed(key):
            need(applied.made(point).sha256 == about[key], f"the claim's network is not {displayed(text)[1:-1]}")
    inputs = [f"{inside} is {said}" for inside, said in applied.words.items() if inside != said]
    return [*inputs, *(f"{key} is {points[key]}" for key in points)]


