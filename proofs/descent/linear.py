"""descent.linear — least squares: loss(w_T) ≤ loss(v) + |w − v|² / (2ηT) for every v."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random

from verify.author.cases import on_every
from verify.theorem import NOTES, InCoq, Instances, Outcome, Theorem

Samples = list[tuple[tuple[Fraction, ...], Fraction]]


def dot(u: Sequence[Fraction], v: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0))


def loss(samples: Samples, w: Sequence[Fraction]) -> Fraction:
    return sum(((dot(w, x) - y) ** 2 / 2 for x, y in samples), Fraction(0))


def descent(samples: Samples, w: Sequence[Fraction], step: Fraction, times: int) -> list[Fraction]:
    found = list(w)
    for _ in range(times):
        errors = [dot(found, x) - y for x, y in samples]
        pairs = [(e, x) for e, (x, _) in zip(errors, samples, strict=True)]
        slopes = [sum(e * x[i] for e, x in pairs) for i in range(len(w))]
        found = [a - step * slope for a, slope in zip(found, slopes, strict=True)]
    return found


def within(samples: Samples, w: Sequence[Fraction], v: Sequence[Fraction], times: int) -> bool:
    step = 1 / sum(dot(x, x) for x, _ in samples)
    away = [a - b for a, b in zip(w, v, strict=True)]
    bound = loss(samples, v) + dot(away, away) / (2 * step * times)
    return loss(samples, descent(samples, w, step, times)) <= bound


def cases() -> Iterator[tuple[Samples, list[Fraction], list[Fraction], int]]:
    for seed in range(20):
        random = Random(f"descent {seed}")
        points = [[Fraction(random.randint(-6, 6)) for _ in range(6)] for _ in range(4)]
        samples = [((x, y, Fraction(1)), z) for x, y, z, *_ in points[:3]]
        yield samples, points[3][:3], points[3][3:], 1 + seed % 8


def instances() -> Outcome:
    return on_every("three samples in the plane, with bias, at random, T = 1..8", cases(), within)


THEOREM = Theorem(
    name="descent.linear",
    statement="for least squares Σ (w·x − y)² / 2 over finitely many samples and a step η > 0 "
    "with η Σ |x|² ≤ 1: after T ≥ 1 steps of gradient descent from w the loss is at most loss(v) "
    "+ |w − v|² / (2ηT), for every v",
    source=f"{NOTES}: Fast, general, but is it any good?",
    says="if no hidden layer then GD → OPT",
    evidence=[InCoq("descent_linear"), Instances(instances)],
    note="So the loss tends to the least loss, at the rate 1/T, from every start: "
    "descent.optimal. A bias is one more input, 1. The bound on the step is needed: "
    "descent.diverges.",
)
