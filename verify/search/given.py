"""Claims about given networks: finds the certificate, or an exact counterexample, and lets the kernel judge it. Nothing here is trusted.

A counterexample is a claim of its own, `refutation`, with a certificate of its own.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..author.theory import canonical
from ..kernel import check as kernel
from ..kernel.errors import BadInput, DepthproofError, OverBudget
from ..kernel.limits import Budget
from ..kernel.numerals import numeral
from ..kernel.rules import Context
from ..kernel.strict_json import tree
from ..kernel.terms import Facts
from ..kernel.theory import beginning
from ..network.network import Network
from . import limits
from .networks import measures
from .networks.boxes import Counterexample, Stuck
from .networks.goal import met, proof
from .networks.setting import Setting
from .statements import GOAL, claimed, condition, declared, is_whole

SECONDS = 60.0


@dataclass(frozen=True)
class Found:
    """A certificate, not yet checked: of the claim; or if a goal is named, of its `refutation` where the names have these values."""

    certificate: bytes
    goal: str = ""
    values: Mapping[str, Fraction] = field(default_factory=dict)

    def claim(self, claim: bytes) -> bytes:
        """What the certificate is for."""
        return refutation(claim, self.goal, self.values) if self.goal else claim


@dataclass(frozen=True)
class Proved:
    """The kernel accepted the certificate: the claim holds. `lines`: what the kernel says."""

    claim: bytes
    certificate: bytes
    lines: Sequence[str]


@dataclass(frozen=True)
class Refuted:
    """The kernel accepted the certificate of a goal's refutation, which is `claim`. For a goal about all points: the counterexample, by
    the variables' names, what the networks give there, exactly, and in float32, which may differ. For one about a number: the number."""

    claim: bytes
    certificate: bytes
    lines: Sequence[str]
    goal: str
    point: Mapping[str, Fraction] = field(default_factory=dict)
    outputs: Mapping[str, Fraction] = field(default_factory=dict)
    float32: Mapping[str, Sequence[float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Undecided:
    """Nothing was shown, and why."""

    reason: str


def claim_files(name: str, statement: Mapping[str, Any], networks: Mapping[str, Network]) -> tuple[bytes, dict[str, bytes]]:
    """The bytes of the claim, and of its networks by SHA-256. Raises `BadInput` if a short statement is malformed."""
    canonical_bytes = {key: network.canonical for key, network in networks.items()}
    said = statement if is_whole(statement) else claimed(statement, Setting(canonical_bytes))
    claim = written(name, said, {key: network.sha256 for key, network in networks.items()})
    return claim, {network.sha256: network.canonical for network in networks.values()}


def written(name: str, statement: Mapping[str, Any], hashes: Mapping[str, str]) -> bytes:
    """The bytes of a claim."""
    return canonical({"format": "claim/1", "name": name, "networks": dict(hashes), "statement": statement})


def refutation(claim: bytes, goal: str, values: Mapping[str, Fraction]) -> bytes:
    """The claim that a goal of the claim is false, where inputs and measures have these values."""
    whole = tree(claim, Budget())
    items, (said,) = whole["statement"]["declare"], [item for item in whole["statement"]["goals"] if item["goal"] == goal]
    numbers = {item.get("measure") for item in items}
    equations = [[f"{name} = {numeral(x)}" for name, x in values.items() if (name in numbers) == number] for number in (False, True)]
    text = " and ".join([*equations[1], f"not ({said['holds']})"])
    text = f"{' and '.join(equations[0])} implies {text}" if equations[0] else text
    goals = [{"goal": f"{goal}.refuted", "for": [], "holds": text}]
    return written(f"not {whole['name']}", {"declare": items, "goals": goals}, whole["networks"])


def settle(statement: Mapping[str, Any], networks: Mapping[str, Network], name: str = "claim",
           seconds: float = SECONDS, memory: int = limits.MEMORY) -> Proved | Refuted | Undecided:  # fmt: skip
    """Decides a claim: the search runs in a process of its own under limits, and what it finds is re-checked here by the kernel.

    Raises `BadInput` if the claim itself is malformed.
    """
    claim, files = claim_files(name, statement, networks)
    setting = setting_of(claim, files)
    try:
        _goals(claim)
    except OverBudget as error:
        return Undecided(str(error))
    found = limits.run(limits.Task(attempted, (claim, files, seconds, condition(statement, setting))), seconds, memory)
    if not isinstance(found.value, Found):
        return Undecided(found.value if isinstance(found.value, str) else found.reason)
    try:
        return judged(claim, found.value, files, networks)
    except DepthproofError as error:
        return Undecided(f"the kernel does not accept what was found: {error}")


def judged(claim: bytes, found: Found, files: Mapping[str, bytes], networks: Mapping[str, Network]) -> Proved | Refuted:
    """What the kernel says of what was found. Raises what the kernel raises."""
    shown = found.claim(claim)
    lines = kernel.check(shown, found.certificate, files.__getitem__)
    if not found.goal:
        return Proved(shown, found.certificate, lines)
    numbers = {item.get("measure") for item in tree(claim, Budget())["statement"]["declare"]}
    at = [x for name, x in found.values.items() if name not in numbers]
    return Refuted(shown, found.certificate, lines, found.goal, found.values, *_replayed(at, networks))


def attempted(claim: bytes, networks: Mapping[str, bytes], seconds: float, where: str = "") -> Found | str:
    """What was found (not yet checked), or the reason why nothing was."""
    try:
        return certified(claim, networks, seconds, where)
    except OverBudget as error:
        return str(error)


def certified(claim: bytes, networks: Mapping[str, bytes], seconds: float = SECONDS, where: str = "") -> Found:
    """A certificate, of the claim or of its refutation. `where`: a condition that must hold somewhere, so that the claim says anything.
    Raises `OverBudget` where none was found."""
    setting, items = setting_of(claim, networks), []
    if where:
        met(setting, where, seconds)
    for goal in _goals(claim):
        try:
            items.append({"goal": goal, "proof": proof(setting, *_start(setting, claim, goal), seconds)})
        except Counterexample as error:
            values = dict(zip(setting.inputs if error.names is None else error.names, error.point, strict=True))
            return _refuted(setting, claim, goal, values, seconds)
        except Stuck as error:
            raise OverBudget("", error.reason) from None
    return Found(_certificate(claim, items))


def _refuted(
    setting: Setting, claim: bytes, goal: str, values: Mapping[str, Fraction], seconds: float
) -> Found:
    """The certificate that the goal is false at these values."""
    denied = refutation(claim, goal, values)
    (name,) = _goals(denied)
    try:
        steps = proof(setting, *_start(setting, denied, name), seconds)
    except (Stuck, Counterexample) as error:
        reason = error.reason if isinstance(error, Stuck) else "the counterexample is none"
        found = ", ".join(f"{key} = {numeral(value)}" for key, value in values.items())
        raise OverBudget("", f"false at {found}, which is not proved: {reason}") from None
    return Found(_certificate(denied, [{"goal": name, "proof": steps}]), goal, values)


def measured(name: str, item: Mapping[str, Any], relation: str, number: Fraction, networks: Mapping[str, Network],
             known: Sequence[Sequence[Fraction]]) -> tuple[bytes, bytes, dict[str, bytes]]:  # fmt: skip
    """The claim that a measure is in relation (<=, >= or =) to a number; its certificate by points, signs and coefficients, not checked;
    and the networks by SHA-256."""
    goals = [{"goal": GOAL, "for": [], "holds": f"{item['measure']} {relation} {numeral(number)}"}]
    claim, files = claim_files(name, {"declare": [item], "goals": goals}, networks)
    step = ["measure", item["measure"], *([numeral(x) for x in part] for part in known)]
    return claim, _certificate(claim, [{"goal": GOAL, "proof": [step, *measures.ENDS[relation]]}]), files


def setting_of(claim: bytes, networks: Mapping[str, bytes]) -> Setting:
    """The claim's networks and what it declares. Raises `BadInput` where the claim is malformed."""
    whole = tree(claim, Budget())
    setting = Setting({name: networks[digest] for name, digest in whole["networks"].items()})
    declared(whole["statement"], setting)
    return setting


def write_piece_certificate(network: Network, on: Sequence[Fraction], path: str | Path) -> None:
    """Counts the pieces of a one-input network on an interval and writes the claim that they are so many, its certificate and the network.

    `path` names the certificate or the claim, or their common beginning; the network goes into the folder `networks` beside them.
    """
    from ..exact import Interval, pieces

    statement = {"pieces": {"of": "f", "on": [numeral(x) for x in on], "is": "=", "count": pieces(network, Interval(*on)).pieces}}
    stem = _stem(path)
    claim, files = claim_files(stem.name, statement, {"f": network})
    save(stem, claim, certified(claim, files).certificate, files)


def piece_files(path: str | Path) -> list[Path]:
    """The claim and the certificate that `write_piece_certificate` writes."""
    stem = _stem(path)
    return [stem.with_name(stem.name + ending) for ending in (kernel.CLAIM, kernel.CERTIFICATE)]


def _stem(path: str | Path) -> Path:
    """The common beginning of the two; dots in it stay."""
    for ending in (kernel.CERTIFICATE, kernel.CLAIM, ".json"):
        if str(path).endswith(ending):
            return Path(str(path).removesuffix(ending))
    return Path(path)


def save(stem: Path, claim: bytes, certificate: bytes, networks: Mapping[str, bytes]) -> None:
    """Writes the files that the checker reads: STEM.claim.json, STEM.certificate.json, and the networks in a folder beside them."""
    folder = stem.parent / "networks"
    files = {stem.with_name(stem.name + kernel.CLAIM): claim, stem.with_name(stem.name + kernel.CERTIFICATE): certificate}
    files |= {folder / f"{digest}.json": data for digest, data in networks.items()}
    for path, data in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.new")
            temporary.write_bytes(data)
            temporary.replace(path)
        except OSError as error:
            raise BadInput(str(path), f"cannot be written: {(error.strerror or str(error)).lower()}") from None


def _certificate(claim: bytes, items: Sequence[Any]) -> bytes:
    digest = hashlib.sha256(claim).hexdigest()
    return canonical({"format": "certificate/1", "claim": digest, "evidence": {"items": items}})


def _goals(claim: bytes) -> list[str]:
    """The names of the goals. Raises `OverBudget` where they are not about networks alone."""
    whole = tree(claim, Budget())["statement"]
    if not all(item.keys() >= {"measure"} for item in whole["declare"]) or any(goal["for"] for goal in whole["goals"]):
        raise OverBudget("/statement", "the search knows goals without variables about networks, and goals with variables without them")
    return [goal["goal"] for goal in whole["goals"]]


def _start(setting: Setting, claim: bytes, goal: str) -> tuple[Context, Facts]:
    (text,) = (item["holds"] for item in tree(claim, Budget())["statement"]["goals"] if item["goal"] == goal)
    return beginning(setting.vocabulary, setting.vocabulary.statement([], text))


def _replayed(point: Sequence[Fraction], networks: Mapping[str, Network]) -> tuple[dict[str, Fraction], dict[str, Sequence[float]]]:
    """What the networks give at the point, exactly and in float32."""
    from ..exact import evaluate, evaluate_float32

    outputs = dict[str, Fraction]()
    for name, network in networks.items() if point else ():
        values = evaluate(network, point)
        outputs |= {f"{name}{i}" if len(values) > 1 else name: value for i, value in enumerate(values, 1)}
    return outputs, {name: evaluate_float32(network, point) for name, network in networks.items()} if point else {}
