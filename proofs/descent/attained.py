"""descent.attained — for all data some weights have the least loss Σ (w·x − y)² / 2."""

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from verify.author.cases import on_every
from verify.theorem import NOTES, InCoq, Instances, Outcome, Theorem

Samples = list[tuple[tuple[Fraction, ...], Fraction]]


def loss(samples: Samples, w: list[Fraction]) -> Fraction:
    return sum(((sum(a * b for a, b in zip(w, x, strict=True)) - y) ** 2 / 2 for x, y in samples), Fraction(0))


def best(samples: Samples) -> list[Fraction]:
    """As the proof finds them: the first weight is best at q − p·w; what is left are samples with one entry less."""
    if not samples[0][0]:
        return []
    square = sum(x[0] ** 2 for x, _ in samples)
    over = 1 / square if square else Fraction(0)
    p = [over * sum(x[0] * x[i] for x, _ in samples) for i in range(1, len(samples[0][0]))]
    q = over * sum(x[0] * y for x, y in samples)
    left = [(tuple(a - x[0] * b for a, b in zip(x[1:], p, strict=True)), y - x[0] * q) for x, y in samples]
    w = best(left)
    return [q - sum((a * b for a, b in zip(w, p, strict=True)), Fraction(0)), *w]


def least(samples: Samples, others: list[list[Fraction]]) -> bool:
    """No loss elsewhere is less, and the gradient is 0."""
    v = best(samples)
    errors = [sum(a * b for a, b in zip(v, x, strict=True)) - y for x, y in samples]
    slopes = [sum(e * x[i] for e, (x, _) in zip(errors, samples, strict=True)) for i in range(len(v))]
    return not any(slopes) and all(loss(samples, v) <= loss(samples, w) for w in others)


def cases() -> Iterator[tuple[Samples, list[list[Fraction]]]]:
    for seed in range(40):
        random = Random(f"attained {seed}")
        size, count = 1 + seed % 3, 1 + seed // 3 % 5
        rows = [[Fraction(random.randint(-3, 3)) for _ in range(size + 1)] for _ in range(count)]
        others = [[Fraction(random.randint(-9, 9), 3) for _ in range(size)] for _ in range(10)]
        yield [(tuple(row[:-1]), row[-1]) for row in rows], others


def instances() -> Outcome:
    return on_every("1 to 5 samples with 1 to 3 entries at random, also dependent ones, ten other weights each", cases(), least)


THEOREM = Theorem(
    name="descent.attained",
    statement="for least squares Σ (w·x − y)² / 2 over finitely many samples in d dimensions, whatever they are, there is v with "
    "loss(v) ≤ loss(w) for every w",
    source=f"{NOTES}: Fast, general, but is it any good?",
    says="if no hidden layer then GD → OPT",
    evidence=[InCoq("descent_attained"), Instances(instances)],
    note="So OPT exists, and descent.optimal tends to it. One weight after another takes its best value; the loss that is left is "
    "least squares again.",
)
