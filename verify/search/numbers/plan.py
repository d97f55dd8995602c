"""How the author of a claim about all numbers would prove it: what to show in which order, with
hints. Nothing here is trusted."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..notation import Declaration


@dataclass(frozen=True)
class Hints:
    """What the author would use. `use`: instances, wherever they make sense; `base`: more of them
    for the base of an induction. `squares`: terms whose squares may be multiplied. `split`: integer
    terms to divide on. `degree`: how many facts a product may have. `have`: formulas to show on the
    way, in order."""

    use: Sequence[str] = ()
    base: Sequence[str] = ()
    squares: Sequence[str] = ()
    split: Sequence[str] = ()
    degree: int = 2
    have: Sequence[str] = ()


@dataclass(frozen=True)
class Step:
    """A lemma or goal: its text, its variables with their sorts, the variable of the induction if
    there is one, the hints."""

    kind: str
    name: str
    text: str
    variables: tuple[tuple[str, str], ...]
    induction: str
    hints: Hints


Steps = Sequence[Step | Declaration]  # a declaration is one that only the proof uses


@dataclass(frozen=True)
class Witness:
    """The claim's definitions, with others for its free symbols; the steps that prove its
    assumptions."""

    declared: Sequence[Declaration]
    steps: Steps


@dataclass(frozen=True)
class Plan:
    """The steps that prove the goals, and if the claim assumes anything, the witness."""

    steps: Steps
    witness: Witness | None = None
