"""Coq files about two networks with two inputs: the integral of their distance over a rectangle.

As in coq_file.py nothing is trusted: what is written is a number, and triangles on which all is affine.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from ..exact.cells import Box, Complex
from ..exact.cells.complex import absolute
from ..exact.cells.incidence import simplex_count, simplices
from ..exact.distance import WIDTH
from ..kernel.errors import OverBudget
from ..kernel.numerals import numeral
from ..network.builders import subtract
from .coq_text import Named, Shown, decimals, definition, file_text, listed, rational, rationals, real, reals

MOST_TRIANGLES = 5_000
LONGEST_VALUE = 100  # characters of an integral that is stated exactly
MOST_EXACT = 500  # triangles whose areas are summed exactly


def volume_file(name: str, f: Named, g: Named, box: Box, exact: bool = False, width: Fraction = WIDTH) -> str:
    """The Coq file whose theorem gives the integral of |f − g| over a box in the plane.

    That is the exact value; or, of one with a long numeral or of many triangles, unless `exact`, decimal fractions
    around it, about `width` apart. Raises `OverBudget` where the triangles are too many for a file.

    >>> from verify.network.builders import maximum
    >>> one = Named("max:2", maximum(2))
    >>> volume_file("same", one, one, Box.cube(0, 1, 2)).splitlines()[0]
    '(* same: the integral of |f − g| over [0, 1] × [0, 1] exists, and is exactly 0.'
    """
    found = Complex(absolute(subtract(f.network, g.network)), box)
    count = simplex_count(found.lattice)
    if count > MOST_TRIANGLES:
        most = f"a Coq file about two inputs is for at most {MOST_TRIANGLES} triangles"
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
        f"check_volume f_file g_file {_rationals(box)} points simplices {rational(value)}",
        "volume_by_simplices",
    )


def _enclosed(box: Box, value: Fraction, greatest: Fraction, width: Fraction, count: int) -> Shown:
    finer, below, above = decimals(value, value, width, 2 * count * (1 + ceil(greatest)))
    ends = f"{rational(greatest)} {finer} {rational(below)} {rational(above)}"
    return Shown(
        f"the integral of |f − g| over {box} exists, and is between these two numbers,"
        f" which are {numeral(above - below)} apart",
        _of_integral(box, f"{real(below)} <= {{}} <= {real(above)}"),
        f"check_volume_between f_file g_file {_rationals(box)} points simplices {ends}",
        "volume_between_by_simplices",
    )


def _of_integral(box: Box, claim: str) -> str:
    """The integral exists, one variable after the other, and this is so of it."""
    first, second = map(reals, box.sides)
    within = "fun y => Rabs (f x y - g x y)"
    over = f"RInt (fun x => RInt ({within}) {second}) {first}"
    return f"((forall x, ex_RInt ({within}) {second}) /\\ ex_{over}) /\\ {claim.format(over)}"


def _rationals(box: Box) -> str:
    return " ".join(map(rationals, box.sides))


def _data(found: Complex) -> Sequence[str]:
    """The vertices of the complex, and its triangles by the numbers of their vertices."""
    points = "; ".join(f"Coordinates {listed((Fraction(1), *point))}" for point in found.points)
    _, corners = simplices(found.lattice)
    triangles = "; ".join(f"[{'; '.join(map(str, row))}]" for row in corners.tolist())
    return [
        definition("points : list corner_point", f"([{points}])%Q"),
        "(* On these triangles, by the numbers of their corners, no unit changes its sign, nor does f - g. *)\n"
        + definition("simplices : list (list Z)", f"[{triangles}]%Z"),
    ]
