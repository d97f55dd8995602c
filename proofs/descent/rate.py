"""descent.rate — least squares, whatever the data: the loss above the least falls by the factor 1 − ημ at every step."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random

from verify.author.cases import all_of, on_every
from verify.theorem import NOTES, InCoq, Instances, Outcome, Theorem

Vector = tuple[Fraction, ...]
Samples = list[tuple[Vector, Fraction]]


def dot(u: Sequence[Fraction], v: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0))


def loss(samples: Samples, w: Sequence[Fraction]) -> Fraction:
    return sum(((dot(w, x) - y) ** 2 / 2 for x, y in samples), Fraction(0))


def gradient(samples: Samples, w: Sequence[Fraction]) -> list[Fraction]:
    return [sum(((dot(w, x) - y) * x[i] for x, y in samples), Fraction(0)) for i in range(len(w))]


def losses(samples: Samples, w: Sequence[Fraction], step: Fraction, times: int) -> Iterator[Fraction]:
    """The loss after 0, 1, …, `times` steps."""
    found = list(w)
    for _ in range(times + 1):
        yield loss(samples, found)
        found = [a - step * b for a, b in zip(found, gradient(samples, found), strict=True)]


def rate(step: Fraction, mu: Fraction) -> Fraction:
    return 1 - step * mu


def least_eigenvalue_at_least(a: Fraction, b: Fraction, c: Fraction) -> Fraction:
    """det / trace of the matrix a b, b c: at most its least eigenvalue."""
    return (a * c - b * b) / (a + c)


def falls(samples: Samples, w: Vector, mu: Fraction, least: Fraction) -> bool:
    step = 1 / sum(dot(x, x) for x, _ in samples)
    above = [it - least for it in losses(samples, w, step, 6)]
    return all(above[t] <= rate(step, mu) ** t * above[0] for t in range(len(above)))


def spanning() -> Iterator[tuple[Samples, Vector, Fraction, Fraction]]:
    """Five samples with two entries; the least loss from the two normal equations."""
    for seed in range(30):
        random = Random(f"rate {seed}")
        rows = [[Fraction(random.randint(-4, 4)) for _ in range(3)] for _ in range(5)]
        samples = [((a, b), y) for a, b, y in rows]
        a, b, c = (sum(x[i] * x[j] for x, _ in samples) for i, j in ((0, 0), (0, 1), (1, 1)))
        r, s = (sum(x[i] * y for x, y in samples) for i in (0, 1))
        if a * c == b * b:
            continue
        v = ((c * r - b * s) / (a * c - b * b), (a * s - b * r) / (a * c - b * b))
        yield samples, (Fraction(seed), Fraction(-3)), least_eigenvalue_at_least(a, b, c), loss(samples, v)


def independent() -> Iterator[tuple[Samples, Vector, Fraction, Fraction]]:
    """Two samples with four entries, fitted exactly by some weights."""
    for seed in range(30):
        random = Random(f"independent {seed}")
        x, y = (tuple(Fraction(random.randint(-4, 4)) for _ in range(4)) for _ in "xy")
        mu = least_eigenvalue_at_least(dot(x, x), dot(x, y), dot(y, y)) if any(x) or any(y) else Fraction(0)
        if mu > 0:
            yield [(x, Fraction(seed)), (y, Fraction(-1))], (Fraction(2),) * 4, mu, Fraction(0)


def one(a: int, step: Fraction) -> bool:
    found = list(losses([((Fraction(a),), Fraction(0))], [Fraction(3)], step, 5))
    return all(found[t] == (rate(step, Fraction(a * a)) ** 2) ** t * found[0] for t in range(6))


def instances() -> Outcome:
    return all_of(
        on_every("five samples with two entries at random, T = 0..6", spanning(), falls),
        on_every("two independent samples with four entries at random, T = 0..6", independent(), falls),
        on_every("one input a = 1..5, exactly", ((a, Fraction(n, 7)) for a in range(1, 6) for n in range(1, 20)), one),
    )


THEOREM = Theorem(
    name="descent.rate",
    statement="for least squares Σ (w·x − y)² / 2, whatever the samples, there are μ > 0 and v with the least loss such that for "
    "every step η > 0 with η Σ |x|² ≤ 1, every start w and every T: loss(w_T) − loss(v) ≤ (1 − ημ)^T (loss(w) − loss(v)); if "
    "Σ (u·x)² ≥ μ |u|² for all u, this μ will do; if |Σ c_i x_i|² ≥ μ |c|² for all coefficients c, loss(w_T) ≤ (1 − ημ)^T loss(w)",
    source=f"{NOTES}: Fast, general, but is it any good?",
    says="if no hidden layer then GD → OPT; more parameters than data then GD → OPT",
    evidence=[
        InCoq("descent_rate_all"),
        InCoq("descent_rate_spanning"),
        InCoq("descent_rate_independent"),
        InCoq("descent_rate"),
        InCoq("descent_rate_one"),
        Instances(instances),
    ],
    note="In the second part μ is the least eigenvalue of Σ x xᵀ, in the third that of the Gram matrix; for all data the μ of the "
    "proof is found weight after weight and is not the best. All follow from |∇ loss|² ≥ 2μ (loss − least). With one input a "
    "a step leaves exactly (1 − ηa²)².",
)
