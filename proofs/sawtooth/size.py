"""sawtooth.size — Δ^k is a network of depth k with 2k nodes; so f = Δ^(2L²+2) has depth 2L² + 2 and 4L² + 4 nodes."""

from fractions import Fraction

from verify.author.cases import all_of, on_every
from verify.exact import evaluate
from verify.network.builders import sawtooth, tent
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def has_size(k: int) -> bool:
    return sawtooth(k).widths == (2,) * k and sawtooth(k).depth == k and sawtooth(k).units == 2 * k


def is_composition(k: int, x: Fraction) -> bool:
    """One more tent: Δ^(k+1)(x) = Δ(Δ^k(x))."""
    return evaluate(sawtooth(k + 1), [x]) == evaluate(tent(), evaluate(sawtooth(k), [x]))


def lecture_size(depth: int) -> bool:
    f = sawtooth(2 * depth**2 + 2)
    return (f.depth, f.units) == (2 * depth**2 + 2, 4 * depth**2 + 4)


def instances() -> Outcome:
    return all_of(
        on_every("depth k and 2k nodes, k = 1..60", ((k,) for k in range(1, 61)), has_size),
        on_every(
            "Δ^(k+1) = Δ ∘ Δ^k for k = 0..12 at x = −13/11, −12/11, …, 13/11",
            ((k, Fraction(i, 11)) for k in range(13) for i in range(-13, 14)),
            is_composition,
        ),
        on_every("the lecture's f, L = 1..8", ((depth,) for depth in range(1, 9)), lecture_size),
    )


THEOREM = Theorem(
    name="sawtooth.size",
    statement="Δ^k is a network of depth k with 2k nodes; so f = Δ^(2L²+2) has depth 2L² + 2 and 4L² + 4 nodes, for all k "
    "and L ≥ 1",
    source=f"{BENEFITS}: Separating deep and shallow networks",
    says="depth O(L²), with O(L²) nodes",
    evidence=[InCoq("sawtooth_size"), Instances(instances)],
    note="Two σ a tent; the affine map between two tents costs no node.",
)
