"""The certificate of a claim about given networks; or of a refutation, at a point or at the
numbers that it is about."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ...claim import Claim, Item
from ...kernel.errors import OverBudget
from ...kernel.numerals import numeral
from ...kernel.theory import beginning
from ...network.network import Network
from ...short import GOAL
from ..found import Found
from ..workers import Team
from .boxes import Counterexample, Unsettled
from .goal import met, proof
from .measures import ENDS, step
from .setting import Setting


def found(claim: Claim, seconds: float, team: Team | None = None) -> Found:
    """A proof of every goal, or a refutation of one; a team shares the work. Raises `OverBudget`
    where neither was found, `BadInput` where the claim is malformed."""
    setting = Setting(claim.vocabulary(), claim.named)
    known_items = len(claim.measures) + len(claim.named)
    about_networks = known_items == len(claim.declarations)
    if not about_networks or any(goal["for"] for goal in claim.goals):
        known = "goals without variables about networks, and goals with variables without them"
        raise OverBudget("/statement", f"the search knows {known}")
    if claim.where:
        met(setting, claim.where, seconds)
    items = []
    for goal in claim.goals:
        try:
            steps = _steps(setting, goal["holds"], seconds, team)
            items.append({"goal": goal["goal"], "proof": steps})
        except Counterexample as error:
            names = setting.inputs if error.names is None else error.names
            values = dict(zip(names, error.point, strict=True))
            return _refuted(setting, claim, goal["goal"], values, seconds)
        except Unsettled as error:
            raise OverBudget("", error.reason) from None
    return Found(claim.certificate({"items": items}))


def _refuted(
    setting: Setting, claim: Claim, goal: str, values: Mapping[str, Fraction], seconds: float
) -> Found:
    """The certificate that the goal is false at these values."""
    denied = claim.refutation(goal, values)
    (said,) = denied.goals
    try:
        steps = _steps(setting, said["holds"], seconds)
    except (Unsettled, Counterexample) as error:
        reason = error.reason if isinstance(error, Unsettled) else "the counterexample is none"
        at = ", ".join(f"{key} = {numeral(value)}" for key, value in values.items())
        raise OverBudget("", f"false at {at}, which is not proved: {reason}") from None
    evidence = {"items": [{"goal": said["goal"], "proof": steps}]}
    return Found(denied.certificate(evidence), goal, values)


def _steps(setting: Setting, text: str, seconds: float, team: Team | None = None) -> list[Any]:
    """The steps that prove what the text says."""
    known = setting.vocabulary
    return proof(setting, *beginning(known, known.statement([], text)), seconds, team)


def measured(
    name: str,
    item: Item,
    relation: str,
    number: Fraction,
    networks: Mapping[str, Network],
    known: Sequence[Sequence[Fraction]],
) -> tuple[Claim, bytes]:
    """The claim that a measure is in relation (<=, >= or =) to a number; and its certificate by
    points, signs and coefficients, which the kernel has not seen yet.

        measured("c", {"measure": "n", "is": "pieces", …}, "=", Fraction(4), …)      the goal n = 4
    """
    measure = item["measure"]
    goal = {"goal": GOAL, "for": [], "holds": f"{measure} {relation} {numeral(number)}"}
    claim = Claim(name, networks, [item], [goal])
    proof = [step(measure, known), *ENDS[relation]]
    return claim, claim.certificate({"items": [{"goal": GOAL, "proof": proof}]})
