"""Coq files about two networks with any number of inputs: the integral of their distance over a box.

As in coq_file.py nothing is trusted: what is written is a number, and simplices on which all is affine.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, prod

from ..exact.cells import Box, Complex
from ..exact.cells.complex import absolute
from ..exact.cells.incidence import simplex_count, simplices
from ..exact.distance import WIDTH
from ..kernel.errors import OverBudget
from ..kernel.numerals import numeral
from ..network.builders import subtract
from .coq_text import Named, Shown, decimals, definition, file_text, listed, rational, real, short

MOST_SIMPLICES = 5_000
LONGEST_VALUE = 100  # characters of an integral that is stated exactly
MOST_EXACT = 500  # simplices whose volumes are summed exactly


def volume_file(name: str, f: Named, g: Named, box: Box, exact: bool = False, width: Fraction = WIDTH) -> str:
    """The Coq file whose theorem gives the integral of |f − g| over a box.

    That is the exact value; or, of one with a long numeral or of many simplices, unless `exact`, decimal fractions
    around it, about `width` apart. Raises `OverBudget` where the simplices are too many for a file.

    >>> from verify.network.builders import maximum
    >>> one = Named("max:2", maximum(2))
    >>> volume_file("same", one, one, Box.cube(0, 1, 2)).splitlines()[0]
    '(* same: the integral of |f − g| over [0, 1] × [0, 1] exists, and is exactly 0.'
    """
    found = Complex(absolute(subtract(f.network, g.network)), box)
    count = simplex_count(found.lattice)
    if count > MOST_SIMPLICES:
        most = f"a Coq file about more than one input is for at most {MOST_SIMPLICES} simplices"
        raise OverBudget("", f"{most}, and these networks have {count}")
    value = found.integral()
    is_short = count <= MOST_EXACT and len(numeral(value)) <= LONGEST_VALUE
    if exact or is_short:
        shown = _exactly(box, value)
    else:
        shown = _enclosed(box, value, max(found.values()), width, count)
    return file_text(name, {"f": f, "g": g}, _data(found), shown)


def _exactly(box: Box, value: Fraction) -> Shown:
    return Shown(
        f"the integral of |f − g| over {box} exists, and is exactly {numeral(value)}",
        _of_integral(box, "{} = " + real(value)),
        f"check_space f_file g_file {_sides(box, short)}%Q points simplices {rational(value)}",
        "integral_by_simplices",
    )


def _enclosed(box: Box, value: Fraction, greatest: Fraction, width: Fraction, count: int) -> Shown:
    size = prod(side.high - side.low for side in box.sides)
    rounded = 2 * count * ceil(1 + greatest) * ceil(1 + size)
    finer, below, above = decimals(value, value, width, rounded)
    ends = f"{rational(greatest)} {finer} {rational(below)} {rational(above)}"
    return Shown(
        f"the integral of |f − g| over {box} exists, and is between these two numbers,"
        f" which are {numeral(above - below)} apart",
        _of_integral(box, f"{real(below)} <= {{}} <= {real(above)}"),
        f"check_space_between f_file g_file {_sides(box, short)}%Q points simplices {ends}",
        "integral_between_by_simplices",
    )


def _of_integral(box: Box, claim: str) -> str:
    """The integral exists, one variable after the other, and this is so of it."""
    what = f"{_sides(box, real)} (fun v => Rabs (f v - g v))"
    return f"box_integrable {what} /\\ {claim.format(f'box_integral {what}')}"


def _sides(box: Box, written: Callable[[Fraction], str]) -> str:
    return f"[{'; '.join(f'({written(side.low)}, {written(side.high)})' for side in box.sides)}]"


def _data(found: Complex) -> Sequence[str]:
    """The vertices of the complex, and its simplices by the numbers of their vertices."""
    points = "; ".join(f"Coordinates {listed((Fraction(1), *point))}" for point in found.points)
    _, corners = simplices(found.lattice)
    listed_corners = "; ".join(f"[{'; '.join(map(str, row))}]" for row in corners.tolist())
    return [
        definition("points : list corner_point", f"([{points}])%Q"),
        "(* On these simplices, by the numbers of their corners, no unit changes its sign, nor does f - g. *)\n"
        + definition("simplices : list (list Z)", f"[{listed_corners}]%Z"),
    ]
