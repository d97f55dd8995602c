"""From an existence theorem to its network, for a function that a person writes: as many units and
layers as the theorem counts, and the error that it promises."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from ..exact import Interval
from ..kernel.errors import BadInput, OverBudget, displayed
from ..kernel.numerals import numeral
from ..network.builders import interpolating
from ..network.cones import cones
from ..network.layered import row
from ..network.network import Network
from ..network.products import (
    horner,
    horner_error,
    monomials,
    monomials_error,
    multiplied,
    product_error,
)
from ..network.yarotsky import Grid, yarotsky
from .enclosure import Range, added, magnitude, times
from .target import Target, Terms

Sides = Sequence[Interval]
MOST_UNITS = 50_000


@dataclass(frozen=True)
class Construction:
    """A network for a function on a box, by a theorem.

    `units_by`, `depth_by`: how the theorem counts them for this network. `bound`: what it says of
    all such functions, and with which constants. `promised`: the error that it promises of this
    network; None where one of its hypotheses was not derived, and then `bound` says which.
    `premise`: what was taken from the user, "" if nothing.
    """

    target: Target
    sides: tuple[Interval, ...]
    network: Network
    theorem: str
    units_by: str
    depth_by: str
    bound: str
    promised: Fraction | None
    premise: str = ""


@dataclass(frozen=True)
class Wish:
    """What is asked of a construction. `slope`: the Lipschitz constant in the l1 norm, None if it
    is to be derived. `order`, `cells`: of smooth.sobolev."""

    error: Fraction
    slope: Fraction | None = None
    order: int = 2
    cells: int = 4


def construct(target: Target, sides: Sides, by: str, wish: Wish) -> Construction:
    """The network of a theorem: by "interval", "cube", "product", "polynomial" or "sobolev". Raises
    `BadInput` where its hypotheses fail, `OverBudget` beyond 50,000 units.

    >>> unit = Interval(0, 1)
    >>> construct(Target.of("abs(x1 - x2)"), [unit, unit], "cube", Wish(Fraction(1, 4))).network
    <Network 2-16-24-12-6-3-1, 61 units, depth 5>
    """
    if wish.error <= 0:
        raise BadInput("", f"expected an error above 0, found {numeral(wish.error)}")
    if by not in CONSTRUCTIONS:
        raise BadInput("", f"expected one of {', '.join(CONSTRUCTIONS)}, found {displayed(by)}")
    if len(sides) != len(target.names):
        wanted = f"an interval for each of {len(target.names)} inputs"
        raise BadInput("", f"expected {wanted}, found {len(sides)}")
    return CONSTRUCTIONS[by](target, tuple(sides), wish)


def _afford(units: int | Fraction) -> None:
    if units > MOST_UNITS:
        raise OverBudget("", f"{ceil(units)} units; at most {MOST_UNITS} are made")


def _slope(target: Target, sides: Sides, wish: Wish) -> tuple[Fraction, str, str]:
    """The Lipschitz constant on the box taken as the unit cube, how it is known, and what was taken
    from the user."""
    if wish.slope is None:
        return target.slope(sides), "derived", ""
    if wish.slope < 0:
        found = numeral(wish.slope)
        raise BadInput("--lipschitz", f"expected a constant of at least 0, found {found}")
    widest = max(Fraction(side.high - side.low) for side in sides)
    return widest * wish.slope, "given", f"F has the l1-Lipschitz constant {numeral(wish.slope)}"


def _interval(target: Target, sides: tuple[Interval, ...], wish: Wish) -> Construction:
    """Chords over n cells of equal width."""
    if len(sides) != 1:
        raise BadInput("", f"expected one input for approximation.interval, found {len(sides)}")
    slope, known, premise = _slope(target, sides, wish)
    n = max(1, ceil(slope / (2 * wish.error)))
    _afford(n)
    low, width = Fraction(sides[0].low), Fraction(sides[0].high - sides[0].low)
    points = [low + width * Fraction(i, n) for i in range(n + 1)]
    network = interpolating(points, [target.value([x]) for x in points])
    bound = f"n units give C/(2n), C = {numeral(slope)} ({known}, for an interval of length 1)"
    return Construction(
        target, sides, network, "approximation.interval", "n", "1", bound, slope / (2 * n), premise
    )


def _cube(target: Target, sides: tuple[Interval, ...], wish: Wish) -> Construction:
    """The largest of the cones over a grid."""
    slope, known, premise = _slope(target, sides, wish)
    d, k = len(sides), 0
    while slope * d > wish.error * 2 ** (k + 1):
        k += 1
        _afford(2 ** (k * d))
    lows = [Fraction(side.low) for side in sides]
    widths = [Fraction(side.high - side.low) for side in sides]

    def on_box(point: Sequence[Fraction]) -> Fraction:
        return target.value([low + w * t for low, w, t in zip(lows, widths, point, strict=True)])

    inward = [row({i: 1 / widths[i]}, -lows[i] / widths[i]) for i in range(d)]
    network = cones(on_box, d, k, slope).reading(d, inward).network
    power = max(Fraction(1), slope * d / wish.error) ** d
    bound = (
        f"at most (2d + 3) max(1, Cd/ε)^d = {numeral((2 * d + 3) * power)} units, "
        f"2^(depth − 1) ≤ {numeral(power)}; C = {numeral(slope)} ({known}, on the unit cube)"
    )
    return Construction(
        target, sides, network, "approximation.cube",
        f"2d 2^k + 3 (2^(kd) − 1), d = {d}, k = {k}", "1 + kd",
        bound, slope * d / 2 ** (k + 1), premise,
    )  # fmt: skip


def _product(target: Target, sides: tuple[Interval, ...], wish: Wish) -> Construction:
    """x1 x2 by three squares."""
    if not target.is_product:
        raise BadInput("F", "expected x1*x2 for smooth.product.network, found another function")
    bound, m = max(magnitude((Fraction(side.low), Fraction(side.high))) for side in sides), 0
    while product_error(m, bound) > wish.error:
        m += 1
    made = multiplied(m, bound)
    said = f"B²/4^m for numbers in [−B, B], B = {numeral(bound)}"
    return Construction(
        target, sides, made.network, "smooth.product.network",
        f"6 + 9m, m = {m}", "m + 1", said, product_error(m, bound),
    )  # fmt: skip


def _polynomial(target: Target, sides: tuple[Interval, ...], wish: Wish) -> Construction:
    """Horner's rule, or chains of products, by sums of sawtooths."""
    terms = _inside(target, sides)
    d = len(sides)
    dense = _coefficients(terms) if d == 1 else []
    m, most = 0, min(wish.error, Fraction(1))
    while _products_error(terms, dense, m) > most:
        m += 1
    made = horner(dense, m) if d == 1 else monomials(terms, m)
    promised = _products_error(terms, dense, m)
    _afford(made.units)
    if d == 1:
        count, theorem = len(dense), "smooth.polynomial"
        units, depth = f"n (8 + 11m), n = {count}, m = {m}", "n (m + 1)"
        large = numeral(1 + sum(map(abs, dense), Fraction(0)))
        bound = f"n coefficients, error n B²/4^m, B = 1 + Σ |c_i| = {large}"
    else:
        theorem, degree = "smooth.product.network", max(map(sum, terms))
        units = f"chains of products, 6 + 9m units each, beside {d} inputs that wait; m = {m}"
        depth = f"(degree − 1)(m + 1), degree = {degree}"
        bound = "products of numbers in [−2, 2], and errors add: Σ |c| (degree − 1) 4/4^m"
    return Construction(target, sides, made.network, theorem, units, depth, bound, promised)


def _products_error(terms: Terms, dense: Sequence[Fraction], m: int) -> Fraction:
    """The error; beyond 1 where the products' own premise, that numbers stay in [−2, 2], fails."""
    if dense:
        return horner_error(dense, m)
    steps = Fraction(4 * (max(map(sum, terms)) - 1), 4**m)
    error = monomials_error(terms, m)
    if steps > 1:
        return max(error, steps)
    return error


def _inside(target: Target, sides: Sides) -> Terms:
    """The polynomial that F is, on a box in [−1, 1]^d."""
    if target.terms is None:
        raise BadInput("F", "expected a polynomial, such as x1*x2 - x1^2/2, found another function")
    if any(side.low < -1 or side.high > 1 for side in sides):
        raise BadInput("--on", "expected intervals within -1,1 for products, found others")
    return {key: c for key, c in target.terms.items() if c} or {(0,) * len(sides): Fraction(0)}


def _coefficients(terms: Terms) -> list[Fraction]:
    degree = max(e for (e,) in terms)
    return [terms.get((e,), Fraction(0)) for e in range(degree + 1)]


def _sobolev(target: Target, sides: tuple[Interval, ...], wish: Wish) -> Construction:
    """Hats times polynomials of Lagrange, by products."""
    if any(side.low != 0 or side.high != 1 for side in sides):
        raise BadInput("--on", "expected 0,1 for smooth.sobolev, found another interval")
    grid = Grid(len(sides), wish.cells, wish.order, 0)
    while grid.products_error > min(Fraction(1), wish.error / 2):
        grid = Grid(grid.d, grid.n, grid.r, grid.m + 1)
    _afford(grid.units)
    steps = grid.n * grid.r
    values = {}
    for place in grid.places:
        values[place] = target.value([Fraction(i, steps) for i in place])
    missing = _not_smooth(target, grid)
    bound = (
        f"error d L^d (1 + L) (2/n)^r + {numeral(grid.products_error)}, L = {grid.lebesgue}, "
        f"where |F| ≤ 1 and its pure derivatives of order r are at most 1{missing}"
    )
    promised = None if missing else grid.interpolation_error + grid.products_error
    return Construction(
        target, sides, yarotsky(grid, values).network, "smooth.sobolev",
        f"as its recursion counts: d = {grid.d}, n = {grid.n}, r = {grid.r}, m = {grid.m}",
        "d (1 + r (m + 1))", bound, promised,
    )  # fmt: skip


def _not_smooth(target: Target, grid: Grid) -> str:
    """Nothing, if F's hypotheses in smooth.sobolev follow from its coefficients; else words."""
    whole = target.terms
    if whole is None:
        return " (not derived here)"
    derived = [whole]
    for column in range(grid.d):
        curve = whole
        for _ in range(grid.r):
            curve = _derivative(curve, column)
        derived.append(curve)
    return "" if max(map(_most, derived)) <= 1 else " (not derived here)"


def _derivative(terms: Terms, column: int) -> Terms:
    found: Terms = {}
    for key, c in terms.items():
        if key[column]:
            lower = (*key[:column], key[column] - 1, *key[column + 1 :])
            found[lower] = c * key[column]
    return found


def _most(terms: Terms) -> Fraction:
    """A bound of |p| on [0, 1]^d, where each monomial is between 0 and 1."""
    total: Range = (Fraction(0), Fraction(0))
    for key, c in terms.items():
        values = (Fraction(0), Fraction(1)) if any(key) else (Fraction(1), Fraction(1))
        total = added(total, times((c, c), values))
    return magnitude(total)


CONSTRUCTIONS: Mapping[str, Callable[[Target, tuple[Interval, ...], Wish], Construction]] = {
    "interval": _interval,
    "cube": _cube,
    "product": _product,
    "polynomial": _polynomial,
    "sobolev": _sobolev,
}
