"""Claims about given networks: finds the evidence, or an exact counterexample, and lets the kernel judge it. Nothing here is trusted."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..kernel import check as kernel
from ..kernel.errors import BadInput, DepthproofError, OverBudget, expected, placed
from ..kernel.given import STATEMENTS, Setting, comparisons
from ..kernel.network import Graph
from ..kernel.numeral import Budget, numeral
from ..kernel.reader import tree
from ..kernel.syntax import formula, term
from ..kernel.terms import Polynomial, junction, negate
from ..network.network import Network
from . import limits
from .line import points

UNLIMITED = 10**15  # the search is bounded by time; only the kernel's verdict counts operations
SECONDS = 60.0


Finder = Callable[[Mapping[str, Any], Setting, float], dict[str, Any]]


@dataclass(frozen=True)
class Proved:
    """The kernel accepted the certificate: the claim holds."""

    certificate: bytes
    verdict: kernel.Verdict


@dataclass(frozen=True)
class Refuted:
    """The kernel re-checked the refutation. For a claim about all points: the counterexample, by the variables' names, and what the
    networks give there in float32, which may differ."""

    certificate: bytes
    verdict: kernel.Verdict
    point: Mapping[str, Fraction] = field(default_factory=dict)
    float32: Mapping[str, Sequence[float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Undecided:
    """Nothing was shown, and why."""

    reason: str


def claim_files(name: str, statement: Mapping[str, Any], networks: Mapping[str, Network]) -> tuple[bytes, dict[str, bytes]]:
    """The bytes of the claim, and of its networks by SHA-256."""
    hashes = {key: network.sha256 for key, network in networks.items()}
    claim = {"format": "claim/1", "name": name, "networks": hashes, "statement": statement}
    return _canonical(claim), {network.sha256: network.canonical for network in networks.values()}


def settle(statement: Mapping[str, Any], networks: Mapping[str, Network], name: str = "claim",
           seconds: float = SECONDS, memory: int = limits.MEMORY) -> Proved | Refuted | Undecided:  # fmt: skip
    """Decides a claim: the search runs in a process of its own under limits, and what it finds is re-checked here by the kernel.

    Raises `BadInput` if the claim itself is malformed.
    """
    claim, files = claim_files(name, statement, networks)
    _read(setting_of(claim, files), tree(claim)["statement"])
    found = limits.run(limits.Task(attempted, (claim, files, seconds)), seconds, memory)
    if not isinstance(found.value, bytes):
        return Undecided(found.value if isinstance(found.value, str) else found.reason)
    try:
        verdict = kernel.check(claim, found.value, files.__getitem__)
    except DepthproofError as error:
        return Undecided(f"the kernel does not accept what was found: {error}")
    if verdict.holds:
        return Proved(found.value, verdict)
    point, float32 = _replayed(tree(found.value)["evidence"], networks)
    return Refuted(found.value, verdict, point, float32)


def _read(setting: Setting, statement: Mapping[str, Any]) -> None:
    """Reads the texts of a statement, so that a malformed one is said at once. Raises `BadInput`."""
    ((kind, body),) = statement.items()
    readers: dict[str, Callable[[Any], Any]] = {
        **dict.fromkeys(("holds", "where"), partial(setting.read, formula)), "of": lambda text: _wanted(_affine(setting.read(term, text))),
        "bound": setting.budget.rational, "at": setting.numbers, "box": setting.sides,
        "on": lambda interval: setting.sides([interval] * setting.graph.inputs),
    }  # fmt: skip
    for key in [key for key in readers if isinstance(body, Mapping) and key in body]:
        with placed(f"/statement/{kind}/{key}"):
            readers[key](body[key])


def _affine(p: Polynomial) -> bool:
    return all(len(monomial) < 2 for monomial, _ in p.terms)


def _wanted(affine: bool) -> None:
    if not affine:
        raise BadInput("", "expected an affine expression")


def attempted(claim: bytes, networks: Mapping[str, bytes], seconds: float) -> bytes | str:
    """A certificate (not yet checked), or the reason why there is none."""
    try:
        return certified(claim, networks, seconds)
    except OverBudget as error:
        return str(error)


def certified(claim: bytes, networks: Mapping[str, bytes], seconds: float = SECONDS) -> bytes:
    """The bytes of a certificate, of the claim or of its refutation. Raises `OverBudget` where none was found."""
    setting = setting_of(claim, networks)
    ((kind, body),) = tree(claim)["statement"].items()
    finders: dict[str, Finder] = {"forall": _everywhere, "distance_to_span": _span, "value": _nothing}
    evidence = finders.get(kind, _line)(body, setting, seconds)
    return _canonical({"format": "certificate/1", "claim": hashlib.sha256(claim).hexdigest(), "evidence": evidence})


def setting_of(claim: bytes, networks: Mapping[str, bytes]) -> Setting:
    """The claim's networks and variables. Raises `BadInput` for a statement of another kind."""
    whole = tree(claim)
    if len(whole["statement"]) != 1 or next(iter(whole["statement"])) not in STATEMENTS:
        raise expected("/statement", f"an object with one of the keys {', '.join(STATEMENTS)}", ", ".join(whole["statement"]))
    graph = Graph(Budget(UNLIMITED))
    return Setting(graph, {name: graph.read(networks[digest]) for name, digest in whole["networks"].items()})


def write_piece_certificate(network: Network, on: Sequence[Fraction], path: str | Path) -> None:
    """Counts the pieces of a one-input network on an interval and writes the claim that they are so many, its certificate and the network.

    `path` names the certificate or the claim, or their common beginning; the network goes into the folder `networks` beside them.
    """
    from ..exact import Interval, pieces

    statement = {"pieces": {"of": "f", "on": [numeral(x) for x in on], "is": "=", "count": pieces(network, Interval(*on)).pieces}}
    stem = Path(str(path).removesuffix(kernel.CERTIFICATE).removesuffix(kernel.CLAIM).removesuffix(".json"))
    claim, files = claim_files(stem.name, statement, {"f": network})
    save(stem, claim, certified(claim, files), files)


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


def _canonical(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True).encode() + b"\n"


def _nothing(body: Mapping[str, Any], setting: Setting, seconds: float) -> dict[str, Any]:
    return {}


def _line(body: Mapping[str, Any], setting: Setting, seconds: float) -> dict[str, Any]:
    expression = setting.read(term, body["of"])
    ((low, high),) = setting.sides([body.get("on", ["0", "1"])])
    return {"points": [numeral(x) for x in points(setting, low, high, [expression])]}


def _span(body: Mapping[str, Any], setting: Setting, seconds: float) -> dict[str, Any]:
    from . import span

    return span.evidence(body, setting, seconds)


def _everywhere(body: Mapping[str, Any], setting: Setting, seconds: float) -> dict[str, Any]:
    """For one input: points, unless one of them (or a middle) is a counterexample. For several: a proof by cuts."""
    from .boxes import Counterexample, Search, Stuck, samples

    sides, condition = setting.sides(body["box"]), setting.read(formula, body.get("where", "true"))
    claim = junction("or", (negate(condition), setting.read(formula, body["holds"])))
    if not all(_affine(comparison.polynomial) for comparison in comparisons(claim)):
        for sample in samples(sides):
            if not setting.holds(claim, setting.graph.values(sample)):
                return {"counterexample": [numeral(x) for x in sample]}
        raise OverBudget("", "the search knows affine comparisons only, and met no counterexample")
    try:
        witness = {"witness": [numeral(x) for x in _witness(setting, sides, condition, seconds)]} if "where" in body else {}
        if len(sides) > 1 or sides[0][0] == sides[0][1]:
            return {"proof": Search(setting, sides, claim, seconds).steps()} | witness
        found = points(setting, *sides[0], [c.polynomial for c in comparisons(claim)])
        tried = [*found, *((x + y) / 2 for x, y in pairwise(found))]
        false = [x for x in tried if not setting.holds(claim, setting.graph.values([x]))]
        if false:
            raise Counterexample([min(false, key=lambda x: (x.denominator, abs(x.numerator)))])
        return {"points": [numeral(x) for x in found]} | witness
    except Counterexample as error:
        return {"counterexample": [numeral(x) for x in error.point]}
    except Stuck as error:
        raise OverBudget("", error.reason) from None


def _witness(setting: Setting, sides: Any, condition: Any, seconds: float) -> Sequence[Fraction]:
    """A point of the box where the condition holds: a counterexample to its negation."""
    from .boxes import Counterexample, Search, Stuck

    try:
        Search(setting, sides, negate(condition), seconds).steps()
    except Counterexample as error:
        return error.point
    raise Stuck("no point of the box satisfies the condition")


def _replayed(evidence: Mapping[str, Any], networks: Mapping[str, Network]) -> tuple[dict[str, Fraction], dict[str, Sequence[float]]]:
    from ..exact import evaluate_float32
    from ..kernel.numeral import rational

    point = [rational(text) for text in evidence.get("counterexample", ())]
    if not point:
        return {}, {}
    names = ["x"] if len(point) == 1 else [f"x{number + 1}" for number in range(len(point))]
    return dict(zip(names, point, strict=True)), {name: evaluate_float32(network, point) for name, network in networks.items()}
