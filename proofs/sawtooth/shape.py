"""sawtooth.shape — for ALL k, on [0, 1]: Δ^k has slopes +2^k and −2^k in turn between the multiples of 2^−k."""

from fractions import Fraction

from verify.author.cases import UNIT, on_every
from verify.author.lemmas import teeth
from verify.author.theory import Theory
from verify.exact import PiecewiseLinear, pieces
from verify.network.builders import sawtooth
from verify.theorem import BENEFITS, BySolver, Certified, InCoq, Instances, Outcome, Theorem

SOURCE = f"{BENEFITS}: Deep function with many oscillations"


def theory() -> Theory:
    t = Theory("sawtooth.shape", SOURCE)
    t.library("D", "pow2")
    shape = teeth(t)
    t.theorem(
        "0 <= x <= 1 and 2*i <= pow2(k)*x <= 2*i + 1 implies D(k, x) = pow2(k)*x - 2*i",
        name="sawtooth.shape.rising", k="Z from 0", i="Z", use=[shape("k", "i", "x")],
    )
    t.theorem(
        "0 <= x <= 1 and 2*i + 1 <= pow2(k)*x <= 2*i + 2 implies D(k, x) = 2*i + 2 - pow2(k)*x",
        name="sawtooth.shape.falling", k="Z from 0", i="Z", use=[shape("k", "i", "x")],
    )
    t.theorem(
        "0 <= x <= 1 and pow2(k)*x = 2*i + 1 implies D(k, x) = 1",
        name="sawtooth.shape.peaks", k="Z from 0", i="Z", use=[shape("k", "i", "x")],
    )
    t.theorem(
        "0 <= x <= 1 and pow2(k)*x = 2*i implies D(k, x) = 0",
        name="sawtooth.shape.zeros", k="Z from 0", i="Z", use=[shape("k", "i", "x")],
    )
    return t


def decide() -> Outcome:
    """The step: on a piece of Δ^k, where it is t or 1 − t for t from 0 to 1, Δ^(k+1) rises from 0 to 1 and falls again."""
    import z3

    from verify.author.decide import tent, unsat

    t = z3.Real("t")
    piece = [t >= 0, t <= 1]
    return unsat(
        rising_left=[*piece, tent(t / 2) != t],
        rising_right=[*piece, tent((1 + t) / 2) != 1 - t],
        falling_left=[*piece, tent(1 - t / 2) != t],
        falling_right=[*piece, tent(1 - (1 + t) / 2) != 1 - t],
    )


def has_shape(k: int) -> bool:
    points = tuple(Fraction(i, 2**k) for i in range(2**k + 1))
    f = pieces(sawtooth(k), UNIT)
    return f.pieces == 2**k and f == PiecewiseLinear(points, tuple(Fraction(i % 2) for i in range(2**k + 1)))


def instances() -> Outcome:
    return on_every("k = 1..11, all pieces found from the network", ((k,) for k in range(1, 12)), has_shape)


THEOREM = Theorem(
    name="sawtooth.shape",
    statement="for all k ≥ 1, on [0, 1]: Δ^k has exactly 2^k pieces, slopes +2^k and −2^k in turn, peaks of value 1 at odd "
    "multiples of 2^−k, zeros at even ones",
    source=SOURCE,
    evidence=[Certified(theory), InCoq("sawtooth_shape"), BySolver(decide), Instances(instances)],
    note="The pieces are [j/2^k, (j + 1)/2^k] for j = 0, …, 2^k − 1; by induction, with ⌊i/2⌋ for i.",
)
