"""The proof of one goal about given networks, or numbers at which it is false: by what it speaks
of. Nothing here is trusted."""

import time
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ...kernel.declare import Statement
from ...kernel.errors import OverBudget
from ...kernel.formulas import formula
from ...kernel.numerals import numeral
from ...kernel.rules import Context
from ...kernel.terms import Facts, Formula, facts, junction
from ...kernel.theory import beginning
from ...short import is_affine
from ..workers import Team
from . import cover, curves, measures, point, ways
from .boxes import Counterexample, Search, Unsettled, samples
from .line import evaluated
from .measures import mentioned
from .segments import steps
from .setting import Setting, comparisons
from .unknown import leaf

FEW = 3_000  # simplices up to which nothing else is tried
PART = 4  # of the time, the most that boxes get where a larger complex is at hand
AS_LONG = 3  # times what the complex took, and one second: also the most that they get there
MANY_INPUTS, MANY_UNITS = 4, 100  # from which on no complex is built
LONGEST = 200  # digits of a value that a refutation states


def proof(
    setting: Setting, context: Context, start: Facts, seconds: float, team: Team | None = None
) -> list[Any]:
    """The steps that refute the facts; a team shares the work. Raises `Counterexample`,
    `Unsettled`, `OverBudget`.

    proof(setting, *beginning(vocabulary, statement), seconds=10)
    """
    whole = junction("and", start)
    measured = mentioned(setting, whole)
    if measured:
        said = formula(context.statement.text, setting.terms, {})
        return _about_numbers(setting, context, start, measured, said, seconds)
    entries = leaf(start)
    if entries is not None:
        return [["leaf", entries]]
    if any(setting.names(comparison.polynomial) for comparison in comparisons(whole)):
        return _with_names(setting, context, start, seconds)
    if not all(is_affine(comparison.polynomial) for comparison in comparisons(whole)):
        return _nonlinear(_bounded(setting, context, start, seconds))
    if _on_a_segment(setting, start):
        return _in_a_box(Search(setting, context, start, seconds))
    return _by_size(setting, context, start, seconds, team)


def _with_names(setting: Setting, context: Context, start: Facts, seconds: float) -> list[Any]:
    """The steps where names stand for networks' outputs: by points, from one end of an interval to
    the other, or from the one input to a greater one."""
    polynomials = [comparison.polynomial for comparison in comparisons(junction("and", start))]
    polynomials += [meant for _, meant in setting.named.values()]
    found = {v for p in polynomials for monomial, _ in p.terms for v in monomial}
    computed = max(found - setting.named.keys(), default=0) < setting.graph.size
    if not all(map(is_affine, polynomials)) or not computed or not _on_a_segment(setting, start):
        known = "affine comparisons of one input between two numbers"
        raise OverBudget("", f"of a goal with declared constants the search knows {known}")
    search = Search(setting, context, start, seconds)
    ((low, high),) = search.box
    if low == high:
        high += 1
    return steps(search, evaluated(setting, low, high))


def _by_size(
    setting: Setting, context: Context, start: Facts, seconds: float, team: Team | None
) -> list[Any]:
    """The steps by a cell complex, if it is small; else by boxes; else by the complex, if it is not
    too large."""
    begun, why, covered = time.monotonic(), "", list[Any]()
    too_many = setting.graph.inputs >= MANY_INPUTS and len(setting.graph.units) >= MANY_UNITS
    try:
        covered = [] if too_many else cover.steps(setting, start)
    except (Unsettled, OverBudget) as error:
        why = f"cells: {error.reason}; boxes: "
    if covered and cover.size(covered) <= FEW:
        return covered
    spent = time.monotonic() - begun
    left = min(seconds / PART, 1 + AS_LONG * spent) if covered else seconds - spent
    try:
        return _in_a_box(Search(setting, context, start, left, team))
    except (Unsettled, OverBudget) as error:
        if covered:
            return covered
        raise Unsettled(why + error.reason) from None


def _on_a_segment(setting: Setting, start: Facts) -> bool:
    """Whether there is one input, between two numbers."""
    low, high = setting.graph.bounds(start)
    return setting.graph.inputs == 1 and 1 in low and 1 in high


def _in_a_box(search: Search) -> list[Any]:
    """The steps where all inputs have bounds: with one of them, by points."""
    (low, high), *others = search.box
    if others or low == high:
        return ways.steps(search)
    return steps(search, evaluated(search.setting, low, high))


def _bounded(setting: Setting, context: Context, start: Facts, seconds: float) -> Search:
    try:
        return Search(setting, context, start, seconds)
    except Unsettled as error:
        raise Unsettled(f"{error.reason}, since there are products of inputs or outputs") from None


def _nonlinear(search: Search) -> list[Any]:
    """The proof of a goal with products, at a point or with one input."""
    said = search.goal
    for sample in samples(search.box):
        if not search.setting.holds(said, search.setting.at(sample)):
            raise Counterexample(sample)
    found = None
    if all(low == high for low, high in search.box):
        found = point.steps(search)
    elif len(search.box) == 1:
        found = curves.steps(search)
    if found is None:
        why = "with more inputs than one the search knows affine comparisons only"
        raise OverBudget("", f"{why}, and met no counterexample")
    return found


def _about_numbers(
    setting: Setting,
    context: Context,
    start: Facts,
    names: Sequence[str],
    said: Formula,
    seconds: float,
) -> list[Any]:
    """The proof of a goal about measures; a `Counterexample` where what they are refutes it."""
    known = [measures.measured(setting, name, said, seconds) for name in names]
    proof = measures.steps(context, start, known)
    if proof is not None:
        return proof
    if measures.steps(context, facts(said), known) is None:
        raise Unsettled("what is known of these numbers does not decide it")
    exact = dict[str, Fraction]()
    for it in known:
        if it.value is not None and len(numeral(it.value)) <= LONGEST:
            exact[it.name] = it.value
    raise Counterexample(list(exact.values()), list(exact))


def met(setting: Setting, where: str, seconds: float) -> None:
    """Looks for a point where the condition holds: a counterexample to its negation. Raises
    `OverBudget` where none was found."""
    vocabulary = setting.vocabulary
    context, start = beginning(vocabulary, Statement({}, {}, f"not ({where})", []))
    try:
        proof(setting, context, start, seconds)
    except Counterexample:
        return
    except Unsettled as error:
        raise OverBudget("", error.reason) from None
    raise OverBudget("", "no point satisfies the condition")
