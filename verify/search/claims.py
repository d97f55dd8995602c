"""A user's own claims: a file that says everything, about named or filed networks or about all numbers; the answer and its certificate.

The file is claim/1 as the checker reads it, except that a network may also be given by name or by path (from the file's folder);
what is certified names it by its hash. A VNN-LIB property file is read too, about one network.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..author.theory import Theory, canonical
from ..kernel import check as kernel
from ..kernel.errors import BadInput, DepthproofError, OverBudget, displayed, expected
from ..kernel.limits import Budget
from ..kernel.strict_json import tree
from ..network.load import NAMED, load, unpacked
from ..network.network import Network
from .given import Proved, Refuted, Undecided, settle
from .networks.setting import Setting
from .numbers.small import MOST_POINTS, counterexample
from .statements import declared, is_whole

FEW_POINTS = 100
PROPERTIES = (".vnnlib", ".vnnlib.gz")
KEYS = {"format", "name", "networks", "statement"}


@dataclass(frozen=True)
class Answer:
    """What was found, and the files that the checker reads, by name (none if undecided)."""

    name: str
    found: Proved | Refuted | Undecided
    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()  # what was assumed or rounded in reading


def answer(path: Path, network: str | None, seconds: float) -> Answer:
    """Decides the claim in the file; `network` is what a VNN-LIB property is about. Raises `BadInput` with the place in the file."""
    if path.name.endswith(PROPERTIES):
        return _property(path, network, seconds)
    if network is not None:
        load(network)  # a claim says itself what it is about; but what is named must be there
    whole = tree(_bytes(path), Budget())
    if type(whole) is not dict or not {"format", "statement"} <= set(whole) <= KEYS:
        raise expected("/", f"an object with the keys {', '.join(sorted(KEYS))}", ", ".join(whole) if type(whole) is dict else whole)
    if whole["format"] != "claim/1":
        raise expected("/format", '"claim/1"', whole["format"])
    name = whole.get("name", _stem(path, (kernel.CLAIM, ".json")))
    if type(name) is not str or not 1 <= len(name) <= 200 or type(whole.get("networks", {})) is not dict:
        raise expected("/name", "a name, and networks by name", name)
    if is_whole(whole["statement"]) and not whole.get("networks"):
        declared(whole["statement"], Setting({}))
        return _schematic(name, whole["statement"], seconds)
    return decided(name, whole["statement"], _networks(whole.get("networks", {}), path.parent), seconds)


def decided(name: str, statement: Mapping[str, Any], networks: Mapping[str, Network], seconds: float) -> Answer:
    found = settle(statement, networks, name, seconds)
    notes = tuple(f"{key}: {note}" for key, network in networks.items() for note in network.notes)
    if isinstance(found, Undecided):
        return Answer(name, found, {}, notes)
    written = {f"{name}{kernel.CLAIM}": found.claim, f"{name}{kernel.CERTIFICATE}": found.certificate}
    hashed = {f"networks/{it.sha256}.json": it.canonical for it in networks.values()}
    return Answer(name, found, written | hashed, notes)


def _networks(named: Mapping[str, Any], folder: Path) -> dict[str, Network]:
    found = {}
    for name, source in named.items():
        if type(source) is not str:
            raise expected(f"/networks/{displayed(name)[1:-1]}", "a name, a path or a SHA-256", source)
        hashed = folder / "networks" / f"{source}.json"
        known = source.partition(":")[0] in NAMED
        found[name] = load(source if known else hashed if hashed.is_file() else folder / source)
    return found


def _property(path: Path, network: str | None, seconds: float) -> Answer:
    from .vnnlib.property_file import MOST_BYTES, read

    if network is None:
        raise BadInput("", "expected --network NET, the network that the property is about")
    it, data = load(network), _bytes(path)
    if path.name.endswith(".gz"):
        data = unpacked(data, MOST_BYTES)
    asserted = read(data, it.input_size, it.output_size)
    found = decided(_stem(path, PROPERTIES), asserted.statement, {"f": it}, seconds)
    vacuous = "the assertions allow no input, whatever the network gives: there is nothing to show"
    return replace(found, notes=(*found.notes, vacuous)) if asserted.vacuous else found


def _stem(path: Path, endings: Sequence[str]) -> str:
    """The file's name without its ending, whatever dots it has."""
    ending = next((ending for ending in endings if path.name.endswith(ending)), "")
    return path.name.removesuffix(ending) or path.name


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput("", f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def _schematic(name: str, statement: Any, seconds: float) -> Answer:
    """Tries a few values, then a proof of every goal, directly and by induction on each variable that has a least value, then more values;
    no hints are known."""
    from . import limits

    end = limits.run(limits.Task(_shown, (name, statement)), seconds)
    if not isinstance(end.value, tuple):
        return Answer(name, Undecided(end.value if isinstance(end.value, str) else end.reason), {})
    claim, certificate, goal, values = end.value
    files = {f"{name}{kernel.CLAIM}": claim, f"{name}{kernel.CERTIFICATE}": certificate}
    lines = kernel.check(claim, certificate, files.__getitem__)
    return Answer(name, Refuted(claim, certificate, lines, goal, values) if goal else Proved(claim, certificate, lines), files)


Shown = tuple[bytes, bytes, str, dict[str, Fraction]]  # a claim and its certificate; of a refutation, the goal and the values


def _shown(name: str, statement: Any) -> Shown | str:
    found_false = refuted(name, statement, FEW_POINTS)
    found = found_false or _proved(name, statement)
    return (refuted(name, statement, MOST_POINTS) or found) if isinstance(found, str) else found


def refuted(name: str, statement: Any, most: int) -> Shown | None:
    """A goal that small values deny, as a claim of its own with its certificate."""
    for goal in statement["goals"]:
        if (found := counterexample(statement["declare"], goal, most)) is not None:
            text, values, use = found
            theory = Theory(f"not {name}")
            theory.declared = list(statement["declare"])
            theory.theorem(text, name=f"{goal['goal']}.refuted", use=use)
            try:
                claim, certificate = theory.prove()
            except DepthproofError:
                continue
            return canonical(claim), canonical(certificate), goal["goal"], values
    return None


def _proved(name: str, statement: Any) -> Shown | str:
    theory = Theory(name)
    theory.declared = list(statement["declare"])
    try:
        for goal in statement["goals"]:
            _attempted(theory, goal)
        claim, certificate = theory.prove()
    except OverBudget as error:
        return str(error)
    return canonical(claim), canonical(certificate), "", {}


def _attempted(theory: Theory, goal: Mapping[str, Any]) -> None:
    sorts = dict(goal["for"])
    reasons = []
    for induction in ["", *(variable for variable, sort in sorts.items() if sort.startswith("Z from"))]:
        others = [variable for variable in sorts if variable != induction]
        use = [f"IH({', '.join(others)})" if others else "IH"] if induction else []
        theory.theorem(goal["holds"], name=goal["goal"], induction=induction, use=use, **sorts)
        try:
            theory.prove()
            return
        except DepthproofError as error:
            reasons.append(str(error))
            theory.items.pop()
    raise OverBudget("", reasons[-1])


def answer_json(found: Answer) -> dict[str, Any]:
    """The answer as one JSON object."""
    it = found.found
    if isinstance(it, Undecided):
        return {"name": found.name, "verdict": "UNDECIDED", "reason": it.reason}
    verdict = "PROVED" if isinstance(it, Proved) else "REFUTED"
    value: dict[str, Any] = {"name": found.name, "verdict": verdict, "checked": list(it.lines)}
    if isinstance(it, Refuted):
        value["counterexample"] = {key: str(x) for key, x in it.point.items()}
        value["outputs"] = {key: str(x) for key, x in it.outputs.items()}
        value["float32"] = {key: list(map(float, values)) for key, values in it.float32.items()}
    return value
