"""pieces.one_layer — a network with one hidden layer of m units has at most m + 1 pieces."""

from verify.author.cases import WIDE, on_every, samples
from verify.exact import pieces
from verify.theorem import BENEFITS, InCoq, Instances, Outcome, Theorem


def bound(m: int) -> int:
    return m + 1


def instances() -> Outcome:
    return on_every(
        f"random networks of m = 1..12 units, 20 each, on {WIDE}",
        samples(((m,) for m in range(1, 13)), seeds=20),
        lambda widths, _, f: pieces(f, WIDE).pieces <= bound(*widths),
    )


THEOREM = Theorem(
    name="pieces.one_layer",
    statement="a network with one hidden layer of m units has at most m + 1 pieces",
    source=f"{BENEFITS}: Shallow functions have few linear pieces",
    evidence=[InCoq("pieces_one_layer"), Instances(instances)],
    note="Each unit has at most one breakpoint. Tight: pieces.one_layer.attained.",
)
