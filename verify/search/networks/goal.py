"""The proof of one goal about given networks, or numbers at which it is false: by what it speaks of. Nothing here is trusted."""

from collections.abc import Sequence
from typing import Any

from ...kernel.errors import OverBudget
from ...kernel.formulas import formula
from ...kernel.numerals import numeral
from ...kernel.rules import Context
from ...kernel.terms import Facts, Formula, facts, junction
from ...kernel.theory import beginning
from ...short import is_affine
from . import measures, point
from .boxes import Counterexample, Search, Stuck, samples
from .line import points
from .measures import mentioned
from .segments import steps
from .setting import Setting, comparisons
from .unknown import leaf

LONGEST = 200  # digits of a value that a refutation states


def proof(setting: Setting, context: Context, start: Facts, seconds: float) -> list[Any]:
    """The steps that refute the facts. Raises `Counterexample`, `Stuck`, `OverBudget`."""
    whole = junction("and", start)
    if names := mentioned(setting, whole):
        said = formula(context.statement.text, setting.terms, {})
        return _about_numbers(setting, context, start, names, said, seconds)
    if (entries := leaf(start)) is not None:
        return [["leaf", entries]]
    search = Search(setting, context, start, seconds)
    if not all(is_affine(comparison.polynomial) for comparison in comparisons(whole)):
        return _nonlinear(search, search.goal)
    if len(search.box) != 1 or search.box[0][0] >= search.box[0][1]:
        return search.steps()
    return steps(search, points(setting, *search.box[0]))


def _nonlinear(search: Search, said: Formula) -> list[Any]:
    """The proof of a goal with products, at a point."""
    for sample in samples(search.box):
        if not search.setting.holds(said, search.setting.at(sample)):
            raise Counterexample(sample)
    found = point.steps(search) if all(low == high for low, high in search.box) else None
    if found is None:
        raise OverBudget("", "the search knows affine comparisons only, and met no counterexample")
    return found


def _about_numbers(setting: Setting, context: Context, start: Facts, names: Sequence[str], said: Formula, seconds: float) -> list[Any]:
    """The proof of a goal about measures; a `Counterexample` where what they are refutes it."""
    known = [measures.measured(setting, name, said, seconds) for name in names]
    if (proof := measures.steps(context, start, known)) is not None:
        return proof
    if measures.steps(context, facts(said), known) is None:
        raise Stuck("what is known of these numbers does not decide it")
    exact = {it.name: it.value for it in known if it.value is not None and len(numeral(it.value)) <= LONGEST}
    raise Counterexample(list(exact.values()), list(exact))


def met(setting: Setting, where: str, seconds: float) -> None:
    """A point where the condition holds: a counterexample to its negation. Raises `OverBudget` where none was found."""
    context, start = beginning(setting.vocabulary, setting.vocabulary.statement([], f"not ({where})"))
    try:
        proof(setting, context, start, seconds)
    except Counterexample:
        return
    except Stuck as error:
        raise OverBudget("", error.reason) from None
    raise OverBudget("", "no point of the box satisfies the condition")
