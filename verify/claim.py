"""A claim: the one noun between a file and a verdict. It is about networks, or all numbers.

Its bytes are those of claim/1, which the kernel reads; a certificate names them by their hash.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from . import short
from .derived import DERIVED, Derived, derived
from .files import below, read_bytes
from .kernel.check import CERTIFICATE, CLAIM, check
from .kernel.declare import Vocabulary
from .kernel.errors import BadInput, displayed, expected, placed
from .kernel.limits import MOST_BYTES, Budget
from .kernel.numerals import numeral
from .kernel.strict_json import fields, listed, tree
from .network.graph import Graphs
from .network.load import NAMED, load
from .network.network import Network
from .typed import want_type

KEYS = {"format", "name", "networks", "statement"}
_UNQUOTED = re.compile(r'expected JSON .* found "(-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)\b')
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
EDITORS = "$schema"  # tells an editor what may be written; it says nothing
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)

Item = Mapping[str, Any]  # a declaration, or a goal, as the kernel reads it


@dataclass(frozen=True)
class Claim:
    """Goals about networks, by the names that the goals use; without networks, about all numbers.

    `where` is no part of what is certified: a formula that some point must satisfy, or else the
    claim says nothing. `notes` say what was assumed or rounded in reading; `derived`, how the
    networks were made, if they were given at points.

        Claim.from_short("low", {"forall": {"box": [["0", "1"]], "holds": "f <= 1"}}, {"f": tent()})
    """

    name: str
    networks: Mapping[str, Network]
    declarations: Sequence[Item]
    goals: Sequence[Item]
    where: str = ""
    notes: Sequence[str] = field(default=(), compare=False)
    derived: Derived | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "declarations", tuple(self.declarations))
        object.__setattr__(self, "goals", tuple(self.goals))
        object.__setattr__(self, "notes", tuple(self.notes))

    @classmethod
    def from_short(cls, name: str, statement: Any, networks: Mapping[str, Network]) -> "Claim":
        """The claim that a statement writes, in short (see `verify.short`) or with `declare` and
        `goals`. Raises `BadInput` with the place in the statement."""
        notes = [f"{key}: {note}" for key, it in networks.items() for note in it.notes]
        made = None
        if _is_at_points(statement):
            statement, networks, made = derived(statement, networks)
        known = vocabulary(networks)
        if not is_whole(statement):
            said = short.meant(statement, known)
            goals: list[Any] = [{"goal": short.GOAL, "for": [], "holds": said.holds}]
            return cls(name, networks, said.declarations, goals, said.where, notes, made)
        declarations, goals = _declared(short.in_notation(statement), known)
        return cls(name, networks, declarations, goals, "", notes, made)

    @classmethod
    def from_file(cls, path: str | Path, outside: bool = False) -> "Claim":
        """The claim in a file: claim/1 as the kernel reads it, or with a short statement. A network
        may also be given by name, or by a path from the file's folder; it must lie there or below,
        unless `outside` is allowed. Raises `BadInput` with the place in the file."""
        want_type(path, (str, Path), "the path of a claim")
        path = Path(path)
        whole = _tree(read_bytes(path, MOST_BYTES))
        if type(whole) is dict:
            whole.pop(EDITORS, None)
        if type(whole) is not dict or not {"format", "statement"} <= set(whole) <= KEYS:
            keys = ", ".join(whole) if type(whole) is dict else whole
            raise expected("/", f"an object with the keys {', '.join(sorted(KEYS))}", keys)
        if whole["format"] != "claim/1":
            raise expected("/format", '"claim/1"', whole["format"])
        name, sources = whole.get("name", stem(path, CLAIM, ".json")), whole.get("networks", {})
        if type(name) is not str or not 1 <= len(name) <= 200 or type(sources) is not dict:
            raise expected("/name", "a name, and networks by name", name)
        return cls.from_short(name, whole["statement"], _loaded(sources, path.parent, outside))

    @cached_property
    def canonical(self) -> bytes:
        """The bytes that the kernel reads."""
        hashes = {key: network.sha256 for key, network in self.networks.items()}
        statement = {"declare": list(self.declarations), "goals": list(self.goals)}
        whole = {"format": "claim/1", "name": self.name, "networks": hashes}
        return written(whole | {"statement": statement})

    @cached_property
    def sha256(self) -> str:
        """The hash by which a certificate names the claim."""
        return hashlib.sha256(self.canonical).hexdigest()

    @property
    def measures(self) -> set[str]:
        """The names of the numbers that it declares of its networks."""
        return {item["measure"] for item in self.declarations if "measure" in item}

    @property
    def named(self) -> dict[str, str]:
        """The constants that it only names, and what they are: "f" of y, where it defines y = f."""
        plain = {"for": [], "sort": "R", "cases": []}
        return {
            item["define"]: item["otherwise"]
            for item in self.declarations
            if "define" in item and plain.items() <= item.items()
        }

    def unnamed(self, text: str) -> str:
        """The text with what its constants name: (f) <= 1 for y <= 1, where y = f."""
        for name, meant in reversed(self.named.items()):
            text = re.sub(rf"\b{name}\b", f"({meant})", text)
        return text

    def vocabulary(self) -> Vocabulary:
        """A vocabulary with the networks and all that is declared, the goals read. Raises
        `BadInput` with the place in the statement."""
        known = self.declared()
        _read_goals(list(self.goals), known)
        return known

    def declared(self) -> Vocabulary:
        """A vocabulary with the networks and all that is declared. Raises `BadInput` with the place
        in the statement."""
        known = vocabulary(self.networks)
        _declare(list(self.declarations), known)
        return known

    def refutation(self, goal: str, values: Mapping[str, Fraction]) -> "Claim":
        """The claim that a goal is false where its variables, the inputs and the measures have
        these values."""
        (said,) = (item for item in self.goals if item["goal"] == goal)
        variables = {name: values[name] for name, _ in said["for"]}
        inputs, measures = list[str](), list[str]()
        for name, value in values.items():
            if name not in variables:
                equations = measures if name in self.measures else inputs
                equations.append(f"{name} = {numeral(value)}")
        holds = " and ".join([*measures, f"not ({_at(said['holds'], variables)})"])
        if inputs:
            holds = f"{' and '.join(inputs)} implies {holds}"
        denied = {"goal": f"{goal}.refuted", "for": [], "holds": holds}
        name, declarations = f"not {self.name}", self.declarations
        return Claim(name, self.networks, declarations, [denied], derived=self.derived)

    def said(self, name: str) -> str:
        """What a name of an input or output stands for: f(x) for f_a; itself where it was given."""
        return name if self.derived is None else self.derived.words.get(name, name)

    def certificate(self, evidence: Item) -> bytes:
        """The certificate that gives this evidence."""
        whole = {"format": "certificate/1", "claim": self.sha256, "evidence": evidence}
        return written(whole)

    def check(self, certificate: bytes) -> tuple[str, ...]:
        """What the kernel says of the claim with this certificate. Raises what that raises."""
        networks = {network.sha256: network.canonical for network in self.networks.values()}
        return check(self.canonical, certificate, networks.__getitem__)

    def files(self, certificate: bytes, stem: str = "") -> dict[str, bytes]:
        """The files that the checker reads, by their names in one folder; the claim's and the
        certificate's begin with the stem, or with the claim's name. The certificate is the last:
        before it is there, the others show nothing."""
        stem = stem or self.name
        given = self.derived.given if self.derived is not None else {}
        networks = [*given.values(), *self.networks.values()]
        found = {f"networks/{it.sha256}.json": it.canonical for it in networks}
        if self.derived is not None:
            found[stem + DERIVED] = self.derived.record(self.sha256)
        return found | {stem + CLAIM: self.canonical, stem + CERTIFICATE: certificate}


def written(value: Any) -> bytes:
    """The one way in which claims and certificates are written: compact JSON in ASCII, keys as
    given, a newline at the end."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True).encode("ascii") + b"\n"


def _tree(data: bytes) -> Any:
    """The JSON value that the bytes write; a number with a point has to be quoted, and so is exact
    (JSON's own is a float)."""
    try:
        return tree(data, Budget())
    except BadInput as error:
        found = _UNQUOTED.match(error.reason)
        if found is None:
            raise
        number = found[1]
        raise BadInput(error.where, f'expected "{number}", a number in quotes, found {number}') from None


def is_whole(statement: Any) -> bool:
    """Whether a statement is what the kernel reads itself."""
    return type(statement) is dict and statement.keys() == {"declare", "goals"}


def _is_at_points(statement: Any) -> bool:
    """Whether a short statement has variables of its own, at which networks are applied."""
    is_short = type(statement) is dict and len(statement) == 1
    return is_short and any(type(body) is dict and "for" in body for body in statement.values())


def unlimited() -> Budget:
    """A budget for what is bounded by time: only the kernel's verdict counts work."""
    return Budget(10**15)


def vocabulary(networks: Mapping[str, Network]) -> Vocabulary:
    """The kernel's vocabulary of networks, in which nothing is declared yet."""
    graphs, outputs = Graphs(unlimited()), {}
    for name, network in networks.items():
        with placed(f"network {displayed(name)}"):
            outputs[name] = graphs.read(network)
    with placed("/networks"):
        return Vocabulary(graphs.graph, outputs)


def stem(path: Path, *endings: str) -> str:
    """The file's name without its ending, whatever dots it has."""
    ending = next((ending for ending in endings if path.name.endswith(ending)), "")
    return path.name.removesuffix(ending) or path.name


def _declared(statement: Any, known: Vocabulary) -> tuple[list[Any], list[Any]]:
    """Declares what a whole statement declares and reads its goals; both are returned."""
    with placed("/statement"):
        parts = fields(statement, "declare", "goals")
    with placed("/statement/declare"):
        declarations = listed(parts[0])
    with placed("/statement/goals"):
        goals = listed(parts[1])
    _declare(declarations, known)
    _read_goals(goals, known)
    return declarations, goals


def _declare(declarations: Sequence[Item], known: Vocabulary) -> None:
    for index, item in enumerate(declarations):
        with placed(f"/statement/declare/{index}"):
            known.declare(item, trusted=True)


def _read_goals(goals: Sequence[Item], known: Vocabulary) -> None:
    for index, goal in enumerate(goals):
        with placed(f"/statement/goals/{index}"):
            name, pairs, text = fields(goal, "goal", "for", "holds")
            known.statement(pairs, text)
            known.facts[known.fresh(name)] = None
    if not goals:
        raise expected("/statement/goals", "at least one goal", goals)


def _loaded(sources: Mapping[str, Any], folder: Path, outside: bool) -> dict[str, Network]:
    """The networks that a file names: by name, by hash, or by path."""
    found = {}
    for name, source in sources.items():
        place = f"/networks/{displayed(name)[1:-1]}"
        if type(source) is not str:
            raise expected(place, "a name, a path or a SHA-256", source)
        with placed(place):
            is_known = source.partition(":")[0] in NAMED
            at = source if is_known else _filed(source, folder, outside)
            found[name] = load(at)
    return found


def _filed(source: str, folder: Path, outside: bool) -> Path:
    """The file that a claim in this folder names, by its path or hash."""
    hashed = f"networks/{source}.json"
    name = hashed if _HASH.fullmatch(source) and (folder / hashed).is_file() else source
    return folder / name if outside else below(folder, name)


def _at(text: str, values: Mapping[str, Fraction]) -> str:
    """The text with values for its variables: 2*s(1) = 1*1 for 2*s(n) = n*n at n = 1."""

    def put(name: re.Match[str]) -> str:
        value = values.get(name[0])
        if value is None:
            return name[0]
        plain = value >= 0 and value.denominator == 1
        return numeral(value) if plain else f"({numeral(value)})"

    return _NAME.sub(put, text)
