"""sawtooth.shape — for ALL k, on [0, 1]: Δ^k has slopes +2^k and −2^k in turn between the multiples of 2^−k."""

from verify.prove.lemmas import teeth
from verify.prove.theory import Theory
from verify.theorem import BENEFITS, Certified, Theorem

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


THEOREM = Theorem(
    name="sawtooth.shape",
    statement="for all k ≥ 1, on [0, 1]: Δ^k has exactly 2^k pieces, slopes +2^k and −2^k in turn, peaks of value 1 at odd "
    "multiples of 2^−k, zeros at even ones",
    source=SOURCE,
    evidence=[Certified(theory)],
    note="The pieces are [j/2^k, (j + 1)/2^k] for j = 0, …, 2^k − 1; by induction, with ⌊i/2⌋ for i.",
)
