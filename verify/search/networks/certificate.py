"""The certificate of a claim about given networks; or of a refutation, at a point or at the
numbers that it is about."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ...claim import Claim, Item
from ...kernel.declare import Statement, Vocabulary
from ...kernel.errors import OverBudget, placed
from ...kernel.numerals import numeral
from ...kernel.rules import Context
from ...kernel.strict_json import fields
from ...kernel.terms import Facts
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
    known = claim.declared()
    setting = Setting(known, claim.named)
    if not _is_about_networks(claim):
        claim.vocabulary()
        what = "goals without variables about networks, and goals with variables without them"
        raise OverBudget("/statement", f"the search knows {what}")
    begun = [_begun(known, goal, place) for place, goal in enumerate(claim.goals)]
    if claim.where:
        met(setting, claim.where, seconds)
    items = []
    for name, (context, start) in begun:
        try:
            steps = proof(setting, context, start, seconds, team)
            items.append({"goal": name, "proof": steps})
        except Counterexample as error:
            names = setting.inputs if error.names is None else error.names
            values = dict(zip(names, error.point, strict=True))
            return _refuted(setting, claim, name, values, seconds)
        except Unsettled as error:
            raise OverBudget("", error.reason) from None
    return Found(claim.certificate({"items": items}))


def _is_about_networks(claim: Claim) -> bool:
    """Whether nothing is declared but measures and names of constants, and no goal has variables of
    its own."""
    known = len(claim.measures) + len(claim.named)
    alone = all(type(goal) is dict and goal.get("for") == [] for goal in claim.goals)
    return alone and bool(claim.goals) and known == len(claim.declarations)


def _begun(known: Vocabulary, goal: Item, place: int) -> tuple[str, tuple[Context, Facts]]:
    """A goal's name, and with what its proof begins. It is read once: a long one takes as long as
    its proof."""
    with placed(f"/statement/goals/{place}"):
        name, _, text = fields(goal, "goal", "for", "holds")
        found = beginning(known, Statement({}, {}, text, []))
        known.facts[known.fresh(name)] = None
    return name, found


def _refuted(
    setting: Setting, claim: Claim, goal: str, values: Mapping[str, Fraction], seconds: float
) -> Found:
    """The certificate that the goal is false at these values."""
    denied = claim.refutation(goal, values)
    (said,) = denied.goals
    try:
        statement = Statement({}, {}, said["holds"], [])
        steps = proof(setting, *beginning(setting.vocabulary, statement), seconds)
    except (Unsettled, Counterexample) as error:
        reason = error.reason if isinstance(error, Unsettled) else "the counterexample is none"
        at = ", ".join(f"{key} = {numeral(value)}" for key, value in values.items())
        raise OverBudget("", f"false at {at}, which is not proved: {reason}") from None
    evidence = {"items": [{"goal": said["goal"], "proof": steps}]}
    return Found(denied.certificate(evidence), goal, values)


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
