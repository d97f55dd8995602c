"""Coq files about a person's networks: theorems about the real functions, from the exact weights.

Nothing here is trusted. What is written is a number, and points between which all is affine; that they are right, coqc
finds by running the proved checker.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from ..claim import vocabulary
from ..exact import Interval, counts, distance
from ..exact.distance import WIDTH
from ..files import write_bytes
from ..kernel.errors import BadInput, OverBudget, displayed
from ..kernel.numerals import numeral
from ..network.network import Network
from ..search.networks.line import points
from ..search.networks.setting import Setting
from .coq_text import (
    Named,
    Shown,
    decimals,
    definition,
    file_text,
    interval,
    listed,
    plural,
    rational,
    rationals,
    real,
    reals,
)

MOST_POINTS = 5_000
LONGEST_VALUE = 100  # characters of a distance that is stated exactly
UNIT = Interval(Fraction(0), Fraction(1))
_WORDS = (
    "Axiom|CoFixpoint|Definition|Fixpoint|Hypothesis|IF|Parameter|Prop|SProp|Set|Theorem|Type|Variable|as|at|by|cofix|"
    "else|end|exists|exists2|fix|for|forall|fun|if|in|let|match|mod|return|then|using|where|with"
)
_OWN = "[fg](_weights|_file|_is)?|points|simplices|checked"  # the names in such a file
_NAME = re.compile(rf"(?!({_WORDS}|{_OWN})$)[A-Za-z]\w*", re.ASCII)


def pieces_file(name: str, f: Named, on: Interval) -> str:
    """The Coq file whose theorem, `name`, says how many pieces the network has on the interval.

    >>> from verify import sawtooth
    >>> text = pieces_file("eight", Named("sawtooth:3", sawtooth(3)), UNIT)
    >>> text.splitlines()[0]
    '(* eight: f has exactly 8 pieces on [0, 1].'
    """
    grid, count = _points(on, f.network), counts(f.network, on).pieces
    shown = Shown(
        f"f has exactly {plural(count)} on {interval(on)}",
        f"pieces_exactly {count} {reals(on)} f",
        f"check_pieces f_file {rationals(on)} points {count}",
        "pieces_by_points",
    )
    return file_text(name, {"f": f}, _data(grid), shown)


def separation_file(name: str, f: Named) -> str:
    """The Coq file whose theorem says how many pieces the network has on [0, 1], and how far it is from every sawtooth.

    >>> from verify import sawtooth
    >>> text = separation_file("far", Named("sawtooth:1", sawtooth(1)))
    >>> text.splitlines()[0]
    '(* far: f has exactly 2 pieces on [0, 1], and for every k the integral of |Δ^k − f| over [0, 1] is'
    """
    grid, count = _points(UNIT, f.network), counts(f.network, UNIT).pieces
    bound = f"apart (/ 4 * (1 - {count} / 2 ^ k)) (sawtooth k) f"
    shown = Shown(
        f"f has exactly {plural(count)} on [0, 1], and for every k the integral of |Δ^k − f|"
        f" over [0, 1] is at least ¼ (1 − {count}/2^k)",
        f"pieces_exactly {count} 0 1 f /\\ forall k, {bound}",
        f"check_pieces f_file 0 1 points {count}",
        "separation_by_points",
    )
    return file_text(name, {"f": f}, _data(grid), shown)


def distance_file(
    name: str,
    f: Named,
    g: Named,
    on: Interval,
    norm: str,
    exact: bool = False,
    width: Fraction = WIDTH,
) -> str:
    """The Coq file whose theorem says how far two networks are from each other on the interval.

    That is the exact value; or, of an integral with a long numeral, unless `exact`, decimal fractions around it, about
    `width` apart.

    >>> from verify import sawtooth
    >>> tent, wave = Named("sawtooth:1", sawtooth(1)), Named("sawtooth:2", sawtooth(2))
    >>> distance_file("apart", tent, wave, UNIT, "sup").splitlines()[0]
    '(* apart: the maximum of |f − g| on [0, 1], exactly.'
    """
    grid = _points(on, f.network, g.network)
    found = distance(f.network, g.network, on, norm, exact, width)
    value = found.value
    if value is not None and not exact and len(numeral(value)) > LONGEST_VALUE:
        value = None  # which is too long to be stated
    if norm == "sup":
        shown = _maximum(on, found.low)
    elif value is not None:
        shown = _integral(on, value)
    else:
        shown = _enclosed(on, found.low, found.high, width, len(grid))
    return file_text(name, {"f": f, "g": g}, _data(grid), shown)


def _maximum(on: Interval, value: Fraction) -> Shown:
    inside = f"{real(on.low)} <= t <= {real(on.high)}"
    reached = f"exists t, {inside} /\\ Rabs (f t - g t) = {real(value)}"
    return Shown(
        f"the maximum of |f − g| on {interval(on)}, exactly",
        f"(forall t, {inside} -> Rabs (f t - g t) <= {real(value)}) /\\ {reached}",
        f"check_maximum f_file g_file {rationals(on)} points {rational(value)}",
        "maximum_by_points",
    )


def _integral(on: Interval, value: Fraction) -> Shown:
    return Shown(
        f"the integral of |f − g| over {interval(on)} exists, and is exactly this number",
        _of_integral(on, "{} = " + real(value)),
        f"check_distance f_file g_file {rationals(on)} points {rational(value)}",
        "distance_by_points",
    )


def _enclosed(on: Interval, low: Fraction, high: Fraction, width: Fraction, segments: int) -> Shown:
    """Decimal fractions around these two, about `width` apart."""
    finer, below, above = decimals(low, high, width, segments)
    return Shown(
        f"the integral of |f − g| over {interval(on)} exists, and is between these two numbers,"
        f" which are {numeral(above - below)} apart",
        _of_integral(on, f"{real(below)} <= {{}} <= {real(above)}"),
        f"check_between f_file g_file {rationals(on)} points {finer} {rational(below)} {rational(above)}",
        "distance_between_by_points",
    )


def _of_integral(on: Interval, claim: str) -> str:
    """The integral exists, and this is so of it."""
    integral = f"RInt (fun t => Rabs (f t - g t)) {reals(on)}"
    return f"ex_{integral} /\\ {claim.format(integral)}"


def _data(grid: Sequence[Fraction]) -> list[str]:
    points = definition("points : list Q", f"{listed(grid)}%Q")
    return [f"(* Between neighbours of these points no unit changes its sign. *)\n{points}"]


def _points(on: Interval, *networks: Network) -> list[Fraction]:
    """Points between which all units keep their signs. Raises `OverBudget` where they are too many for a file."""
    for network in networks:
        if counts(network.univariate(), on).activation_intervals > MOST_POINTS:
            most = f"a Coq file is for functions with at most {MOST_POINTS} activation intervals"
            raise OverBudget("", f"{most}, and this one has more")
    named = {f"f{i}": network for i, network in enumerate(networks)}
    return points(Setting(vocabulary(named)), on.low, on.high)


def name_of(path: str) -> str:
    """What the theorem of a file is called. Raises `BadInput` where coqc would not compile a file of that name.

    >>> name_of("out/bound.v")
    'bound'
    """
    stem = Path(path).name.removesuffix(".v")
    if not path.endswith(".v") or _NAME.fullmatch(stem) is None:
        wanted = "a file name such as bound.v (letters, digits and _; its theorem is called so)"
        raise BadInput(displayed(path), f"expected {wanted}, not a word of Coq or of the file")
    return stem


def write(path: str, text: str) -> None:
    """Writes the file whole or not at all."""
    write_bytes(Path(path), text.encode())
