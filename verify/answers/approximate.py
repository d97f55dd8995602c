"""From a theorem to a network: chords of a polynomial, as few as its second derivative allows."""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, isqrt

from ..claim import Claim
from ..exact import Interval
from ..exact.bernstein import bernstein
from ..expression import read, written
from ..kernel.errors import BadInput, OverBudget, displayed, placed
from ..kernel.formulas import term
from ..kernel.numerals import numeral
from ..network.builders import constant, interpolating
from ..network.network import Network

MOST_UNITS = 10_000
_NAME = re.compile(r"(?<![0-9.A-Za-z_])[A-Za-z_][A-Za-z0-9_]*", re.ASCII)  # not the e of 1e-3
Curve = list[Fraction]  # a polynomial's coefficients, that of x^0 first


@dataclass(frozen=True)
class Approximation:
    """A network with one hidden layer, and the claim that it is within `error` of F on the
    interval.

    `slope` bounds |F'| and `bend` |F''| there. `promised`: the units that approximation.interval
    needs for functions with such slopes.
    """

    network: Network
    claim: Claim
    slope: Fraction
    bend: Fraction
    promised: int


def approximate(text: str, on: Interval, error: Fraction) -> Approximation:
    """The chords of a polynomial in x over n cells of equal width h, where |F''| h^2 / 8 is at most
    the error. Exact. Raises `BadInput`, `OverBudget`.

    >>> approximate("x^2", Interval(0, 1), Fraction(1, 256)).network.units
    8
    """
    if error <= 0:
        raise BadInput("", f"expected an error above 0, found {error}")
    curve = polynomial(text)
    first = _derived(curve)
    slope, bend = _most(first, on), _most(_derived(first), on)
    width = on.high - on.low
    cells = _root_above(width**2 * bend / (8 * error))
    if cells > MOST_UNITS:
        raise OverBudget("", f"{cells} units; at most {MOST_UNITS} are made")
    points = [on.low + width * Fraction(i, cells) for i in range(cells + 1)]
    network = interpolating(points, [_value(curve, x) for x in points])
    holds = f"abs(f - ({text})) <= {numeral(error)}"
    statement = {"forall": {"box": [[numeral(on.low), numeral(on.high)]], "holds": holds}}
    claim = Claim.from_short("approximation", statement, {"f": network})
    promised = max(1, ceil(slope * width / (2 * error)))
    return Approximation(network, claim, slope, bend, promised)


def polynomial(text: str) -> Curve:
    """The coefficients of a polynomial in x. Raises `BadInput`.

    >>> polynomial("2*x^2 - x/3")
    [Fraction(0, 1), Fraction(-1, 3), Fraction(2, 1)]
    """
    others = set(_NAME.findall(text)) - {"x"}
    if others:
        wanted = "a polynomial in x, such as x^2*(1 - x)"
        raise BadInput("F", f"expected {wanted}, found {displayed(min(others))} in it")
    none = {"forall": {"box": [["0", "1"]], "holds": "f = 0"}}
    known = Claim.from_short("none", none, {"f": constant(Fraction(0))}).vocabulary()
    with placed("F"):
        p = term(written(read(text)), known.terms, {})
    degree = max((len(monomial) for monomial, _ in p.terms), default=0)
    curve = [Fraction(0)] * (1 + degree)
    for monomial, c in p.terms:
        curve[len(monomial)] = c
    return curve


def _derived(curve: Curve) -> Curve:
    return [i * c for i, c in enumerate(curve)][1:] or [Fraction(0)]


def _most(curve: Curve, on: Interval) -> Fraction:
    """A bound of the polynomial's absolute value on the interval."""
    return max(map(abs, bernstein(curve, on.low, on.high)))


def _value(curve: Curve, x: Fraction) -> Fraction:
    return sum((c * x**i for i, c in enumerate(curve)), Fraction(0))


def _root_above(square: Fraction) -> int:
    """The least whole number, at least 1, whose square is no less."""
    root = isqrt(ceil(square))
    if root * root < square:
        root += 1
    return max(1, root)
