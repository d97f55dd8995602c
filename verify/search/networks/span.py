"""The distance of a function from a span: signs that prove a lower bound, coefficients that prove
an upper one.

Coefficients come from least squares with weights 1/|residual|, again and again, in floats; the best
of several roundings is kept. Signs are constant between the points and the zeros of the residual: a
linear system, solved exactly.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np

from ...kernel.numerals import numeral
from ...kernel.polygon import Polygon
from ...kernel.terms import Polynomial, constant
from .line import points
from .linear import Constraint, solution
from .setting import Setting

ROUNDS = 200
DENOMINATORS = (1, 2, 4, 8, 32, 1_000, 2**20, 2**40)
SAMPLES = 16  # in a segment, for the floats


def evidence(
    setting: Setting,
    f: Polynomial,
    basis: Sequence[Polynomial],
    ends: tuple[Fraction, Fraction],
    wanted: Sequence[Fraction],
    seconds: float,
) -> list[list[Fraction]]:
    """Points, signs and coefficients that bound the distance of f from the span of the basis.

    The coefficients show that the distance is at most what they cost. The signs show that it is at
    least one of the wanted bounds, more if that can be: the greatest that is no more than the
    cost. They are 0 where none were found.
    """
    grid = points(setting, *ends)
    polygon = _polygon(setting, grid)
    guess = _least(grid, [polygon.along(p) for p in (f, *basis)])
    rounded = [_rounded(guess, most) for most in DENOMINATORS]
    costs = [polygon.integral_abs(_rest(setting, f, basis, c)) for c in rounded]
    cost = min(costs)
    best = rounded[costs.index(cost)]
    grid = points(setting, *ends, [_rest(setting, f, basis, c) for c in (best, rounded[-1])])
    polygon = _polygon(setting, grid)
    for bound in sorted({b for b in wanted if 0 <= b <= cost}, reverse=True):
        signs = _signs(polygon, f, basis, bound, True, seconds) if bound < cost else None
        if signs is None:
            signs = _signs(polygon, f, basis, bound, False, seconds)
        if signs is not None:
            return [grid, signs, best]
    return [grid, [Fraction(0)] * (len(grid) - 1), best]


def _rounded(numbers: Sequence[Fraction], most: int) -> list[Fraction]:
    return [number.limit_denominator(most) for number in numbers]


def _polygon(setting: Setting, grid: Sequence[Fraction]) -> Polygon:
    return Polygon(setting.graph, [numeral(x) for x in grid])


def _rest(
    setting: Setting,
    f: Polynomial,
    basis: Sequence[Polynomial],
    coefficients: Sequence[Fraction],
) -> Polynomial:
    """The residual: f less the basis with these coefficients."""
    terms = setting.terms
    parts = [terms.multiply(constant(-c), p) for c, p in zip(coefficients, basis, strict=True)]
    return terms.add(f, *parts)


def _least(grid: Sequence[Fraction], values: Sequence[Sequence[Fraction]]) -> list[Fraction]:
    """Coefficients near those of the least ∫ |f − Σ c_i p_i|."""
    at = np.array([float(x) for x in grid])
    parts = (np.arange(SAMPLES) + 0.5) / SAMPLES
    xs = (at[:-1, None] + np.diff(at)[:, None] * parts).ravel()
    weights = np.repeat(np.diff(at), SAMPLES)
    f, *basis = (np.interp(xs, at, np.array(row, dtype=float)) for row in values)
    if not basis:
        return []
    matrix, current = np.array(basis).T, np.zeros(len(basis))
    for turn in range(ROUNDS):
        residual = np.abs(f - matrix @ current)
        scale = np.sqrt(weights / np.maximum(residual, 10.0 ** (-2 - turn / 20)))
        current = np.linalg.lstsq(matrix * scale[:, None], f * scale, rcond=None)[0]
    return [Fraction(float(c)) for c in current]


def _signs(
    polygon: Polygon,
    f: Polynomial,
    basis: Sequence[Polynomial],
    bound: Fraction,
    strict: bool,
    seconds: float,
) -> list[Fraction] | None:
    """Numbers from −1 to 1, one for each segment. The integrals of the basis times these are 0, and
    that of f is at least the bound, or more than it."""
    widths = [y - x for x, y in pairwise(polygon.xs)]

    def integrals(p: Polynomial) -> list[Fraction]:
        ends = pairwise(polygon.along(p))
        return [width * (v + w) / 2 for width, (v, w) in zip(widths, ends, strict=True)]

    rows = []
    for number in range(len(widths)):
        rows.append(Constraint({number: Fraction(1)}, Fraction(-1)))
        rows.append(Constraint({number: Fraction(-1)}, Fraction(-1)))
    for p in basis:
        rows.append(Constraint(dict(enumerate(integrals(p))), Fraction(0), "="))
    negated = [-area for area in integrals(f)]
    relation = "<" if strict else "<="
    rows.append(Constraint(dict(enumerate(negated)), bound, relation))
    return solution(rows, len(widths), seconds)
