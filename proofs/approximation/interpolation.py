"""approximation.interpolation — for ALL p: the network with p units runs through given points, affine in between."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product

from verify.author.cases import all_of, on_every
from verify.author.theory import Theory, definition
from verify.exact import Interval, PiecewiseLinear, distance, pieces
from verify.network.builders import interpolating
from verify.theorem import BENEFITS, Certified, Instances, Outcome, Theorem

SOURCE = f"{BENEFITS}: Recap"


def theory() -> Theory:
    t = Theory("approximation.interpolation", SOURCE)
    t.library("relu")
    t.free("X(i)", i="Z")
    t.free("S(i)", i="Z")
    t.free("height")
    t.assume("ordered", "X(i) < X(i + 1)", i="Z from 0")
    t.recursion("Y(i)", start="height", step="Y(i) + S(i)*(X(i + 1) - X(i))")
    t.recursion("N(p, x)", start="height + S(0)*relu(x - X(0))", step="N(p, x) + (S(p) - S(p - 1))*relu(x - X(p))", p="Z from 1")
    on = t.lemma("y >= 0 implies relu(y) = y", name="on")
    off = t.lemma("y <= 0 implies relu(y) = 0", name="off")
    active = t.lemma(
        "X(n) <= x implies N(n + 1, x) = Y(n) + S(n)*(x - X(n))", name="active", n="Z from 0", induction="n",
        use=["IH(x)", "N(n + 2, x)", "Y(n + 1)", on("x - X(n + 1)"), "ordered(n)"], base=["N(1, x)", "Y(0)", on("x - X(0)")],
    )
    sorted_ = t.lemma(
        "X(j) <= X(j + m)", name="sorted", j="Z from 0", m="Z from 0", induction="m", use=["IH(j)", "ordered(j + m)"],
    )
    t.theorem(
        "X(j) <= x <= X(j + 1) implies N(j + m + 1, x) = Y(j) + S(j)*(x - X(j))", j="Z from 0", m="Z from 0", induction="m",
        use=["IH(j, x)", "N(j + m + 2, x)", off("x - X(j + m + 1)"), sorted_("j + 1", "m")], base=[active("j", "x")],
    )
    w = t.witness(
        X=definition("X(i) = i", i="Z"), S=definition("S(i) = 0", i="Z"), height=definition("height = 0"),
    )
    w.theorem("X(i) < X(i + 1)", name="ordered", i="Z from 0", use=["X(i)", "X(i + 1)"])
    return t


def targets() -> Iterator[tuple[PiecewiseLinear]]:
    """Every function on {0, 1/3, 1/2, 1} with values among −1, 0, 1/2, 2."""
    points = (Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1))
    return ((PiecewiseLinear(points, values),) for values in product((Fraction(-1), Fraction(0), Fraction(1, 2), Fraction(2)), repeat=4))


def same(target: PiecewiseLinear) -> bool:
    """The network has a unit for each piece and is the target: distance 0, and the same piece count."""
    network = interpolating(target.merged().breakpoints, target.merged().values)
    found = distance(network, target, target.interval, "sup")
    return network.widths == (target.pieces,) and found.value == 0 and pieces(network, target.interval).pieces == target.pieces


def instances() -> Outcome:
    third = Interval(Fraction(0), Fraction(1))
    return all_of(
        on_every("interpolants of 4 given values at 0, 1/3, 1/2, 1", targets(), same),
        on_every(
            "slopes between the points, p = 1..12",
            ((p,) for p in range(1, 13)),
            lambda p: all(a != b for a, b in pairwise(pieces(interpolating(range(p + 1), [i % 2 for i in range(p + 1)]), third).slopes)),
        ),
    )


THEOREM = Theorem(
    name="approximation.interpolation",
    statement="for all p ≥ 1, x_0 < … < x_p, slopes s_i and y_0: the network y_0 + s_0 σ(x − x_0) + Σ_(0<i<p) (s_i − s_(i−1)) σ(x − "
    "x_i), one hidden layer with p units, is y_j + s_j (x − x_j) on every [x_j, x_(j+1)], where y_(j+1) = y_j + s_j "
    "(x_(j+1) − x_j)",
    source=SOURCE,
    says="shallow networks approximate any reasonably nice function (the notes: with sigmoidal units)",
    evidence=[Certified(theory), Instances(instances)],
    note="Every continuous piecewise-linear function with p pieces is such a network, so its interpolants are; what they miss of "
    "a given function: approximation.interpolation.square, approximation.interpolation.lipschitz. ReLU suffices: the notes' "
    "Theorem 1 needs no sigmoidal units.",
)
