"""Yarotsky's network as smooth.sobolev builds it (proofs/coq/YarotskyBasis.v, Yarotsky.v): hats
times polynomials of Lagrange, in one coordinate after another, by products of networks.

There are n cells of [0, 1] in each coordinate, polynomials of degree below r, and m halvings in
each product. The function is read at the multiples of 1 / (n r) that are below 1, in each
coordinate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from ..kernel.errors import BadInput
from .layered import Layered, beside, row
from .products import Exponents, multiplied

Place = tuple[int, ...]  # the numbers of a point's coordinates
Values = Mapping[Place, Fraction]
Taylor = Mapping[Place, Mapping[Exponents, Fraction]]


@dataclass(frozen=True)
class Grid:
    """d coordinates, n cells in each, polynomials of degree below r, m halvings in a product."""

    d: int
    n: int
    r: int
    m: int

    def __post_init__(self) -> None:
        if min(self.d, self.n, self.r) < 1 or self.m < 0:
            wanted = "d, n and r of at least 1, m of at least 0"
            raise BadInput("", f"expected {wanted}, found {self.d}, {self.n}, {self.r}, {self.m}")

    @property
    def places(self) -> list[Place]:
        """Where the function is read: place j is at j / (n r)."""
        return list(product(range(self.n * self.r), repeat=self.d))

    @property
    def basis_depth(self) -> int:
        return 1 + (self.r - 1) * (self.m + 1)

    @property
    def basis_units(self) -> int:
        return 5 + (self.r - 1) * (8 + 11 * self.m)

    @property
    def depth(self) -> int:
        """The layers that smooth.sobolev counts."""
        return self.d * (1 + self.r * (self.m + 1))

    @property
    def units(self) -> int:
        """The units that smooth.sobolev counts."""
        found = 0
        for below in range(self.d):
            waits = 2 * below * (1 + self.r * (self.m + 1)) + 2 * self.basis_depth
            term = self.basis_units + waits + found + 6 + 9 * self.m
            found = (self.n + 1) * self.r * term
        return found

    @property
    def lebesgue(self) -> int:
        """A bound of the sum of all basis functions' absolute values."""
        found: int = self.r * (2 * self.r) ** self.r
        return found

    @property
    def products_error(self) -> Fraction:
        """How far the network is at most from the interpolation of values in [−1, 1].
        smooth.sobolev says it where this is at most 1."""
        power = (2 * self.r) ** self.r
        basis = (2 * power) ** 2 * self.r * power
        constant = 0
        for below in range(self.d):
            square = (2 * self.lebesgue ** (below + 1)) ** 2
            constant = square + (self.lebesgue + 1) * constant + basis * self.lebesgue**below
        return constant * Fraction((self.n + 1) * self.r, 4**self.m)

    @property
    def interpolation_error(self) -> Fraction:
        """How far the interpolation is at most from f, where |f| ≤ 1 and its pure r-th derivatives
        are at most 1."""
        cell = Fraction(2**self.r, self.n**self.r)
        return Fraction(self.d * self.lebesgue**self.d * (1 + self.lebesgue)) * cell


def taylor_values(grid: Grid, data: Taylor) -> dict[Place, Fraction]:
    """The values that Taylor polynomials at the grid points give: at b = i / n, in each coordinate
    the polynomial Σ c_e (x − b)^e, e < r, is read at b, b + 1/(n r), …, up to the next point. The
    network of these values is Yarotsky's: up to its products, the sum of the hats at i / n, each
    times the polynomial of the grid point before it (of 0, for the hat at 0).

    >>> taylor_values(Grid(1, 1, 2, 0), {(0,): {(0,): Fraction(1), (1,): Fraction(3)}})
    {(0,): Fraction(1, 1), (1,): Fraction(5, 2)}
    """
    found = {}
    for place in grid.places:
        point = tuple(number // grid.r for number in place)
        offsets = [Fraction(number % grid.r, grid.n * grid.r) for number in place]
        if point not in data:
            raise BadInput("", f"expected Taylor coefficients at grid point {point}, found none")
        found[place] = sum(
            (_term(c, e, offsets, grid.r) for e, c in data[point].items()), Fraction(0)
        )
    return found


def _term(c: Fraction, exponents: Exponents, offsets: list[Fraction], r: int) -> Fraction:
    if len(exponents) != len(offsets) or not all(0 <= e < r for e in exponents):
        wanted = f"{len(offsets)} exponents below r = {r} for each coefficient"
        raise BadInput("", f"expected {wanted}, found {exponents}")
    value = c
    for offset, e in zip(offsets, exponents, strict=True):
        value *= offset**e
    return value


def yarotsky(grid: Grid, values: Values) -> Layered:
    """The network of smooth.sobolev that interpolates these values, with its units and layers.

    >>> grid = Grid(1, 2, 1, 4)
    >>> yarotsky(grid, {(0,): Fraction(0), (1,): Fraction(1)}).units == grid.units
    True
    """
    return _tensor(grid, grid.d, values, ())


def _tensor(grid: Grid, d: int, values: Values, held: Place) -> Layered:
    """Interpolation in the last d coordinates, the others being held at a place."""
    if d == 0:
        return Layered.affine(0, [row([], values[held])])
    bound = Fraction(2 * grid.lebesgue**d)
    depth = (d - 1) * (1 + grid.r * (grid.m + 1))
    tail = [row({column: 1}) for column in range(1, d)]
    terms = []
    for i, k in product(range(grid.n + 1), range(grid.r)):
        place = max(i - 1, 0) * grid.r + k
        first = _basis(grid, i, k).reading(d, [row({0: 1})]).waiting(depth)
        rest = (
            _tensor(grid, d - 1, values, (*held, place)).reading(d, tail).waiting(grid.basis_depth)
        )
        terms.append(beside([first, rest]).then(multiplied(grid.m, bound)))
    return beside(terms).after([row([1] * len(terms))])


def _basis(grid: Grid, i: int, k: int) -> Layered:
    """The hat at i / n times the k-th polynomial of Lagrange on the two cells beside it."""
    n, r, m = grid.n, grid.r, grid.m
    before, half = max(i - 1, 0), Fraction(1, 2)
    hat = [row([n], 1 - i), row([n], -i), row([n], -1 - i)]
    clamp = [row([n * half], -before * half), row([n * half], -before * half - 1)]
    found = Layered.identity(1).layer([*hat, *clamp], [row([1, -2, 1]), row([0, 0, 0, 1, -1])])
    step = multiplied(m, Fraction(2 * (2 * r) ** r))
    wait = Layered.affine(2, [row([0, 1])]).waiting(m + 1)
    for j in reversed([j for j in range(r) if j != k]):
        factor = row([0, Fraction(2 * r, k - j)], Fraction(-j, k - j))
        found = found.then(beside([step.reading(2, [factor, row([1])]), wait]))
    return found.after([row([1, 0])])
