"""The one way from a claim to a verdict: a search finds a certificate, the kernel accepts it.

Nothing else is ever called proved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ..claim import Claim
from ..kernel.declare import entries
from ..kernel.errors import BadInput, DepthproofError, OverBudget
from ..network.network import Network
from ..typed import want_type
from . import display, limits
from .found import Found
from .numbers.plan import Plan
from .workers import Team, Workers

SECONDS = 60.0

Runner = Callable[[limits.Task, float], limits.Ending]


@dataclass(frozen=True)
class Proved:
    """The kernel accepted the certificate: the claim holds. `lines`: what the kernel says."""

    claim: Claim
    certificate: bytes
    lines: Sequence[str]

    def _repr_html_(self) -> str:
        return display.proved(self)


@dataclass(frozen=True)
class Refuted:
    """The kernel accepted the certificate of a goal's refutation, which is `claim`.

    `point` is the counterexample: values of the inputs, of the goal's variables, or of the numbers
    that the goal is about, by their names. `outputs` is what the networks give there, exactly, and
    `float32` what they give in that arithmetic, which may differ."""

    claim: Claim
    certificate: bytes
    lines: Sequence[str]
    goal: str
    point: Mapping[str, Fraction] = field(default_factory=dict)
    outputs: Mapping[str, Fraction] = field(default_factory=dict)
    float32: Mapping[str, Sequence[float]] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        return display.refuted(self)


@dataclass(frozen=True)
class Undecided:
    """Nothing was shown, and why. `costly`: what was found, if the kernel refused it for its cost
    alone."""

    reason: str
    costly: Found | None = field(default=None, compare=False, repr=False)

    def _repr_html_(self) -> str:
        return display.undecided(self)


def prove(
    claim: Claim,
    seconds: float = SECONDS,
    plan: Plan | None = None,
    run: Runner = limits.run,
    workers: Workers | None = None,
) -> Proved | Refuted | Undecided:
    """Decides a claim; a plan says how it may be proved, where its author knows.

    The search runs in a process of its own under limits, unless `run` says otherwise, and what it
    finds is checked here by the kernel. A large tree of cuts is divided among `workers`. Raises
    `BadInput` if the claim or the plan is malformed or of another type.

        low = {"forall": {"box": [["0", "1"]], "holds": "f <= 1"}}
        prove(Claim.from_short("low", low, {"f": tent()}), seconds=10)
    """
    want_type(claim, Claim, "a Claim, such as Claim.from_file(path)")
    want_type(seconds, (int, float), "a number of seconds")
    end = run(limits.Task(_attempted, (claim, seconds, plan, workers)), seconds)
    if isinstance(end.value, BadInput):
        raise end.value
    if isinstance(end.value, str):
        return Undecided(end.value)
    if not isinstance(end.value, Found):
        return Undecided(end.reason)
    try:
        return judged(claim, end.value)
    except DepthproofError as error:
        costly = end.value if isinstance(error, OverBudget) else None
        return Undecided(f"the kernel does not accept what was found: {error}", costly)


def certified(
    claim: Claim, seconds: float = SECONDS, plan: Plan | None = None, team: Team | None = None
) -> Found:
    """A certificate, of the claim or of a refutation, which the kernel has not seen yet. A team of
    any executor shares the work: Team(executor, jobs=4). Raises `BadInput`, and other errors where none was found."""
    if claim.networks:
        from .networks import certificate as of_networks

        return of_networks.found(claim, seconds, team)
    from .numbers import certificate as of_numbers

    return of_numbers.found(claim, plan)


def judged(claim: Claim, found: Found) -> Proved | Refuted:
    """What the kernel says of what was found. Raises what the kernel raises.

        judged(claim, certified(claim))      Proved, or Refuted, with the lines of the kernel
    """
    shown = found.claim(claim)
    lines = shown.check(found.certificate)
    if not found.goal:
        return Proved(shown, found.certificate, lines)
    point = [x for name, x in found.values.items() if name not in claim.measures]
    outputs, float32 = _replayed(point, claim.networks) if point else ({}, {})
    return Refuted(shown, found.certificate, lines, found.goal, found.values, outputs, float32)


def _attempted(
    claim: Claim, seconds: float, plan: Plan | None, workers: Workers | None
) -> Found | BadInput | str:
    """What was found; what is wrong with the claim; or the reason why nothing was found."""
    try:
        if workers is None:
            return certified(claim, seconds, plan)
        with workers.team() as team:
            return certified(claim, seconds, plan, team)
    except BadInput as error:
        return error
    except DepthproofError as error:
        return str(error)


def _replayed(
    point: Sequence[Fraction], networks: Mapping[str, Network]
) -> tuple[dict[str, Fraction], dict[str, Sequence[float]]]:
    """What the networks give at the point, exactly and in float32."""
    from ..exact import evaluate, evaluate_float32

    outputs = dict[str, Fraction]()
    for name, network in networks.items():
        values = evaluate(network, point)
        outputs |= zip(entries(name, len(values)), values, strict=True)
    return outputs, {name: evaluate_float32(network, point) for name, network in networks.items()}
