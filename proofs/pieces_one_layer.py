"""pieces.one_layer — a network with one hidden layer of m units has at most m + 1 pieces."""

from verify.exact import pieces
from verify.network.builders import dense
from verify.network.network import Network
from verify.prove.cases import WIDE, all_of, on_every, samples
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def bound(m: int) -> int:
    return m + 1


def hinges(m: int) -> Network:
    """σ(x − 1) + σ(x − 2) + … + σ(x − m): a kink at 1, …, m."""
    return dense([([[1]] * m, [-i for i in range(1, m + 1)]), ([[1] * m], [0])])


def instances() -> Outcome:
    random = samples(((m,) for m in range(1, 13)), seeds=20)
    return all_of(
        on_every(
            f"random networks of m = 1..12 units, 20 each, on {WIDE}",
            random,
            lambda widths, _, f: pieces(f, WIDE).pieces <= bound(*widths),
        ),
        on_every(
            "attained by Σ σ(x − i), m = 1..40",
            ((m,) for m in range(1, 41)),
            lambda m: pieces(hinges(m), WIDE).pieces == bound(m),
        ),
    )


THEOREM = Theorem(
    name="pieces.one_layer",
    statement="a network with one hidden layer of m units has at most m + 1 pieces",
    source=f"{BENEFITS}: Shallow functions have few linear pieces",
    evidence=[InCoq("pieces_one_layer"), Instances(instances)],
    note="Each unit has at most one breakpoint. Tight: the sum of hinges in the instances has m + 1.",
)
