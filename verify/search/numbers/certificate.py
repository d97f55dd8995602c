"""The certificate of a claim about all numbers, or of a refutation at small values."""

from collections.abc import Iterator, Sequence
from typing import Any

from ...claim import Claim, Item, vocabulary
from ...kernel.declare import Statement, Vocabulary
from ...kernel.errors import BadInput, DepthproofError, OverBudget, placed
from ..found import Found
from ..notation import application
from ..spelling import hinted
from .attempt import proof_of
from .plan import Hints, Plan, Step, Steps
from .small import MOST_POINTS, counterexample

FEW_POINTS = 100


def found(claim: Claim, plan: Plan | None) -> Found:
    """What the plan proves; without one what needs no hints. Where nothing is proved, a refutation
    at small values. Raises `BadInput` where the claim or the plan is malformed, other errors where
    nothing was found."""
    if plan is None:
        claim.vocabulary()
        if (false := denied(claim, FEW_POINTS)) is not None:
            return false
    try:
        shown = _unaided(claim) if plan is None else evidence(claim, plan)
    except BadInput:
        raise
    except DepthproofError:
        if (false := denied(claim, MOST_POINTS)) is not None:
            return false
        raise
    return Found(claim.certificate(shown))


def evidence(claim: Claim, plan: Plan) -> dict[str, Any]:
    """The evidence that the plan leads to. Raises `Stuck` where its hints do not suffice."""
    with placed(claim.name):
        whole: dict[str, Any] = {"items": _proved(plan.steps, claim.declarations)}
        if plan.witness is not None:
            declared = list(plan.witness.declared)
            whole["witness"] = {"declare": declared, "items": _proved(plan.witness.steps, declared)}
        return whole


def denied(claim: Claim, most: int) -> Found | None:
    """The refutation of a goal that is false at one of so many small values."""
    if any("assume" in item for item in claim.declarations):
        return None  # the refutation would need a witness
    for goal in claim.goals:
        near = counterexample(claim.declarations, goal, most)
        if near is None:
            continue
        values, used = near
        false = claim.refutation(goal["goal"], values)
        (said,) = false.goals
        step = Step("goal", said["goal"], said["holds"], (), "", Hints(use=used))
        try:
            return Found(false.certificate(evidence(false, Plan([step]))), goal["goal"], values)
        except DepthproofError:
            continue
    return None


def _unaided(claim: Claim) -> dict[str, Any]:
    """The evidence for every goal, each proved by the first way that leads to a proof."""
    shown, steps, reason = dict[str, Any](), list[Step](), ""
    for goal in claim.goals:
        for step in _ways(goal):
            try:
                shown = evidence(claim, Plan([*steps, step]))
            except DepthproofError as error:
                reason = str(error)
                continue
            steps.append(step)
            break
        else:
            raise OverBudget("", reason)
    return shown


def _ways(goal: Item) -> Iterator[Step]:
    """Directly, and by induction on each variable that has a least value."""
    name, text, variables = goal["goal"], goal["holds"], tuple(map(tuple, goal["for"]))
    yield Step("goal", name, text, variables, "", Hints())
    for variable, sort in variables:
        if sort.startswith("Z from "):
            others = ", ".join(other for other, _ in variables if other != variable)
            use = f"IH({others})" if others else "IH"
            yield Step("goal", name, text, variables, variable, Hints([use]))


def _proved(steps: Steps, declarations: Sequence[Item]) -> list[dict[str, Any]]:
    """The items of the evidence, each proved from those before it."""
    known, items = vocabulary({}), list[dict[str, Any]]()
    for declaration in declarations:
        with placed(str(next(iter(declaration.values())))):
            known.declare(declaration, trusted=True)
    for step in steps:
        if not isinstance(step, Step):
            known.declare(step, trusted=False)
            items.append(step)
            continue
        with placed(f"{step.kind} {step.name}: {step.text}"):
            statement = _stated(known, step)
            item: dict[str, Any] = {step.kind: step.name}
            if step.kind == "lemma":
                item |= {"for": [list(pair) for pair in step.variables], "holds": step.text}
            items.append(item | _shown(known, statement, step))
            known.facts[known.fresh(step.name)] = statement
    return items


def _stated(known: Vocabulary, step: Step) -> Statement:
    """The step's statement; of a name that is unknown the nearest known one is said."""
    try:
        return known.statement([list(pair) for pair in step.variables], step.text)
    except BadInput as error:
        raise BadInput(error.where, hinted(error.reason, known.terms.symbols)) from None


def _shown(known: Vocabulary, statement: Statement, step: Step) -> dict[str, Any]:
    """Its proof; where that fails, with what the hints may lack."""
    try:
        return proof_of(known, statement, step.induction, step.hints)
    except BadInput as error:
        names = [*known.terms.symbols, *known.facts]
        raise BadInput(error.where, hinted(error.reason, names)) from None
    except DepthproofError as error:
        used = any(application(hint)[0] == "IH" for hint in step.hints.use)
        lacking = "" if used or not step.induction else "IH, the hypothesis, is not among use; "
        raise type(error)(error.where, lacking + error.reason) from None
