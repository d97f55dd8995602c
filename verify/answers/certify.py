"""How far a constructed network is from its function: proved by the kernel, or computed by the
exact engine, or as its theorem says; and which of these."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ..claim import Claim
from ..exact import distance
from ..exact.cells import Box
from ..exact.cells.polynomial import Apart, apart_from_polynomial
from ..kernel.errors import OverBudget
from ..kernel.limits import MOST_DEGREE
from ..kernel.numerals import numeral
from ..search import Proved, Refuted, Undecided, limits, prove
from ..search.proving import Runner
from .construct import Construction

SEARCH, ENGINE = 0.45, 0.25  # their shares of the time
MOST_WEIGHTS = 300_000  # of a network that is searched, zeros included, as it is written


@dataclass(frozen=True)
class Closeness:
    """How close a network is shown to be, and by whom.

    `by`: "kernel", with `proof`; "engine", and |f − F| is at most `high`, at least `low`, attained
    at `at`; "theorem", where neither of them decides, and `reason` says why. `holds`: whether the
    error that was asked for is kept; None where nothing here decides it."""

    by: str
    holds: bool | None
    proof: Proved | Refuted | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    at: tuple[Fraction, ...] = ()
    reason: str = ""


def certify(
    made: Construction, error: Fraction, seconds: float, run: Runner = limits.run
) -> Closeness:
    """Whether |f − F| ≤ error on the box, by the strongest means that decides it in time. The
    kernel: where F has one input, or is piecewise linear. The exact engine: where F is piecewise
    linear or a polynomial. Both work in processes of their own, unless `run` says otherwise."""
    reason, is_plain = "", made.target.network is not None
    if made.target.has_quotients:
        reason = "a claim has no quotients"
    elif made.target.power > MOST_DEGREE:
        reason = f"a claim has no powers above {MOST_DEGREE}"
    elif not is_plain and len(made.sides) > 1:
        reason = "F is neither piecewise linear nor a polynomial"
    else:
        it = _asked(made, error, seconds * SEARCH, run)
        if not isinstance(it, str):
            return Closeness("kernel", isinstance(it, Proved), it)
        reason = it
    if is_plain or made.target.terms is not None:
        end = run(limits.Task(_apart, (made, error)), seconds * ENGINE)
        if isinstance(end.value, Apart):
            return _by_engine(end.value, error)
        reason = end.value or end.reason
    promised = made.promised
    holds = True if promised is not None and promised <= error else None
    return Closeness("theorem", holds, high=promised, reason=reason)


def _asked(
    made: Construction, error: Fraction, seconds: float, run: Runner
) -> Proved | Refuted | str:
    """What the search finds, or why it finds nothing."""
    sizes = [made.network.input_size, *made.network.widths, 1]
    weights = sum(a * b for a, b in pairwise(sizes))
    if weights > MOST_WEIGHTS:
        return f"the network has {weights} weights; at most {MOST_WEIGHTS} are searched"
    holds = f"abs(f - ({made.target.text})) <= {numeral(error)}"
    box = [[numeral(side.low), numeral(side.high)] for side in made.sides]
    statement = {"forall": {"box": box, "holds": holds}}
    try:
        claim = Claim.from_short("approximation", statement, {"f": made.network})
        it = prove(claim, seconds, None, run)
    except OverBudget as over:
        return str(over)
    return it.reason if isinstance(it, Undecided) else it


def _apart(made: Construction, error: Fraction) -> Apart | str:
    """max |f − F| by the exact engine, or why there is none."""
    box, exact = Box(made.sides), made.target.network
    try:
        if exact is None:
            return apart_from_polynomial(made.network, made.target.terms or {}, box, error)
        far = distance(made.network, exact, box, "sup")
    except OverBudget as over:
        return str(over)
    at = far.at if isinstance(far.at, tuple) else (far.at or Fraction(0),)
    return Apart(far.low, far.high, at)


def _by_engine(far: Apart, error: Fraction) -> Closeness:
    holds: bool | None = None
    if far.high <= error or far.low > error:
        holds = far.high <= error
    return Closeness("engine", holds, None, far.low, far.high, far.at)
